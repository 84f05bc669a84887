"""Who decides: seen by the unit and never claimed in a chat (E03), and what a 16th and an 18th birthday change by themselves (E15, E16).

Here: through the services, with the real database and the clock turned. The ages themselves: `tests/domain/test_rights.py`.
"""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.access import Role
from bot.domain.cases import AgeGroup, ForWhom, TaskKind
from bot.domain.ids import LapseId, PersonId
from bot.domain.queries import MyCases, TheCase
from bot.domain.refusal import Refused
from bot.domain.reminders import OSLO
from bot.domain.rights import Deciding, Gap, Matter, Needed
from bot.domain.standing import (
    AskForShield,
    EndLapse,
    EndRepresentative,
    HealthProfession,
    RecordBirthDate,
    RecordLapse,
    RecordRepresentative,
    Shield,
    TheStanding,
    WhoDecides,
)
from bot.engine.texts import t
from bot.services import notices
from bot.services.municipality import Context
from bot.store import cases
from tests.requirements.standing_walks import a_parent, born, decides, deciding, is_parent, roles, sees, the_youth, until
from tests.requirements.town import Town
from tests.requirements.walks import FIRST, NUMBER, was_told
from tests.world import World

DAY = date(2026, 10, 1)
SIXTEEN = {"number": NUMBER, "day": DAY}


@pytest.mark.parametrize("whom", [ForWhom.MY_CHILD, ForWhom.WARD])
async def test_E03_whoever_says_to_be_parent_or_guardian_sees_what_they_told_and_gives_no_consent(world: World, whom: ForWhom) -> None:
    town = await Town.of(world)
    claims = await a_parent(town, whom)
    await born(town, date(2018, 5, 1))
    assert await roles(town, claims) == {Role.APPLICANT}
    view = await sees(town, claims, TheCase(FIRST))
    assert getattr(view, "need", None) == "Noen som samler trådene."
    assert await deciding(town) == Deciding(deciders=(), gap=Gap.NOBODY_FOR_CHILD)
    told = await sees(town, claims, WhoDecides(FIRST))
    assert getattr(told, "role", None) is Role.APPLICANT
    assert getattr(await sees(town, town.anne, TheCase(FIRST)), "unseen", None) is True

    capacity = Role.PARENT if whom is ForWhom.MY_CHILD else Role.GUARDIAN
    await is_parent(town, claims, capacity)
    assert await roles(town, claims) == {capacity}
    assert await decides(town) == {(await world.person(claims), capacity)}
    assert getattr(await sees(town, town.anne, TheCase(FIRST)), "unseen", None) is False


async def test_E03_before_it_is_seen_nothing_that_was_decided_reaches_who_claims_it(world: World) -> None:
    town = await Town.of(world)
    claims = await a_parent(town)
    await town.granted()
    assert await was_told(
        world,
        claims,
        t("Case {number} has been decided. We must first see that you act for the person. Then you get it here.", number=NUMBER),
    )
    assert not await was_told(world, claims, t("Your application {number} is granted.", number=NUMBER))
    view = await sees(town, claims, TheCase(FIRST))
    assert (getattr(view, "content", None), getattr(view, "decisions", None)) == (False, ())
    await is_parent(town, claims)
    view = await sees(town, claims, TheCase(FIRST))
    assert getattr(view, "content", None) is True
    assert len(getattr(view, "decisions", ())) == 1


async def test_E03_only_the_unit_records_who_acts_for_a_person_and_nobody_for_themselves(world: World) -> None:
    town = await Town.of(world)
    claims = await a_parent(town)
    mine = RecordRepresentative(
        case=FIRST, capacity=Role.PARENT, areas=(), since=date(2026, 3, 2), until=None, seen="", person=await world.person(claims)
    )
    for who in (claims, town.nora, town.lars):
        with pytest.raises(Refused):
            await town.does(who, mine)
    anne = await world.person(town.anne)
    await world.read(lambda tx: cases.add_party(tx, FIRST, anne, Role.PARENT))
    with pytest.raises(Refused):
        await town.does(
            town.anne,
            RecordRepresentative(case=FIRST, capacity=Role.PARENT, areas=(), since=date(2026, 3, 2), until=None, seen="x", person=anne),
        )
    assert await deciding(town) == Deciding(deciders=(), gap=Gap.AGE_NOT_RECORDED)


async def test_E03_both_parents_must_say_yes_where_both_are_recorded(world: World) -> None:
    town = await Town.of(world)
    mother = await a_parent(town)
    await born(town, date(2018, 5, 1))
    await is_parent(town, mother)
    await town.does(
        town.anne,
        RecordRepresentative(
            case=FIRST, capacity=Role.PARENT, areas=(), since=date(2026, 3, 2), until=None, seen="Folkeregisteret", name="Far Prøve"
        ),
    )
    found = await deciding(town)
    assert [each.needed for each in found.deciders] == [Needed.ALL, Needed.ALL]
    view = await sees(town, mother, WhoDecides(FIRST))
    assert [(line.name, line.me) for line in getattr(view, "deciders", ())] == [("", True), ("Far Prøve", False)]


async def test_E15_sixteen_is_announced_90_60_and_30_days_before_and_takes_effect_at_midnight_in_oslo(world: World) -> None:
    town = await Town.of(world)
    parent = await a_parent(town)
    await is_parent(town, parent)
    # 16 on Thursday 1 October 2026, in summer time.
    await born(town, date(2010, 10, 1))
    youth = await the_youth(town)
    soon = t("Case {number}: the youth turns 16 on {day}. From that day the youth decides, and what parents agreed to ends.", **SIXTEEN)
    talk = t(
        "Case {number}: the youth turns 16 on {day}. Please talk together about what changes, and ask what the youth wants.", **SIXTEEN
    )
    for days, words in ((90, soon), (60, talk), (30, soon)):
        day = date(2026, 10, 1) - timedelta(days=days)
        await until(town, datetime.combine(day, datetime.min.time(), OSLO).astimezone(UTC))
        before = len(town.anne.messages)
        await world.turn(timedelta(days=4))
        shown = await world.words(town.anne, words)
        assert [message.text for message in town.anne.messages[before:]].count(shown) == 1, days
    assert TaskKind.TURNS_16 in await town.to_do()
    own = t("You turn 16 on {day}. From then on you decide who gets to know things about you. We will ask you what you want.", day=DAY)
    assert await was_told(world, youth, own)

    midnight = datetime(2026, 9, 30, 22, 0, tzinfo=UTC)
    await until(town, midnight - timedelta(seconds=1))
    assert await decides(town) == {(await world.person(parent), Role.PARENT)}
    assert await roles(town, parent) == {Role.PARENT}
    assert await roles(town, youth) == {Role.YOUTH}
    told_before = len(parent.messages), len(youth.messages)
    await world.turn(timedelta(seconds=1))
    assert await decides(town) == {(await world.person(youth), Role.SELF)}
    assert await roles(town, parent) == {Role.RELATIVE}
    assert await roles(town, youth) == {Role.SELF}
    changed = await town.rows("SELECT at FROM audit WHERE action = 'standing.changed'")
    assert [row["at"][:19] for row in changed] == ["2026-09-30T22:00:00"]
    assert (len(parent.messages), len(youth.messages)) == told_before, "somebody was written to at midnight"
    await until(town, datetime(2026, 10, 1, 8, 0, tzinfo=UTC))
    assert await was_told(
        world, youth, t("You are 16 now. From now on you decide who gets to know things about you. Nobody else can say yes for you.")
    )
    ended = t(
        "Case {number}: the youth is 16 now and decides. You can see how far it has come. What you agreed to has ended.", number=NUMBER
    )
    assert await was_told(world, parent, ended)


@pytest.mark.parametrize(
    ("born_on", "midnight"),
    [
        (date(2010, 3, 28), datetime(2026, 3, 27, 23, 0, tzinfo=UTC)),  # the clocks go forward that night
        (date(2010, 3, 29), datetime(2026, 3, 28, 23, 0, tzinfo=UTC)),  # the night itself
        (date(2010, 3, 30), datetime(2026, 3, 29, 22, 0, tzinfo=UTC)),
        (date(2010, 10, 25), datetime(2026, 10, 24, 22, 0, tzinfo=UTC)),  # and back
        (date(2010, 10, 26), datetime(2026, 10, 25, 23, 0, tzinfo=UTC)),
    ],
)
async def test_E15_the_midnight_is_oslos_around_the_change_of_the_clocks(world: World, born_on: date, midnight: datetime) -> None:
    town = await Town.of(world)
    parent = await a_parent(town)
    await is_parent(town, parent)
    await born(town, born_on)
    await until(town, midnight - timedelta(seconds=1))
    assert await roles(town, parent) == {Role.PARENT}
    await world.turn(timedelta(seconds=1))
    assert await roles(town, parent) == {Role.RELATIVE}
    fired = await town.rows("SELECT at FROM audit WHERE action = 'standing.changed'")
    assert [row["at"] for row in fired] == [midnight.strftime("%Y-%m-%dT%H:%M:%S.%fZ")]


async def test_E15_at_18_the_parents_role_ends_and_the_case_leaves_their_list(world: World) -> None:
    town = await Town.of(world)
    parent = await a_parent(town, age=AgeGroup.FROM_16)
    await born(town, date(2008, 6, 15))
    await is_parent(town, parent)
    assert await roles(town, parent) == {Role.RELATIVE}
    await until(town, datetime(2026, 6, 14, 21, 59, 59, tzinfo=UTC))
    assert await sees(town, parent, MyCases()) != ()
    await world.turn(timedelta(seconds=1))
    assert await roles(town, parent) == frozenset()
    assert await sees(town, parent, MyCases()) == ()
    assert await sees(town, parent, TheCase(FIRST)) is None
    with pytest.raises(Refused):
        await is_parent(town, parent)


async def test_E15_a_birth_date_that_comes_late_is_announced_once_and_an_old_one_never(world: World) -> None:
    town = await Town.of(world)
    await a_parent(town)
    await born(town, date(2010, 3, 20))  # 16 in eighteen days
    await world.turn(timedelta(days=3))
    kinds = [row["kind"] for row in await town.rows("SELECT kind FROM reminders WHERE kind LIKE 'rights%' AND state = 'fired'")]
    assert kinds == ["rights_soon"]
    await world.turn(timedelta(days=60))
    await town.does(town.anne, RecordBirthDate(case=FIRST, born_on=date(1950, 1, 1)))
    await world.turn(timedelta(days=3))
    open_ = await town.rows("SELECT kind FROM reminders WHERE (kind LIKE 'rights%' OR kind = 'youth_told') AND state = 'pending'")
    assert open_ == []


async def test_E16_a_youth_of_15_answers_alone_for_the_shared_log(world: World) -> None:
    town = await Town.of(world)
    parent = await a_parent(town)
    await is_parent(town, parent)
    youth = await the_youth(town)
    await born(town, date(2011, 3, 3))  # 15 tomorrow
    assert await decides(town, Matter.LOG) == {(await world.person(parent), Role.PARENT)}
    await world.turn(timedelta(days=1))
    assert await decides(town, Matter.LOG) == {(await world.person(youth), Role.YOUTH)}
    assert await decides(town) == {(await world.person(parent), Role.PARENT)}


async def test_E03_a_mandate_gives_nothing_the_day_after_its_last(world: World) -> None:
    town = await Town.of(world)
    guardian = await a_parent(town, ForWhom.WARD, AgeGroup.ELDERLY)
    await is_parent(town, guardian, Role.GUARDIAN, until=date(2026, 3, 31))
    assert await roles(town, guardian) == {Role.GUARDIAN}
    await until(town, datetime(2026, 3, 31, 21, 59, 59, tzinfo=UTC))
    assert await roles(town, guardian) == {Role.GUARDIAN}
    await world.turn(timedelta(seconds=1))
    assert await roles(town, guardian) == {Role.APPLICANT}
    changed = await town.rows("SELECT at FROM audit WHERE action = 'standing.changed'")
    assert [row["at"][:19] for row in changed] == ["2026-03-31T22:00:00"]


async def test_E03_what_the_unit_ends_gives_nothing_at_once(world: World) -> None:
    town = await Town.of(world)
    parent = await a_parent(town)
    await born(town, date(2018, 5, 1))
    number = await is_parent(town, parent)
    await town.does(town.anne, EndRepresentative(representative=number))
    assert await roles(town, parent) == {Role.APPLICANT}
    assert (await deciding(town)).gap is Gap.NOBODY_FOR_CHILD
    with pytest.raises(Refused):
        await town.does(town.anne, EndRepresentative(representative=number))


LAPSE = RecordLapse(
    case=FIRST,
    matter=Matter.SHARING,
    profession=HealthProfession.DOCTOR,
    decided_by="Lege Prøve",
    why="Kan ikke forstå hva spørsmålet gjelder.",
    decided_on=date(2026, 3, 2),
    until=None,
)


async def test_E03_a_lapse_is_recorded_from_health_personnel_and_who_decides_then_is_a_task_for_people(world: World) -> None:
    town = await Town.of(world)
    me = await town.applied("Bokmål")
    assert await decides(town) == {(await world.person(me), Role.SELF)}
    for who in (me, town.nora):
        with pytest.raises(Refused):
            await town.does(who, LAPSE)
    number = LapseId(int(str(await town.does(town.anne, LAPSE))))
    assert await deciding(town) == Deciding(deciders=(), gap=Gap.NOBODY_AFTER_LAPSE)
    assert TaskKind.WHO_DECIDES in await town.to_do()
    assert await decides(town, Matter.WISH) == {(await world.person(me), Role.SELF)}, "a lapse counts in its own matter only"
    stored = await town.rows("SELECT grounds FROM lapses")
    assert b"Lege" not in stored[0]["grounds"]
    await town.does(town.anne, EndLapse(lapse=number))
    assert await decides(town) == {(await world.person(me), Role.SELF)}
    assert TaskKind.WHO_DECIDES not in await town.to_do()


async def test_E03_no_lapse_without_who_decided_it_and_why_nor_for_a_child(world: World) -> None:
    town = await Town.of(world)
    await a_parent(town)
    for missing in (replace(LAPSE, decided_by=" "), replace(LAPSE, why="")):
        with pytest.raises(Refused):
            await town.does(town.anne, missing)
    await born(town, date(2018, 5, 1))
    with pytest.raises(Refused):
        await town.does(town.anne, LAPSE)


async def test_a_child_of_12_can_be_shielded_and_then_parents_only_see_how_far_it_has_come(world: World) -> None:
    town = await Town.of(world)
    parent = await a_parent(town)
    await is_parent(town, parent)
    youth = await the_youth(town)
    await born(town, date(2014, 3, 3))  # 12 tomorrow
    with pytest.raises(Refused):
        await town.does(youth, AskForShield(case=FIRST, words=None))
    await world.turn(timedelta(days=1))
    before = len(parent.messages)
    await town.does(youth, AskForShield(case=FIRST, words="Jeg vil si noe bare til dere."))
    assert TaskKind.SHIELD_ASKED in await town.to_do()
    assert await roles(town, parent) == {Role.PARENT}, "people talk with the child first"
    for who in (youth, parent, town.nora):
        with pytest.raises(Refused):
            await town.does(who, Shield(case=FIRST, on=True, reason="x"))
    await town.does(town.anne, Shield(case=FIRST, on=True, reason="Barnet ber om det."))
    assert await roles(town, parent) == {Role.RELATIVE}
    assert getattr(await sees(town, parent, TheCase(FIRST)), "content", None) is False
    assert await sees(town, parent, WhoDecides(FIRST)) is None
    assert len(parent.messages) == before, "parents are not told that it was asked for"
    assert TaskKind.SHIELD_ASKED not in await town.to_do()
    await town.does(town.anne, Shield(case=FIRST, on=False, reason="Barnet vil ikke mer."))
    assert await roles(town, parent) == {Role.PARENT}


async def test_the_coordinator_records_a_birth_date_once_and_only_the_unit_corrects_it(world: World) -> None:
    town = await Town.of(world)
    await town.appointed()
    await born(town, date(1990, 1, 1), by=town.nora)
    with pytest.raises(Refused):
        await born(town, date(2015, 1, 1), by=town.nora)
    await born(town, date(1991, 1, 1))
    stored = await town.rows("SELECT born_on FROM births")
    assert b"1991" not in stored[0]["born_on"]
    for wrong in (date(2026, 3, 3) + timedelta(days=900), date(1899, 12, 31)):
        with pytest.raises(Refused):
            await born(town, wrong)


async def test_E03_who_may_look_at_what_is_recorded(world: World) -> None:
    town = await Town.of(world)
    parent = await a_parent(town)
    await is_parent(town, parent)
    await born(town, date(2018, 5, 1))
    assert await sees(town, town.anne, TheStanding(FIRST)) is not None
    for who in (parent, town.nora, town.lars):
        assert await sees(town, who, TheStanding(FIRST)) is None
    assert await sees(town, town.nora, WhoDecides(FIRST)) is None
    assert [row["action"] for row in await town.rows("SELECT action FROM audit WHERE action = 'standing.read'")] == ["standing.read"]


@pytest.mark.parametrize("born_on", [date(2015, 6, 1), date(2009, 6, 1), date(1980, 6, 1)])
async def test_nobody_is_shielded_before_12_nor_where_parents_read_nothing_anyway(world: World, born_on: date) -> None:
    town = await Town.of(world)
    await a_parent(town)
    await born(town, born_on)
    with pytest.raises(Refused):
        await town.does(town.anne, Shield(case=FIRST, on=True, reason="x"))


async def test_E15_what_the_clock_does_at_night_is_told_in_the_morning_and_an_answer_comes_at_once(world: World) -> None:
    town = await Town.of(world)
    me = await town.applied("Bokmål")
    await until(town, datetime(2026, 3, 3, 23, 0, tzinfo=UTC))
    person, anne = await world.person(me), await world.person(town.anne)
    words = t("Ask us, and we tell you who can decide.")

    async def tells(actor: PersonId) -> None:
        await world.read(lambda tx: notices.tell(Context(tx=tx, municipality=world.municipality, actor=actor), person, words))
        await world.deliver()

    await tells(PersonId(0))
    assert not await world.says(me, words)
    await world.turn(timedelta(hours=7))  # seven in the morning
    assert not await world.says(me, words)
    await world.turn(timedelta(hours=1))
    assert await world.says(me, words, last=1)
    await until(town, datetime(2026, 3, 4, 23, 0, tzinfo=UTC))
    before = len(me.messages)
    await tells(anne)
    assert len(me.messages) == before + 1
