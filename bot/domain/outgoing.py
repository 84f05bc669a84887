"""What leaves for a chat or by e-mail, before anybody has sent it.

Here: the messages, edits and answers that wait in the outbox, and their stored form. Not here: the outbox (`bot.store.outbox`), nor how
Telegram (`bot.telegram.rendering`) or a mail server (`bot.mail`) is called. Guarantee: what `to_json` wrote, `from_json` reads back equal.
"""

import json
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final


class MessageClass(StrEnum):
    """Decides what is done when nobody knows whether a message arrived (see `docs/guarantees.md`)."""

    RIGHTS = "rights"
    """Rights and deadlines: rather twice, with the same visible number, than never."""
    REMINDER = "reminder"
    """A reminder: not sent again, the next one comes."""
    ANSWER = "answer"
    """An answer to somebody at the screen: not sent again, they press again."""


class Lane(StrEnum):
    """Who goes before whom. Within one lane, a chat's messages keep their order."""

    PRESS = "press"
    """Answers to someone who waits at the screen."""
    NOTICE = "notice"
    """What one person is told."""
    BROADCAST = "broadcast"
    """What many people are told at once."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Button:
    """A button under a message: either `data` (1 to 64 bytes in UTF-8, comes back when pressed) or `url`. Raises `ValueError`."""

    label: str
    data: str | None = None
    url: str | None = None

    def __post_init__(self) -> None:
        if (self.data is None) == (self.url is None):
            raise ValueError("a button carries either data or a URL")
        if self.data is not None and not 1 <= len(self.data.encode()) <= 64:
            raise ValueError("a button's data is 1 to 64 bytes")


Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class SendMessage:
    """A new message. `quiet` makes no sound at the receiver's."""

    text: str
    rows: Rows = ()
    quiet: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class EditMessage:
    """New text and buttons for a message: the one that row `of` sent, or the one Telegram calls `message_id`. Raises `ValueError`.

    Without a text only the buttons change.
    """

    of: int | None = None
    message_id: int | None = None
    text: str | None
    rows: Rows = ()

    def __post_init__(self) -> None:
        _one_message(self.of, self.message_id)


@dataclass(frozen=True, kw_only=True, slots=True)
class DeleteMessage:
    """Take a message away: the one that row `of` sent, or the one Telegram calls `message_id`. Raises `ValueError`."""

    of: int | None = None
    message_id: int | None = None

    def __post_init__(self) -> None:
        _one_message(self.of, self.message_id)


@dataclass(frozen=True, kw_only=True, slots=True)
class AnswerPress:
    """The end of a button's waiting sign; `text` is shown for a moment or, as an `alert`, until it is closed (at most 200 characters)."""

    press_id: str
    text: str | None = None
    alert: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class LeaveChat:
    """Leave the group that the row is addressed to."""


@dataclass(frozen=True, kw_only=True, slots=True)
class CalendarPart:
    """A calendar's part of an e-mail (RFC 6047): the file as text, and the `method` that stands in it."""

    file: str
    method: str


@dataclass(frozen=True, kw_only=True, slots=True)
class SendMail:
    """A new message by e-mail. `language` is that of its words; `reply_to` is the unit's own address, if it has one."""

    address: str
    subject: str
    text: str
    language: str
    reply_to: str | None = None
    calendar: CalendarPart | None = None


Outgoing = SendMessage | EditMessage | DeleteMessage | AnswerPress | LeaveChat | SendMail

KINDS: dict[str, type[Outgoing]] = {
    "send": SendMessage,
    "edit": EditMessage,
    "delete": DeleteMessage,
    "answer": AnswerPress,
    "leave": LeaveChat,
    "mail": SendMail,
}
_NAMES: Final = {form: name for name, form in KINDS.items()}


def _one_message(of: int | None, message_id: int | None) -> None:
    if (of is None) == (message_id is None):
        raise ValueError("name the message by its outbox row or by Telegram's id, and only by one of them")


def kind_of(outgoing: Outgoing) -> str:
    """What it does: `send`, `edit`, `delete`, `answer` or `leave`. An e-mail is sent like any new message; its channel tells it apart."""
    return "send" if isinstance(outgoing, SendMail) else _name_of(outgoing)


def _name_of(outgoing: Outgoing) -> str:
    return _NAMES[type(outgoing)]


def to_json(outgoing: Outgoing) -> str:
    """The stored form."""
    return _WRITTEN.encode({"kind": _name_of(outgoing), **_fields(outgoing)})


def _fields(value: Outgoing | Button | CalendarPart) -> dict[str, Any]:
    # As `asdict`, but flat: copying every button of every message costs more than writing them.
    return {name: getattr(value, name) for name in value.__dataclass_fields__}


# Made once: json.dumps makes an encoder of its own for every call that wants another form than the usual one.
_WRITTEN: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=_fields)


def from_json(stored: str) -> Outgoing:
    """What `to_json` wrote. Raises `ValueError` for anything else."""
    fields: dict[str, Any] = json.loads(stored)
    form = KINDS.get(fields.pop("kind", ""))
    if form is None:
        raise ValueError("not a stored outgoing message")
    if "rows" in fields:
        fields["rows"] = tuple(tuple(Button(**button) for button in row) for row in fields["rows"])
    if fields.get("calendar"):
        fields["calendar"] = CalendarPart(**fields["calendar"])
    return form(**fields)
