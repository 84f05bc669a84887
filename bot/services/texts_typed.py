"""Words typed in the chat: an answer, a greeting, a link code, or a message to a human.

Here: what typed words are taken for. Guarantees: what is not an answer is never guessed at; a message to nobody in particular is kept,
sealed, for KE, since an inquiry to a public body must not get lost; nothing typed is repeated in the chat.
"""

import re
from typing import Final

from bot.domain.choices import PrivacyLevel
from bot.domain.commands import AskHuman
from bot.domain.danger import danger_in
from bot.domain.incoming import TextTyped
from bot.domain.privacy import may_ask
from bot.engine.questions import AnswerRefused, Kind
from bot.engine.replay import Running
from bot.engine.texts import joined, t
from bot.services import chat, desk, menu, presses, turns
from bot.services.municipality import Context
from bot.services.passage import Line
from bot.services.reading import read
from bot.store import links, sessions

SPOKEN: Final = re.compile(rf"^\s*[{links.SPOKEN}]{{5}}[\s-]?[{links.SPOKEN}]{{5}}\s*$", re.IGNORECASE)
GREETINGS: Final = frozenset(
    {"hei", "heia", "hallo", "hello", "hi", "hey", "halla", "heisann", "goddag", "god dag", "god morgen", "god morgon", "god kveld"}
    | {"takk", "tusen takk", "mange takk", "thanks", "ok", "okei", "fint", "bra", "ha det", "ha det bra", "start", "meny", "hjelp", "help"}
)


def answer(context: Context, update: TextTyped) -> None:
    """Take typed words for what they are."""
    session = sessions.open_of(context.tx, context.actor)
    if session is not None and session.asked is not None and not _is_code(context, session, update.text):
        running = turns.run(context, session)
        if running is None or running.turn.asked is None or running.turn.asked.key != session.asked:
            chat.go_on(context, session)
            return
        if may_ask(chat.at_screen(context).level, running.turn.asked):
            _to_question(context, update, session, running)
            return
    if SPOKEN.match(update.text):
        presses.begin(context, "welcome", {"code": update.text.strip()})
    elif update.text.strip().casefold().rstrip("!.,") in GREETINGS or not update.text.strip("!.,? \n"):
        presses.open_menu(context)
    else:
        _to_ke(context, update)


def _is_code(context: Context, session: sessions.Session, words: str) -> bool:
    """Is this a link code, typed while something is asked that buttons answer? Where words are asked for, words it is."""
    if not SPOKEN.match(words):
        return False
    turn = turns.peek(context, session)
    return turn is not None and turn.asked is not None and turn.asked.kind is not Kind.TEXT


def _to_question(context: Context, update: TextTyped, session: sessions.Session, running: Running) -> None:
    """An answer to the open question. What does not fit is said, and the question asked again."""
    turn, municipality = running.turn, context.municipality
    assert turn.asked is not None
    try:
        value = read(turn.asked, update.text, municipality, chat.at_screen(context).language, context.tx.now)
        answered = turns.answer(context, session, running, value)
    except AnswerRefused as refused:
        if turn.asked.kind in {Kind.TEXT, Kind.DATE, Kind.TIME}:
            chat.say(context, [Line(refused.reason, turn.asked.sensitivity)])
        elif _below_full(context) or danger_in(update.text) is not None:
            # What somebody writes about themselves is not lost because a question was open; in danger nobody is told to press a button.
            _to_ke(context, update)
            return
        else:
            chat.say(context, joined(refused.reason, t("Do you want to write to a human instead? Press Cancel, and then Talk to a human.")))
        chat.go_on(context, session)
        return
    chat.settle(context, session, turn, value)
    chat.go_on(context, session, answered)


def _to_ke(context: Context, update: TextTyped) -> None:
    """Free text that answers nothing: kept for KE, and out of the chat where the level asks for it."""
    desk.ask_human(context, AskHuman(words=update.text, phone=None))
    if _below_full(context):
        chat.delete(context, update.message_id)
        text = t("We have passed your message on to a human, and deleted it here. You get an answer on a working day.")
    else:
        text = t("We have passed your message on to a human. You get an answer on a working day.")
    chat.say(context, text, menu.to_menu())


def _below_full(context: Context) -> bool:
    return chat.at_screen(context).level is not PrivacyLevel.FULL
