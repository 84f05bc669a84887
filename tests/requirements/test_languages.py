"""One language, asked once and used everywhere: English beside the two forms of Norwegian (B08).

Here: what somebody who reads English meets in the chat, and what staff are told. Not here: the page (`tests/web/test_languages`).
"""

from bot.engine.texts import Language, t
from bot.store import cases, people
from tests.requirements.town import Town
from tests.requirements.walks import FIRST, open_case
from tests.world import World

LETTERS = t("Letters and decisions on paper are in Norwegian. You can always ask us to explain them.")


async def test_B08_english_is_one_of_the_choices_and_is_used_from_then_on(world: World) -> None:
    chat = world.newcomer("nb")
    first = await world.write(chat, "/start")
    assert first.labels[:3] == ["Bokmål", "Nynorsk", "English"]
    assert [line in first.text for line in ("Hvilket språk vil du ha?", "Kva språk vil du ha?", "Which language do you want?")] == [
        True
    ] * 3
    await world.press(chat, "English")
    assert any(LETTERS.msgid in message.text for message in chat.messages), "what still comes in Norwegian is told at once"
    await world.press(chat, "Yes, go on")
    who = await world.person(chat)
    assert (await world.read(lambda tx: people.person(tx, who))).language is Language.EN
    await world.write(chat, "/sprak")
    await world.press(chat, "Nynorsk")
    assert "Bra. Frå no av" in chat.text()


async def test_B08_an_application_in_english_is_answered_in_english_and_staff_are_told(world: World) -> None:
    town = await Town.of(world)
    applicant = await town.applied("English")
    assert (await world.read(lambda tx: cases.get(tx, FIRST))).language is Language.EN
    await open_case(world, town.anne)
    assert "Språk: English" in town.anne.text()
    await town.granted()
    assert any("brevet er på norsk" in message.text for message in town.anne.messages), "who decides must explain the letter"
    assert "Your application 1001 has been granted." in applicant.text()


async def test_B08_who_reads_norwegian_is_told_nothing_about_english(world: World) -> None:
    town = await Town.of(world)
    await town.applied("Nynorsk")
    await town.granted()
    assert not any("brevet er på norsk" in message.text for message in town.anne.messages)


async def test_B08_a_telegram_in_english_is_met_in_english_before_anything_is_chosen(world: World) -> None:
    chat = world.newcomer("en")
    await world.write(chat, "/hjelp")
    who = await world.person(chat)
    assert (await world.read(lambda tx: people.person(tx, who))).language is Language.EN
    assert "What would you like to do?" in chat.last.text or "Press the buttons" in chat.last.text
