"""Leaks made on purpose outside the services: in the adapter, the log, the counters, temporary files and the database.

Here: the mistakes. Not here: those in what is said (`tests.privacy.planted`).
"""

import base64
import gzip
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import structlog
from telegram import Bot, BotCommand, BotCommandScopeChat
from telegram.constants import ParseMode

from bot import logs, metrics
from bot.domain.incoming import TextTyped
from bot.domain.outgoing import EditMessage, Outgoing, SendMessage
from bot.services import incoming
from bot.store import alarms, audit, people
from bot.store.database import Tx
from bot.telegram import sender
from tests.privacy.planted import NAME, NEED, PHONE, around, leak


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
