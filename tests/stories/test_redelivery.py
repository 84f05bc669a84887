"""Telegram delivers again, in another order, or with new numbers; and one update that cannot be taken in stops no other."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest_asyncio

from bot.domain.access import Action, Role
from bot.domain.commands import SetName
from bot.domain.incoming import Account, AccountId, CommandGiven, Incoming, Pressed, TextTyped
from bot.engine.ask import Ask
from bot.engine.registry import Entry, Registry
from bot.engine.texts import Language, t
from bot.services.incoming import Intake
from bot.store import keyboards, people
from bot.store.database import Tx
from conversations import REGISTRY
from tests.world import Chat, World

START = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)
TABLES = (
    *("outbox", "sessions", "answers", "keyboards", "cases", "inquiries", "ke_tasks", "audit", "reminders", "people", "parties"),
    *("inbox_failed", "alarms", "roles", "accounts", "data_keys", "series"),
)


@pytest_asyncio.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    made = await World.open(tmp_path / "again.db", start=START)
    try:
        yield made
    finally:
        await made.database.close()


async def everything(world: World, *but: str) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table."""

    def read(tx: Tx) -> dict[str, list[tuple[Any, ...]]]:
        return {name: [tuple(row) for row in tx.all(f"SELECT * FROM {name}")] for name in TABLES if name not in but}  # noqa: S608

    return await world.database.transact(read)


def words(number: int, text: str, chat: Chat) -> TextTyped:
    account = Account(id=chat.account, language_code="nb")
    return TextTyped(update_id=number, account=account, chat=chat.account, message_id=number, text=text)


def command(number: int, name: str, chat: Chat) -> CommandGiven:
    account = Account(id=chat.account, language_code="nb")
    return CommandGiven(update_id=number, account=account, chat=chat.account, message_id=number, name=name, argument="")


def press(number: int, data: str, chat: Chat) -> Pressed:
    account = Account(id=chat.account, language_code="nb")
    return Pressed(update_id=number, account=account, chat=chat.account, press_id=f"p{number}", data=data, message_id=None)


async def count(world: World, table: str) -> int:
    rows = await world.database.transact(lambda tx: tx.all(f"SELECT 1 FROM {table}"))  # noqa: S608 (names of this file)
    return len(rows)


async def half_way(world: World, chat: Chat) -> str:
    """An application before its last press: what the button carries that sends it."""
    await world.write(chat, "/sok")
    label = world.municipality.words(t("Ask someone to contact me"), (await language(world, chat)), START)
    await world.press(chat, label)
    return world.button(chat, world.municipality.words(t("Here in Samråd"), (await language(world, chat)), START))


async def language(world: World, chat: Chat) -> Language:
    person = await world.person(chat)
    return (await world.database.transact(lambda tx: people.person(tx, person))).language


async def test_a_batch_delivered_again_changes_nothing(world: World) -> None:
    await world.staff("Torhild Aasen", Role.KE)
    chat = world.newcomer()
    send = await half_way(world, chat)
    batch: list[Incoming] = [press(500, send, chat), words(501, "Eg lurer på noko heilt anna", chat), command(502, "hjelp", chat)]
    await world.hand_in(*batch)
    before = await everything(world)
    assert len(before["cases"]) == len(before["inquiries"]) == 1
    for again in (batch, batch[::-1], batch[:1], [*batch, *batch]):
        await world.hand_in(*again)
    assert await everything(world) == before


async def test_an_update_twice_in_one_batch_is_taken_in_once(world: World) -> None:
    await world.staff("Torhild Aasen", Role.KE)
    chat = world.newcomer()
    send = await half_way(world, chat)
    await world.hand_in(
        press(500, send, chat), press(500, send, chat), words(501, "Eg lurer på noko", chat), words(501, "Eg lurer på noko", chat)
    )
    assert await count(world, "cases") == 1
    assert await count(world, "inquiries") == 1


async def test_two_presses_of_the_last_button_send_one_application(world: World) -> None:
    await world.staff("Torhild Aasen", Role.KE)
    chat = world.newcomer()
    send = await half_way(world, chat)
    await world.hand_in(press(501, send, chat), press(500, send, chat))
    assert await count(world, "cases") == 1
    assert {"p500", "p501"} <= set(chat.answered)


async def test_updates_that_come_in_another_order_are_all_taken_in(world: World) -> None:
    await world.staff("Torhild Aasen", Role.KE)
    one, other = world.newcomer(), world.newcomer()
    numbers = [507, 503, 509, 501, 505]
    await world.hand_in(*(words(number, f"Eg lurer på noko, {number}", one if number % 4 == 1 else other) for number in numbers))
    await world.hand_in(*(words(number, f"Eg lurer på noko, {number}", one if number % 4 == 1 else other) for number in sorted(numbers)))
    assert await count(world, "inquiries") == len(numbers)


async def test_numbers_that_start_anew_are_not_taken_for_old_ones(world: World) -> None:
    await world.staff("Torhild Aasen", Role.KE)
    chat = world.newcomer()
    await world.hand_in(words(900, "Det fyrste eg lurer på", chat), words(901, "Det andre eg lurer på", chat))
    # "If there are no new updates for at least a week, then identifier of the next update will be chosen randomly" (Bot API, Update).
    await world.hand_in(words(7, "Det tredje eg lurer på", chat), words(900, "Det fjerde eg lurer på", chat))
    await world.hand_in(words(7, "Det tredje eg lurer på", chat), words(900, "Det fjerde eg lurer på", chat))
    assert await count(world, "inquiries") == 4


TRIED: list[str] = []


async def broken(ask: Ask) -> None:
    """A conversation with a fault in it that shows after something has been done."""
    await ask.say(t("Menu"))
    await ask.do("name", SetName(name="Ikke Lagret"))
    TRIED.append("once more")
    raise RuntimeError("a fault in a conversation")


def with_fault(world: World) -> World:
    entries = [*REGISTRY, Entry(name="broken", title=t("Menu"), conversation=broken, action=Action.READ_PUBLIC, commands=("feil",))]
    world.municipality = replace(world.municipality, registry=Registry(entries))
    world.intake = Intake(world.database, world.municipality)
    TRIED.clear()
    return world


async def test_an_update_that_fails_three_times_is_set_aside_and_the_others_go_on(world: World) -> None:
    with_fault(world)
    await world.staff("Torhild Aasen", Role.KE)
    before, unlucky, after = world.newcomer(), world.newcomer(), world.newcomer()
    await world.hand_in(
        words(600, "Eg lurer på det fyrste", before), command(601, "feil", unlucky), words(602, "Eg lurer på det siste", after)
    )
    rows = await everything(world)
    assert len(TRIED) == 3
    assert len(rows["inquiries"]) == 2
    assert [(row[1], row[3]) for row in rows["inbox_failed"]] == [(601, "RuntimeError")]
    assert [(row[1], row[2]) for row in rows["alarms"]] == [("update_set_aside", "CommandGiven RuntimeError")]
    assert "a fault in a conversation" not in str(rows["alarms"])
    assert len(unlucky.messages) == 1, "the person is told, and only that"
    # What was set aside is not tried again when Telegram brings it once more.
    await world.hand_in(command(601, "feil", unlucky))
    assert len(TRIED) == 3


async def test_nothing_remains_of_what_failed_but_that_it_was_set_aside(world: World) -> None:
    with_fault(world)
    chat = world.newcomer()
    await world.write(chat, "/meny")
    changed_by_telling = ("inbox_failed", "alarms", "outbox", "keyboards", "series", "data_keys")
    before = await everything(world, *changed_by_telling)
    waiting = await count(world, "outbox")
    await world.hand_in(command(700, "feil", chat))
    assert await everything(world, *changed_by_telling) == before
    assert await count(world, "outbox") == waiting + 1
    # The same numbers are given to what comes next: those of the failed part were given back with it.
    await world.write(chat, "/sok")
    assert await count(world, "sessions") == len(before["sessions"]) + 1


async def test_a_press_that_fails_is_answered_all_the_same(world: World) -> None:
    with_fault(world)
    chat = world.newcomer()
    stranger = Pressed(
        update_id=800,
        account=Account(id=AccountId(chat.account)),
        chat=chat.account,
        press_id="p800",
        data=await _fault_button(world, chat),
        message_id=None,
    )
    await world.hand_in(stranger)
    assert chat.answered == ["p800"]
    assert await count(world, "inbox_failed") == 1


async def _fault_button(world: World, chat: Chat) -> str:
    """A button that begins the conversation with the fault."""
    await world.hand_in(words(799, "hei", chat))
    token = keyboards.new_token()

    def store(tx: Tx) -> None:
        meanings = [{"begin": "broken", "given": {}}]
        keyboards.store(tx, token, meanings, account=chat.account, session=None, key=None, expires_at=datetime(2028, 1, 1, tzinfo=UTC))

    await world.database.transact(store)
    return keyboards.data(token, 0)
