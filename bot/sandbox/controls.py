"""What the page may ask of whoever started the sandbox: the clock, the outbox, what waits and the e-mails.

Here: the protocol and its lines. Not here: how they are read; the sandbox knows no database. Guarantee: the page can look and can
turn the clock, and can change nothing else in the bot.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from bot.engine.texts import Language, Text


@dataclass(frozen=True, kw_only=True, slots=True)
class OutboxLine:
    """One message on its way. `state` is the outbox's own word: ready, sending, sent, retry, unknown or dead."""

    state: str
    to: str
    kind: Text | str
    when: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class WaitingLine:
    """One reminder that has not fired, and when it is due."""

    reminder: Text | str
    due: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class MailLine:
    """One e-mail that was sent. `calendar`: an invitation for a calendar came along."""

    to: str
    subject: str
    text: str
    calendar: bool
    when: datetime


class Controls(Protocol):
    """The running bot, as far as the page may touch it. All times are aware."""

    def now(self) -> datetime: ...

    async def turn(self, by: timedelta) -> None:
        """Move the clock forward and let everything that falls due happen."""

    async def turn_to_next_reminder(self) -> datetime | None:
        """Move the clock to the next reminder; None when no reminder waits."""

    async def outbox(self) -> Sequence[OutboxLine]: ...

    async def waiting(self) -> Sequence[WaitingLine]: ...

    async def mails(self) -> Sequence[MailLine]: ...


class Render(Protocol):
    """Puts a text into a language; `Catalogs.render` is one."""

    def __call__(self, text: Text, language: Language, /) -> str: ...
