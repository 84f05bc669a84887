"""Messages on the page: a nudge shows one button, its other answers lie behind a door, and whoever presses a button has read the message.

Here: one's own page of a coordinator, without a browser. Not here: what the answers do (`tests/requirements/test_nudges.py`).
"""

from datetime import timedelta

from bot.domain.ids import PersonId
from bot.domain.nudges import is_answer
from bot.domain.outgoing import MessageClass
from bot.store import notices
from bot.store.database import Tx
from bot.store.seal import KeyOwner
from tests.requirements.town import Town
from tests.web.conftest import Place
from tests.web.visitor import Visitor

NUDGE = {"act": "NudgeDone", "args": {"nudge": 1}}


async def nudged(place: Place) -> tuple[Visitor, dict[str, str]]:
    """Nora's own page on the morning of a nudge, and the words of its buttons."""
    town = await Town.of(place.world)
    await town.loaded(town.nora, 1)
    await place.world.turn(timedelta(days=4))
    visitor = await place.logged_in(await place.world.person(town.nora), "staff")
    await visitor.get("/mine")
    labels = ("First contact", "I have done it", "Remind me later", "It is not needed", "I have read this", "Other answers")
    return visitor, {each: await place.world.words(town.nora, each) for each in labels}


async def test_a_nudge_shows_what_it_is_about_and_keeps_its_answers_behind_a_door(place: Place) -> None:
    visitor, words = await nudged(place)
    (card,) = [each for each in visitor.response.text.split("<article") if words["I have done it"] in each]
    shown, door, behind = card.partition("<details>")
    assert door, "a native element, which needs no script"
    assert words["Other answers"] in behind
    assert shown.count("<button") == 1
    assert words["First contact"] in shown
    for label in ("I have done it", "Remind me later", "It is not needed", "I have read this"):
        assert words[label] in behind


async def test_a_message_whose_button_was_pressed_is_read(place: Place) -> None:
    visitor, words = await nudged(place)
    await visitor.press(words["Remind me later"])
    assert visitor.path == "/c/nudges"
    await visitor.get("/mine")
    assert words["First contact"] not in [button.label for form in visitor.page.forms for button in form.buttons]


async def test_what_begins_something_is_read_too_and_stays_among_the_messages(place: Place) -> None:
    visitor, words = await nudged(place)
    await visitor.press(words["First contact"])
    assert visitor.path == "/c/first_contact"
    await visitor.get("/mine")
    assert words["I have done it"] not in visitor.text
    await visitor.get("/messages")
    assert words["I have done it"] in visitor.text


async def test_the_three_newest_stand_open_and_the_others_behind_a_door(place: Place) -> None:
    visitor, words = await nudged(place)
    who = await place.world.read(lambda tx: PersonId(tx.all("SELECT person FROM notices LIMIT 1")[0]["person"]))

    def tell(tx: Tx) -> None:
        for number in range(4):
            owner = KeyOwner("person", who)
            notices.add(tx, who, f"Beskjed {number}", owner=owner, message_class=MessageClass.REMINDER, told="chat")

    await place.world.read(tell)
    await visitor.get("/mine")
    shown, _, behind = visitor.response.text.partition('<details class="older">')
    assert [f"Beskjed {number}" in shown for number in range(4)] == [False, True, True, True], "the newest first"
    assert "Beskjed 0" in behind
    assert words["First contact"] in behind, "nothing is lost"


def test_an_answer_is_known_from_what_a_nudge_is_about() -> None:
    assert is_answer(NUDGE)
    assert is_answer({"begin": "nudges", "given": {"nudge": "1", "answer": "later"}})
    assert not is_answer({"begin": "nudges", "given": {}}), "the way into the list answers nothing"
    assert not is_answer({"begin": "first_contact", "given": {"case": "1"}})
