"""The town as the page shows it.

Here: chats, people and strips as JSON. Not here: how they are drawn. Guarantee: the page gets nothing that the person whose column it is
would not see in a chat app; `callback_data` stays here.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.engine.texts import Language, Text
from bot.sandbox.chats import Chats
from bot.sandbox.controls import MailLine, OutboxLine, Render, WaitingLine
from bot.sandbox.faults import ANY_METHOD, CALL_FAULTS, UPDATE_FAULTS, Faults
from bot.sandbox.objects import Message
from bot.sandbox.profile import BotProfile, text_for
from bot.sandbox.town import MUNICIPALITY, Inhabitant

FAULTY_METHODS = ("sendMessage", "editMessageText", "answerCallbackQuery", "sendDocument", "getUpdates")


def in_each_language(text: Text | str, render: Render) -> dict[str, str]:
    """The text in every language of the page."""
    return {str(language): text if isinstance(text, str) else render(text, language) for language in Language}


def town(
    people: Iterable[Inhabitant], profile: BotProfile, render: Render, *, has_clock: bool, secure_page: str | None = None
) -> dict[str, Any]:
    """What does not change while the page is open. `secure_page` is the address of the page beside the chats."""
    return {
        "municipality": MUNICIPALITY,
        "username": profile.username,
        "hasClock": has_clock,
        "securePage": secure_page,
        "people": [
            {"id": person.account_id, "name": person.name, "role": in_each_language(person.role_label, render), "language": person.language}
            for person in people
        ],
        "faults": {"call": sorted(CALL_FAULTS), "update": sorted(UPDATE_FAULTS), "methods": [ANY_METHOD, *FAULTY_METHODS]},
    }


def chat(chats: Chats, profile: BotProfile, account_id: int) -> dict[str, Any]:
    """One person's chat with the bot."""
    shown = chats.chats[account_id]
    language = str(chats.people[account_id].language)
    spinning = chats.spinning(account_id)
    return {
        "account": account_id,
        "bot": text_for(profile.names, language),
        "about": text_for(profile.descriptions, language),
        "commands": list(profile.commands_shown(account_id, language)),
        "started": shown.started,
        "blocked": shown.blocked,
        "hasCode": chats.people[account_id].link_code is not None,
        "unread": shown.unread,
        "messages": [_message(message, spinning) for message in shown.messages.values()],
        "keyboard": _reply_keyboard(shown.reply_keyboard),
    }


def _message(message: Message, spinning: set[tuple[int, int, int]]) -> dict[str, Any]:
    body: dict[str, Any] = {"id": message.message_id, "mine": message.sender is not None, "at": message.date.isoformat()}
    if message.deleted:
        return body | {"deleted": True}
    body |= {"text": message.text, "edited": message.edited is not None}
    if message.document is not None:
        document = message.document
        body["document"] = {"id": document.file_id, "name": document.filename, "size": len(document.content)}
    rows = message.keyboard["inline_keyboard"] if message.keyboard else []
    body["buttons"] = [
        [_button(button, (message.message_id, r, c) in spinning) for c, button in enumerate(row)] for r, row in enumerate(rows)
    ]
    return body


def _button(button: Mapping[str, Any], spins: bool) -> dict[str, Any]:
    return {"text": button["text"], "url": button.get("url"), "presses": "callback_data" in button, "spins": spins}


def _reply_keyboard(markup: Mapping[str, Any] | None) -> dict[str, Any] | None:
    if markup is None:
        return None
    rows = [[button["text"] for button in row] for row in markup["keyboard"]]
    return {"rows": rows, "hint": markup.get("input_field_placeholder") or ""}


def strips(
    now: datetime,
    outbox: Sequence[OutboxLine],
    waiting: Sequence[WaitingLine],
    mails: Sequence[MailLine],
    faults: Faults,
    render: Render,
) -> dict[str, Any]:
    """The clock to the minute, what is on its way, what waits, the e-mails, and what has been ordered to fail."""
    return {
        "now": now.replace(second=0, microsecond=0).isoformat(),
        "outbox": [
            {"state": line.state, "to": line.to, "kind": in_each_language(line.kind, render), "at": line.when.isoformat()}
            for line in outbox
        ],
        "waiting": [{"what": in_each_language(line.reminder, render), "due": line.due.isoformat()} for line in waiting],
        "mails": [
            {"to": each.to, "subject": each.subject, "text": each.text, "calendar": each.calendar, "at": each.when.isoformat()}
            for each in mails
        ],
        "faults": [{"fault": o.fault, "method": o.method, "times": o.times} for o in faults.waiting()],
    }
