"""What stands in a chat about a meeting as it was: it says so, in place, and asks nothing any more.

Here: the earlier messages of those who are told of a change. Not here: telling it (`bot.services.invitations`), e-mail, which nobody can
change. Guarantees: nobody answers for a time that no longer holds without knowing it; only whoever is told the change sees it in place.
"""

from typing import Final

from bot.domain.incoming import AccountId
from bot.domain.meetings import Meeting
from bot.domain.outgoing import Lane, MessageClass
from bot.engine.texts import Text
from bot.services import hints, notices, passage, sending
from bot.services.municipality import Context
from bot.services.sending import To
from bot.store import notices as stored
from bot.store import outbox, people
from bot.store.seal import KeyOwner

ASKED_OR_REMINDED: Final = ("called", "moved", "answer", "week", "tomorrow")
"""By what the keys of such messages go on, after the meeting's own."""


def in_place(context: Context, meeting: Meeting, text: Text) -> None:
    """Let each message in which one of these was asked or reminded say this instead, without its buttons; nor are they on the page."""
    told, keys = {each.person for each in meeting.invited}, [f"meeting/{meeting.id}/{each}/" for each in ASKED_OR_REMINDED]
    stored.take_actions(context.tx, keys)
    for row, account in outbox.said(context.tx, keys):
        person = people.of_account(context.tx, account)
        if person in told:
            _say(context, meeting, row, account, text)


def _say(context: Context, meeting: Meeting, row: int, account: AccountId, text: Text) -> None:
    person = people.person(context.tx, people.of_account(context.tx, account) or context.actor)
    level = notices.level_of(context, person)
    what = passage.message(context, level, [passage.Line(text)])
    to = To(
        account=account,
        person=person.id,
        language=person.language,
        level=level,
        owner=KeyOwner("case", meeting.case),
        lane=Lane.NOTICE,
        message_class=MessageClass.REMINDER,
        case=meeting.case,
        number=hints.number_of(context, meeting.case),
    )
    if what is not None:
        sending.edit(context, to, row, what)
