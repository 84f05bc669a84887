"""Calling a meeting: planned with the person, in good time, and changed so that everybody knows.

Here: rows D11, F07, F11, F14, F16, G01, G05 to G07, G10 to G16, G18, G19 and G21. Not here: the invitation's own words and the answers.
"""

from datetime import date, timedelta

import pytest

from bot.domain.agenda import LINES, usual
from bot.domain.agenda_rules import AgendaRules
from bot.domain.circle_commands import EndMembership
from bot.domain.consent import InfoKind
from bot.domain.ids import MemberId
from bot.domain.meeting_commands import CancelMeeting, ChangeMeeting, PickMeetingTime, TalkFirst, VoteOnTimes
from bot.domain.meeting_queries import MeetingPlan, MeetingsOf, MyMeetings, TheMeeting
from bot.domain.meetings import MeetingKind, MeetingPlace, MeetingState, last_day_to_send
from bot.domain.refusal import Refused
from bot.engine.texts import Language, nt, t
from bot.store import notices, people
from tests.requirements.circle_walks import SOLVEIG
from tests.requirements.meeting_walks import Table
from tests.requirements.standing_walks import born
from tests.requirements.walks import FIRST
from tests.world import Chat, World


@pytest.fixture
async def table(world: World) -> Table:
    return await Table.of(world)


def invited(table: Table, chat: Chat) -> bool:
    return any("møte" in message.text.casefold() and "Kan du komme" in message.text for message in chat.messages)


async def test_D11_G06_nobody_is_called_before_the_person_has_said_yes(table: Table) -> None:
    meeting = await table.plans()
    await table.world.deliver()
    assert (await table.meeting(meeting)).state is MeetingState.ASKED
    assert not invited(table, table.solveig)
    assert await table.world.offers(table.kari, "Read and answer")
    assert await table.look(table.solveig, TheMeeting(meeting)) is None, "a plan is between the person and the coordinator"
    await table.agrees(meeting)
    await table.world.deliver()
    assert (await table.meeting(meeting)).state is MeetingState.CALLED
    assert invited(table, table.solveig)
    assert invited(table, table.trond)


async def test_G06_the_person_wants_to_talk_first_and_is_asked_again(table: Table) -> None:
    meeting = await table.plans()
    await table.town.does(table.kari, TalkFirst(meeting=meeting, words="Eg vil ikkje ha skulen med."))
    await table.world.deliver()
    assert await table.world.says(table.nora, t("They wrote: {words}", words="Eg vil ikkje ha skulen med."), last=1)
    assert not invited(table, table.solveig)
    with pytest.raises(Refused):
        await table.agrees(meeting)
    await table.town.does(table.nora, ChangeMeeting(meeting=meeting, at=table.at(31)))
    assert (await table.meeting(meeting)).state is MeetingState.ASKED
    await table.agrees(meeting)
    assert (await table.meeting(meeting)).at == table.at(31)


async def test_G06_only_the_persons_side_or_whoever_notes_it_for_them_says_yes(table: Table) -> None:
    meeting = await table.plans()
    for other in (table.solveig, table.town.lars, table.town.nils):
        with pytest.raises(Refused):
            await table.agrees(meeting, by=other)
    await table.agrees(meeting, by=table.nora)
    assert (await table.meeting(meeting)).state is MeetingState.CALLED


async def test_G07_F11_the_person_takes_people_out_and_puts_own_points_first(table: Table) -> None:
    meeting = await table.plans()
    solveig, trond = table.members
    await table.agrees(meeting, out=(trond,), lines=("Fritida mi", " ", "Skyssen"))
    await table.world.deliver()
    view = await table.look(table.kari, TheMeeting(meeting))
    assert view is not None
    assert [each.args.get("words", each.msgid) for each in view.agenda][:2] == ["Fritida mi", "Skyssen"]
    assert LINES["own_words"] not in view.agenda
    assert {each.member for each in view.participants} == {None, solveig}
    assert invited(table, table.solveig)
    assert not invited(table, table.trond)
    assert await table.look(table.trond, TheMeeting(meeting)) is None
    assert await table.look(table.trond, MyMeetings()) == ()


async def test_E04_G04_whoever_no_consent_covers_is_not_called(table: Table) -> None:
    new = await table.around.add("Ny Prøve")
    with pytest.raises(Refused, match="No consent covers"):
        await table.plans(members=(new,))
    meeting = await table.plans()
    await table.town.does(table.solveig, EndMembership(member=table.members[0]))
    await table.agrees(meeting)
    await table.world.deliver()
    assert not invited(table, table.solveig)
    assert await table.world.says(table.nora, t("Not invited, since no consent covers them any more: {names}", names=[SOLVEIG]), last=1)
    assert table.members[0] not in {each.member for each in (await table.meeting(meeting)).participants}


async def test_G01_shorter_notice_than_the_profile_asks_for_needs_a_reason(table: Table) -> None:
    days = table.world.municipality.profile.meetings.notice_days
    with pytest.raises(Refused, match="days before"):
        await table.plans(table.at(days - 1))
    exactly = await table.plans(table.at(days))
    await table.agrees(exactly)
    assert (await table.meeting(exactly)).state is MeetingState.CALLED, "the last day itself keeps the notice"


@pytest.mark.parametrize("days", [14, 10, 0])
def test_G01_the_last_day_to_send_is_so_many_days_before(days: int) -> None:
    assert date(2027, 3, 30) - last_day_to_send(date(2027, 3, 30), days) == timedelta(days=days)


async def test_G18_short_notice_stands_in_the_invitation_with_its_reason(table: Table) -> None:
    meeting = await table.plans(table.at(5), short_reason="Skolen slutter å gi hjelp neste uke.")
    await table.agrees(meeting)
    view = await table.look(table.solveig, TheMeeting(meeting))
    assert view is not None
    assert view.short_reason == "Skolen slutter å gi hjelp neste uke."


async def test_G18_a_yes_that_comes_too_late_makes_the_notice_short_and_asks_for_a_reason(table: Table) -> None:
    days = table.world.municipality.profile.meetings.notice_days
    meeting = await table.plans(table.at(days + 1))
    await table.world.turn(timedelta(days=3))
    with pytest.raises(Refused, match="days before"):
        await table.agrees(meeting)
    assert (await table.meeting(meeting)).state is MeetingState.ASKED, "nothing is half done"
    await table.town.does(table.nora, ChangeMeeting(meeting=meeting, at=table.at(days - 3), short_reason="Svaret kom seint."))
    await table.agrees(meeting)
    assert (await table.meeting(meeting)).state is MeetingState.CALLED


async def test_G21_several_times_are_voted_on_and_a_refused_one_is_never_picked(table: Table) -> None:
    times = tuple(table.at(days) for days in (30, 31, 32))
    meeting = await table.plans(*times)
    await table.agrees(meeting, refused=(0,))
    assert (await table.meeting(meeting)).state is MeetingState.VOTING
    await table.town.does(table.solveig, VoteOnTimes(meeting=meeting, suits=(0, 2)))
    await table.town.does(table.trond, VoteOnTimes(meeting=meeting, suits=(1, 2)))
    await table.world.deliver()
    done = t("Case {number}: everybody has said which times suit. Please pick one.", number="1001")
    assert not await table.world.says(table.nora, done)
    await table.town.does(table.nora, VoteOnTimes(meeting=meeting, suits=(1, 2)))
    await table.world.deliver()
    assert await table.world.says(table.nora, done, last=1)
    view = await table.look(table.nora, TheMeeting(meeting))
    assert view is not None
    assert [each.place for each in view.times] == [2, 1, 0], "the one that suits most first, refused ones last"
    assert (len(view.times[0].suits), view.times[1].missing) == (3, (SOLVEIG,))
    with pytest.raises(Refused):
        await table.town.does(table.nora, PickMeetingTime(meeting=meeting, choice=0))
    await table.town.does(table.nora, PickMeetingTime(meeting=meeting, choice=2))
    called = await table.meeting(meeting)
    assert (called.state, called.at) == (MeetingState.CALLED, times[2])


async def test_G21_a_vote_can_be_changed_and_is_nobody_elses(table: Table) -> None:
    meeting = await table.plans(table.at(30), table.at(31))
    await table.agrees(meeting)
    await table.town.does(table.solveig, VoteOnTimes(meeting=meeting, suits=(0,)))
    await table.town.does(table.solveig, VoteOnTimes(meeting=meeting, suits=()))
    view = await table.look(table.solveig, TheMeeting(meeting))
    assert view is not None
    assert view.my_votes == ()
    for outside in (table.kari, table.town.lars, table.town.kim):
        with pytest.raises(Refused):
            await table.town.does(outside, VoteOnTimes(meeting=meeting, suits=(0,)))


async def test_G21_without_any_time_left_the_person_is_told_what_to_do(table: Table) -> None:
    meeting = await table.plans(table.at(30), table.at(31))
    with pytest.raises(Refused, match="I want to talk first"):
        await table.agrees(meeting, refused=(0, 1))
    assert (await table.meeting(meeting)).refused == ()


async def test_G19_a_moved_meeting_is_told_as_moved_and_asks_anew(table: Table) -> None:
    meeting = await table.calls()
    before = await table.meeting(meeting)
    await table.town.does(table.nora, ChangeMeeting(meeting=meeting, at=table.at(40)))
    await table.world.deliver()
    after = await table.meeting(meeting)
    assert (after.sequence, after.uid, after.at) == (before.sequence + 1, before.uid, table.at(40))
    for chat in (table.solveig, table.trond, table.kari):
        moved = t("The meeting has been moved. It is {time}, {where}. Can you come?", time=after.at, where=t("at our office"))
        assert await table.world.says(chat, moved, last=1)


async def test_G19_another_agenda_is_told_without_asking_anew(table: Table) -> None:
    meeting = await table.calls()
    await table.town.does(table.nora, ChangeMeeting(meeting=meeting, codes=("goals",), lines=("Ferien",)))
    await table.world.deliver()
    changed = await table.meeting(meeting)
    assert [each.code or each.words for each in changed.agenda] == ["goals", "Ferien"]
    assert await table.world.says(table.solveig, t("Something has changed for the meeting {time}.", time=changed.at), last=1)


async def test_G19_F11_what_the_person_put_on_the_agenda_stays_when_the_coordinator_changes_it(table: Table) -> None:
    meeting = await table.plans()
    await table.agrees(meeting, lines=("Fritida mi",))
    await table.town.does(table.nora, ChangeMeeting(meeting=meeting, codes=("goals",), lines=()))
    assert [each.code or each.words for each in (await table.meeting(meeting)).agenda] == ["Fritida mi", "goals"]


async def test_G19_a_meeting_that_is_off_is_told_with_its_reason_to_those_who_knew(table: Table) -> None:
    meeting = await table.calls()
    at = (await table.meeting(meeting)).at
    await table.town.does(table.nora, CancelMeeting(meeting=meeting, reason="Nora er syk."))
    await table.world.deliver()
    for chat in (table.solveig, table.trond, table.kari):
        assert await table.world.says(chat, t("The meeting {time} is off.", time=at), last=1)
        assert await table.world.says(chat, t("The reason: {words}", words="Nora er syk."), last=1)
    with pytest.raises(Refused):
        await table.town.does(table.nora, CancelMeeting(meeting=meeting))


async def test_G19_a_plan_that_is_off_is_told_only_to_the_person(table: Table) -> None:
    meeting = await table.plans()
    await table.town.does(table.nora, CancelMeeting(meeting=meeting))
    await table.world.deliver()
    off = t("The meeting that was planned in case {number} is off.", number="1001")
    assert await table.world.says(table.kari, off, last=1)
    assert not await table.world.says(table.solveig, off)


async def test_G05_only_whoever_coordinates_or_the_unit_calls_changes_and_calls_off(table: Table) -> None:
    for other in (table.kari, table.solveig, table.town.lars, table.town.nils):
        with pytest.raises(Refused):
            await table.plans(by=other)
    meeting = await table.plans(by=table.town.anne)
    for other in (table.kari, table.solveig, table.town.lars):
        with pytest.raises(Refused):
            await table.town.does(other, CancelMeeting(meeting=meeting))
        assert await table.look(table.town.lars, TheMeeting(meeting)) is None


async def test_G05_one_meeting_is_planned_at_a_time(table: Table) -> None:
    await table.plans()
    with pytest.raises(Refused, match="being planned"):
        await table.plans()


async def test_F16_a_meeting_of_services_needs_that_the_leader_knows(table: Table) -> None:
    with pytest.raises(Refused, match="leader"):
        await table.plans(kind=MeetingKind.COOPERATION)
    meeting = await table.plans(kind=MeetingKind.COOPERATION, leader_knows=True)
    assert (await table.meeting(meeting)).leader_knows


async def test_F04_F07_the_first_meeting_has_its_own_points_and_a_plan_brings_its_goals(table: Table) -> None:
    assert {"expectations_work", "expectations_coordinator", "fixed_members", "who_leads", "goals", "who_does_what"} <= set(
        usual(MeetingKind.GROUP, AgendaRules(), first=True)
    )
    assert usual(MeetingKind.GROUP, AgendaRules(), first=False, has_plan=True)[:2] == ("own_words", "plan_goals")
    assert "plan_goals" not in usual(MeetingKind.GROUP, AgendaRules(), first=False)
    for kind in MeetingKind:
        lines = usual(kind, AgendaRules(), first=False)
        assert kind is MeetingKind.SETTLE or lines[0] == "own_words", "the person's points come first"
        assert all(code in LINES for code in lines)


async def test_F14_the_one_who_calls_is_told_what_to_leave_out(table: Table) -> None:
    await table.plans_by_hand()
    leave_out = t("Leave out health, money and family matters, unless the person wants them on the agenda.")
    assert await table.world.says(table.nora, leave_out)


async def test_F15_the_one_who_calls_is_told_where_professionals_discuss_among_themselves(table: Table) -> None:
    await table.plans_by_hand()
    where = table.world.municipality.profile.meetings.professional_talk
    hint = t("Do professionals need to discuss something among themselves? Do it here: {where}", where=where)
    assert await table.world.says(table.nora, hint, last=3)


async def test_G07_G13_G14_a_whole_plan_by_hand(table: Table) -> None:
    await table.plans_by_hand()
    await table.world.write(table.nora, "Ferien\nSkyssen")
    await table.world.press(table.nora, "No, all of them for all of it", "Nora Prøve", "Nora Prøve")
    hard = t("It is hard to lead and write at once. Choose another if you can; else choose the same again.")
    assert await table.world.says(table.nora, hard, last=1)
    await table.world.press(table.nora, SOLVEIG, "Yes, this is right")
    (line,) = await table.look(table.nora, MeetingsOf(FIRST))
    meeting = await table.meeting(line.meeting)
    assert (meeting.state, meeting.place, meeting.at) == (MeetingState.ASKED, MeetingPlace.OFFICE, table.at(30))
    assert [each.words for each in meeting.agenda if each.words] == ["Ferien", "Skyssen"]
    name = await table.world.read(lambda tx: people.person(tx, meeting.writer).name if meeting.writer else None)
    assert name == SOLVEIG
    await table.world.press(table.kari, "Read and answer", "Yes, this is fine")
    assert (await table.meeting(line.meeting)).state is MeetingState.CALLED
    called = "Thank you. The meeting is called now, and the others see that you come."
    assert await table.world.says(table.kari, called), "and not that the others are asked first"


async def test_G07_the_person_changes_the_plan_by_hand(table: Table) -> None:
    meeting = await table.plans(table.at(30), table.at(31))
    await table.world.deliver()
    await table.world.press(table.kari, "Read and answer", "Yes, with some changes")
    await table.world.press(table.kari, table.kari.last.labels[0], "Done")
    await table.world.press(table.kari, "No, everyone can come")
    await table.world.write(table.kari, "Fritida mi")
    called = await table.meeting(meeting)
    assert (called.state, called.at) == (MeetingState.CALLED, table.at(31)), "one time was left"
    assert called.agenda[0].words == "Fritida mi"


async def test_G15_the_next_time_it_is_said_who_wrote_last(table: Table) -> None:
    plan = await table.look(table.nora, MeetingPlan(FIRST))
    assert plan is not None
    assert (plan.held, plan.last_writer) == (frozenset(), None)
    assert [each.covered for each in plan.candidates] == [True, True]
    assert await table.look(table.kari, MeetingPlan(FIRST)) is None


async def test_E06_a_member_whose_consent_does_not_name_meetings_is_named_and_not_offered(world: World) -> None:
    table = await Table.of(world)
    third = await table.around.add("Tredje Prøve", service=None, service_words="Klubben")
    await table.around.consent({third: (InfoKind.CONTACT,)})
    await table.around.joined(third)
    plan = await table.look(table.nora, MeetingPlan(FIRST))
    assert plan is not None
    assert {each.member: each.covered for each in plan.candidates}[MemberId(third)] is False


async def test_G10_a_transition_proposes_a_meeting(table: Table) -> None:
    await born(table.town, date(2010, 6, 8))
    await table.world.turn(timedelta(days=9))
    soon = t(
        "Case {number}: the youth turns 16 on {day}. From that day the youth decides, and what parents agreed to ends.",
        number="1001",
        day=date(2026, 6, 8),
    )
    assert await table.world.says(table.nora, soon, last=1)
    await table.world.press(table.nora, "Call a meeting")
    assert await table.world.says(table.nora, t("Which kind of meeting?"), last=1)


async def test_G19_what_stands_in_the_chat_of_a_moved_or_cancelled_meeting_says_so_in_place(table: Table) -> None:
    meeting = await table.calls()
    coming = await table.world.words(table.solveig, "I come")
    called = next(each for each in table.solveig.messages if coming in each.labels)
    await table.town.does(table.nora, ChangeMeeting(meeting=meeting, at=table.at(40)))
    await table.world.deliver()
    assert called.text == await table.world.words(table.solveig, t("This meeting has been moved. The new time stands in a newer message."))
    assert called.labels == [], "nobody answers there for a time that no longer holds"
    solveig = await table.world.person(table.solveig)
    told = [each for each in await table.world.read(lambda tx: notices.of_case(tx, FIRST)) if each.person == solveig]
    answers = [each for each in told if any(action.label == coming for action in each.actions)]
    assert [each.words for each in answers] == [told[-1].words], "nor does anybody on the page"
    moved = table.solveig.last
    assert coming in moved.labels
    await table.town.does(table.nora, CancelMeeting(meeting=meeting))
    await table.world.deliver()
    assert moved.text == await table.world.words(table.solveig, t("This meeting is off."))
    assert moved.labels == []


async def test_G01_the_notice_is_counted_aloud_with_the_first_day_that_keeps_it(table: Table) -> None:
    await table.plans_by_hand()
    days = table.world.municipality.profile.meetings.notice_days
    first = table.around.today + timedelta(days=days)
    counted = nt(
        "The invitation goes out at least {n} day before. If it goes out today, {day} is the first day.",
        "The invitation goes out at least {n} days before. If it goes out today, {day} is the first day.",
        days,
        day=first,
    )
    assert await table.world.says(table.nora, counted)


async def test_G02_two_languages_in_one_meeting_each_reads_their_own(table: Table) -> None:
    world = table.world
    trond = await world.person(table.trond)
    await world.read(lambda tx: people.set_language(tx, trond, Language.NN))
    meeting = await table.calls(table.at(31), codes=("own_words", "fixed_members"))
    called = await table.meeting(meeting)
    asks = t("There is a meeting {time}, {where}. Can you come?", time=called.at, where=t("at our office"))
    nb, nn = (world.municipality.words(asks, each, world.clock.now()) for each in (Language.NB, Language.NN))
    assert nb != nn
    assert nb in table.solveig.text()
    assert nn in table.trond.text()
    assert nn not in table.solveig.text()
    for chat, mine, others in ((table.solveig, Language.NB, Language.NN), (table.trond, Language.NN, Language.NB)):
        await world.press(chat, "Read all of it, or answer otherwise")
        agenda = LINES["fixed_members"]
        assert world.municipality.words(agenda, mine, world.clock.now()) in chat.last.text
        assert world.municipality.words(agenda, others, world.clock.now()) not in chat.last.text
        await world.press(chat, "I come")
    nora = (await world.read(lambda tx: people.person(tx, called.proposed_by))).language
    await world.press(table.nora, "Open the meeting")
    shown = [
        world.municipality.words(LINES["fixed_members"], each, world.clock.now()) in table.nora.last.text for each in (nora, Language.NN)
    ]
    assert shown == [True, nora is Language.NN], "the coordinator's overview is in the coordinator's own form, whoever answered in which"
