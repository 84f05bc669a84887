"""What goes wrong on purpose or by haste: limits, ordered faults, foreign callers, starting and stopping."""

import asyncio
import random
import socket
from collections import Counter
from datetime import timedelta

import httpx
import pytest
from telegram import Bot
from telegram.error import Forbidden, NetworkError, RetryAfter

from bot.sandbox.faults import Fault
from bot.sandbox.parameters import FACTS
from bot.sandbox.server import Sandbox
from tests.sandbox.conftest import Clocks


def people_who_started(sandbox: Sandbox) -> list[int]:
    for account_id in sandbox.chats.people:
        sandbox.chats.start(account_id)
    return list(sandbox.chats.people)


async def seconds_refused(bot: Bot, chat_id: int) -> int | None:
    """The seconds that a 429 tells to wait, or None when the message was sent."""
    try:
        await bot.send_message(chat_id, "Hei")
    except RetryAfter as refused:
        wait = refused.retry_after
        return int(wait.total_seconds() if isinstance(wait, timedelta) else wait)
    return None


async def test_one_message_a_second_in_a_chat_after_a_short_burst(bot: Bot, person: int, clocks: Clocks) -> None:
    assert [await seconds_refused(bot, person) for _ in range(4)] == [None, None, None, 1]
    clocks.seconds += 1
    assert [await seconds_refused(bot, person) for _ in range(2)] == [None, 1]


async def test_thirty_messages_a_second_in_all(sandbox: Sandbox, bot: Bot, clocks: Clocks) -> None:
    people = people_who_started(sandbox)
    groups = [sandbox.chats.open_group(f"Gruppe {n}", people[0]).chat_id for n in range(4)]
    chats = [chat for chat in [*people, *groups] for _ in range(3)]
    answers = [await seconds_refused(bot, chat) for chat in chats]
    assert answers[:30] == [None] * 30
    assert answers[30:] == [1] * 6
    clocks.seconds += 0.1
    assert [await seconds_refused(bot, chat) for chat in groups[2:]].count(None) == 2


async def test_twenty_messages_a_minute_in_a_group(sandbox: Sandbox, bot: Bot, person: int, clocks: Clocks) -> None:
    group = sandbox.chats.open_group("Gruppe", person).chat_id
    waits: list[int | None] = []
    for _ in range(22):
        waits.append(await seconds_refused(bot, group))
        clocks.seconds += 1
    assert waits == [None] * 20 + [40, 39]
    clocks.seconds += 38
    assert [await seconds_refused(bot, group) for _ in range(2)] == [None, 1]


async def test_edits_count_and_answers_do_not(sandbox: Sandbox, bot: Bot, person: int) -> None:
    sent = await bot.send_message(person, "0")
    await bot.edit_message_text("1", person, sent.message_id)
    await bot.edit_message_text("2", person, sent.message_id)
    with pytest.raises(RetryAfter):
        await bot.edit_message_text("3", person, sent.message_id)
    assert await bot.delete_message(person, sent.message_id)
    assert (await bot.get_me()).username == sandbox.profile.username


async def test_limits_can_be_switched_off(sandbox: Sandbox, bot: Bot, person: int) -> None:
    sandbox.limits.on = False
    assert [await seconds_refused(bot, person) for _ in range(10)] == [None] * 10


@pytest.mark.parametrize(
    ("fault", "error", "words"),
    [
        (Fault.SERVER_ERROR, NetworkError, "Internal Server Error"),
        (Fault.BLOCKED, Forbidden, "bot was blocked by the user"),
        (Fault.RESET_BEFORE, NetworkError, "httpx.ReadError"),
    ],
)
async def test_a_fault_before_the_call_leaves_nothing_done(
    sandbox: Sandbox, bot: Bot, person: int, fault: Fault, error: type[Exception], words: str
) -> None:
    sandbox.faults.order(fault, "sendMessage", times=2)
    before = len(sandbox.chats.chats[person].messages)
    for _ in range(2):
        with pytest.raises(error, match=words):
            await bot.send_message(person, "Hei")
    assert len(sandbox.chats.chats[person].messages) == before
    assert (await bot.send_message(person, "Hei")).text == "Hei"
    assert sandbox.faults.waiting() == ()


async def test_a_reset_after_the_call_has_sent_the_message(sandbox: Sandbox, bot: Bot, person: int) -> None:
    sandbox.faults.order(Fault.RESET_AFTER, "sendMessage")
    before = len(sandbox.chats.chats[person].messages)
    with pytest.raises(NetworkError, match=r"httpx\.ReadError"):
        await bot.send_message(person, "Hei")
    assert len(sandbox.chats.chats[person].messages) == before + 1


async def test_an_ordered_429_tells_how_long_to_wait(sandbox: Sandbox, bot: Bot, person: int) -> None:
    sandbox.faults.order(Fault.TOO_MANY_REQUESTS, "sendMessage", retry_after=17)
    assert await seconds_refused(bot, person) == 17


async def test_a_fault_for_any_call_spares_polling(sandbox: Sandbox, bot: Bot, person: int) -> None:
    sandbox.faults.order(Fault.SERVER_ERROR)
    assert await bot.get_updates() == ()
    with pytest.raises(NetworkError, match="Internal Server Error"):
        await bot.get_me()
    sandbox.faults.order(Fault.SERVER_ERROR)
    sandbox.faults.clear()
    assert (await bot.get_me()).is_bot


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Host": "fjordvik.example"}, 403),
        ({"Host": "169.254.1.1"}, 403),
        ({"Origin": "https://fjordvik.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Content-Type": "text/plain"}, 400),
        ({}, 200),
    ],
)
async def test_only_this_machines_page_can_act(sandbox: Sandbox, headers: dict[str, str], status: int) -> None:
    account_id = next(iter(sandbox.chats.people))
    async with httpx.AsyncClient(trust_env=False) as client:
        body = f'{{"account": {account_id}}}'
        sent = {"Content-Type": "application/json"} | headers
        answer = await client.post(sandbox.page_url + "do/start", content=body, headers=sent)
    assert answer.status_code == status
    assert sandbox.chats.chats[account_id].started is (status == 200)


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("say", '{"account": 1, "text": "hei"}'),
        ("say", '{"account": 9000000000001, "text": "  "}'),
        ("say", '{"text": "hei"}'),
        ("press", '{"account": 9000000000001, "message": 1, "row": 0, "column": 0}'),
        ("fault", '{"fault": "fire", "method": "*", "times": 1}'),
        ("fault", '{"fault": "server_error", "method": "sendCake", "times": 1}'),
        ("fault", '{"fault": "server_error", "method": "*", "times": 0}'),
        ("turn", '{"by": "day"}'),
        ("say", "[1]"),
        ("say", "{"),
    ],
)
async def test_the_page_cannot_ask_for_nonsense(sandbox: Sandbox, name: str, body: str) -> None:
    async with httpx.AsyncClient(trust_env=False) as client:
        answer = await client.post(f"{sandbox.page_url}do/{name}", content=body, headers={"Content-Type": "application/json"})
    assert (answer.status_code, answer.json()["done"]) == (400, False)
    assert sandbox.updates.pending() == ()
    assert sandbox.faults.waiting() == ()


async def test_the_page_is_served_with_a_strict_policy(sandbox: Sandbox) -> None:
    async with httpx.AsyncClient(trust_env=False) as client:
        answer = await client.get(sandbox.page_url)
        missing = await client.get(sandbox.page_url + "page/..%2Fserver.py")
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert missing.status_code == 404


async def test_it_listens_on_loopback_and_stops_without_a_trace(clocks: Clocks) -> None:
    running = Sandbox(now=clocks.now)
    await running.start()
    assert running._socket is not None
    host, port = running._socket.getsockname()
    assert host == "127.0.0.1"
    tasks = asyncio.all_tasks()
    async with httpx.AsyncClient(trust_env=False) as client, Bot(running.token, base_url=running.api_url) as bot:
        polling = asyncio.create_task(bot.get_updates(timeout=30))
        async with client.stream("GET", running.page_url + "events") as events:
            assert events.status_code == 200
            async with asyncio.timeout(5):
                await running.stop()
        with pytest.raises(NetworkError):
            await bot.get_me()
        await asyncio.gather(polling, return_exceptions=True)
    left = {task.get_name() for task in asyncio.all_tasks() & tasks}
    assert not left & {"sandbox server", "sandbox webhook"}
    with socket.socket() as free:
        free.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        free.bind(("127.0.0.1", port))


async def test_a_taken_port_is_told(sandbox: Sandbox, clocks: Clocks) -> None:
    port = int(sandbox.page_url.rstrip("/").rsplit(":", 1)[1])
    other = Sandbox(now=clocks.now)
    with pytest.raises(OSError, match="Address already in use"):
        await other.start(port)


async def test_a_body_that_is_no_form_is_refused(sandbox: Sandbox) -> None:
    url = f"{sandbox.api_url}{sandbox.token}/sendMessage"
    async with httpx.AsyncClient(trust_env=False) as client:
        answers = [
            await client.post(url, content=b"{", headers={"Content-Type": "application/json"}),
            await client.post(url, content=b"x", headers={"Content-Type": "multipart/form-data"}),
            await client.post(url, data={"chat_id": "", "text": "Hei"}),
            await client.get(url, params={"chat_id": "1", "text": "Hei"}),
        ]
    assert [answer.status_code for answer in answers] == [400] * 4
    assert [answer.json()["description"] for answer in answers][2:] == ["Bad Request: chat_id is empty", "Bad Request: chat not found"]


async def test_nonsense_is_answered_in_the_apis_form(sandbox: Sandbox, person: int) -> None:
    """Seeded: the same 600 calls each time, every method with values of every kind in every parameter."""
    sandbox.limits.on = False
    dice = random.Random(20270301)
    values: list[object] = [
        None,
        True,
        -1,
        0,
        10**30,
        1.5,
        "",
        "x",
        "{",
        "[]",
        [],
        [[]],
        [None],
        ["x"],
        {},
        {"type": 1},
        {"message_id": "x"},
        "å" * 5000,
        person,
    ]
    methods = sorted(set(FACTS) - {"getUpdates", "setWebhook"})
    statuses = Counter[int]()
    async with httpx.AsyncClient(trust_env=False) as client:
        for _ in range(600):
            method = dice.choice(methods)
            body = {name: dice.choice(values) for name in FACTS[method] if dice.random() < 0.8}
            if "chat_id" in body and dice.random() < 0.7:
                body["chat_id"] = person
            answer = await client.post(f"{sandbox.api_url}{sandbox.token}/{method}", json=body)
            assert answer.json()["ok"] is (answer.status_code == 200), (method, body)
            statuses[answer.status_code] += 1
    assert set(statuses) == {200, 400}
    assert min(statuses.values()) > 100
