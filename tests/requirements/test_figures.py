"""The register and the monthly picture, in the real database.

Rows R12, R14.
"""

import csv
import io
from datetime import date, timedelta
from typing import cast

import pytest

from bot.domain.figures_queries import MonthView, RegisterLine, TheMonths, TheRegister
from bot.domain.monthly import ALL, Series
from bot.engine.texts import nt, t, verbatim
from bot.services import months, queries
from bot.services.figures_files import month_csv, sheet
from bot.services.municipality import Context
from bot.store import people
from bot.store.database import Tx
from tests.requirements.town import NORA, Town
from tests.requirements.walks import FIRST, how_many, open_case
from tests.world import Chat, World

MARCH = date(2026, 3, 1)
FIGURES = ("Cases and figures", "The monthly picture, and the register")


@pytest.fixture
async def town(world: World) -> Town:
    return await Town.of(world)


async def month(town: Town, of: date = MARCH) -> MonthView | None:
    return await town.world.read(lambda tx: months.of_month(tx, town.world.municipality, of))


async def values(town: Town, of: date = MARCH) -> dict[tuple[Series, str], int | None]:
    view = await month(town, of)
    assert view is not None
    return {(each.series, each.key): each.value for each in view.figures}


async def looked(town: Town, who: Chat, query: object) -> object:
    person = await town.world.person(who)

    def look(tx: Tx) -> object:
        return queries.look(Context(tx=tx, municipality=town.world.municipality, actor=person), query)  # type: ignore[arg-type]

    return await town.world.read(look)


async def test_R14_a_month_is_counted_once_it_has_ended(town: Town) -> None:
    await town.loaded(town.nora, 7)
    await town.loaded(town.kim, 3)
    assert await month(town) is None, "the month has not ended"
    town.world.clock.turn(timedelta(days=40))
    found = await values(town)
    assert found[Series.CAME_IN, "phone"] == found[Series.CAME_IN, ALL] == 10
    assert found[Series.CAME_IN, "chat"] == 0
    assert found[Series.APPOINTED, ALL] == 10
    assert found[Series.STOCK, "held"] == 10
    assert found[Series.COORDINATORS, "hjemmetjenesten"] == 2
    assert found[Series.DEPARTMENT_CASES, "hjemmetjenesten"] == 5, "seven, rounded"
    assert found[Series.DEPARTMENT_CASES, "fysio_ergo"] is None, "three"
    assert await month(town, date(2026, 2, 1)) is None, "before the first case"
    assert await month(town, date(2026, 4, 1)) is None


async def test_R14_small_numbers_are_withheld_with_what_would_give_them_away(town: Town) -> None:
    await town.loaded(town.nora, 9)
    await town.applied()
    town.world.clock.turn(timedelta(days=40))
    found = await values(town)
    assert found[Series.CAME_IN, ALL] == 10
    assert (found[Series.CAME_IN, "chat"], found[Series.CAME_IN, "phone"]) == (None, None), "ten without nine would be one"
    assert found[Series.STOCK, "undecided"] is None
    view = await month(town)
    assert view is not None
    assert not any(0 < each.value < 5 for each in view.figures if each.value is not None and each.series is not Series.COORDINATORS)


async def test_R14_what_was_published_stays_whatever_happens_afterwards(town: Town) -> None:
    await town.loaded(town.nora, 9)
    town.world.clock.turn(timedelta(days=40))
    before = await month(town)
    await town.world.read(lambda tx: tx.execute("UPDATE cases SET received_at = '2026-05-01T08:00:00.000000Z' WHERE id < 6"))
    assert await month(town) == before
    with pytest.raises(Exception, match="never changed"):
        await town.world.read(lambda tx: tx.execute("UPDATE monthly_pictures SET picture = '[]'"))
    assert await how_many(town.world, "monthly_pictures") == 1


async def test_R14_meetings_held_of_those_required(town: Town) -> None:
    await town.loaded(town.nora, 11)

    def held(tx: Tx) -> None:
        for case, many in ((1, 2), (2, 2), (3, 2), (4, 3), (5, 2), (6, 1)):
            for which in range(many):
                day = f"2026-0{6 + which}-10T10:00:00.000000Z"
                tx.execute(
                    "INSERT INTO meetings (case_id, kind, state, place, words, proposals, at, minutes, notice_days, uid, proposed_by,"
                    " created_at, called_at, ended_at) VALUES (:case, 'group', 'held', 'office', x'00', '[]', :day, 60, 14, :uid, 1,"
                    " :day, :day, :day)",
                    case=case,
                    day=day,
                    uid=f"{case}/{which}",
                )

    town.world.clock.turn(timedelta(days=30 * 13 + 12))
    await town.world.read(held)
    found = await values(town, date(2027, 3, 1))
    assert (found[Series.MEETINGS_YEAR, "enough"], found[Series.MEETINGS_YEAR, "fewer"]) == (5, 5), "five, and six rounded"
    assert (await values(town, date(2026, 6, 1)))[Series.MEETINGS, ALL] == 6
    assert (await values(town, date(2026, 8, 1)))[Series.MEETINGS, ALL] is None


async def test_R14_late_decisions_and_usual_times(town: Town) -> None:
    for _ in range(6):
        await town.applied()
    await town.world.turn(timedelta(days=3))
    for case in range(6):
        await town.granted(type(FIRST)(case + 1))
    town.world.clock.turn(timedelta(days=40))
    found = await values(town)
    assert (found[Series.DECIDED, "grant"], found[Series.DECIDED, ALL]) == (6, 6)
    assert (found[Series.DECIDED_LATE, ALL], found[Series.DAYS_TO_DECISION, ALL]) == (0, 3)
    assert found[Series.DAYS_TO_COORDINATOR, ALL] is None, "nobody has one yet"


async def test_R14_the_unit_alone_sees_figures_and_register(town: Town) -> None:
    await town.loaded(town.nora, 9)
    town.world.clock.turn(timedelta(days=40))
    for who in (town.lars, town.nora):
        assert await looked(town, who, TheMonths()) == ()
        assert await looked(town, who, TheRegister()) == ()
    assert len(await looked(town, town.berit, TheMonths())) == 1  # type: ignore[arg-type]


async def test_R14_it_is_read_in_the_chat_and_as_a_file(town: Town) -> None:
    await town.loaded(town.nora, 12)
    await town.loaded(town.kim, 2)
    town.world.clock.turn(timedelta(days=40))
    await town.world.write(town.anne, "/ansatt")
    await town.world.press(town.anne, *FIGURES, "The monthly picture", verbatim("mars 2026"))
    assert await town.world.says(town.anne, t("{what}: {number}", what=t("Meetings held"), number=t("{number}", number=0)))
    assert "14" in town.anne.text()
    view = await month(town)
    assert view is not None
    lines = list(csv.DictReader(io.StringIO(month_csv([view]))))
    by_key = {(each["series"], each["key"]): each for each in lines}
    assert by_key["came_in", "phone"] == {"month": "2026-03", "series": "came_in", "key": "phone", "value": "14", "withheld": "no"}
    assert by_key["department_cases", "fysio_ergo"]["value"] == ""
    assert by_key["department_cases", "fysio_ergo"]["withheld"] == "yes"
    assert len(lines) == len(view.figures)


async def test_R12_the_register_has_every_coordinator_group_and_plan_and_first_those_without(town: Town) -> None:
    await town.appointed()
    await town.applied()
    await town.world.write(town.anne, "/ansatt")
    shown = (await town.world.press(town.anne, *FIGURES, "All open cases")).text
    assert await town.world.words(town.anne, nt("{n} case is open.", "{n} cases are open.", 2)) in shown
    assert await town.world.words(town.anne, nt("{n} has no coordinator.", "{n} have no coordinator.", 1)) in shown
    assert shown.index(await town.world.words(town.anne, "no coordinator")) < shown.index(NORA)
    register = await looked(town, town.anne, TheRegister())
    assert [(each.number, each.coordinator, each.department) for each in register] == [  # type: ignore[attr-defined]
        (1002, None, None),
        (1001, NORA, "hjemmetjenesten"),
    ]
    assert {each["action"] for each in await town.rows("SELECT action FROM audit")} >= {"register.opened"}


async def test_R12_a_departments_own_decision_is_in_the_register_and_in_the_file(town: Town) -> None:
    await town.world.write(town.lars, "/tilsett")
    await town.world.press(town.lars, "Report our own decision", "Yes")
    await town.world.write(town.lars, "Ola Prøve")
    await town.world.press(town.lars, "18 to 66", "A coordinator", "Yes, choose a name", NORA, "Yes, this is right")
    await town.accepts(town.nora)
    nora = await town.world.person(town.nora)
    await town.world.read(lambda tx: people.describe(tx, nora, name='=HYPERLINK("x")'))
    (line,) = cast(tuple[RegisterLine, ...], await looked(town, town.anne, TheRegister()))
    assert (line.number, line.own_decision, line.group, line.plan) == (1001, True, False, False)
    assert line.coordinator == '=HYPERLINK("x")'
    assert sheet([(line.number, line.coordinator)]) == '1001;"\'=HYPERLINK(""x"")"\r\n', "no spreadsheet takes a name for a formula"


async def test_R12_one_is_opened_from_the_register(town: Town) -> None:
    await town.appointed()
    await open_case(town.world, town.anne)
    desk = town.anne.last.labels
    await town.world.write(town.anne, "/ansatt")
    await town.world.press(
        town.anne,
        *FIGURES,
        "All open cases",
        t("{place}. {line}", place=1, line=t("{initials}, no. {number}", initials="KP", number="1001")),
    )
    assert town.anne.last.labels == desk
