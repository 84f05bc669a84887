"""Standing in for a coordinator, and days on which nobody does.

Here: rows N17 to N19 (Ås, Bytte av koordinator). Not here: a change of coordinator.
"""

from datetime import timedelta

import pytest

from bot.domain.access import Role
from bot.domain.cases import TaskKind
from bot.domain.change_queries import StandIns, TheHandOver, TheSubstitute, Uncovered
from bot.domain.ids import PersonId
from bot.domain.refusal import Refused
from bot.domain.substitute_commands import ComeBack, EndSubstitute, ProposeSubstitute, SayAway
from bot.domain.substitutes import SubstituteScope, SubstituteState
from bot.engine.texts import t
from bot.store import substitutes
from tests.requirements.handing_over_walks import NUMBER, Desk
from tests.requirements.walks import FIRST
from tests.world import World

NOTE = "Møtet på skolen er onsdag. Ola vil ha med broren."


@pytest.fixture
async def desk(world: World) -> Desk:
    return await Desk.of(world)


async def test_N17_somebody_who_knows_the_person_comes_first(desk: Desk) -> None:
    found = await desk.looks(desk.town.nora, StandIns(FIRST))
    assert [each.name for each in found if each.knows] == ["Nils Prøve"]
    assert found[0].name == "Nils Prøve"
    assert await desk.looks(desk.town.kim, StandIns(FIRST)) == (), "only for those who may propose"


async def test_N17_access_is_for_exactly_that_time_and_the_note_too(desk: Desk) -> None:
    await desk.stands_in(desk.town.kim, 2, 5, NOTE)
    asked = (await desk.substitute()).id
    assert Role.SUBSTITUTE not in await desk.roles(desk.town.kim)
    before = await desk.looks(desk.town.kim, TheSubstitute(asked))
    assert before is not None
    assert before.note is None, "nothing about the person before it begins"
    assert await desk.looks(desk.town.kim, TheHandOver(FIRST)) is None
    desk.world.clock.turn_to(desk.at(2) - timedelta(microseconds=1))
    assert Role.SUBSTITUTE not in await desk.roles(desk.town.kim)
    desk.world.clock.turn(timedelta(microseconds=1))
    assert Role.SUBSTITUTE in await desk.roles(desk.town.kim)
    pack = await desk.looks(desk.town.kim, TheHandOver(FIRST))
    assert pack is not None
    assert pack.note == NOTE
    desk.world.clock.turn(timedelta(days=3) - timedelta(microseconds=1))
    assert Role.SUBSTITUTE in await desk.roles(desk.town.kim)
    desk.world.clock.turn(timedelta(microseconds=1))
    assert await desk.roles(desk.town.kim) == frozenset()
    assert await desk.looks(desk.town.kim, TheHandOver(FIRST)) is None


async def test_N17_the_person_is_told_who_and_how_long_and_the_note_is_sealed(desk: Desk) -> None:
    await desk.stands_in(desk.town.kim, 2, 5, NOTE)
    told = t(
        "{name} stands in for your coordinator {coordinator}, from {start} to {end}.",
        name="Kim Prøve",
        coordinator="Nora Prøve",
        start=desk.at(2),
        end=desk.at(5),
    )
    assert await desk.world.says(desk.ola, told)
    (row,) = await desk.town.rows("SELECT note FROM substitutes")
    assert NOTE.encode() not in row["note"]
    assert NOTE not in desk.town.kim.text() + desk.ola.text()


async def test_N17_by_hand_for_one_meeting(desk: Desk) -> None:
    world, nora, kim = desk.world, desk.town.nora, desk.town.kim
    await world.write(nora, "/ansatt")
    mine = await world.words(nora, t("{initials}, no. {number}", initials="TP", number=NUMBER))
    await world.press(
        nora, "Those I coordinate for", mine, "People around", "Substitute or another coordinator", "Somebody stands in", "Kim Prøve"
    )
    await world.press(nora, "For one meeting")
    await world.write(nora, "05.03.2026")
    await world.write(nora, "10.00")
    await world.press(nora, "I tell them myself", "Yes, this is right")
    await world.press(kim, "Read and answer", "Yes")
    made = await desk.substitute()
    assert (made.scope, made.state, made.time.ends_at - made.time.starts_at) == (
        SubstituteScope.MEETING,
        SubstituteState.ACCEPTED,
        timedelta(hours=3),
    )


async def test_N17_a_no_leads_back_to_whoever_asked_and_nobody_is_asked_twice_for_one_time(desk: Desk) -> None:
    await desk.stands_in(desk.town.kim, 2, 5, yes=False)
    assert await desk.world.says(desk.town.nora, t("Case {number}: {name} cannot stand in.", number=NUMBER, name="Kim Prøve"), last=1)
    await desk.stands_in(desk.town.nils, 2, 5)
    with pytest.raises(Refused):
        await desk.stands_in(desk.town.kim, 4, 6)
    with pytest.raises(Refused):
        await desk.does(desk.town.nora, _proposal(desk, await desk.world.person(desk.town.nora)))
    with pytest.raises(Refused):
        await desk.does(desk.town.nora, _proposal(desk, await desk.world.person(desk.ola)))
    with pytest.raises(Refused):
        await desk.does(desk.town.kim, _proposal(desk, await desk.world.person(desk.town.nils)))


def _proposal(desk: Desk, person: PersonId) -> ProposeSubstitute:
    return ProposeSubstitute(case=FIRST, person=person, scope=SubstituteScope.PERIOD, starts_at=desk.at(10), ends_at=desk.at(12), note=None)


async def test_N17_the_leader_can_propose_and_whoever_does_not_answer_is_asked_again(desk: Desk) -> None:
    await desk.does(desk.town.lars, _proposal(desk, await desk.world.person(desk.town.kim)))
    await desk.world.turn(timedelta(days=4))
    assert await desk.world.says(desk.town.kim, t("We still wait for your answer about case {number}.", number=NUMBER), last=1)
    silent = t("Case {number}: {name} has not answered about standing in.", number=NUMBER, name="Kim Prøve")
    assert await desk.world.says(desk.town.lars, silent, last=1)


async def test_N18_the_leader_sees_where_nobody_stands_in_and_the_unit_has_the_case(desk: Desk) -> None:
    uncovered = await desk.does(desk.town.nora, SayAway(first=desk.day(3), last=desk.day(8)))
    assert uncovered == 1
    assert TaskKind.NOBODY_STANDS_IN in await desk.to_do()
    (gap,) = await desk.looks(desk.town.lars, Uncovered())
    assert (gap.coordinator, gap.first, gap.last) == ("Nora Prøve", desk.day(3), desk.day(8))
    assert await desk.looks(desk.mona, Uncovered()) == (), "another department's are none of hers"
    assert await desk.world.offers(desk.town.lars, "See where nobody stands in")
    await desk.stands_in(desk.town.nils, 2, 6)
    assert TaskKind.NOBODY_STANDS_IN in await desk.to_do(), "not on all of the days"
    await desk.stands_in(desk.town.kim, 6, 10)
    assert TaskKind.NOBODY_STANDS_IN not in await desk.to_do()
    assert await desk.looks(desk.town.lars, Uncovered()) == ()


async def test_N18_the_leader_is_reminded_the_day_before_and_the_unit_on_the_day(desk: Desk) -> None:
    await desk.does(desk.town.nora, SayAway(first=desk.day(3), last=desk.day(8)))
    await desk.world.turn(timedelta(days=2, hours=1))
    reminded = t(
        "Case {number}: {name} is away from {day}, and nobody stands in. Please find somebody who knows the person.",
        number=NUMBER,
        name="Nora Prøve",
        day=desk.day(1),
    )
    assert await desk.world.says(desk.town.lars, reminded, last=1)
    await desk.world.turn(timedelta(days=1))
    unit = t("Case {number}: the coordinator is away, and nobody stands in. The case is with you.", number=NUMBER)
    assert await desk.world.says(desk.town.anne, unit, last=1)
    await desk.world.turn(timedelta(days=10))
    assert TaskKind.NOBODY_STANDS_IN not in await desk.to_do(), "back again by the clock"


async def test_N18_a_substitute_who_falls_out_gives_the_case_to_the_unit_at_once(desk: Desk) -> None:
    await desk.does(desk.town.nora, SayAway(first=desk.day(3), last=desk.day(8)))
    await desk.stands_in(desk.town.nils, 2, 10)
    assert TaskKind.NOBODY_STANDS_IN not in await desk.to_do()
    await desk.does(desk.town.nils, SayAway(first=desk.day(5), last=desk.day(6)))
    assert TaskKind.NOBODY_STANDS_IN in await desk.to_do()
    await desk.does(desk.town.nils, ComeBack())
    assert TaskKind.NOBODY_STANDS_IN not in await desk.to_do()
    await desk.does(desk.town.lars, EndSubstitute(substitute=(await desk.substitute()).id))
    assert TaskKind.NOBODY_STANDS_IN in await desk.to_do()
    await desk.does(desk.town.nora, ComeBack())
    assert TaskKind.NOBODY_STANDS_IN not in await desk.to_do()


async def test_N18_by_hand_and_back_again(desk: Desk) -> None:
    world, nora = desk.world, desk.town.nora
    await world.write(nora, "/borte")
    await world.write(nora, "09.03.2026")
    await world.write(nora, "13.03.2026")
    assert TaskKind.NOBODY_STANDS_IN in await desk.to_do()
    await world.press(nora, "See where nobody stands in")
    await world.press(nora, t("{initials}, no. {number}", initials="TP", number=NUMBER), "Nils Prøve", "For a longer time")
    await world.press(nora, t("{first} to {last}", first=desk.day(7), last=desk.day(11)), "I tell them myself", "Yes, this is right")
    await world.press(desk.town.nils, "Read and answer", "Yes")
    assert TaskKind.NOBODY_STANDS_IN not in await desk.to_do()
    await world.write(nora, "/borte")
    await world.press(nora, "I am back")
    person = await world.person(nora)
    assert await world.read(lambda tx: substitutes.absences(tx, person)) == ()


async def test_N19_at_the_end_the_case_is_with_the_coordinator_again(desk: Desk) -> None:
    await desk.stands_in(desk.town.kim, 1, 3)
    await desk.world.turn(timedelta(days=4))
    assert (await desk.substitute()).state is SubstituteState.ENDED
    assert await desk.world.says(desk.town.nora, t("Case {number} is with you again. Nobody stands in any more.", number=NUMBER), last=1)
    assert await desk.coordinator() == await desk.world.person(desk.town.nora)


async def test_N19_after_three_months_it_is_asked_whether_there_should_be_another_coordinator(desk: Desk) -> None:
    await desk.stands_in(desk.town.kim, 0, 60)
    await desk.world.turn(timedelta(days=59))
    await desk.stands_in(desk.town.nils, 1, 60)
    await desk.world.turn(timedelta(days=40))
    text = "A substitute has stood in for {months} months in case {number}. Should there be another coordinator?"
    assert await desk.world.says(desk.town.lars, t(text, months=3, number=NUMBER))
    await desk.world.press(desk.town.nora, "Find another coordinator", "A substitute for a long time", "Nothing to add", "No")
    await desk.world.press(desk.town.nora, "Yes, this is right")
    assert (await desk.change()).reason == "long_substitute"


async def test_N18_known_at_night_the_leader_is_reminded_in_the_morning_and_once(desk: Desk) -> None:
    """What waits for the morning is not brought back to the night by whatever else happens in the case."""
    desk.world.clock.turn_to(desk.at(1, 22))
    await desk.does(desk.town.nora, SayAway(first=desk.day(0), last=desk.day(8)))
    await desk.world.tick()
    await desk.does(desk.town.lars, _proposal(desk, await desk.world.person(desk.town.kim)))
    await desk.world.tick()
    waiting = "SELECT due_at FROM reminders WHERE state = 'pending' AND kind = 'gap_leader'"
    assert [row["due_at"][:13] for row in await desk.town.rows(waiting)] == ["2026-03-04T07"]
    before = len(desk.town.lars.messages)
    await desk.world.turn(timedelta(hours=12))
    assert await desk.world.offers(desk.town.lars, "Find a substitute")
    assert len(desk.town.lars.messages) == before + 1


async def test_N18_days_that_go_on_are_told_of_once_whatever_happens_in_the_case_meanwhile(desk: Desk) -> None:
    await desk.does(desk.town.nora, SayAway(first=desk.day(0), last=desk.day(12)))
    first = desk.day(0)
    for _ in range(5):
        await desk.world.turn(timedelta(days=1))
        await desk.world.read(lambda tx: tx.touch(FIRST))
    told = await desk.town.rows("SELECT kind, count(*) AS n FROM reminders WHERE kind LIKE 'gap_%' AND outcome = 'told' GROUP BY kind")
    assert {row["kind"]: row["n"] for row in told} == {"gap_leader": 1, "gap_unit": 1}
    text = "Case {number}: {name} is away from {day}, and nobody stands in. Please find somebody who knows the person."
    assert await desk.world.says(desk.town.lars, t(text, number=NUMBER, name="Nora Prøve", day=first))
    # Somebody stands in and stops: then it is another time without anybody.
    await desk.stands_in(desk.town.nils, 0, 6)
    one = await desk.substitute()
    await desk.world.turn(timedelta(days=1))
    await desk.does(desk.town.nora, EndSubstitute(substitute=one.id))
    await desk.world.turn(timedelta(days=3))
    told = await desk.town.rows("SELECT count(*) AS n FROM reminders WHERE kind = 'gap_leader' AND outcome = 'told'")
    assert told == [{"n": 2}]
