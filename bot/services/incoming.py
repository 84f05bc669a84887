"""Taking updates in: one batch, one commit, each update in its own part.

Here: the transaction around an update, and what each kind of update leads to. Not here: how Telegram writes an update down. Guarantees:
an update is taken in once; everything it leads to is committed with its seen-mark or not at all; one that fails three times is set
aside, sealed, with an alarm, and does not stop the others.
"""

import hashlib
import re
from collections.abc import Sequence
from typing import Final

from bot.domain.danger import danger_in
from bot.domain.identity_numbers import find as identity_numbers
from bot.domain.ids import PersonId
from bot.domain.incoming import (
    Account,
    AttachmentSent,
    ChatResumed,
    ChatStopped,
    CommandGiven,
    GroupSeen,
    Incoming,
    MessageEdited,
    Pressed,
    TextTyped,
    Unreadable,
)
from bot.engine.texts import t
from bot.i18n import language_from_telegram
from bot.services import chat, desk, menu, presses, sending, texts_typed, turns
from bot.services.municipality import Context, Municipality
from bot.store import alarms, inbox, people, sessions
from bot.store.database import Database, Tx

TRIES: Final = 3
CODE: Final = re.compile(r"^[A-Za-z0-9_-]{16,64}$")


class Intake:
    """Where updates are handed in. `take` returns when they are committed."""

    def __init__(self, database: Database, municipality: Municipality) -> None:
        self._database, self._municipality = database, municipality

    async def take(self, batch: Sequence[Incoming]) -> None:
        """Take a batch in, as one transaction. Raises only where the database itself cannot be used: then nothing was taken in."""
        await self._database.transact(lambda tx: take(tx, self._municipality, batch))


def take(tx: Tx, municipality: Municipality, batch: Sequence[Incoming]) -> None:
    """Take each update in, in its own part of the transaction."""
    for update in batch:
        digest = hashlib.sha256(repr(update).encode()).digest()[:16]
        if update.update_id is not None and not inbox.mark(tx, update.update_id, digest):
            continue
        _try(tx, municipality, update)


def _try(tx: Tx, municipality: Municipality, update: Incoming) -> None:
    for attempt in range(1, TRIES + 1):
        try:
            with tx.savepoint():
                handle(tx, municipality, update)
                for check in tx.checks:
                    check(tx)
            return
        except Exception as fault:
            if attempt == TRIES:
                _set_aside(tx, municipality, update, fault)


def _set_aside(tx: Tx, municipality: Municipality, update: Incoming, fault: Exception) -> None:
    """Keep it, say so, and go on."""
    kind = type(fault).__name__
    inbox.set_aside(tx, update.update_id, repr(update), kind)
    alarms.raise_alarm(tx, "update_set_aside", f"{type(update).__name__} {kind}")
    account = getattr(update, "account", None)
    press_id = getattr(update, "press_id", None)
    if isinstance(account, Account):
        context = _context(tx, municipality, account)
        words = t("Something went wrong on our side. What you sent is kept, and we have been told. Please try again, or phone us.")
        if press_id is not None:
            chat.toast(context, press_id)
        chat.say(context, words, menu.to_menu())
    elif press_id is not None:
        sending.end_press(tx, press_id)


def _context(tx: Tx, municipality: Municipality, account: Account) -> Context:
    """Who this is. Somebody new gets a language by a first guess, and is asked for it."""
    who: PersonId | None = people.of_account(tx, account.id)
    if who is None:
        language = language_from_telegram(account.language_code, municipality.profile.municipality.language)
        who = people.create(tx, language=language)
        people.add_account(tx, account.id, who)
    return Context(tx=tx, municipality=municipality, actor=who, account=account.id)


def handle(tx: Tx, municipality: Municipality, update: Incoming) -> None:
    """What one update leads to."""
    match update:
        case GroupSeen():
            _leave_group(tx, municipality, update)
        case Unreadable():
            alarms.raise_alarm(tx, "update_unreadable", update.reason[:100])
            if update.press_id is not None:
                sending.end_press(tx, update.press_id, update.account.id if update.account else 0)
        case ChatStopped():
            context = _context(tx, municipality, update.account)
            if people.stop_account(tx, update.account.id):
                desk.reach_otherwise(context, context.actor)
        case ChatResumed():
            people.resume_account(tx, update.account.id)
        case MessageEdited():
            context = _context(tx, municipality, update.account)
            chat.say(
                context, t("You changed an old message. That changes nothing here. Use the buttons to change an answer."), menu.to_menu()
            )
        case _:
            context = _context(tx, municipality, update.account)
            people.resume_account(tx, update.account.id)
            _from_person(context, update)


def _from_person(context: Context, update: Pressed | CommandGiven | TextTyped | AttachmentSent) -> None:
    match update:
        case Pressed():
            presses.press(context, update)
        case CommandGiven():
            command(context, update.name, update.argument)
        case AttachmentSent():
            text = t("I can only read words and buttons. I have not opened what you sent. Please write, or phone us.")
            chat.say(context, text, menu.to_menu())
        case TextTyped():
            typed(context, update)


def typed(context: Context, update: TextTyped) -> None:
    """Words typed in the chat. Danger to life is answered first, whatever else they are."""
    if danger_in(update.text) is not None:
        chat.danger(context)
    if identity_numbers(update.text):
        chat.delete(context, update.message_id)
        chat.say(
            context,
            t("Your message held a national identity number. We have deleted it and not kept it. Please write again without the number."),
        )
        return
    texts_typed.answer(context, update)


def command(context: Context, name: str, argument: str) -> None:
    """A command. What is unknown opens the menu, and says so."""
    assert context.account is not None
    if name == "start":
        start(context, argument)
    elif name in {"meny", "menu"}:
        presses.open_menu(context)
    elif name in {"hjelp", "help"}:
        chat.say(context, menu.help_text(context), menu.to_menu())
    elif name in {"avbryt", "cancel", "stopp", "stop"}:
        open_ = sessions.open_of(context.tx, context.actor)
        presses.cancel(context, open_) if open_ is not None else presses.open_menu(context)
    elif (entry := context.municipality.registry.for_command(name)) is not None:
        presses.begin(context, entry.name, {})
    else:
        opening = menu.opening(context)
        chat.say(context, t("I do not know that command. {menu}", menu=opening.text), opening.rows)


def start(context: Context, argument: str) -> None:
    """/start: with a link code, the first time, or again."""
    assert context.account is not None
    if CODE.match(argument):
        presses.begin(context, "welcome", {"code": argument})
    elif sessions.has_ended(context.tx, context.account, "welcome"):
        presses.open_menu(context)
    else:
        open_ = sessions.open_of(context.tx, context.actor)
        if open_ is not None and open_.conversation != "welcome":
            turns.park(context, open_)
        presses.begin(context, "welcome", {})


def _leave_group(tx: Tx, municipality: Municipality, update: GroupSeen) -> None:
    """In a group: one neutral sentence, and out."""
    if update.press_id is not None:
        sending.end_press(tx, update.press_id, update.chat)
    if not update.gone:
        sending.leave_group(tx, municipality, update.chat)
