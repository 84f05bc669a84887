"""An update is Telegram's until it is committed here, and nothing ends the fetching but a refused token."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

import httpx
import pytest

from bot.domain.incoming import Incoming, TextTyped, Unreadable
from bot.telegram.incoming import ALLOWED_UPDATES
from bot.telegram.poller import LONGEST_PAUSE, Poller
from tests.telegram.test_decode import message
from tests.telegram.wire import Reply, bot_on, fault


def update(number: int) -> dict[str, object]:
    return {"update_id": number, "message": message(text=f"nr. {number}")}


@dataclass
class Telegram:
    """Telegram's side of `getUpdates`: keeps every update until a call with a higher offset confirms it."""

    pending: list[dict[str, object]] = field(default_factory=list)
    confirmed: list[int] = field(default_factory=list)
    calls: list[dict[str, str]] = field(default_factory=list)
    faults: list[Reply] = field(default_factory=list)
    confirms_before_fault: bool = False

    async def handle(self, method: str, fields: dict[str, str]) -> Reply:
        assert method == "getUpdates"
        self.calls.append(fields)
        if self.faults:
            if self.confirms_before_fault:
                self.confirm(fields)
            return self.faults.pop(0)
        self.confirm(fields)
        await asyncio.sleep(0.001)
        return 200, {"ok": True, "result": self.pending[: int(fields["limit"])]}

    def confirm(self, fields: dict[str, str]) -> None:
        if "offset" in fields:
            below = [each for each in self.pending if isinstance(number := each.get("update_id"), int) and number < int(fields["offset"])]
            self.confirmed.extend(int(str(each["update_id"])) for each in below)
            self.pending = [each for each in self.pending if each not in below]


@dataclass
class Intake:
    """Takes updates in; `committed` is what would be on disk."""

    committed: list[Incoming] = field(default_factory=list)
    failures: int = 0
    alarms: list[str] = field(default_factory=list)
    sleeps: list[float] = field(default_factory=list)
    conflicts: int = 0

    async def take(self, batch: Sequence[Incoming]) -> None:
        if self.failures:
            self.failures -= 1
            raise OSError("disk full")
        self.committed.extend(batch)

    async def alarm(self, kind: str, _sentence: str) -> None:
        self.alarms.append(kind)

    async def sleep(self, seconds: float) -> None:
        self.sleeps.append(seconds)
        await asyncio.sleep(0)

    def conflict(self) -> None:
        self.conflicts += 1

    def numbers(self) -> list[int | None]:
        return [each.update_id for each in self.committed]


def poller_on(telegram: Telegram, intake: Intake) -> Poller:
    bot = bot_on(telegram.handle)
    return Poller(bot, intake.take, alarm=intake.alarm, on_conflict=intake.conflict, wait=timedelta(), sleep=intake.sleep)


async def run_until(poller: Poller, true: Callable[[], bool]) -> None:
    run = asyncio.create_task(poller.run())
    async with asyncio.timeout(10):
        while not true() and not run.done():  # noqa: ASYNC110  a state of the other side is waited for
            await asyncio.sleep(0.001)
        poller.stop()
        await run


async def test_nothing_is_confirmed_before_it_is_committed() -> None:
    telegram, intake = Telegram([update(1), update(2)]), Intake()
    committing, let_go = asyncio.Event(), asyncio.Event()
    committed = intake.take

    async def slow(batch: Sequence[Incoming]) -> None:
        committing.set()
        await let_go.wait()
        await committed(batch)

    intake.take = slow  # type: ignore[method-assign]
    poller = poller_on(telegram, intake)
    run = asyncio.create_task(poller.run())
    await committing.wait()
    for _ in range(50):
        await asyncio.sleep(0.001)
    # No second call has been made at all while the commit is not done, so none can have confirmed.
    assert (telegram.confirmed, len(telegram.calls)) == ([], 1)
    let_go.set()
    async with asyncio.timeout(10):
        while not telegram.confirmed:  # noqa: ASYNC110
            await asyncio.sleep(0.001)
    poller.stop()
    await run
    assert (telegram.confirmed, intake.numbers()) == ([1, 2], [1, 2])
    assert telegram.calls[0]["allowed_updates"] == str(list(ALLOWED_UPDATES)).replace("'", '"')


async def test_a_batch_that_could_not_be_taken_is_tried_again_and_not_confirmed_meanwhile() -> None:
    telegram, intake = Telegram([update(1), update(2)]), Intake(failures=3)
    seen_at_failure: list[list[int]] = []
    take = intake.take

    async def watched(batch: Sequence[Incoming]) -> None:
        seen_at_failure.append(list(telegram.confirmed))
        await take(batch)

    intake.take = watched  # type: ignore[method-assign]
    await run_until(poller_on(telegram, intake), lambda: telegram.confirmed == [1, 2])
    assert seen_at_failure == [[], [], [], []]
    assert intake.numbers() == [1, 2]
    assert intake.alarms == ["intake_failed"]
    assert len(intake.sleeps) == 3


async def test_numbers_may_start_anew_lower() -> None:
    telegram, intake = Telegram([update(1000), update(1001)]), Intake()
    poller = poller_on(telegram, intake)
    run = asyncio.create_task(poller.run())
    async with asyncio.timeout(10):
        # A quiet week: Telegram has nothing, and numbers begin again somewhere lower.
        while len(telegram.calls) < 5:  # noqa: ASYNC110
            await asyncio.sleep(0.001)
        telegram.pending.extend([update(5), update(6)])
        while telegram.confirmed != [1000, 1001, 5, 6]:  # noqa: ASYNC110
            await asyncio.sleep(0.001)
    poller.stop()
    await run
    assert intake.numbers() == [1000, 1001, 5, 6]
    assert "offset" not in telegram.calls[3]


@pytest.mark.parametrize("confirms", [True, False])
async def test_a_confirmation_that_may_not_have_arrived_is_made_again(confirms: bool) -> None:
    telegram, intake = Telegram([update(1)]), Intake()
    take = intake.take

    async def then_trouble(batch: Sequence[Incoming]) -> None:
        await take(batch)
        telegram.confirms_before_fault = confirms
        telegram.faults = [httpx.ReadError("reset"), fault(502, "Bad Gateway")]

    intake.take = then_trouble  # type: ignore[method-assign]
    await run_until(poller_on(telegram, intake), lambda: len(telegram.calls) >= 5)
    assert [call.get("offset") for call in telegram.calls[:5]] == [None, "2", "2", "2", None]
    assert (intake.numbers(), telegram.confirmed) == ([1], [1])


async def test_bad_updates_in_a_batch_stop_nothing() -> None:
    bad: list[dict[str, object]] = [
        {"update_id": 2, "message": 7},
        {"message": {}},
        {"update_id": 3, "callback_query": {"id": "p", "from": []}},
    ]
    telegram, intake = Telegram([update(1), *bad, update(4)]), Intake()
    await run_until(poller_on(telegram, intake), lambda: 4 in telegram.confirmed)
    assert [type(each) for each in intake.committed[:5]] == [TextTyped, Unreadable, Unreadable, Unreadable, TextTyped]
    assert telegram.confirmed == [1, 2, 3, 4]


async def test_trouble_on_the_network_backs_off_to_half_a_minute_and_goes_on() -> None:
    refused: list[Reply] = [httpx.ConnectError("refused")] * 12
    telegram, intake = Telegram([update(1)], faults=[*refused, (200, {"ok": True}), (200, b"<html>"), (500, b"")]), Intake()
    await run_until(poller_on(telegram, intake), lambda: telegram.confirmed == [1])
    assert len(intake.sleeps) == 15
    assert intake.sleeps[0] <= 0.5
    assert LONGEST_PAUSE / 2 <= max(intake.sleeps) <= LONGEST_PAUSE
    assert intake.alarms == []


async def test_telegrams_own_waiting_time_is_kept() -> None:
    telegram, intake = Telegram([update(1)], faults=[fault(429, "Too Many Requests", retry_after=17)]), Intake()
    await run_until(poller_on(telegram, intake), lambda: telegram.confirmed == [1])
    assert intake.sleeps == [17.0]


async def test_a_second_poller_is_told_once_and_waited_out() -> None:
    conflict = fault(409, "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running")
    telegram, intake = Telegram([update(1)], faults=[conflict, conflict, conflict]), Intake()
    await run_until(poller_on(telegram, intake), lambda: telegram.confirmed == [1])
    assert (intake.alarms, intake.conflicts, len(intake.sleeps)) == (["second_poller"], 3, 3)


@pytest.mark.parametrize("refusal", [fault(401, "Unauthorized"), fault(404, "Not Found")])
async def test_a_refused_token_ends_it_with_an_alarm(refusal: Reply) -> None:
    telegram, intake = Telegram([update(1)], faults=[refusal]), Intake()
    await asyncio.wait_for(poller_on(telegram, intake).run(), 10)
    assert (intake.alarms, len(telegram.calls), intake.committed) == (["token_refused"], 1, [])


async def test_stop_breaks_off_a_waiting_call() -> None:
    telegram, intake = Telegram(), Intake()
    waiting = asyncio.Event()

    async def hanging(_method: str, _fields: dict[str, str]) -> Reply:
        waiting.set()
        await asyncio.Event().wait()
        raise AssertionError

    poller = Poller(bot_on(hanging), intake.take, alarm=intake.alarm)
    run = asyncio.create_task(poller.run())
    await waiting.wait()
    poller.stop()
    await asyncio.wait_for(run, 10)
    assert telegram.calls == []
