"""Nobody lets go before another has taken hold, whatever moves the responsibility; and nothing leaves when a case is halted.

Here: O05, N14 and P12 as properties, over random weeks. Not here: each step by itself (`test_never_alone`, `test_closing`).
"""

import inspect
import sys
from pathlib import Path
from random import Random
from typing import Any

import pytest

from bot.domain.closing import Halt, WhyHalted
from bot.services import commands
from bot.store import assignments, closings
from tests.requirements.handing_on_machine import HandingOn
from tests.requirements.hold_machine import found_out, run_all, weeks
from tests.requirements.walks import FIRST

SEEDS = 12
MOVES = ("assignments.move(", "assignments.propose(", "substitutes.move(", "changes.move_ask(", "begin_taking_over(", "end_taking_over(")
TRIED = frozenset(
    {"SayAway", "ComeBack", "ProposeSubstitute", "AnswerSubstitute", "EndSubstitute", "StartChange", "LeaderOnChange", "WishCoordinator"}
    | {"AnswerChange", "AnswerChangeAsLeader", "NoteMet", "LetGo", "EndStaffRoles", "Propose", "AnswerAsLeader", "AnswerAsCandidate"}
    | {"NoTime", "TimeFound", "CloseCase", "Reopen", "Withdraw", "SaySentAround", "TakeSentAround", "Decide", "Recall"}
)
"""Each of these took effect somewhere in the weeks below."""
BY_OTHERS = frozenset(
    {
        "NameCoordinator",
        "HandToUnit",
        "DecideDepartment",
        "WorkTogetherUntil",
        "StopChange",
        "ToolChanged",
        "LeaderAgrees",
        "TalkWithLeader",
    }
)
"""Steps of the same ways: tried in the weeks too, or in a press of one of those above; `AnswerAsLeader` is `LeaderAgrees`."""
NEW_CASES = frozenset({"Submit", "ReportOwnDecision"})
"""They begin a case, with a task at the unit from the first moment (`test_never_alone`)."""


async def test_O05_N14_nobody_has_a_case_who_has_not_said_yes_and_somebody_always_has_it(tmp_path: Path) -> None:
    done = await run_all(HandingOn, tmp_path, SEEDS)
    assert set(done) >= TRIED, TRIED - set(done)


def test_O05_every_command_that_moves_responsibility_is_among_those_tried() -> None:
    """A new command in a module that moves somebody's part in a case is noticed here."""
    moving = {
        command.__name__
        for command, handler in commands.HANDLERS.items()
        if any(move in inspect.getsource(sys.modules[handler.__module__]) for move in MOVES)
    }
    assert moving <= TRIED | BY_OTHERS | NEW_CASES, moving - TRIED - BY_OTHERS - NEW_CASES
    assert moving & TRIED


async def test_N14_a_case_given_to_somebody_who_has_not_said_yes_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real: Any = assignments.move

    def too_soon(tx: Any, each: Any, to: Any, **more: Any) -> Any:
        return real(tx, each, "accepted" if to == "candidate_asked" else to, **more)

    monkeypatch.setattr(assignments, "move", too_soon)
    assert await found_out(HandingOn, tmp_path, SEEDS)


async def _after_a_halt(here: HandingOn, before: int, after: int) -> list[object]:
    """Random weeks, a halt, and random weeks again: everything about the case that left or waits to leave after that."""
    for _ in range(before):
        await here.step()
    await here.does("anne", Halt(case=FIRST, why=here.random.choice(list(WhyHalted))))
    chats = list(here.desk.world.chats.values())
    seen = {id(chat): len(chat.messages) for chat in chats}
    (newest,) = await here.desk.town.rows("SELECT coalesce(max(id), 0) AS id FROM outbox")
    for _ in range(after):
        await here.step()
    await here.desk.world.deliver()
    new = [message.text for chat in chats for message in chat.messages[seen[id(chat)] :]]
    sql = "SELECT id FROM outbox WHERE case_id = 1 AND kind = 'send' AND (id > :id OR state NOT IN ('sent', 'dead', 'unknown'))"
    return [*(text for text in new if "1001" in text), *await here.desk.town.rows(sql, id=newest["id"])]


@pytest.mark.parametrize("seed", range(8))
async def test_P12_nothing_about_a_case_leaves_after_a_halt_whatever_anybody_does(tmp_path: Path, seed: int) -> None:
    async with weeks(HandingOn, tmp_path, seed) as here:
        random = Random(seed)
        assert await _after_a_halt(here, random.randrange(5, 60), 60) == [], here.moves[-20:]


async def test_P12_a_notice_that_does_not_ask_for_a_halt_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(closings, "halted", lambda *_: None)
    found = []
    for seed in range(8):
        async with weeks(HandingOn, tmp_path, seed) as here:
            found += await _after_a_halt(here, 20, 60)
        if found:
            break
    assert found
