"""The conversation as it goes on in a chat: what is said and asked becomes messages, a press changes what stands there.

Here: turns to messages. Not here: what an update means (`bot.services.incoming`, `bot.services.presses`), and what a message may hold
(`bot.services.passage`). Guarantees: what may not pass through Telegram is neither said nor asked there, and goes on elsewhere; every
message of a turn is in the outbox in the transaction of the turn.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from bot.domain.choices import PrivacyLevel
from bot.domain.people import Person
from bot.domain.privacy import may_ask, passes
from bot.engine.questions import Kind, Sensitivity
from bot.engine.replay import Turn
from bot.engine.texts import Text, t
from bot.services import menu, notices, passage, presenting, sending, turns
from bot.services.municipality import Context
from bot.services.passage import Line, NoticeButton, Page
from bot.services.presenting import Rows
from bot.services.sending import Pressing, To
from bot.store import people, sessions
from bot.store.keyboards import Press
from bot.store.seal import KeyOwner
from bot.store.sessions import Session

QUESTION_BUTTONS_LIVE: Final = timedelta(days=400)
CHECKED: Final = Text("✓")
SAFE_PAGE: Final = t("Continue on the secure page")


def me(context: Context) -> Person:
    """The person this chat speaks for now."""
    return people.person(context.tx, turns.present(context).actor)


def at_screen(context: Context) -> To:
    """The one who is at the screen: how they are reached, in which language, and what may pass to them."""
    account = context.account
    assert account is not None

    def made() -> To:
        person = me(context)
        level, owner = notices.level_of(context, person), KeyOwner("person", context.actor)
        return To(account=account, person=person.id, language=person.language, level=level, owner=owner)

    return context.tx.recall((at_screen, account, context.actor), made)


def say(
    context: Context,
    text: Text | Sequence[Line],
    rows: Rows = (),
    *,
    about: Sensitivity = Sensitivity.NEUTRAL,
    session: Session | None = None,
    key: str | None = None,
) -> int | None:
    """Say something to the one at the screen, with buttons; the outbox row of the message that holds them, None where nothing may pass.

    A text alone is neutral. What may not pass at this level is replaced by a word that it cannot be shown here.
    """
    to = at_screen(context)
    if to.level is PrivacyLevel.OFF:
        return None
    lines = [Line(text)] if isinstance(text, Text) else text
    what = passage.message(context, to.level, lines, rows, about=about)
    if what is None:
        rows, session, key = menu.to_menu(), None, None
        what = passage.message(context, to.level, [Line(sending.HIDDEN)], rows)
        assert what is not None
    return sending.send(context, to, what, rows, _pressing(context, session, key))


def _pressing(context: Context, session: Session | None, key: str | None) -> Pressing:
    return Pressing(expires_at=context.tx.now + QUESTION_BUTTONS_LIVE, session=session.id if session else None, key=key)


def toast(context: Context, press_id: str, text: Text | None = None, *, alert: bool = False) -> None:
    """End the waiting sign of a pressed button, with a word where one is needed."""
    sending.toast(context, at_screen(context), press_id, text, alert=alert)


def without_buttons(context: Context, of: int) -> None:
    """Take the buttons from a message of ours, by its outbox row."""
    sending.without_buttons(context.tx, at_screen(context), of)


def delete(context: Context, message_id: int) -> None:
    """Take somebody's own message out of the chat, as far as Telegram lets us."""
    sending.delete(context, at_screen(context), message_id)


def danger(context: Context) -> None:
    """Where to turn when life is in danger, whatever the level."""
    sending.danger(context, at_screen(context))


def _passing(level: PrivacyLevel, turn: Turn) -> list[Line]:
    return [Line(each.text, each.sensitivity) for each in turn.said if passes(level, each.sensitivity)]


def show(context: Context, session: Session, turn: Turn) -> None:
    """What a turn says and asks, as one message; at the end, the way back to the menu."""
    to = at_screen(context)
    lines = _passing(to.level, turn)
    hidden = len(lines) < len(turn.said)
    if turn.asked is None:
        _end(context, session, turn, lines, hidden)
    elif hidden or not may_ask(to.level, turn.asked) or not _ask(context, session, turn, lines, to):
        _go_elsewhere(context, session, lines)


def _ask(context: Context, session: Session, turn: Turn, lines: Sequence[Line], to: To) -> bool:
    """Ask in the chat; False where the words turn out not to be fit for it."""
    asked = turn.asked
    assert asked is not None
    shown = presenting.question(context, turn)
    what = passage.message(context, to.level, [*lines, Line(shown.text, asked.sensitivity)], shown.rows, about=asked.sensitivity)
    if what is None:
        return False
    row = sending.send(context, to, what, shown.rows, _pressing(context, session, asked.key))
    sessions.show(context.tx, session.id, row)
    return True


def _end(context: Context, session: Session, turn: Turn, lines: Sequence[Line], hidden: bool) -> None:
    rest = [Line(elsewhere(context), Sensitivity.PUBLIC)] if hidden else []
    rows = _page_rows(context, Page(hand_over=True)) if hidden else ()
    if session.conversation == "welcome":
        opening = menu.opening(context)
        say(context, [*lines, *rest, Line(opening.text)], (*rows, *opening.rows))
    else:
        done = [] if lines or rest else [Line(t("That is done."))]
        say(context, [*lines, *rest, *done], (*rows, *menu.to_go_on(context), *menu.onwards(context, session, turn)))


def _page_rows(context: Context, page: Page) -> Rows:
    """The button to the secure page, where there is one."""
    return () if context.municipality.page_url is None else ((NoticeButton(label=SAFE_PAGE, meaning={}, page=page),),)


def _go_elsewhere(context: Context, session: Session, lines: Sequence[Line]) -> None:
    """The step goes on where it may: on the secure page, with the conversation open there too; else by phone."""
    rest = Line(elsewhere(context), Sensitivity.PUBLIC)
    rows = _page_rows(context, Page(hand_over=True, session=session.id))
    if rows:
        # The page says it all again, so the chat need not show how far somebody has come.
        say(context, [rest], (*rows, (NoticeButton(label=t("A new link"), meaning={"resume": session.id}),), *menu.to_menu()))
        return
    turns.park(context, session)
    if passage.message(context, at_screen(context).level, lines) is None:
        lines = []
    say(context, [*lines, rest], menu.to_menu())


def elsewhere(context: Context) -> Text:
    """What to do where a step may not pass through the chat."""
    name, phone = context.municipality.profile.municipality.display_name, context.municipality.phone
    if context.municipality.page_url is not None:
        return t("This is too private for this chat. Continue on our secure page. The link works for five minutes.")
    if phone is None:
        return t("This is too private for this chat. Please contact {municipality} another way.", municipality=name)
    return t("This is too private for this chat. Please phone {municipality} on {phone}.", municipality=name, phone=phone)


def settle(context: Context, session: Session, turn: Turn, value: object) -> None:
    """Let what stood there stand, with the answer instead of the buttons: what has been read does not vanish while it is read.

    Below `full` nothing that somebody has written is repeated.
    """
    asked, to = turn.asked, at_screen(context)
    if asked is None or session.shown is None or not may_ask(to.level, asked):
        return
    before = [*_passing(to.level, turn), Line(presenting.words(asked), asked.sensitivity)]
    answered = t("✓ {answer}", answer=asked.shown(asked.parse(value)))
    if asked.kind is Kind.TEXT and to.level is not PrivacyLevel.FULL:
        answered = CHECKED
    what = passage.message(context, to.level, [*before, Line(answered, asked.sensitivity)])
    if what is not None:
        sending.edit(context, to, session.shown, what)


def redraw(context: Context, turn: Turn, press: Press, ticked: Sequence[str]) -> None:
    """The same question with other ticks, in the same message. "Done" may come or go, so what the places mean is stored anew."""
    assert turn.asked is not None
    shown, to, about = presenting.question(context, turn, ticked), at_screen(context), turn.asked.sensitivity
    what = passage.message(context, to.level, [Line(shown.text, about)], shown.rows, about=about)
    if press.outbox is None or what is None:
        return
    pressing = Pressing(expires_at=context.tx.now + QUESTION_BUTTONS_LIVE, token=press.token)
    sending.edit(context, to, press.outbox, what, shown.rows, pressing)


def go_on(context: Context, session: Session, answered: turns.Answered | None = None) -> None:
    """Replay a session, or go on from what has just been answered, and show where it stands now."""
    show(context, session, turns.stand(context, session, answered))
