"""The ways round for whoever cannot sit in a meeting: two who meet the person, a colleague, a written note, yes or no beforehand.

Here: rows H04, H05, H08, H10 and J01 to J06. Not here: answers as such (`test_attending`). Source: Lund § 11.4, Alternativ organisering and
Gruppens funksjon.
"""

from datetime import timedelta

import pytest

from bot.domain.attendance import Reply
from bot.domain.attendance_commands import AnswerInvitation, AskInstead, ChooseTwo, DecideMeasure, NoteMet, NoteReply, PutMeasures
from bot.domain.circle_commands import EndMembership
from bot.domain.consent import InfoKind
from bot.domain.ids import MeetingId, PersonId
from bot.domain.meetings import MeetingState
from bot.domain.refusal import Refused
from bot.engine.texts import t
from bot.services import attendance as service
from bot.services.municipality import Context
from bot.store import attendance, meetings
from bot.store.database import Tx
from tests.requirements.circle_walks import SOLVEIG, TROND
from tests.requirements.meeting_walks import Table
from tests.requirements.test_attending import reply_of, require, who
from tests.world import Chat, World


@pytest.fixture
async def table(world: World) -> Table:
    return await Table.of(world)


async def two(table: Table, meeting: MeetingId, by: Chat | None = None) -> None:
    await table.town.does(by or table.kari, ChooseTwo(meeting=meeting, members=table.members))
    await table.world.deliver()


# Somebody needed cannot, and answers by phone.


async def test_H04_when_somebody_needed_cannot_the_coordinator_is_asked_what_to_do(table: Table) -> None:
    meeting = await table.calls(needed=(table.members[0],))
    await table.town.does(table.trond, AnswerInvitation(meeting=meeting, reply=Reply.CANNOT))
    await table.town.does(table.solveig, AnswerInvitation(meeting=meeting, reply=Reply.CANNOT, words="Kurs"))
    await table.world.deliver()
    assert not await table.world.says(table.nora, f"{TROND} kan ikke komme på møtet")
    assert any(SOLVEIG in message.text and "Kurs" in message.text for message in table.nora.messages[-2:])
    await table.world.press(table.nora, "Open the meeting", "Ask for someone else, or a note", SOLVEIG, "A colleague comes instead")
    at = (await table.meeting(meeting)).at
    asked = t("You cannot come to the meeting {time}, case {number}. Can a colleague come instead?", time=at, number="1001")
    assert await table.world.says(table.solveig, asked, last=1)
    await table.world.press(table.nora, "Open the meeting", "Ask for someone else, or a note", SOLVEIG, "A written note before the meeting")
    note = t("You cannot come to the meeting {time}, case {number}. Can you send us a written note before it?", time=at, number="1001")
    assert await table.world.says(table.solveig, note, last=1)
    await table.world.press(table.nora, "Open the meeting", "Change it", "The time")


async def test_H04_nobody_is_asked_for_someone_else_without_a_consent(table: Table) -> None:
    meeting = await table.calls(needed=(table.members[0],))
    person = await table.world.person(table.solveig)
    await table.town.does(table.solveig, AnswerInvitation(meeting=meeting, reply=Reply.CANNOT))
    await table.town.does(table.nora, EndMembership(member=table.members[0]))
    await table.world.deliver()
    before = len(table.solveig.messages)
    await table.town.does(table.nora, AskInstead(meeting=meeting, person=person, written=False))
    await table.world.deliver()
    assert len(table.solveig.messages) == before
    with pytest.raises(Refused):
        await table.town.does(table.solveig, AskInstead(meeting=meeting, person=person, written=False))


async def test_H08_the_coordinator_notes_what_somebody_said_by_phone(table: Table) -> None:
    meeting = await table.calls()
    await table.world.press(table.nora, "Open the meeting", "Note an answer")
    label = next(each for each in table.nora.last.labels if TROND in each)
    await table.world.press_data(table.nora, table.world.button(table.nora, label))
    await table.world.press(table.nora, "Takes part by video")
    assert await reply_of(table, meeting, table.trond) is Reply.BY_VIDEO
    given = await table.world.read(lambda tx: attendance.of_meeting(tx, require(tx, meeting)))
    assert given[await table.world.person(table.trond)].by_phone
    for other in (table.solveig, table.kari, table.town.lars):
        with pytest.raises(Refused):
            await table.town.does(other, NoteReply(meeting=meeting, person=await table.world.person(table.trond), reply=Reply.CANNOT))


async def test_H10_the_list_for_the_minutes_says_who_was_to_be_there_and_what_they_said(table: Table) -> None:
    meeting = await table.calls()
    await table.town.does(table.solveig, AnswerInvitation(meeting=meeting, reply=Reply.COMING))
    await table.town.does(table.trond, AnswerInvitation(meeting=meeting, reply=Reply.SOMEONE_ELSE, words="Vikar Prøve, lærer"))

    def work(tx: Tx) -> tuple[service.Attended, ...]:
        context = Context(tx=tx, municipality=table.world.municipality, actor=PersonId(0))
        return service.list_for_minutes(context, require(tx, meeting))

    found = await table.world.read(work)
    assert len(found) == 4
    by_name = {await table.world.words(table.nora, each.name): each for each in found}
    assert (by_name[SOLVEIG].title, by_name[SOLVEIG].reply, by_name[SOLVEIG].comes) == ("Psykolog", Reply.COMING, True)
    assert (by_name[TROND].service, by_name[TROND].instead, by_name[TROND].comes) == ("Skolen", "Vikar Prøve, lærer", True)
    assert all(each.reply is not None for each in found), "Kari has said yes to it, and Nora has called it"


async def test_H10_who_has_not_answered_does_not_count_as_there(table: Table) -> None:
    meeting = await table.calls()
    found = await table.world.read(
        lambda tx: service.list_for_minutes(Context(tx=tx, municipality=table.world.municipality, actor=PersonId(0)), require(tx, meeting))
    )
    assert [each.comes for each in found if each.reply is None] == [False, False]


# The recipient cannot, or does not want to, sit there.


async def test_H05_a_person_who_cannot_come_is_offered_two_who_meet_them(table: Table) -> None:
    meeting = await table.calls()
    await table.world.press(table.kari, "I cannot come")
    at = (await table.meeting(meeting)).at
    offer = t("You cannot come to the meeting {time}. Do you want two of those who come to meet you before and after?", time=at)
    assert await table.world.says(table.kari, offer, last=1)
    await table.world.press(table.kari, "Choose two", "I do not want to sit in the meeting", SOLVEIG, TROND)
    assert {each.name for each in (await who(table, table.kari, meeting)).between} == {SOLVEIG, TROND}


async def test_J01_two_of_those_who_come_meet_the_person_and_are_told(table: Table) -> None:
    meeting = await table.calls()
    await two(table, meeting)
    at = (await table.meeting(meeting)).at
    asked = t("The person asks you to meet before and after the meeting {time}, in case {number}.", time=at, number="1001")
    for chat in (table.solveig, table.trond):
        assert await table.world.says(chat, asked, last=1)
    told = t(
        "Case {number}: the person does not sit in the meeting. {names} meet the person before and after.",
        number="1001",
        names=[SOLVEIG, TROND],
    )
    assert await table.world.says(table.nora, told, last=1)
    assert await reply_of(table, meeting, table.kari) is Reply.CANNOT, "nobody asks the person again whether they come"


async def test_J01_it_is_the_person_who_chooses_and_only_among_those_who_come(table: Table) -> None:
    meeting = await table.calls()
    solveig, trond = table.members
    for other in (table.solveig, table.town.lars, table.town.kim):
        with pytest.raises(Refused):
            await two(table, meeting, by=other)
    for wrong in ((solveig,), (solveig, solveig)):
        with pytest.raises(Refused, match="two"):
            await table.town.does(table.kari, ChooseTwo(meeting=meeting, members=wrong))
    third = await table.around.add("Tredje Prøve", service=None, service_words="Klubben")
    with pytest.raises(Refused, match="two"):
        await table.town.does(table.kari, ChooseTwo(meeting=meeting, members=(trond, third)))


async def test_J02_they_meet_before_and_after_and_after_cannot_be_noted_before(table: Table) -> None:
    meeting = await table.calls()
    await two(table, meeting)
    solveig, trond = table.members
    with pytest.raises(Refused):
        await table.town.does(table.solveig, NoteMet(meeting=meeting, member=solveig, after=True))
    await table.town.does(table.solveig, NoteMet(meeting=meeting, member=solveig, after=False))
    with pytest.raises(Refused):
        await table.town.does(table.solveig, NoteMet(meeting=meeting, member=trond, after=False))
    await table.world.turn(timedelta(days=30, hours=3))
    with pytest.raises(Refused):
        await table.town.does(table.solveig, NoteMet(meeting=meeting, member=solveig, after=False))
    await table.town.does(table.solveig, NoteMet(meeting=meeting, member=solveig, after=True))
    met = {each.name: (each.met_before, each.met_after) for each in (await who(table, table.nora, meeting)).between}
    assert met == {SOLVEIG: (True, True), TROND: (False, False)}


async def test_J02_within_seven_days_whoever_has_not_noted_it_is_reminded(table: Table) -> None:
    meeting = await table.calls()
    await two(table, meeting)
    await table.world.turn(timedelta(days=30, hours=3))
    await table.town.does(table.solveig, NoteMet(meeting=meeting, member=table.members[0], after=True))
    await table.world.read(lambda tx: meetings.move(tx, require(tx, meeting), MeetingState.HELD))
    await table.world.turn(timedelta(days=8))
    asked = t("Have you met the person after the meeting? Case {number}.", number="1001")
    assert await table.world.says(table.trond, asked)
    assert not await table.world.says(table.solveig, asked)
    await table.world.press(table.trond, "Note it")
    assert (await table.meeting(meeting)).at is not None


async def test_J03_those_who_come_are_reminded_to_speak_as_if_the_person_were_there(table: Table) -> None:
    await table.calls()
    await two(table, table.called[0])
    line = "Speak as if the person were there. Whoever leads the meeting answers for that."
    await table.world.press(table.nora, "Open the meeting")
    assert await table.world.says(table.nora, line, last=4)
    await table.world.press(table.trond, "Open the meeting")
    assert await table.world.says(table.trond, line, last=4)


async def test_J04_J05_each_proposal_gets_its_yes_or_no_and_silence_is_no_yes(table: Table) -> None:
    meeting = await table.calls()
    await table.world.press(table.nora, "Open the meeting", "Put proposals to the person")
    await table.world.write(table.nora, "Mer hjelp til lekser\nNy skyss\nEn ny avtale")
    await table.world.press(table.nora, "Yes, this is right")
    at = (await table.meeting(meeting)).at
    asked = t("Before the meeting {time} we need your yes or no to what is proposed. No answer is not a yes.", time=at)
    assert await table.world.says(table.kari, asked, last=1)
    await table.world.press(table.kari, "Read and answer", "I come", "Yes", "No", "I want to talk about it first")
    answers = {each.words: each.yes for each in (await who(table, table.nora, meeting)).measures}
    assert answers == {"Mer hjelp til lekser": True, "Ny skyss": False, "En ny avtale": None}
    assert (await who(table, table.solveig, meeting)).measures == (), "what the person answers is between them and the coordinator"
    table.nora.messages.clear()
    await table.world.turn(timedelta(days=28))
    await table.world.press(table.nora, "Open the meeting")
    assert await table.world.says(table.nora, t("– {words}: waits for an answer", words="En ny avtale"))
    assert await table.world.says(table.nora, t("– {words}: no", words="Ny skyss"))
    phone = "please phone the person"
    assert phone not in table.nora.text(), "the coordinator reads it in their own language"
    assert "Ring personen" in table.nora.text()


async def test_J04_only_the_persons_side_or_whoever_notes_it_decides_and_only_in_its_own_meeting(table: Table) -> None:
    meeting = await table.calls()
    await table.town.does(table.nora, PutMeasures(meeting=meeting, measures=("Ny skyss",)))
    (measure,) = (await who(table, table.nora, meeting)).measures
    for other in (table.solveig, table.trond, table.town.lars):
        with pytest.raises(Refused):
            await table.town.does(other, DecideMeasure(meeting=meeting, measure=measure.measure, yes=True))
        with pytest.raises(Refused):
            await table.town.does(other, PutMeasures(meeting=meeting, measures=("Noe annet",)))
    later = await table.calls(table.at(50))
    with pytest.raises(Refused):
        await table.town.does(table.kari, DecideMeasure(meeting=later, measure=measure.measure, yes=True))
    await table.town.does(table.kari, DecideMeasure(meeting=meeting, measure=measure.measure, yes=False))
    await table.town.does(table.kari, DecideMeasure(meeting=meeting, measure=measure.measure, yes=True))
    assert [each.yes for each in (await who(table, table.nora, meeting)).measures] == [True]


async def test_J06_when_one_of_the_two_cannot_the_person_chooses_another(table: Table) -> None:
    third = await table.around.add("Tredje Prøve", service=None, service_words="Klubben")
    shared = (InfoKind.MEETINGS, InfoKind.CONTACT)
    await table.around.consent(dict.fromkeys((*table.members, third), shared))
    chat = await table.around.joined(third)
    meeting = await table.calls(members=(*table.members, third))
    solveig, trond = table.members
    await two(table, meeting)
    await table.town.does(table.solveig, AnswerInvitation(meeting=meeting, reply=Reply.CANNOT))
    await table.world.deliver()
    at = (await table.meeting(meeting)).at
    another = t("One of the two who were to meet you cannot come to the meeting {time}. Please choose another.", time=at)
    assert await table.world.says(table.kari, another, last=1)
    before = len(table.trond.messages)
    await table.town.does(table.kari, ChooseTwo(meeting=meeting, members=(trond, third)))
    await table.world.deliver()
    assert {each.member for each in (await who(table, table.kari, meeting)).between} == {trond, third}
    assert len(table.trond.messages) == before, "whoever was asked already is not asked again"
    asked = t("The person asks you to meet before and after the meeting {time}, in case {number}.", time=at, number="1001")
    assert await table.world.says(chat, asked, last=1)
    with pytest.raises(Refused):
        await table.town.does(table.solveig, NoteMet(meeting=meeting, member=solveig, after=False))
