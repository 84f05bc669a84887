"""Leaks made on purpose: each is a mistake that somebody could make, put in at a seam of the program.

Here: the mistakes. Not here: the story they are made in and the search. Each leaks a secret that the story has planted.
"""

import base64
import gzip
import hashlib
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

import pytest
import structlog
from telegram import Bot, BotCommand, BotCommandScopeChat
from telegram.constants import ParseMode

from bot import logs, metrics
from bot.domain.choices import PrivacyLevel
from bot.domain.incoming import TextTyped
from bot.domain.outgoing import AnswerPress, Button, EditMessage, Outgoing, SendMessage
from bot.engine.texts import Text
from bot.services import incoming, notices, passage, sending, texts_typed
from bot.store import alarms, audit, cases, keyboards, outbox, people
from bot.store.database import Tx
from bot.telegram import sender
from tests.privacy.made_up import Secrets

NEED: Final = Secrets()("recipient: need")
NAME: Final = Secrets()("recipient: name")
PHONE: Final = Secrets().phone("recipient: phone")
Plant = Callable[[pytest.MonkeyPatch], None]
PLANTED: Final[dict[str, Plant]] = {}


def leak(plant: Plant) -> Plant:
    """Put it in the list, under its name in words."""
    PLANTED[plant.__name__.replace("_", " ")] = plant
    return plant


def around(patch: pytest.MonkeyPatch, where: Any, name: str, change: Callable[..., Any]) -> None:
    """Let `change` be called with the original and its arguments."""
    original = getattr(where, name)
    patch.setattr(where, name, lambda *args, **named: change(original, *args, **named))


def in_each_message(patch: pytest.MonkeyPatch, words: Callable[[Tx, sending.To], str | None]) -> None:
    """Something more at the end of every message."""

    def more(original: Any, tx: Tx, to: sending.To, text: str, *rest: Any, **named: Any) -> Any:
        extra = words(tx, to)
        return original(tx, to, f"{text} {extra}" if extra else text, *rest, **named)

    around(patch, sending, "_leave_in_pieces", more)


@leak
def a_template_with_a_name(patch: pytest.MonkeyPatch) -> None:
    in_each_message(patch, lambda tx, to: people.person(tx, to.person).name)


@leak
def a_template_with_a_phone_number(patch: pytest.MonkeyPatch) -> None:
    in_each_message(patch, lambda tx, to: people.person(tx, to.person).phone)


@leak
def a_template_with_what_a_case_is_about(patch: pytest.MonkeyPatch) -> None:
    in_each_message(patch, lambda tx, to: None if to.case is None else cases.content(tx, to.case).need)  # type: ignore[arg-type]


@leak
def the_name_backwards(patch: pytest.MonkeyPatch) -> None:
    in_each_message(patch, lambda tx, to: (people.person(tx, to.person).name or "")[::-1])


@leak
def a_fingerprint_of_the_name(patch: pytest.MonkeyPatch) -> None:
    in_each_message(patch, lambda tx, to: hashlib.sha256((people.person(tx, to.person).name or "").encode()).hexdigest())


@leak
def an_old_fingerprint_of_the_name(patch: pytest.MonkeyPatch) -> None:
    name = "md5"
    in_each_message(patch, lambda tx, to: hashlib.new(name, (people.person(tx, to.person).name or "").encode()).hexdigest())


@leak
def the_level_is_forgotten(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(notices, "level_of", lambda *_: PrivacyLevel.FULL)


@leak
def only_notices_forget_the_level(patch: pytest.MonkeyPatch) -> None:
    def forgotten(original: Any, context: Any, _level: Any, *rest: Any, **named: Any) -> Any:
        return original(context, PrivacyLevel.FULL, *rest, **named)

    around(patch, notices, "_message", forgotten)
    around(patch, sending, "_open", lambda original, context, to, *rest: original(context, replace(to, level=PrivacyLevel.FULL), *rest))


@leak
def a_button_carries_words(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(keyboards, "data", lambda _token, place: f"{NAME}.{place}")


@leak
def a_button_bears_a_name(patch: pytest.MonkeyPatch) -> None:
    around(
        patch,
        sending,
        "_button",
        lambda original, c, to, label, *rest: original(c, to, f"{label} {people.person(c.tx, to.person).name}", *rest),
    )


@leak
def a_link_carries_a_name(patch: pytest.MonkeyPatch) -> None:
    def named(original: Any, context: Any, to: sending.To, label: str, page: Any, token: Any) -> Button:
        made = original(context, to, label, page, token)
        return made if made.url is None else replace(made, url=f"{made.url}?for={quote(people.person(context.tx, to.person).name or '')}")

    around(patch, sending, "_button", named)


@leak
def a_link_carries_packed_words(patch: pytest.MonkeyPatch) -> None:
    packed = base64.urlsafe_b64encode(gzip.compress(NEED.encode() * 3)).decode().rstrip("=")

    def with_words(original: Any, *args: Any) -> Button:
        made = original(*args)
        return made if made.url is None else replace(made, url=f"{made.url}#{packed}")

    around(patch, sending, "_button", with_words)


@leak
def what_is_typed_is_repeated(patch: pytest.MonkeyPatch) -> None:
    def repeated(original: Any, context: Any, update: TextTyped) -> None:
        original(context, update)
        _say(context.tx, context.account, f"Du skrev: {update.text}")

    around(patch, texts_typed, "_to_ke", repeated)


def _say(tx: Tx, account: Any, words: str) -> None:
    outbox.enqueue(
        tx, SendMessage(text=words), account=account, lane=sending.Lane.PRESS, message_class=sending.MessageClass.ANSWER, owner=sending.UNIT
    )


@leak
def a_fault_is_told_with_the_answer(patch: pytest.MonkeyPatch) -> None:
    def told(original: Any, tx: Tx, municipality: Any, update: Any, fault: Exception) -> None:
        original(tx, municipality, update, fault)
        _say(tx, update.account.id, f"Feil: {fault}")

    around(patch, incoming, "_set_aside", told)


@leak
def an_unknown_command_is_repeated(patch: pytest.MonkeyPatch) -> None:
    def repeated(original: Any, context: Any, name: str, argument: str) -> None:
        original(context, name, argument)
        _say(context.tx, context.account, f"Kjenner ikke {argument}")

    around(patch, incoming, "command", repeated)


@leak
def a_press_is_answered_with_a_name(patch: pytest.MonkeyPatch) -> None:
    def named(original: Any, tx: Tx, to: Any, outgoing: Outgoing, *rest: Any, **more: Any) -> Any:
        if isinstance(outgoing, AnswerPress):
            outgoing = replace(outgoing, text=people.person(tx, to.person).name)
        return original(tx, to, outgoing, *rest, **more)

    around(patch, sending, "_leave", named)


@leak
def the_closed_set_takes_any_word(patch: pytest.MonkeyPatch) -> None:
    def anything(original: Any, context: Any, level: Any, lines: Any, *rest: Any, **named: Any) -> Any:
        made = original(context, level, lines, *rest, **named)
        return made or passage.OpenMessage(body=Text("{words}", {"words": lines[0].text}))

    around(patch, passage, "message", anything)
    around(patch, notices, "_message", lambda original, *args: original(*args))
    around(patch, sending, "_open", lambda original, context, to, *rest: original(context, replace(to, level=PrivacyLevel.FULL), *rest))


def on_each_call(patch: pytest.MonkeyPatch, also: Callable[[Bot, int, Outgoing], Any]) -> None:
    """Something more that the adapter does with every message."""

    async def more(original: Any, bot: Bot, chat: int, outgoing: Outgoing) -> Any:
        if isinstance(outgoing, SendMessage | EditMessage) and chat > 0:
            await also(bot, chat, outgoing)
        return await original(bot, chat, outgoing)

    around(patch, sender, "call", more)


@leak
def commands_for_one_person(patch: pytest.MonkeyPatch) -> None:
    on_each_call(patch, lambda bot, chat, _: bot.set_my_commands([BotCommand("sak", f"Saken til {NAME}")], BotCommandScopeChat(chat)))


@leak
def a_file_with_a_telling_name(patch: pytest.MonkeyPatch) -> None:
    on_each_call(patch, lambda bot, chat, _: bot.send_document(chat, b"empty", filename=f"{NAME}.txt"))


@leak
def a_file_with_words(patch: pytest.MonkeyPatch) -> None:
    on_each_call(patch, lambda bot, chat, _: bot.send_document(chat, NEED.encode("utf-16-le"), filename="brev.txt"))


@leak
def a_packed_file_with_words(patch: pytest.MonkeyPatch) -> None:
    packed = base64.b64encode(gzip.compress(f"notat: {NEED}".encode())).decode()
    on_each_call(patch, lambda bot, chat, _: bot.send_message(chat, packed))


@leak
def a_message_as_html(patch: pytest.MonkeyPatch) -> None:
    words = "".join(each if each.isascii() else f"&#{ord(each)};" for each in NAME)
    on_each_call(patch, lambda bot, chat, _: bot.send_message(chat, f"<b>{words}</b>", parse_mode=ParseMode.HTML))


@leak
def a_description_with_a_name(patch: pytest.MonkeyPatch) -> None:
    on_each_call(patch, lambda bot, _chat, _: bot.set_my_short_description(f"For {NAME}"))


@leak
def a_phone_number_without_spaces(patch: pytest.MonkeyPatch) -> None:
    on_each_call(patch, lambda bot, chat, _: bot.send_contact(chat, phone_number=f"+47{PHONE.replace(' ', '')}", first_name="Samråd"))


@leak
def words_in_hex(patch: pytest.MonkeyPatch) -> None:
    on_each_call(patch, lambda bot, chat, _: bot.send_message(chat, NEED.encode().hex()))


@leak
def a_log_line_with_what_was_typed(patch: pytest.MonkeyPatch) -> None:
    def noted(original: Any, context: Any, update: TextTyped) -> None:
        structlog.get_logger().debug("typed", words=update.text)
        original(context, update)

    around(patch, incoming, "typed", noted)


@leak
def a_log_line_with_a_name(patch: pytest.MonkeyPatch) -> None:
    def noted(original: Any, tx: Tx, who: Any) -> Any:
        found = original(tx, who)
        structlog.get_logger().info("person", who=found.name)
        return found

    around(patch, people, "person", noted)


@leak
def a_logged_error_quotes_its_message(patch: pytest.MonkeyPatch) -> None:
    around(patch, logs, "describe", lambda original, error: {**original(error), "message": str(error)})

    def noted(original: Any, tx: Tx, municipality: Any, update: Any, fault: Exception) -> None:
        logs.Log().error(logs.Event.UPDATE_FAILED, error=fault)
        original(tx, municipality, update, fault)

    around(patch, incoming, "_set_aside", noted)


@leak
def a_counter_for_each_person(patch: pytest.MonkeyPatch) -> None:
    def counted(original: Any, counters: metrics.Metrics, *args: Any) -> None:
        original(counters, *args)
        counters._updates.labels(NAME).inc()

    original = metrics.Metrics.update_taken
    patch.setattr(metrics.Metrics, "update_taken", lambda self, *args: counted(original, self, *args))


@leak
def a_temporary_file_with_what_was_typed(patch: pytest.MonkeyPatch) -> None:
    def kept(original: Any, context: Any, update: TextTyped) -> None:
        Path(tempfile.mkstemp()[1]).write_text(update.text)
        original(context, update)

    around(patch, incoming, "typed", kept)


@leak
def a_temporary_file_called_like_a_person(patch: pytest.MonkeyPatch) -> None:
    def kept(original: Any, context: Any, update: TextTyped) -> None:
        Path(tempfile.gettempdir(), f"{people.person(context.tx, context.actor).name}.json").touch()
        original(context, update)

    around(patch, incoming, "typed", kept)


@leak
def an_alarm_quotes_an_error(patch: pytest.MonkeyPatch) -> None:
    def quoted(original: Any, tx: Tx, municipality: Any, update: Any, fault: Exception) -> None:
        alarms.raise_alarm(tx, "update_set_aside", str(fault))
        original(tx, municipality, update, fault)

    around(patch, incoming, "_set_aside", quoted)


@leak
def the_audit_holds_a_name(patch: pytest.MonkeyPatch) -> None:
    def named(original: Any, tx: Tx, action: str, *, actor: Any, **detail: Any) -> None:
        original(tx, action, actor=actor, **detail, **({"name": people.person(tx, actor).name} if actor else {}))

    around(patch, audit, "record", named)


@leak
def a_seal_is_forgotten(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Tx, "seal", lambda _tx, _field, _owner, plain: plain.encode())
    patch.setattr(Tx, "open", lambda _tx, _field, _owner, sealed: sealed.decode())
