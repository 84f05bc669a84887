"""The plan: goals in the person's own words, who does what, one plan with the services' own beside it, and how far it has come.

Here: rows K01 to K04, K07 to K09, K11, K12, K14, K15, K20, K22 to K24. Not here: what is asked and promised (`test_promises`), the ladder
for what is late (`test_member_tasks`).
"""

import re
from datetime import timedelta
from typing import Any

import pytest

from bot.domain.cases import Place
from bot.domain.circle_commands import EndMembership
from bot.domain.commands import RecordContact
from bot.domain.ids import GoalId, MemberId, SubPlanId
from bot.domain.member_tasks import MemberTaskState
from bot.domain.minutes_commands import TaskDone
from bot.domain.minutes_queries import MyTasks
from bot.domain.plan_commands import AddSubPlan, EndGoal, EndSubPlan, GiveMeasure, OpenPlan, TickPlanStep, WriteGoal
from bot.domain.plan_queries import PlanView, StartView, ThePlan, TheStart
from bot.domain.plans import LONGEST_TITLE, GoalState, PlanStep, SubPlanKind
from bot.domain.refusal import Refused
from bot.domain.reminders import ReminderKind
from bot.domain.start_routine import Step, next_step
from bot.domain.startup import Way
from bot.domain.startup_commands import ChooseWay, FinishStartup
from bot.engine.texts import WRITTEN_FORMS, Language, Text, joined, t, verbatim
from bot.i18n import Catalogs
from bot.profile import load_profile
from bot.store import cases
from conversations.plan_words import ADVICE, FIVE_QUESTIONS, MAP_FIRST, NO_DAY, NOT_BINDING, USED_AT_MEETINGS, journal, who_opens
from tests.requirements.circle_walks import Around
from tests.requirements.meeting_walks import Table
from tests.requirements.town import Town
from tests.requirements.walks import FIRST
from tests.world import Chat, World

OWN = "Jeg vil sykle til skolen sammen med de andre."
TITLE = "Trygg skolevei"


@pytest.fixture
async def table(world: World) -> Table:
    return await Table.of(world)


async def plan(table: Table, who: Chat) -> PlanView:
    found = await table.look(who, ThePlan(FIRST))
    assert found is not None
    return found


async def goal(table: Table, by: Chat, words: str = TITLE) -> GoalId:
    made = await table.town.does(by, WriteGoal(case=FIRST, words=words))
    await table.world.deliver()
    assert isinstance(made, int)
    return GoalId(made)


async def measure(table: Table, towards: GoalId, owner: Chat, words: str = "Ordne sykkel", days: int = 20) -> None:
    due = table.around.today + timedelta(days=days)
    command = GiveMeasure(goal=towards, owner=await table.world.person(owner), words=words, due_on=due)
    await table.town.does(table.nora, command)
    await table.world.deliver()


async def opens(table: Table, by: Chat | None = None, **more: Any) -> None:
    given: dict[str, Any] = {"case": FIRST, "on": table.around.today, "tool": "DIPS Samspill", "converted": False} | more
    await table.town.does(by or table.nora, OpenPlan(**given))
    await table.world.deliver()


async def in_plan(table: Table, chat: Chat, *presses: str) -> None:
    await table.world.write(chat, "/plan")
    await table.world.press(chat, *presses)


async def desk(table: Table, *presses: str | Text) -> None:
    """Nora opens the room of the plan, and goes on."""
    await table.world.write(table.nora, "/ansatt")
    await table.world.press(table.nora, "Those I coordinate for", "KP, sak 1001", "The plan and questions", *presses)


async def start(table: Table, who: Chat) -> StartView:
    found = await table.look(who, TheStart(FIRST))
    assert found is not None
    return found


async def test_K01_goals_are_set_together_after_a_talk_and_the_person_is_told(table: Table) -> None:
    await desk(table, "Goals and plan", "Write a goal")
    assert await table.world.says(table.nora, MAP_FIRST, last=1), "first the talk, then goals"
    await table.world.write(table.nora, TITLE)
    assert await table.world.offers(table.nora, "Back to the case"), "the case is one press away for whoever works with it"
    assert not await table.world.offers(table.kari, "Back to the case")
    told = t("There is a new goal in your plan: «{words}». Is it not what you want? Tell your coordinator.", words=TITLE)
    assert await table.world.says(table.kari, told)
    (set_together,) = (await plan(table, table.kari)).goals
    assert (set_together.words, set_together.own, set_together.mine) == (TITLE, False, True)
    await table.town.does(table.nora, FinishStartup(case=FIRST, why_not="Kari ringer."))
    await desk(table, "Goals and plan", "Write a goal")
    assert not await table.world.says(table.nora, MAP_FIRST, last=1)
    with pytest.raises(Refused, match="Please write it shorter"):
        await goal(table, table.nora, "x" * (LONGEST_TITLE + 1))


async def test_K01_measures_have_an_owner_and_a_day(table: Table) -> None:
    await goal(table, table.nora)
    await desk(
        table, "Goals and plan", "About a goal", verbatim(f"1. {TITLE}"), "Somebody does something for it", verbatim("4. Solveig Prøve")
    )
    await table.world.write(table.nora, "Ordne sykkel")
    await table.world.write(table.nora, f"{table.around.today + timedelta(days=20):%d.%m.%Y}")
    (towards,) = (await plan(table, table.kari)).goals
    (each,) = towards.measures
    assert (each.owner, each.words, each.due_on) == ("Solveig Prøve", "Ordne sykkel", table.around.today + timedelta(days=20))


async def test_K02_everybody_with_a_measure_has_a_task_the_person_too(table: Table) -> None:
    towards = await goal(table, table.nora)
    await measure(table, towards, table.solveig)
    await measure(table, towards, table.kari, "Velge farge")
    for chat, words in ((table.solveig, "Ordne sykkel"), (table.kari, "Velge farge")):
        (task,) = [each for each in await table.look(chat, MyTasks()) if each.words == words]
        await table.town.does(chat, TaskDone(task=task.task))
    (seen,) = (await plan(table, table.kari)).goals
    assert [each.state for each in seen.measures] == [MemberTaskState.DONE] * 2
    with pytest.raises(Refused, match="No consent covers"):
        await measure(table, towards, table.town.nils)
    await table.town.does(table.solveig, EndMembership(member=table.members[0]))
    with pytest.raises(Refused, match="No consent covers"):
        await measure(table, towards, table.solveig)


async def test_K03_each_owner_is_asked_to_bring_it_up_to_date_before_a_meeting(table: Table) -> None:
    towards = await goal(table, table.nora)
    await measure(table, towards, table.solveig, days=60)
    meeting = await table.calls()
    at = (await table.meeting(meeting)).at
    asked = t("Case {number}: there is a meeting {time}. Is what you do up to date?", number="1001", time=at)
    await table.world.turn(timedelta(days=20))
    assert not await table.world.says(table.solveig, asked)
    await table.world.turn(timedelta(days=5))
    assert await table.world.says(table.solveig, asked)
    assert not await table.world.says(table.trond, asked), "nobody is asked who has nothing to do"
    await table.world.press(table.solveig, "Yes, it is up to date")
    told = t("Case {number}: {name} has brought the own part up to date.", number="1001", name="Solveig Prøve")
    assert await table.world.says(table.nora, told)


async def test_K03_whoever_has_done_it_or_left_is_not_asked(table: Table) -> None:
    towards = await goal(table, table.nora)
    await measure(table, towards, table.solveig, days=60)
    await measure(table, towards, table.trond, "Ringe skolen", days=60)
    await table.calls()
    (task,) = [each for each in await table.look(table.solveig, MyTasks()) if each.words == "Ordne sykkel"]
    await table.town.does(table.solveig, TaskDone(task=task.task))
    await table.town.does(table.trond, EndMembership(member=table.members[1]))
    nora = await table.world.person(table.nora)
    assert set(await wanted(table, ReminderKind.PLAN_UP_TO_DATE)) == {nora}, "it is with the coordinator now"


async def wanted(table: Table, kind: ReminderKind) -> list[int | None]:
    rows = await table.town.rows("SELECT person FROM reminders WHERE state = 'pending' AND kind = :kind", kind=kind)
    return [row["person"] for row in rows]


async def test_K04_the_persons_goal_stands_in_the_persons_own_words_and_is_theirs_alone_to_end(table: Table) -> None:
    await in_plan(table, table.kari, "Write a goal")
    await table.world.write(table.kari, OWN)
    (mine,) = (await plan(table, table.nora)).goals
    assert (mine.words, mine.own, mine.mine) == (OWN, True, False)
    assert await table.world.says(table.nora, t("Case {number}: the person has written a goal.", number="1001"))
    assert OWN not in table.nora.text(), "what it is stands in the plan, not in the notice"
    await desk(table, "Goals and plan")
    assert await table.world.says(table.nora, t("The person's own goal: «{words}»", words=OWN)), "whose words they are"
    assert not await table.world.says(table.nora, t("My goal: «{words}»", words=OWN))
    for other in (table.nora, table.town.anne):
        with pytest.raises(Refused):
            await table.town.does(other, EndGoal(goal=mine.goal, state=GoalState.REACHED))
    await in_plan(table, table.kari, "About a goal")
    await table.world.press_data(table.kari, next(data for row in table.kari.last.rows for _, data in row))
    await table.world.press(table.kari, "It is reached")
    assert (await plan(table, table.kari)).goals == ()
    with pytest.raises(Refused):
        await table.town.does(table.kari, EndGoal(goal=mine.goal, state=GoalState.DROPPED))


async def test_K07_one_person_has_one_plan_and_sub_plans_are_named_and_nothing_more(table: Table) -> None:
    await opens(table)
    with pytest.raises(Refused, match="One person has one plan"):
        await opens(table, tool="Visma")
    made = await table.town.does(table.nora, AddSubPlan(case=FIRST, kind=SubPlanKind.EDUCATION, owner="Skolen", on=table.around.today))
    assert isinstance(made, int)
    (own,) = (await plan(table, table.kari)).sub_plans
    assert (own.kind, own.owner, own.on) == (SubPlanKind.EDUCATION, "Skolen", table.around.today)
    columns = {row["name"] for row in await table.town.rows("PRAGMA table_info(sub_plans)")}
    assert columns == {"id", "case_id", "kind", "owner", "on_day", "added_by", "added_at", "ended_at"}, "no room for what stands in it"
    await table.town.does(table.nora, EndSubPlan(sub_plan=SubPlanId(made)))
    assert (await plan(table, table.kari)).sub_plans == ()


async def test_K07_a_second_case_about_the_same_person_gets_no_second_plan(table: Table) -> None:
    await opens(table)
    second = await table.town.applied_and_granted()
    assert await table.world.read(lambda tx: cases.duplicates(tx, second)), "the same full name"
    with pytest.raises(Refused, match="Another case about the same person has a plan"):
        await opens(table, by=table.town.anne, case=second)


async def test_K08_K14_a_plan_is_opened_step_by_step_with_initials_as_short_name(table: Table) -> None:
    with pytest.raises(Refused, match="not opened yet"):
        await table.town.does(table.nora, TickPlanStep(case=FIRST, step=PlanStep.SHORT_NAME))
    await desk(table, "Goals and plan", "The plan is opened", "Simple cooperation became a plan")
    usual = table.world.municipality.profile.records.tool_name
    if usual is not None:
        await table.world.press(table.nora, "Somewhere else")
    await table.world.write(table.nora, "DIPS Samspill")
    await table.world.press(table.nora, Text("{day}", {"day": table.around.today}))
    found = await plan(table, table.kari)
    assert (found.tool, found.opened_on, found.converted) == ("DIPS Samspill", table.around.today, True)
    assert await table.world.says(table.kari, t("Your plan is opened. It is written in {tool}.", tool="DIPS Samspill"))
    short = t("Initials as short name: {initials}", initials="KP")
    await desk(table, "Goals and plan", "What belongs to opening it", short, "Advice from specialists is looked at", "Done")
    assert (await plan(table, table.nora)).steps == (PlanStep.SHORT_NAME, PlanStep.ASSESSMENTS)
    with pytest.raises(Refused, match="not come yet"):
        await opens(table, on=table.around.today + timedelta(days=1))


async def test_K08_T01_a_plan_is_seen_by_those_whose_it_is_and_nobody_else(table: Table) -> None:
    await opens(table)
    await goal(table, table.kari, OWN)
    for outside in (table.solveig, table.trond, table.town.nils, table.town.lars, table.town.kim):
        assert await table.look(outside, ThePlan(FIRST)) is None
        assert await table.look(outside, TheStart(FIRST)) is None
        with pytest.raises(Refused):
            await goal(table, outside)
    for inside in (table.kari, table.nora, table.town.anne):
        assert (await plan(table, inside)).initials == "KP"
    stored = await table.town.rows("SELECT words FROM goals")
    assert OWN.encode() not in stored[0]["words"], "sealed"


async def test_K09_nothing_asks_that_the_plan_be_written_by_a_day_but_contact_has_one(world: World) -> None:
    table = await Table.of(world)
    await opens(table)
    kinds = {row["kind"] for row in await table.town.rows("SELECT kind FROM reminders WHERE state = 'pending' AND case_id = 1")}
    assert {ReminderKind.CONTACT_NUDGE, ReminderKind.CONTACT_LATE} <= kinds
    before = kinds - {ReminderKind.OWN_LOOK}
    await goal(table, table.kari, OWN)
    after = {row["kind"] for row in await table.town.rows("SELECT kind FROM reminders WHERE state = 'pending' AND case_id = 1")}
    assert after - {ReminderKind.OWN_LOOK} == before, "a goal without a plan for it is no debt"
    await desk(table, "Goals and plan", "Prepare yourself")
    assert await world.says(table.nora, NO_DAY, last=1)


async def test_K11_a_plan_gives_no_services_and_where_to_apply_is_said(table: Table) -> None:
    await in_plan(table, table.kari, "What a plan means")
    assert await table.world.says(table.kari, NOT_BINDING, last=1)
    link = table.world.municipality.profile.links.apply_for_services
    assert link is None or link in table.kari.last.text


async def test_K12_the_goals_are_on_the_run_sheet_of_a_meeting(table: Table) -> None:
    await opens(table)
    await goal(table, table.nora)
    await table.world.read(lambda tx: tx.execute("UPDATE cases SET wanted = 'both' WHERE id = 1"))
    meeting = await table.calls()
    at = (await table.meeting(meeting)).at
    assert at is not None
    await table.world.turn(at - table.world.clock.now() + timedelta(minutes=5))
    await table.world.press(table.nora, "Open the run-sheet")
    assert await table.world.says(table.nora, t("Goal: {words}", words=TITLE))
    await desk(table, "Goals and plan", "Prepare yourself")
    assert await table.world.says(table.nora, USED_AT_MEETINGS, last=1)


async def test_K15_K20_five_questions_and_what_specialists_advise_prepare_the_coordinator(table: Table) -> None:
    await desk(table, "Goals and plan", "Prepare yourself")
    for words in (*FIVE_QUESTIONS, ADVICE):
        assert await table.world.says(table.nora, words, last=1)
    await in_plan(table, table.kari)
    assert not await table.world.offers(table.kari, "Prepare yourself"), "a card for those who coordinate"


async def test_K20_specialists_advice_is_a_step_of_opening_a_plan(table: Table) -> None:
    await opens(table)
    await table.town.does(table.nora, TickPlanStep(case=FIRST, step=PlanStep.ASSESSMENTS))
    assert PlanStep.ASSESSMENTS in (await plan(table, table.nora)).steps
    with pytest.raises(Refused):
        await table.town.does(table.kari, TickPlanStep(case=FIRST, step=PlanStep.GOALS_THERE))


async def test_K22_the_person_reads_of_the_plan_in_the_form_they_chose(world: World) -> None:
    table = await Table.of(world)
    await world.write(table.kari, "/sprak")
    await world.press(table.kari, verbatim("Nynorsk"))
    await goal(table, table.nora)
    told = t("There is a new goal in your plan: «{words}». Is it not what you want? Tell your coordinator.", words=TITLE)
    assert await world.says(table.kari, told), "in Nynorsk"
    assert any("Sei det til koordinatoren din." in each.text for each in table.kari.messages)


async def test_K22_what_a_good_talk_needs_stands_where_the_coordinator_prepares(world: World) -> None:
    town = await Town.of(world)
    kari = await town.appointed("Bokmål", needs=("Easy words", "Plenty of time"))
    table = Table(Around(town, kari), kari, kari, (MemberId(0), MemberId(0)))
    await desk(table, "Goals and plan", "Prepare yourself")
    needs = joined(t("Easy words"), t("Plenty of time"), by=", ")
    assert await world.says(table.nora, t("Suit what you say and write to the person: {needs}", needs=needs), last=1)
    seen = await plan(table, kari)
    assert seen.communication is None, "for whoever coordinates"


async def test_K23_the_thirteen_steps_are_the_same_line_for_the_person_and_the_unit(table: Table) -> None:
    behind = (await start(table, table.kari)).done
    assert behind == (Step.NEED, Step.WISH, Step.APPLIED, Step.FIRST_TALK, Step.WHO)
    assert (await start(table, table.town.anne)) == (await start(table, table.kari)) == (await start(table, table.nora))
    assert (await start(table, table.kari)).next is Step.START_TALK
    await table.town.does(table.nora, RecordContact(case=FIRST, place=Place.HOME))
    assert (await start(table, table.kari)).next is Step.START_TALK, "a phone call is no meeting"
    await table.town.does(table.nora, FinishStartup(case=FIRST, why_not="Kari ringer."))
    assert (await start(table, table.kari)).next is Step.TOOL
    await table.town.does(table.kari, ChooseWay(case=FIRST, way=Way.SIMPLE, words="Vi skriver til hverandre."))
    assert (await start(table, table.kari)).next is Step.GROUP, "they have chosen how to work together"
    await opens(table)
    await measure(table, await goal(table, table.nora), table.solveig)
    assert {Step.START_TALK, Step.MAPPED, Step.TOOL, Step.PLANNED} <= set((await start(table, table.kari)).done)
    assert (await start(table, table.kari)).next is Step.GROUP
    await table.world.write(table.kari, "/sak")
    if await table.world.offers(table.kari, "My plan and my wishes"):
        await table.world.press(table.kari, "My plan and my wishes")
    await table.world.press(table.kari, "The plan and questions", "How far it has come")
    assert await table.world.says(table.kari, t("{done} of {all} steps are behind you.", done=9, all=13), last=1)
    assert next_step(frozenset(Step)) is None


async def test_K24_the_person_decides_and_the_words_are_asked_for_before_solutions(table: Table) -> None:
    await in_plan(table, table.kari, "Write a goal")
    asked = t("What do you want to reach? Write it in your own words. You decide what is important.")
    assert await table.world.says(table.kari, asked, last=1)


@pytest.mark.parametrize("language", WRITTEN_FORMS)
def test_K24_no_text_speaks_as_an_expert_over_people(language: Language) -> None:
    """Decisions are shared (Lund § 9): nothing says what somebody should do, or that others know best."""
    over_people = re.compile(r"\b(du bør|vi anbefal|vi tilrår|til ditt beste|til beste for deg|pasient|vi ve[i]?t best)", re.IGNORECASE)
    catalogs = Catalogs.load()
    rendered = {catalogs.render(Text(each), language) for each in catalogs.sentences() if each and "{" not in each}
    assert len(rendered) > 1000
    assert [each for each in rendered if over_people.search(each)] == []


@pytest.mark.parametrize(
    ("name", "opens", "is_journal"),
    [("as", "the coordinating unit", False), ("heroy", "the coordinator", False), ("lund", "the coordinator", True)],
)
def test_K14_T04_who_opens_the_plan_and_whether_the_tool_is_a_journal_are_the_municipalitys(
    name: str, opens: str, is_journal: bool
) -> None:
    profile = load_profile(name)
    assert f"Here {opens} opens the plan" in who_opens(profile).msgid
    assert ("counts as a journal" in journal(profile, "Samspill").msgid) is is_journal


async def test_K14_K11_it_is_said_when_a_plan_is_noted_and_where_one_applies(table: Table) -> None:
    await desk(table, "Goals and plan", "The plan is opened")
    profile = table.world.municipality.profile
    assert await table.world.says(table.nora, who_opens(profile))
    await table.world.press(table.nora, "A new plan", verbatim(profile.records.tool_name or ""))
    await table.world.write(table.nora, "1.3.2026")
    assert await table.world.says(table.nora, journal(profile, profile.records.tool_name or ""), last=1)
    await table.world.write(table.kari, "/plan")
    await table.world.press(table.kari, "What a plan means")
    assert await table.world.says(table.kari, t("You apply here: {office}", office=profile.words.allocation_office))
