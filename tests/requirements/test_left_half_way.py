"""What was begun and not sent: brought to mind, kept or deleted as asked, and there after a restart.

Rows A03, B14.
"""

from pathlib import Path

import pytest

from bot.domain.reminders import day_of
from bot.engine.texts import t, verbatim
from bot.store import reminders
from tests.requirements.walks import (
    AT_WORK,
    LONG_AGO,
    begun,
    days,
    how_many,
    newcomer,
    to_be_contacted,
    told,
)
from tests.world import World

HALF_WAY = "You have begun something here and are half way. Do you want to go on?"
KEEP = "You began something here a while ago. Do you want to keep it?"


async def test_B14_an_unfinished_application_is_brought_to_mind_after_2_7_and_21_days(world: World) -> None:
    chat = await newcomer(world, "Nynorsk")
    await begun(world, chat)
    said: list[tuple[int, bool]] = []
    for day in range(1, 25):
        before = len(chat.messages)
        await days(world, 1)
        for message in chat.messages[before:]:
            said.append((day, message.text == await world.words(chat, KEEP)))
    assert said == [(2, False), (7, False), (21, True)]
    await world.press(chat, "Go on")
    assert await world.says(chat, "How old are you?", last=1)


async def test_B14_the_days_are_counted_from_the_last_answer(world: World) -> None:
    chat = await newcomer(world)
    await begun(world, chat)
    await days(world, 1)
    await world.press(chat, "18 to 66")
    waiting, today = await world.database.transact(lambda tx: (reminders.waiting(tx), day_of(tx.now)))
    assert {str(today) in each.key for each in waiting if each.session is not None} == {True}
    before = len(chat.messages)
    for day, reminded in ((1, False), (2, True)):
        await days(world, 1)
        found = [message for message in chat.messages[before:] if message.text == await world.words(chat, HALF_WAY)]
        assert bool(found) is reminded, f"{day} days after the last answer"


async def test_B14_kept_for_a_year_when_asked_to(world: World) -> None:
    chat = await newcomer(world)
    await begun(world, chat)
    await days(world, 22)
    await world.press(chat, "Keep it for a year")
    before = len(chat.messages)
    await days(world, 360)
    assert len(chat.messages) == before
    await world.write(chat, "/meny")
    await world.press(chat, t("Go on: {title}", title=t("Ask for help")))
    assert await world.says(chat, "How old are you?", last=1)


@pytest.mark.parametrize("pressed", [True, False])
async def test_B14_deleted_when_asked_to_or_when_nobody_answers(world: World, pressed: bool) -> None:
    chat = await newcomer(world)
    await begun(world, chat)
    assert await how_many(world, "answers") > 0
    await days(world, 22)
    if pressed:
        await world.press(chat, "Delete it now")
    else:
        await days(world, 14)
    assert await how_many(world, "answers") == 0
    await world.press(chat, "Go on")
    assert chat.toasts[-1] == await world.words(chat, LONG_AGO)
    before = len(chat.messages)
    await days(world, 60)
    assert len(chat.messages) == before


async def test_B14_sent_in_means_no_reminders(world: World) -> None:
    chat = await newcomer(world)
    await to_be_contacted(world, chat)
    await days(world, 40)
    assert not await world.says(chat, HALF_WAY)


async def test_B14_a_restart_half_way_loses_nothing(world: World, tmp_path: Path) -> None:
    chat = await newcomer(world, "Nynorsk")
    await begun(world, chat)
    again = await World.open(tmp_path / "samrad.db", start=world.clock.now())
    again.chats = world.chats
    again._updates, again._messages = world._updates, world._messages
    await again.press(chat, "18 to 66", "I don't remember", "I don't know", "Yes", "No", "No one in mind", "Leave it for the talk")
    await again.press(chat, "Here in Samråd", "None of these", "Yes, this is right")
    assert (await told(again)).subject_name == "Kari Prøve"
    await again.database.close()


async def test_A03_a_report_that_was_not_sent_is_brought_to_mind_after_three_days(world: World) -> None:
    teacher = await newcomer(world)
    await begun(world, teacher, AT_WORK, "Yes, and it is fine")
    reminded = []
    for day in range(1, 8):
        before = len(teacher.messages)
        await days(world, 1)
        reminded += [day] * (len(teacher.messages) - before)
    assert reminded == [2, 3, 7]


async def test_what_is_left_half_way_twice_is_offered_once(world: World) -> None:
    chat = await newcomer(world)
    for _ in range(2):
        await world.write(chat, "/info")
        await world.press(chat, "Rights and rules")
    await world.write(chat, "/sprak")
    await world.press(chat, verbatim("Nynorsk"))
    go_on = await world.words(chat, t("Go on: {title}", title=t("Information and rights")))
    assert [label for label in chat.last.labels if label == go_on] == [go_on]
