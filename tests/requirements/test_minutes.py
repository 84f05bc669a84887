"""Minutes: written at the table, read through, sent to those whom they concern, and followed up.

Here: rows D08, F08, F14, G12, H10, I01 to I11, I13, I14. Not here: the tasks that come of them (`test_member_tasks`), nor the reminders'
rules as such.
"""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.choices import Archive, Disagreement
from bot.domain.consent import InfoKind
from bot.domain.meetings import MeetingState
from bot.domain.minutes import Assigned, MinutesState, Outcome
from bot.domain.minutes_commands import FinishMinutes, MinutesRight, TaskDone, Then
from bot.domain.minutes_queries import MinutesOfCase, MyTasks, TheMinutes, TheRunSheet
from bot.domain.refusal import Refused
from bot.domain.sensitive_words import sensitive
from bot.engine.texts import Language, t
from bot.profile import load_profile
from bot.services import minutes_documents
from bot.store.database import Tx
from conversations.minutes_words import plain
from tests.requirements.meeting_walks import SOLVEIG, Table
from tests.requirements.minutes_walks import Held
from tests.requirements.walks import FIRST
from tests.world import World

SECOND = t("{place}. {line}", place=2, line=t("Who does what"))


@pytest.fixture
async def held(world: World) -> Held:
    return await Held.of(await Table.of(world))


async def test_I01_I02_I03_the_run_sheet_has_what_is_needed_at_the_table(held: Held) -> None:
    sheet = await held.table.look(held.nora, TheRunSheet(held.meeting))
    assert sheet is not None
    assert [each.code for each in sheet.agenda] == ["own_words", "who_does_what", "next_meeting"]
    assert sheet.begun
    assert sheet.disagreement
    shown = await held.opens(held.nora)
    assert await held.world.says(held.nora, t("What it is for: {purpose}", purpose=sheet.purpose), last=1)
    assert "1." in shown
    assert await held.table.look(held.solveig, TheRunSheet(held.meeting)) is None, "only whoever leads, writes or coordinates"
    assert await held.table.look(held.kari, TheRunSheet(held.meeting)) is None


async def test_I01_the_run_sheet_comes_when_the_meeting_begins(world: World) -> None:
    table = await Table.of(world)
    meeting = await table.calls(table.at(30))
    await world.turn((await table.meeting(meeting)).at - world.clock.now() - timedelta(minutes=1))  # type: ignore[operator]
    assert not await world.offers(table.nora, "Open the run-sheet")
    await world.turn(timedelta(minutes=2))
    assert await world.offers(table.nora, "Open the run-sheet")


async def test_H10_those_who_said_they_come_are_filled_in(held: Held) -> None:
    sheet = await held.table.look(held.nora, TheRunSheet(held.meeting))
    assert sheet is not None
    assert {each.person for each in sheet.people if each.comes} == {
        await held.who(held.solveig),
        await held.who(held.kari),
        await held.who(held.nora),
    }
    await held.opens(held.nora)
    assert await held.world.offers(held.nora, "Yes, these")


async def test_I01_minutes_cannot_be_written_before_the_meeting(world: World) -> None:
    table = await Table.of(world)
    held = Held(table, await table.calls())
    with pytest.raises(Refused, match="not begun"):
        await held.writes()


async def test_I04_the_agendas_own_points_are_written_in_the_chat(held: Held) -> None:
    await held.opens(held.nora)
    await held.world.press(held.nora, "Yes, these", SECOND, "Done", "We decided something")
    await held.world.write(held.nora, "Skyss til skolen hver dag")
    await held.world.press(held.nora, SOLVEIG)
    await held.world.write(held.nora, "Ring skyssen")
    await held.world.write(held.nora, held.day(40))
    await held.world.press(held.nora, "Nobody else", "No", "No", "None of them")
    await held.world.write(held.nora, held.day(90))
    await held.world.press(held.nora, "We read it aloud. Send it now")
    found = await held.minutes()
    assert found.state is MinutesState.SENT
    assert [each.outcome for each in found.points] == [Outcome.NOTHING, Outcome.DECIDED, Outcome.NOTHING]
    assert found.points[1].words == "Skyss til skolen hver dag"
    assert found.points[1].tasks[0].owner == await held.who(held.solveig)
    assert (await held.table.meeting(held.meeting)).state is MeetingState.HELD


async def test_F15_whoever_writes_is_told_where_professionals_discuss_among_themselves(held: Held) -> None:
    await held.opens(held.nora)
    await held.world.press(held.nora, "Yes, these")
    where = held.world.municipality.profile.meetings.professional_talk
    hint = t("Do professionals need to discuss something among themselves? Do it here: {where}", where=where)
    assert await held.world.says(held.nora, hint, last=3)


async def test_G12_D08_a_next_date_or_a_reason_is_always_there(held: Held) -> None:
    with pytest.raises(Refused, match="next meeting"):
        await held.writes(next_on=None, why_not=None)
    with pytest.raises(Refused, match="later than"):
        await held.writes(next_on=held.today)
    await held.writes(next_on=None, why_not="Kari flytter.")
    assert (await held.minutes()).why_not == "Kari flytter."


async def test_G12_whoever_coordinates_is_nudged_until_there_is_a_date(held: Held) -> None:
    await held.writes(next_on=None, why_not="Ikke nå", then=Then.SEND)
    await held.world.turn(timedelta(days=30))
    assert await held.world.says(held.nora, t("Case {number}: there is no date for the next meeting yet.", number="1001"))
    held.nora.messages.clear()
    await held.table.calls(held.table.at(60))
    await held.world.turn(timedelta(days=28))
    assert not await held.world.says(held.nora, t("Case {number}: there is no date for the next meeting yet.", number="1001"))


async def test_I05_those_present_say_whether_it_is_right(held: Held) -> None:
    await held.writes(then=Then.ASK)
    for chat in (held.solveig, held.kari):
        assert await held.world.offers(chat, "Read and answer")
    await held.world.press(held.solveig, "Read and answer", "That is right")
    found = await held.minutes()
    assert found.confirmed == (await held.who(held.solveig),)
    await held.world.press(held.kari, "Read and answer", "That is not right")
    await held.world.write(held.kari, "Eg sa torsdag.")
    assert await held.world.says(held.nora, t("They wrote: {words}", words="Eg sa torsdag."), last=1)
    assert (await held.minutes()).state is MinutesState.READ_BACK, "the writer decides what to do"


async def test_I05_all_right_tells_the_writer_and_a_changed_text_is_asked_anew(held: Held) -> None:
    await held.writes(then=Then.ASK)
    found = await held.minutes()
    await held.does(held.solveig, MinutesRight(minutes=found.id, edition=found.edition))
    await held.writes(then=Then.ASK, edition=found.edition)
    now = await held.minutes()
    assert now.confirmed == ()
    with pytest.raises(Refused, match="changed"):
        await held.does(held.kari, MinutesRight(minutes=found.id, edition=found.edition))
    for chat in (held.solveig, held.kari):
        await held.does(chat, MinutesRight(minutes=now.id, edition=now.edition))
    await held.world.deliver()
    assert await held.world.says(held.nora, t("Case {number}: all say that the minutes are right. You can send them.", number="1001"))


async def test_I05_two_who_write_at_once_do_not_undo_each_other(held: Held) -> None:
    await held.writes()
    with pytest.raises(Refused):
        await held.writes(edition=None)
    with pytest.raises(Refused):
        await held.does(held.nora, FinishMinutes(minutes=(await held.minutes()).id, edition=7, then=Then.SEND))


async def test_I06_fixed_members_get_all_and_those_called_in_what_concerns_them(held: Held) -> None:
    await held.calls_in(held.table.members[1])
    trond = await held.who(held.trond)
    mine, other = held.point(0, "Skolen er med på noe."), held.point(1, "Noe helt annet.")
    await held.writes(points=(replace(mine, by=(trond,)), other), then=Then.SEND)
    theirs, all_of_it = (
        await held.table.look(held.trond, TheMinutes(held.meeting)),
        await held.table.look(held.solveig, TheMinutes(held.meeting)),
    )
    assert theirs is not None
    assert all_of_it is not None
    assert [each.words for each in theirs.points] == ["Skolen er med på noe."]
    assert theirs.part
    assert theirs.absent == ()
    assert [each.words for each in all_of_it.points] == ["Skolen er med på noe.", "Noe helt annet."]
    assert "Noe helt annet." not in held.trond.text()


async def test_I06_whoever_was_called_in_and_gave_nothing_gets_nothing(held: Held) -> None:
    await held.calls_in(held.table.members[1])
    before = len(held.trond.messages)
    await held.writes(then=Then.SEND)
    assert len(held.trond.messages) == before
    assert await held.table.look(held.trond, TheMinutes(held.meeting)) is None
    assert await held.table.look(held.trond, MinutesOfCase(FIRST)) == ()
    for outside in (held.table.town.nils, held.table.town.lars):
        assert await held.table.look(outside, TheMinutes(held.meeting)) is None


async def test_I06_a_task_of_ones_own_gives_that_point_and_only_ones_own_task(held: Held) -> None:
    await held.calls_in(held.table.members[1])
    trond, solveig = await held.who(held.trond), await held.who(held.solveig)
    due = held.today + timedelta(days=20)
    tasks = (Assigned(owner=trond, words="Ring BUP", due_on=due), Assigned(owner=solveig, words="Skriv brev", due_on=due))
    await held.writes(points=(replace(held.point(0, "Vi deler på det."), tasks=tasks),), then=Then.SEND)
    view = await held.table.look(held.trond, TheMinutes(held.meeting))
    assert view is not None
    assert [each.words for each in view.points[0].tasks] == ["Ring BUP"]


async def test_I06_E04_whoever_no_consent_covers_for_minutes_gets_none(held: Held) -> None:
    await held.sees(held.table.members[0], InfoKind.MEETINGS, InfoKind.CONTACT, InfoKind.TASKS)
    before = len(held.solveig.messages)
    await held.writes(then=Then.SEND)
    assert len(held.solveig.messages) == before
    assert await held.table.look(held.solveig, TheMinutes(held.meeting)) is None


async def test_I07_disagreement_is_written_as_such(held: Held) -> None:
    await held.writes(points=(replace(held.point(0, "Vi prøver."), disagreement="Skolen vil vente. BUP vil begynne nå."),), then=Then.SEND)
    await held.world.press(held.solveig, "Read the minutes")
    assert await held.world.says(
        held.solveig, t("The services see this differently: {words}", words="Skolen vil vente. BUP vil begynne nå.")
    )


async def test_I08_where_it_is_settled_before_it_does_not_stand_in_the_minutes(held: Held) -> None:
    profile = held.world.municipality.profile
    rules = replace(profile.meetings, disagreement=Disagreement.SETTLED_BEFORE)
    held.world.municipality = replace(held.world.municipality, profile=replace(profile, meetings=rules))
    sheet = await held.table.look(held.nora, TheRunSheet(held.meeting))
    assert sheet is not None
    assert not sheet.disagreement
    with pytest.raises(Refused, match="settle"):
        await held.writes(points=(replace(held.point(0, "Vi prøver."), disagreement="To syn."),))


async def test_F08_what_is_passed_on_becomes_the_coordinators_task(held: Held) -> None:
    point = replace(held.point(0, "Mer avlastning."), outcome=Outcome.PASSED_ON, to_whom="Tildelingskontoret")
    with pytest.raises(Refused, match="who it is passed on to"):
        await held.writes(points=(replace(point, to_whom=None),))
    await held.writes(points=(point,), then=Then.SEND)
    mine = await held.table.look(held.nora, MyTasks())
    assert "Tildelingskontoret: Mer avlastning." in [each.words for each in mine]


async def test_I09_done_archiving_is_kept_with_the_minutes(held: Held) -> None:
    await held.writes(then=Then.SEND)
    task = next(each for each in await held.table.look(held.nora, MyTasks()) if each.code == "archive")
    assert (await held.minutes()).archived_at is None
    await held.does(held.nora, TaskDone(task=task.task))
    assert (await held.minutes()).archived_at == held.world.clock.now()


async def test_I10_professionals_are_reminded_of_their_own_journals_after_two_days(held: Held) -> None:
    await held.writes(then=Then.SEND)
    at = (await held.table.meeting(held.meeting)).at
    text = t("Remember to note the meeting {time} in your own journal, where you have one.", time=at)
    await held.world.turn(timedelta(days=1))
    assert not await held.world.says(held.solveig, text)
    await held.world.turn(timedelta(days=4))
    assert await held.world.says(held.solveig, text)
    assert await held.world.says(held.nora, text)
    assert not await held.world.says(held.kari, text)
    assert not await held.world.says(held.trond, text), "Trond was not there"


async def test_I11_the_plan_is_brought_up_to_date_where_there_is_one(world: World) -> None:
    held = await Held.of(await Table.of(world))
    await held.writes(then=Then.SEND)
    assert "update_plan" not in [each.code for each in await held.table.look(held.nora, MyTasks())]
    await held.wants_a_plan()
    again = await held.again()
    await again.writes(then=Then.SEND)
    assert "update_plan" in [each.code for each in await held.table.look(held.nora, MyTasks())]


@pytest.mark.parametrize(("archive", "asked"), [(Archive.BY_HAND, True), (Archive.AUTOMATIC, False)])
async def test_T03_the_plan_is_archived_by_hand_before_it_changes_only_where_the_tool_does_not(
    world: World, archive: Archive, asked: bool
) -> None:
    profile = world.municipality.profile
    world.municipality = replace(world.municipality, profile=replace(profile, records=replace(profile.records, archive=archive)))
    held = await Held.of(await Table.of(world))
    await held.wants_a_plan()
    await held.writes(then=Then.SEND)
    codes = [each.code for each in await held.table.look(held.nora, MyTasks())]
    assert ("archive_plan" in codes) is asked
    assert "update_plan" in codes
    assert load_profile("heroy").records.archive is Archive.AUTOMATIC


async def test_I13_the_person_gets_plain_words_and_can_say_that_it_is_not_right(held: Held) -> None:
    await held.writes(points=(held.point(0, "Eg får skyss."),), then=Then.SEND)
    assert await held.world.offers(held.kari, "That is not right")
    await held.world.press(held.kari, "Read the minutes")
    assert await held.world.says(held.kari, t("We agreed: {words}", words="Eg får skyss."))
    await held.world.press(held.kari, "That is not right")
    await held.world.write(held.kari, "Berre på måndag.")
    assert await held.world.says(held.nora, t("They wrote: {words}", words="Berre på måndag."), last=1)
    found = await held.minutes()
    assert found.state is MinutesState.SENT
    assert found.objected == (await held.who(held.kari),)
    view = await held.table.look(held.nora, TheMinutes(held.meeting))
    assert view is not None
    assert [words for _, words in view.objections] == ["Berre på måndag."]
    others = await held.table.look(held.solveig, TheMinutes(held.meeting))
    assert others is not None
    assert others.objections == ()


async def test_I13_one_who_was_there_is_named_as_one(held: Held) -> None:
    await held.writes(then=Then.SEND)
    view = await held.table.look(held.kari, TheMinutes(held.meeting))
    assert view is not None
    for names, bokmal, nynorsk in ((("Nora",), "Nora var der.", "Nora var der."), (("Nora", "Kari"), "Disse var der: ", "Desse var der: ")):
        for language, said in ((Language.NB, bokmal), (Language.NN, nynorsk)):
            assert f". {said}" in held.world.municipality.words(next(plain(replace(view, present=names))), language, held.world.clock.now())


async def test_I13_the_button_under_the_notice_goes_straight_to_what_is_wrong(held: Held) -> None:
    await held.writes(then=Then.SEND)
    await held.world.press(held.kari, "That is not right", "I would rather talk")
    assert (await held.minutes()).objected == (await held.who(held.kari),)


async def test_I04_what_was_sent_is_never_changed(held: Held) -> None:
    await held.writes(then=Then.SEND)
    found = await held.minutes()
    with pytest.raises(Refused):
        await held.writes(edition=found.edition)

    def overwrite(tx: Tx) -> None:
        tx.execute("UPDATE minutes SET why_not = NULL, next_on = NULL")

    with pytest.raises(Exception, match="never changed"):
        await held.world.read(overwrite)


async def test_I04_whoever_does_not_write_cannot(held: Held) -> None:
    for other in (held.solveig, held.trond, held.kari, held.table.town.nils):
        with pytest.raises(Refused):
            await held.writes(by=other)


async def test_I01_a_member_named_as_writer_writes_while_a_consent_covers_them(world: World) -> None:
    table = await Table.of(world)
    solveig = await world.person(table.solveig)
    held = await Held.of(table, writer=solveig)
    await held.writes(by=held.solveig)
    assert (await held.minutes()).writer == solveig
    await held.sees(table.members[0], InfoKind.MEETINGS)
    with pytest.raises(Refused):
        await held.writes(by=held.solveig, edition=1)


async def test_I01_the_writer_is_nudged_after_three_and_seven_days_and_then_the_coordinator_too(world: World) -> None:
    table = await Table.of(world)
    held = await Held.of(table, writer=await world.person(table.solveig))
    at = (await table.meeting(held.meeting)).at
    text = t("Case {number}: the minutes of {time} are not sent yet.", number="1001", time=at)
    late = t("Case {number}: a week after {time} the minutes are not sent.", number="1001", time=at)
    await world.turn(timedelta(days=2))
    assert not await world.says(held.solveig, text)
    await world.turn(timedelta(days=3))
    assert await world.says(held.solveig, text)
    assert not await world.says(held.nora, late)
    await world.turn(timedelta(days=5))
    assert await world.says(held.nora, late)
    words = await world.words(held.solveig, text)
    assert sum(words in each.text for each in held.solveig.messages) == 2


async def test_F14_I14_words_of_health_money_and_family_ask_what_the_person_wants(held: Held) -> None:
    await held.opens(held.nora)
    await held.world.press(held.nora, "Yes, these", SECOND, "Done", "We decided something")
    await held.world.write(held.nora, "Han får ny medisin")
    assert await held.world.offers(held.nora, "No, I write it without")
    await held.world.press(held.nora, "No, I write it without")
    await held.world.write(held.nora, "Legen følger opp")
    assert await held.world.offers(held.nora, "Nobody")


@pytest.mark.parametrize("words", ["Ny diagnose", "medisinen", "har gjeld", "skilsmisse", "psykisk helse", "Uføretrygd"])
def test_F14_words_that_may_tell_too_much_are_seen(words: str) -> None:
    assert sensitive(words)


@pytest.mark.parametrize(
    "words", ["Skyss til skolen", "Møte om planen", "Lønnsomt", "Russ", "Skiltet ved døra", "Fysioterapi hver uke", ""]
)
def test_F14_plain_words_pass(words: str) -> None:
    assert not sensitive(words)


async def test_I09_T02_the_file_bears_whose_copy_it_is_and_holds_only_what_is_theirs(held: Held) -> None:
    await held.calls_in(held.table.members[1])
    trond = await held.who(held.trond)
    await held.writes(points=(replace(held.point(0, "Skolen."), by=(trond,)), held.point(1, "Annet.")), then=Then.SEND)
    which = (await held.minutes()).id
    for chat, words in ((held.trond, {"Skolen."}), (held.solveig, {"Skolen.", "Annet."}), (held.table.town.nils, None)):
        person = await held.who(chat)
        made = await held.world.read(lambda tx, who=person: minutes_documents.document(held.context(tx, who), FIRST, which))  # type: ignore[misc]
        if words is None:
            assert made is None
            continue
        assert made is not None
        told = {str(part.text.args.get("words")) for part in made.parts if hasattr(part, "text") and "words" in part.text.args}
        assert told == words
        assert made.marker is not None
        assert made.marker.msgid.startswith("Printed")
