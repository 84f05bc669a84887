"""Nobody is told, sent or shown anything that no consent valid at that moment names, whatever happens in whatever order.

Random weeks of a case (`tests.privacy.circle_machine`), each look held against rules written down a second time
(`tests.privacy.circle_oracle`). Broken on purpose, the program is found out.
"""

from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from bot.domain.consent import TEXT_VERSION
from bot.services import circle, consent_asking, consents, visible
from bot.store import consents as stored
from bot.store import members
from tests.privacy.circle_machine import Leak, Machine
from tests.privacy.circle_moves import MOVES

SEEDS, MORE_SEEDS = (16, 7, 4, 12, 22), range(100)
"""Those of every run, in which each fault made on purpose is found, and those of `make soak`."""
STEPS = 150


@pytest.fixture(autouse=True)
def _text_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    """The moves change the version of the form; each test begins with the first."""
    for module in (consents, consent_asking):
        monkeypatch.setattr(module, "TEXT_VERSION", TEXT_VERSION)


@asynccontextmanager
async def machine(folder: Path, seed: int, profile: str) -> AsyncIterator[Machine]:
    for module in (consents, consent_asking):
        vars(module)["TEXT_VERSION"] = TEXT_VERSION
    made = await Machine.at(folder, seed, profile)
    try:
        yield made
    finally:
        await made.world.database.close()


@pytest.mark.parametrize("seeds", [SEEDS, pytest.param(MORE_SEEDS, marks=pytest.mark.soak)], ids=["few", "many"])
@pytest.mark.parametrize("profile", ["demo", "lund"])
async def test_at_every_step_of_random_weeks_nobody_is_outside_a_consent(tmp_path: Path, profile: str, seeds: Sequence[int]) -> None:
    told = seen = 0
    done: Counter[str] = Counter()
    for seed in seeds:
        async with machine(tmp_path, seed, profile) as here:
            try:
                await here.run(STEPS, MOVES)
            except Leak as leak:
                leak.add_note(f"seed {seed}")
                raise
            told, seen = told + here.told, seen + here.seen
            done += here.done
    # Else nothing was looked at: so many were told, and so often did somebody see what they may.
    assert told > 2 * len(seeds)
    assert seen > 20 * len(seeds)
    assert set(done) == {move.__name__ for move in MOVES}


def _sees_all_that_was_set(sees: Any, _covered: Any) -> frozenset[Any]:
    return frozenset(sees)


def _sees_all_that_is_covered(_sees: Any, covered: Any) -> frozenset[Any]:
    return frozenset(covered)


def _nothing(*_ignored: object) -> None:
    return None


MUTANTS: dict[str, tuple[object, str, Callable[..., Any]]] = {
    "consent is not asked for": (visible, "visible", _sees_all_that_was_set),
    "what was set for one is not asked for": (visible, "visible", _sees_all_that_is_covered),
    "what is on its way is not held": (members, "hold", _nothing),
    "a birthday changes nothing": (consents, "still_decided", lambda _context, _consent: True),
    "midnight holds nothing": (circle.WhenTheDayTurns, "__call__", _nothing),
    "a consent never ends by its day": (consents, "holding", lambda context, case: _given(context, case)),
}


def _given(context: Any, case: Any) -> tuple[Any, ...]:
    """Everything ever given and not taken back, whatever the day."""
    return tuple(each for each in stored.of_case(context.tx, case) if each.state == "given" and each.scope)


@pytest.mark.parametrize("mutant", MUTANTS)
async def test_broken_on_purpose_it_is_found(mutant: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    where, name, broken = MUTANTS[mutant]
    monkeypatch.setattr(where, name, broken)
    for seed in SEEDS:
        async with machine(tmp_path, seed, "demo") as here:
            try:
                await here.run(STEPS, MOVES)
            except Leak:
                return
    pytest.fail(f"{mutant}: nobody noticed")
