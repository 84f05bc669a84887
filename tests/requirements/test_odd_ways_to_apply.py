"""The odd ways people take through a form: rude, huge and empty words, back, cancel, another language, old buttons, two at once.

Rows B01, B05, B08.
"""

import pytest

from bot.domain.cases import AgeGroup
from bot.domain.incoming import Pressed
from bot.engine.texts import Language, t
from bot.store import people, sessions
from tests.requirements.walks import (
    fill_in,
    how_many,
    newcomer,
    the_case,
    told,
)
from tests.world import Chat, World

HUGE = "Dette går ikkje lenger. " * 160


@pytest.mark.parametrize("words", ["Dere er noen jævla idioter!", "   ", "😀", HUGE, "x" * 4000])
async def test_B05_rude_huge_and_empty_words_are_taken_or_asked_again_and_nothing_breaks(world: World, words: str) -> None:
    chat = await newcomer(world)
    await world.write(chat, "/sok")
    await world.press(chat, "Me")
    await world.write(chat, words)
    assert await how_many(world, "alarms") == 0
    if not words.strip() or len(words) > 100:
        assert await world.says(chat, "What is your name?", last=1)
    else:
        assert await world.says(chat, "How old are you?", last=1)


async def test_B05_words_in_place_of_a_button_are_kindly_asked_again(world: World) -> None:
    chat = await newcomer(world)
    await world.write(chat, "/sok")
    await world.write(chat, "det er for naboen min")
    assert await world.says(chat, "Please choose one of the buttons.")
    assert await world.says(chat, "Who is this about?", last=1)
    await world.write(chat, (await world.words(chat, "Me")).upper())
    assert await world.says(chat, "What is your name?", last=1)


async def test_B01_back_a_change_in_the_summary_and_cancel(world: World) -> None:
    chat = await newcomer(world)
    await world.write(chat, "/sok")
    await world.press(chat, "Me", "I would rather not say", "Back")
    assert await world.says(chat, "What is your name?", last=1)
    await world.press(chat, "Back", "Cancel")
    await world.write(chat, "/sok")
    await fill_in(world, chat)
    await world.press(chat, "Change an answer", "Age")
    await world.press(chat, "67 or older")
    assert await world.says(chat, "Is this right?", last=1)
    await world.press(chat, "Yes, this is right")
    assert (await the_case(world)).age_group is AgeGroup.ELDERLY
    assert await how_many(world, "cases") == 1


async def test_B08_the_language_switched_half_way_switches_everything(world: World) -> None:
    chat = await newcomer(world)
    await world.write(chat, "/sok")
    await world.press(chat, "Me")
    await world.write(chat, "Kari Prøve")
    await world.write(chat, "/sprak")
    await world.press(chat, "Nynorsk", t("Go on: {title}", title=t("Ask for help")))
    who = await world.person(chat)
    assert (await world.read(lambda tx: people.person(tx, who))).language is Language.NN
    assert await world.says(chat, "How old are you?", last=1)
    await world.press(chat, "18 to 66", "I don't remember", "I don't know", "Yes", "No", "No one in mind", "Leave it for the talk")
    await world.press(chat, "Here in Samråd", "None of these", "Yes, this is right")
    assert (await the_case(world)).language is Language.NN
    assert (await told(world)).subject_name == "Kari Prøve"


async def test_B01_an_old_button_someone_elses_and_two_at_once_change_nothing(world: World) -> None:
    chat, stranger = await newcomer(world), await newcomer(world)
    await world.write(chat, "/sok")
    old = world.button(chat, await world.words(chat, "My child"))
    await world.press(chat, "Me")
    await world.press_data(chat, old)
    assert await world.says(chat, "What is your name?", last=1)
    await world.press_data(stranger, world.button(chat, await world.words(chat, "Cancel")))
    me = await world.person(chat)
    open_ = await world.read(lambda tx: sessions.open_of(tx, me))
    assert open_ is not None
    assert open_.asked == "name"
    await world.write(chat, "Kari Prøve")
    await world.write(chat, "/sok")
    await finish_and_send_twice(world, chat)
    assert await how_many(world, "cases") == 1


async def finish_and_send_twice(world: World, chat: Chat) -> None:
    """Go through the rest; the last press comes twice in one batch, as from an impatient thumb."""
    await world.press(chat, "18 to 66", "I don't remember", "I don't know", "Yes", "No", "No one in mind", "Leave it for the talk")
    await world.press(chat, "Here in Samråd", "None of these")
    data = world.button(chat, await world.words(chat, "Yes, this is right"))
    presses = [
        Pressed(update_id=number, account=world._account(chat), chat=chat.account, press_id=str(number), data=data, message_id=None)
        for number in (70001, 70002)
    ]
    await world.hand_in(*presses)
    assert {"70001", "70002"} <= set(chat.answered)
