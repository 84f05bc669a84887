"""The same conversation as a user of python-telegram-bot writes it: `ConversationHandler`, state in memory, `PicklePersistence`.

Nothing of it is durable while it is measured: the persistence writes once a minute by default.
"""

import tempfile
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter
from typing import Any

from telegram import Update
from telegram.ext import (
    Application,
    BaseHandler,
    CommandHandler,
    ContextTypes,
    ConversationHandler,
    MessageHandler,
    PicklePersistence,
    filters,
)
from telegram.request import BaseRequest, RequestData

from benchmarks.municipality import FIRST_ACCOUNT, QUESTIONS

Context = ContextTypes.DEFAULT_TYPE
SENT = b'{"ok":true,"result":{"message_id":1,"date":1,"chat":{"id":1,"type":"private"},"text":"x"}}'
ME = b'{"ok":true,"result":{"id":1,"is_bot":true,"first_name":"x","username":"x_bot"}}'


class NoNetwork(BaseRequest):
    """Answers at once."""

    @property
    def read_timeout(self) -> float:
        return 1.0

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def do_request(self, url: str, method: str, request_data: RequestData | None = None, *_: Any, **__: Any) -> tuple[int, bytes]:
        return 200, ME if url.endswith("getMe") else SENT


async def begin(update: Update, context: Context) -> int:
    """The command."""
    assert update.message is not None
    await update.message.reply_text("Question 0?")
    return 0


async def answer(update: Update, context: Context) -> int:
    """An answer, and the next question."""
    assert update.message is not None
    assert context.user_data is not None
    answers = context.user_data.setdefault("answers", [])
    answers.append(update.message.text)
    if len(answers) < QUESTIONS:
        await update.message.reply_text(f"Question {len(answers)}?")
        return len(answers)
    answers.clear()
    await update.message.reply_text("Thank you.")
    return ConversationHandler.END


class InMemory:
    """An application with so many conversations half way."""

    def __init__(self, open_: int) -> None:
        self._open = open_

    async def rate(self, updates: Sequence[dict[str, object]]) -> float:
        """Updates a second, one after the other, as it handles them by default."""
        with tempfile.TemporaryDirectory() as folder:
            persistence: PicklePersistence[Any, Any, Any] = PicklePersistence(Path(folder) / "state.pickle")
            request = NoNetwork()
            builder = Application.builder().token("1:TEST").request(request).get_updates_request(request)
            application = builder.persistence(persistence).updater(None).build()
            said: BaseHandler[Update, Any, Any] = MessageHandler(filters.TEXT & ~filters.COMMAND, answer)
            begins: BaseHandler[Update, Any, Any] = CommandHandler("ti", begin)
            handler = ConversationHandler([begins], {number: [said] for number in range(QUESTIONS)}, [], name="ten", persistent=True)
            application.add_handler(handler)
            half = QUESTIONS // 2
            # The first look makes it empty; what is put in before is lost.
            await persistence.get_chat_data()
            for account in range(FIRST_ACCOUNT, FIRST_ACCOUNT + self._open):
                await persistence.update_conversation("ten", (account, account), half)
                await persistence.update_user_data(account, {"answers": ["a few words of an answer"] * half})
            async with application:
                start = perf_counter()
                for each in updates:
                    await application.process_update(Update.de_json(each, application.bot))
                return len(updates) / (perf_counter() - start)
