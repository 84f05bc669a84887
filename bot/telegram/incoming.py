"""Reading what Telegram sends.

Here: raw JSON of one update becomes one `Incoming`. Not here: python-telegram-bot's own parsing, which raises on what it does not
expect and then loses the whole batch. Guarantee: `decode` never raises, whatever it is given, and what it returns can be stored.
"""

import re
from collections.abc import Mapping

from bot.domain.incoming import (
    Account,
    AccountId,
    AttachmentSent,
    ChatResumed,
    ChatStopped,
    CommandGiven,
    GroupSeen,
    Incoming,
    MessageEdited,
    Pressed,
    TextTyped,
    Unreadable,
)

ALLOWED_UPDATES = ("message", "edited_message", "callback_query", "my_chat_member")
MESSAGES = ("message", "channel_post", "business_message", "guest_message")
EDITS = ("edited_message", "edited_channel_post", "edited_business_message")

# Fields of Message (Bot API 10.1) that a person fills by sending something. An animation comes with a document, a venue with a location.
ATTACHMENTS = (
    *(
        "animation",
        "audio",
        "live_photo",
        "paid_media",
        "photo",
        "sticker",
        "story",
        "video",
        "video_note",
        "voice",
        "document",
        "checklist",
    ),
    *(
        "contact",
        "dice",
        "game",
        "poll",
        "venue",
        "location",
        "rich_message",
        "users_shared",
        "chat_shared",
        "web_app_data",
        "passport_data",
    ),
    *("gift", "unique_gift", "giveaway", "invoice", "successful_payment"),
)

COMMAND = re.compile(r"/([A-Za-z0-9_]{1,64})(?:@[A-Za-z0-9_]+)?(?:\s+(.*))?", re.DOTALL)
LARGEST = 2**63


def decode(raw: object) -> Incoming:
    """One update, understood."""
    update = _fields(raw)
    update_id = _whole(update.get("update_id"))
    if update_id is None:
        return Unreadable(update_id=None, reason="no update_id", press_id=_words(_fields(update.get("callback_query")).get("id")))
    if "callback_query" in update:
        return _press(update_id, _fields(update["callback_query"]))
    if "my_chat_member" in update:
        return _membership(update_id, _fields(update["my_chat_member"]))
    for kind in (*MESSAGES, *EDITS):
        if kind in update:
            return _message(update_id, _fields(update[kind]), edited=kind in EDITS)
    return Unreadable(update_id=update_id, reason="an update of another kind")


def _message(update_id: int, message: Mapping[str, object], *, edited: bool) -> Incoming:
    where = _place(update_id, message.get("chat"), message.get("from"))
    if not isinstance(where, Account):
        return where
    chat, message_id = int(where.id), _whole(message.get("message_id"))
    if message_id is None:
        return Unreadable(update_id=update_id, reason="a message without a number", account=where)
    if edited:
        return MessageEdited(update_id=update_id, account=where, chat=chat, message_id=message_id)
    text = _words(message.get("text"))
    if text is not None:
        if command := COMMAND.fullmatch(text):
            name, argument = command[1].lower(), (command[2] or "").strip()
            return CommandGiven(update_id=update_id, account=where, chat=chat, message_id=message_id, name=name, argument=argument)
        return TextTyped(update_id=update_id, account=where, chat=chat, message_id=message_id, text=text)
    for kind in ATTACHMENTS:
        if kind in message:
            return AttachmentSent(update_id=update_id, account=where, chat=chat, message_id=message_id, kind=kind)
    return Unreadable(update_id=update_id, reason="a message of Telegram's own", account=where)


def _press(update_id: int, press: Mapping[str, object]) -> Incoming:
    press_id, message = _words(press.get("id")), _fields(press.get("message"))
    if not press_id:
        return Unreadable(update_id=update_id, reason="a press without a number")
    where = _place(update_id, message.get("chat"), press.get("from"), press_id)
    if not isinstance(where, Account):
        return where
    data = _words(press.get("data"))
    if data is None:
        return Unreadable(update_id=update_id, reason="a press without data", account=where, press_id=press_id)
    message_id = _whole(message.get("message_id"))
    return Pressed(update_id=update_id, account=where, chat=int(where.id), press_id=press_id, data=data, message_id=message_id)


def _membership(update_id: int, change: Mapping[str, object]) -> Incoming:
    status = _fields(change.get("new_chat_member")).get("status")
    where = _place(update_id, change.get("chat"), change.get("from"))
    if isinstance(where, GroupSeen):
        return GroupSeen(update_id=update_id, chat=where.chat, gone=status in ("left", "kicked"))
    if not isinstance(where, Account):
        return where
    if status in ("kicked", "left"):
        return ChatStopped(update_id=update_id, account=where, chat=int(where.id))
    if status in ("member", "administrator", "creator"):
        return ChatResumed(update_id=update_id, account=where, chat=int(where.id))
    return Unreadable(update_id=update_id, reason="a membership that is not known", account=where)


def _place(update_id: int, chat: object, sender: object, press_id: str | None = None) -> Account | GroupSeen | Unreadable:
    """Who it is in their private chat; a group where it is one; else why it cannot be read."""
    chat_id, kind = _whole(_fields(chat).get("id")), _fields(chat).get("type")
    if chat_id is not None and kind in ("group", "supergroup", "channel"):
        return GroupSeen(update_id=update_id, chat=chat_id, press_id=press_id)
    person = _fields(sender)
    account_id = _whole(person.get("id"))
    if account_id is None or account_id <= 0:
        return Unreadable(update_id=update_id, reason="no sender", press_id=press_id)
    account = Account(id=AccountId(account_id), language_code=_words(person.get("language_code")))
    if person.get("is_bot") is True:
        return Unreadable(update_id=update_id, reason="a bot as sender", press_id=press_id)
    if kind != "private" or chat_id != account_id:
        return Unreadable(update_id=update_id, reason="no chat", account=account, press_id=press_id)
    return account


def _fields(value: object) -> Mapping[str, object]:
    return value if isinstance(value, dict) else {}


def _whole(value: object) -> int | None:
    """A whole number that a database can hold. JSON's true and false are none, though Python counts them as numbers."""
    return value if isinstance(value, int) and not isinstance(value, bool) and -LARGEST <= value < LARGEST else None


def _words(value: object) -> str | None:
    """A text that can be stored: JSON may hold halves of surrogate pairs, which UTF-8 cannot write."""
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else None
