"""Keyboards and texts as the Bot API accepts them.

Here: the checks, in the words of Telegram's refusals. Not here: showing or pressing a button. Guarantee: what passes here can be sent
with Telegram, as far as length, shape and `callback_data` go. Formatting is refused: nothing the bot sends goes through a parse mode.
"""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from bot.sandbox.errors import ApiError, bad_request

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
CALLBACK_DATA_BYTES = 64
BUTTONS_LIMIT = 100
PLACEHOLDER_LIMIT = 64
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_ACTIONS = ("callback_data", "url", "login_url", "web_app", "switch_inline_query", "switch_inline_query_current_chat", "copy_text", "pay")

Markup = Mapping[str, Any]


def utf16_length(text: str) -> int:
    """Length as Telegram counts it."""
    return len(text.encode("utf-16-le")) // 2


def clean_text(text: str) -> str:
    """The text as Telegram keeps it: no carriage returns or control characters, no white space at either end."""
    return _UNPRINTABLE.sub(" ", text.replace("\r", "")).strip()


def checked_text(text: str | None, parse_mode: str | None, too_long: str) -> str:
    """The text of a message, 1 to 4096 units; `too_long` is the method's own word for what is longer."""
    _refuse_parse_mode(parse_mode)
    cleaned = clean_text(text or "")
    if not cleaned:
        raise bad_request("message text is empty")
    if utf16_length(cleaned) > TEXT_LIMIT:
        raise bad_request(too_long)
    return cleaned


def checked_caption(caption: str | None, parse_mode: str | None) -> str:
    """The caption of a document, at most 1024 units, empty for none."""
    _refuse_parse_mode(parse_mode)
    cleaned = clean_text(caption or "")
    if utf16_length(cleaned) > CAPTION_LIMIT:
        raise bad_request("message caption is too long")
    return cleaned


def _refuse_parse_mode(parse_mode: str | None) -> None:
    if parse_mode:
        raise bad_request("unsupported parse_mode")


def checked_markup(markup: object, *, inline_only: bool = False) -> Markup | None:
    """A reply markup in one of its four shapes, or None; an inline keyboard without buttons is None."""
    if markup is None:
        return None
    if not isinstance(markup, Mapping):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" in markup:
        rows = _rows(markup, "inline_keyboard", _inline_button)
        return {"inline_keyboard": rows} if rows else None
    if inline_only and markup:
        raise bad_request("inline keyboard expected")
    if "keyboard" in markup:
        return _reply_keyboard(markup)
    if markup.get("remove_keyboard") or markup.get("force_reply"):
        return markup
    return None


def _reply_keyboard(markup: Markup) -> Markup | None:
    rows = _rows(markup, "keyboard", _reply_button)
    if utf16_length(str(markup.get("input_field_placeholder") or "")) > PLACEHOLDER_LIMIT:
        raise bad_request("reply keyboard placeholder is too long")
    return {**markup, "keyboard": rows} if rows else None


def _rows(markup: Markup, field: str, check: Any) -> list[list[dict[str, Any]]]:
    rows = markup[field]
    if not isinstance(rows, list):
        raise bad_request(f'field "{field}" must be of type Array')
    if not all(isinstance(row, list) for row in rows):
        raise bad_request(f'field "{field}" must be an Array of Arrays')
    checked = [[check(button) for button in row] for row in rows if row]
    if sum(len(row) for row in checked) > BUTTONS_LIMIT:
        raise bad_request("reply markup is too long")
    return checked


def _reply_button(button: object) -> dict[str, Any]:
    if isinstance(button, str):
        button = {"text": button}
    if not isinstance(button, dict):
        raise bad_request("can't parse keyboard button: KeyboardButton must be an Object")
    return {**button, "text": _button_text(button, "keyboard button", "Keyboard button")}


def _inline_button(button: object) -> dict[str, Any]:
    if not isinstance(button, dict):
        raise _unparsable("InlineKeyboardButton must be an Object")
    checked = {**button, "text": _button_text(button, "inline keyboard button", "Inline keyboard button")}
    actions = [name for name in _ACTIONS if button.get(name) not in (None, "")]
    if not actions:
        raise _unparsable("Text buttons are unallowed in the inline keyboard")
    data = button.get("callback_data")
    if data is not None and (not isinstance(data, str) or not 1 <= len(data.encode()) <= CALLBACK_DATA_BYTES):
        raise bad_request("BUTTON_DATA_INVALID")
    if actions[0] == "url":
        checked["url"] = _checked_url(str(button["url"]))
    return checked


def _unparsable(why: str) -> ApiError:
    return bad_request(f"can't parse inline keyboard button: {why}")


def _button_text(button: Mapping[str, Any], what: str, opening: str) -> str:
    text = button.get("text")
    if text is None:
        raise bad_request(f"can't parse {what}: Can't find field \"text\"")
    if not isinstance(text, str):
        raise bad_request(f'can\'t parse {what}: Field "text" must be of type String')
    if not clean_text(text):
        raise bad_request(f"{opening[0].lower()}{opening[1:]} text must be non-empty")
    return clean_text(text)


def _checked_url(url: str) -> str:
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError as error:
        raise _wrong_url(url, "Wrong HTTP URL") from error
    if parts.scheme not in ("http", "https", "tg", "tel"):
        raise _wrong_url(url, "Unsupported URL protocol")
    if parts.scheme in ("http", "https") and (not host or "." not in host):
        raise _wrong_url(url, "Wrong HTTP URL")
    return url


def _wrong_url(url: str, why: str) -> ApiError:
    return bad_request(f"inline keyboard button URL '{url}' is invalid: {why}")
