"""The engine: a conversation replayed from its answers.

Every change that a new release can make to a conversation is made here under a session that stands half way.
"""

import ast
import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import bot.engine
from bot.engine.ask import Ask, Command, Query
from bot.engine.questions import AnswerRefused, Kind, Option, Question
from bot.engine.registry import Entry, Registry
from bot.engine.replay import Conversation, ConversationFault, Turn, replay
from bot.engine.texts import Language, t, verbatim


@dataclass(frozen=True, slots=True)
class Weather(Query[str]):
    """A query of the tests."""


@dataclass(frozen=True, slots=True)
class Order(Command[int]):
    """A command of the tests."""

    what: str


class Stage:
    """Runs a conversation and remembers what it did."""

    def __init__(self, conversation: Conversation) -> None:
        self.conversation = conversation
        self.stored: dict[str, object] = {}
        self.done: list[Command[object]] = []
        self.weather = "sun"

    def _do(self, key: str, command: Command[object]) -> object:
        self.done.append(command)
        self.stored[key] = len(self.done)
        return len(self.done)

    def turn(self, given: Mapping[str, str] | None = None) -> Turn:
        return replay(self.conversation, stored=self.stored, look=lambda _: self.weather, do=self._do, given=given)

    def answer(self, key: str, value: object) -> Turn:
        assert self.turn().asked is not None
        self.stored[key] = value
        return self.turn()


YES_NO = {"yes": t("Yes"), "no": t("No")}


async def trip(ask: Ask) -> None:
    """The conversation the tests change."""
    where = await ask.choice("where", t("Where to?"), {"sea": t("The sea"), "hill": t("The hill")}, label=t("Where"))
    when = await ask.date("when", t("When?"), earliest=date(2027, 1, 1), label=t("When"))
    await ask.summary("right", t("Is this right?"))
    number = await ask.do("order", Order(f"{where} {when}"))
    await ask.say(t("Your number is {number}.", number=number))


def half_way() -> Stage:
    stage = Stage(trip)
    stage.answer("where", "sea")
    return stage


def test_a_conversation_asks_reads_and_does_once() -> None:
    stage = half_way()
    assert stage.turn().asked.key == "when"  # type: ignore[union-attr]
    turn = stage.answer("when", "2027-03-04")
    assert [row.key for row in turn.asked.rows] == ["where", "when"]  # type: ignore[union-attr]
    assert not stage.done
    turn = stage.answer("right", True)
    assert turn.ended
    assert turn.said[0].text.args == {"number": 1}
    stage.turn()
    assert stage.done == [Order("sea 2027-03-04")]


def test_a_question_inserted_is_asked_and_the_old_answer_kept() -> None:
    stage = half_way()

    async def newer(ask: Ask) -> None:
        await ask.choice("how", t("How?"), YES_NO)
        await trip(ask)

    stage.conversation = newer
    assert stage.turn().asked.key == "how"  # type: ignore[union-attr]
    assert stage.answer("how", "yes").asked.key == "when"  # type: ignore[union-attr]


def test_a_question_dropped_and_questions_reordered_leave_the_others_in_place() -> None:
    stage = half_way()

    async def dropped(ask: Ask) -> None:
        await ask.date("when", t("When?"))

    stage.conversation = dropped
    assert stage.turn().asked.key == "when"  # type: ignore[union-attr]

    async def reordered(ask: Ask) -> None:
        await ask.date("when", t("When?"))
        await ask.choice("where", t("Where to?"), {"sea": t("The sea"), "hill": t("The hill")})

    stage.conversation = reordered
    assert stage.turn().asked.key == "when"  # type: ignore[union-attr]
    assert stage.answer("when", "2027-03-04").ended


def test_a_question_worded_anew_keeps_its_answer() -> None:
    stage = half_way()

    async def worded(ask: Ask) -> None:
        await ask.choice("where", t("And where do you want to go?"), {"sea": t("Out to sea"), "hill": t("Up")}, label=t("Where"))
        await ask.text("more", t("More?"))

    stage.conversation = worded
    turn = stage.turn()
    assert turn.asked.key == "more"  # type: ignore[union-attr]
    assert turn.answered[0].value == t("Out to sea")


def test_an_option_that_is_gone_is_asked_for_again_with_the_reason() -> None:
    stage = half_way()

    async def fewer(ask: Ask) -> None:
        await ask.choice("where", t("Where to?"), {"hill": t("The hill")})

    stage.conversation = fewer
    turn = stage.turn()
    assert turn.asked.key == "where"  # type: ignore[union-attr]
    assert turn.refused == t("Please choose one of the buttons.")


def test_back_drops_the_last_answer_but_never_what_has_been_done() -> None:
    stage = half_way()
    assert stage.turn().back == "where"

    async def doing(ask: Ask) -> None:
        await ask.choice("where", t("Where to?"), {"sea": t("The sea"), "hill": t("The hill")})
        await ask.do("order", Order("x"))
        await ask.confirm("fine", t("Fine?"))

    stage.conversation = doing
    assert stage.turn().asked.key == "fine"  # type: ignore[union-attr]
    assert stage.turn().back is None
    assert len(stage.done) == 1


def test_one_answer_changed_from_the_summary_keeps_the_others() -> None:
    stage = half_way()
    stage.answer("when", "2027-03-04")
    del stage.stored["where"]
    assert stage.turn().asked.key == "where"  # type: ignore[union-attr]
    turn = stage.answer("where", "hill")
    assert turn.asked.kind is Kind.SUMMARY  # type: ignore[union-attr]
    assert next(row.value for row in turn.asked.rows) == t("The hill")  # type: ignore[union-attr]


def test_looking_gives_todays_facts_at_each_replay() -> None:
    async def looking(ask: Ask) -> None:
        await ask.say(verbatim(await ask.look(Weather())))
        await ask.confirm("out", t("Out?"))

    stage = Stage(looking)
    assert stage.turn().said[0].text == verbatim("sun")
    stage.weather = "rain"
    assert stage.turn().said[0].text == verbatim("rain")
    assert stage.stored == {}


def test_only_what_was_said_since_the_last_answer_is_said() -> None:
    async def talking(ask: Ask) -> None:
        await ask.say(t("One"))
        await ask.confirm("a", t("A?"))
        await ask.say(t("Two"))
        await ask.confirm("b", t("B?"))

    stage = Stage(talking)
    assert [said.text for said in stage.turn().said] == [t("One")]
    assert [said.text for said in stage.answer("a", True).said] == [t("Two")]


def test_a_foreign_await_is_refused() -> None:
    async def foreign(ask: Ask) -> None:
        await asyncio.sleep(1)

    async def bare(ask: Ask) -> None:
        await asyncio.sleep(0)

    for conversation in (foreign, bare):
        with pytest.raises((ConversationFault, RuntimeError)):
            Stage(conversation).turn()


def test_a_key_used_twice_is_refused_and_a_prefix_makes_room() -> None:
    async def twice(ask: Ask) -> None:
        await ask.confirm("a", t("A?"))
        await ask.confirm("a", t("B?"))

    stage = Stage(twice)
    stage.stored["a"] = True
    with pytest.raises(ConversationFault, match="used twice"):
        stage.turn()

    async def rounds(ask: Ask) -> None:
        for number in range(3):
            await ask.under(f"round/{number}").confirm("a", t("A?"))

    stage = Stage(rounds)
    for number in range(3):
        stage.answer(f"round/{number}/a", True)
    assert stage.turn().ended


def test_what_it_was_begun_with_is_there() -> None:
    async def given_case(ask: Ask) -> None:
        await ask.text(f"words-{ask.given['case']}", t("Words?"))

    assert Stage(given_case).turn({"case": "7"}).asked.key == "words-7"  # type: ignore[union-attr]


ANY_VALUE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.floats(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)
)
OPTIONS = {"sea": t("The sea"), "hill": t("The hill")}


@given(value=ANY_VALUE, kind=st.sampled_from(Kind))
def test_no_stored_value_whatever_breaks_a_question(value: object, kind: Kind) -> None:
    question = Question(key="k", kind=kind, prompt=t("P"), options=tuple(_options()))
    try:
        answer = question.parse(value)
    except AnswerRefused:
        return
    assert isinstance(answer, {Kind.DATE: date, Kind.TIME: time}.get(kind, (str, bool, tuple)))
    question.shown(answer)


def _options() -> list[Option]:
    return [Option(value, label) for value, label in OPTIONS.items()]


def test_every_kind_gives_its_type_back() -> None:
    seen: dict[str, object] = {}

    async def everything(ask: Ask) -> None:
        seen["choices"] = await ask.choices("choices", t("?"), OPTIONS, none=t("None"))
        seen["none"] = await ask.choices("none", t("?"), OPTIONS, none=t("None"))
        seen["text"] = await ask.text("text", t("?"))
        seen["date"] = await ask.date("date", t("?"), latest=date(2027, 12, 31))
        seen["time"] = await ask.time("time", t("?"))
        seen["confirm"] = await ask.confirm("confirm", t("?"))
        seen["language"] = await ask.language("language", t("?"))
        seen["skipped"] = await ask.text("skipped", t("?"), skip=t("Leave it"))

    stage = Stage(everything)
    stage.stored = {
        "choices": ["hill", "sea"],
        "none": None,
        "text": "  words ",
        "date": "2027-03-04",
        "time": "14:30",
        "confirm": False,
        "language": "nn",
        "skipped": None,
    }
    assert stage.turn().ended
    assert seen == {
        "choices": ("sea", "hill"),
        "none": (),
        "text": "words",
        "date": date(2027, 3, 4),
        "time": time(14, 30),
        "confirm": False,
        "language": Language.NN,
        "skipped": None,
    }


@pytest.mark.parametrize(
    ("kind", "value", "limits"),
    [
        (Kind.TEXT, "x" * 2001, {}),
        (Kind.TEXT, "   ", {}),
        (Kind.DATE, "2026-12-31", {"earliest": date(2027, 1, 1)}),
        (Kind.DATE, "2028-01-01", {"latest": date(2027, 12, 31)}),
        (Kind.SUMMARY, False, {}),
        (Kind.CHOICES, [], {}),
        (Kind.CHOICES, ["elsewhere"], {}),
    ],
)
def test_what_does_not_fit_is_refused_with_a_reason(kind: Kind, value: object, limits: dict[str, date]) -> None:
    with pytest.raises(AnswerRefused) as refusal:
        Question(key="k", kind=kind, prompt=t("P"), **limits).parse(value)  # type: ignore[arg-type]
    assert refusal.value.reason.msgid


def test_two_conversations_cannot_share_a_name_or_a_command() -> None:
    def entry(name: str, *commands: str) -> Entry:
        return Entry(name=name, title=t("T"), conversation=trip, action="apply", commands=commands)

    registry = Registry([entry("a", "one"), entry("b", "two")])
    assert registry.named("a") is not None
    assert registry.for_command("two") is registry.named("b")
    for pair in ([entry("a"), entry("a")], [entry("a", "one"), entry("b", "one")]):
        with pytest.raises(ValueError, match="share"):
            Registry(pair)


def test_the_engine_stays_under_three_hundred_statements() -> None:
    statements = 0
    for file in Path(bot.engine.__file__).parent.glob("*.py"):
        nodes = [node for node in ast.walk(ast.parse(file.read_text("utf-8"))) if isinstance(node, ast.stmt)]
        statements += sum(1 for node in nodes if not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)))
    assert 100 < statements < 300


@pytest.mark.parametrize("seen", ["a few words", " å ", "\u200bord", "\u200b 👍", "1"])
def test_words_are_what_can_be_seen(seen: str) -> None:
    assert Question(key="words", kind=Kind.TEXT, prompt=t("Why?")).parse(seen) == seen.strip()


@pytest.mark.parametrize("unseen", ["", " ", "\n\t", "\u200b", "\u200b \u2060", "\x00", None, 1, ["words"]])
def test_what_cannot_be_seen_is_no_words(unseen: object) -> None:
    with pytest.raises(AnswerRefused):
        Question(key="words", kind=Kind.TEXT, prompt=t("Why?")).parse(unseen)
