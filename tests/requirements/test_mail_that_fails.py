"""What does not arrive by e-mail or in a closed chat: who is told, who phones, and what goes no further.

Here: rows H08, E06 and P12 as they concern it. Not here: what an e-mail holds and how it is answered (`test_mail`).
"""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.domain.choices import PrivacyLevel
from bot.domain.circle_commands import EndMembership, SetMember
from bot.domain.closing import Halt, WhyHalted
from bot.domain.consent import InfoKind
from bot.domain.ids import PersonId
from bot.domain.meeting_commands import ChangeMeeting
from bot.engine.texts import t
from bot.services import ladder
from bot.services.municipality import Context
from bot.store import closings, logins, notices, outbox, people
from bot.store.database import Tx
from tests.requirements.circle_walks import TROND
from tests.requirements.conftest import MONDAY
from tests.requirements.mail_walks import MailTable
from tests.requirements.walks import FIRST
from tests.web.visitor import ADDRESS
from tests.world import World


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    opened = await World.open(tmp_path / "samrad.db", start=MONDAY, page_url=ADDRESS, mail=PrivacyLevel.NOTICE)
    yield opened
    await opened.database.close()


@pytest.fixture
async def table(world: World) -> MailTable:
    return await MailTable.of(world)


async def trond(table: MailTable) -> PersonId:
    return (await table.around.member(table.absent)).person


async def test_H08_refused_by_the_mail_server_the_unit_phones_and_the_coordinator_knows(table: MailTable) -> None:
    await table.calls()
    before = await table.phone_list()
    await table.fails()
    [new] = [each for each in await table.phone_list() if each not in before]
    assert TROND in new
    assert "Det er møte onsdag 1. april" in new, "what to say on the phone"
    assert await table.world.says(table.nora, t("The e-mail to {name} did not arrive.", name=TROND), last=1)
    await table.fails()
    assert len(await table.phone_list()) == len(before) + 1, "once for each message"


async def test_H08_where_nobody_knows_whether_it_arrived_that_is_said(table: MailTable) -> None:
    await table.calls()
    await table.fails(sure=False)
    assert await table.world.says(table.nora, t("We do not know whether the e-mail to {name} arrived.", name=TROND), last=1)


async def test_H08_what_is_no_longer_shared_goes_no_step_further(table: MailTable) -> None:
    await table.calls()
    await table.town.does(table.nora, EndMembership(member=table.absent))
    await table.world.deliver()
    told, listed = len(table.nora.messages), await table.phone_list()
    await table.fails()
    assert (len(table.nora.messages), await table.phone_list()) == (told, listed)


async def test_H08_what_they_have_read_meanwhile_is_not_phoned_about(table: MailTable) -> None:
    await table.calls()
    person, listed = await trond(table), await table.phone_list()
    await table.world.read(lambda tx: [notices.mark_read(tx, person, each.id) for each in notices.of(tx, person)])
    await table.fails()
    assert await table.phone_list() == listed


async def test_H08_what_a_consent_covers_no_more_is_not_phoned_about(table: MailTable) -> None:
    """The member is still of the circle, but no longer to know of meetings."""
    await table.calls()
    listed = await table.phone_list()
    kept = (InfoKind.CONTACT,)
    await table.town.does(table.nora, SetMember(member=table.absent, sees=kept, kind=(await table.around.member(table.absent)).kind))
    await table.fails()
    assert await table.phone_list() == listed


async def test_P12_of_a_halted_case_no_failed_email_is_phoned_about(table: MailTable) -> None:
    await table.calls()
    await table.town.does(table.town.anne, Halt(case=FIRST, why=WhyHalted.DIED))
    told, listed = len(table.nora.messages), await table.phone_list()
    await table.fails()
    assert (len(table.nora.messages), await table.phone_list()) == (told, listed)


async def test_H08_two_emails_of_a_day_that_fail_are_one_piece_of_news_and_two_calls(table: MailTable) -> None:
    meeting = await table.calls()
    await table.town.does(table.nora, ChangeMeeting(meeting=meeting, at=table.at(40)))
    await table.world.deliver()
    listed, rows = len(await table.phone_list()), (await table.rows())[-2:]
    for row in rows:
        await table.fails(row)
    news = await table.world.words(table.nora, t("The e-mail to {name} did not arrive.", name=TROND))
    assert sum(news in message.text for message in table.nora.messages) == 1
    assert len(await table.phone_list()) == listed + 2


async def test_E06_an_email_still_waiting_does_not_leave_when_sharing_ends(table: MailTable) -> None:
    meeting = await table.plans()
    await table.agrees(meeting)
    await table.town.does(table.nora, EndMembership(member=table.absent))
    await table.world.deliver()
    assert table.letters == []


async def closes_the_chat(table: MailTable, *, halted: bool = False) -> None:
    """Solveig's chat is closed while an invitation is on its way; `halted`: and the case has just been halted."""
    meeting = await table.plans()
    await table.agrees(meeting)
    solveig, account = await table.world.person(table.solveig), table.solveig.account
    anne = await table.world.person(table.town.anne)

    def close(tx: Tx) -> None:
        # As the sender does when Telegram says that the person has blocked the bot.
        outbox.link_dead(tx, account)
        assert people.stop_account(tx, account)
        if halted:
            assert closings.halt(tx, FIRST, WhyHalted.DIED, by=anne)
        ladder.chat_closed(Context(tx=tx, municipality=table.world.municipality, actor=solveig, account=account), solveig, account)

    await table.world.read(close)
    await table.world.deliver()


async def test_P12_of_a_halted_case_nothing_goes_on_from_a_closed_chat(table: MailTable) -> None:
    listed = await table.phone_list()
    await closes_the_chat(table, halted=True)
    assert "solveig@sykehuset.example" not in {letter.address for letter in table.letters}
    assert await table.phone_list() == listed


async def test_H08_a_chat_that_is_closed_is_followed_by_an_email(table: MailTable) -> None:
    await closes_the_chat(table)
    assert {letter.address for letter in table.letters} == {"solveig@sykehuset.example", "trond@sykehuset.example"}
    assert "/a/" in next(letter for letter in table.letters if letter.address.startswith("solveig")).text


async def test_H08_with_neither_chat_nor_email_the_unit_phones(world: World) -> None:
    table = await MailTable.of(world, email=None, phone="41234567")
    before = await table.phone_list()
    await table.calls()
    assert table.letters == []
    [new] = [each for each in await table.phone_list() if each not in before]
    assert TROND in new
    assert "41 23 45 67" in new
    assert await world.says(table.nora, t("{name} has no chat and no e-mail here.", name=TROND))


async def test_H08_who_logs_in_on_the_page_is_not_phoned(world: World) -> None:
    table = await MailTable.of(world, email=None, phone="41234567")
    person = await trond(table)
    await world.read(lambda tx: logins.set_staff_login(tx, person, "trond@skulen.example"))
    before = await table.phone_list()
    await table.calls()
    assert await table.phone_list() == before
