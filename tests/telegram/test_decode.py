"""Every kind of update is understood or set aside, and none raises."""

import json
import random
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
from bot.telegram.incoming import ATTACHMENTS, decode

TYPES: dict[str, Any] = json.loads(Path(__file__).with_name("update_types.json").read_text("utf-8"))["types"]
KARI = {"id": 7, "is_bot": False, "first_name": "Kari", "language_code": "nn"}
CHAT = {"id": 7, "type": "private", "first_name": "Kari"}
GROUP = {"id": -100, "type": "supergroup", "title": "Gruppe"}
ACCOUNT = Account(id=AccountId(7), language_code="nn")


def message(**fields: object) -> dict[str, object]:
    return {"message_id": 3, "date": 1, "chat": CHAT, "from": KARI, **fields}


def press(**fields: object) -> dict[str, object]:
    return {"id": "p1", "from": KARI, "chat_instance": "x", "message": message(text="?"), "data": "tok", **fields}


def membership(status: str, chat: object = CHAT) -> dict[str, object]:
    old = {"user": KARI, "status": "member"}
    return {"chat": chat, "from": KARI, "date": 1, "old_chat_member": old, "new_chat_member": {"user": KARI, "status": status}}


PLACE: dict[str, Any] = {"update_id": 1, "account": ACCOUNT, "chat": 7}

READ: list[tuple[dict[str, object], Incoming]] = [
    ({"message": message(text="Hei på deg")}, TextTyped(**PLACE, message_id=3, text="Hei på deg")),
    ({"message": message(text="/Start@samrad_bot  k0de ")}, CommandGiven(**PLACE, message_id=3, name="start", argument="k0de")),
    ({"message": message(text="/avbryt")}, CommandGiven(**PLACE, message_id=3, name="avbryt", argument="")),
    ({"message": message(text="/ikke/en/kommando")}, TextTyped(**PLACE, message_id=3, text="/ikke/en/kommando")),
    ({"message": message(text="halv \ud83d")}, TextTyped(**PLACE, message_id=3, text="halv ?")),
    ({"message": message(photo=[{}], caption="x")}, AttachmentSent(**PLACE, message_id=3, kind="photo")),
    ({"message": message(document={}, animation={})}, AttachmentSent(**PLACE, message_id=3, kind="animation")),
    ({"message": message(pinned_message={})}, Unreadable(update_id=1, reason="a message of Telegram's own", account=ACCOUNT)),
    ({"edited_message": message(text="12345678901")}, MessageEdited(**PLACE, message_id=3)),
    ({"callback_query": press()}, Pressed(**PLACE, press_id="p1", data="tok", message_id=3)),
    ({"callback_query": press(data=None)}, Unreadable(update_id=1, reason="a press without data", account=ACCOUNT, press_id="p1")),
    ({"callback_query": press(message=None)}, Unreadable(update_id=1, reason="no chat", account=ACCOUNT, press_id="p1")),
    ({"callback_query": press(message=message(chat=GROUP))}, GroupSeen(update_id=1, chat=-100, press_id="p1")),
    ({"my_chat_member": membership("kicked")}, ChatStopped(**PLACE)),
    ({"my_chat_member": membership("member")}, ChatResumed(**PLACE)),
    ({"my_chat_member": membership("member", GROUP)}, GroupSeen(update_id=1, chat=-100)),
    ({"my_chat_member": membership("kicked", GROUP)}, GroupSeen(update_id=1, chat=-100, gone=True)),
    ({"message": message(chat=GROUP, sender_chat=GROUP, text="x")}, GroupSeen(update_id=1, chat=-100)),
    ({"channel_post": {"message_id": 1, "date": 1, "chat": {"id": -5, "type": "channel"}, "text": "x"}}, GroupSeen(update_id=1, chat=-5)),
    ({"message": message(**{"from": {**KARI, "is_bot": True}})}, Unreadable(update_id=1, reason="a bot as sender")),
    (
        {"message": message(**{"from": {**KARI, "id": 8}})},
        Unreadable(update_id=1, reason="no chat", account=Account(id=AccountId(8), language_code="nn")),
    ),
    ({"message": message(message_id=True)}, Unreadable(update_id=1, reason="a message without a number", account=ACCOUNT)),
    ({"message": message(**{"from": {**KARI, "id": 2**63}})}, Unreadable(update_id=1, reason="no sender")),
    ({"inline_query": {"id": "1", "from": KARI, "query": "x", "offset": ""}}, Unreadable(update_id=1, reason="an update of another kind")),
]


@pytest.mark.parametrize(("update", "expected"), READ, ids=[f"{number}-{next(iter(update))}" for number, (update, _) in enumerate(READ)])
def test_an_update_is_read(update: dict[str, object], expected: Incoming) -> None:
    assert decode({"update_id": 1, **update}) == expected


@pytest.mark.parametrize("raw", [None, 3, "x", [], {}, {"update_id": "1"}, {"update_id": True}, {"update_id": 2**64}, {"update_id": 1.5}])
def test_what_has_no_number_is_unreadable(raw: object) -> None:
    assert decode(raw) == Unreadable(update_id=None, reason="no update_id")


@pytest.mark.parametrize("kind", ATTACHMENTS)
def test_every_attachment_is_a_field_of_telegrams_message(kind: str) -> None:
    assert kind in TYPES["Message"]["fields"]
    assert decode({"update_id": 1, "message": message(**{kind: {}})}) == AttachmentSent(**PLACE, message_id=3, kind=kind)


WRONG: list[object] = [None, True, -1, 2**70, 1e300, "", "\ud800", "x" * 5000, [], {}, [[[]]], {"id": {"id": []}}]


def made(kind: str, chance: random.Random, depth: int = 0) -> object:
    """A value of this type of the Bot API, now and then a wrong one or none."""
    if chance.random() < 0.04:
        return chance.choice(WRONG)
    if kind.startswith("Array of "):
        return [made(kind.removeprefix("Array of "), chance, depth + 1) for _ in range(chance.randrange(3) if depth < 4 else 0)]
    if kind in TYPES:
        if one_of := TYPES[kind].get("one_of"):
            return made(chance.choice(one_of), chance, depth)
        often = 0.5 if depth < 2 else 0.05
        fields = TYPES[kind]["fields"].items() if depth < 6 else ()
        return {
            name: made(type_, chance, depth + 1) for name, (type_, required) in fields if chance.random() < (0.98 if required else often)
        }
    simple: dict[str, list[object]] = {
        "Integer": [0, 1, 7, -100, 2**40],
        "Float": [0.5, 60.1],
        "Boolean": [True, False],
        "String": ["private", "supergroup", "member", "kicked", "hei", "/start", "nb", "æøå", "7"],
    }
    return chance.choice(simple.get(kind, ["?"]))


def texts_and_numbers(value: object) -> list[object]:
    if isinstance(value, Account):
        return [value.id, value.language_code]
    return (
        [found for name in value.__slots__ for found in texts_and_numbers(getattr(value, name))] if hasattr(value, "__slots__") else [value]
    )


def check(raw: object) -> Incoming:
    incoming: Incoming = decode(raw)
    assert type(incoming) in get_args(Incoming)
    for each in texts_and_numbers(incoming):
        assert not isinstance(each, int) or -(2**63) <= each < 2**63
        assert not isinstance(each, str) or each.encode("utf-8").decode() == each
    query = raw.get("callback_query") if isinstance(raw, dict) else None
    if isinstance(query, dict) and isinstance(query.get("id"), str) and query["id"]:
        # Whatever else is wrong with it, a press can be answered, so that nobody sees a button turn for ever.
        assert getattr(incoming, "press_id", None)
    return incoming


def test_five_thousand_updates_of_every_kind_are_decoded() -> None:
    chance = random.Random(2027)
    kinds = [name for name in TYPES["Update"]["fields"] if name != "update_id"]
    seen: set[str] = set()
    for number in range(5000):
        kind = kinds[number % len(kinds)]
        raw = {"update_id": number, kind: made(TYPES["Update"]["fields"][kind][0], chance)}
        if number % 2 and isinstance(part := raw[kind], dict):
            # Half of them come from a real private chat, so that they get past the first checks.
            part.update({"from": KARI, "chat": CHAT})
            if kind == "callback_query" and isinstance(under := part.get("message"), dict):
                under["chat"] = CHAT
        incoming = check(raw)
        assert incoming.update_id == number
        seen.add(type(incoming).__name__)
    assert seen == {form.__name__ for form in get_args(Incoming)}


ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["id", "chat", "from", "type", "text", "data"]) | st.text(), inner, max_size=6)
    ),
    max_leaves=20,
)


@given(
    st.dictionaries(st.sampled_from(["update_id", "message", "callback_query", "edited_message", "my_chat_member"]), ANY_JSON) | ANY_JSON
)
def test_any_json_is_decoded(raw: object) -> None:
    check(raw)
