"""The conversation as it goes on in a chat: what is said and asked becomes messages, a press changes what stands there.

Here: turns to outbox rows. Not here: what an update means (`bot.services.incoming`, `bot.services.presses`). Guarantees: what may not
pass through Telegram is neither said nor asked there; every message of a turn is in the outbox in the transaction of the turn.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from bot.domain.choices import PrivacyLevel
from bot.domain.outgoing import AnswerPress, Button, DeleteMessage, EditMessage, Lane, MessageClass, Outgoing, SendMessage
from bot.domain.people import Person
from bot.domain.privacy import passes
from bot.engine.replay import Turn
from bot.engine.texts import Text, joined, t
from bot.services import menu, notices, presenting, turns
from bot.services.municipality import Context
from bot.services.presenting import Rows
from bot.store import keyboards, outbox, people, sessions
from bot.store.keyboards import Press
from bot.store.seal import KeyOwner
from bot.store.sessions import Session

# Telegram takes 4096 characters; some room is left for what an edit adds.
LONGEST: Final = 3800
QUESTION_BUTTONS_LIVE: Final = timedelta(days=400)


def send(context: Context, outgoing: Outgoing) -> int | None:
    """Put one thing in the outbox for the one who is at the screen; None where nothing may pass at all."""
    assert context.account is not None
    if context.municipality.level is PrivacyLevel.OFF:
        return None
    return outbox.enqueue(
        context.tx,
        outgoing,
        account=context.account,
        lane=Lane.PRESS,
        message_class=MessageClass.ANSWER,
        owner=KeyOwner("person", context.actor),
    )


def me(context: Context) -> Person:
    """The person this chat speaks for now."""
    return people.person(context.tx, turns.present(context).actor)


def pieces(words: str) -> list[str]:
    """Words in pieces that fit into a message, cut between paragraphs, lines or words."""
    found = []
    while len(words) > LONGEST:
        cut = max(words.rfind(mark, LONGEST // 2, LONGEST) for mark in ("\n\n", "\n", " "))
        cut = LONGEST if cut <= 0 else cut
        found.append(words[:cut].rstrip())
        words = words[cut:].lstrip()
    return [*found, words]


def _buttons(context: Context, rows: Rows, token: str) -> tuple[tuple[Button, ...], ...]:
    """The buttons as they leave."""
    place, words, language = iter(range(sum(map(len, rows)))), context.municipality.words, me(context).language
    return tuple(
        tuple(
            Button(label=notices.short(words(button.label, language, context.tx.now)), data=keyboards.data(token, next(place)))
            for button in row
        )
        for row in rows
    )


def say(context: Context, text: Text, rows: Rows = (), *, session: Session | None = None, key: str | None = None) -> int | None:
    """Say something to the one at the screen, with buttons; the outbox row of the message that holds them."""
    parts = pieces(context.municipality.words(text, me(context).language, context.tx.now))
    for part in parts[:-1]:
        send(context, SendMessage(text=part))
    if not rows:
        return send(context, SendMessage(text=parts[-1]))
    assert context.account is not None
    token, meanings = keyboards.new_token(), [button.meaning for row in rows for button in row]
    until = context.tx.now + QUESTION_BUTTONS_LIVE
    keyboards.store(
        context.tx, token, meanings, account=context.account, session=session.id if session else None, key=key, expires_at=until
    )
    message = send(context, SendMessage(text=parts[-1], rows=_buttons(context, rows, token)))
    keyboards.stands_under(context.tx, token, message)
    return message


def toast(context: Context, press_id: str, text: Text | None = None, *, alert: bool = False) -> None:
    """End the waiting sign of a pressed button, with a word where one is needed."""
    words = None if text is None else context.municipality.words(text, me(context).language, context.tx.now)
    send(context, AnswerPress(press_id=press_id, text=words, alert=alert))


def delete(context: Context, message_id: int) -> None:
    """Take somebody's own message out of the chat, as far as Telegram lets us."""
    send(context, DeleteMessage(message_id=message_id))


def show(context: Context, session: Session, turn: Turn) -> None:
    """What a turn says and asks, as one message; at the end, the way back to the menu."""
    level = notices.level_of(context, me(context))
    said = [each for each in turn.said if passes(level, each.sensitivity)]
    words = [each.text for each in said]
    if turn.asked is None:
        if len(said) < len(turn.said):
            words.append(elsewhere(context))
        _end(context, session, words)
    elif not passes(level, turn.asked.sensitivity) or len(said) < len(turn.said):
        turns.park(context, session)
        say(context, joined(*words, elsewhere(context)), menu.to_menu())
    else:
        shown = presenting.question(context, turn, sessions.draft(context.tx, session))
        row = say(context, joined(*words, shown.text), shown.rows, session=session, key=turn.asked.key)
        sessions.show(context.tx, session.id, row)


def _end(context: Context, session: Session, words: Sequence[Text]) -> None:
    if session.conversation == "welcome":
        opening = menu.opening(context)
        say(context, joined(*words, opening.text), opening.rows)
    else:
        say(context, joined(*words) if words else t("That is done."), (*menu.to_go_on(context), *menu.to_menu()))


def elsewhere(context: Context) -> Text:
    """What to do where a step may not pass through the chat."""
    profile = context.municipality.profile
    phone = context.municipality.phone
    if phone is None:
        return t(
            "This is too private for this chat. Please contact {municipality} another way.", municipality=profile.municipality.display_name
        )
    return t(
        "This is too private for this chat. Please phone {municipality} on {phone}.",
        municipality=profile.municipality.display_name,
        phone=phone,
    )


def settle(context: Context, session: Session, turn: Turn, value: object) -> None:
    """Let what stood there stand, with the answer instead of the buttons: what has been read does not vanish while it is read."""
    asked = turn.asked
    if asked is None or session.shown is None:
        return
    level = notices.level_of(context, me(context))
    said = [each.text for each in turn.said if passes(level, each.sensitivity)]
    answered = t("✓ {answer}", answer=asked.shown(asked.parse(value)))
    text = context.municipality.words(joined(*said, presenting.words(asked), answered), me(context).language, context.tx.now)
    if len(text) <= LONGEST:
        send(context, EditMessage(of=session.shown, text=text))


def redraw(context: Context, turn: Turn, press: Press, ticked: Sequence[str]) -> None:
    """The same question with other ticks, in the same message."""
    shown = presenting.question(context, turn, ticked)
    rows = _buttons(context, shown.rows, press.token)
    # The last answer of a row may come or go ("Done"), so what the places mean is stored anew.
    keyboards.replace(context.tx, press.token, [button.meaning for row in shown.rows for button in row])
    text = context.municipality.words(shown.text, me(context).language, context.tx.now)
    if press.outbox is not None and len(text) <= LONGEST:
        send(context, EditMessage(of=press.outbox, text=text, rows=rows))


def go_on(context: Context, session: Session) -> None:
    """Replay a session and show where it stands now."""
    show(context, session, turns.stand(context, session))
