"""What was agreed can be shown years later: from the audit alone, and every tampering with it is found.

Here: random histories replayed against the tables, and tamperings with a chain of real consents. Not here: the chain by itself
(`tests/store/test_audit.py`).
"""

import json
import random
from collections.abc import AsyncIterator, Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Final

import pytest

from bot.domain.circle_commands import EndMembership
from bot.domain.consent import ConsentState, ConsentType, InfoKind, Recipient
from bot.domain.consent_commands import Offer, PrepareAnswer, RecordConsent, Recorded, SignConsent, StopSharing
from bot.domain.consent_evidence import Held, read, replay, written
from bot.domain.consent_queries import Asking
from bot.domain.ids import ConsentId, MemberId
from bot.store import audit, consents
from bot.store.database import Tx
from tests.requirements.circle_walks import Around
from tests.requirements.consent_walks import asks, looks, to
from tests.requirements.town import Town
from tests.requirements.walks import FIRST
from tests.world import World

MONDAY: Final = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
STEPS: Final = 40
TAMPERINGS: Final = 2_000
KINDS: Final = tuple(InfoKind)
Row = dict[str, object]


@pytest.fixture
async def around(tmp_path: Path) -> AsyncIterator[Around]:
    world = await World.open(tmp_path / "samrad.db", start=MONDAY)
    yield await Around.of(await Town.of(world))
    await world.database.close()


def by_the_tables(tx: Tx, today: date) -> frozenset[Held]:
    """What holds, with recipients by number as the audit names them."""
    numbers = {each: number for number, each in consents.recipients(tx, FIRST).items()}
    return frozenset(
        Held(
            consent=each.id,
            allowed=frozenset((numbers[recipient], kind) for recipient, kinds in each.scope.items() for kind in kinds),
            until=each.until,
        )
        for each in consents.in_force(tx, FIRST, today)
    )


def by_the_audit(tx: Tx, today: date) -> frozenset[Held]:
    """What holds, from the chain alone."""
    rows = tx.all("SELECT action, detail FROM audit WHERE case_id = :case ORDER BY id", case=FIRST)
    return replay(((row["action"], json.loads(row["detail"])) for row in rows), today)


class History:
    """Somebody's consents through a long time, by the dice."""

    def __init__(self, around: Around, seed: int) -> None:
        self.around, self.dice, self.members = around, random.Random(seed), list[MemberId]()
        self.added = 0

    def some(self) -> frozenset[InfoKind]:
        return frozenset(self.dice.sample(KINDS, self.dice.randint(1, 4)))

    def whom(self) -> dict[MemberId | str, frozenset[InfoKind]]:
        every: list[MemberId | str] = [*self.members, "bup", "nav"]
        return {each: self.some() for each in self.dice.sample(every, self.dice.randint(1, min(3, len(every))))}

    async def step(self) -> None:
        ways = (self.add, self.ask, self.answer, self.answer, self.paper, self.stop_one, self.stop_all, self.leave, self.time)
        await self.dice.choice(ways)()

    async def add(self) -> None:
        self.added += 1
        self.members.append(await self.around.add(f"Person{self.added} Prøve", sees=self.some(), service=self.dice.choice(("bup", "nav"))))

    async def ask(self) -> None:
        kind = self.dice.choice((ConsentType.SHARING, ConsentType.SHARING, ConsentType.COOPERATION))
        await asks(self.around, self.whom(), days=self.dice.randint(1, 200), type_=kind)

    async def answer(self) -> None:
        waiting = await self.around.town.world.read(lambda tx: [c for c in consents.of_case(tx, FIRST) if c.state is ConsentState.ASKED])
        if not waiting:
            return await self.ask()
        asked = self.dice.choice(waiting)
        chosen: tuple[Offer, ...] = tuple(
            (each, frozenset(kind for kind in kinds if self.dice.random() < 0.7)) for each, kinds in asked.offered.items()
        )
        until = self.around.today + timedelta(days=self.dice.randint(1, 300))
        done = await self.around.town.does(self.around.kari, PrepareAnswer(consent=asked.id, yes=True, offers=chosen, until=until))
        if done == "sign":
            await self.around.town.does(self.around.kari, SignConsent(consent=asked.id))
        return None

    async def paper(self) -> None:
        view = await looks(self.around.town.world, self.around.town.anne, Asking(FIRST))
        assert view is not None
        command = RecordConsent(
            case=FIRST,
            how=self.dice.choice(list(Recorded)),
            on=self.around.today,
            place="Arkivet",
            signers=tuple(each.person for each in view.deciders),
            other=None,
            purpose=self.dice.choice([each for each in view.purposes if each != "other"]),
            purpose_words=None,
            offers=tuple((to(who), kinds) for who, kinds in self.whom().items()),
            until=self.around.today + timedelta(days=self.dice.randint(1, 200)),
        )
        await self.around.town.does(self.around.town.anne, command)

    async def stop_one(self) -> None:
        to_stop = self.dice.choice([Recipient(service="bup"), *(Recipient(member=each) for each in self.members)])
        await self.around.town.does(self.around.kari, StopSharing(case=FIRST, recipient=to_stop))

    async def stop_all(self) -> None:
        if self.dice.random() < 0.4:
            await self.around.town.does(self.around.kari, StopSharing())

    async def leave(self) -> None:
        if self.members:
            gone = self.members.pop(self.dice.randrange(len(self.members)))
            await self.around.town.does(self.around.town.nora, EndMembership(member=gone))

    async def time(self) -> None:
        await self.around.town.world.turn(timedelta(days=self.dice.randint(1, 60)))


@pytest.mark.parametrize("seed", range(6))
async def test_the_audit_alone_gives_exactly_the_consents_in_force(around: Around, seed: int) -> None:
    history, world, held = History(around, seed), around.town.world, 0
    for _ in range(STEPS):
        await history.step()
        tables, chain = await world.read(lambda tx: (by_the_tables(tx, around.today), by_the_audit(tx, around.today)))
        assert tables == chain
        held += len(tables)
    assert held > STEPS / 2, "a history in which nothing ever holds shows nothing"


async def a_chain(around: Around) -> list[Row]:
    history = History(around, 1)
    for _ in range(STEPS):
        await history.step()
    rows = await around.town.world.read(lambda tx: tx.all("SELECT * FROM audit ORDER BY id"))
    kept: list[Row] = []
    # Only what is about consent, chained anew, so that every tampering hits an entry of a consent.
    for row in (dict(each) for each in rows if str(each["action"]).startswith("consent.")):
        previous = kept[-1]["hash"] if kept else audit.FIRST
        kept.append(chained({**row, "id": len(kept) + 1, "previous": previous}))
    return kept


def chained(row: Row) -> Row:
    """A row with the hash that belongs to it."""
    entry = tuple(row[column] for column in ("id", "at", "actor", "action", "case_id", "detail"))
    return {**row, "hash": audit._hash(row["previous"], entry)}  # type: ignore[arg-type]


def flip(rows: list[Row], dice: random.Random) -> None:
    row = dice.choice(rows)
    column = dice.choice([name for name, value in row.items() if value is not None])
    match row[column]:
        case bytes() as value:
            place, bit = dice.randrange(len(value)), 1 << dice.randrange(8)
            row[column] = value[:place] + bytes([value[place] ^ bit]) + value[place + 1 :]
        case int() as number:
            row[column] = number ^ (1 << dice.randrange(12))
        case str() as words:
            place = dice.randrange(len(words))
            row[column] = words[:place] + chr(ord(words[place]) ^ 1) + words[place + 1 :]


def drop(rows: list[Row], dice: random.Random) -> None:
    del rows[dice.randrange(len(rows))]


def swap(rows: list[Row], dice: random.Random) -> None:
    one, other = dice.sample(range(len(rows)), 2)
    rows[one], rows[other] = rows[other], rows[one]


def insert(rows: list[Row], dice: random.Random) -> None:
    rows.insert(dice.randrange(len(rows) + 1), dict(dice.choice(rows)))


def cut(rows: list[Row], dice: random.Random) -> None:
    del rows[dice.randrange(len(rows)) :]


def write_anew(rows: list[Row], dice: random.Random) -> None:
    """Somebody changes what was agreed and makes every hash fit again: only the head kept elsewhere tells."""
    place = dice.randrange(len(rows))
    rows[place]["at"] = "2026-01-01T00:00:00.000000Z"
    for each in range(place, len(rows)):
        rows[each] = chained({**rows[each], "previous": rows[each - 1]["hash"] if each else audit.FIRST})


async def test_ten_thousand_tamperings_with_consents_are_all_found(around: Around) -> None:
    whole = await a_chain(around)
    assert len(whole) > 20
    head = audit.Head(number=len(whole), hash=whole[-1]["hash"])  # type: ignore[arg-type]
    assert audit.first_break(whole, head) is None
    ways: tuple[Callable[[list[Row], random.Random], None], ...] = (flip, drop, swap, insert, cut, write_anew)
    dice, tried = random.Random(5), 0
    for tamper in ways:
        for _ in range(TAMPERINGS):
            rows = [dict(row) for row in whole]
            tamper(rows, dice)
            if rows != whole:
                tried += 1
                assert audit.first_break(rows, head) is not None, tamper.__name__
    assert tried > 10_000


async def test_without_the_head_kept_elsewhere_a_cut_end_would_not_show(around: Around) -> None:
    whole = await a_chain(around)
    assert audit.first_break(whole[:-1]) is None
    kept = await around.town.world.read(audit.head)
    assert kept == audit.Head(number=kept.number, hash=kept.hash)
    assert await around.town.world.read(lambda tx: audit.first_break(tx.all("SELECT * FROM audit ORDER BY id"), kept)) is None


def test_a_scope_is_written_and_read_back_equal() -> None:
    scope = {3: frozenset({InfoKind.PLAN, InfoKind.MEETINGS}), 12: frozenset({InfoKind.HEALTH}), 4: frozenset[InfoKind]()}
    assert written(scope) == "12:health;3:meetings+plan" or written(scope) == "3:meetings+plan;12:health"
    assert read(written(scope)) == {(3, InfoKind.PLAN), (3, InfoKind.MEETINGS), (12, InfoKind.HEALTH)}
    with pytest.raises(ValueError, match="no scope"):
        read("nonsense")
    assert replay([("consent.ended", {"consent": 1, "recipients": "3"})], date(2026, 1, 1)) == frozenset()
    assert replay([("consent.given", {"consent": 1, "scope": "3:plan", "until": "2026-01-01"})], date(2026, 1, 2)) == frozenset()
    (held,) = replay([("consent.given", {"consent": 1, "scope": "3:plan", "until": "2026-01-01"})], date(2026, 1, 1))
    assert held == Held(consent=ConsentId(1), allowed=frozenset({(3, InfoKind.PLAN)}), until=date(2026, 1, 1))
