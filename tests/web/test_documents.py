"""A signed consent on the page: with the case, as a file, and for nobody else."""

import re
from typing import Final

from bot.domain.minutes_commands import Then
from tests.requirements.circle_walks import Around
from tests.requirements.consent_walks import BOTH, held
from tests.requirements.meeting_walks import Table
from tests.requirements.minutes_walks import Held
from tests.requirements.town import Town
from tests.web.test_desk import entered, says, town

__all__ = ["town"]

HIDDEN: Final = re.compile(r'<input type="hidden" name="(session|key)" value="([^"]*)"')


async def test_those_who_may_see_it_get_the_signed_form_and_nobody_learns_that_there_is_one(town: Town) -> None:
    around = await Around.of(town)
    solveig = await around.add()
    await around.consent({solveig: BOTH})
    mine = await entered(town, around.kari, trust="citizen")
    assert (await mine.get("/case/1001")).status_code == 200
    assert all(await says(town, around.kari, mine, "Who knows what", "Stop sharing"))
    assert "Solveig Prøve, Psykolog" in mine.html
    assert "/case/1001/document/1" in mine.html
    for who, trust in ((around.kari, "citizen"), (town.anne, "staff"), (town.nora, "staff")):
        browser = await entered(town, who, trust=trust)  # type: ignore[arg-type]
        file = await browser.client.get("/case/1001/document/1")
        assert (file.status_code, file.headers["content-type"]) == (200, "application/pdf")
        assert file.content.startswith(b"%PDF-")
        assert "Prøve" not in file.headers["content-disposition"]
    other = await entered(town, town.kim)
    wrong = [await other.client.get(path) for path in ("/case/1001/document/1", "/case/1001/document/77", "/case/1002/document/1")]
    assert [each.status_code for each in wrong] == [404, 404, 404]
    assert len({each.text for each in wrong}) == 1, "whether it is there is not told"


async def test_a_browser_that_has_not_logged_in_gets_no_document(town: Town) -> None:
    around = await Around.of(town)
    solveig = await around.add()
    await around.consent({solveig: BOTH})
    handed = await entered(town, around.kari, trust="handed")
    answer = await handed.client.get("/case/1001/document/1")
    assert (answer.status_code, answer.headers["location"].partition("?")[0]) == (303, "/login")


async def test_sharing_is_stopped_from_the_case_in_one_press_and_one_more(town: Town) -> None:
    around = await Around.of(town)
    solveig = await around.add()
    await around.consent({solveig: BOTH})
    mine = await entered(town, around.kari, trust="citizen")
    await mine.get("/case/1001")
    assert await held(around) != []
    words = await town.world.words(around.kari, "Stop sharing")
    begun = await mine.send("/do", **mine.forms()[words])
    await mine.get(begun.headers["location"])
    await mine.send("/c/stop_sharing", **dict(HIDDEN.findall(mine.html)), do="answer", answer="all")
    assert await held(around) == []


async def test_minutes_are_a_file_for_those_whom_they_concern(town: Town) -> None:
    held = await Held.of(await Table.within(town))
    await held.writes(then=Then.SEND)
    mine = await entered(town, held.kari, trust="citizen")
    await mine.get("/case/1001")
    assert "/case/1001/minutes/1" in mine.html
    for who, trust in ((held.kari, "citizen"), (held.solveig, "citizen"), (town.nora, "staff"), (town.anne, "staff")):
        browser = await entered(town, who, trust=trust)  # type: ignore[arg-type]
        file = await browser.client.get("/case/1001/minutes/1")
        assert (file.status_code, file.headers["content-type"]) == (200, "application/pdf"), who
        assert file.content.startswith(b"%PDF-")
    for who in (town.kim, town.nils):
        other = await entered(town, who)
        wrong = [await other.client.get(path) for path in ("/case/1001/minutes/1", "/case/1001/minutes/77", "/case/1002/minutes/1")]
        assert [each.status_code for each in wrong] == [404, 404, 404]
        assert len({each.text for each in wrong}) == 1, "whether they are there is not told"


async def test_minutes_that_are_not_sent_are_no_file(town: Town) -> None:
    held = await Held.of(await Table.within(town))
    await held.writes(then=Then.ASK)
    browser = await entered(town, town.nora)
    assert (await browser.client.get("/case/1001/minutes/1")).status_code == 404
