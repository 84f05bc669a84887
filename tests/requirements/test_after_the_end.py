"""Towards the end of a case and after it: whether it is still needed, taking over oneself, services that still meet, the archive.

Here: rows P07, P09, P10 and P11, and that everything ends with a case however it ends. Not here: the end itself (`test_closing`).
"""

from datetime import timedelta

import pytest

from bot.domain.archiving import Archive, TheArchive
from bot.domain.cases import AssignmentState, CaseState, TaskKind
from bot.domain.closing import CloseCase, ProposeClosing, Reopen, WhyClosed
from bot.domain.commands import FinishTask, Withdraw
from bot.domain.consent_commands import StopSharing
from bot.domain.documents import Lines
from bot.domain.group_commands import DissolveGroup, NoteEvaluated, SetUpGroup
from bot.domain.groups import Dissolved
from bot.domain.meetings import MeetingKind, MeetingState
from bot.domain.own_pack import MEETINGS, OwnPackView, TheOwnPack
from bot.domain.refusal import Refused
from bot.engine.texts import Language, t
from bot.services import own_pack, retention
from bot.services.municipality import Context
from bot.store import consents, member_tasks, members, purging, tasks
from bot.store.database import Tx
from tests.requirements.meeting_walks import SOLVEIG, TROND, Table
from tests.requirements.walks import FIRST
from tests.world import World

STILL = t("Do you still need a coordinator? We ask now and then. If you do, you need not answer. Case {number}.", number="1001")
A_YEAR = timedelta(days=367)


@pytest.fixture
async def table(world: World) -> Table:
    return await Table.of(world)


async def closes(table: Table) -> None:
    await table.town.does(table.kari, ProposeClosing(case=FIRST, why=WhyClosed.NOT_WANTED))
    await table.town.does(table.nora, CloseCase(case=FIRST))
    await table.world.deliver()


async def test_P07_when_a_group_has_ended_the_coordinator_is_asked_to_get_permission_for_what_still_needs_a_meeting(table: Table) -> None:
    await table.town.does(table.nora, SetUpGroup(case=FIRST, purpose="Se til at alt henger sammen"))
    await table.town.does(table.nora, NoteEvaluated(case=FIRST, on=table.around.today))
    await table.town.does(table.nora, DissolveGroup(case=FIRST, why=Dissolved.NO_NEED))
    await table.world.deliver()
    ask = t("Case {number}: the group has ended. If services are still to meet, ask the person for consent to that.", number="1001")
    assert await table.world.says(table.nora, ask, last=1)
    await table.town.does(table.kari, StopSharing(case=FIRST))
    with pytest.raises(Refused):
        await table.plans()


async def test_P09_the_person_gets_contacts_and_dates_to_keep_track_alone(table: Table) -> None:
    await table.calls(table.at(20))
    pack = await table.look(table.kari, TheOwnPack(FIRST))
    assert pack is not None
    assert [each.name for each in pack.contacts][:3] == ["Nora Prøve", TROND, SOLVEIG]
    assert pack.contacts[-1].phone is not None, "whom to phone stands there too"
    assert pack.meetings == ((table.at(20), MEETINGS[MeetingKind.GROUP]),), "and what will happen then"
    assert "solveig" not in repr(pack).lower().replace(SOLVEIG.lower(), ""), "no e-mail address of anybody"


async def test_P09_the_pack_can_be_had_after_the_end_too_and_by_the_person_alone(table: Table) -> None:
    await closes(table)
    pack = await table.look(table.kari, TheOwnPack(FIRST))
    assert isinstance(pack, OwnPackView)
    assert SOLVEIG in [each.name for each in pack.contacts]
    for other in (table.solveig, table.nora, table.town.lars, table.town.nils):
        assert await table.look(other, TheOwnPack(FIRST)) is None


async def test_P09_what_the_services_settle_among_themselves_is_none_of_the_persons_days(table: Table) -> None:
    meeting = await table.calls(table.at(20))
    pack = await table.look(table.kari, TheOwnPack(FIRST))
    assert pack is not None
    assert len(pack.meetings) == 1
    await table.world.read(lambda tx: tx.execute("DELETE FROM meeting_people WHERE meeting = :id AND part = 'recipient'", id=meeting))
    pack = await table.look(table.kari, TheOwnPack(FIRST))
    assert pack is not None
    assert pack.meetings == ()


async def test_P09_it_is_a_paper_too(table: Table) -> None:
    person = await table.world.person(table.kari)

    def paper(tx: Tx) -> list[str]:
        found = own_pack.document(Context(tx=tx, municipality=table.world.municipality, actor=person), FIRST)
        assert found is not None
        (contacts,) = [part for part in found.parts if isinstance(part, Lines)]
        return [table.world.municipality.words(line.label, Language.NB, tx.now) for line in contacts.lines]

    assert (await table.world.read(paper))[:3] == ["Nora Prøve", TROND, SOLVEIG]


async def test_P10_the_person_is_asked_each_year_and_silence_ends_nothing(table: Table) -> None:
    for _ in range(2):
        before = len(table.kari.messages)
        await table.world.turn(A_YEAR)
        asked = [each for each in table.kari.messages[before:] if "1001" in each.text and await is_still(table, each.text)]
        assert len(asked) == 1
    assert (await table.town.case()).state is CaseState.ACTIVE


async def is_still(table: Table, text: str) -> bool:
    return text.startswith(await table.world.words(table.kari, STILL))


async def test_P10_one_press_is_enough_to_say_that_it_is_time(table: Table) -> None:
    await table.world.turn(A_YEAR)
    await table.world.press(table.kari, "I do not need it any more", "I do not want it any more", "Nothing to add", "Yes")
    await table.town.does(table.nora, CloseCase(case=FIRST))
    assert (await table.town.case()).state is CaseState.CLOSED


async def test_P10_while_it_is_being_asked_it_is_not_asked_again_and_whoever_asked_hears_of_silence(table: Table) -> None:
    await table.world.turn(timedelta(days=350))
    await table.town.does(table.nora, ProposeClosing(case=FIRST, why=WhyClosed.NOT_NEEDED))
    before = len(table.kari.messages)
    await table.world.turn(timedelta(days=30))
    assert not [each for each in table.kari.messages[before:] if await is_still(table, each.text)]
    words = t("Case {number}: the person has not answered whether it can end. Talk about it. No answer is not a yes.", number="1001")
    assert await table.world.says(table.nora, words)


async def items(table: Table) -> list[str]:
    return [each.id for each in table.world.municipality.profile.checklists.archiving]


async def test_P11_the_unit_goes_through_a_list_and_the_task_is_done_with_the_last_thing(table: Table) -> None:
    await closes(table)
    view = await table.look(table.town.anne, TheArchive(FIRST))
    assert view is not None
    assert view.by is not None
    first, *rest = await items(table)
    for other in (table.nora, table.kari, table.town.lars):
        with pytest.raises(Refused):
            await table.town.does(other, Archive(case=FIRST, item=first))
    await table.town.does(table.town.anne, Archive(case=FIRST, item=first))
    assert TaskKind.ARCHIVE in await table.town.to_do()
    with pytest.raises(Refused, match="no longer on the list"):
        await table.town.does(table.town.anne, Archive(case=FIRST, item="something_else"))
    for item in rest:
        await table.town.does(table.town.anne, Archive(case=FIRST, item=item))
    assert TaskKind.ARCHIVE not in await table.town.to_do()


async def test_P11_the_clock_to_deletion_runs_only_when_the_list_is_done_and_the_case_handed_over(table: Table) -> None:
    await closes(table)

    def hand_over(tx: Tx) -> None:
        purging.record_export(tx, FIRST, "0" * 64)

    await table.world.read(hand_over)
    await table.world.turn(timedelta(days=60))
    assert await table.world.read(retention.destroy_cases) == [], "the list is not done"
    for item in await items(table):
        await table.town.does(table.town.anne, Archive(case=FIRST, item=item))
    for task in await table.world.read(lambda tx: [each.id for each in tasks.of_case(tx, FIRST)]):
        await table.town.does(table.town.anne, FinishTask(task=task, words=None))
    await table.world.read(hand_over)
    assert await table.world.read(retention.destroy_cases) == []
    await table.world.turn(timedelta(days=31))
    assert await table.world.read(retention.destroy_cases) == [1001]


async def test_P11_a_late_archive_is_told_to_the_unit_once(table: Table) -> None:
    await closes(table)
    await table.world.turn(timedelta(days=40))
    late = await table.world.words(table.town.anne, t("Case {number} has ended, and is not archived yet.", number="1001"))
    assert len([each for each in table.town.anne.messages if each.text.startswith(late)]) == 1


async def test_P08_beginning_again_ends_the_archive_and_the_list_is_new_the_next_time(table: Table) -> None:
    await closes(table)
    first = (await items(table))[0]
    await table.town.does(table.town.anne, Archive(case=FIRST, item=first))
    await table.town.does(table.kari, Reopen(case=FIRST))
    assert await table.town.to_do() == {TaskKind.CLARIFY}
    assert await table.town.rows("SELECT * FROM archive_steps") == []


async def test_P05_what_ends_with_a_case_ends_however_it_ends(table: Table) -> None:
    meeting = await table.calls()
    nora, owner = await table.world.person(table.nora), await table.world.person(table.solveig)

    def give(tx: Tx) -> int:
        return member_tasks.add(tx, FIRST, owner=owner, words="Sende rapporten", due_on=table.around.today, by=nora)

    await table.world.read(give)
    await table.town.does(table.kari, Withdraw(case=FIRST, reason=None))
    await table.world.deliver()
    assert (await table.meeting(meeting)).state is MeetingState.CANCELLED

    def left(tx: Tx) -> tuple[int, int, int]:
        still = [each for each in member_tasks.of_case(tx, FIRST) if each.state.value == "open"]
        return len(still), len(members.of_case(tx, FIRST)), len(consents.in_force(tx, FIRST, table.around.today))

    assert await table.world.read(left) == (0, 0, 0)
    assert [each.state for each in await table.town.asked()] == [AssignmentState.ENDED]
    assert await table.town.to_do() == {TaskKind.ARCHIVE}
