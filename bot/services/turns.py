"""Sessions and their turns: begin, answer, go back, change, end.

Here: the stored session between two replays. Not here: how a turn looks in a chat (`bot.services.chat`). Guarantees: a command runs once
for its key and its result is stored in the same transaction; a session that has ended leaves no answers behind.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from bot.domain.access import GENERAL, Action, may
from bot.domain.refusal import Refused
from bot.engine.ask import Command, Query, Said
from bot.engine.questions import Kind, Sensitivity
from bot.engine.registry import Entry
from bot.engine.replay import Running, Turn, replay
from bot.engine.texts import t
from bot.services import due
from bot.services.commands import carry_out
from bot.services.municipality import NOT_YOURS, Context
from bot.services.queries import look
from bot.store import people, sessions
from bot.store.sessions import Session

ASIDES: Final = frozenset({"language", "human", "info"})
"""These work half way through anything: what is open waits, and is offered again when they are done."""


class FactsMoved(Exception):
    """Looking again leads to a command that has not run: the facts have changed since the question was shown."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Answered:
    """An answer that has just been stored, and the run that came to its question: it goes on from there, with the facts it has seen."""

    running: Running
    value: object


def present(context: Context) -> Context:
    """The context with the person this chat speaks for now; a link code may just have changed that."""
    if context.account is None:
        return context
    who = people.of_account(context.tx, context.account)
    return context if who is None or who == context.actor else replace(context, actor=who)


def begin(context: Context, entry: Entry, given: Mapping[str, str]) -> Session:
    """Begin a conversation; one that is open waits meanwhile. Raises `Refused`.

    The same one goes on where it is about something (a case, a question) or is kept half way; a menu such as the staff's opens anew.
    """
    if entry.action in GENERAL and not may(Action(entry.action), people.standing_roles(context.tx, context.actor)):
        raise Refused(NOT_YOURS)
    open_ = sessions.open_of(context.tx, context.actor)
    if open_ is not None:
        same = open_.conversation == entry.name and dict(open_.given) == dict(given)
        if same and (given or entry.keeps):
            return open_
        park(context, open_, aside=entry.name in ASIDES)
    return sessions.begin(context.tx, context.actor, entry.name, given, account=context.account)


def park(context: Context, session: Session, *, aside: bool = False) -> None:
    """Let a conversation wait if it is worth it, or if this is only an aside; else it ends here."""
    entry = context.municipality.registry.named(session.conversation)
    answered = bool(sessions.answers(context.tx, session))
    if entry is not None and answered and (entry.keeps or aside):
        sessions.set_state(context.tx, session.id, "parked")
    else:
        end(context, session, "cancelled")


def end(context: Context, session: Session, state: sessions.State) -> None:
    """End a session for good, and take its reminders back."""
    sessions.set_state(context.tx, session.id, state)
    ended = sessions.find(context.tx, session.id)
    assert ended is not None
    due.of_session(context.tx, context.municipality, ended)


def stand(context: Context, session: Session, answered: Answered | None = None) -> Turn:
    """Replay a session from its answers, carry out what it comes to, and note where it stands now.

    `answered`: what `answer` gave in this transaction, where nothing but that answer has been stored since; then nothing is replayed again.
    """
    entry = context.municipality.registry.named(session.conversation)
    if entry is None:
        end(context, session, "ended")
        return _over(Said(t("This cannot be continued any more. Please start again from the menu."), Sensitivity.PUBLIC))

    def do(key: str, command: Command[object]) -> object:
        with context.tx.savepoint():
            result = carry_out(present(context), command)
        sessions.answer(context.tx, session, key, result)
        return result

    def ask(query: Query[object]) -> object:
        return look(present(context), query)

    try:
        if answered is not None:
            turn = answered.running.go_on(answered.value, do)
        else:
            turn = replay(entry.conversation, stored=sessions.answers(context.tx, session), look=ask, do=do, given=session.given)
    except Refused as refused:
        end(context, session, "ended")
        return _over(Said(refused.reason, Sensitivity.NEUTRAL))
    if turn.asked is None:
        end(context, session, "ended")
        return turn
    due.of_session(context.tx, context.municipality, sessions.stand_at(context.tx, session.id, turn.asked.key))
    return turn


def _over(said: Said) -> Turn:
    return Turn(asked=None, said=(said,), given=(), back=None)


def peek(context: Context, session: Session) -> Turn | None:
    """Where a session stands, without carrying anything out; None where the facts have moved since, or it is gone."""
    found = run(context, session)
    return None if found is None else found.turn


def run(context: Context, session: Session) -> Running | None:
    """As `peek`, and what can go on from there in the same transaction."""
    entry = context.municipality.registry.named(session.conversation)
    if entry is None:
        return None

    def do(_key: str, _command: Command[object]) -> object:
        raise FactsMoved

    def ask(query: Query[object]) -> object:
        return look(present(context), query)

    try:
        return Running(entry.conversation, sessions.answers(context.tx, session), ask, do, session.given)
    except FactsMoved:
        return None


def carried_out(context: Context, session: Session) -> bool:
    """Whether something has been done in it, so that whoever stops is not told that nothing was sent."""
    try:
        turn = peek(context, session)
    except Refused:
        return True
    if turn is None or turn.asked is None:
        return True
    # What is stored and can be changed no more is what was done, and the answers before it.
    return not sessions.answers(context.tx, session).keys() <= {*turn.changeable, turn.asked.key}


def answer(context: Context, session: Session, running: Running, value: object) -> Answered:
    """Store an answer to what is asked there. Raises `AnswerRefused` where it does not fit."""
    asked = running.turn.asked
    assert asked is not None
    asked.parse(value)
    sessions.answer(context.tx, session, asked.key, value)
    return Answered(running=running, value=value)


def toggle(context: Context, session: Session, turn: Turn, value: str) -> list[str]:
    """Tick or untick one of several; the ticks now."""
    assert turn.asked is not None
    assert turn.asked.kind is Kind.CHOICES
    ticked = sessions.draft(context.tx, session)
    ticked = [each for each in ticked if each != value] if value in ticked else [*ticked, value]
    sessions.set_draft(context.tx, session, ticked)
    return ticked
