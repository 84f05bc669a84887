"""How updates reach the bot: long polling, confirming, presses, the webhook, and groups."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import BadRequest, Conflict, Forbidden

from bot.sandbox.chats import QUERY_LIFETIME
from bot.sandbox.faults import Fault
from bot.sandbox.server import Sandbox, _Server
from bot.sandbox.updates import FIRST_UPDATE
from tests.sandbox.conftest import Clocks

YES = InlineKeyboardMarkup([[InlineKeyboardButton("Ja", callback_data="yes")]])


async def test_updates_stay_until_a_later_one_is_asked_for(sandbox: Sandbox, bot: Bot, person: int) -> None:
    for text in ("ein", "to", "tre"):
        sandbox.chats.say(person, text)
    first = await bot.get_updates()
    assert [update.message.text for update in first if update.message] == ["ein", "to", "tre"]
    assert await bot.get_updates() == first
    rest = await bot.get_updates(offset=first[0].update_id + 1, limit=1)
    assert [update.update_id for update in rest] == [first[1].update_id]
    assert [update.update_id for update in await bot.get_updates(offset=-1)] == [first[2].update_id]
    assert await bot.get_updates(offset=first[2].update_id + 1) == ()


async def test_a_waiting_poll_is_answered_by_the_next_update(sandbox: Sandbox, bot: Bot, person: int) -> None:
    waiting = asyncio.create_task(bot.get_updates(timeout=30))
    await until(lambda: sandbox.updates._poll is not None)
    sandbox.chats.say(person, "hei")
    assert [update.message.text for update in await waiting if update.message] == ["hei"]


async def test_a_second_poller_ends_the_first_with_409(sandbox: Sandbox, bot: Bot, person: int) -> None:
    async with Bot(sandbox.token, base_url=sandbox.api_url) as second:
        waiting = asyncio.create_task(bot.get_updates(timeout=30))
        await until(lambda: sandbox.updates._poll is not None)
        assert await second.get_updates() == ()
        with pytest.raises(Conflict, match="terminated by other getUpdates request; make sure that only one bot instance is running"):
            await waiting


async def test_only_the_kinds_asked_for_are_queued(sandbox: Sandbox, bot: Bot, person: int) -> None:
    await bot.get_updates(allowed_updates=["callback_query"])
    sandbox.chats.say(person, "hei")
    assert await bot.get_updates() == ()
    await bot.get_updates(allowed_updates=[])
    message = sandbox.chats.say(person, "hei")
    sandbox.chats.edit(person, message.message_id, "hei igjen")
    kinds = [(bool(update.message), bool(update.edited_message)) for update in await bot.get_updates()]
    assert kinds == [(True, False), (False, True)]


async def test_ids_rise_and_can_start_anew(sandbox: Sandbox, bot: Bot, person: int) -> None:
    first, second = (sandbox.updates.put({"message": {}}) for _ in range(2))
    assert (first, second) == (FIRST_UPDATE + 1, FIRST_UPDATE + 2)
    sandbox.updates.drop()
    sandbox.updates.start_ids_at(5)
    sandbox.chats.say(person, "hei")
    assert [update.update_id for update in await bot.get_updates()] == [5]


async def test_start_carries_the_link_code(clocks: Clocks) -> None:
    from bot.sandbox.town import inhabitants, with_link_codes

    people = inhabitants()
    town = with_link_codes(people, {people[1].account_id: "kode123"})
    running = Sandbox(town=town, now=clocks.now, monotonic=clocks.monotonic)
    assert running.chats.start(people[1].account_id).text == "/start kode123"
    assert running.chats.start(people[0].account_id).text == "/start"


async def test_a_press_spins_until_it_is_answered_once(sandbox: Sandbox, bot: Bot, person: int) -> None:
    sent = await bot.send_message(person, "Kjem du?", reply_markup=YES)
    sandbox.chats.press(person, sent.message_id, 0, 0)
    query = (await bot.get_updates())[0].callback_query
    assert query is not None
    assert (query.data, query.from_user.language_code, query.message and query.message.message_id) == ("yes", "nn", sent.message_id)
    assert sandbox.chats.spinning(person) == {(sent.message_id, 0, 0)}
    assert await bot.answer_callback_query(query.id, "Takk")
    assert sandbox.chats.spinning(person) == set()
    with pytest.raises(BadRequest, match="Query is too old and response timeout expired or query id is invalid"):
        await bot.answer_callback_query(query.id)


async def test_an_old_press_cannot_be_answered(sandbox: Sandbox, bot: Bot, person: int, clocks: Clocks) -> None:
    sent = await bot.send_message(person, "Kjem du?", reply_markup=YES)
    query = sandbox.chats.press(person, sent.message_id, 0, 0)
    clocks.seconds += QUERY_LIFETIME + 1
    with pytest.raises(BadRequest, match="Query is too old"):
        await bot.answer_callback_query(query.query_id)
    other = sandbox.chats.press(person, sent.message_id, 0, 0)
    with pytest.raises(BadRequest, match="Message_too_long"):
        await bot.answer_callback_query(other.query_id, "å" * 201)


async def test_a_group_can_be_left(sandbox: Sandbox, bot: Bot, person: int) -> None:
    group = sandbox.chats.open_group("Ansvarsgruppe", person)
    update = (await bot.get_updates())[0]
    assert update.my_chat_member is not None
    assert (update.my_chat_member.chat.type, update.my_chat_member.new_chat_member.status) == ("group", "member")
    await bot.send_message(group.chat_id, "Skriv til meg i ein eigen samtale.")
    assert await bot.leave_chat(group.chat_id)
    with pytest.raises(Forbidden, match="bot is not a member of the group chat"):
        await bot.send_message(group.chat_id, "Hei")


async def test_an_update_ordered_twice_comes_twice(sandbox: Sandbox, bot: Bot, person: int) -> None:
    sandbox.faults.order(Fault.DUPLICATE_UPDATE)
    sandbox.chats.say(person, "hei")
    first = (await bot.get_updates())[0].update_id
    assert [update.update_id for update in await bot.get_updates(offset=first + 1)] == [first]
    assert await bot.get_updates(offset=first + 1) == ()


class Receiver:
    """A webhook: keeps what it gets and answers with the statuses it was given, then 200."""

    def __init__(self) -> None:
        self.got: list[tuple[dict[str, Any], str | None]] = []
        self.answers: list[int] = []
        self.url = ""

    async def receive(self, request: Request) -> Response:
        self.got.append((await request.json(), request.headers.get("x-telegram-bot-api-secret-token")))
        return Response(status_code=self.answers.pop(0) if self.answers else 200)


@pytest_asyncio.fixture
async def receiver() -> AsyncIterator[Receiver]:
    import socket

    import uvicorn

    kept = Receiver()
    app = Starlette(routes=[Route("/hook", kept.receive, methods=["POST"])])
    server = _Server(uvicorn.Config(app, log_config=None, lifespan="off", ws="none", timeout_graceful_shutdown=1))
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        kept.url = f"http://127.0.0.1:{listening.getsockname()[1]}/hook"
        serving = asyncio.create_task(server.serve([listening]))
        await until(lambda: server.started)
        yield kept
        server.should_exit = True
        await serving


async def test_a_webhook_gets_updates_in_order_with_its_secret(sandbox: Sandbox, bot: Bot, person: int, receiver: Receiver) -> None:
    sandbox.chats.say(person, "før")
    assert await bot.set_webhook(receiver.url, secret_token="hemmeleg-1")
    sandbox.chats.say(person, "etter")
    await until(lambda: len(receiver.got) == 2)
    assert [(body["message"]["text"], secret) for body, secret in receiver.got] == [("før", "hemmeleg-1"), ("etter", "hemmeleg-1")]
    await until(lambda: sandbox.updates.pending() == ())


async def test_a_webhook_that_fails_gets_the_update_again(sandbox: Sandbox, bot: Bot, person: int, receiver: Receiver) -> None:
    receiver.answers = [500]
    await bot.set_webhook(receiver.url)
    sandbox.chats.say(person, "hei")
    await until(lambda: len(receiver.got) == 1)
    await until(lambda: sandbox._webhook.info().get("last_error_message") is not None)
    info = await bot.get_webhook_info()
    assert (info.pending_update_count, info.last_error_message) == (1, "Wrong response from the webhook: 500 Internal Server Error")
    await until(lambda: len(receiver.got) == 2)
    assert receiver.got[0] == receiver.got[1]


async def test_an_update_ordered_twice_comes_twice_to_a_webhook(sandbox: Sandbox, bot: Bot, person: int, receiver: Receiver) -> None:
    sandbox.faults.order(Fault.DUPLICATE_UPDATE)
    await bot.set_webhook(receiver.url)
    sandbox.chats.say(person, "hei")
    await until(lambda: len(receiver.got) == 2 and sandbox.updates.pending() == ())
    assert receiver.got[0] == receiver.got[1]


async def test_polling_and_a_webhook_exclude_each_other(sandbox: Sandbox, bot: Bot, person: int, receiver: Receiver) -> None:
    await bot.set_webhook(receiver.url)
    with pytest.raises(Conflict, match="can't use getUpdates method while webhook is active; use deleteWebhook"):
        await bot.get_updates()
    assert await bot.delete_webhook()
    sandbox.chats.say(person, "hei")
    assert len(await bot.get_updates()) == 1


@pytest.mark.parametrize(
    ("url", "secret", "words"),
    [
        ("ftp://127.0.0.1/hook", "", "Bad webhook: an https url must be provided for webhook"),
        ("http://example.org/hook", "", "Bad webhook: failed to resolve host"),
        ("http://127.0.0.1/hook", "æøå", "Secret token contains unallowed characters"),
        ("http://127.0.0.1/hook", "a" * 257, "Secret token is too long"),
    ],
)
async def test_a_wrong_webhook_is_refused(bot: Bot, url: str, secret: str, words: str) -> None:
    with pytest.raises(BadRequest) as refused:
        await bot.set_webhook(url, secret_token=secret)
    assert words.lower() in str(refused.value).lower()
    assert (await bot.get_webhook_info()).url == ""


async def until(happened: Any) -> None:
    """Give way to the other tasks until something has happened, at most ten seconds."""
    async with asyncio.timeout(10):
        while not happened():  # noqa: ASYNC110
            await asyncio.sleep(0.01)
