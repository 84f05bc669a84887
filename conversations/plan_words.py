"""The plan in words: where it is, goals and who does what, the services' own plans.

Here: sentences from a view, and the card of five questions. Not here: what is asked (`conversations.plan`). Guarantee: the person's own
words stand as they were written; of a service's own plan there is its name, owner and day alone (K07: Ringerike).
"""

from collections.abc import Mapping
from typing import Final

from bot.domain.member_tasks import MemberTaskState, words_of
from bot.domain.plan_queries import GoalView, PlanView, PromiseView
from bot.domain.plans import STEPS, SUB_PLANS, PlanStep
from bot.domain.promises import ANSWERS
from bot.domain.rules import PlanOpenedBy, Profile
from bot.engine.texts import Text, joined, t, verbatim

NOT_BINDING: Final = t("A plan is no decision on services. It gives no right to more help. If you need a service, you must apply for it.")
"""Said plainly (K11: Ringerike; S04)."""
ONE_PLAN: Final = t("You have one plan. The services' own plans follow it.")
NO_DAY: Final = t("There is no day by which the plan must be written. Get to know each other first.")
"""K09: Rana."""
FIVE_QUESTIONS: Final = (
    t("Which way are we going?"),
    t("Why?"),
    t("How?"),
    t("Who does what?"),
    t("When?"),
)
"""Herøy, s. 2 (K15)."""
USED_AT_MEETINGS: Final = t("Take the plan to each meeting: read the goals first, and write down who does what.")
"""K12: Ringerike."""
ADVICE: Final = t("Look at what specialists and competence centres have advised before you set goals.")
"""K20: Herøy, Livsfaser."""
MAP_FIRST: Final = t("Take your time to find out what is needed first. Goals come after that, and you set them together.")
"""K01, K24: Lund §§ 8 and 9."""


def where(view: PlanView) -> Text:
    """Whether there is a plan, where it is written, and since when."""
    if view.opened_on is None:
        return (
            t("A plan was asked for. It is not opened yet.") if view.wanted else t("There is no plan. Goals can be written all the same.")
        )
    about = t("The plan is written in {tool}. It was opened on {day}.", tool=view.tool, day=view.opened_on)
    return joined(about, t("It was simple cooperation before."), by=" ") if view.converted else about


def goal_lines(goal: GoalView, *, persons: bool) -> Text:
    """A goal and what is done towards it, by whom and when. `persons`: read by the person's own side."""
    head = t("Goal: {words}", words=goal.words)
    if goal.own:
        head = t("My goal: «{words}»", words=goal.words) if persons else t("The person's own goal: «{words}»", words=goal.words)
    lines = [
        t("– {words}. {name}, by {day}", words=words_of(each.code, each.words), name=each.owner, day=each.due_on)
        if each.state is not MemberTaskState.DONE
        else t("✓ {words}. {name}", words=words_of(each.code, each.words), name=each.owner)
        for each in goal.measures
    ]
    return joined(head, *lines, by="\n")


def sub_plan_lines(view: PlanView) -> Text | None:
    """The services' own plans (K07)."""
    if not view.sub_plans:
        return None
    lines = [t("– {plan}: {owner}, {day}", plan=SUB_PLANS[each.kind], owner=each.owner, day=each.on) for each in view.sub_plans]
    return joined(t("The services' own plans:"), *lines, by="\n")


def step_words(view: PlanView) -> Mapping[PlanStep, Text]:
    """The steps of opening a plan; the short name is the initials that stand in all our lists (K08)."""
    initials = t("Initials as short name: {initials}", initials=view.initials)
    return {step: initials if step is PlanStep.SHORT_NAME else words for step, words in STEPS.items()}


def steps_shown(view: PlanView) -> Text:
    """What is done of it, and what is left."""
    lines = [t("✓ {item}", item=words) if step in view.steps else t("• {item}", item=words) for step, words in step_words(view).items()]
    return joined(t("When the plan is opened:"), *lines, by="\n")


def where_to_apply(profile: Profile) -> Text:
    """That a plan gives no services, and where one applies for them (K11)."""
    office, link = t("You apply here: {office}", office=profile.words.allocation_office), profile.links.apply_for_services
    return joined(NOT_BINDING, office, *([verbatim(link)] if link else []), by="\n")


def who_opens(profile: Profile) -> Text:
    """Who opens a plan in the tool (Ås: the unit; Herøy: the coordinator; the others by their profile)."""
    if profile.records.plan_opened_by is PlanOpenedBy.KE:
        return t("Here the coordinating unit opens the plan in the tool. Note it when that is done.")
    return t("Here the coordinator opens the plan in the tool. Note it when that is done.")


def journal(profile: Profile, tool: str) -> Text:
    """Whether what stands in the municipality's own tool counts as a journal (T04: in Lund it does)."""
    if profile.records.tool_is_journal:
        return t("What is written in {tool} counts as a journal here.", tool=tool)
    return t("{tool} is no journal. What belongs in a journal is written there too.", tool=tool)


def promise_line(each: PromiseView, *, to_answer: bool) -> Text:
    """What is asked, and the day or the answer (K18, K19); `to_answer`: for those who are to answer it."""
    asked = t("«{words}»", words=each.words)
    if each.answer is None:
        day = t("To be answered by {day}.", day=each.due_on) if to_answer else t("You get an answer by {day}.", day=each.due_on)
        return joined(asked, t("The answer was to come by {day}. It is late.", day=each.due_on) if each.late else day, by="\n")
    return joined(asked, ANSWERS[each.answer], *([t("«{words}»", words=each.reply)] if each.reply else []), by="\n")
