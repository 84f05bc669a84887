"""What the bot says about itself before anybody has written to it.

Here: its account, and its name, descriptions and commands in each language. Not here: messages. Guarantee: a person sees what Telegram
would show: the closest scope and the person's own language first. Source: core.telegram.org/bots/api#botcommandscope.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.errors import ApiError, bad_request

COMMANDS_LIMIT = 100
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_LANGUAGE = re.compile(r"([a-z]{2})?")
_SCOPES = ("default", "all_private_chats", "all_group_chats", "all_chat_administrators", "chat", "chat_administrators", "chat_member")

Commands = tuple[dict[str, str], ...]


@dataclass(slots=True, kw_only=True)
class BotProfile:
    """The bot's account and its texts, by language code ("" for everybody else)."""

    bot_id: int
    username: str
    names: dict[str, str]
    descriptions: dict[str, str] = field(default_factory=dict)
    short_descriptions: dict[str, str] = field(default_factory=dict)
    commands: dict[tuple[str, str], Commands] = field(default_factory=dict)
    menu_button: Mapping[str, Any] = field(default_factory=lambda: {"type": "commands"})

    def user(self) -> dict[str, Any]:
        """The bot as a `User` object."""
        return {"id": self.bot_id, "is_bot": True, "first_name": self.names[""], "username": self.username}

    def me(self) -> dict[str, Any]:
        """The bot as `getMe` gives it."""
        cannot = ("can_read_all_group_messages", "supports_inline_queries", "can_connect_to_business", "has_main_web_app")
        return self.user() | {"can_join_groups": True} | dict.fromkeys(cannot, False)

    def commands_shown(self, chat_id: int, language: str) -> Commands:
        """The commands in one person's menu."""
        for scope in (f"chat {chat_id}", "all_private_chats", "default"):
            for code in (language, ""):
                if (scope, code) in self.commands:
                    return self.commands[scope, code]
        return ()


def set_text(texts: dict[str, str], text: str | None, language: str | None, limit: int, default: str = "") -> bool:
    """Store or, when empty, remove a text of at most `limit` characters. Telegram publishes no words for one that is too long."""
    code = _language(language)
    if text and len(text) > limit:
        raise bad_request(f"text must not be longer than {limit} characters")
    if text:
        texts[code] = text
    elif code == "" and default:
        texts[code] = default
    else:
        texts.pop(code, None)
    return True


def text_for(texts: Mapping[str, str], language: str | None) -> str:
    """The text in that language, else the one for everybody."""
    return texts.get(_language(language)) or texts.get("", "")


def command_key(scope: object, language: str | None) -> tuple[str, str]:
    """Where a list of commands is stored: scope and language."""
    if scope is None:
        return "default", _language(language)
    if not isinstance(scope, Mapping) or scope.get("type") not in _SCOPES:
        raise bad_request("can't parse BotCommandScope: Unsupported type specified")
    about = f" {scope['chat_id']}" if "chat_id" in scope else ""
    return f"{scope['type']}{about}", _language(language)


def checked_commands(commands: object) -> Commands:
    """The commands as Telegram keeps them; an empty list removes them."""
    if not isinstance(commands, Sequence) or isinstance(commands, str):
        raise bad_request("expected an Array of BotCommand")
    if len(commands) > COMMANDS_LIMIT:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    return tuple(_checked_command(command) for command in commands)


def _checked_command(command: object) -> dict[str, str]:
    if not isinstance(command, Mapping):
        raise bad_request("expected an Object")
    name = str(command.get("command", "")).removeprefix("/")
    words = str(command.get("description", "")).strip()
    for wrong, why in (
        (not name, "command must be non-empty"),
        (len(name) > 32, "command length must not exceed 32"),
        (not words, "command description must be non-empty"),
        (len(words) > 256, "command description length must not exceed 256"),
        (not _COMMAND.fullmatch(name), "BOT_COMMAND_INVALID"),
    ):
        if wrong:
            raise bad_request(why)
    return {"command": name, "description": words}


def _language(code: str | None) -> str:
    if not _LANGUAGE.fullmatch(code or ""):
        raise _wrong_language()
    return code or ""


def _wrong_language() -> ApiError:
    return bad_request("invalid language code specified")


def checked_menu_button(button: object) -> Mapping[str, Any]:
    """The button beside the field one writes in; a page opens by https only."""
    if button is None:
        return {"type": "commands"}
    kind = button.get("type") if isinstance(button, dict) else None
    if not isinstance(button, dict) or kind not in {"default", "commands", "web_app"}:
        raise bad_request("MenuButton has unsupported type")
    if kind == "web_app":
        page = button.get("web_app")
        if not isinstance(page, dict) or not str(page.get("url", "")).startswith("https://"):
            raise bad_request("Web App URL is invalid: only HTTPS links are allowed")
    return {"type": "commands"} if kind == "default" else button
