"""What reaches us from a chat, once it is understood.

Here: one dataclass for each thing a person or a chat can do. Not here: how Telegram writes it down (`bot.telegram.incoming`), nor what
it leads to. Guarantee: nothing is in these values that we do not use; an edited message and an attachment come without their content,
so that it cannot be kept by mistake.
"""

from dataclasses import dataclass
from typing import NewType

AccountId = NewType("AccountId", int)
"""A Telegram user id. In a private chat it is the id of the chat as well."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Account:
    """Who did it, and the language of their Telegram (an IETF tag as Telegram writes it), by which a first language is guessed."""

    id: AccountId
    language_code: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class TextTyped:
    """Somebody wrote a text in the private chat. `text` may be of any content, up to 4,096 characters."""

    update_id: int
    account: Account
    chat: int
    message_id: int
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class CommandGiven:
    """Somebody wrote `/name argument`. `name` is in lower case, without the slash and without `@bot`; `argument` may be empty."""

    update_id: int
    account: Account
    chat: int
    message_id: int
    name: str
    argument: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Pressed:
    """Somebody pressed a button. `data` is what the button carried; `message_id` is None when Telegram no longer knows the message."""

    update_id: int
    account: Account
    chat: int
    press_id: str
    data: str
    message_id: int | None


@dataclass(frozen=True, kw_only=True, slots=True)
class AttachmentSent:
    """Somebody sent something that is not a text. `kind` is Telegram's name of the field (`photo`, `voice`, `location` ...)."""

    update_id: int
    account: Account
    chat: int
    message_id: int
    kind: str


@dataclass(frozen=True, kw_only=True, slots=True)
class MessageEdited:
    """Somebody edited a message they had sent. It changes no record, so the new content is not here."""

    update_id: int
    account: Account
    chat: int
    message_id: int


@dataclass(frozen=True, kw_only=True, slots=True)
class ChatStopped:
    """Somebody blocked the bot or deleted the chat: nothing can be sent to them."""

    update_id: int
    account: Account
    chat: int


@dataclass(frozen=True, kw_only=True, slots=True)
class ChatResumed:
    """Somebody opened the chat, or opened it again after blocking the bot."""

    update_id: int
    account: Account
    chat: int


@dataclass(frozen=True, kw_only=True, slots=True)
class GroupSeen:
    """Something happened in a group or channel that the bot is in. The bot says one neutral sentence there and leaves.

    `press_id` is set when it was a button: a press must be answered wherever it comes from. `gone` says that the bot is out already.
    """

    update_id: int
    chat: int
    press_id: str | None = None
    gone: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Unreadable:
    """Anything else. `reason` is for the operator and holds nothing of what was sent; `update_id` is None where there was none."""

    update_id: int | None
    reason: str
    account: Account | None = None
    press_id: str | None = None


Incoming = TextTyped | CommandGiven | Pressed | AttachmentSent | MessageEdited | ChatStopped | ChatResumed | GroupSeen | Unreadable
"""One update, understood."""
