"""What the person asks is answered by a day; those who coordinate ask for help in time; everybody knows how progress is asked for.

Here: rows K05, K06, K10, K16 to K19, K21, S06, T11. Not here: goals and the plan (`test_plan`), the first steps of the ladder
(`test_member_tasks`).
"""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.access import Role
from bot.domain.cases import TaskKind
from bot.domain.circle_commands import EndMembership
from bot.domain.commands import FinishTask
from bot.domain.ids import PromiseId
from bot.domain.minutes_commands import GiveTask, TaskDone
from bot.domain.minutes_queries import MyTasks
from bot.domain.plan_commands import AnswerPromise, AskForGuidance, PromiseAnswer, ReadProgress, TellOfChange
from bot.domain.plan_queries import PromisesView, TheGuidance, ThePlan, ThePromises
from bot.domain.promises import Answer, GuidanceKind
from bot.domain.refusal import Refused
from bot.domain.reminders import ReminderKind
from bot.domain.staff_queries import GuidanceAsked
from bot.domain.training import AskGuidance, GuidanceTopic
from bot.engine.texts import Text, t, verbatim
from bot.profile import load_profile, shipped_profiles
from bot.services.plans import PROCEDURE
from bot.store import people, promises, tasks
from tests.requirements.meeting_walks import Table
from tests.requirements.walks import FIRST
from tests.world import Chat, World

QUESTION = "Kan jeg få avlastning i sommer?"
STUCK = "Jeg får ikke svar fra skolen."
AGREED = "Ring skolen"


@pytest.fixture
async def table(world: World) -> Table:
    return await Table.of(world)


async def asked(table: Table, who: Chat) -> PromisesView:
    found = await table.look(who, ThePromises(FIRST))
    assert found is not None
    return found


async def asks(table: Table, by: Chat, words: str = QUESTION) -> PromiseId:
    made = await table.town.does(by, PromiseAnswer(case=FIRST, words=words))
    await table.world.deliver()
    assert isinstance(made, int)
    return PromiseId(made)


async def desk(table: Table, *presses: str | Text) -> None:
    await table.world.write(table.nora, "/ansatt")
    await table.world.press(table.nora, "Those I coordinate for", "KP, sak 1001", *presses)


async def agreed(table: Table, owner: Chat, days: int = 10) -> None:
    """Something that was agreed, which the owner has been told of."""
    day = table.around.today + timedelta(days=days)
    await table.town.does(table.nora, GiveTask(case=FIRST, owner=await table.world.person(owner), words=AGREED, due_on=day))
    await table.world.deliver()


def told(chat: Chat, words: str) -> int:
    return sum(words in message.text for message in chat.messages)


async def test_K18_the_person_asks_and_sees_the_day_of_the_answer(table: Table) -> None:
    await table.world.write(table.kari, "/sporsmal")
    await table.world.press(table.kari, "Ask something")
    await table.world.write(table.kari, QUESTION)
    (seen,) = (await asked(table, table.kari)).promises
    days = table.world.municipality.profile.progress.promise_days
    assert (seen.words, seen.answer) == (QUESTION, None)
    assert timedelta(days=days) <= seen.due_on - table.around.today <= timedelta(days=days + 4), "the next working day at the latest"
    assert await table.world.says(
        table.nora, t("Case {number}: the person asks something. Answer by {day}.", number="1001", day=seen.due_on)
    )
    assert QUESTION not in table.nora.text(), "what it is is read where the case is read"


async def test_K18_ill_find_out_is_a_promise_the_person_sees_and_a_late_one_is_told_to_both(table: Table) -> None:
    await desk(table, "The plan and questions", "Questions and answers", "I find something out for them")
    await table.world.write(table.nora, QUESTION)
    (seen,) = (await asked(table, table.kari)).promises
    found_out = t("We find this out for you: «{words}». You get an answer by {day}.", words=QUESTION, day=seen.due_on)
    assert await table.world.says(table.kari, found_out)
    soon = t("Case {number}: the person waits for an answer by {day}.", number="1001", day=seen.due_on)
    await table.world.turn(seen.due_on - table.around.today)
    assert await table.world.says(table.nora, soon)
    late = t("You were to get an answer to this: «{words}». It is late, and we are sorry. We have asked for it again.", words=QUESTION)
    assert not await table.world.says(table.kari, late)
    await table.world.turn(timedelta(days=4))
    assert await table.world.says(table.kari, late)
    assert (await asked(table, table.kari)).promises[0].late
    assert await table.world.says(
        table.nora, t("Case {number}: you promised an answer, and it is late. Tell the person how it goes.", number="1001")
    )


async def test_K18_an_answer_in_time_ends_the_reminders(table: Table) -> None:
    promise = await asks(table, table.kari)
    await table.town.does(table.nora, AnswerPromise(promise=promise, answer=Answer.YES, words=None))
    waiting = await table.town.rows("SELECT kind FROM reminders WHERE state = 'pending' AND kind LIKE 'promise%'")
    assert waiting == []
    with pytest.raises(Refused):
        await table.town.does(table.nora, AnswerPromise(promise=promise, answer=Answer.NO, words="Nei."))


async def test_K19_a_wish_is_answered_yes_no_because_or_in_part(table: Table) -> None:
    promise = await asks(table, table.kari)
    for bare in (Answer.NO, Answer.PARTLY):
        with pytest.raises(Refused, match="Say why"):
            await table.town.does(table.nora, AnswerPromise(promise=promise, answer=bare, words="  "))
    await table.world.press(table.nora, "Read and answer")
    await table.world.press(table.nora, verbatim("1. Svar: Kan jeg få avlastning i som…"), "In part")
    await table.world.write(table.nora, "To helger, ikke hele sommeren.")
    (seen,) = (await asked(table, table.kari)).promises
    assert (seen.answer, seen.reply) == (Answer.PARTLY, "To helger, ikke hele sommeren.")
    assert await table.world.says(table.kari, t("The answer is: in part."))
    assert told(table.kari, "To helger, ikke hele sommeren.")


async def test_K18_K19_nobody_else_reads_or_answers_it(table: Table) -> None:
    promise = await asks(table, table.kari)
    for outside in (table.solveig, table.trond, table.town.lars, table.town.nils):
        assert await table.look(outside, ThePromises(FIRST)) is None
        with pytest.raises(Refused):
            await table.town.does(outside, AnswerPromise(promise=promise, answer=Answer.YES, words=None))
        with pytest.raises(Refused):
            await table.town.does(outside, PromiseAnswer(case=FIRST, words=QUESTION))
    with pytest.raises(Refused):
        await table.town.does(table.kari, AnswerPromise(promise=promise, answer=Answer.YES, words=None))
    stored = await table.town.rows("SELECT words FROM promises")
    assert QUESTION.encode() not in stored[0]["words"], "sealed"


async def test_K16_a_coordinator_who_is_stuck_reaches_leader_and_unit_and_hears_back(table: Table) -> None:
    await desk(table, "I am stuck", "I am stuck here", "My leader and the unit")
    await table.world.write(table.nora, STUCK)
    assert TaskKind.GUIDANCE in await table.town.to_do()
    for chat in (table.town.anne, table.town.lars):
        assert await table.world.says(chat, t("They wrote: {words}", words=STUCK))
    waiting = await table.look(table.town.anne, TheGuidance(FIRST))
    assert waiting is not None
    assert [(each.kind, each.words) for each in waiting.waiting] == [(GuidanceKind.STUCK, STUCK)]
    answer = "Ring lederen der. Vi følger opp."
    await table.world.press(table.town.anne, "Read and answer", "Write an answer")
    await table.world.write(table.town.anne, answer)
    await table.world.press(table.town.anne, "Yes, this is right")
    assert TaskKind.GUIDANCE not in await table.town.to_do()
    assert told(table.nora, answer)
    heard = t("Case {number}: the unit has answered what you asked.", number="1001")
    assert await table.world.says(table.nora, heard)
    after = await table.look(table.nora, TheGuidance(FIRST))
    assert after is not None
    assert after.waiting == ()


async def done(table: Table, kind: TaskKind) -> None:
    """Anne finishes the unit's task from her list."""
    found = await table.world.read(lambda tx: next(each for each in tasks.of_case(tx, FIRST) if each.kind is kind))
    await table.town.does(table.town.anne, FinishTask(task=found.id, words=None))
    await table.world.deliver()


async def test_K16_the_leader_reads_it_only_where_the_coordinator_wants_that(table: Table) -> None:
    await desk(table, "I am stuck", "I am stuck here", "The unit alone")
    await table.world.write(table.nora, STUCK)
    assert not told(table.town.lars, STUCK)
    for outside in (table.kari, table.solveig, table.town.nils):
        with pytest.raises(Refused):
            await table.town.does(outside, AskForGuidance(case=FIRST, kind=GuidanceKind.STUCK, to_leader=True, words=STUCK))
    assert await table.look(table.kari, TheGuidance(FIRST)) is None


async def test_K16_R05_who_waits_for_guidance_about_a_case_or_about_none_stands_in_one_list(table: Table) -> None:
    town = table.town
    await town.does(table.nora, AskForGuidance(case=FIRST, kind=GuidanceKind.STUCK, to_leader=False, words=STUCK))
    await town.does(town.nils, AskGuidance(topic=GuidanceTopic.ROLE, words="Hva er min rolle?"))
    waiting = await table.look(town.anne, GuidanceAsked())
    assert {(each.name, each.task.number) for each in waiting} == {("Nora Prøve", 1001), ("Nils Prøve", None)}
    assert len({each.task.due for each in waiting}) == 1, "nobody waits longer for having asked about a case"
    for outside in (table.nora, town.lars, table.kari):
        assert await table.look(outside, GuidanceAsked()) == ()
    for name in (t("{name}, case {number}", name="Nora Prøve", number="1001"), verbatim("Nils Prøve")):
        await table.world.write(town.anne, "/ansatt")
        await table.world.press(town.anne, "Training and gatherings", "Guidance asked for", name, "I have answered by phone")
    assert await table.look(town.anne, GuidanceAsked()) == ()


async def test_K21_something_bigger_than_one_case_is_lifted_on_the_persons_behalf(table: Table) -> None:
    await desk(table, "I am stuck", "This must be lifted", "My leader and the unit")
    await table.world.write(table.nora, "Ingen buss for barn i rullestol.")
    assert TaskKind.LIFTED in await table.town.to_do()
    assert await table.world.says(
        table.town.anne, t("Case {number}: {name} lifts something on the person's behalf.", number="1001", name="Nora Prøve")
    )
    stored = await table.world.read(lambda tx: promises.guidance_of_case(tx, FIRST))
    assert [each.kind for each in stored] == [GuidanceKind.LIFTED]


async def test_K17_a_service_tells_of_a_change_in_one_press(table: Table) -> None:
    await table.world.write(table.solveig, "/krets")
    await table.world.press(table.solveig, "Something has changed with us")
    text = t("Case {number}: something has changed with {name}. Ask what it means for the person.", number="1001", name="Solveig Prøve")
    assert await table.world.says(table.nora, text)
    before = len(table.nora.messages)
    await table.town.does(table.solveig, TellOfChange(member=table.members[0]))
    await table.world.deliver()
    assert len(table.nora.messages) == before, "once a day is enough"
    for other in (table.trond, table.kari, table.nora):
        with pytest.raises(Refused):
            await table.town.does(other, TellOfChange(member=table.members[0]))
    await table.town.does(table.solveig, EndMembership(member=table.members[0]))
    with pytest.raises(Refused):
        await table.town.does(table.solveig, TellOfChange(member=table.members[0]))


async def test_K06_whoever_joins_learns_how_progress_is_asked_for_and_says_that_it_is_read(table: Table) -> None:
    assert await table.world.says(table.solveig, PROCEDURE)
    view = await table.look(table.nora, ThePlan(FIRST))
    assert view is not None
    assert set(view.unread) == {"Solveig Prøve", "Trond Prøve"}
    await table.world.press(table.solveig, "I have read it")
    view = await table.look(table.nora, ThePlan(FIRST))
    assert view is not None
    assert view.unread == ("Trond Prøve",)
    with pytest.raises(Refused):
        await table.town.does(table.solveig, ReadProgress(member=table.members[1]))


async def test_K05_the_leader_of_whoever_has_it_is_told_on_the_profiles_day_and_warned_of_before(table: Table) -> None:
    await works_for(table, table.solveig)
    await agreed(table, table.solveig)
    day = table.around.today + timedelta(days=10 + table.world.municipality.profile.progress.leader_day)
    warned = t("Those who help have a duty to do their part. Where this is not settled by {day}, your leader is told.", day=day)
    text = t(
        "Case {number}: {name} has not done something that was agreed. Please help them find time.", number="1001", name="Solveig Prøve"
    )
    await table.world.turn(timedelta(days=16))
    assert not await table.world.says(table.solveig, warned)
    await table.world.turn(timedelta(days=3))
    assert await table.world.says(table.solveig, warned), "said before it is done"
    assert not await table.world.says(table.town.lars, text)
    await table.world.turn(timedelta(days=8))
    assert await table.world.says(table.town.lars, text)
    assert not told(table.town.lars, AGREED), "what it is about is not the leader's to read"


async def works_for(table: Table, who: Chat) -> None:
    """They work for the department that Lars leads."""
    person = await table.world.person(who)
    await table.world.read(lambda tx: people.give_role(tx, person, Role.REPORTER, "hjemmetjenesten"))


async def test_K05_what_is_done_goes_no_further_and_the_person_has_no_leader(table: Table) -> None:
    for chat in (table.solveig, table.kari):
        await works_for(table, chat)
        await agreed(table, chat)
    kinds = await table.town.rows("SELECT kind, person FROM reminders WHERE state = 'pending' AND kind = 'task_leader'")
    assert [row["person"] for row in kinds] == [await table.world.person(table.town.lars)], "only for whoever has it at work"
    (task,) = [each for each in await table.look(table.solveig, MyTasks()) if each.words == AGREED]
    await table.town.does(table.solveig, TaskDone(task=task.task))
    await table.world.turn(timedelta(days=60))
    assert not told(table.town.lars, "Solveig Prøve har ikkje")


async def test_S06_K05_the_second_question_names_the_duty_to_take_part(table: Table) -> None:
    await works_for(table, table.solveig)
    await agreed(table, table.solveig)
    await table.world.turn(timedelta(days=19))
    assert told(table.solveig, "har plikt til å gjøre sin del")


@pytest.mark.parametrize("name", shipped_profiles())
def test_T11_the_ladder_is_a_setting_of_each_municipality_in_steps(name: str) -> None:
    progress = load_profile(name).progress
    assert (progress.owner_day, progress.again_day, progress.leader_day, progress.unit_day) == (0, 7, 14, 21)


async def test_T11_other_days_in_the_profile_give_other_days_of_the_ladder(table: Table) -> None:
    municipality = table.world.municipality
    slower = replace(municipality.profile, progress=replace(municipality.profile.progress, unit_day=60))
    object.__setattr__(municipality, "profile", slower)
    await agreed(table, table.solveig)
    unit = t("Case {number}: something that was agreed is late, though all were asked.", number="1001")
    await table.world.turn(timedelta(days=50))
    assert not await table.world.says(table.town.anne, unit)
    await table.world.turn(timedelta(days=25))
    assert await table.world.says(table.town.anne, unit)


async def test_K10_each_month_the_coordinator_looks_at_the_own_work_in_four_presses(table: Table) -> None:
    days = table.world.municipality.profile.progress.own_look_days
    reminded = t("Case {number}: take a look at your own work. It is four questions.", number="1001")
    await table.world.turn(timedelta(days=days - 4))
    assert not await table.world.says(table.nora, reminded)
    await table.world.turn(timedelta(days=8))
    assert await table.world.says(table.nora, reminded)
    await table.world.press(table.nora, "Look at it", "Yes", "Not yet", "Yes", "Yes")
    assert await table.world.says(table.nora, t("Ask the person who should come before you call the next meeting."), last=1)
    rows = await table.town.rows("SELECT due_at FROM reminders WHERE state = 'pending' AND kind = :kind", kind=ReminderKind.OWN_LOOK)
    assert len(rows) == 1, "the next one, a month from now"


async def test_K10_the_look_at_the_own_work_is_told_to_no_leader(table: Table) -> None:
    days = table.world.municipality.profile.progress.own_look_days
    await table.world.turn(timedelta(days=days + 20))
    assert await table.town.rows("SELECT id FROM nudges WHERE kind = :kind", kind=ReminderKind.OWN_LOOK), (
        "it was a nudge, and nobody answered"
    )
    rows = await table.town.rows(
        "SELECT r.kind FROM reminders r JOIN nudges n ON n.id = r.object WHERE n.kind = :kind AND r.kind LIKE 'nudge_%'",
        kind=ReminderKind.OWN_LOOK,
    )
    assert rows == []
