"""What may not pass waits on the page, what passed is taken away again, and the way to the page works once."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.domain.access import Role
from bot.domain.cases import AgeGroup, ForWhom, Place, TalkKind, TaskKind, Wanted
from bot.domain.channel import AllowPractical, Protect
from bot.domain.choices import PrivacyLevel
from bot.domain.commands import AnswerInquiry, AskHuman, PickTime, ProposeTalk, Submit
from bot.domain.ids import CaseId, InquiryId, PersonId, TalkId
from bot.domain.reminders import OSLO
from bot.engine.ask import Command
from bot.engine.texts import t
from bot.services import commands, hand_over, notices, turns
from bot.services.municipality import Context
from bot.store import channels, hand_overs, people, sessions, tasks
from bot.store import notices as store
from bot.store.database import Tx
from tests.world import Chat, World

PAGE = "https://samrad.example"
START = datetime(2026, 3, 2, 9, 0, tzinfo=OSLO)
HINT = t("You have a new message from {municipality}.", municipality="Solvik kommune")
ANSWER = "Kom gjerne innom onsdag"
SAFE = "Continue on the secure page"


@pytest.fixture(params=[PAGE, None], ids=["with a page", "without a page"])
def page(request: pytest.FixtureRequest) -> str | None:
    return request.param  # type: ignore[no-any-return]


@pytest.fixture
async def world(tmp_path: Path, page: str | None) -> AsyncIterator[World]:
    found = await World.open(tmp_path / "waiting.db", level=PrivacyLevel.PRACTICAL, start=START, page_url=page)
    yield found
    await found.database.close()


async def does(world: World, who: PersonId, command: Command[object]) -> None:
    def work(tx: Tx) -> object:
        return commands.carry_out(Context(tx=tx, municipality=world.municipality, actor=who, fresh_login=True), command)

    await world.read(work)
    await world.deliver()


async def newcomer(world: World) -> tuple[Chat, PersonId]:
    chat = world.newcomer()
    await world.write(chat, "/meny")
    return chat, await world.person(chat)


async def answered(world: World, who: PersonId) -> None:
    """Somebody has asked the unit something, and has got an answer."""
    unit = await world.person(await world.staff("Anne Prøve", Role.KE))
    await does(world, who, AskHuman(words="Hei", phone=None))
    await does(world, unit, AnswerInquiry(inquiry=InquiryId(1), words=ANSWER))


async def phone_tasks(world: World) -> list[str]:
    return [task.words for task in await world.read(tasks.open_tasks) if task.kind is TaskKind.REACH_BY_PHONE]


async def test_a_notice_waits_and_the_chat_only_says_that_there_is_one(world: World, page: str | None) -> None:
    chat, who = await newcomer(world)
    await answered(world, who)
    (waiting,) = await world.read(lambda tx: store.of(tx, who))
    assert ANSWER in waiting.words
    assert await world.says(chat, HINT)
    assert ANSWER not in chat.text()
    buttons = [data for row in chat.last.rows for _, data in row]
    assert buttons == ([PAGE] if page else [])
    assert len(await phone_tasks(world)) == (0 if page else 1)


@pytest.mark.parametrize("page", [PAGE], indirect=True)
async def test_unread_for_five_working_days_becomes_a_task_to_phone(world: World) -> None:
    _, who = await newcomer(world)
    await answered(world, who)
    await world.turn(timedelta(days=6))
    assert await phone_tasks(world) == []
    await world.turn(timedelta(days=2))
    (words,) = await phone_tasks(world)
    assert ANSWER in words
    await world.turn(timedelta(days=20))
    assert len(await phone_tasks(world)) == 1


@pytest.mark.parametrize("page", [PAGE], indirect=True)
async def test_what_has_been_read_is_not_phoned_about(world: World) -> None:
    _, who = await newcomer(world)
    await answered(world, who)
    (waiting,) = await world.read(lambda tx: store.of(tx, who))
    stranger = await world.read(lambda tx: people.create(tx, language=people.person(tx, who).language))

    def read(tx: Tx, reader: PersonId) -> bool:
        return notices.mark_read(Context(tx=tx, municipality=world.municipality, actor=reader), waiting.id)

    assert await world.read(lambda tx: store.unread(tx, who)) == 1
    assert not await world.read(lambda tx: read(tx, stranger))
    assert await world.read(lambda tx: read(tx, who))
    assert not await world.read(lambda tx: read(tx, who))
    assert await world.read(lambda tx: store.unread(tx, who)) == 0
    await world.turn(timedelta(days=30))
    assert await phone_tasks(world) == []


@pytest.mark.parametrize("page", [PAGE], indirect=True)
async def test_who_has_neither_chat_nor_login_is_phoned_at_once(world: World) -> None:
    who = await world.read(lambda tx: people.create(tx, language=world.municipality.profile.municipality.language, name="Kari"))
    await answered(world, who)
    assert len(await phone_tasks(world)) == 1


async def agreed_talk(world: World, who: PersonId, days: int) -> datetime:
    """A talk so many days from now, agreed on."""
    unit = await world.person(await world.staff("Anne Prøve", Role.KE))
    application = Submit(for_whom=ForWhom.ME, wanted=Wanted.COORDINATOR, age_group=AgeGroup.ADULT, services=("hjemmetjeneste",))
    await does(world, who, application)
    at = world.clock.now() + timedelta(days=days, hours=3)
    await does(world, unit, ProposeTalk(case=CaseId(1), kind=TalkKind.CLARIFYING, place=Place.OFFICE, times=(at,)))
    await does(world, who, PickTime(talk=TalkId(1), choice=0))
    return at


def told(chat: Chat) -> list[int]:
    return [message.id for message in chat.messages if "kl." in message.text]


async def deleted(world: World) -> set[int]:
    rows = await world.read(lambda tx: tx.all("SELECT refers_to FROM outbox WHERE kind = 'delete' AND refers_to IS NOT NULL"))
    return {row["refers_to"] for row in rows}


async def test_times_come_only_after_a_yes_and_no_longer_after_a_no(world: World) -> None:
    chat, who = await newcomer(world)
    await agreed_talk(world, who, 3)
    assert told(chat) == []
    await world.write(chat, "/varsel")
    await world.press(chat, "Send me times and places", "Yes")
    await world.turn(timedelta(days=2))
    assert len(told(chat)) == 1
    await world.write(chat, "/varsel")
    await world.press(chat, "No times and places in the chat")
    assert not (await world.read(lambda tx: channels.of(tx, who))).practical


async def test_a_message_with_a_time_is_deleted_after_the_talk(world: World) -> None:
    chat, who = await newcomer(world)
    await does(world, who, AllowPractical(yes=True))
    await agreed_talk(world, who, 0)
    assert await deleted(world) == set()
    await world.turn(timedelta(hours=5))
    assert await deleted(world) == set(told(chat)) != set()
    await world.turn(timedelta(days=9))
    rows = await world.read(lambda tx: tx.all("SELECT 1 FROM outbox WHERE kind = 'delete' AND refers_to IS NOT NULL"))
    assert len(rows) == len(told(chat))


async def test_at_47_hours_it_is_deleted_and_after_48_it_is_not_tried(world: World) -> None:
    chat, who = await newcomer(world)
    await does(world, who, AllowPractical(yes=True))
    await agreed_talk(world, who, 9)
    (message,) = told(chat)
    world.clock.turn(timedelta(hours=46, minutes=59))
    await world.tick()
    assert await deleted(world) == set()
    world.clock.turn(timedelta(minutes=1))
    await world.tick()
    assert await deleted(world) == {message}
    (row,) = await world.read(lambda tx: tx.all("SELECT body, state, finished_at FROM outbox WHERE id = :id", id=message))
    assert row["state"] == "sent"


async def test_what_was_sent_more_than_48_hours_ago_is_left(world: World) -> None:
    _, who = await newcomer(world)
    await does(world, who, AllowPractical(yes=True))
    await agreed_talk(world, who, 9)
    world.clock.turn(timedelta(hours=48))
    await world.tick()
    assert await deleted(world) == set()


async def test_a_protected_address_and_a_child_get_neutral_words_only(world: World) -> None:
    chat, who = await newcomer(world)
    await does(world, who, AllowPractical(yes=True))
    unit = await world.person(await world.staff("Berit Prøve", Role.KE))
    await does(world, who, Submit(for_whom=ForWhom.ME, wanted=Wanted.COORDINATOR, age_group=AgeGroup.UNDER_16))

    def level(tx: Tx) -> PrivacyLevel:
        return notices.level_of(Context(tx=tx, municipality=world.municipality, actor=who), people.person(tx, who))

    assert await world.read(level) is PrivacyLevel.NOTICE
    await world.read(lambda tx: tx.execute("UPDATE cases SET age_group = 'adult'"))
    assert await world.read(level) is PrivacyLevel.PRACTICAL
    await does(world, unit, Protect(case=CaseId(1), yes=True))
    assert await world.read(level) is PrivacyLevel.NOTICE
    assert chat.messages


@pytest.mark.parametrize("page", [PAGE], indirect=True)
async def test_a_step_goes_on_by_a_link_that_works_once_for_five_minutes(world: World) -> None:
    chat, who = await newcomer(world)
    await world.write(chat, "/menneske")
    await world.press(chat, "Write a message")
    url = world.button(chat, await world.words(chat, SAFE))
    code = url.removeprefix(f"{PAGE}{hand_overs.PATH}")
    assert len(code) >= 32
    stored = await world.read(lambda tx: tx.all("SELECT * FROM hand_overs"))
    assert code not in repr([tuple(row) for row in stored])
    browser = await world.read(lambda tx: people.create(tx, language=people.person(tx, who).language))

    def redeem(tx: Tx) -> hand_overs.HandOver | None:
        return hand_over.redeem(Context(tx=tx, municipality=world.municipality, actor=browser), code)

    found = await world.read(redeem)
    assert found is not None
    assert found.person == who
    assert found.session is not None
    session = await world.read(lambda tx: sessions.find(tx, found.session))  # type: ignore[arg-type]
    assert session is not None
    turn = await world.read(lambda tx: turns.peek(Context(tx=tx, municipality=world.municipality, actor=who), session))
    assert turn is not None
    assert turn.asked is not None
    assert turn.asked.key == "message"
    assert await world.read(redeem) is None


@pytest.mark.parametrize("page", [PAGE], indirect=True)
async def test_an_old_or_replaced_link_opens_nothing(world: World) -> None:
    chat, who = await newcomer(world)
    urls = []
    for _ in range(2):
        await world.write(chat, "/menneske")
        await world.press(chat, "Write a message")
        urls.append(world.button(chat, await world.words(chat, SAFE), chat.last))

    def redeem(tx: Tx, url: str) -> hand_overs.HandOver | None:
        return hand_over.redeem(Context(tx=tx, municipality=world.municipality, actor=who), url.rpartition("/")[2])

    assert await world.read(lambda tx: redeem(tx, urls[0])) is None
    world.clock.turn(timedelta(minutes=5))
    assert await world.read(lambda tx: redeem(tx, urls[1])) is None


async def test_disconnecting_leaves_the_chat_without_a_name_and_its_buttons_without_effect(world: World) -> None:
    chat, who = await newcomer(world)
    await world.write(chat, "/info")
    old = world.button(chat, await world.words(chat, "Rights and rules"))
    await world.write(chat, "/varsel")
    await world.press(chat, "Disconnect me", "Yes")
    assert await world.person(chat) != who
    before = len(chat.messages)
    await world.press_data(chat, old)
    assert len(chat.messages) == before
    await answered(world, who)
    assert not await world.says(chat, HINT)


async def test_a_stopped_chat_gets_nothing_more_until_the_person_writes(world: World) -> None:
    chat, who = await newcomer(world)
    await world.write(chat, "/varsel")
    await world.press(chat, "Stop the chat", "Yes")
    await answered(world, who)
    assert not await world.says(chat, HINT)
    assert len(await phone_tasks(world)) == 1


async def test_without_a_sound(world: World) -> None:
    chat, who = await newcomer(world)
    await world.write(chat, "/varsel")
    await world.press(chat, "Without a sound")
    assert (await world.read(lambda tx: channels.of(tx, who))).muted
    await world.write(chat, "/varsel")
    await world.press(chat, "With a sound again")
    assert not (await world.read(lambda tx: channels.of(tx, who))).muted


async def test_what_is_typed_while_buttons_are_shown_is_kept_and_deleted_here(world: World) -> None:
    chat, who = await newcomer(world)
    await world.write(chat, "/info")
    await world.write(chat, "Moren min er syk og jeg klarer ikke mer")
    inquiries = await world.read(lambda tx: tx.all("SELECT person FROM inquiries"))
    assert [row["person"] for row in inquiries] == [who]
    assert len(chat.deleted) == 1
    assert "syk" not in chat.text()
