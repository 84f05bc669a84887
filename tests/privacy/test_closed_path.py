"""Below `full` there is no way for anybody's words to Telegram: no parameter on the way there could hold them.

And every text of every conversation that says it may pass is made of the closed set, in every branch: one that is not turns this red.
"""

import ast
import inspect
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time
from enum import Enum
from functools import cache
from types import NoneType
from typing import Any, get_args, get_type_hints

import pytest

from bot.clock import WorkingCalendar
from bot.domain.cases import Place
from bot.domain.choices import PrivacyLevel
from bot.domain.ids import CaseId
from bot.domain.outgoing import CalendarPart
from bot.domain.passing import Passable, Vocabulary
from bot.domain.places import WHERE
from bot.domain.privacy import may_ask, passes
from bot.domain.queries import TheCase
from bot.engine.ask import Ask
from bot.engine.questions import Kind, Sensitivity
from bot.engine.registry import Entry
from bot.engine.texts import Language, Text, joined, t, verbatim
from bot.i18n import Catalogs
from bot.profile import load_law, load_profile
from bot.services import letters, passage, presenting, sending
from bot.services.municipality import Municipality
from bot.services.passage import ClosedKey, ClosedMessage
from bot.store.seal import UNIT
from conversations import REGISTRY
from tests.conversations.made_views import NOW, Much, World
from tests.conversations.walking import Walk, given_in, walk
from tests.house.source import ROOT

HARMLESS = {bool, int, date, time, datetime, NoneType}
SECRET = "Kanariæ"


def words_in(kind: Any, seen: set[Any] | None = None) -> Iterator[str]:
    """Where a type could hold free text."""
    seen = set() if seen is None else seen
    if kind in HARMLESS or kind in seen or kind is Ellipsis or (isinstance(kind, type) and issubclass(kind, Enum)):
        return
    seen.add(kind)
    if hasattr(kind, "__supertype__"):
        yield from words_in(kind.__supertype__, seen)
    elif get_args(kind):
        for part in get_args(kind):
            yield from words_in(part, seen)
    elif is_dataclass(kind) and isinstance(kind, type):
        hints = get_type_hints(kind, vars(inspect.getmodule(kind)))
        for each in fields(kind):
            yield from (f"{kind.__name__}.{each.name}: {found}" for found in words_in(hints[each.name], seen))
    else:
        yield str(kind)


@pytest.mark.parametrize("kind", [ClosedMessage, ClosedKey, Passable], ids=str)
def test_a_closed_message_has_no_place_for_words(kind: Any) -> None:
    assert list(words_in(kind)) == []


def test_the_search_for_such_places_bites() -> None:
    assert list(words_in(Text))
    assert list(words_in(passage.NoticeButton))
    assert list(words_in(passage.OpenMessage))


@pytest.mark.parametrize("function", [sending._send_closed, sending._closed])
def test_the_functions_that_send_it_take_nothing_else_that_is_shown(function: Any) -> None:
    hints = get_type_hints(function, vars(sending))
    shown = {name: kind for name, kind in hints.items() if name not in {"return", "context", "to", "token"}}
    assert set(shown.values()) == {ClosedMessage}
    # Who it goes to, and the random token made in the same module.
    assert hints["to"] is sending.To
    assert hints["token"] == sending._Token | None


def test_an_open_message_is_refused_below_full() -> None:
    to = sending.To(account=1, person=1, language=Language.NB, level=PrivacyLevel.NOTICE, owner=UNIT)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="below full"):
        sending._open(None, to, passage.OpenMessage(body=t("Menu")), None)  # type: ignore[arg-type]


def test_one_module_for_each_way_out_puts_things_in_the_outbox() -> None:
    found = set()
    for folder in ("bot", "conversations"):
        for path in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                named = isinstance(node, ast.Attribute) and node.attr == "enqueue"
                imported = isinstance(node, ast.ImportFrom) and any(each.name == "enqueue" for each in node.names)
                if named or imported or (isinstance(node, ast.Constant) and "INSERT INTO outbox" in str(node.value)):
                    found.add(path.relative_to(ROOT).as_posix())
    assert found == {"bot/services/sending.py", "bot/services/letters.py", "bot/store/outbox.py"}


def test_an_email_is_made_in_one_place_of_a_message_and_nothing_else() -> None:
    made = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "bot").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "SendMail"
    }
    assert made == {"bot/services/letters.py"}
    hints = get_type_hints(letters.post, vars(letters))
    shown = {name: kind for name, kind in hints.items() if name not in {"return", "context"}}
    assert shown == {"to": letters.MailTo, "what": passage.Message, "calendar": CalendarPart | None}


@cache
def municipality() -> Municipality:
    return Municipality(
        profile=load_profile("demo"),
        law=load_law,
        catalogs=Catalogs.load(),
        calendar=WorkingCalendar(),
        registry=REGISTRY,
        level=PrivacyLevel.PRACTICAL,
    )


def vocabulary() -> Vocabulary:
    return municipality().vocabulary(NOW.date())


@pytest.mark.parametrize("sensitivity", Sensitivity)
@pytest.mark.parametrize(
    "text",
    [
        verbatim(SECRET),
        Text("{words}", {"words": SECRET}),
        Text(SECRET),
        t("Case {number}: the answer is late. Decide, or tell the person why it takes longer.", number=SECRET),
        t("You have a new message from {municipality}.", municipality=SECRET),
        t("You have a new message from {municipality}, no. {number}.", municipality="Solvik kommune", number="41234567"),
        joined(t("Menu"), verbatim(SECRET)),
        joined(t("Menu"), t("Menu"), by=SECRET),
        t("Go on: {title}", title=[t("Menu"), SECRET]),
        Text("{value}", {"value": 41234567}),
    ],
    ids=repr,
)
def test_no_words_become_passable(text: Text, sensitivity: Sensitivity) -> None:
    assert vocabulary().passable(text, sensitivity) is None


def test_times_and_places_pass_only_as_practical() -> None:
    text = t("We have agreed on {time}, {where}.", time=NOW, where=WHERE[Place.HOME])
    assert [vocabulary().passable(text, each) is not None for each in Sensitivity] == [False, False, True, False, False]


def test_what_tells_of_a_coordinator_passes_only_as_public_information() -> None:
    text = t("A coordinator keeps track and makes sure that those who help work together.")
    assert [vocabulary().passable(text, each) is not None for each in Sensitivity] == [True, False, False, False, False]


class CanaryWorld(World):
    """Facts in which every word is a secret."""

    def _plain(self, wanted: Any) -> Any:
        found = super()._plain(wanted)
        return f"{SECRET} {found}" if isinstance(found, str) and not isinstance(found, Enum) else found


WORLDS = tuple(
    CanaryWorld(turn=turn, much=much, staff=staff)
    for turn, (much, staff) in enumerate([(Much.ALL, True), (Much.SOME, True), (Much.SOME, False), (Much.NOTHING, False)])
)


WALKS: dict[str, tuple[Walk, ...]] = {}


@pytest.fixture(scope="module", autouse=True)
def _let_go() -> Iterator[None]:
    """Millions of objects that are kept make every later look for garbage slow, in all tests after these."""
    yield
    WALKS.clear()


def walks(entry: Entry) -> tuple[Walk, ...]:
    """The walks of a conversation through every world, once."""
    if entry.name not in WALKS:
        # Nobody gives a card a link of its own today; one that is not the municipality's would be held back.
        WALKS[entry.name] = tuple(
            walk(entry, world, {key: given for key, given in given_in(world, "ke").items() if key != "link"}, set()) for world in WORLDS
        )
    return WALKS[entry.name]


def claimed(entry: Entry) -> Iterator[tuple[Text, Sensitivity]]:
    """Every text that says it may pass at `practical`, once."""
    seen: set[tuple[str, Sensitivity]] = set()
    for walked in walks(entry):
        for _, turn in walked.everywhere():
            texts = [(each.text, each.sensitivity) for each in turn.said if passes(PrivacyLevel.PRACTICAL, each.sensitivity)]
            if turn.asked is not None and may_ask(PrivacyLevel.PRACTICAL, turn.asked):
                words = [presenting.words(turn.asked), *(option.label for option in turn.asked.options), turn.asked.skip]
                texts += [(text, turn.asked.sensitivity) for text in words if text is not None]
            for text, sensitivity in texts:
                if (repr(text), sensitivity) not in seen:
                    seen.add((repr(text), sensitivity))
                    yield text, sensitivity


def held_back(entry: Entry) -> set[str]:
    """What a conversation says may pass and does not. What does pass holds no secret, in any language."""
    held: set[str] = set()
    shown: set[str] = set()
    for text, sensitivity in claimed(entry):
        found = vocabulary().passable(text, sensitivity)
        if found is None:
            held.add(f"{sensitivity.name}: {text.msgid}")
            continue
        for language in Language:
            again = municipality().words(vocabulary().text(found), language, NOW)
            assert again == municipality().words(text, language, NOW)
            shown.add(again)
    assert not [each for each in shown if SECRET.casefold() in each.casefold()]
    return held


@pytest.mark.parametrize("entry", tuple(REGISTRY), ids=lambda entry: entry.name)
def test_every_text_that_says_it_may_pass_does_and_holds_no_secret(entry: Entry) -> None:
    assert held_back(entry) == set(), "say it with a higher sensitivity, or without words that are not the municipality's own"


async def careless(ask: Ask) -> None:
    """A conversation that says about somebody's words that they are about nobody."""
    case = await ask.look(TheCase(CaseId(1)))
    if case is None:
        return
    await ask.say(verbatim(case.need or "Menu"), sensitivity=Sensitivity.NEUTRAL)
    await ask.say(t("See my case {number}", number=case.initials), sensitivity=Sensitivity.PUBLIC)


def test_a_conversation_added_later_that_says_too_much_is_found_by_the_same_check() -> None:
    held = held_back(Entry(name="careless", title=t("Menu"), conversation=careless, action="see_case"))
    assert {each.partition(":")[0] for each in held} == {"NEUTRAL", "PUBLIC"}
    assert any(SECRET in each for each in held)


NUMBERS = {("staff", "find/number"), ("protected_address", "number"), ("staff", "protected_address/number")}
"""A case's number is typed by staff and tells nothing of anybody."""


def test_below_full_no_question_for_words_about_oneself_is_asked() -> None:
    for entry in REGISTRY:
        for walked in walks(entry):
            for _, turn in walked.everywhere():
                if turn.asked is not None and turn.asked.kind is Kind.TEXT and may_ask(PrivacyLevel.PRACTICAL, turn.asked):
                    assert (entry.name, turn.asked.key) in NUMBERS, turn.asked.prompt
