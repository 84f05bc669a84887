"""A municipality's own evaluation form: asked with Samråd's questions or instead of some, sealed and read like them.

Here: rows L01, L04 to L07 for the municipality's own questions (Rana, For mer informasjon, names a form of its own). Not here: the
questions that come with Samråd (`test_evaluation`), mistakes in a profile (`tests/profile`).
"""

import json
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

import pytest

from bot.domain.cases import AgeGroup, TaskKind
from bot.domain.documents import Document, Lines
from bot.domain.evaluation import (
    SETS,
    AfterLow,
    Evaluate,
    EvaluationLine,
    Mark,
    OwnAnswer,
    Point,
    QuestionSet,
    ReadBy,
    TheEvaluation,
)
from bot.domain.evaluation_rules import AnswerKind, OwnForm, OwnQuestion
from bot.domain.minutes_queries import MyTasks
from bot.domain.queries import KeTasks
from bot.domain.refusal import Refused
from bot.domain.words import Words
from bot.engine.texts import Language, t
from bot.profile import load_profile
from bot.services import my_data, my_data_files
from bot.services.municipality import Context
from bot.store import evaluations, people
from bot.store.database import Tx
from bot.store.seal import Field, KeyOwner
from conversations.evaluation_words import answered
from tests.requirements.meeting_walks import Table
from tests.requirements.walks import FIRST
from tests.world import Chat, World

RANAS = load_profile("rana").evaluation
MATTERS, REACHED, WHOLE = "matters_to_me", "reached", "one_whole"
COOPERATION = QuestionSet.COOPERATION
NONE = replace(RANAS, own_form=None, questions=())
"""The same municipality once it has deleted its form."""


@pytest.fixture
async def table(world: World) -> Table:
    """Kari reads Bokmål and Nora Nynorsk; the evaluation form is Rana's."""
    world.starts_with(evaluation=RANAS)
    table = await Table.of(world)
    for who, language in ((table.kari, Language.NB), (table.nora, Language.NN)):
        person = await world.person(who)
        await world.read(lambda tx, person=person, language=language: people.set_language(tx, person, language))  # type: ignore[misc]
    return table


def own(which: QuestionSet = COOPERATION, low: Mapping[str, int] = MappingProxyType({})) -> tuple[OwnAnswer, ...]:
    """To Rana's questions: every mark four but for those named, and no words."""
    return tuple(
        OwnAnswer(id=each.id, question=words, mark=Mark(low.get(each.id, 4)) if each.kind is AnswerKind.SCALE else None)
        for each, words in RANAS.own(which)
    )


async def answers(table: Table, **more: Any) -> None:
    given: dict[str, Any] = {"questions": COOPERATION, "marks": (), "own": own(), "words": None, "read_by": ReadBy.COORDINATOR}
    await table.town.does(table.kari, Evaluate(case=FIRST, **(given | more)))
    await table.world.deliver()


async def lines(table: Table, who: Chat) -> tuple[EvaluationLine, ...]:
    view = await table.look(who, TheEvaluation(FIRST))
    assert view is not None
    return view.answers


def read(table: Table, line: EvaluationLine, language: Language) -> str:
    return table.world.municipality.catalogs.render(answered(line), language)


def test_L04_in_rana_its_questions_stand_instead_of_those_on_the_cooperation_and_the_plan_keeps_its_four() -> None:
    assert RANAS.built_in(COOPERATION) == ()
    assert RANAS.built_in(QuestionSet.PLAN) == SETS[QuestionSet.PLAN]
    assert RANAS.own(QuestionSet.PLAN) == ()
    assert [each.id for each, _ in RANAS.own(COOPERATION)][:2] == [MATTERS, REACHED]
    after = replace(RANAS, own_form=OwnForm.AFTER)
    assert (after.built_in(COOPERATION), after.own(COOPERATION)) == (SETS[COOPERATION], RANAS.own(COOPERATION))


def test_L06_a_child_is_asked_its_own_two_first_and_then_what_has_words_for_a_child() -> None:
    assert RANAS.built_in(QuestionSet.CHILD) == SETS[QuestionSet.CHILD]
    asked = RANAS.own(QuestionSet.CHILD)
    assert [each.id for each, _ in asked] == [MATTERS, WHOLE]
    assert [words for _, words in asked] == [each.for_child for each, _ in asked]


@pytest.mark.parametrize("name", ["as", "demo", "heroy", "lund", "ringerike"])
def test_L01_who_has_no_form_asks_what_comes_with_samrad(name: str) -> None:
    rules = load_profile(name).evaluation
    assert all((rules.built_in(which), rules.own(which)) == (SETS[which], ()) for which in QuestionSet)


async def test_L04_the_answers_are_read_by_whom_the_person_chose_each_in_their_own_form(table: Table) -> None:
    words = replace(own()[-1], words="Ring meg først.")
    await answers(table, own=(*own()[:-1], words))
    (noras,), (karis,) = await lines(table, table.nora), await lines(table, table.kari)
    nb, nn = read(table, karis, Language.NB), read(table, noras, Language.NN)
    assert "Hvor godt kjenner koordinatoren det som er viktig for deg? 🙂" in nb
    assert "Kor godt kjenner koordinatoren det som er viktig for deg? 🙂" in nn
    assert "«Ring meg først.»" in nb
    await answers(table, read_by=ReadBy.UNIT)
    assert [len(await lines(table, who)) for who in (table.nora, table.town.anne, table.kari)] == [1, 2, 2]


async def test_L04_the_answers_lie_sealed(table: Table) -> None:
    await answers(table, own=(*own()[:-1], replace(own()[-1], words="Ring meg først.")))
    (row,) = await table.town.rows("SELECT answers, questions FROM evaluations")
    assert b"Ring" not in row["answers"]
    assert b"viktig" not in row["answers"]


async def test_what_was_answered_stands_in_ones_own_file_in_words(table: Table) -> None:
    await answers(table, own=(*own(low={REACHED: 2})[:-1], replace(own()[-1], words="Ring meg først.")))
    await answers(table, questions=QuestionSet.PLAN, marks=tuple((point, 3) for point in SETS[QuestionSet.PLAN]), own=())
    kari = await table.world.person(table.kari)

    def made(tx: Tx) -> Document:
        context = Context(tx=tx, municipality=table.world.municipality, actor=kari)
        return my_data_files.document(context, my_data.everything(context, form="pdf"))

    found = await table.world.read(made)
    render = table.world.municipality.catalogs.render
    lines = [line for part in found.parts if isinstance(part, Lines) for line in part.lines]
    shown = {render(line.label, Language.NB): render(line.value, Language.NB) for line in lines}
    assert shown["Hvordan er det å få tak i koordinatoren i arbeidstida?"] == "2 av 5"
    assert shown["Hva bør koordinatoren gjøre mer av, eller mindre av?"] == "Ring meg først."
    assert shown["Hvordan går det med målene dine?"] == "3 av 5"


WRONG = {
    "those of Samråd, which are not asked here": {"marks": tuple((point, 4) for point in SETS[COOPERATION])},
    "one too few": {"own": own()[:-1]},
    "another order": {"own": tuple(reversed(own()))},
    "words for a mark": {"own": (replace(own()[0], mark=None, words="Godt"), *own()[1:])},
    "a mark for words": {"own": (*own()[:-1], replace(own()[-1], mark=Mark.GOOD))},
    "a mark and words": {"own": (replace(own()[0], words="Godt"), *own()[1:])},
    "no mark": {"own": (replace(own()[0], mark=None), *own()[1:])},
    "a question that reads otherwise now": {"own": (replace(own()[0], question=Words(nb="Noe annet?", nn="Noko anna?")), *own()[1:])},
    "another set": {"questions": QuestionSet.PLAN, "marks": tuple((point, 4) for point in SETS[QuestionSet.PLAN])},
}


@pytest.mark.parametrize("more", WRONG.values(), ids=WRONG)
async def test_L01_other_answers_than_were_asked_for_are_refused(table: Table, more: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        await answers(table, **more)
    assert await table.town.rows("SELECT 1 FROM evaluations") == []


async def test_L05_a_bad_answer_is_the_coordinators_task_in_the_coordinators_form(table: Table) -> None:
    await answers(table, own=own(low={REACHED: 2}))
    (mine,) = [each.words for each in await table.look(table.nora, MyTasks()) if each.mine]
    assert mine.endswith("«Korleis er det å få tak i koordinatoren i arbeidstida?»")


async def test_L05_L07_past_the_coordinator_it_is_the_units_without_a_word_of_it(table: Table) -> None:
    await answers(table, own=own(low={REACHED: 1}), read_by=ReadBy.UNIT, after_low=AfterLow.CALL)
    assert [each for each in await table.look(table.nora, MyTasks()) if each.mine] == []
    tasks = {each.kind: each.words for each in await table.look(table.town.anne, KeTasks())}
    assert (tasks[TaskKind.EVALUATION_LOW], tasks[TaskKind.EVALUATION_CALL]) == ("", "")


async def test_L06_the_childs_answers_are_told_in_no_task(table: Table) -> None:
    await table.world.read(lambda tx: tx.execute("UPDATE cases SET age_group = :age WHERE id = :case", age=AgeGroup.UNDER_16, case=FIRST))
    marks = ((Point.HELP, 5), (Point.HEARD, 5))
    with pytest.raises(Refused):
        await answers(table, questions=QuestionSet.CHILD, marks=marks)
    await answers(table, questions=QuestionSet.CHILD, marks=marks, own=own(QuestionSet.CHILD, {WHOLE: 1}))
    (mine,) = [each.words for each in await table.look(table.nora, MyTasks()) if each.mine]
    assert mine == table.world.municipality.words(t("Talk with the child about how it is going."), Language.NN, table.world.clock.now())
    assert "Samarbeider dei vaksne som hjelper deg? 😢 Nei" in read(table, (await lines(table, table.nora))[0], Language.NN)


async def test_L04_what_was_answered_reads_as_it_was_asked_when_the_form_is_exchanged(table: Table) -> None:
    await answers(table)
    for rules in (NONE, replace(RANAS, questions=(_other(),))):
        table.world.starts_with(evaluation=rules)
        (line,) = await lines(table, table.nora)
        assert "Korleis er det å få tak i koordinatoren i arbeidstida? 🙂" in read(table, line, Language.NN)


def _other() -> OwnQuestion:
    words = Words(nb="Svarer koordinatoren raskt nok?", nn="Svarar koordinatoren raskt nok?")
    return OwnQuestion(id="fast", about=COOPERATION, kind=AnswerKind.SCALE, words=words)


async def test_an_answer_from_before_there_were_own_questions_reads_as_before(table: Table) -> None:
    await answers(table, questions=QuestionSet.PLAN, marks=tuple((point, 4) for point in SETS[QuestionSet.PLAN]), own=())

    def as_it_was(tx: Tx) -> None:
        field, owner = Field("evaluations", "answers", 1), KeyOwner("case", FIRST)
        row = tx.one("SELECT answers FROM evaluations WHERE id = 1")
        assert row is not None
        told = json.loads(tx.open(field, owner, row["answers"]))
        del told["own"]
        tx.execute("UPDATE evaluations SET answers = :answers WHERE id = 1", answers=tx.seal(field, owner, json.dumps(told)))

    await table.world.read(as_it_was)
    (found,) = await table.world.read(lambda tx: evaluations.of_case(tx, FIRST))
    assert (found.own, dict(found.marks)[Point.GOALS]) == ((), 4)


async def test_L07_by_hand_a_form_that_is_exchanged_half_way_asks_what_is_new_and_keeps_the_rest(table: Table) -> None:
    world, kari = table.world, table.kari
    await world.write(kari, "/evaluering")
    await world.press(kari, "Those who help me, and meetings", "🙂 Good", "🙁 Bad")
    matters, reached, *_ = RANAS.questions
    world.starts_with(evaluation=replace(RANAS, questions=(reached, _other(), matters)))
    await world.press(kari, "🙂 Good")
    assert kari.last.text.startswith("Svarer koordinatoren raskt nok?"), "it is asked; the answer was to another question"
    await world.press(kari, "😀 Very good", "Nothing to add", "My coordinator too", "Yes, phone me")
    (line,) = await lines(table, kari)
    assert [(each.id, each.mark) for each in line.own] == [(REACHED, 2), ("fast", 5), (MATTERS, 4)]
    assert TaskKind.EVALUATION_CALL in await table.town.to_do()


async def test_L01_after_those_of_samrad_by_hand(table: Table) -> None:
    world, kari = table.world, table.kari
    world.starts_with(evaluation=replace(RANAS, own_form=OwnForm.AFTER, questions=(_other(),)))
    await world.write(kari, "/evaluering")
    await world.press(kari, "Those who help me, and meetings", "🙂 Good", "🙂 Good", "🙂 Good", "🙂 Good")
    await world.press(kari, "Nothing to add", "My coordinator too")
    (line,) = await lines(table, kari)
    assert ([point for point, _ in line.marks], [each.id for each in line.own]) == (list(SETS[COOPERATION]), ["fast"])
