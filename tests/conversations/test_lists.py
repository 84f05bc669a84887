"""Choosing from a long list, and a task that opens what it is about."""

from datetime import timedelta

from bot.domain.cases import TaskKind
from bot.domain.ids import SentAroundId, TaskId
from bot.domain.queries import TaskView
from bot.domain.sent_around import SentAroundView, SentAroundWaiting
from bot.engine.ask import Ask
from bot.engine.questions import Sensitivity
from bot.engine.texts import t, verbatim
from conversations.picking import Line, pick, pick_several
from conversations.task_list import open_task
from tests.conversations.desk_facts import NOW, play


async def _chosen(ask: Ask) -> None:
    lines = [Line(value=str(place), button=verbatim(f"Nummer {place}")) for place in range(1, 20)]
    await pick(ask, t("Which one?"), [*lines, Line(value="done", button=t("That is all"), listed=False)], sensitivity=Sensitivity.NEUTRAL)


def test_C01_what_else_one_can_do_stands_on_every_page_of_a_long_list() -> None:
    played = play(_chosen, {}, {"page/0": "+more", "page/1": "+more", "page/2": "done"}, {})
    pages = [[option.value for option in each.options] for each in played.asked]
    assert [each[-1] for each in pages] == ["done"] * 3
    assert [value for each in pages for value in each if value not in {"done", "+more"}] == [str(place) for place in range(1, 20)]


async def _several(ask: Ask) -> None:
    points = {str(place): verbatim(f"Punkt {place}") for place in range(1, 18)}
    chosen = await pick_several(ask, "points", t("Which points?"), points, none=t("None of these"))
    await ask.say(verbatim(" ".join(chosen)))


def test_G07_several_of_a_long_list_come_page_by_page_and_all_that_is_chosen_counts() -> None:
    played = play(_several, {}, {"points/page/1": ["1", "8"], "points/page/2": None, "points/page/3": ["17"]}, {})
    assert [len(each.options) for each in played.asked] == [8, 8, 1]
    assert "1 8 17" in played.words


def _waiting(number: int) -> SentAroundView:
    words, by = f"Ord {number}", NOW.date() + timedelta(days=2)
    return SentAroundView(
        sent=SentAroundId(number), task=TaskId(number + 10), number=None, name=None, phone=None, words=words, said_at=NOW, by=by
    )


async def _second(ask: Ask) -> None:
    kind, due = TaskKind.SENT_AROUND, NOW.date()
    await open_task(ask, TaskView(task=TaskId(12), kind=kind, case=None, number=None, initials=None, due=due, late=False, words=""))


def test_O05_a_task_opens_the_one_it_is_about() -> None:
    played = play(_second, {SentAroundWaiting: (_waiting(1), _waiting(2))}, {"take/2": "no"}, {})
    assert "Ord 2" in played.words
    assert "Ord 1" not in played.words
