"""Complaints: never read by the one concerned, received also when late, with an owner, a day, and an answer."""

from dataclasses import replace
from datetime import timedelta
from typing import Any, cast

import pytest

from bot.domain.access import Role
from bot.domain.calendar import months_after
from bot.domain.cases import CaseState, DecisionKind, DecisionState, TaskKind, Wanted
from bot.domain.change_commands import StartChange
from bot.domain.changes import ChangeReason
from bot.domain.commands import FinishTask
from bot.domain.complaints import (
    About,
    AnswerComplaint,
    Complain,
    ComplaintsToAnswer,
    ComplaintView,
    DelayComplaint,
    Outcome,
    SentTo,
    TakeComplaint,
    TheComplaint,
    ToComplain,
    WithdrawComplaint,
)
from bot.domain.desk_queries import TheTimeline
from bot.domain.ids import ComplaintId, PersonId
from bot.domain.looking_back import GiveFeedback, LooksBack, RemindToLookBack
from bot.domain.minutes_queries import MyTasks
from bot.domain.queries import KeTasks, TheCase
from bot.domain.refusal import Refused
from bot.domain.reminders import look_back
from bot.domain.rules import Disagreement
from bot.engine.ask import Query
from bot.engine.texts import t
from bot.services import my_data, queries
from bot.services.municipality import Context
from bot.services.reminders.complaint import THINK
from bot.store import cases, complaints, decisions, people
from bot.store.database import Tx
from conversations.staff_words import TASKS
from tests.requirements.meeting_walks import Table
from tests.requirements.minutes_walks import Held
from tests.requirements.walks import FIRST
from tests.world import Chat, World

SECRET = "Ho lyttar aldri til meg, og det er Zebra."


@pytest.fixture
async def table(world: World) -> Table:
    return await Table.of(world)


async def complains(table: Table, who: Chat | None = None, **more: Any) -> ComplaintId:
    given: dict[str, Any] = {"about": About.COORDINATOR, "sent_to": SentTo.LEADER, "words": SECRET}
    made = await table.town.does(who or table.kari, Complain(case=FIRST, **(given | more)))
    assert isinstance(made, int)
    await table.world.deliver()
    return ComplaintId(made)


async def sees(table: Table, who: Chat, complaint: ComplaintId) -> ComplaintView | None:
    return await table.look(who, TheComplaint(complaint))


async def is_also(table: Table, who: Chat, role: Role, department: str | None = None) -> None:
    person = await table.world.person(who)
    await table.world.read(lambda tx: people.give_role(tx, person, role, department))


async def everything_shown_to(table: Table, who: Chat, complaint: ComplaintId) -> str:
    """All that somebody can look up about the case, about complaints and about themselves, in one string."""
    person = await table.world.person(who)

    def look(tx: Tx) -> str:
        context = Context(tx=tx, municipality=table.world.municipality, actor=person)
        asked: list[Query[Any]] = [
            TheComplaint(complaint),
            ComplaintsToAnswer(),
            ToComplain(FIRST),
            TheCase(FIRST),
            TheTimeline(FIRST),
            KeTasks(),
            MyTasks(),
        ]
        for kind in queries.ANSWERS:
            names = list(getattr(kind, "__dataclass_fields__", {}))
            if names == ["case"] and kind not in {type(each) for each in asked}:
                asked.append(cast("Any", kind)(FIRST))
            elif not names:
                asked.append(kind())
        return repr([queries.look(context, each) for each in asked]) + repr(my_data.everything(context, form="json"))

    told = await table.town.rows("SELECT count(*) AS many FROM notices WHERE person = :who AND dedupe_key LIKE 'complaint%'", who=person)
    assert told == [{"many": 0}]
    return await table.world.read(look)


@pytest.mark.parametrize("to", list(SentTo))
async def test_O01_a_complaint_goes_to_the_leader_or_the_unit_by_choice(table: Table, to: SentTo) -> None:
    complaint = await complains(table, sent_to=to)
    readers = {
        name
        for name, who in {"lars": table.town.lars, "anne": table.town.anne, "berit": table.town.berit, "kari": table.kari}.items()
        if await sees(table, who, complaint) is not None
    }
    assert readers == ({"lars", "kari"} if to is SentTo.LEADER else {"anne", "berit", "kari"})
    for who in (table.nora, table.town.nils, table.solveig, table.trond):
        assert await sees(table, who, complaint) is None
    for who in (table.town.lars, table.town.anne):
        waits = await table.look(who, ComplaintsToAnswer())
        assert bool(waits) == (who is (table.town.lars if to is SentTo.LEADER else table.town.anne))


@pytest.mark.parametrize("to", list(SentTo))
async def test_O01_no_view_of_the_coordinators_holds_it(table: Table, to: SentTo) -> None:
    complaint = await complains(table, sent_to=to)
    shown = await everything_shown_to(table, table.nora, complaint)
    assert "Zebra" not in shown
    assert "Zebra" in await everything_of_the_person(table)


async def everything_of_the_person(table: Table) -> str:
    person = await table.world.person(table.kari)
    municipality = table.world.municipality
    return await table.world.read(lambda tx: repr(my_data.everything(Context(tx=tx, municipality=municipality, actor=person), form="json")))


async def test_O01_a_coordinator_who_is_at_the_unit_or_leads_too_does_not_find_it(table: Table) -> None:
    await is_also(table, table.nora, Role.KE)
    complaint = await complains(table, sent_to=SentTo.UNIT)
    assert "Zebra" not in await everything_shown_to(table, table.nora, complaint)
    with pytest.raises(Refused):
        await table.town.does(table.nora, AnswerComplaint(complaint=complaint, outcome=Outcome.EXPLAINED, words="Nei."))
    with pytest.raises(Refused):
        await table.town.does(table.nora, TakeComplaint(complaint=complaint))
    task = (await table.town.rows("SELECT task FROM complaints"))[0]["task"]
    with pytest.raises(Refused):
        await table.town.does(table.nora, FinishTask(task=task, words=None))


async def test_O01_where_the_leader_coordinates_it_goes_to_the_unit(table: Table) -> None:
    await table.world.read(lambda tx: tx.execute("DELETE FROM roles WHERE role = 'leader'"))
    await is_also(table, table.nora, Role.LEADER, "hjemmetjenesten")
    start = await table.look(table.kari, ToComplain(FIRST))
    assert start is not None
    assert (start.has_leader, start.to_unit) == (False, True)
    with pytest.raises(Refused):
        await complains(table)


async def test_O03_that_it_is_received_is_said_once_by_the_receipt(table: Table) -> None:
    await table.world.write(table.kari, "/klage")
    await table.world.press(table.kari, "About my coordinator", "The coordinator's leader")
    await table.world.write(table.kari, "Hun svarer aldri.")
    before = len(table.kari.messages)
    await table.world.press(table.kari, "I do not know", "Yes, send it")
    said = [each.text for each in table.kari.messages[before:]]
    assert said[-1] == await table.world.words(table.kari, "Thank you for telling us.")
    assert sum("klag" in each for each in said) == 2, "the question whether to send it, and the receipt"


async def test_O01_only_the_persons_side_complains(table: Table) -> None:
    for who in (table.nora, table.solveig, table.town.anne, table.town.lars):
        with pytest.raises(Refused):
            await complains(table, who)
        assert await table.look(who, ToComplain(FIRST)) is None


async def refused(table: Table, days: int) -> int:
    """A decision, with so many days left to complain."""
    anne = await table.world.person(table.town.anne)

    def record(tx: Tx) -> int:
        by = table.around.today + timedelta(days=days)
        return decisions.record(tx, FIRST, DecisionKind.PART, granted=Wanted.COORDINATOR, reason="Berre ein del.", by=anne, complain_by=by)

    return await table.world.read(record)


async def about_decision(table: Table, days: int = 20, **more: Any) -> ComplaintId:
    decision = await refused(table, days)
    return await complains(table, about=About.DECISION, sent_to=SentTo.UNIT, decision=decision, **more)


async def test_O02_a_complaint_on_a_decision_has_the_laws_time_for_an_answer(table: Table) -> None:
    complaint = await about_decision(table)
    seen = await sees(table, table.town.anne, complaint)
    assert seen is not None
    months = table.world.municipality.law(table.around.today).answer_months
    assert (seen.late, seen.answer_by) == (False, months_after(table.around.today, months))


async def test_O02_a_late_one_is_received_like_any_other(table: Table) -> None:
    complaint = await about_decision(table, -1, late_why="Eg var på sjukehus.")
    seen = await sees(table, table.town.anne, complaint)
    assert seen is not None
    assert (seen.late, seen.late_why) == (True, "Eg var på sjukehus.")
    assert TaskKind.COMPLAINT in {each.kind for each in await table.look(table.town.anne, KeTasks())}


async def test_O02_on_the_last_day_it_is_not_late(table: Table) -> None:
    seen = await sees(table, table.kari, await about_decision(table, 0))
    assert seen is not None
    assert not seen.late


async def test_O02_it_can_be_complained_when_the_case_has_ended(table: Table) -> None:
    decision = await refused(table, 5)
    await table.world.read(lambda tx: cases.move(tx, FIRST, CaseState.WITHDRAWN))
    assert await complains(table, about=About.DECISION, sent_to=SentTo.UNIT, decision=decision)


async def test_O02_what_is_not_decided_yet_is_not_complained_about(table: Table) -> None:
    decision = await refused(table, 5)
    await table.world.read(
        lambda tx: tx.execute(
            "UPDATE decisions SET kind = 'refuse', state = :state WHERE id = :id", state=DecisionState.PROPOSED, id=decision
        )
    )
    with pytest.raises(Refused):
        await complains(table, about=About.DECISION, sent_to=SentTo.UNIT, decision=decision)


async def test_O02_a_decision_is_changed_or_the_complaint_is_sent_on(table: Table) -> None:
    complaint = await about_decision(table)
    with pytest.raises(Refused):
        await table.town.does(table.town.anne, AnswerComplaint(complaint=complaint, outcome=Outcome.EXPLAINED, words="Nei."))
    await table.town.does(table.town.anne, AnswerComplaint(complaint=complaint, outcome=Outcome.SENT_ON, words="Saka er sendt."))
    await table.world.deliver()
    assert await table.world.says(table.kari, t("We have not changed the decision. We have sent your complaint on."))


async def test_O03_a_receipt_an_owner_a_day_and_an_answer(table: Table) -> None:
    complaint = await complains(table, sent_to=SentTo.UNIT)
    days = table.world.municipality.profile.evaluation.complaint_working_days
    day = table.world.municipality.calendar.add_working_days(table.around.today, days)
    assert await table.world.says(
        table.kari, t("We have got your complaint in case {number}. You get an answer by {day}.", number="1001", day=day)
    )
    await table.town.does(table.town.anne, TakeComplaint(complaint=complaint))
    seen = await sees(table, table.kari, complaint)
    assert seen is not None
    assert (seen.handler, seen.answer_by) == ("Anne Prøve", day)
    await table.town.does(table.town.anne, AnswerComplaint(complaint=complaint, outcome=Outcome.PUT_RIGHT, words="Vi ringer kvar veke."))
    await table.world.deliver()
    assert await table.world.says(table.kari, t("Here is the answer to your complaint in case {number}.", number="1001"))
    assert TaskKind.COMPLAINT not in {each.kind for each in await table.look(table.town.anne, KeTasks())}
    with pytest.raises(Refused):
        await table.town.does(table.town.berit, AnswerComplaint(complaint=complaint, outcome=Outcome.EXPLAINED, words="Nei."))


async def test_O03_another_coordinator_as_the_answer_can_be_begun_from_it(table: Table) -> None:
    """Where one is being found already, the answer has no way to begin once more."""
    begin, words = t("Begin to find another coordinator"), "Du får ein ny."
    first, second = await complains(table), await complains(table)
    await table.town.does(table.town.lars, AnswerComplaint(complaint=first, outcome=Outcome.ANOTHER, words=words))
    await table.world.deliver()
    await table.world.press(table.kari, begin)
    assert await table.world.says(table.kari, t("Why would you like another coordinator? It is all right to want one."))
    await table.town.does(table.kari, StartChange(case=FIRST, reason=ChangeReason.WISH))
    await table.town.does(table.town.lars, AnswerComplaint(complaint=second, outcome=Outcome.ANOTHER, words=words))
    await table.world.deliver()
    answer = t("Here is the answer to your complaint in case {number}.", number="1001")
    said = await table.world.words(table.kari, answer)
    newest = [each for each in table.kari.messages if said in each.text][-1]
    assert await table.world.words(table.kari, begin) not in newest.labels


async def test_O03_a_task_of_a_complaint_is_not_just_ticked(table: Table) -> None:
    await complains(table, sent_to=SentTo.UNIT)
    task = next(each for each in await table.look(table.town.anne, KeTasks()) if each.kind is TaskKind.COMPLAINT)
    assert (task.case, task.words) == (None, ""), "nobody finds it through the case"
    with pytest.raises(Refused):
        await table.town.does(table.town.anne, FinishTask(task=task.task, words=None))


async def test_O03_a_leader_who_does_not_answer_is_reminded_and_then_the_unit_has_it(table: Table) -> None:
    complaint = await complains(table)
    assert await sees(table, table.town.anne, complaint) is None
    seen = await sees(table, table.kari, complaint)
    assert seen is not None
    await table.world.turn(timedelta(days=12))
    assert await table.world.says(table.town.lars, t("A complaint waits for your answer. Please answer it by {day}.", day=seen.answer_by))
    await table.world.turn(timedelta(days=7))
    assert await table.world.says(table.kari, t("Your complaint was not answered in time. The coordinating unit has it now."))
    assert await sees(table, table.town.anne, complaint) is not None
    assert await sees(table, table.town.lars, complaint) is None
    assert TaskKind.COMPLAINT in {each.kind for each in await table.look(table.town.anne, KeTasks())}
    assert "Zebra" not in await everything_shown_to(table, table.nora, complaint)


async def test_O03_more_time_is_told_with_why_and_moves_the_day(table: Table) -> None:
    complaint = await complains(table)
    before = await sees(table, table.kari, complaint)
    assert before is not None
    with pytest.raises(Refused):
        await table.town.does(table.town.lars, DelayComplaint(complaint=complaint, until=before.answer_by, why="Sjuk."))
    until = before.answer_by + timedelta(days=7)
    await table.town.does(table.town.lars, DelayComplaint(complaint=complaint, until=until, why="Eg må snakke med fleire."))
    await table.world.deliver()
    text = t("The answer to your complaint takes longer. You get it by {day}. Why: {why}", day=until, why="Eg må snakke med fleire.")
    assert await table.world.says(table.kari, text)
    await table.world.turn(before.answer_by + timedelta(days=3) - table.around.today)
    assert not await table.world.says(table.kari, t("Your complaint was not answered in time. The coordinating unit has it now."))


async def test_O03_whoever_complained_takes_it_back(table: Table) -> None:
    complaint = await complains(table, sent_to=SentTo.UNIT)
    with pytest.raises(Refused):
        await table.town.does(table.town.anne, WithdrawComplaint(complaint=complaint))
    await table.town.does(table.kari, WithdrawComplaint(complaint=complaint))
    assert await table.look(table.town.anne, ComplaintsToAnswer()) == ()
    with pytest.raises(Refused):
        await table.town.does(table.kari, WithdrawComplaint(complaint=complaint))


async def test_O03_the_answer_stands_in_the_table_itself(table: Table) -> None:
    complaint = await complains(table, sent_to=SentTo.UNIT)
    await table.town.does(table.town.anne, AnswerComplaint(complaint=complaint, outcome=Outcome.PUT_RIGHT, words="Ja."))
    found = await table.world.read(lambda tx: complaints.find(tx, complaint))
    assert found is not None
    assert not await table.world.read(lambda tx: complaints.end(tx, found, Outcome.EXPLAINED, "Nei."))
    assert found.answer == "Ja."


async def test_O04_a_question_on_fridays_for_those_who_want_it_and_nothing_is_stored(table: Table) -> None:
    assert not await table.look(table.nora, LooksBack())
    with pytest.raises(Refused):
        await table.town.does(table.kari, RemindToLookBack(on=True))
    await table.town.does(table.nora, RemindToLookBack(on=True))
    assert await table.look(table.nora, LooksBack())
    await table.world.turn(timedelta(days=8))
    nora, nils = await table.world.person(table.nora), await table.world.person(table.town.nils)
    asked = await table.town.rows("SELECT person FROM notices WHERE dedupe_key LIKE 'unit/look_back/%'")
    assert [row["person"] for row in asked] == [nora]
    assert nils != nora
    await table.world.turn(timedelta(days=7))
    assert len(await table.town.rows("SELECT 1 FROM notices WHERE dedupe_key LIKE 'unit/look_back/%'")) == 2
    await table.town.does(table.nora, RemindToLookBack(on=False))
    await table.world.turn(timedelta(days=14))
    assert len(await table.town.rows("SELECT 1 FROM notices WHERE dedupe_key LIKE 'unit/look_back/%'")) == 2
    assert await table.town.rows("SELECT * FROM look_backs") == []


def test_O04_taking_part_respect_trust_and_power_each_have_their_week(world: World) -> None:
    assert len({text.msgid for text in THINK}) == 4
    now = world.clock.now()
    rules = world.municipality.rules
    for week in range(60):
        (one,) = look_back.reminders(now + timedelta(days=7 * week), [PersonId(1)], rules)
        assert one.due_at > now + timedelta(days=7 * week)
        assert (one.due_at.weekday(), rules.calendar.is_working_day(one.due_at.date())) == (4, True)


async def test_O07_a_word_on_a_text_reaches_the_unit_and_does_not_say_whose_it_is(table: Table) -> None:
    await table.town.does(table.kari, GiveFeedback(about="Du har rett til koordinator.", words="Kva er ein koordinator?"))
    task = next(each for each in await table.look(table.town.anne, KeTasks()) if each.kind is TaskKind.FEEDBACK)
    assert task.words == "Du har rett til koordinator.\nKva er ein koordinator?"
    assert TASKS[TaskKind.FEEDBACK] == t("Somebody has something to say about a text"), "what happened, not the name of the conversation"
    assert await table.town.rows("SELECT actor FROM audit WHERE action = 'feedback.given'") == [{"actor": None}]
    await table.town.does(table.town.anne, FinishTask(task=task.task, words=None))
    assert TaskKind.FEEDBACK not in {each.kind for each in await table.look(table.town.anne, KeTasks())}


async def test_O08_disagreement_is_minuted_or_settled_before_as_the_municipality_says(table: Table) -> None:
    held, world = await Held.of(table), table.world
    two_views = (replace(held.point(0, "Vi prøver."), disagreement="To syn."),)
    profile = world.municipality.profile
    rules = replace(profile.meetings, disagreement=Disagreement.SETTLED_BEFORE)
    as_it_was, world.municipality = world.municipality, replace(world.municipality, profile=replace(profile, meetings=rules))
    with pytest.raises(Refused, match="settle"):
        await held.writes(points=two_views)
    world.municipality = as_it_was
    await held.writes(points=two_views)
