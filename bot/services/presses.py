"""What a pressed button does.

Here: from a stored meaning to its effect. Guarantees: a press of an old question, of someone else's button or of an expired one changes
nothing and says so; two presses have one effect; rights are asked for now, not when the button was drawn.
"""

from collections.abc import Mapping

from bot.domain.commands import KeepDraft
from bot.domain.ids import SessionId
from bot.domain.incoming import Pressed
from bot.domain.refusal import Refused
from bot.engine.questions import AnswerRefused, Kind
from bot.engine.replay import Running
from bot.engine.texts import Text, t
from bot.services import chat, menu, presenting, turns
from bot.services.commands import STAY, carry_out, done, from_button
from bot.services.municipality import Context
from bot.services.notices import NoticeButton
from bot.store import keyboards, sessions
from bot.store.keyboards import Press
from bot.store.sessions import Session

GONE = t("This button no longer works. Press Menu to go on.")
KEPT = t("It is kept. You find it in the menu whenever you want to go on.")
DELETED = t("It is deleted. You can start again at any time.")
ALREADY = t("You have already answered this.")


def press(context: Context, pressed: Pressed) -> None:
    """Do what a button means, and end its waiting sign."""
    assert context.account is not None
    found = keyboards.press(context.tx, context.account, pressed.data)
    if found is None:
        chat.toast(context, pressed.press_id, GONE, alert=True)
    elif found.session is not None:
        _in_session(context, pressed.press_id, found)
    else:
        _by_itself(context, pressed.press_id, found)


def _by_itself(context: Context, press_id: str, found: Press) -> None:
    """A button that needs no open question: begin, go on, the menu, or a command of its own."""
    match found.meaning:
        case {"menu": True}:
            chat.toast(context, press_id)
            open_menu(context)
        case {"begin": str(name), "given": dict(given)}:
            begin(context, name, given, press_id)
        case {"resume": int(number)}:
            resume(context, number, press_id)
        case {"act": str(name), "args": dict(args)}:
            _act(context, name, args, press_id, found.outbox)
        case _:
            chat.toast(context, press_id, GONE, alert=True)


def open_menu(context: Context) -> None:
    """The menu; what is open waits meanwhile."""
    if open_ := sessions.open_of(context.tx, context.actor):
        turns.park(context, open_)
    opening = menu.opening(context)
    chat.say(context, opening.text, opening.rows)


def begin(context: Context, name: str, given: Mapping[str, str], press_id: str | None = None) -> None:
    """Begin a conversation by its name."""
    entry = context.municipality.registry.named(name)
    if entry is None:
        _reply(context, press_id, GONE)
        return
    try:
        session = turns.begin(context, entry, given)
    except Refused as refused:
        _reply(context, press_id, refused.reason)
        return
    if press_id is not None:
        chat.toast(context, press_id)
    chat.go_on(context, session)


def _reply(context: Context, press_id: str | None, text: Text) -> None:
    if press_id is not None:
        chat.toast(context, press_id, text, alert=True)
    else:
        chat.say(context, text, menu.to_menu())


def resume(context: Context, number: int, press_id: str) -> None:
    """Go on where one left off."""
    session = sessions.find(context.tx, SessionId(number))
    if session is None or session.person != context.actor or session.state not in {"open", "parked"}:
        chat.toast(context, press_id, GONE, alert=True)
        return
    chat.toast(context, press_id)
    open_ = sessions.open_of(context.tx, context.actor)
    if open_ is not None and open_.id != session.id:
        turns.park(context, open_)
    sessions.set_state(context.tx, session.id, "open")
    chat.go_on(context, session)


def _act(context: Context, name: str, args: Mapping[str, object], press_id: str, under: int | None) -> None:
    """A command a button carries. What it led to is told by the command; a refusal is told here.

    What can be answered once loses its buttons with the answer, so that nobody wonders whether the press counted.
    """
    try:
        command = from_button(name, args)
    except LookupError:
        chat.toast(context, press_id, GONE, alert=True)
        return
    try:
        with context.tx.savepoint():
            carry_out(context, command)
    except Refused as refused:
        chat.toast(context, press_id, refused.reason, alert=True)
        return
    chat.toast(context, press_id, done(command))
    if under is not None and type(command) not in STAY:
        chat.without_buttons(context, under)
    if isinstance(command, KeepDraft):
        chat.say(context, KEPT if command.keep else DELETED, menu.to_menu())


def _in_session(context: Context, press_id: str, found: Press) -> None:
    """A button under a question."""
    assert found.session is not None
    session = sessions.find(context.tx, found.session)
    if session is not None and session.person != context.actor:
        session = None
    if session is None or session.state not in {"open", "parked"}:
        chat.toast(context, press_id, GONE if session is None or session.state != "ended" else ALREADY, alert=True)
        return
    if session.asked != found.key:
        chat.toast(context, press_id, ALREADY)
        return
    if session.state == "parked":
        _reopen(context, session)
    running = turns.run(context, session)
    if running is None or running.turn.asked is None or running.turn.asked.key != found.key:
        chat.toast(context, press_id, t("Something has changed meanwhile. Please look again."))
        chat.go_on(context, session)
        return
    _do(context, press_id, session, running, found)


def _reopen(context: Context, session: Session) -> None:
    if open_ := sessions.open_of(context.tx, context.actor):
        turns.park(context, open_)
    sessions.set_state(context.tx, session.id, "open")


def _do(context: Context, press_id: str, session: Session, running: Running, found: Press) -> None:
    tx, turn = context.tx, running.turn
    match found.meaning:
        case {"answer": value}:
            _answer(context, press_id, session, running, value)
        case {"toggle": str(value)} if turn.asked is not None and turn.asked.kind is Kind.CHOICES:
            chat.toast(context, press_id)
            chat.redraw(context, turn, found, turns.toggle(context, session, turn, value))
        case {"done": True}:
            _answer(context, press_id, session, running, sessions.draft(tx, session))
        case {"skip": True}:
            _answer(context, press_id, session, running, None)
        case {"back": True} if turn.back is not None:
            chat.toast(context, press_id)
            sessions.forget(tx, session, turn.back)
            chat.go_on(context, session)
        case {"change": True}:
            chat.toast(context, press_id)
            shown = presenting.changes(turn)
            chat.say(context, shown.text, shown.rows, session=session, key=found.key)
        case {"change_key": str(key)} if key in turn.changeable:
            chat.toast(context, press_id)
            sessions.forget(tx, session, key)
            chat.go_on(context, session)
        case {"show": True}:
            chat.toast(context, press_id)
            chat.go_on(context, session)
        case {"cancel": True}:
            chat.toast(context, press_id)
            cancel(context, session)
        case _:
            chat.toast(context, press_id, ALREADY)


def _answer(context: Context, press_id: str | None, session: Session, running: Running, value: object) -> None:
    try:
        answered = turns.answer(context, session, running, value)
    except AnswerRefused as refused:
        if press_id is not None:
            chat.toast(context, press_id, refused.reason)
        return
    if press_id is not None:
        chat.toast(context, press_id)
    chat.settle(context, session, running.turn, value)
    chat.go_on(context, session, answered)


def cancel(context: Context, session: Session) -> None:
    """Stop. What is worth keeping is only deleted when the person says so (B14)."""
    entry = context.municipality.registry.named(session.conversation)
    if entry is not None and entry.keeps and sessions.answers(context.tx, session):
        turns.park(context, session)
        buttons = (
            (NoticeButton(label=t("Keep it for later"), meaning={"act": "KeepDraft", "args": {"session": session.id, "keep": True}}),),
            (NoticeButton(label=t("Delete it now"), meaning={"act": "KeepDraft", "args": {"session": session.id, "keep": False}}),),
        )
        chat.say(context, t("Stopped. Nothing was sent. Do you want to keep what you have written?"), (*buttons, *menu.to_menu()))
        return
    saved = turns.carried_out(context, session)
    turns.end(context, session, "cancelled")
    opening = menu.opening(context)
    chat.say(context, t("Stopped. What you had saved is kept.") if saved else t("Stopped. Nothing was sent."), opening.rows)
