"""A year of a municipality in one run: 500 cases in five municipalities, and every rule fired when it should and never otherwise.

What fires by the rules is compared, case by case and day by day, with a naive reading of the rules (`tests.stories.naive`). People forget,
leave, fall ill and withdraw (`tests.stories.lives`). Part of the year goes through the database as well, in both written forms.
"""

import ast
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pytest

from bot.clock import WorkingCalendar
from bot.domain.reminders import (
    AT_ONCE,
    Reminder,
    ReminderKind,
    Rules,
    closing,
    complaint,
    consent,
    evaluation,
    group,
    handing_over,
    message,
    minutes,
    notice_reminders,
    nudging,
    plan,
    reminders,
    school,
    session_reminders,
    standing,
    startup,
)
from bot.profile import load_profile
from tests.stories import lives, lives_further, naive, naive_case, naive_further, naive_group
from tests.stories.naive import OSLO, Told

PROFILES = ("as", "lund", "heroy", "ringerike", "rana")
CASES = 100
"""In each of the five municipalities."""
YEAR = [date(2026, 1, 1) + timedelta(days=days) for days in range(365)]
LOOKS = (time(), time(9), time(15))
"""The clock looks at midnight, at nine and at three."""
TESTS = Path(__file__).resolve().parents[1]

Line = tuple[str, int | None, int | None, date]


def complained(facts: Any, rules: Rules) -> frozenset[Reminder]:
    return frozenset(complaint.reminders(facts, rules))


def nudged(facts: Any, rules: Rules) -> frozenset[Reminder]:
    return nudging.reminders(lives.CASE, (facts,), rules)


SUBJECTS: dict[str, tuple[Callable[[Random], lives.Life], Callable[[Any, Rules], Collection[Reminder]], Callable[..., Iterable[Told]]]] = {
    "case": (lives.case, reminders, naive_case.case),
    "consent": (lives.consents, consent.reminders, naive_case.consents),
    "standing": (lives.standing, standing.reminders, naive_case.standing),
    "session": (lives.sessions, session_reminders, naive_case.session),
    "notice": (lives.notices, notice_reminders, naive_case.notice),
    "nudge": (lives.nudges, nudged, naive_case.nudge),
    "group": (lives.groups, group.reminders, naive_group.group),
    "handing_over": (lives.changes, handing_over.reminders, naive_group.handing_over),
    "minutes": (lives.minutes, minutes.reminders, naive_group.agreed),
    "tasks": (lives_further.tasks, minutes.reminders, naive_further.tasks),
    "plan": (lives_further.plans, plan.reminders, naive_further.plan),
    "evaluation": (lives_further.evaluations, evaluation.reminders, naive_further.evaluation),
    "complaint": (lives_further.complaints, complained, naive_further.complaint),
    "message": (lives_further.messages, message.reminders, naive_further.message),
    "startup": (lives_further.starts, startup.reminders, naive_further.startup),
    "school": (lives_further.schools, school.reminders, naive_further.school),
    "closing": (lives_further.closings, closing.reminders, naive_further.closing),
}
MEETINGS = "tests/domain/test_meeting_reminders.py"
PHASES, TRANSITIONS = "tests/requirements/test_life_phases.py", "tests/requirements/test_transitions.py"
TRAINING = "tests/requirements/test_training.py"
CHANGES = f"{TRANSITIONS}::test_M02_M14_M26_five_hundred_children_in_each_municipality_are_raised_on_the_days_a_naive_reading_gives"
HALF_A_YEAR = f"{TRANSITIONS}::test_M03_M05_the_unit_is_told_half_a_year_before_a_change_and_before_the_childrens_coordinator_ends"
LISTS = f"{PHASES}::test_M10_M20_M40_a_list_nobody_has_opened_is_brought_to_mind_and_a_new_phase_has_a_new_list"
PASSED_ON = f"{TRANSITIONS}::test_M15_M30_M44_it_is_asked_before_and_after_until_the_plan_is_updated_and_everything_passed_on"
AT_RISK = f"{PHASES}::test_M27_a_school_at_risk_is_told_at_once_asked_again_and_then_the_units"
GATHERING = f"{TRAINING}::test_R03_only_the_silent_are_asked_again_and_only_those_who_come_are_reminded"
ELSEWHERE = {
    "recurring": "tests/requirements/test_informing.py::test_A15_each_year_the_unit_gets_the_parents_meetings",
    "look_back": "tests/requirements/test_complaints.py::test_O04_a_question_on_fridays_for_those_who_want_it_and_nothing_is_stored",
    "sent_around_late": "tests/requirements/test_sent_around.py::test_O05_when_nobody_takes_it_in_two_working_days_they_are_told_again",
    "gathering_answer": GATHERING,
    "gathering_tomorrow": GATHERING,
    "gathering_plan": f"{TRAINING}::test_R03_two_a_year_are_brought_to_mind_until_they_are_called",
    "help_monthly": f"{TRAINING}::test_R07_coordinators_at_work_are_asked_each_month_and_one_press_is_enough",
    "phase_list": LISTS,
    "phase_later": f"{PHASES}::test_M10_M20_M40_each_item_is_given_not_relevant_or_later_with_a_day_and_comes_back_on_it",
    "phase_outlook": f"{PHASES}::test_M01_four_questions_are_asked_before_each_yearly_plan_and_the_answers_are_kept",
    "transition": CHANGES,
    "transition_unit": HALF_A_YEAR,
    "child_coordinator": HALF_A_YEAR,
    "passed_on": PASSED_ON,
    "drop_out": AT_RISK,
    "drop_out_unit": AT_RISK,
    **dict.fromkeys(
        (
            "meeting_not_called",
            "meeting_vote",
            "meeting_answer",
            "meeting_week",
            "meeting_tomorrow",
            "meeting_who_comes",
            "meeting_between",
        ),
        f"{MEETINGS}::test_H02_H06_H07_G01_ten_thousand_meetings_are_reminded_of_as_the_rules_say",
    ),
    **dict.fromkeys(("meeting_due", "meeting_overdue"), f"{MEETINGS}::test_G09_warned_six_weeks_before_it_is_too_long_and_told_when_it_is"),
}
"""Kinds that the year does not go through, each with the test that does: they need the database, or have a naive reading of their own."""


@cache
def rules_of(profile: str) -> Rules:
    return Rules(profile=load_profile(profile), calendar=WorkingCalendar())


def looks() -> Iterable[tuple[date, datetime, datetime]]:
    """Each look of the clock: the day, the moment, and the next moment at which people may be written to."""
    for day in YEAR:
        for hour in LOOKS:
            at = datetime.combine(day, hour, OSLO).astimezone(UTC)
            yield day, at, naive.hour(at)


ALL_LOOKS = tuple(looks())
MOMENTS = [at for _, at, _ in ALL_LOOKS]
END = MOMENTS[-1] + timedelta(days=1)


def by_the_rules(life: lives.Life, want: Callable[[Any, Rules], Collection[Reminder]], rules: Rules) -> Counter[Line]:
    """What fires: asked of the rules, as the table of reminders and the clock do it."""
    done: set[str] = set()
    fired: Counter[Line] = Counter()
    for facts, looked in spans(life):
        waiting = [] if facts is None else list(want(facts, rules))
        for day, at, allowed in looked:
            for each in [one for one in waiting if one.due_at <= at]:
                too_late = each.useful_until is not None and max(at, allowed) >= each.useful_until
                if each.key not in done and not too_late and allowed > at and each.kind not in AT_ONCE:
                    continue
                if each.key not in done and not too_late:
                    fired[each.kind.value, each.person, each.object, day] += 1
                done.add(each.key)
                waiting.remove(each)
    return fired


def by_the_handbooks(life: lives.Life, read: Callable[..., Iterable[Told]], rules: Rules) -> Counter[Line]:
    """What should be told: read off with nothing remembered but what has been told."""
    done: set[tuple[str, object, object, str]] = set()
    told: Counter[Line] = Counter()
    for facts, looked in spans(life):
        left = [] if facts is None else list(read(facts, rules.profile))
        for day, at, allowed in looked:
            for each in [one for one in left if one.due <= at]:
                mark = (each.kind, each.who, each.what, each.mark)
                useless = each.last is not None and max(at, allowed) >= each.last
                if mark not in done and (useless or at == allowed or each.night):
                    done.add(mark)
                    told[each.kind, each.who, each.what, day] += not useless
                if mark in done:
                    left.remove(each)
    return +told


def spans(life: lives.Life) -> Iterable[tuple[Any, Sequence[tuple[date, datetime, datetime]]]]:
    """What was known, with the looks of the clock while it was."""
    for place, (since, facts) in enumerate(life):
        until = life[place + 1][0] if place + 1 < len(life) else END
        yield facts, ALL_LOOKS[bisect_left(MOMENTS, since) : bisect_left(MOMENTS, until)]


@pytest.fixture(scope="module")
def year() -> Counter[str]:
    """How often each kind fired in the whole year; every case compared on the way."""
    count: Counter[str] = Counter()
    for profile in PROFILES:
        rules = rules_of(profile)
        for name, (live, want, read) in SUBJECTS.items():
            for number in range(CASES):
                life = live(Random(f"{profile}/{name}/{number}"))
                fired, told = by_the_rules(life, want, rules), by_the_handbooks(life, read, rules)
                assert fired == told, (profile, name, number, {"too much": fired - told, "missing": told - fired}, life)
                for kind, *_ in fired.elements():
                    count[kind] += 1
    print(f"\n{CASES * len(PROFILES)} cases, {sum(count.values())} reminders: {dict(sorted(count.items()))}")
    return count


def test_every_rule_fires_when_it_should_and_never_otherwise(year: Counter[str]) -> None:
    assert sum(year.values()) > 5_000


def test_every_kind_fires_in_the_year_or_in_a_test_that_is_named(year: Counter[str]) -> None:
    """A kind that nobody has read is found here: give it a reading in `tests.stories.naive_*`, or name the tests that go through it."""
    assert sorted(set(ReminderKind) - set(year) - set(ELSEWHERE)) == []
    assert sorted(set(ELSEWHERE) - set(ReminderKind)) == []


@pytest.mark.parametrize("kind", ELSEWHERE)
def test_the_test_that_is_named_exists(kind: str) -> None:
    file, _, name = ELSEWHERE[kind].partition("::")
    tree = ast.parse((TESTS.parent / file).read_text("utf-8"))
    assert name in {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}
