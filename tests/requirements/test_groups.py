"""The responsibility group: set up with consent, led for a time, looked at together, ended and set up again; told on the timeline."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from bot.domain.calendar import months_after
from bot.domain.cases import AssignmentState, TaskKind
from bot.domain.circle_commands import EndMembership
from bot.domain.consent_commands import StopSharing
from bot.domain.desk_queries import TheTimeline
from bot.domain.group_commands import ChangeGroup, DissolveGroup, GroupView, NoteEvaluated, SetUpGroup, TheGroup
from bot.domain.groups import Dissolved, Group, GroupState
from bot.domain.meeting_commands import CancelMeeting
from bot.domain.meeting_queries import MeetingPlan
from bot.domain.meetings import Meeting, Part
from bot.domain.refusal import Refused
from bot.domain.reminders import OSLO, ReminderKind
from bot.engine.texts import nt, t, verbatim
from bot.services import consents
from bot.store import assignments, cases, groups, tasks
from bot.store.database import Tx
from bot.store.times import moment
from tests.requirements.meeting_walks import Table
from tests.requirements.walks import FIRST
from tests.world import Chat, World

PURPOSE = "Å få skole og hjelp til å henge sammen."


@pytest.fixture
async def table(world: World) -> Table:
    return await Table.of(world)


async def set_up(table: Table, by: Chat | None = None, **more: Any) -> Group:
    await table.town.does(by or table.nora, SetUpGroup(case=FIRST, purpose=PURPOSE, **more))
    await table.world.deliver()
    return await the_one(table)


async def the_one(table: Table) -> Group:
    found = await table.world.read(lambda tx: groups.active(tx, FIRST))
    assert found is not None
    return found


async def view(table: Table, who: Chat) -> GroupView | None:
    return await table.look(who, TheGroup(FIRST))


async def waiting(table: Table) -> dict[ReminderKind, set[tuple[int | None, date]]]:
    """What the group wants to remind of: whom, and on which day."""
    found: dict[ReminderKind, set[tuple[int | None, date]]] = {}
    for row in await table.town.rows("SELECT kind, person, due_at FROM reminders WHERE state = 'pending' AND case_id = :case", case=FIRST):
        day = moment(row["due_at"]).astimezone(OSLO).date()
        found.setdefault(ReminderKind(row["kind"]), set()).add((row["person"], day))
    return found


async def left(table: Table) -> None:
    """Nora coordinates no more, and nobody has come after her; the unit has the case."""

    def leave(tx: Tx) -> None:
        held = assignments.accepted(tx, FIRST)
        assert held is not None
        assignments.move(tx, held, AssignmentState.ENDED)
        tasks.add(tx, TaskKind.APPOINT, due_on=table.around.today + timedelta(days=5), case=FIRST)

    await table.world.read(leave)


async def test_F01_a_group_on_the_persons_need_without_a_plan(table: Table) -> None:
    wanted = await table.world.read(lambda tx: cases.get(tx, FIRST).wanted)
    assert wanted == "coordinator", "no plan is wanted here"
    group = await set_up(table)
    assert (group.purpose, group.until, group.state) == (PURPOSE, None, GroupState.ACTIVE)
    told = t("A responsibility group is set up in case {number}.", number="1001")
    for chat in (table.kari, table.solveig, table.trond):
        assert await table.world.says(chat, told)
    with pytest.raises(Refused, match="There is a group already"):
        await set_up(table)


async def test_F01_E01_no_group_without_a_consent_and_none_for_those_outside(table: Table) -> None:
    with pytest.raises(Refused):
        await set_up(table, by=table.solveig)
    with pytest.raises(Refused):
        await set_up(table, by=table.kari)
    await table.town.does(table.kari, StopSharing(case=FIRST))
    with pytest.raises(Refused, match="consent to sharing first"):
        await set_up(table)
    assert await view(table, table.solveig) is None


async def test_F02_whoever_sets_it_up_calls_the_first_meeting_and_hands_out_the_routine(table: Table) -> None:
    await set_up(table)
    nora, today = await table.world.person(table.nora), table.around.today
    assert (await waiting(table))[ReminderKind.GROUP_FIRST] == {(nora, today + timedelta(days=7)), (nora, today + timedelta(days=21))}
    await table.world.turn(timedelta(days=8))
    assert await table.world.says(table.nora, t("Case {number}: the group has not met yet. Please call the first meeting.", number="1001"))
    await table.calls()
    assert ReminderKind.GROUP_FIRST not in await waiting(table), "a meeting is planned"
    home = table.world.municipality.profile.links.home
    assert await table.world.says(
        table.solveig, t("This is the first meeting of the group. How groups work here: {link}", link=verbatim(home))
    )


async def test_F02_without_a_coordinator_the_unit_sets_it_up_and_is_reminded(table: Table) -> None:
    await left(table)
    group = await set_up(table, by=table.town.anne)
    anne = await table.world.person(table.town.anne)
    assert group.begun_by == anne
    assert {who for who, _ in (await waiting(table))[ReminderKind.GROUP_FIRST]} == {anne}


async def test_F03_where_there_is_no_coordinator_the_leader_leads_for_a_time_and_it_is_brought_to_mind(table: Table) -> None:
    await left(table)
    solveig, anne = await table.world.person(table.solveig), await table.world.person(table.town.anne)
    with pytest.raises(Refused, match="Say until when"):
        await set_up(table, by=table.town.anne, chair=solveig)
    until = table.around.today + timedelta(days=60)
    await set_up(table, by=table.town.anne, chair=solveig, chair_until=until)
    assert {who for who, _ in (await waiting(table))[ReminderKind.GROUP_CHAIR]} == {solveig, anne}
    await table.calls(table.at(70), by=table.town.anne)
    await table.world.turn(timedelta(days=48))
    text = t("Case {number}: the one who leads the group does it until {day}. Agree on who leads after that.", number="1001", day=until)
    for chat in (table.solveig, table.town.anne):
        assert await table.world.says(chat, text)
    assert not await table.world.says(table.trond, text)


async def test_F03_a_leader_no_consent_covers_any_more_is_not_reminded(table: Table) -> None:
    solveig = await table.world.person(table.solveig)
    await set_up(table, chair=solveig, chair_until=table.around.today + timedelta(days=60))
    assert solveig in {who for who, _ in (await waiting(table))[ReminderKind.GROUP_CHAIR]}
    await table.town.does(table.kari, StopSharing(case=FIRST))
    assert not {solveig} & {who for whom in (await waiting(table)).values() for who, _ in whom}


async def test_F03_only_who_takes_part_can_lead(table: Table) -> None:
    with pytest.raises(Refused, match="Choose someone who takes part"):
        await set_up(table, chair=await table.world.person(table.town.lars))


async def test_F09_a_group_for_a_time_has_goals_and_is_looked_at_before_its_last_day(table: Table) -> None:
    until = table.around.today + timedelta(days=100)
    with pytest.raises(Refused, match="needs goals"):
        await set_up(table, until=until)
    with pytest.raises(Refused, match="later than today"):
        await set_up(table, until=table.around.today, goals="Skolestart")
    await set_up(table, until=until, goals="Skolestart")
    wants = await waiting(table)
    (_, soon), (_, over) = *wants[ReminderKind.GROUP_EVALUATE], *wants[ReminderKind.GROUP_OVER]
    assert timedelta(days=14) <= until - soon <= timedelta(days=18)
    assert over > until
    await table.world.turn(timedelta(days=90))
    asked = t("Case {number}: the last day of the group is {day}. Look at the work together before that.", number="1001", day=until)
    assert await table.world.says(table.nora, asked)
    await table.town.does(table.nora, NoteEvaluated(case=FIRST, on=table.around.today))
    assert ReminderKind.GROUP_EVALUATE not in await waiting(table)
    now = await the_one(table)
    await table.town.does(
        table.nora,
        ChangeGroup(case=FIRST, purpose=PURPOSE, goals=now.goals, until=None, chair=None, chair_until=None, turns=()),
    )
    assert ReminderKind.GROUP_OVER not in await waiting(table), "it has become long-term"


async def test_F13_the_coordinator_sets_it_up_and_those_involved_are_called(table: Table) -> None:
    await set_up(table)
    meeting = await table.meeting(await table.calls())
    assert {each.part for each in meeting.invited} == {Part.RECIPIENT, Part.COORDINATOR, Part.MEMBER}
    for chat in (table.solveig, table.trond):
        assert await table.world.offers(chat, "I come")


async def test_F18_the_coordinators_seat_goes_to_whoever_comes_after_and_the_persons_side_keeps_theirs(table: Table) -> None:
    meeting = await table.calls()
    nora, kari = await table.world.person(table.nora), await table.world.person(table.kari)
    await left(table)
    seats = {each.person for each in (await table.meeting(meeting)).invited}
    assert nora not in seats
    assert kari in seats
    reminded = {kind for kind, whom in (await waiting(table)).items() for who, _ in whom if who == nora}
    assert reminded == set(), "who coordinates no more hears no more of it"
    before = len(table.nora.messages)
    await table.world.turn(timedelta(days=28))
    assert [each.text for each in table.nora.messages[before:] if "1001" in each.text] == []
    told = nt(
        "Case {number}: {n} comes to the meeting {time}.",
        "Case {number}: {n} come to the meeting {time}.",
        1,
        number="1001",
        time=table_time(await table.meeting(meeting)),
    )
    assert await table.world.says(table.town.anne, told), "the unit sees who comes"


async def test_G09_the_rhythm_is_the_groups_and_ends_with_it(table: Table) -> None:
    assert not {ReminderKind.MEETING_DUE, ReminderKind.MEETING_OVERDUE} & set(await waiting(table)), "no group, no rhythm"
    await set_up(table)
    today, year = table.around.today, table.world.municipality.profile.meetings.a_year_at_least
    ((_, over),) = (await waiting(table))[ReminderKind.MEETING_OVERDUE]
    assert over > months_after(today, 12 // year)
    await table.world.turn(over - today + timedelta(days=1))
    late = t("Case {number}: it is too long since the last meeting.", number="1001")
    assert await table.world.says(table.town.lars, late)
    assert TaskKind.MEETING_LATE in await table.town.to_do()
    await table.town.does(table.kari, DissolveGroup(case=FIRST, why=Dissolved.PERSON_WANTS))
    assert not {ReminderKind.MEETING_DUE, ReminderKind.MEETING_OVERDUE} & set(await waiting(table))


async def test_G15_whose_turn_it_is_to_write_is_said(table: Table) -> None:
    solveig, trond = [await table.world.person(chat) for chat in (table.solveig, table.trond)]
    await set_up(table, turns=(solveig, trond))
    plan = await table.look(table.nora, MeetingPlan(FIRST))
    assert plan is not None
    assert plan.turn == "Solveig Prøve"
    held = await table.calls(writer=solveig)
    await table.world.turn(timedelta(days=31))
    plan = await table.look(table.nora, MeetingPlan(FIRST))
    assert plan is not None
    assert (await table.meeting(held)).ended_at is None or plan.turn == "Trond Prøve"


async def test_G17_the_timeline_tells_of_the_group_and_of_what_lies_ahead(table: Table) -> None:
    until = table.around.today + timedelta(days=100)
    await set_up(table, until=until, goals="Skolestart")
    meeting = await table.meeting(await table.calls())
    events = await table.look(table.kari, TheTimeline(FIRST))
    what = {each.what.msgid: each for each in events}
    assert {"A responsibility group was set up", "The invitation to a meeting went out"} <= set(what)
    assert what["To come: {kind}"].at == meeting.at
    assert what["To come: the last day of the group"].day == until
    assert [each.at for each in events] == sorted(each.at for each in events)
    assert await table.look(table.solveig, TheTimeline(FIRST)) == ()
    await table.town.does(table.nora, CancelMeeting(meeting=meeting.id))
    assert "To come: {kind}" not in {each.what.msgid for each in await table.look(table.kari, TheTimeline(FIRST))}


async def test_L08_P06_it_ends_after_a_joint_look_or_when_the_person_wants_it(table: Table) -> None:
    group = await set_up(table)
    with pytest.raises(Refused, match="Look at the work together first"):
        await table.town.does(table.nora, DissolveGroup(case=FIRST, why=Dissolved.NO_NEED))
    with pytest.raises(Refused, match="has not come yet"):
        await table.town.does(table.nora, NoteEvaluated(case=FIRST, on=table.around.today + timedelta(days=1)))
    with pytest.raises(Refused, match="There is a consent"):
        await table.town.does(table.nora, DissolveGroup(case=FIRST, why=Dissolved.CONSENT_ENDED))
    await table.town.does(table.kari, DissolveGroup(case=FIRST, why=Dissolved.PERSON_WANTS))
    await table.world.deliver()
    (ended,) = await table.world.read(lambda tx: groups.of_case(tx, FIRST))
    assert (ended.id, ended.ended_why) == (group.id, Dissolved.PERSON_WANTS)
    assert await table.world.says(table.solveig, t("The responsibility group in case {number} has ended.", number="1001"))
    with pytest.raises(Refused):
        await table.town.does(table.kari, DissolveGroup(case=FIRST, why=Dissolved.PERSON_WANTS))


async def test_E08_when_it_has_ended_meetings_between_services_need_a_permission_of_their_own(table: Table) -> None:
    await set_up(table)
    await table.town.does(table.nora, NoteEvaluated(case=FIRST, on=table.around.today))
    await table.town.does(table.town.anne, DissolveGroup(case=FIRST, why=Dissolved.NO_NEED))
    await table.world.deliver()
    asked = t("Case {number}: the group has ended. If services are still to meet, ask the person for consent to that.", number="1001")
    assert await table.world.says(table.nora, asked)
    assert await table.world.offers(table.nora, "Ask for consent")


async def test_P08_it_can_be_set_up_again_by_hand_as_it_was_with_those_there_are_now(table: Table) -> None:
    solveig, trond = await table.world.person(table.solveig), await table.world.person(table.trond)
    first = await set_up(table, turns=(solveig, trond), chair=trond)
    await table.town.does(table.kari, DissolveGroup(case=FIRST, why=Dissolved.PERSON_WANTS))
    await table.town.does(table.trond, EndMembership(member=table.members[1]))
    await table.world.deliver()
    await table.world.write(table.nora, "/ansatt")
    await table.world.press(table.nora, "Those I coordinate for")
    await table.world.press_data(table.nora, table.nora.last.rows[0][0][1])
    await table.world.press(table.nora, "Meetings and tasks", "The group", "Set up the last one again")
    again = await the_one(table)
    assert again.id != first.id
    assert (again.purpose, again.turns, again.chair) == (PURPOSE, (solveig,), None), "Trond has left"


async def test_F01_F03_F09_G15_a_group_by_hand(table: Table) -> None:
    await table.world.write(table.nora, "/ansatt")
    await table.world.press(table.nora, "Those I coordinate for")
    await table.world.press_data(table.nora, table.nora.last.rows[0][0][1])
    await table.world.press(table.nora, "Meetings and tasks", "The group", "Set up a group")
    await table.world.write(table.nora, PURPOSE)
    await table.world.press(table.nora, "For a time, with clear goals")
    await table.world.write(table.nora, "Skolestart")
    until = table.around.today + timedelta(days=120)
    await table.world.write(table.nora, f"{until:%d.%m.%Y}")
    await table.world.press(table.nora, "Solveig Prøve", "Trond Prøve", "Done", "Yes, this is right")
    group = await the_one(table)
    solveig, trond = await table.world.person(table.solveig), await table.world.person(table.trond)
    assert (group.goals, group.until, group.chair, group.turns) == ("Skolestart", until, solveig, (trond,))
    seen = await view(table, table.kari)
    assert seen is not None
    assert (seen.may_change, seen.may_end, seen.chair, seen.writers) == (False, True, "Solveig Prøve", ("Trond Prøve",))
    await table.world.press(table.kari, "See the group", "End the group", "I want it to end")
    assert await table.world.read(lambda tx: groups.active(tx, FIRST)) is None


async def test_E01_a_group_whose_consent_has_ended_says_so_and_can_end_for_that(table: Table) -> None:
    await set_up(table)
    await table.town.does(table.kari, StopSharing(case=FIRST))
    assert not await table.world.read(lambda tx: consents.group_allowed(table.around.context(tx), FIRST))
    seen = await view(table, table.nora)
    assert seen is not None
    assert not seen.allowed
    await table.town.does(table.nora, DissolveGroup(case=FIRST, why=Dissolved.CONSENT_ENDED))
    await table.world.deliver()
    assert not await table.world.says(table.solveig, t("The responsibility group in case {number} has ended.", number="1001"))


def table_time(meeting: Meeting) -> datetime:
    assert meeting.at is not None
    return meeting.at
