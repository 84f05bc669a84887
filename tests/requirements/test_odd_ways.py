"""The search for a coordinator walked as people really do: rude, huge and empty words, old buttons, two at once, a chat that is closed.

Here: what must not happen on the way, and that the way goes on. Not here: the straight way (`test_appointing`, `test_answers`).
"""

import pytest

from bot.domain.cases import AssignmentState, CaseState, TaskKind
from bot.domain.incoming import Account, ChatStopped
from bot.engine.texts import t
from bot.store import tasks
from tests.requirements.town import NILS, NORA, WISH, Town
from tests.requirements.walks import FIRST, NUMBER, open_case
from tests.world import World

RUDE = "Dra til helvete, dette er jo helt idiotisk!"


@pytest.fixture
async def town(world: World) -> Town:
    """An application is granted; nobody is asked yet."""
    town = await Town.of(world)
    await town.applied(wish="Nora")
    await town.granted()
    return town


async def quiet(town: Town) -> bool:
    """No alarm was raised, and nothing was set aside."""
    return await town.rows("SELECT * FROM alarms") == []


async def test_C06_C11_two_at_the_unit_ask_at_once_and_one_question_goes_out(town: Town) -> None:
    for chat, who in ((town.anne, NORA), (town.berit, NILS)):
        await open_case(town.world, chat)
        await town.world.press(chat, "Find a coordinator", WISH, who, "The person's wish", "Done")
        await town.world.write(chat, "Fordi.")
    await town.world.press(town.anne, "Yes, this is right")
    await town.world.press(town.berit, "Yes, this is right")
    (asked,) = await town.asked()
    assert asked.candidate == await town.world.person(town.nora)
    assert len([each for each in town.lars.messages if each.rows]) == 1
    assert await quiet(town)


async def test_C04_S10_an_old_button_chooses_nobody(town: Town) -> None:
    await town.looks_for()
    await town.world.press(town.anne, WISH)
    old = town.world.button(town.anne, NILS)
    await town.world.press(town.anne, NORA)
    await town.world.press_data(town.anne, old)
    await town.says_why()
    await town.world.press_data(town.anne, old)
    (asked,) = await town.asked()
    assert asked.candidate == await town.world.person(town.nora)
    assert await quiet(town)


async def test_C07_rude_huge_and_empty_words_are_taken_as_words_or_asked_for_again(town: Town) -> None:
    await town.looks_for()
    await town.world.press(town.anne, WISH, NORA)
    await town.world.write(town.anne, RUDE)
    assert await town.world.offers(town.anne, "Suits this person best"), "words where a button is asked for: asked again"
    await town.world.press(town.anne, "Suits this person best", "Done")
    for words in ("   ", "x" * 4000, "\u202e\u0000" * 3):
        await town.world.write(town.anne, words)
        assert await town.asked() == []
    await town.world.press(town.anne, "Back")
    await town.world.press(town.anne, "The person's wish", "Done")
    await town.world.write(town.anne, RUDE)
    await town.world.press(town.anne, "Change an answer", "Reason")
    await town.world.write(town.anne, "De kjenner hverandre. {name} <b>%s</b>")
    await town.world.press(town.anne, "Yes, this is right")
    await town.leader_agrees()
    await town.world.press(town.nora, "Read and answer")
    assert "De kjenner hverandre. {name} <b>%s</b>" in town.nora.last.text, "as written, and nothing made of it"
    assert RUDE not in town.nora.text()
    assert await quiet(town)


async def test_C03_another_language_half_way_goes_on_where_one_was(town: Town) -> None:
    await town.looks_for()
    await town.world.press(town.anne, WISH)
    await town.world.write(town.anne, "/sprak")
    await town.world.press(town.anne, "Nynorsk")
    await town.world.press(town.anne, t("Go on: {title}", title=t("For staff")))
    assert await town.world.says(town.anne, t("Who shall be asked? The person's wish: {wish}", wish="Nora"), last=1)
    await town.world.press(town.anne, NORA)
    await town.says_why()
    assert [each.state for each in await town.asked()] == [AssignmentState.LEADER_ASKED]


async def test_C20_a_candidate_whose_chat_is_closed_is_phoned_instead(town: Town) -> None:
    await town.asks()
    await town.world.hand_in(ChatStopped(update_id=77, account=Account(id=town.nora.account, language_code="nb"), chat=town.nora.account))
    await town.leader_agrees()
    waiting = [each for each in await town.world.read(lambda tx: tasks.of_case(tx, FIRST)) if each.kind is TaskKind.REACH_BY_PHONE]
    assert any(NORA in each.words and NUMBER in each.words for each in waiting), "what to say stands in the task"
    await town.looks_for()
    await town.world.press(town.anne, "Note an answer by phone", "Yes")
    assert (await town.case()).state is CaseState.ACTIVE


async def test_C03_C20_taken_back_half_way_through_an_answer_changes_nothing(town: Town) -> None:
    await town.asks()
    await town.world.press(town.lars, "Read and answer", "No")
    await town.looks_for()
    await town.world.press(town.anne, "Take the question back")
    await town.world.write(town.lars, "Ho er sjuk.")
    (asked,) = await town.asked()
    assert asked.state is AssignmentState.RECALLED
    assert "Ho er sjuk." not in town.anne.text()
    assert await quiet(town)
