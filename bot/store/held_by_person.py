"""What is held about a person by itself: contact data, chats, logins, drafts, messages; and what they are in the municipality.

Here: one statement for each table, or why its rows are not handed out. Not here: what is held in a case (`held_in_case`). A table that
is in neither list, or a column that nobody has thought about, turns `tests/requirements/test_my_data.py` red.
"""

from collections.abc import Mapping
from sqlite3 import Row
from typing import Final

from bot.domain.access import Action
from bot.domain.my_data import Kind
from bot.domain.outgoing import SendMail, SendMessage, from_json
from bot.store.held_of_evaluation import LOOKING_BACK
from bot.store.held_of_nudges import NUDGES
from bot.store.held_of_startup import AT_WORK
from bot.store.held_of_training import OF_TRAINING
from bot.store.holdings import Held, Value, as_json, of_its_case, of_the_row
from bot.store.seal import Field, KeyOwner

SESSIONS: Final = "state IN ('open', 'parked') AND conversation <> 'privacy'"
"""Left half way; the conversation in which somebody asks for this is not."""
NOT_AT_WORK: Final = (
    "NOT EXISTS (SELECT 1 FROM roles WHERE roles.person = :me) AND NOT EXISTS (SELECT 1 FROM members WHERE members.person = :me)"
)
"""What somebody at work has left half way, and what stands in their chat, is about others."""


_TO_ME: Final = "(account IN (SELECT id FROM accounts WHERE person = :me) OR (channel = 'mail' AND chat = :me))"


def _said(body: str) -> Value:
    outgoing = from_json(body)
    return outgoing.text if isinstance(outgoing, SendMessage | SendMail) else None


def _session_owner(row: Row) -> KeyOwner:
    return KeyOwner("person", row["owner"])


def _of_person_row(row: Row, column: str) -> Field:
    return Field("last_words", column, row["person"])


def messages(where: str) -> tuple[Held, Held]:
    """Messages to the person: on the page, and in the chat."""
    return (
        Held(
            table="notices",
            kind=Kind.MESSAGES,
            find=f"person = :me AND {where}",
            shown=("class", "told", "created_at", "read_at"),
            sealed={"words": str},
            kept_back=("id", "person", "case_id", "owner_kind", "owner", "actions", "dedupe_key"),
            why="what steers the message and its buttons",
            when="created_at",
            owner=of_the_row,
            needs=Action.SEE_CASE,
        ),
        Held(
            table="outbox",
            kind=Kind.MESSAGES,
            find=f"kind = 'send' AND {where} AND {_TO_ME}",
            shown=("channel", "class", "number", "state", "created_at", "due_at", "finished_at"),
            sealed={"body": _said},
            kept_back=(
                *(
                    "id",
                    "account",
                    "chat",
                    "lane",
                    "kind",
                    "dedupe_key",
                    "case_id",
                    "refers_to",
                    "owner_kind",
                    "owner",
                    "attempt",
                    "repeats",
                ),
                *("useful_until", "last_error", "message_id", "fleeting", "fleeting_until"),
            ),
            why="what steers the sending",
            when="created_at",
            owner=of_the_row,
            needs=Action.SEE_CASE,
        ),
    )


BY_PERSON: Final[tuple[Held, ...]] = (
    *AT_WORK,
    *NUDGES,
    *OF_TRAINING,
    Held(
        table="people",
        kind=Kind.YOU,
        find="id = :me",
        shown=("language", "created_at"),
        sealed={"name": str, "phone": str},
        kept_back=("id",),
        why="our own number for you",
        when="created_at",
    ),
    Held(
        table="accounts",
        kind=Kind.CHANNEL,
        find="person = :me",
        shown=("id", "link", "stopped_at", "created_at"),
        kept_back=("person",),
        why="our own number for you",
        when="created_at",
    ),
    Held(
        table="channels",
        kind=Kind.CHANNEL,
        find="person = :me",
        shown=("own", "practical_since", "protected", "muted"),
        kept_back=("person",),
        why="our own number for you",
        when="practical_since",
    ),
    Held(
        table="identities",
        kind=Kind.LOGINS,
        find="person = :me",
        shown=("provider", "created_at", "last_at"),
        kept_back=("id", "person", "subject_mac"),
        why="a keyed code of your login, by which nobody can find it",
        when="created_at",
    ),
    Held(
        table="web_sessions",
        kind=Kind.LOGINS,
        find="person = :me",
        shown=("trust", "proved_at", "began_at", "last_at"),
        kept_back=("id", "token_mac", "person", "handed", "identity", "flash"),
        why="keyed codes, and what steers the page for half an hour",
        when="began_at",
    ),
    Held(
        table="link_codes",
        kind=Kind.LOGINS,
        find="person = :me",
        shown=("issued_at", "expires_at", "used_at", "revoked_at"),
        kept_back=("code_mac", "spoken_mac", "person", "used_by"),
        why="keyed codes",
        when="issued_at",
    ),
    Held(
        table="sessions",
        kind=Kind.DRAFTS,
        find=f"sessions.person = :me AND {SESSIONS} AND {NOT_AT_WORK}",
        shown=("conversation", "state", "kept", "started_at", "last_at"),
        sealed={"draft": as_json},
        kept_back=("id", "person", "owner", "account", "given", "asked", "shown"),
        why="what steers the conversation",
        when="started_at",
        owner=_session_owner,
    ),
    Held(
        table="answers",
        joined="JOIN sessions ON sessions.id = answers.session",
        kind=Kind.DRAFTS,
        find=f"sessions.person = :me AND {SESSIONS} AND {NOT_AT_WORK}",
        shown=("key",),
        sealed={"value": as_json},
        kept_back=("session",),
        why="our own number for the conversation",
        owner=_session_owner,
        place=lambda row, _column: Field("answers", row["key"], row["session"]),
    ),
    Held(
        table="last_words",
        kind=Kind.DRAFTS,
        find=f"last_words.person = :me AND {NOT_AT_WORK}",
        shown=("conversation", "neutral", "said_at"),
        sealed={"words": as_json},
        kept_back=("person",),
        why="our own number for you",
        when="said_at",
        place=_of_person_row,
    ),
    *messages(f"case_id IS NULL AND {NOT_AT_WORK}"),
    Held(
        table="inquiries",
        kind=Kind.INQUIRIES,
        find="person = :me",
        shown=("received_at", "answered_at"),
        sealed={"words": str, "phone": str},
        people=("answered_by",),
        kept_back=("id", "person", "case_id"),
        why="our own numbers",
        when="received_at",
    ),
    Held(
        table="sent_around",
        kind=Kind.INQUIRIES,
        find="person = :me",
        shown=("said_at", "taken_at"),
        sealed={"words": str},
        people=("taken_by",),
        kept_back=("id", "case_id", "person"),
        why="our own numbers",
        when="said_at",
        owner=lambda row: KeyOwner("person", row["person"]) if row["case_id"] is None else of_its_case(row),
    ),
    Held(
        table="reminders",
        kind=Kind.FOLLOW_UP,
        find="person = :me",
        shown=("kind", "due_at", "useful_until", "state", "outcome", "settled_at"),
        kept_back=("key", "case_id", "session", "person", "object", "notice"),
        why="our own numbers",
        when="due_at",
    ),
    Held(
        table="roles",
        kind=Kind.WORK,
        find="person = :me",
        shown=("role", "department", "since", "until"),
        kept_back=("person",),
        why="our own number for you",
        when="since",
    ),
    Held(
        table="training",
        kind=Kind.WORK,
        find="person = :me",
        shown=("taken_on",),
        kept_back=("person",),
        why="our own number for you",
        when="taken_on",
    ),
    Held(
        table="informed",
        kind=Kind.WORK,
        find="person = :me",
        shown=("month", "times"),
        kept_back=("person",),
        why="our own number for you",
    ),
    Held(
        table="absences",
        kind=Kind.WORK,
        find="person = :me",
        shown=("starts_at", "ends_at", "noted_at"),
        people=("noted_by",),
        kept_back=("id", "person"),
        why="our own numbers",
        when="noted_at",
    ),
    Held(
        table="members",
        kind=Kind.WORK,
        find="person = :me",
        shown=("kind", "state", "sees", "added_at", "invited_at", "joined_at", "ended_at", "ended_why"),
        sealed={"about": as_json},
        people=("added_by", "ended_by"),
        kept_back=("id", "case_id", "person", "email_mac"),
        why="whose circle it is; that person's own file tells it",
        when="added_at",
        owner=of_its_case,
    ),
    *LOOKING_BACK,
    Held(
        table="audit",
        kind=Kind.LOOKS,
        find="actor = :me",
        shown=("at", "action"),
        kept_back=("id", "actor", "case_id", "detail", "previous", "hash"),
        why="in a case it could tell about others; what was done in your own case stands there",
        when="at",
    ),
)

NOT_HANDED_OUT: Final[Mapping[str, str]] = {
    "series": "numbers that were given last",
    "data_keys": "wrapped keys; they say nothing about anybody, and whoever had them could open what is sealed",
    "migrations": "which version the database has",
    "recomputing": "how far a computation of all reminders has come",
    "staff_logins": "a keyed code of what somebody at work logs in with",
    "login_attempts": "keyed codes of a login under way; gone after 15 minutes",
    "link_attempts": "times at which a wrong code was typed; gone after an hour",
    "mini_app_used": "keyed codes, so that nothing works twice; gone after a day",
    "answer_links": "keyed codes of links in e-mails; they work until the meeting begins, and the answer itself stands with the meeting",
    "mail_returned": "that an e-mail came back, and a code for why; what was done about it stands in the case",
    "hand_overs": "keyed codes of links to the page; they work for five minutes",
    "keyboards": "what the buttons under a message mean: codes and numbers",
    "inbox": "keyed marks of updates that have been taken in; gone after three days",
    "inbox_failed": "an update that could not be read, so nobody knows whose it is",
    "alarms": "codes for whoever runs Samråd",
}
"""Tables that are not in an export, each with why."""
