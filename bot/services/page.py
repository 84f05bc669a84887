"""The conversation as it goes on on the secure page.

Here: beginning, answering, going back, changing and stopping, and the words that stand at the end. Not here: HTML (`bot.web`) and the
chat (`bot.services.chat`). Guarantees: it is the same stored session as in the chat; an old form, a form sent twice and somebody
else's change nothing; what the page does not know by login is not shown to it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from bot.domain.access import GENERAL, IN_CASE, Action, may
from bot.domain.danger import danger_in
from bot.domain.ids import CaseId, SessionId
from bot.domain.refusal import Refused
from bot.engine.questions import Question, Sensitivity
from bot.engine.registry import Entry
from bot.engine.replay import Running, Turn
from bot.engine.texts import t
from bot.services import turns
from bot.services.commands import carry_out, from_button
from bot.services.municipality import Context
from bot.store import cases, logins, people, sessions
from bot.store.logins import WebSession
from bot.store.sessions import Session

OPEN_TO_ALL: Final = frozenset({Action.READ_PUBLIC, Action.APPLY, Action.ASK_HUMAN, Action.OWN_SETTINGS})
"""What needs no login: it tells nothing that is stored about anybody."""


class NotFound(Exception):
    """There is nothing here, or it is not yours: the same answer for both."""


class LoginNeeded(Exception):
    """This can only be seen after a login."""


class OldForm(Exception):
    """The form asks something that is no longer asked."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Stand:
    """Where a conversation stands. `turn` is None where the facts have moved since: then one looks again."""

    entry: Entry
    session: Session
    turn: Turn | None
    ticked: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Gone:
    """The form was an old one; nothing was changed."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """It goes on with a question."""

    session: Session
    turn: Turn
    danger: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Ended:
    """It is over. What was said is kept as the last words."""

    conversation: str
    danger: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Stopped:
    """The person has stopped. `kept`: what was written waits until they say what to do with it; `saved`: something had been done."""

    kept: bool
    saved: bool = False


Outcome = Gone | Asked | Ended | Stopped


def check_login(context: Context, web: WebSession, entry: Entry, *, citizens_log_in: bool) -> None:
    """Raise `LoginNeeded` where this conversation shows what only a login opens."""
    if web.trust in logins.LOGGED_IN:
        return
    login_needed = citizens_log_in or web.trust == "mini_app"
    if people.standing_roles(context.tx, context.actor) or (login_needed and Action(entry.action) not in OPEN_TO_ALL):
        raise LoginNeeded
    check_unnamed(context, entry)
    open_ = sessions.open_of(context.tx, context.actor)
    if open_ is None or open_.id == web.handed:
        return
    # Who comes from Telegram is shown the conversation handed over or begun in this browser, and nothing else of the person's.
    if web.trust == "handed" or (web.trust == "mini_app" and open_.conversation == entry.name):
        raise LoginNeeded


def check_unnamed(context: Context, entry: Entry) -> None:
    """Raise `LoginNeeded` where this is an application, and the municipality takes none from people who have not logged in."""
    if Action(entry.action) is Action.APPLY and not context.municipality.profile.application.without_login:
        raise LoginNeeded


def _check_shown(context: Context, turn: Turn) -> None:
    """Raise `LoginNeeded` where this step tells or asks more than may be shown here. Nothing that led to it is kept then."""
    told = [each.sensitivity for each in turn.said] + ([turn.asked.sensitivity] if turn.asked is not None else [])
    if any(each > context.most for each in told):
        raise LoginNeeded


def named(context: Context, name: str) -> Entry:
    """A conversation by its name. Raises `NotFound`."""
    entry = context.municipality.registry.named(name)
    if entry is None:
        raise NotFound
    return entry


def stand(context: Context, entry: Entry) -> Stand | None:
    """Where the open conversation stands, if it is this one. Nothing is carried out."""
    session = sessions.open_of(context.tx, context.actor)
    if session is None or session.conversation != entry.name or session.asked is None:
        return None
    try:
        turn = turns.peek(context, session)
    except Refused:
        turn = None
    if turn is not None and (turn.asked is None or turn.asked.key != session.asked):
        turn = None
    if turn is not None:
        _check_shown(context, turn)
    return Stand(entry=entry, session=session, turn=turn, ticked=tuple(sessions.draft(context.tx, session)))


def begin(context: Context, web: WebSession, entry: Entry, given: Mapping[str, str]) -> Outcome:
    """Begin a conversation, or go on where it stands if it is the open one. Raises `NotFound` where it is not for this person."""
    check_rights(context, entry, given)
    try:
        session = turns.begin(context, entry, given)
    except Refused:
        raise NotFound from None
    logins.now_in(context.tx, web.id, session.id)
    return go_on(context, session)


def check_rights(context: Context, entry: Entry, given: Mapping[str, str]) -> None:
    """Raise `NotFound` where this person may not begin this conversation about this."""
    action, standing = Action(entry.action), people.standing_roles(context.tx, context.actor)
    if action in GENERAL and not may(action, standing):
        raise NotFound
    if "case" not in given:
        return
    case = CaseId(int(given["case"]))
    found = cases.find(context.tx, case)
    wanted = action if action in IN_CASE else Action.SEE_CASE
    if found is None or not may(wanted, cases.roles_in(context.tx, case, context.actor, standing), found.state):
        raise NotFound


def go_on(context: Context, session: Session, answered: turns.Answered | None = None, *, danger: bool = False) -> Outcome:
    """Replay, or go on from what has just been answered, carry out what it comes to, and tell where it stands now."""
    turn = turns.stand(context, session, answered)
    _check_shown(context, turn)
    if turn.asked is not None:
        return Asked(session=session, turn=turn, danger=danger)
    person = people.person(context.tx, context.actor)
    said = [each.text for each in turn.said] or [t("That is done.")]
    words = [context.municipality.words(text, person.language, context.tx.now) for text in said]
    neutral = all(each.sensitivity <= Sensitivity.NEUTRAL for each in turn.said)
    logins.say_last(context.tx, context.actor, session.conversation, words, neutral=neutral)
    return Ended(conversation=session.conversation, danger=danger)


def _mine(context: Context, number: int, *states: str, entry: Entry | None = None) -> Session:
    session = sessions.find(context.tx, SessionId(number))
    if session is None or session.person != context.actor or (entry is not None and session.conversation != entry.name):
        raise NotFound
    if session.state not in states:
        raise OldForm
    return session


def answer(context: Context, entry: Entry, number: int, key: str, read: Callable[[Question], object]) -> Outcome:
    """Answer the question a form asked. Raises `AnswerRefused` where it does not fit, and `NotFound`."""
    try:
        session, running = _asked(context, entry, number, key)
    except OldForm:
        return Gone()
    assert running.turn.asked is not None
    value = read(running.turn.asked)
    answered = turns.answer(context, session, running, value)
    danger = isinstance(value, str) and danger_in(value) is not None
    return go_on(context, session, answered, danger=danger)


def _asked(context: Context, entry: Entry, number: int, key: str) -> tuple[Session, Running]:
    session = _mine(context, number, "open", entry=entry)
    running = turns.run(context, session)
    if session.asked != key or running is None or running.turn.asked is None or running.turn.asked.key != key:
        raise OldForm
    return session, running


def back(context: Context, entry: Entry, number: int, key: str) -> Outcome:
    """To the question before."""
    try:
        session, running = _asked(context, entry, number, key)
    except OldForm:
        return Gone()
    if running.turn.back is None:
        return Gone()
    sessions.forget(context.tx, session, running.turn.back)
    return go_on(context, session)


def change(context: Context, entry: Entry, number: int, key: str) -> Outcome:
    """Ask again what was answered before; the answers after it stay where they still fit."""
    try:
        session = _mine(context, number, "open", entry=entry)
    except OldForm:
        return Gone()
    turn = turns.peek(context, session)
    if turn is None or key not in turn.changeable:
        return Gone()
    sessions.forget(context.tx, session, key)
    return go_on(context, session)


def look_again(context: Context, entry: Entry, number: int) -> Outcome:
    """The facts have moved: replay with today's."""
    try:
        return go_on(context, _mine(context, number, "open", entry=entry))
    except OldForm:
        return Gone()


def resume(context: Context, number: int, check: Callable[[Entry], None]) -> Outcome:
    """Go on where one left off, in the chat or here. `check` raises where this conversation needs a login."""
    try:
        session = _mine(context, number, "open", "parked")
    except OldForm:
        return Gone()
    check(named(context, session.conversation))
    open_ = sessions.open_of(context.tx, context.actor)
    if open_ is not None and open_.id != session.id:
        turns.park(context, open_)
    sessions.set_state(context.tx, session.id, "open")
    return go_on(context, session)


def stop(context: Context, entry: Entry, number: int) -> Outcome:
    """Stop. What is worth keeping waits until the person says what to do with it (B14)."""
    try:
        session = _mine(context, number, "open", entry=entry)
    except OldForm:
        return Gone()
    if entry.keeps and sessions.answers(context.tx, session):
        turns.park(context, session)
        return Stopped(kept=True)
    saved = turns.carried_out(context, session)
    turns.end(context, session, "cancelled")
    return Stopped(kept=False, saved=saved)


def act(context: Context, name: str, args: Mapping[str, object]) -> None:
    """A button that carries a command of its own. Raises `Refused`, and `NotFound` where this version knows no such button."""
    try:
        command = from_button(name, args)
    except LookupError:
        raise NotFound from None
    with context.tx.savepoint():
        carry_out(context, command)
