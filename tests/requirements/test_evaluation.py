"""How it is going: asked at the agreed time, answered by the person, read by whom the person chose; and something comes of it."""

from datetime import date, timedelta
from typing import Any

import pytest

from bot.domain.access import Role
from bot.domain.cases import AgeGroup, CaseState, TaskKind
from bot.domain.evaluation import (
    SETS,
    AfterLow,
    AgreeEvaluation,
    Evaluate,
    EvaluationView,
    FollowUp,
    GoesOn,
    Point,
    QuestionSet,
    ReadBy,
    TheEvaluation,
)
from bot.domain.group_commands import DissolveGroup, NoteEvaluated, SetUpGroup
from bot.domain.groups import Dissolved
from bot.domain.meetings import MeetingState
from bot.domain.minutes_queries import MyTasks
from bot.domain.queries import KeTasks, MyCases, TheCase
from bot.domain.refusal import Refused
from bot.domain.reminders import OSLO, ReminderKind
from bot.engine.texts import t
from bot.services import my_data
from bot.services.municipality import Context
from bot.store import meetings, people
from bot.store.database import Tx
from bot.store.times import moment
from tests.requirements.meeting_walks import Table
from tests.requirements.walks import FIRST
from tests.world import Chat, World


@pytest.fixture
async def table(world: World) -> Table:
    return await Table.of(world)


def good(questions: QuestionSet = QuestionSet.PLAN, **low: int) -> tuple[tuple[Point, int], ...]:
    """Every mark four, but for those named."""
    return tuple((point, low.get(point, 4)) for point in SETS[questions])


async def answers(table: Table, who: Chat | None = None, **more: Any) -> None:
    given: dict[str, Any] = {"questions": QuestionSet.PLAN, "words": None, "read_by": ReadBy.COORDINATOR}
    given |= more
    given.setdefault("marks", good(given["questions"]))
    await table.town.does(who or table.kari, Evaluate(case=FIRST, **given))
    await table.world.deliver()


async def view(table: Table, who: Chat) -> EvaluationView | None:
    return await table.look(who, TheEvaluation(FIRST))


async def waiting(table: Table) -> dict[ReminderKind, set[date]]:
    found: dict[ReminderKind, set[date]] = {}
    for row in await table.town.rows("SELECT kind, due_at FROM reminders WHERE state = 'pending' AND case_id = :case", case=FIRST):
        found.setdefault(ReminderKind(row["kind"]), set()).add(moment(row["due_at"]).astimezone(OSLO).date())
    return found


async def becomes_ke(table: Table, who: Chat) -> None:
    """Somebody who coordinates gets a place at the unit besides."""
    person = await table.world.person(who)
    await table.world.read(lambda tx: people.give_role(tx, person, Role.KE, None))


async def test_L01_the_four_questions_in_five_steps_and_own_words(table: Table) -> None:
    await answers(table, marks=good(goals=3), words="Avlastinga er bra.")
    seen = await view(table, table.nora)
    assert seen is not None
    (line,) = seen.answers
    assert [point for point, _ in line.marks] == [Point.GOALS, Point.SERVICES, Point.WAY, Point.EXPERIENCE]
    assert (line.words, dict(line.marks)[Point.GOALS], line.mine) == ("Avlastinga er bra.", 3, False)
    assert await table.world.says(table.nora, t("Case {number}: somebody has told how it is going.", number="1001"))


@pytest.mark.parametrize(
    "marks", [good()[:3], tuple((point, 6) for point, _ in good()), tuple((point, 0) for point, _ in good()), good(QuestionSet.CHILD)]
)
async def test_L01_other_answers_than_were_asked_for_are_refused(table: Table, marks: tuple[tuple[Point, int], ...]) -> None:
    with pytest.raises(Refused):
        await answers(table, marks=marks)
    assert await table.town.rows("SELECT 1 FROM evaluations") == []


async def test_L01_only_the_persons_side_answers(table: Table) -> None:
    for who in (table.nora, table.town.anne, table.solveig, table.town.lars):
        with pytest.raises(Refused):
            await answers(table, who)


async def test_L02_a_day_is_always_agreed_and_both_are_reminded_two_weeks_before(table: Table) -> None:
    today, rules = table.around.today, table.world.municipality.profile.evaluation
    assert ReminderKind.EVALUATION_NO_DATE in await waiting(table)
    with pytest.raises(Refused):
        await table.town.does(table.nora, AgreeEvaluation(case=FIRST, on=today))
    with pytest.raises(Refused):
        await table.town.does(table.kari, AgreeEvaluation(case=FIRST, on=today + timedelta(days=40)))
    day = today + timedelta(days=40)
    await table.town.does(table.nora, AgreeEvaluation(case=FIRST, on=day))
    await table.world.deliver()
    assert await table.world.says(table.kari, t("On {day} we look back together: how is it going, and what must change?", day=day))
    (soon,) = (await waiting(table))[ReminderKind.EVALUATION_SOON]
    assert timedelta(0) <= day - timedelta(days=rules.nudge_days) - soon <= timedelta(days=4)
    await table.world.turn(timedelta(days=28))
    assert await table.world.says(
        table.nora, t("Case {number}: you have agreed to look back on {day}. Put it on the agenda.", number="1001", day=day)
    )
    assert await table.world.says(table.kari, t("On {day} we look back. Think about what is good, and what must change.", day=day))
    await table.world.turn(timedelta(days=16))
    assert await table.world.says(table.kari, t("Today is the day to look back. How is it going?"))


async def test_L02_a_day_agreed_within_two_weeks_is_told_the_person_once(table: Table) -> None:
    day = table.around.today + timedelta(days=10)
    await table.town.does(table.nora, AgreeEvaluation(case=FIRST, on=day))
    await table.world.turn(timedelta(days=4))
    assert await table.world.says(table.kari, t("On {day} we look back together: how is it going, and what must change?", day=day))
    assert not await table.world.says(table.kari, t("On {day} we look back. Think about what is good, and what must change.", day=day))
    on_it = t("Case {number}: you have agreed to look back on {day}. Put it on the agenda.", number="1001", day=day)
    assert await table.world.says(table.nora, on_it)


async def test_L02_without_a_day_the_coordinator_is_told_and_then_the_unit(table: Table) -> None:
    days = table.world.municipality.profile.evaluation.without_date_days
    text = t("Case {number}: no day is agreed for the next evaluation. Agree on one with the person.", number="1001")
    await table.world.turn(timedelta(days=days + 5))
    assert await table.world.says(table.nora, text)
    assert not await table.world.says(table.town.anne, text)
    await table.world.turn(timedelta(days=days + 5))
    assert await table.world.says(table.town.anne, text)


async def test_L02_another_day_takes_the_place_of_the_first(table: Table) -> None:
    today = table.around.today
    for days in (40, 80):
        await table.town.does(table.nora, AgreeEvaluation(case=FIRST, on=today + timedelta(days=days)))
    assert len((await waiting(table))[ReminderKind.EVALUATION_DAY]) == 1
    seen = await view(table, table.nora)
    assert seen is not None
    assert seen.on == today + timedelta(days=80)


async def test_L03_the_person_is_asked_after_each_meeting_where_the_municipality_wants_that(table: Table) -> None:
    assert table.world.municipality.profile.evaluation.after_each_meeting
    number = await table.calls(table.at(30))
    assert ReminderKind.EVALUATION_MEETING not in await waiting(table)
    await table.world.turn(timedelta(days=30, hours=8))
    found = await table.meeting(number)
    await table.world.read(lambda tx: meetings.move(tx, found, MeetingState.HELD))
    await table.world.turn(timedelta(days=7))  # the meeting is right before Easter
    assert await table.world.says(table.kari, t("You have had a meeting. How is it going now?"))
    assert not await table.world.says(table.solveig, t("You have had a meeting. How is it going now?"))


async def test_L04_on_cooperation_the_coordinator_does_not_read_what_is_not_for_them(table: Table) -> None:
    await answers(
        table,
        questions=QuestionSet.COOPERATION,
        marks=good(QuestionSet.COOPERATION, coordinator=1),
        words="Ho ringjer aldri tilbake.",
        read_by=ReadBy.UNIT,
    )
    assert list(SETS[QuestionSet.COOPERATION]) == [Point.TOGETHER, Point.COORDINATOR, Point.MEETINGS]
    nora, anne, kari = await view(table, table.nora), await view(table, table.town.anne), await view(table, table.kari)
    assert nora is not None
    assert anne is not None
    assert kari is not None
    assert (nora.answers, len(anne.answers), len(kari.answers)) == ((), 1, 1)
    assert not await table.world.says(table.nora, t("Case {number}: somebody has told how it is going.", number="1001"))
    assert await table.world.says(table.town.anne, t("Case {number}: somebody has told how it is going.", number="1001"))
    assert all("Find out" not in each.words for each in await table.look(table.nora, MyTasks()))


async def test_L04_a_coordinator_who_is_at_the_unit_too_does_not_find_it_there(table: Table) -> None:
    await becomes_ke(table, table.nora)
    await answers(
        table,
        questions=QuestionSet.COOPERATION,
        marks=good(QuestionSet.COOPERATION, coordinator=1),
        read_by=ReadBy.UNIT,
        after_low=AfterLow.CALL,
    )
    nora = await view(table, table.nora)
    assert nora is not None
    assert nora.answers == ()
    hidden = {TaskKind.EVALUATION_LOW, TaskKind.EVALUATION_CALL}
    theirs = [task for task in await table.look(table.town.anne, KeTasks()) if task.case == FIRST and task.kind not in hidden]
    (line,) = await table.look(table.nora, MyCases())
    assert line.due == min((task.due for task in theirs), default=None), "nor in the day that stands in a list"
    assert not hidden & {each.kind for each in await table.look(table.nora, KeTasks())}
    opened = await table.look(table.nora, TheCase(FIRST))
    assert opened is not None
    assert not hidden & {each.kind for each in opened.open_tasks}
    assert hidden <= {each.kind for each in await table.look(table.town.anne, KeTasks())}


async def test_L05_each_bad_answer_becomes_a_task_of_the_coordinators(table: Table) -> None:
    await answers(table, marks=good(goals=2, services=1))
    mine = [each for each in await table.look(table.nora, MyTasks()) if each.mine]
    assert len(mine) == 2
    days = table.world.municipality.profile.evaluation.change_working_days
    assert {each.due_on for each in mine} == {table.world.municipality.calendar.add_working_days(table.around.today, days)}
    assert TaskKind.EVALUATION_LOW not in await table.town.to_do()


async def test_L05_past_the_coordinator_it_is_the_units_task_without_a_word_of_it(table: Table) -> None:
    await answers(table, marks=good(goals=1), words="Hemmeleg.", read_by=ReadBy.UNIT)
    task = next(each for each in await table.look(table.town.anne, KeTasks()) if each.kind is TaskKind.EVALUATION_LOW)
    assert task.words == ""
    assert [each for each in await table.look(table.nora, MyTasks()) if each.mine] == []


async def test_L05_good_answers_are_nobodys_task(table: Table) -> None:
    await answers(table)
    assert [each for each in await table.look(table.nora, MyTasks()) if each.mine] == []


async def as_child(table: Table) -> None:
    """The case is about a child, who is the one who talks."""
    await table.world.read(lambda tx: tx.execute("UPDATE cases SET age_group = :age WHERE id = :case", age=AgeGroup.UNDER_16, case=FIRST))


async def test_L06_the_child_answers_two_questions_in_a_form_of_its_own_and_no_task_says_what(table: Table) -> None:
    await as_child(table)
    seen = await view(table, table.kari)
    assert seen is not None
    assert seen.child
    with pytest.raises(Refused):
        await answers(table)
    nora_person = await table.world.person(table.nora)
    await answers(table, questions=QuestionSet.CHILD, marks=((Point.HELP, 5), (Point.HEARD, 1)), words="Eg vil ha ein annan dag.")
    nora = await view(table, table.nora)
    assert nora is not None
    assert [each.questions for each in nora.answers] == [QuestionSet.CHILD]
    language = await table.world.read(lambda tx: people.person(tx, nora_person).language)
    (mine,) = [each.words for each in await table.look(table.nora, MyTasks()) if each.mine]
    assert mine == table.world.municipality.words(t("Talk with the child about how it is going."), language, table.world.clock.now())


async def test_L06_what_the_child_said_to_the_unit_stands_in_no_file_of_the_others(table: Table) -> None:
    await as_child(table)
    marks = ((Point.HELP, 1), (Point.HEARD, 1))
    await answers(table, questions=QuestionSet.CHILD, marks=marks, read_by=ReadBy.UNIT, after_low=AfterLow.CALL)
    kari = await table.world.person(table.kari)

    def look(tx: Tx) -> str:
        context = Context(tx=tx, municipality=table.world.municipality, actor=kari)
        return repr([part.entries for part in my_data.everything(context, form="json").parts])

    assert "evaluation_low" not in await table.world.read(look)
    assert "evaluation_call" not in await table.world.read(look)
    assert {TaskKind.EVALUATION_LOW, TaskKind.EVALUATION_CALL} <= await table.town.to_do()


async def test_L06_nobody_who_is_not_the_child_answers_as_one(table: Table) -> None:
    with pytest.raises(Refused):
        await answers(table, questions=QuestionSet.CHILD, marks=((Point.HELP, 5), (Point.HEARD, 5)))


async def test_L07_after_a_bad_answer_somebody_phones_or_a_complaint_is_a_press_away(table: Table) -> None:
    await answers(table, marks=good(goals=1), after_low=AfterLow.CALL)
    assert TaskKind.EVALUATION_CALL in await table.town.to_do()
    await answers(table, marks=good(goals=1), after_low=AfterLow.COMPLAIN)
    assert await table.world.says(table.kari, t("You can complain here. We help you."))


async def test_L08_the_group_looks_back_together_before_it_ends_for_no_need(table: Table) -> None:
    await table.town.does(table.nora, SetUpGroup(case=FIRST, purpose="Saman om skulestarten."))
    with pytest.raises(Refused, match="Look at the work together first"):
        await table.town.does(table.nora, DissolveGroup(case=FIRST, why=Dissolved.NO_NEED))
    await table.town.does(table.nora, NoteEvaluated(case=FIRST, on=table.around.today))
    await table.town.does(table.nora, DissolveGroup(case=FIRST, why=Dissolved.NO_NEED))


async def test_L09_no_more_need_leads_to_the_end_which_the_person_takes(table: Table) -> None:
    await answers(table, goes_on=GoesOn.NO)
    assert await table.world.says(table.kari, t("You say that you need no more coordination. You decide whether it shall end."))
    assert (await table.town.case()).state is CaseState.ACTIVE, "nothing ends by an answer"
    await answers(table, goes_on=GoesOn.UNSURE)
    assert await table.world.says(table.nora, t("Case {number}: talk together about whether coordination is still needed.", number="1001"))


async def test_issue_6_the_person_is_asked_whether_anybody_has_been_in_touch(table: Table) -> None:
    days = table.world.municipality.profile.evaluation.follow_up_days
    assert len((await waiting(table))[ReminderKind.FOLLOW_UP]) == len(days)
    await table.world.turn(timedelta(days=days[0] + 4))
    text = t("Has anybody been in touch with you? Do you know what happens next?")
    assert await table.world.says(table.kari, text)
    assert not await table.world.says(table.solveig, text)


async def test_issue_6_nobody_in_touch_is_the_units_task_and_not_knowing_is_the_coordinators(table: Table) -> None:
    await table.town.does(table.kari, FollowUp(case=FIRST, in_touch=True, knows_next=True))
    assert TaskKind.FOLLOW_UP not in await table.town.to_do()
    await table.town.does(table.kari, FollowUp(case=FIRST, in_touch=True, knows_next=False))
    assert TaskKind.FOLLOW_UP not in await table.town.to_do()
    assert len([each for each in await table.look(table.nora, MyTasks()) if each.mine]) == 1
    await table.town.does(table.kari, FollowUp(case=FIRST, in_touch=False, knows_next=True, words="Ingen ringer."))
    task = next(each for each in await table.look(table.town.anne, KeTasks()) if each.kind is TaskKind.FOLLOW_UP)
    assert task.words == "Ingen ringer."
    with pytest.raises(Refused):
        await table.town.does(table.nora, FollowUp(case=FIRST, in_touch=True, knows_next=True))
