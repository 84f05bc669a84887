"""The unit's figures on the page: chart, table, files, and who does not get to see them."""

import csv
import io
import re
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.requirements.town import NORA, Town
from tests.web.test_desk import MONDAY, entered
from tests.world import World

BARS = re.compile(r'<rect class="(came_in|decided)" x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)"')


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    world = await World.open(tmp_path / "samrad.db", start=MONDAY)
    yield await Town.of(world)
    await world.database.close()


async def test_a_month_stands_in_a_chart_and_in_a_table_beside_it(town: Town) -> None:
    await town.loaded(town.nora, 12)
    town.world.clock.turn(timedelta(days=31))
    await town.loaded(town.kim, 6)
    town.world.clock.turn(timedelta(days=31))
    unit = await entered(town, town.anne)
    assert (await unit.get("/desk/figures")).status_code == 200
    bars = [(kind, float(height)) for kind, _, _, _, height in BARS.findall(unit.html)]
    tall = [height for kind, height in bars if kind == "came_in"]
    assert len(tall) == 2
    assert tall[0] == pytest.approx(tall[1] * 2), "twelve, and six a month later"
    table = unit.html.partition('<table id="same">')[2].partition("</table>")[0]
    assert [re.sub("<[^>]+>", " ", row).split() for row in re.findall(r"<tr>(.*?)</tr>", table, re.DOTALL)][1:] == [
        ["april", "2026", "6", "0"],
        ["mars", "2026", "12", "0"],
    ]
    assert 'role="img" aria-labelledby="chart" aria-describedby="same"' in unit.html
    assert (await unit.get("/desk/figures/2026-03")).status_code == 200
    assert (await unit.get("/desk/figures/2026-05")).status_code == 404


async def test_a_month_that_is_withheld_has_no_bar(town: Town) -> None:
    await town.loaded(town.nora, 3)
    town.world.clock.turn(timedelta(days=31))
    unit = await entered(town, town.anne)
    await unit.get("/desk/figures")
    assert not [kind for kind, *_ in BARS.findall(unit.html) if kind == "came_in"]
    assert await town.world.words(town.anne, "withheld") in unit.html


async def test_before_the_first_month_has_ended_the_page_says_so(town: Town) -> None:
    unit = await entered(town, town.anne)
    await unit.get("/desk/figures")
    assert await town.world.words(town.anne, "There are no figures yet. They come when the first month has ended.") in unit.html


async def test_both_files_can_be_opened_by_a_spreadsheet_and_the_look_is_recorded(town: Town) -> None:
    await town.appointed()
    town.world.clock.turn(timedelta(days=31))
    unit = await entered(town, town.anne)
    figures = await unit.get("/desk/figures.csv")
    assert figures.headers["content-type"] == "text/csv; charset=utf-8"
    assert figures.headers["content-disposition"] == 'attachment; filename="figures.csv"'
    lines = list(csv.DictReader(io.StringIO(figures.content.decode("utf-8-sig")), delimiter=";"))
    assert {each["Måned"] for each in lines} == {"2026-03"}
    assert ("Saker som kom inn", "Til sammen", "", "holdt tilbake") in {tuple(each.values())[1:] for each in lines}
    register = await unit.get("/desk/register.csv")
    (line,) = csv.DictReader(io.StringIO(register.content.decode("utf-8-sig")), delimiter=";")
    assert list(line.values())[:7] == ["1001", "KP", "Har koordinator", "En koordinator", NORA, "Hjemmetjenesten", "2026-03-02"]
    assert "register.opened" in {each["action"] for each in await town.rows("SELECT action FROM audit")}


async def test_leaders_and_coordinators_find_nothing_there(town: Town) -> None:
    for who in (town.lars, town.nora):
        browser = await entered(town, who)
        for path in ("/desk/figures", "/desk/figures.csv", "/desk/figures/2026-03", "/desk/register.csv"):
            assert (await browser.get(path)).status_code == 404
