"""Changes in a life: seen coming, raised in good time, told to the unit, recorded with who informs whom, and accounted for.

Here: rows M02, M03, M05, M14, M15, M22, M26, M28 to M30, M44. Not here: the lists of a phase (`test_life_phases`).
"""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.clock import WorkingCalendar
from bot.domain.cases import AgeGroup, TaskKind
from bot.domain.desk_queries import TheTimeline
from bot.domain.ids import CaseId, PersonId
from bot.domain.phase_commands import PassedOn, RecordTransition, SkipTransition
from bot.domain.phases import Phase
from bot.domain.refusal import Refused
from bot.domain.reminders import OSLO, ReminderKind, Rules
from bot.domain.reminders.phase import PhaseFacts, RecordedFacts, reminders
from bot.domain.transition_names import TRANSITIONS
from bot.domain.transitions import NUMBERS, TransitionKind, foreseen, kindergarten_from
from bot.engine.texts import t
from bot.profile import load_profile, shipped_profiles
from bot.store.database import Tx
from tests.requirements.phase_walks import FIRST, Phased
from tests.requirements.standing_walks import born
from tests.requirements.walks import was_told
from tests.world import World

LUND = Rules(profile=load_profile("lund"), calendar=WorkingCalendar())
SCHOOL = TransitionKind.SCHOOL
FACTS = PhaseFacts(
    id=CaseId(1),
    coordinator=PersonId(7),
    since=datetime(2026, 3, 2, 9, tzinfo=UTC),
    phase=Phase.CHILD,
    born_on=date(2021, 5, 10),
    seen_at=datetime(2026, 3, 2, 9, tzinfo=UTC),
    listed=True,
    later=(),
    skipped=frozenset(),
    recorded=(),
    outlook_on=None,
    drop_out=None,
)


def raised(facts: PhaseFacts, kind: TransitionKind, *, reminder: ReminderKind = ReminderKind.TRANSITION) -> list[date]:
    """The days in Oslo on which a change is raised."""
    found = (each for each in reminders(facts, LUND) if each.kind is reminder and each.object == NUMBERS.index(kind))
    return sorted(each.due_at.astimezone(OSLO).date() for each in found)


def born_on(day: date, seen: date | None = None) -> PhaseFacts:
    """Facts of somebody born on a day, recorded long before anything is raised unless a day is given."""
    known = datetime.combine(seen or day, time(10), UTC)
    return replace(FACTS, born_on=day, seen_at=known, since=known)


@pytest.mark.parametrize(
    ("born", "begins"),
    [
        (date(2025, 1, 1), date(2026, 8, 15)),
        (date(2025, 8, 31), date(2026, 8, 15)),
        (date(2025, 9, 1), date(2026, 9, 30)),
        (date(2025, 10, 20), date(2026, 10, 31)),
        (date(2025, 11, 30), date(2026, 11, 30)),
        (date(2025, 12, 1), date(2027, 8, 15)),
    ],
)
def test_M14_kindergarten_begins_when_the_right_to_a_place_does(born: date, begins: date) -> None:
    assert kindergarten_from(born, LUND.profile.phases) == begins


def test_M14_school_is_raised_twelve_nine_six_and_three_months_before_it_begins() -> None:
    # School begins on 15 August 2027. Days without work move on: 15 August and 15 November 2026, 15 to 17 May 2027.
    assert raised(born_on(date(2021, 5, 10)), SCHOOL) == [date(2026, 8, 17), date(2026, 11, 16), date(2027, 2, 15), date(2027, 5, 18)]


def test_M14_what_should_have_been_raised_before_the_birth_date_was_known_is_raised_once_at_once() -> None:
    assert raised(born_on(date(2021, 5, 10), seen=date(2027, 3, 1)), SCHOOL) == [date(2027, 3, 1), date(2027, 5, 18)]
    assert raised(born_on(date(2021, 5, 10), seen=date(2027, 8, 16)), SCHOOL) == [], "what has begun is not raised"


def test_M14_whoever_comes_late_as_coordinator_gets_what_nobody_was_told_yet_and_never_the_same_twice() -> None:
    child = born_on(date(2021, 5, 10))
    assert raised(replace(child, since=None), SCHOOL) == [], "while nobody coordinates the unit is told, once"
    late = replace(child, since=datetime(2027, 3, 1, 10, tzinfo=UTC))
    assert raised(late, SCHOOL) == [date(2027, 3, 1), date(2027, 5, 18)]
    keys = [{each.key for each in reminders(facts, LUND) if each.kind is ReminderKind.TRANSITION} for facts in (child, late)]
    assert keys[1] <= keys[0]


def test_M22_M26_guardianship_comes_a_year_before_eighteen_and_upper_secondary_school_in_good_time() -> None:
    youth = born_on(date(2011, 6, 1), seen=date(2026, 3, 2))
    assert raised(youth, TransitionKind.EIGHTEEN) == [date(2028, 6, 1)]
    assert raised(youth, TransitionKind.UPPER_SECONDARY) == [date(2026, 8, 17), date(2026, 11, 16), date(2027, 2, 15), date(2027, 5, 18)]


def test_M26_upper_secondary_school_is_raised_in_the_year_one_turns_sixteen() -> None:
    assert next(
        each.day for each in foreseen(date(2011, 6, 1), LUND.profile.phases) if each.kind is TransitionKind.UPPER_SECONDARY
    ) == date(2027, 8, 15)


def test_M28_an_own_home_is_planned_from_sixteen() -> None:
    youth = born_on(date(2011, 6, 1), seen=date(2026, 3, 2))
    assert raised(youth, TransitionKind.OWN_HOME)[0] == date(2027, 6, 1)
    assert raised(youth, TransitionKind.OWN_HOME)[1:] == [date(2028, 6, 1), date(2028, 9, 1), date(2028, 12, 1), date(2029, 3, 1)]


def test_M29_work_or_days_after_school_are_planned_from_seventeen() -> None:
    youth = born_on(date(2011, 6, 1), seen=date(2026, 3, 2))
    assert raised(youth, TransitionKind.AFTER_SCHOOL)[0] == date(2028, 6, 1)
    assert raised(youth, TransitionKind.AFTER_SCHOOL)[1:] == [
        *(date(2029, 8, 15), date(2029, 11, 15), date(2030, 2, 15), date(2030, 5, 15)),
    ]


def test_M03_M05_the_unit_is_told_half_a_year_before_a_change_and_before_the_childrens_coordinator_ends() -> None:
    child = born_on(date(2021, 5, 10))
    assert raised(child, SCHOOL, reminder=ReminderKind.TRANSITION_UNIT) == [date(2027, 2, 15)]
    # 180 days before 10 May 2039.
    assert raised(child, TransitionKind.EIGHTEEN, reminder=ReminderKind.CHILD_COORDINATOR) == [date(2038, 11, 11)]


def naive(day: date, months: tuple[int, ...]) -> Iterator[date]:
    """So many months before a day, then the first working day: counted on fingers, sharing nothing with the rules but the calendar."""
    for back in months:
        year, month = day.year, day.month - back
        while month < 1:
            year, month = year - 1, month + 12
        found = date(year, month, day.day)
        while not WorkingCalendar().is_working_day(found):
            found += timedelta(days=1)
        yield found


@pytest.mark.parametrize("name", shipped_profiles())
def test_M02_M14_M26_five_hundred_children_in_each_municipality_are_raised_on_the_days_a_naive_reading_gives(name: str) -> None:
    rules, chance = Rules(profile=load_profile(name), calendar=WorkingCalendar()), random.Random(name)
    ours = rules.profile.phases
    for _ in range(500):
        birth = date(2008, 1, 1) + timedelta(days=chance.randrange(365 * 16))
        found = [each for each in reminders(born_on(birth), rules) if each.kind is ReminderKind.TRANSITION]
        for kind, years in ((SCHOOL, 6), (TransitionKind.LOWER_SECONDARY, 13), (TransitionKind.UPPER_SECONDARY, 16)):
            day = date(birth.year + years, ours.school_month, ours.school_day)
            days = sorted(each.due_at.astimezone(OSLO).date() for each in found if each.object == NUMBERS.index(kind))
            assert days == list(naive(day, ours.transition_months)), (birth, kind)
        assert all(each.useful_until is None or each.due_at < each.useful_until for each in found), birth


def test_M02_a_change_set_aside_or_accounted_for_is_not_raised_and_a_corrected_date_makes_new_keys() -> None:
    child = born_on(date(2021, 5, 10))
    assert raised(replace(child, skipped=frozenset({SCHOOL})), SCHOOL) == []
    done = (RecordedFacts(id=1, kind=SCHOOL, on=date(2027, 8, 15), done=True),)  # type: ignore[arg-type]
    assert raised(replace(child, recorded=done), SCHOOL) == []
    before, after = (reminders(born_on(date(2021, 5, 10), seen=date(2021, month, 1)), LUND) for month in (6, 7))
    changes = [{each.key for each in found if each.kind is ReminderKind.TRANSITION} for found in (before, after)]
    assert not changes[0] & changes[1]
    assert all("2021-05-10" not in each.key for each in before)


async def test_M02_M14_M03_the_coordinator_gets_the_list_and_who_to_bring_in_and_the_unit_knows(world: World) -> None:
    phased = await Phased.of(world, date(2020, 5, 10))
    # School begins on 15 August 2026: twelve, nine and six months are over, so it is raised at once; then three months before.
    await phased.until(date(2026, 3, 3))
    coming = {"number": "1001", "day": date(2026, 8, 15), "what": TRANSITIONS[SCHOOL]}
    assert await was_told(
        world, phased.nora, t("Case {number}: a change is coming, {day}: {what}. Go through the list together.", **coming)
    )
    assert await was_told(world, phased.town.anne, t("Case {number}: a change is coming, {day}: {what}.", **coming))
    assert not await was_told(world, phased.parent, t("Case {number}: a change is coming, {day}: {what}.", **coming))
    assert await phased.planned(ReminderKind.TRANSITION) != []
    assert date(2026, 5, 15) in await phased.planned(ReminderKind.TRANSITION)
    await world.press(phased.nora, "Open the list", t("{place}. {line}", place=1, line=TRANSITIONS[SCHOOL]))
    for words in (
        t("• {item}", item=t("Who must know what? Is there consent to tell them?")),
        t("Bring in: {who}", who=[t("the new school"), "Barnehage", "Skole", "Pedagogisk-psykologisk tjeneste"]),
    ):
        assert await world.says(phased.nora, words)


def agreed(**changed: object) -> RecordTransition:
    """From kindergarten to school."""
    given: dict[str, object] = {
        "case": FIRST,
        "kind": SCHOOL,
        "origin": "Solbakken barnehage",
        "target": "Elvebyen skole",
        "on": date(2026, 8, 17),
        "informs": "Barnehagen forteller skolen om hjelpemidlene.",
    }
    return RecordTransition(**(given | changed))  # type: ignore[arg-type]


async def test_M02_a_transition_is_recorded_with_from_to_day_and_who_informs_whom_sealed(world: World) -> None:
    phased = await Phased.of(world, date(2020, 5, 10))
    for stranger in (phased.parent, phased.town.nils, phased.town.lars):
        with pytest.raises(Refused):
            await phased.town.does(stranger, agreed())
    await phased.town.does(phased.nora, agreed(target="Nyskolen"))
    await phased.town.does(phased.nora, agreed())
    lines = [each for each in (await phased.view()).transitions if each.kind is SCHOOL]
    assert [(each.origin, each.target, each.day) for each in lines] == [("Solbakken barnehage", "Elvebyen skole", date(2026, 8, 17))]
    assert lines[0].informs == "Barnehagen forteller skolen om hjelpemidlene."
    assert all(b"Elvebyen" not in row["words"] for row in await phased.town.rows("SELECT words FROM transitions"))
    events = await phased.look(phased.parent, TheTimeline(FIRST))
    ahead = [each.day for each in events or () if each.what == t("To come: {kind}", kind=TRANSITIONS[SCHOOL])]
    assert ahead == [date(2026, 8, 17)], "the person sees the day on the timeline"


async def test_M02_what_does_not_concern_the_person_is_set_aside_and_can_be_taken_up_again(world: World) -> None:
    phased = await Phased.of(world, date(2020, 5, 10))
    before = await phased.planned(ReminderKind.TRANSITION)
    await phased.town.does(phased.nora, SkipTransition(case=FIRST, kind=SCHOOL))
    assert date(2026, 5, 15) in before
    assert date(2026, 5, 15) not in await phased.planned(ReminderKind.TRANSITION)
    assert [each.skipped for each in (await phased.view()).transitions if each.kind is SCHOOL] == [True]
    await phased.town.does(phased.nora, SkipTransition(case=FIRST, kind=SCHOOL, skip=False))
    assert await phased.planned(ReminderKind.TRANSITION) == before


async def test_M15_M30_M44_it_is_asked_before_and_after_until_the_plan_is_updated_and_everything_passed_on(world: World) -> None:
    phased = await Phased.of(world, date(2020, 5, 10))
    transition = await phased.town.does(phased.nora, agreed())
    assert await phased.planned(ReminderKind.PASSED_ON) == [date(2026, 8, 3), date(2026, 8, 31)]
    await phased.until(date(2026, 8, 4))
    asked = t("Case {number}: {what}. Is everything told, and is the plan updated?", number="1001", what=TRANSITIONS[SCHOOL])
    assert await was_told(world, phased.nora, asked)
    await world.press(phased.nora, "Open the change", t("{place}. {line}", place=1, line=TRANSITIONS[SCHOOL]))
    await world.press(phased.nora, "Everything is passed on", "No", "Yes")
    assert await phased.planned(ReminderKind.PASSED_ON) == [date(2026, 8, 31)], "half of it is not done"
    with pytest.raises(Refused):
        await phased.town.does(phased.parent, PassedOn(transition=transition))  # type: ignore[arg-type]
    await phased.town.does(phased.nora, PassedOn(transition=transition))  # type: ignore[arg-type]
    assert await phased.planned(ReminderKind.PASSED_ON) == []
    with pytest.raises(Refused):
        await phased.town.does(phased.nora, PassedOn(transition=transition))  # type: ignore[arg-type]


async def test_M15_M30_M44_a_new_coordinator_has_the_change_and_is_the_one_who_is_asked(world: World) -> None:
    phased = await Phased.of(world, date(2020, 5, 10))
    await phased.town.does(phased.nora, agreed())
    nils = await world.person(phased.town.nils)

    def hand_over(tx: Tx) -> None:
        tx.execute("UPDATE assignments SET candidate = :nils WHERE case_id = :case AND state = 'accepted'", nils=nils, case=FIRST)
        tx.touch(FIRST)

    await world.read(hand_over)
    assert [each.kind for each in (await phased.view(phased.town.nils)).transitions][:1] == [SCHOOL]
    owed = await phased.town.rows("SELECT person FROM reminders WHERE kind = 'passed_on' AND state = 'pending'")
    assert {row["person"] for row in owed} == {nils}


async def test_M05_before_eighteen_the_unit_has_a_task_to_agree_on_who_goes_on(world: World) -> None:
    phased = await Phased.of(world, date(2008, 9, 30), AgeGroup.FROM_16)
    # 18 on 30 September 2026; 180 days before is 3 April, Good Friday; the next working day is 7 April.
    assert await phased.planned(ReminderKind.CHILD_COORDINATOR) == [date(2026, 4, 7)]
    await phased.until(date(2026, 4, 8))
    assert TaskKind.CHILD_COORDINATOR_ENDS in await phased.town.to_do()
    told = t(
        "Case {number}: the children's coordinator is for those under 18. Agree on who goes on from {day}.",
        number="1001",
        day=date(2026, 9, 30),
    )
    assert await was_told(world, phased.town.anne, told)


async def test_M22_guardianship_is_told_of_before_eighteen_with_where_to_read(world: World) -> None:
    phased = await Phased.of(world, date(2008, 9, 30), AgeGroup.FROM_16)
    await phased.until(date(2026, 3, 3))
    told = t(
        "Case {number}: the youth turns 18 on {day}. Tell about guardianship now, if it may be needed.",
        number="1001",
        day=date(2026, 9, 30),
    )
    assert await was_told(world, phased.nora, told)


async def test_M02_a_birth_date_that_is_corrected_moves_what_is_raised(world: World) -> None:
    phased = await Phased.of(world, date(2020, 5, 10))
    await phased.until(date(2026, 3, 4))
    await born(phased.town, date(2021, 5, 10))
    assert date(2026, 5, 15) not in await phased.planned(ReminderKind.TRANSITION)
    assert date(2026, 8, 17) in await phased.planned(ReminderKind.TRANSITION)
