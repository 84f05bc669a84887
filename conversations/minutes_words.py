"""Minutes in words: for those who work with it, and in plain words for the person it is about.

Here: minutes as lines to read, and a task as a line. Not here: what is asked. Requirement rows: I04 (decisions and responsibilities only),
I06, I13 (the person knows the meeting again). Sources: Lund § 11.4 (Referat); W:FRAX.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from bot.domain.member_tasks import MemberTaskState, words_of
from bot.domain.minutes import MinutesState, Outcome
from bot.domain.minutes_queries import AssignedView, MinutesView, PointView, TaskView
from bot.engine.texts import Text, joined, nt, t
from conversations.meeting_words import KINDS

STATES: Final[Mapping[MemberTaskState, Text]] = {
    MemberTaskState.OPEN: t("not done yet"),
    MemberTaskState.DONE: t("done"),
    MemberTaskState.CANNOT: t("could not be done"),
    MemberTaskState.DROPPED: t("no longer needed"),
}


def task_line(task: TaskView) -> Text:
    """What is to be done, by whom and by when, and how it stands."""
    return t(
        "– {words} ({name}, by {day}): {state}",
        words=words_of(task.code, task.words),
        name=task.owner,
        day=task.due_on,
        state=STATES[task.state],
    )


def shown(view: MinutesView) -> Iterator[Text]:
    """The minutes as their reader gets them."""
    yield from plain(view) if view.plain else formal(view)
    if view.state is MinutesState.READ_BACK:
        yield t("This is not sent yet.")
    for name, words in view.objections:
        said = t("{name} says that it is not right.", name=name)
        yield joined(said, t("«{words}»", words=words), by=" ") if words else said


def formal(view: MinutesView) -> Iterator[Text]:
    """For those who work with it: the points of the agenda, under each what was decided and who does what."""
    yield joined(
        t("Minutes: {kind}", kind=KINDS[view.kind]),
        t("Case {number}, {initials}", number=str(view.number), initials=view.initials),
        Text("{time}", {"time": view.at}),
        by="\n",
    )
    if view.part:
        yield t("You were there for part of the meeting. This is what concerns you.")
    yield t("Present: {names}", names=list(view.present))
    if view.absent:
        yield t("Not there: {names}", names=list(view.absent))
    for point in view.points:
        yield joined(point.title, *_formal(point), by="\n")
    yield from _next(view)
    yield t("Written by {name}", name=view.writer)


def _formal(point: PointView) -> Iterator[Text]:
    if point.outcome is Outcome.DECIDED and point.words:
        yield t("Decided: {words}", words=point.words)
    if point.outcome is Outcome.PASSED_ON and point.words:
        yield t("Passed on to {whom}: {words}", whom=point.to_whom or "–", words=point.words)
    for task in point.tasks:
        yield t("– {name}: {words}, by {day}", name=task.owner, words=task.words, day=task.due_on)
    if point.disagreement:
        yield t("The services see this differently: {words}", words=point.disagreement)


def plain(view: MinutesView) -> Iterator[Text]:
    """For the person: what we talked about, what happens now, who does it, and when (I13)."""
    there = list(view.present)
    yield nt("We met {time}. {names} was there.", "We met {time}. Those who were there: {names}.", len(there), time=view.at, names=there)
    for point in view.points:
        yield joined(t("We talked about: {line}", line=point.title), *_plain(point), by="\n")
    mine = [each for point in view.points for each in point.tasks if each.mine]
    if mine:
        yield joined(t("This is for you to do:"), *(_own(each) for each in mine), by="\n")
    yield from _next(view)


def _own(task: AssignedView) -> Text:
    return t("– {words}, by {day}", words=task.words, day=task.due_on)


def _plain(point: PointView) -> Iterator[Text]:
    if point.outcome is Outcome.DECIDED and point.words:
        yield t("We agreed: {words}", words=point.words)
    if point.outcome is Outcome.PASSED_ON and point.words:
        yield t("We could not decide this ourselves. {whom} is asked: {words}", whom=point.to_whom or "–", words=point.words)
    for task in point.tasks:
        if not task.mine:
            yield t("{name} does this by {day}: {words}", name=task.owner, day=task.due_on, words=task.words)
    if point.disagreement:
        yield t("Those who help you see this differently: {words}", words=point.disagreement)


def _next(view: MinutesView) -> Iterator[Text]:
    if view.next_on is not None:
        yield t("We meet again {day}.", day=view.next_on)
    elif view.why_not:
        yield t("We have not agreed on a next meeting: {words}", words=view.why_not)
