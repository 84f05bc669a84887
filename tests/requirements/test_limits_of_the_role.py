"""What may be known by whom: initials in lists, a link that is a weak identity, notices that say nothing, the way without any chat.

Rows T01, T06, T07, T08, and B13, B18 at the levels where little or nothing may pass through the chat.
"""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.domain.cases import AgeGroup as Age
from bot.domain.cases import CaseState, DecisionKind, ForWhom, LadderStep, Place, Source, TalkKind, TaskKind, Wanted
from bot.domain.choices import PrivacyLevel
from bot.domain.commands import (
    AnswerAsCandidate,
    AnswerAsLeader,
    AnswerInquiry,
    AskHuman,
    ConfirmRefusal,
    Decide,
    HoldTalk,
    NoTime,
    PickTime,
    Propose,
    ProposeTalk,
    RecordContact,
    Submit,
    TellOfDelay,
    Withdraw,
)
from bot.domain.ids import AssignmentId, DecisionId, InquiryId, PersonId, TalkId
from bot.domain.reminders import OSLO
from bot.engine.texts import Language, t
from bot.settings import load_settings
from bot.store import cases, links, people, tasks
from bot.store.database import Tx
from bot.store.links import LinkCode
from bot.telegram.connection import connect
from tests.requirements.conftest import MONDAY
from tests.requirements.town import WHY, Town
from tests.requirements.walks import (
    FIRST,
    NUMBER,
    everything_sent,
    how_many,
    newcomer,
    open_kinds,
    the_case,
    unit,
)
from tests.world import Chat, World

SECRET = "Hukommelsen svikter etter slaget"
REFUSED = t("The link did not work. It may be too old or already used. Ask us for a new one. You can still use the menu.")
LINKED = t("Your link works. Now we know that it is you.")
TOO_PRIVATE = t(
    "This is too private for this chat. Please phone {municipality} on {phone}.", municipality="Solvik kommune", phone="00 00 01 00"
)


@pytest.fixture(params=[PrivacyLevel.NOTICE, PrivacyLevel.PRACTICAL])
async def strict(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[World]:
    """The same municipality where only little may pass through the chat."""
    opened = await World.open(tmp_path / "samrad.db", level=request.param, start=MONDAY)
    yield opened
    await opened.database.close()


async def code_for(world: World, who: PersonId) -> LinkCode:
    return await world.read(lambda tx: links.issue(tx, who))


async def somebody(world: World, name: str = "Ragnhild Prøve") -> PersonId:
    return await world.read(lambda tx: people.create(tx, language=Language.NB, name=name))


async def tries(world: World, chat: Chat, code: str, *, typed: bool) -> str:
    """Use a code, through the link or by typing it; what is said at the end."""
    await world.write(chat, code if typed else f"/start {code}")
    return (await world.press(chat, "Bokmål", "Yes, go on")).text


@pytest.mark.parametrize("typed", [True, False])
async def test_T06_a_code_links_the_chat_once(world: World, typed: bool) -> None:
    who, chat = await somebody(world), world.newcomer()
    code = await code_for(world, who)
    assert await world.words(chat, LINKED) in await tries(world, chat, code.spoken if typed else code.code, typed=typed)
    assert await world.person(chat) == who
    assert (await world.read(lambda tx: people.person(tx, who))).link_confirmed is False


@pytest.mark.parametrize("written", ["{}", "{}-{}", "  {} {} ", "{}{}"])
async def test_T06_the_ten_characters_are_read_as_people_write_them(world: World, written: str) -> None:
    who, chat = await somebody(world), world.newcomer()
    first, second = (await code_for(world, who)).spoken.split()
    words = written.format(first, second) if written.count("{}") == 2 else f"{first} {second}".lower()
    assert await world.words(chat, LINKED) in await tries(world, chat, words, typed=True)


async def test_T06_a_code_is_understood_while_a_button_is_asked_for(world: World) -> None:
    who, chat = await somebody(world), world.newcomer()
    await world.write(chat, "/start")
    assert await world.words(chat, LINKED) in await tries(world, chat, (await code_for(world, who)).spoken, typed=True)


@pytest.mark.parametrize("typed", [True, False])
async def test_T06_unknown_used_expired_and_revoked_codes_look_the_same(world: World, typed: bool) -> None:
    def of(code: LinkCode) -> str:
        return code.spoken if typed else code.code

    who = await somebody(world)
    used = await code_for(world, who)
    await tries(world, world.newcomer(), of(used), typed=typed)
    revoked = await code_for(world, who)
    expired = await code_for(world, who)
    unknown = "ACDEF HJKLM" if typed else "A" * 22
    seen = {await tries(world, world.newcomer(), code, typed=typed) for code in (unknown, of(used), of(revoked))}
    world.clock.turn(timedelta(hours=72))
    seen.add(await tries(world, world.newcomer(), of(expired), typed=typed))
    assert len(seen) == 1
    assert await world.words(world.newcomer(), REFUSED) in seen.pop()


@pytest.mark.parametrize("typed", [True, False])
async def test_T06_after_five_wrong_tries_in_an_hour_even_a_right_code_is_refused(world: World, typed: bool) -> None:
    who, chat, other = await somebody(world), world.newcomer(), world.newcomer()
    for last in "ACDEF":
        await tries(world, chat, f"ACDEF HJKL{last}" if typed else f"{'B' * 21}{last}", typed=typed)
    code = await code_for(world, who)
    assert await world.words(chat, REFUSED) in await tries(world, chat, code.spoken if typed else code.code, typed=typed)
    world.clock.turn(timedelta(minutes=61))
    assert await world.words(chat, LINKED) in await tries(world, chat, code.spoken if typed else code.code, typed=typed)
    code = await code_for(world, who)
    assert await world.words(other, LINKED) in await tries(world, other, code.code, typed=False)


async def test_T06_four_wrong_tries_do_not_lock_anyone_out(world: World) -> None:
    who, chat = await somebody(world), world.newcomer()
    for last in "ACDE":
        await tries(world, chat, f"ACDEF HJKL{last}", typed=True)
    assert await world.words(chat, LINKED) in await tries(world, chat, (await code_for(world, who)).spoken, typed=True)


async def the_whole_path(world: World) -> tuple[Town, Chat]:
    """From a phone call to a coordinator at work and a good-bye, by people who press elsewhere; the clock goes on through it all."""
    town = await Town.of(world)
    submitted = Submit(
        for_whom=ForWhom.ME,
        wanted=Wanted.BOTH,
        age_group=Age.ADULT,
        services=("hjemmetjeneste",),
        subject_name="Ragnhild Prøve",
        applicant_name="Ragnhild Prøve",
        need=SECRET,
        wish="Nora",
        reach="phone",
        reach_details="55123456",
        source=Source.PHONE,
    )
    await town.does(town.anne, submitted)
    applicant = world.newcomer()
    ((who, _),) = await world.read(lambda tx: cases.parties(tx, FIRST))
    await world.write(applicant, (await code_for(world, who)).spoken)
    await world.press(applicant, "Bokmål", "Yes, go on")
    friday = datetime(2026, 3, 6, 14, 30, tzinfo=OSLO)
    offer = ProposeTalk(case=FIRST, kind=TalkKind.CLARIFYING, place=Place.HOME, times=(friday, friday + timedelta(hours=1)))
    await town.does(town.anne, offer)
    await town.does(applicant, PickTime(talk=TalkId(1), choice=0))
    await world.turn(timedelta(days=7))
    await town.does(town.anne, HoldTalk(case=FIRST, kind=TalkKind.CLARIFYING, note=SECRET))
    await town.does(town.anne, TellOfDelay(case=FIRST, until=datetime(2026, 4, 20, tzinfo=UTC).date(), reason=SECRET))
    await town.does(town.anne, Decide(case=FIRST, kind=DecisionKind.REFUSE, granted=None, reason=SECRET))
    await town.does(town.berit, ConfirmRefusal(decision=DecisionId(1), confirmed=False, words=SECRET))
    await town.does(town.anne, Decide(case=FIRST, kind=DecisionKind.PART, granted=Wanted.COORDINATOR, reason=SECRET))
    nora = await world.person(town.nora)
    ask = Propose(case=FIRST, step=LadderStep.WISH, candidate=nora, department="hjemmetjenesten", reason=WHY, criteria=("wish",))
    await town.does(town.anne, ask)
    await world.turn(timedelta(days=9))
    await town.does(town.lars, AnswerAsLeader(assignment=AssignmentId(1), yes=True))
    await world.turn(timedelta(days=9))
    await town.does(town.nora, AnswerAsCandidate(assignment=AssignmentId(1), yes=True))
    await world.turn(timedelta(days=12))
    await town.does(town.nora, RecordContact(case=FIRST, place=Place.HOME))
    await town.does(town.nora, NoTime(case=FIRST, words=SECRET))
    await town.does(applicant, AskHuman(words=SECRET, phone="55 12 34 57", case=FIRST))
    await town.does(town.anne, AnswerInquiry(inquiry=InquiryId(1), words=SECRET))
    assert (await the_case(world)).state is CaseState.ACTIVE
    await town.does(applicant, Withdraw(case=FIRST, reason=SECRET))
    await world.deliver()
    return town, applicant


PERSONAL = (
    "ragnhild",
    "nora",
    "lars",
    "anne",
    "kim ",
    "prøve",
    "slaget",
    "koordinator",
    "individuell",
    "søknad",
    "vedtak",
    "avsl",
    "55 12 34",
    "+4755",
)
WHEN = ("kl.", "mars", "fredag")


def found(words: tuple[str, ...], bodies: list[str]) -> set[str]:
    return {each for each in words if any(each in body.casefold() for body in bodies)}


async def test_T06_T07_nothing_personal_is_ever_put_in_the_outbox(strict: World) -> None:
    await the_whole_path(strict)
    bodies = await everything_sent(strict)
    assert len(bodies) > 20
    assert found(PERSONAL, bodies) == set()
    if strict.municipality.level is PrivacyLevel.NOTICE:
        assert found(WHEN, bodies) == set()


async def test_T07_at_full_the_same_words_would_be_found(world: World) -> None:
    await the_whole_path(world)
    assert found(PERSONAL, await everything_sent(world)) >= {"nora", "slaget", "koordinator", "søknad"}


async def test_T07_a_notice_says_only_that_there_is_something_and_its_number(strict: World) -> None:
    _, applicant = await the_whole_path(strict)
    notice = t("You have a new message from {municipality}, no. {number}.", municipality="Solvik kommune", number=NUMBER)
    words = await strict.words(applicant, notice)
    assert sum(words in each.text for each in applicant.messages) >= 3


async def test_T06_B18_what_may_not_be_sent_becomes_a_task_with_the_words_to_say(strict: World) -> None:
    await the_whole_path(strict)

    def words(tx: Tx) -> str:
        rows = tx.all("SELECT id FROM ke_tasks WHERE kind = 'reach_by_phone'")
        return "\n".join(task.words for row in rows if (task := tasks.find(tx, row["id"])) is not None)

    said = await strict.read(words)
    assert "Ragnhild Prøve\n55 12 34 56\n" in said
    for text in (
        t("{name} is the coordinator in case {number}.", name="Nora Prøve", number=NUMBER),
        t("The reason is: {reason}", reason=SECRET),
    ):
        assert strict.municipality.words(text, Language.NB, strict.clock.now()) in said


async def test_T06_a_linked_chat_shows_nothing_of_the_case(strict: World) -> None:
    town = await Town.of(strict)
    await town.does(
        town.anne,
        Submit(
            for_whom=ForWhom.ME, wanted=Wanted.BOTH, age_group=Age.ADULT, need=SECRET, applicant_name="Ragnhild Prøve", source=Source.PAPER
        ),
    )
    ((who, _),) = await strict.read(lambda tx: cases.parties(tx, FIRST))
    chat = strict.newcomer()
    await strict.write(chat, (await code_for(strict, who)).spoken)
    await strict.press(chat, "Bokmål", "Yes, go on")
    await strict.write(chat, "/sak")
    assert await strict.says(chat, TOO_PRIVATE, last=1)
    assert found((*PERSONAL, "plan"), [chat.last.text]) == set()


async def test_T06_an_application_is_neither_asked_for_nor_kept(strict: World) -> None:
    chat = await newcomer(strict, "Nynorsk")
    await strict.write(chat, "/sok")
    assert await strict.says(chat, TOO_PRIVATE, last=1)
    assert not await strict.offers(chat, "Me")
    assert await how_many(strict, "cases") == 0


async def test_B13_a_human_can_be_reached_where_little_may_pass(strict: World) -> None:
    ke, chat = await unit(strict), await newcomer(strict)
    await strict.write(chat, "/menneske")
    await strict.press(chat, "Show me the phone numbers")
    assert "00 00 01 00" in chat.last.text
    await strict.press(chat, "Talk to a human", "Write a message")
    assert await strict.says(chat, TOO_PRIVATE, last=1)
    await strict.write(chat, SECRET)
    assert len(chat.deleted) == 1
    assert await open_kinds(strict) == [TaskKind.INQUIRY]
    assert SECRET not in chat.text()
    assert SECRET not in ke.text()
    deleted = "We have passed your message on to a human, and deleted it here. You get an answer on a working day."
    assert await strict.says(chat, deleted, last=1)


async def test_B13_phone_me_works_where_the_unit_has_the_number(strict: World) -> None:
    who = await strict.read(lambda tx: people.create(tx, language=Language.NB, name="Ragnhild Prøve", phone="+4755123456"))
    chat = strict.newcomer()
    await strict.write(chat, (await code_for(strict, who)).spoken)
    await strict.press(chat, "Bokmål", "Yes, go on")
    await strict.write(chat, "/menneske")
    await strict.press(chat, "Phone me", "The number you have from me")
    assert await open_kinds(strict) == [TaskKind.INQUIRY]
    assert await strict.says(chat, "Good. A person will phone you.", last=1)
    assert found(("55 12 34 56", "+4755"), await everything_sent(strict)) == set()


@pytest.mark.parametrize("language", list(Language))
async def test_T07_the_menu_and_the_commands_are_the_same_for_everyone_and_name_no_relation(world: World, language: Language) -> None:
    town, stranger = await Town.of(world), await newcomer(world, "Nynorsk")
    applicant = await town.appointed()
    menus = []
    for chat in (stranger, applicant):
        await world.write(chat, "/meny")
        menus.append((chat.last.text, chat.last.labels))
    assert menus[0] == menus[1]
    for entry in world.municipality.registry:
        if entry.menu is not None:
            assert "koordinator" not in world.municipality.words(entry.title, language, MONDAY).casefold()


async def test_T01_lists_questions_and_notices_hold_initials_and_numbers(world: World) -> None:
    town = await Town.of(world)
    await town.applied(name="Kari Marie Prøve-Nes")
    await world.write(town.anne, "/ansatt")
    await world.press(town.anne, "Open cases")
    assert "KMPN" in town.anne.last.text
    await world.write(town.anne, "/ansatt")
    await world.press(town.anne, "Tasks")
    assert "KMPN" in town.anne.last.text
    assert "Kari" not in town.anne.text()
    await town.granted()
    await town.asks()
    await town.leader_agrees()
    await world.press(town.nora, "Read and answer")
    assert "KMPN" in town.nora.last.text
    for chat in (town.lars, town.nora, town.berit):
        assert "Kari" not in chat.text()


async def test_T08_B18_with_no_chat_at_all_everything_is_still_done_and_nothing_leaves(tmp_path: Path) -> None:
    world = await World.open(tmp_path / "samrad.db", level=PrivacyLevel.OFF, start=MONDAY)
    town = await Town.of(world)
    await town.does(
        town.anne,
        Submit(for_whom=ForWhom.ME, wanted=Wanted.COORDINATOR, age_group=Age.ADULT, applicant_name="Ragnhild Prøve", source=Source.PAPER),
    )
    await town.does(town.anne, Decide(case=FIRST, kind=DecisionKind.GRANT, granted=Wanted.COORDINATOR, reason=""))
    ask = Propose(case=FIRST, step=LadderStep.WISH, candidate=await world.person(town.kim), department=None, reason=WHY, criteria=("wish",))
    await town.does(town.anne, ask)
    await world.turn(timedelta(days=9))
    await town.does(town.kim, AnswerAsCandidate(assignment=AssignmentId(1), yes=True))
    assert (await the_case(world)).state is CaseState.ACTIVE
    assert await how_many(world, "outbox") == 0
    assert (await open_kinds(world)).count(TaskKind.REACH_BY_PHONE) >= 3
    await world.database.close()


@pytest.mark.parametrize("server", ["https://api.telegram.org/bot", "https://bot-api.secure-zone.example/bot", "http://127.0.0.1:8081/bot"])
def test_T08_the_bot_talks_to_whatever_server_the_municipality_runs(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"BOT_TOKEN": "12345:abc", "PROFILE": "lund", "BOT_API_URL": server}.items():
        monkeypatch.setenv(f"SAMRAD_{name}", value)
    settings = load_settings(env_file=None)
    assert settings.bot_token is not None
    assert connect(settings.bot_token.get_secret_value(), api_url=settings.bot_api_url).base_url == f"{server}12345:abc"
    assert settings.privacy_level is PrivacyLevel.NOTICE
