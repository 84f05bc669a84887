"""Coming to a meeting: the invitation lacks nothing, one press is an answer, and who comes is seen at a glance.

Here: rows G03, G20, H01 and H03. Not here: the ways round for whoever cannot sit there (`test_ways_round`), e-mail (`test_mail`), when
reminders come (`tests.domain`), the page.
"""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.attendance import Reply
from bot.domain.attendance_commands import AnswerInvitation, Suits
from bot.domain.attendance_queries import AttendanceView, TheAttendance
from bot.domain.channel import AllowPractical
from bot.domain.choices import PrivacyLevel
from bot.domain.circle_commands import EndMembership
from bot.domain.desk_queries import ComingMeetings
from bot.domain.ids import MeetingId
from bot.domain.meeting_commands import CancelMeeting, ChangeMeeting
from bot.domain.meeting_queries import MyMeetings, TheMeeting
from bot.domain.meetings import Meeting, MeetingPlace, MeetingState
from bot.domain.refusal import Refused
from bot.engine.texts import Language, t
from bot.store import attendance, meetings, people
from bot.store.database import Tx
from bot.store.seal import Field, KeyOwner
from tests.requirements.circle_walks import SOLVEIG, TROND
from tests.requirements.conftest import MONDAY
from tests.requirements.meeting_walks import Table
from tests.requirements.walks import FIRST
from tests.world import Chat, World


@pytest.fixture
async def table(world: World) -> Table:
    return await Table.of(world)


async def who(table: Table, chat: Chat, meeting: MeetingId) -> AttendanceView:
    found = await table.look(chat, TheAttendance(meeting))
    assert isinstance(found, AttendanceView)
    return found


async def reply_of(table: Table, meeting: MeetingId, chat: Chat) -> Reply | None:
    """What the coordinator sees that somebody has answered."""
    person = await table.world.person(chat)
    return next(each.reply for each in (await who(table, table.nora, meeting)).replies if each.person == person)


# The invitation.


@pytest.mark.parametrize("where", [None, "", "  "])
async def test_G03_a_place_that_is_not_said_is_missing(table: Table, where: str | None) -> None:
    with pytest.raises(Refused, match="missing"):
        await table.plans(place=MeetingPlace.OTHER, where=where)
    meeting = await table.calls()
    with pytest.raises(Refused, match="missing"):
        await table.town.does(table.nora, ChangeMeeting(meeting=meeting, place=MeetingPlace.OTHER, where=where))
    assert (await table.meeting(meeting)).place is MeetingPlace.OFFICE


async def test_G03_a_member_without_an_address_is_named_and_nobody_is_called(world: World) -> None:
    table = await Table.of(world)
    solveig = table.members[0]
    meeting = await table.plans()
    await without_address(table)
    with pytest.raises(Refused) as refused:
        await table.agrees(meeting)
    assert SOLVEIG in await table.world.words(table.nora, refused.value.reason)
    assert (await table.meeting(meeting)).state is MeetingState.ASKED
    with pytest.raises(Refused, match="being planned"):
        await table.plans(members=(solveig,))


async def without_address(table: Table) -> None:
    """Solveig's e-mail address is gone, as if it had never been written down."""

    def work(tx: Tx) -> None:
        field, owner = Field("members", "about", table.members[0]), KeyOwner("case", FIRST)
        row = tx.one("SELECT about FROM members WHERE id = :id", id=table.members[0])
        assert row is not None
        about = json.loads(tx.open(field, owner, row["about"])) | {"email": None, "phone": None}
        tx.execute("UPDATE members SET about = :about WHERE id = :id", about=tx.seal(field, owner, json.dumps(about)), id=table.members[0])

    await table.world.read(work)


# Answers.


@pytest.mark.parametrize("reply", list(Reply))
async def test_H01_each_reply_is_kept_and_can_be_changed(table: Table, reply: Reply) -> None:
    meeting = await table.calls()
    other = Reply.COMING if reply is Reply.CANNOT else Reply.CANNOT
    for said in (reply, other, reply):
        await table.town.does(table.solveig, AnswerInvitation(meeting=meeting, reply=said))
        assert await reply_of(table, meeting, table.solveig) is said
    assert await reply_of(table, meeting, table.trond) is None, "nobody answers for another"


async def test_H01_whoever_called_it_comes_and_is_not_asked_but_can_say_no(table: Table) -> None:
    meeting = await table.calls()
    at, where = (await table.meeting(meeting)).at, t("at our office")
    asked = t("There is a meeting {time}, {where}. Can you come?", time=at, where=where)
    assert await table.world.says(table.solveig, asked)
    assert not await table.world.says(table.nora, asked)
    assert await reply_of(table, meeting, table.nora) is Reply.COMING
    await table.world.press(table.nora, "I cannot come")
    assert await reply_of(table, meeting, table.nora) is Reply.CANNOT
    await table.town.does(table.nora, ChangeMeeting(meeting=meeting, at=table.at(40)))
    await table.world.deliver()
    assert await reply_of(table, meeting, table.nora) is Reply.COMING, "the one who moves it comes to the new time"
    assert await reply_of(table, meeting, table.kari) is None


async def test_H01_one_press_is_an_answer_and_the_other_button_takes_it_back(table: Table) -> None:
    meeting = await table.calls()
    await table.world.press(table.solveig, "I come")
    assert await reply_of(table, meeting, table.solveig) is Reply.COMING
    await table.world.press(table.solveig, "I cannot come")
    assert await reply_of(table, meeting, table.solveig) is Reply.CANNOT


async def test_H01_an_old_button_works_three_weeks_later_after_a_restart_and_a_move(world: World, tmp_path: Path) -> None:
    table = await Table.of(world)
    meeting = await table.calls(table.at(60))
    old = table.world.button(table.solveig, await table.world.words(table.solveig, "I come"))
    await table.world.turn(timedelta(days=21))
    await table.town.does(table.nora, ChangeMeeting(meeting=meeting, at=table.at(45)))
    await restarted(world, tmp_path)
    await table.world.press_data(table.solveig, old)
    assert await reply_of(table, meeting, table.solveig) is Reply.COMING
    seq = (await table.meeting(meeting)).sequence
    given = await table.world.read(lambda tx: attendance.of_meeting(tx, require(tx, meeting)))
    person = await world.person(table.solveig)
    assert given[person].sequence == seq == 1, "the answer is to the meeting as it is today"
    assert table.solveig.toasts[-1] == await world.words(table.solveig, "Your answer is kept. You can change it until it begins.")


def require(tx: Tx, meeting: MeetingId) -> Meeting:
    found = meetings.find(tx, meeting)
    assert found is not None
    return found


async def restarted(world: World, folder: Path) -> None:
    """The bot ends and begins again on the same database."""
    await world.database.close()
    fresh = await World.open(folder / "samrad.db", start=world.clock.now())
    world.database, world.clock, world.municipality, world.intake = fresh.database, fresh.clock, fresh.municipality, fresh.intake


async def test_H01_once_it_has_begun_or_is_off_an_old_button_changes_nothing(table: Table) -> None:
    meeting = await table.calls()
    await table.town.does(table.solveig, AnswerInvitation(meeting=meeting, reply=Reply.COMING))
    await table.world.turn(timedelta(days=31))
    with pytest.raises(Refused, match="begun"):
        await table.town.does(table.solveig, AnswerInvitation(meeting=meeting, reply=Reply.CANNOT))
    assert await reply_of(table, meeting, table.solveig) is Reply.COMING
    off = await table.calls()
    await table.town.does(table.nora, CancelMeeting(meeting=off))
    for command in (AnswerInvitation(meeting=off, reply=Reply.COMING), Suits(meeting=off, yes=True)):
        with pytest.raises(Refused):
            await table.town.does(table.solveig, command)


async def test_H01_only_whoever_is_invited_and_may_still_know_answers(table: Table) -> None:
    meeting = await table.calls()
    for outside in (table.town.lars, table.town.kim, table.town.anne):
        with pytest.raises(Refused):
            await table.town.does(outside, AnswerInvitation(meeting=meeting, reply=Reply.COMING))
    await table.town.does(table.nora, EndMembership(member=table.members[0]))
    with pytest.raises(Refused):
        await table.town.does(table.solveig, AnswerInvitation(meeting=meeting, reply=Reply.COMING))
    assert await table.look(table.solveig, TheAttendance(meeting)) is None


async def test_H01_a_move_asks_anew_and_the_same_answer_may_be_given_again(table: Table) -> None:
    meeting = await table.calls()
    await table.town.does(table.solveig, AnswerInvitation(meeting=meeting, reply=Reply.COMING))
    await table.town.does(table.nora, ChangeMeeting(meeting=meeting, at=table.at(40)))
    assert await reply_of(table, meeting, table.solveig) is None
    await table.world.deliver()
    await table.world.press(table.solveig, "I come")
    assert await reply_of(table, meeting, table.solveig) is Reply.COMING
    await table.town.does(table.nora, ChangeMeeting(meeting=meeting, codes=("goals",), lines=()))
    assert await reply_of(table, meeting, table.solveig) is Reply.COMING, "another agenda asks nobody anew"


async def test_H01_all_of_it_in_the_conversation_with_a_reason_only_the_coordinator_reads(table: Table) -> None:
    await table.calls()
    await table.world.press(table.solveig, "Read all of it, or answer otherwise", "I cannot come")
    await table.world.write(table.solveig, "Kurs i Bergen")
    meeting = table.called[0]
    reasons = {
        chat.account: [each.words for each in (await who(table, chat, meeting)).replies if each.words]
        for chat in (table.nora, table.solveig, table.trond, table.kari)
    }
    assert reasons == {
        table.nora.account: ["Kurs i Bergen"],
        table.solveig.account: ["Kurs i Bergen"],
        table.trond.account: [],
        table.kari.account: [],
    }
    assert not await table.world.says(table.trond, "Kurs i Bergen")


async def test_H01_G07_whoever_said_yes_to_the_one_time_is_not_asked_again_and_can_change_it(table: Table) -> None:
    meeting = await table.calls()
    at = (await table.meeting(meeting)).at
    assert await reply_of(table, meeting, table.kari) is Reply.COMING
    assert not await table.world.says(table.kari, t("There is a meeting {time}, {where}. Can you come?", time=at, where=t("at our office")))
    assert await table.world.says(
        table.kari, t("You have said yes to the meeting {time}, {where}.", time=at, where=t("at our office")), last=1
    )
    assert "gruppa" in table.kari.last.text, "how groups work is handed out with it (F02)"
    await table.world.press(table.kari, "I cannot come")
    assert await reply_of(table, meeting, table.kari) is Reply.CANNOT


async def test_H01_the_coordinator_is_told_of_a_change_of_mind_as_what_it_is(table: Table) -> None:
    meeting = await table.calls()
    at = (await table.meeting(meeting)).at
    about = {"number": "1001", "name": SOLVEIG, "time": at}
    told = {
        Reply.COMING: t("Case {number}: {name} comes to the meeting {time} after all.", **about),
        Reply.MAYBE: t("Case {number}: {name} no longer knows whether to come to the meeting {time}.", **about),
        Reply.CANNOT: t("Case {number}: {name} cannot come to the meeting {time} after all.", **about),
        Reply.SOMEONE_ELSE: t("Case {number}: {name} sends somebody else to the meeting {time}.", **about),
    }
    for said, heard in (
        (Reply.COMING, None),
        (Reply.MAYBE, Reply.MAYBE),
        (Reply.BY_VIDEO, Reply.COMING),
        (Reply.CANNOT, Reply.CANNOT),
        (Reply.SOMEONE_ELSE, Reply.SOMEONE_ELSE),
    ):
        table.nora.messages.clear()
        await table.world.turn(timedelta(minutes=1))
        await table.town.does(table.solveig, AnswerInvitation(meeting=meeting, reply=said, words="Vikar"))
        await table.world.deliver()
        assert [reply for reply, words in told.items() if await table.world.says(table.nora, words)] == ([heard] if heard else [])


async def test_H01_somebody_else_comes_with_name_and_title(table: Table) -> None:
    meeting = await table.calls()
    await table.world.press(table.trond, "Read all of it, or answer otherwise", "Someone comes instead of me")
    await table.world.write(table.trond, "Vikar Prøve, lærer")
    (found,) = [each for each in (await who(table, table.nora, meeting)).replies if each.reply is Reply.SOMEONE_ELSE]
    assert (found.name, found.words) == (TROND, "Vikar Prøve, lærer")


async def test_H01_what_one_said_can_be_kept_or_changed_from_my_meetings(table: Table) -> None:
    meeting = await table.calls()
    await table.town.does(table.solveig, AnswerInvitation(meeting=meeting, reply=Reply.MAYBE))
    await table.world.write(table.solveig, "/moter")
    assert await table.world.says(table.solveig, t("Your answer now: {reply}", reply=t("I do not know yet")), last=1)
    await table.world.press(table.solveig, table.solveig.last.labels[0], "I take part by video")
    assert await reply_of(table, meeting, table.solveig) is Reply.BY_VIDEO


async def test_H01_whoever_has_no_meeting_is_told_so(table: Table) -> None:
    await table.world.write(table.town.kim, "/moter")
    assert await table.world.says(table.town.kim, "There is no meeting for you to come to now.", last=1)


@pytest.mark.parametrize(("label", "reply"), [("It suits me", Reply.COMING), ("It does not suit me", Reply.CANNOT)])
async def test_H01_where_the_chat_may_say_no_more_one_answers_by_number(tmp_path: Path, label: str, reply: Reply) -> None:
    table = await at_level(tmp_path, PrivacyLevel.NOTICE)
    meeting = await table.calls()
    told = "\n".join(message.text for message in table.solveig.messages)
    assert "1001" in table.solveig.last.text
    for secret in ("møte", "Rådhuset", "Kari", "kl. 10", "kontor"):
        assert secret.casefold() not in told.casefold()
    await table.world.press(table.solveig, label)
    assert await noted(table, meeting, table.solveig) is reply
    await table.world.database.close()


async def test_H01_at_level_practical_time_and_place_pass_for_those_who_said_yes(tmp_path: Path) -> None:
    table = await at_level(tmp_path, PrivacyLevel.PRACTICAL)
    await table.town.does(table.solveig, AllowPractical(yes=True))
    meeting = await table.calls()
    at = (await table.meeting(meeting)).at
    said = t("There is a meeting {time}, {where}. Can you come?", time=at, where=t("at our office"))
    assert await table.world.says(table.solveig, said, last=1)
    assert "Rådhuset" not in table.solveig.text(), "an address is somebody's words"
    await table.world.database.close()


async def at_level(folder: Path, level: PrivacyLevel) -> Table:
    """The same table in a municipality at another level, as it was made up to this day at `full`."""
    world = await World.open(folder / "level.db", start=MONDAY, page_url="https://samrad.solvik.example")
    table = await Table.of(world)
    world.municipality = replace(world.municipality, level=level)
    world.intake = type(world.intake)(world.database, world.municipality)
    for chat in (table.solveig, table.trond, table.kari, table.nora):
        chat.messages.clear()
    return table


async def noted(table: Table, meeting: MeetingId, chat: Chat) -> Reply | None:
    person = await table.world.person(chat)
    given = await table.world.read(lambda tx: attendance.of_meeting(tx, require(tx, meeting)))
    return given[person].reply if person in given else None


# The overview.


async def test_H03_G20_the_overview_is_there_in_words_and_as_a_picture_each_in_their_own_language(table: Table) -> None:
    await in_nynorsk(table, table.trond)
    meeting = await table.calls()
    await table.world.press(table.trond, "I come")
    await table.world.press(table.solveig, "I cannot come")
    await table.world.press(table.nora, "Open the meeting")
    shown = next(message.text for message in reversed(table.nora.messages) if "■" in message.text)
    assert "■■■■" in shown
    assert await table.world.words(table.nora, t("{bar} {answered} of {all} have answered.", bar="■■■■", answered=4, all=4)) in shown
    assert f"{TROND}: kommer" in shown
    assert f"{SOLVEIG}: kan ikke komme" in shown
    await table.world.press(table.trond, "Read all of it, or answer otherwise")
    theirs = table.trond.text()
    assert f"{SOLVEIG}: kan ikkje kome" in theirs
    assert f"{SOLVEIG}: kan ikke komme" not in theirs
    assert (await table.meeting(meeting)).state is MeetingState.CALLED


async def in_nynorsk(table: Table, chat: Chat) -> None:
    person = await table.world.person(chat)
    await table.world.read(lambda tx: people.set_language(tx, person, Language.NN))


async def test_G20_one_invitation_in_two_languages_holds_the_same_facts(table: Table) -> None:
    await in_nynorsk(table, table.trond)
    meeting = await table.calls()
    at = (await table.meeting(meeting)).at
    told = t("There is a meeting {time}, {where}. Can you come?", time=at, where=t("at our office"))
    nb, nn = await table.world.words(table.solveig, told), await table.world.words(table.trond, told)
    assert nb != nn
    assert nb in table.solveig.last.text
    assert nn in table.trond.last.text


async def test_H03_everybody_has_answered_is_told_once(table: Table) -> None:
    meeting = await table.calls()
    for chat in (table.solveig, table.trond, table.kari, table.nora):
        await table.town.does(chat, AnswerInvitation(meeting=meeting, reply=Reply.COMING))
    await table.town.does(table.trond, AnswerInvitation(meeting=meeting, reply=Reply.MAYBE))
    await table.world.deliver()
    at = (await table.meeting(meeting)).at
    done = t(
        "Case {number}: everybody has answered about the meeting {time}. {coming} of {all} come.", number="1001", time=at, coming=4, all=4
    )
    words = await table.world.words(table.nora, done)
    assert sum(words in message.text for message in table.nora.messages) == 1


async def test_H03_the_desk_lists_the_meetings_that_are_mine_to_see(table: Table) -> None:
    meeting = await table.calls()
    assert [each.meeting for each in await table.look(table.nora, ComingMeetings())] == [meeting]
    assert [each.meeting for each in await table.look(table.town.anne, ComingMeetings())] == [meeting]
    for other in (table.town.kim, table.town.lars, table.solveig, table.kari):
        assert await table.look(other, ComingMeetings()) == ()
    assert [each.meeting for each in await table.look(table.solveig, MyMeetings())] == [meeting]


async def test_G19_a_meeting_that_is_off_is_still_found_as_off_by_those_who_were_called(table: Table) -> None:
    meeting = await table.calls()
    planned = await table.plans(table.at(50))
    await table.town.does(table.nora, CancelMeeting(meeting=meeting))
    await table.town.does(table.nora, CancelMeeting(meeting=planned))
    off = await table.look(table.solveig, TheMeeting(meeting))
    assert off is not None
    assert off.state is MeetingState.CANCELLED
    assert await table.look(table.solveig, TheMeeting(planned)) is None, "a plan was never theirs"
