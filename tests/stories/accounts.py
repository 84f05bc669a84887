"""What must have come of the load, counted.

Here: comparing what people did, what stands in the database and what reached the chats. Not here: doing and killing. Guarantee: every
update, text, application and message is in exactly one column; nothing is left out of the sums.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.domain.outgoing import EditMessage, MessageClass, SendMessage, from_json
from bot.sandbox.chats import Chats
from bot.sandbox.objects import Chat, Message
from bot.store.database import Tx
from bot.store.outbox import body_of
from bot.store.seal import Field, KeyOwner
from tests.stories.load import REPLY, Deeds

Words = tuple[int, str]
"""A chat and the words of a message in it."""
WAITING = frozenset({"ready", "sending", "retry"})


@dataclass(slots=True)
class Seen:
    """What the sandbox saw pass, as it passed; messages are edited later."""

    updates: list[int] = field(default_factory=list)
    arrived: dict[int, Words] = field(default_factory=dict)
    """Message number to words, of everything the bot sent."""
    interrupted: list[int] = field(default_factory=list)
    """Outbox rows that were `sending` at a kill, once for each kill."""
    kills: int = 0

    def watch(self, chats: Chats) -> None:
        """Note what passes from now on."""
        put, add = chats.updates.put, chats.add

        def noted_put(update: Mapping[str, Any]) -> int | None:
            number = put(update)
            if number is not None:
                self.updates.append(number)
            return number

        def noted_add(chat: Chat, **message: Any) -> Message:
            made = add(chat, **message)
            if made.sender is None:
                self.arrived[made.message_id] = (chat.chat_id, made.text)
            return made

        chats.updates.put = noted_put  # type: ignore[method-assign]
        chats.add = noted_add  # type: ignore[method-assign]


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """An outbox row that sends a message, read after the end."""

    id: int
    words: Words
    state: str
    message_class: str
    message_id: int | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Figures:
    """The sums. Those that must be zero come first."""

    updates_lost: int
    updates_set_aside: int
    effects_lost: int
    effects_twice: int
    messages_lost: int
    messages_waiting: int
    rights_lost: int
    twice_unexplained: int
    updates: int
    texts: int
    applications: int
    answers: int
    messages: int
    rights: int
    rights_given_up: int
    """Interrupted twice, never arrived; KE has an alarm for each."""
    interrupted: int
    """Messages that were being sent at a kill."""
    in_the_window: int
    """… that had arrived, so that only our note of it was missing."""
    twice: int
    """… and were sent again, since they are about rights."""
    kills: int

    def must_be_zero(self) -> dict[str, int]:
        names = ("updates_lost", "updates_set_aside", "effects_lost", "effects_twice", "messages_lost", "messages_waiting", "rights_lost")
        return {name: getattr(self, name) for name in (*names, "twice_unexplained")}

    def __str__(self) -> str:
        return (
            f"killed {self.kills} times under load\n"
            f"  updates    {self.updates} sent, {self.updates_lost} lost, {self.updates_set_aside} set aside\n"
            f"  effects    {self.texts} texts, {self.applications} applications, {self.answers} answers of KE:"
            f" {self.effects_lost} lost, {self.effects_twice} twice\n"
            f"  messages   {self.messages}, {self.rights} of them about rights: {self.messages_lost} lost;"
            f" {self.rights_given_up} about rights interrupted twice and given up, each with an alarm\n"
            f"  in between {self.interrupted} were being sent at a kill, {self.in_the_window} had arrived already,"
            f" {self.twice} came twice; {self.twice_unexplained} twice for another reason"
        )


def figures(tx: Tx, deeds: Deeds, seen: Seen) -> Figures:
    """Count everything, once nothing waits any more."""
    rows = _rows(tx)
    taken = {row["update_id"] for row in tx.all("SELECT update_id FROM inbox")}
    texts = Counter(deeds.texts)
    done_texts = Counter(words for words in _inquiries(tx) if words in texts)
    applied, replied = _pressed(tx, deeds.submits), _pressed(tx, deeds.answers)
    cases = len(tx.all("SELECT id FROM cases"))
    replies = sum(row.message_class == MessageClass.RIGHTS and REPLY in row.words[1] for row in rows)
    stuck = sum(pressed["open"] + pressed["parked"] for pressed in (applied, replied))
    messages = _messages(tx, rows, seen)
    return Figures(
        updates=len(seen.updates),
        updates_lost=len(set(seen.updates) - taken),
        updates_set_aside=len(tx.all("SELECT 1 FROM inbox_failed")),
        texts=len(deeds.texts),
        applications=applied["ended"],
        answers=replied["ended"],
        effects_lost=(texts - done_texts).total() + max(0, applied["ended"] - cases) + max(0, replied["ended"] - replies) + stuck,
        effects_twice=(done_texts - texts).total() + max(0, cases - applied["ended"]) + max(0, replies - replied["ended"]),
        kills=seen.kills,
        **messages,
    )


def _pressed(tx: Tx, data: Iterable[str]) -> Counter[str]:
    """The conversations whose last button was pressed, each once, by their state. One that was cancelled before refused the press."""
    sql = "SELECT s.id, s.state FROM keyboards k JOIN sessions s ON s.id = k.session WHERE k.token = :token"
    found = {row["id"]: row["state"] for each in data for row in tx.all(sql, token=each.rpartition(".")[0])}
    return Counter(found.values())


def _messages(tx: Tx, rows: Sequence[Row], seen: Seen) -> dict[str, int]:
    arrived = Counter(seen.arrived.values())
    wanted, noted = Counter(row.words for row in rows), Counter(row.words for row in rows if row.state == "sent")
    by_id = {row.id: row for row in rows}
    interrupted = Counter(by_id[number].words for number in seen.interrupted if number in by_id)
    # A row that is noted as sent names its message, and the message is there with its words.
    missing = sum(1 for row in rows if row.state == "sent" and seen.arrived.get(row.message_id or 0) != row.words)
    window, rights = arrived - noted, [row for row in rows if row.message_class == MessageClass.RIGHTS]
    silent = [row for row in rights if not arrived[row.words]]
    alarms = {row["detail"] for row in tx.all("SELECT detail FROM alarms WHERE kind = 'outbox_given_up'")}
    alarmed = [row for row in silent if row.state == "unknown" and any(detail.startswith(f"outbox row {row.id}:") for detail in alarms)]
    unknown_without_kill = Counter(row.words for row in rows if row.state == "unknown") - interrupted
    return {
        "messages": len(rows),
        "messages_lost": missing + sum(row.state == "dead" for row in rows) + unknown_without_kill.total(),
        "messages_waiting": len(tx.all("SELECT 1 FROM outbox WHERE state IN ('ready', 'sending', 'retry')")),
        "rights": len(rights),
        "rights_given_up": len(alarmed),
        "rights_lost": len(silent) - len(alarmed),
        "interrupted": interrupted.total(),
        "in_the_window": window.total(),
        "twice": (arrived - wanted).total(),
        "twice_unexplained": (window - interrupted).total(),
    }


def _rows(tx: Tx) -> list[Row]:
    return list(_read(tx, tx.all("SELECT * FROM outbox WHERE kind = 'send' ORDER BY id")))


def _read(tx: Tx, found: Iterable[object]) -> Iterable[Row]:
    for row in found:
        named = dict(row)  # type: ignore[call-overload]
        body = from_json(tx.open(body_of(named["id"]), KeyOwner(named["owner_kind"], named["owner"]), named["body"]))
        assert isinstance(body, SendMessage | EditMessage)
        yield Row(
            id=named["id"],
            words=(named["chat"], body.text or ""),
            state=named["state"],
            message_class=named["class"],
            message_id=named["message_id"],
        )


def _inquiries(tx: Tx) -> list[str]:
    rows = tx.all("SELECT id, person, words FROM inquiries")
    return [tx.open(Field("inquiries", "words", row["id"]), KeyOwner("person", row["person"]), row["words"]) for row in rows]
