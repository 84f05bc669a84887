"""The mail server of the demo: a real one on loopback, which delivers to nobody.

Here: taking e-mails and keeping them to be looked at. Not here: how they are sent (`bot.mail`). Guarantee: it listens on this machine only,
passes nothing on, and keeps nothing when the block ends.
"""

import asyncio
import contextlib
import email
from collections import deque
from collections.abc import AsyncIterator
from datetime import datetime
from email import policy
from email.message import EmailMessage
from typing import Final

from aiosmtpd.smtp import SMTP, Envelope, Session

from bot.clock import Clock
from bot.sandbox.controls import MailLine

HOST: Final = "127.0.0.1"
KEPT: Final = 100


class MailBox:
    """What has been taken, newest first."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.port = 0
        self.lines: deque[MailLine] = deque(maxlen=KEPT)

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:
        """A message has been handed over."""
        content = envelope.content if isinstance(envelope.content, bytes) else b""
        message = email.message_from_bytes(content, policy=policy.default)
        assert isinstance(message, EmailMessage)
        self.lines.appendleft(_line(message, self._clock.now()))
        return "250 2.0.0 taken"


def _line(message: EmailMessage, at: datetime) -> MailLine:
    words = message.get_body(("plain",))
    text = "" if words is None else words.get_content()
    calendar = any(part.get_content_type() == "text/calendar" for part in message.walk())
    return MailLine(to=str(message["To"]), subject=str(message["Subject"]), text=text, calendar=calendar, when=at)


@contextlib.asynccontextmanager
async def mail_box(clock: Clock) -> AsyncIterator[MailBox]:
    """A mail server while this lasts."""
    box = MailBox(clock)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(box, enable_SMTPUTF8=True, hostname="localhost", loop=loop), HOST, 0)
    box.port = server.sockets[0].getsockname()[1]
    try:
        yield box
    finally:
        server.close()
        await server.wait_closed()
