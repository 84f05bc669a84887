"""The connection to Telegram.

Here: the bot object with its timeouts and connections, and updates as the raw JSON they came as. Not here: what is done with them
(`bot.telegram.poller`, `bot.telegram.sender`). Guarantee: nothing here changes or confirms an update.
"""

from collections.abc import Sequence
from datetime import timedelta

from telegram import Bot
from telegram.request import BaseRequest, HTTPXRequest

from bot.telegram.incoming import ALLOWED_UPDATES

OFFICIAL = "https://api.telegram.org/bot"
CONNECTIONS = 16
CONNECT = 5.0
READ = 15.0
POLL_MARGIN = 10.0


class Connection(Bot):
    """python-telegram-bot's `Bot`, and one call more."""

    __slots__ = ()

    async def raw_updates(self, *, offset: int | None, limit: int, wait: timedelta) -> Sequence[object]:
        """Updates as JSON. `Bot.get_updates` parses them, so that one it cannot parse would hold back all; `do_api_request` refuses
        methods that `Bot` knows. `_post` is what both are made of; a test holds it. Raises `TelegramError`.
        """
        seconds = int(wait.total_seconds())
        asked = {"offset": offset, "limit": limit, "timeout": seconds, "allowed_updates": list(ALLOWED_UPDATES)}
        answer: object = await self._post("getUpdates", asked, read_timeout=seconds + POLL_MARGIN)
        return answer if isinstance(answer, list) else []


def connect(token: str, *, api_url: str = OFFICIAL, request: BaseRequest | None = None) -> Connection:
    """A bot that is not yet initialised (`async with`, or `initialize()`). The token is appended to `api_url` (SAMRAD_BOT_API_URL)."""
    return Connection(
        token,
        base_url=api_url,
        request=request or HTTPXRequest(connection_pool_size=CONNECTIONS, connect_timeout=CONNECT, read_timeout=READ, pool_timeout=CONNECT),
        get_updates_request=request or HTTPXRequest(connection_pool_size=1, connect_timeout=CONNECT, pool_timeout=CONNECT),
    )
