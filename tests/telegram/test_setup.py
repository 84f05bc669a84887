"""The bot says the same to everybody, in each language, and asks for the updates it can read."""

import json

from bot.telegram.setup import Presentation, bring_updates, fetch_updates, offer_page, present
from tests.telegram.wire import Reply, bot_on

ENGLISH = Presentation(description="d", short_description="s", commands={"start": "Begin", "help": "Help"})
NYNORSK = Presentation(description="Skildring", short_description="Kort", commands={"start": "Start"}, name="Samråd")


class Profile:
    """What Telegram remembers about a bot, by method and language."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], object] = {}
        self.calls: list[tuple[str, dict[str, str]]] = []

    async def handle(self, method: str, fields: dict[str, str]) -> Reply:
        self.calls.append((method, fields))
        what, language = method[3:], fields.get("language_code", "")
        if method.startswith("get"):
            empty: object = [] if what == "MyCommands" else {"name": "", "description": "", "short_description": ""}
            return 200, {"ok": True, "result": self.kept.get((what, language), empty)}
        if what == "MyCommands":
            self.kept[what, language] = json.loads(fields["commands"])
        elif method.startswith("set"):
            self.kept[what, language] = {name: fields[name] for name in ("name", "description", "short_description") if name in fields}
        return 200, {"ok": True, "result": True}

    def changes(self) -> list[str]:
        return [method for method, _ in self.calls if method.startswith("set")]


async def test_it_presents_itself_in_each_language_and_only_what_differs_is_set() -> None:
    telegram = Profile()
    bot = bot_on(telegram.handle)
    await present(bot, ENGLISH, {"nn": NYNORSK})
    assert telegram.kept["MyCommands", "nn"] == [{"command": "start", "description": "Start"}]
    assert telegram.kept["MyDescription", ""] == {"description": "d"}
    assert telegram.kept["MyName", "nn"] == {"name": "Samråd"}
    assert ("MyName", "") not in telegram.kept
    assert len(telegram.changes()) == 7
    scopes = {fields["scope"] for method, fields in telegram.calls if "Commands" in method}
    assert scopes == {'{"type": "all_private_chats"}'}
    await present(bot, ENGLISH, {"nn": NYNORSK})
    assert len(telegram.changes()) == 7


async def test_updates_are_brought_with_a_secret_and_none_is_dropped() -> None:
    telegram = Profile()
    bot = bot_on(telegram.handle)
    await bring_updates(bot, "https://example.org/telegram", "hush")
    await fetch_updates(bot)
    (_, brought), (_, fetched) = telegram.calls
    assert (brought["secret_token"], json.loads(brought["allowed_updates"])) == (
        "hush",
        ["message", "edited_message", "callback_query", "my_chat_member"],
    )
    assert fetched.get("drop_pending_updates") in (None, "false")


async def test_the_button_beside_the_field_opens_the_page_and_is_given_back() -> None:
    shown: list[dict[str, object]] = [{"type": "commands"}]
    changes: list[str] = []

    async def handle(method: str, fields: dict[str, str]) -> Reply:
        if method == "getChatMenuButton":
            return 200, {"ok": True, "result": shown[-1]}
        assert "chat_id" not in fields, "the same for everybody"
        changes.append(fields["menu_button"])
        button = json.loads(fields["menu_button"])
        shown.append({"type": "commands"} if button["type"] == "default" else button)
        return 200, {"ok": True, "result": True}

    bot, url = bot_on(handle), "https://samrad.example/telegram-app"
    await offer_page(bot, None, "Sikker side")
    assert changes == [], "what was there before stays"
    for _ in range(2):
        await offer_page(bot, url, "Sikker side")
    assert len(changes) == 1, "only what differs is set"
    assert shown[-1] == {"type": "web_app", "text": "Sikker side", "web_app": {"url": url}}
    await offer_page(bot, None, "Sikker side")
    assert shown[-1] == {"type": "commands"}
