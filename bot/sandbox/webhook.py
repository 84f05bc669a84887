"""Updates brought to the bot.

Here: `setWebhook` and delivering over HTTP. Not here: the queue. Guarantee: one update at a time, in order; it is confirmed when the bot
has answered 2xx, and brought again when it has not. Unlike Telegram, plain HTTP is allowed, and only to this machine.
Source: core.telegram.org/bots/api#setwebhook.
"""

import asyncio
import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

import httpx

from bot.sandbox.errors import bad_request
from bot.sandbox.updates import UpdateQueue

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105
SECRET_LIMIT = 256
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_SECRET = re.compile(r"[A-Za-z0-9_-]*")
_FIRST_WAIT = 0.5
_LONGEST_WAIT = 30.0


class Webhook:
    """The bot's webhook: empty `url` for none. `deliver` runs for as long as the sandbox does."""

    def __init__(self, updates: UpdateQueue) -> None:
        self.url = ""
        self._secret = ""
        self._updates = updates
        self._allowed: Sequence[str] | None = None
        self._last_error: tuple[int, str] | None = None
        self._something = asyncio.Event()
        updates.arrived = self._something.set

    def set(self, url: str, secret: str, allowed: Sequence[str] | None) -> None:
        """Bring updates to `url` from now on, or stop when it is empty."""
        if not url:
            self.remove()
            return
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https"):
            raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
        if parts.hostname not in LOOPBACK:
            raise bad_request("bad webhook: Failed to resolve host: Name or service not known")
        if len(secret) > SECRET_LIMIT:
            raise bad_request("secret token is too long")
        if not _SECRET.fullmatch(secret):
            raise bad_request("secret token contains unallowed characters")
        self._updates.allow(allowed)
        self._updates.end_poll()
        self.url, self._secret, self._allowed, self._last_error = url, secret, allowed, None
        self._something.set()

    def remove(self) -> None:
        """Stop bringing updates; what is not confirmed stays for `getUpdates`."""
        self.url, self._secret, self._last_error = "", "", None

    def info(self) -> dict[str, Any]:
        """The `WebhookInfo` object."""
        info: dict[str, Any] = {"url": self.url, "has_custom_certificate": False, "pending_update_count": len(self._updates.pending())}
        if self.url:
            info |= {"max_connections": 40, "ip_address": "127.0.0.1"}
        if self.url and self._allowed:
            info["allowed_updates"] = list(self._allowed)
        if self._last_error:
            info |= {"last_error_date": self._last_error[0], "last_error_message": self._last_error[1]}
        return info

    async def deliver(self, now: Any) -> None:
        """Bring what is queued, until cancelled. `now` gives the time of a failure."""
        wait = 0.0
        async with httpx.AsyncClient(timeout=60, trust_env=False) as client:
            while True:
                if wait:
                    await asyncio.sleep(wait)
                elif not (self.url and self._updates.pending()):
                    self._something.clear()
                    await self._something.wait()
                failed = await self._bring_next(client)
                if failed:
                    self._last_error = (int(now().timestamp()), failed)
                wait = min(_LONGEST_WAIT, wait * 2 or _FIRST_WAIT) if failed else 0.0

    async def _bring_next(self, client: httpx.AsyncClient) -> str | None:
        """Bring the oldest update; returns what went wrong, if something did."""
        pending = self._updates.pending()
        if not self.url or not pending:
            return None
        headers = {SECRET_HEADER: self._secret} if self._secret else {}
        try:
            answer = await client.post(self.url, json=pending[0], headers=headers)
        except httpx.TransportError as error:
            return f"Connection failed: {str(error) or type(error).__name__}"
        if not answer.is_success:
            return f"Wrong response from the webhook: {answer.status_code} {answer.reason_phrase}"
        self._updates.confirm(pending[0])
        return None
