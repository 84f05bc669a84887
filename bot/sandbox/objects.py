"""Chats, messages, files and presses as data.

Here: what each one consists of, and files and members as the Bot API writes them. Not here: what happens to them. Guarantee: a file never
changes once it is sent.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.sandbox.town import Inhabitant


@dataclass(frozen=True, kw_only=True, slots=True)
class Document:
    """A file the bot has sent."""

    file_id: str
    filename: str
    content_type: str
    content: bytes


@dataclass(slots=True, kw_only=True)
class Message:
    """One message. `sender` is an account id, or None for the bot."""

    message_id: int
    sender: int | None
    date: datetime
    text: str
    document: Document | None = None
    keyboard: Mapping[str, Any] | None = None
    edited: datetime | None = None
    deleted: bool = False


@dataclass(slots=True, kw_only=True)
class Query:
    """A press on an inline button. `pressed` is monotonic seconds."""

    query_id: str
    account_id: int
    chat_id: int
    message_id: int
    row: int
    column: int
    pressed: float
    answered: bool = False


@dataclass(slots=True, kw_only=True)
class Chat:
    """A private chat (its id is the account's) or a group (negative id, with a title)."""

    chat_id: int
    members: tuple[Inhabitant, ...]
    title: str = ""
    started: bool = False
    blocked: bool = False
    left: bool = False
    unread: int = 0
    messages: dict[int, Message] = field(default_factory=dict)
    reply_keyboard: Mapping[str, Any] | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Notice:
    """What `answerCallbackQuery` shows: a short-lived line, or an alert to be closed."""

    account_id: int
    text: str
    alert: bool


def member_as_api(user: Mapping[str, Any], status: str) -> dict[str, Any]:
    """The user as a `ChatMember` object."""
    body: dict[str, Any] = {"user": dict(user), "status": status}
    return body | {"until_date": 0} if status == "kicked" else body


def document_as_api(document: Document) -> dict[str, Any]:
    """The document as a `Document` object."""
    return {
        "file_id": document.file_id,
        "file_unique_id": document.file_id[-12:],
        "file_name": document.filename,
        "mime_type": document.content_type,
        "file_size": len(document.content),
    }
