"""What somebody chooses for their own chat, and what KE must choose for someone at a protected address.

Here: commands and a query as values; `bot.services.channel` carries them out. Not here: what a choice leads to (`bot.domain.privacy`).
"""

from dataclasses import dataclass

from bot.domain.ids import CaseId
from bot.engine.ask import Command, Query


@dataclass(frozen=True, kw_only=True, slots=True)
class AllowPractical(Command[None]):
    """Times and places may come in the chat from now on, or no longer."""

    yes: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Mute(Command[None]):
    """Notices in the chat come without a sound, or with one again."""

    yes: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Unlink(Command[None]):
    """The chat no longer speaks for the person. The case goes on; KE is told to use another way."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Protect(Command[None]):
    """KE: someone in the case lives at a protected address, or no longer: nothing but neutral words in their chats."""

    case: CaseId
    yes: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class ChannelView:
    """What may come to the one who talks in the chat. `offered`: times and places may be said yes to; `chat`: there is a chat at all."""

    chat: bool
    muted: bool
    offered: bool
    agreed: bool


@dataclass(frozen=True, slots=True)
class MyChannel(Query[ChannelView]):
    """What have I chosen for my chat?"""
