"""Short messages among those around a person: who may read them, who has, and who has not answered.

Here: row D15, as far as messages carry it (Ås, Enkelt samspill). Not here: consent itself (`test_consent`), and what may
pass through a chat (`tests/privacy`).
"""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.access import Role
from bot.domain.circle_messages import MessagesView, ReadMessages, TheMessages, WriteMessage
from bot.domain.closing import CloseCase, ProposeClosing, WhyClosed
from bot.domain.consent import InfoKind
from bot.domain.consent_commands import StopSharing
from bot.domain.ids import CaseId
from bot.domain.refusal import Refused
from bot.engine.texts import t
from bot.services.municipality import EARLIER
from bot.store import cases, purging
from tests.requirements.meeting_walks import SOLVEIG, TROND, Table
from tests.requirements.walks import FIRST, newcomer
from tests.world import Chat, World

WORDS = "Skyssen er ordnet til torsdag"
NEWS = t("You have a message in case {number}.", number="1001")


@pytest.fixture
async def table(world: World) -> Table:
    return await Table.of(world)


async def writes(table: Table, by: Chat, kind: InfoKind = InfoKind.MEETINGS, words: str = WORDS, **more: object) -> None:
    await table.town.does(by, WriteMessage(case=FIRST, kind=kind, words=words, **more))  # type: ignore[arg-type]


async def reads(table: Table, who: Chat) -> MessagesView | None:
    return await table.look(who, TheMessages(FIRST))


async def words_of(table: Table, who: Chat) -> list[str]:
    view = await reads(table, who)
    return [] if view is None else [each.words for each in view.messages]


async def test_D15_a_message_reaches_the_person_the_coordinator_and_those_whom_consent_names_for_its_kind(table: Table) -> None:
    await writes(table, table.solveig)
    for who in (table.kari, table.nora, table.trond, table.solveig):
        assert await words_of(table, who) == [WORDS], who
    for who in (table.town.lars, table.town.nils, table.town.anne):
        assert await reads(table, who) is None, "neither leader, colleague nor unit reads over their shoulder"


async def test_D15_whoever_would_rather_not_tell_a_name_is_no_gap_among_those_who_read_it(table: Table) -> None:
    kari = await table.world.person(table.kari)
    await table.world.read(lambda tx: tx.execute("UPDATE people SET name = NULL WHERE id = :who", who=kari))
    told = await table.world.read(lambda tx: cases.content(tx, FIRST).subject_name)
    view = await reads(table, table.nora)
    assert view is not None
    assert told
    assert all(told in names and "" not in names for _, names in view.writes)
    await writes(table, table.kari)
    view = await reads(table, table.nora)
    assert view is not None
    assert [each.sender for each in view.messages] == [told]


async def test_D15_a_kind_that_no_consent_names_reaches_no_member_and_no_member_may_write_it(table: Table) -> None:
    view = await reads(table, table.nora)
    assert view is not None
    assert all({SOLVEIG, TROND}.isdisjoint(names) for kind, names in view.writes if kind is InfoKind.HEALTH), (
        "who will read it is said first"
    )
    await writes(table, table.nora, InfoKind.HEALTH)
    assert await words_of(table, table.kari) == [WORDS]
    kari = await table.world.person(table.kari)
    assert await table.town.rows("SELECT person FROM circle_receivers") == [{"person": kari}]
    for who in (table.solveig, table.trond):
        assert await words_of(table, who) == []
        with pytest.raises(Refused):
            await writes(table, who, InfoKind.HEALTH)


async def test_D15_what_stands_in_it_is_never_in_the_notice(table: Table) -> None:
    await writes(table, table.solveig)
    await table.world.deliver()
    for who in (table.kari, table.nora, table.trond):
        assert await table.world.says(who, NEWS), who
        assert not [each for each in who.messages if WORDS in each.text]
    assert await table.town.rows("SELECT 1 FROM circle_messages WHERE CAST(words AS TEXT) LIKE :w", w=f"%{WORDS}%") == []


async def test_D15_the_sender_sees_who_has_read_it_and_who_has_not(table: Table) -> None:
    await writes(table, table.nora)
    view = await reads(table, table.trond)
    assert view is not None
    await table.town.does(table.trond, ReadMessages(case=FIRST, up_to=view.messages[-1].message))
    mine = await reads(table, table.nora)
    assert mine is not None
    assert mine.messages[-1].read == (TROND,)
    assert SOLVEIG in mine.messages[-1].waiting
    other = await reads(table, table.solveig)
    assert other is not None
    assert other.messages[-1].read == other.messages[-1].waiting == (), "receipts are the sender's"


async def test_D15_an_answer_goes_to_the_same_people_and_ends_the_waiting(table: Table) -> None:
    day = table.around.today + timedelta(days=8)
    await writes(table, table.nora, words="Kan du komme fredag?", answer_by=day)
    view = await reads(table, table.solveig)
    assert view is not None
    assert view.messages[-1].asked
    await writes(table, table.solveig, words="Ja, det går fint", answers=view.messages[-1].message)
    assert await words_of(table, table.trond) == ["Kan du komme fredag?", "Ja, det går fint"]
    before = len(table.solveig.messages)
    await table.world.turn(timedelta(days=12))
    please = await table.world.words(table.solveig, t("A message in case {number} waits for your answer.", number="1001"))
    assert not [each for each in table.solveig.messages[before:] if each.text.startswith(please)]
    assert await table.world.says(table.trond, t("A message in case {number} waits for your answer.", number="1001"))
    assert await table.world.says(table.nora, t("Case {number}: not everybody has answered your message.", number="1001"))


async def test_D15_when_everybody_has_answered_nobody_is_reminded(table: Table) -> None:
    await writes(table, table.nora, answer_by=table.around.today + timedelta(days=8))
    for who in (table.solveig, table.trond, table.kari):
        view = await reads(table, who)
        assert view is not None
        await writes(table, who, words="Ja", answers=next(each.message for each in view.messages if each.asked))
    rows = await table.town.rows("SELECT key FROM reminders WHERE key LIKE 'message/%' AND state = 'pending'")
    assert rows == []


async def test_D15_when_sharing_stops_the_messages_are_gone_for_whoever_read_them_and_nothing_is_reminded_of(table: Table) -> None:
    await writes(table, table.nora, answer_by=table.around.today + timedelta(days=8))
    await table.town.does(table.kari, StopSharing(case=FIRST))
    for who in (table.solveig, table.trond):
        assert await reads(table, who) is None
        before = len(who.messages)
        await table.world.turn(timedelta(days=6))
        assert not [each for each in who.messages[before:] if "1001" in each.text and "?" not in each.text]
    assert await words_of(table, table.kari) == [WORDS]


async def test_D15_nothing_is_told_at_night(table: Table) -> None:
    hours = table.world.municipality.profile.sending
    now = table.world.clock.now()
    await table.world.turn(timedelta(hours=(26 - now.hour) % 24))
    before = len(table.trond.messages)
    await writes(table, table.nora)
    await table.world.deliver()
    assert len(table.trond.messages) == before, "it waits for the morning"
    await table.world.turn(timedelta(hours=hours.earliest.hour + 6))
    assert await table.world.says(table.trond, NEWS)


async def test_D15_whoever_has_nothing_to_do_with_it_can_neither_write_nor_read(table: Table) -> None:
    stranger = await newcomer(table.world, "Bokmål")
    for who in (stranger, table.town.lars, table.town.anne):
        with pytest.raises(Refused):
            await writes(table, who)
        assert await reads(table, who) is None


async def test_D15_a_message_of_one_case_is_not_answered_in_another(table: Table) -> None:
    await writes(table, table.nora)
    view = await reads(table, table.nora)
    assert view is not None
    await table.town.loaded(table.nora, 1)
    kari, other = await table.world.person(table.kari), CaseId(2)
    await table.world.read(lambda tx: cases.add_party(tx, other, kari, Role.SELF))
    answer = WriteMessage(case=other, kind=InfoKind.MEETINGS, words="Ja", answers=view.messages[-1].message)
    with pytest.raises(Refused) as refused:
        await table.town.does(table.nora, answer)
    assert refused.value.reason == EARLIER
    await table.town.does(table.nora, replace(answer, answers=None))


async def test_D15_they_are_kept_as_long_as_the_case_and_go_with_it(table: Table) -> None:
    await writes(table, table.nora)
    await table.town.does(table.kari, ProposeClosing(case=FIRST, why=WhyClosed.NOT_WANTED))
    await table.town.does(table.nora, CloseCase(case=FIRST))
    assert await words_of(table, table.kari) == [WORDS]
    assert await reads(table, table.solveig) is None
    with pytest.raises(Refused):
        await writes(table, table.kari)
    await table.world.read(lambda tx: purging.destroy(tx, FIRST))
    assert await table.town.rows("SELECT 1 FROM circle_messages UNION ALL SELECT 1 FROM circle_receivers") == []


async def test_D15_a_message_is_found_under_many_others_until_it_is_read(table: Table) -> None:
    await writes(table, table.nora)
    for number in range(12):
        await writes(table, table.nora, InfoKind.HEALTH, words=f"Nr. {number}")
    assert await words_of(table, table.solveig) == [WORDS], "what others may not read takes no place"
    assert (await words_of(table, table.kari))[0] == WORDS, "what is not read yet is shown first"
    view = await reads(table, table.kari)
    assert view is not None
    await table.town.does(table.kari, ReadMessages(case=FIRST, up_to=view.messages[-1].message))
    assert WORDS not in await words_of(table, table.kari)
    assert await table.town.rows("SELECT count(*) AS n FROM circle_receivers WHERE read_at IS NULL AND person <> :p", p=0) == [{"n": 2}]


async def test_D15_a_message_by_presses_from_the_persons_own_case(table: Table) -> None:
    await table.world.write(table.kari, "/sak")
    await table.world.press(table.kari, "Meetings and messages", "Messages", "Write a message", "When and where we meet")
    await table.world.write(table.kari, "Kan møtet være hjemme?")
    await table.world.press(table.kari, "No, they only need to read it", "Yes")
    assert await words_of(table, table.solveig) == ["Kan møtet være hjemme?"]
