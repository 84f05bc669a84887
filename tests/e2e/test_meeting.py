"""A meeting of twelve, played in a real browser on the running demo: from the call to the minutes.

Some are called in their chat, most by e-mail, where a link answers without a login; one changes an answer in a message that is three weeks
old, after the bot has been started anew twice. Each reads in their own written form. Where there is no browser this is left out, and says
why.
"""

import asyncio
import re
import time
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from datetime import time as clock_time
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, async_playwright, expect

from bot.clock import WorkingCalendar
from bot.domain.access import Role
from bot.domain.agenda import LINES, usual
from bot.domain.agenda_rules import AgendaRules
from bot.domain.attendance import Reply
from bot.domain.cases import AgeGroup, AssignmentState, CaseState, ForWhom, LadderStep, Source, Wanted
from bot.domain.circle_commands import AddMember, AnswerAsMember, InviteMember
from bot.domain.consent import ConsentType, InfoKind, Purpose, Recipient
from bot.domain.consent_commands import RecordConsent, Recorded
from bot.domain.ids import CaseId, MemberId, PersonId
from bot.domain.incoming import AccountId
from bot.domain.meetings import MeetingKind
from bot.domain.reminders import OSLO
from bot.engine.ask import Command
from bot.engine.texts import Language, Text, t, verbatim
from bot.services import commands
from bot.services.municipality import Context
from bot.store import assignments, attendance, cases, links, meetings, members, people
from bot.store.database import Database, Tx
from tests.browser import ARGUMENTS, WHY_NOT, chromium_path
from tests.e2e.columns import Column
from tests.e2e.roles import come_in
from tests.e2e.stage import Stage, staged

pytestmark = pytest.mark.asyncio(loop_scope="module")
SHARED = (InfoKind.MEETINGS, InfoKind.MINUTES, InfoKind.TASKS, InfoKind.CONTACT)
TITLE = "Lærer"
BY_CHAT = ("Anders Lie", "Amina Hassan")
BY_MAIL = ("Berit", "Dag", "Eli", "Finn", "Grete", "Hans", "Inger", "Jon")
LINK = re.compile(r"http://127\.0\.0\.1:\d+/a/[A-Za-z0-9_-]+")
AHEAD, NOON = 40, clock_time(12)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def chromium() -> AsyncIterator[Browser]:
    path = chromium_path()
    if path is None:
        pytest.skip(WHY_NOT)
    async with async_playwright() as playwright:
        running = await playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        try:
            yield running
        finally:
            await running.close()


@pytest_asyncio.fixture(loop_scope="module")
async def stage(chromium: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Stage]:
    monkeypatch.setattr("bot.app.monotonic", lambda: time.monotonic() * 1000)
    async with staged(chromium, tmp_path) as running:
        yield running


def database(stage: Stage) -> Database:
    return stage.town.controls._database


async def person(stage: Stage, column: Column) -> PersonId:
    found = await database(stage).transact(lambda tx: people.of_account(tx, AccountId(column.person.account_id)))
    assert found is not None
    return found


async def does(stage: Stage, who: PersonId, command: Command[Any]) -> object:
    """What has been settled before the play begins."""
    municipality = stage.town.bot.municipality
    return await database(stage).transact(
        lambda tx: commands.carry_out(Context(tx=tx, municipality=municipality, actor=who, fresh_login=True), command)
    )


async def a_case(stage: Stage, recipient: Column, coordinator: Column) -> CaseId:
    """The recipient has a coordinator."""
    subject, held = await person(stage, recipient), await person(stage, coordinator)

    def make(tx: Tx) -> CaseId:
        content = cases.Content(
            subject_name=recipient.person.name,
            applicant_name=None,
            services=(),
            long_lasting="yes",
            need=None,
            important=None,
            wish=None,
            reach="chat",
            reach_details=None,
            communication=None,
            told=None,
        )
        case = cases.create(
            tx,
            content,
            state=CaseState.ACTIVE,
            source=Source.CHAT,
            for_whom=ForWhom.ME,
            age_group=AgeGroup.ADULT,
            wanted=Wanted.COORDINATOR,
            language=recipient.language,
            answer_by=tx.now.date(),
        )
        cases.add_party(tx, case, subject, Role.SELF)
        made = assignments.propose(
            tx,
            case,
            step=LadderStep.WISH,
            state=AssignmentState.CANDIDATE_ASKED,
            department=None,
            candidate=held,
            leader=None,
            over_limit=False,
            criteria=(),
            reason="",
            by=held,
        )
        asked = assignments.find(tx, made)
        assert asked is not None
        assignments.move(tx, asked, AssignmentState.ACCEPTED)
        return case

    return await database(stage).transact(make)


async def a_circle(stage: Stage, case: CaseId, recipient: Column, coordinator: Column) -> dict[str, PersonId]:
    """Ten around the recipient with a consent; two have a chat, eight only an e-mail address."""
    held, unit, subject = [await person(stage, each) for each in (coordinator, stage.of("Torhild"), recipient)]
    made: dict[str, MemberId] = {}
    for name in (*BY_CHAT, *(f"{first} Prøve" for first in BY_MAIL)):
        mail = f"{name.split()[0].lower()}@solvik.example"
        number = await does(
            stage, held, AddMember(case=case, name=name, title=TITLE, service=None, service_words=None, email=mail, sees=SHARED)
        )
        assert isinstance(number, int)
        made[name] = MemberId(number)
    today = stage.town.clock.now().astimezone(OSLO).date()
    consent = RecordConsent(
        case=case,
        how=Recorded.PAPER,
        on=today,
        place="Arkivet",
        signers=(subject,),
        other=None,
        purpose=Purpose.TOGETHER,
        purpose_words=None,
        offers=tuple((Recipient(member=each), frozenset(SHARED)) for each in made.values()),
        until=today + timedelta(days=300),
        type=ConsentType.SHARING,
    )
    assert await does(stage, unit, consent) == "given"
    for name, number in made.items():
        code = await does(stage, held, InviteMember(member=number))
        if name in BY_CHAT:
            await _links(stage, stage.of(name.split()[0]), str(code))
        await does(stage, unit, AnswerAsMember(member=number, yes=True))
    found = await database(stage).transact(lambda tx: {each.name: each.person for each in members.of_case(tx, case)})
    stage.town.bot.wake()
    return found


async def _links(stage: Stage, column: Column, code: str) -> None:
    def use(tx: Tx) -> None:
        account = AccountId(column.person.account_id)
        who = links.use(tx, account, code)
        assert who is not None
        people.link(tx, account, who)
        people.set_language(tx, who, column.language)

    await database(stage).transact(use)


def at(stage: Stage, days: int) -> datetime:
    day = stage.town.clock.now().astimezone(OSLO).date() + timedelta(days=days)
    while day.weekday() > 3:
        day += timedelta(days=1)
    return datetime(day.year, day.month, day.day, 10, tzinfo=OSLO)


async def calls(stage: Stage, coordinator: Column, when: datetime) -> None:
    """The coordinator calls it, question by question."""
    await coordinator.press("Those I coordinate for", t("{initials}, no. {number}", initials="SM", number="1001"))
    await coordinator.press("Meetings and tasks", "Call a meeting", "Responsibility group", "See how it goes, and go on")
    for name in (*BY_CHAT, *(f"{first} Prøve" for first in BY_MAIL)):
        await coordinator.press(verbatim(f"{name} ({TITLE})"))
    await coordinator.press("Done", "No, nobody", "At our office")
    await coordinator.write("Rådhuset, rom 3")
    await coordinator.press("Yes, I have a time")
    await coordinator.write(f"{when:%d.%m.%Y}")
    await coordinator.write("10.00")
    await coordinator.press(
        "Use this", "No more points", "No, all of them for all of it", verbatim(coordinator.person.name), "We decide in the meeting"
    )
    await coordinator.press("Yes, this is right")


async def link_to(stage: Stage, name: str) -> str:
    """The personal link in the newest e-mail to somebody."""
    address = f"{name.lower()}@solvik.example"
    for _ in range(200):
        found = [LINK.search(each.text) for each in stage.town.controls.letters if each.to == address]
        if found and found[0] is not None:
            return found[0][0]
        await asyncio.sleep(0.05)
    raise AssertionError(f"no e-mail with a link to {address}")


async def more_letters(stage: Stage, count: int) -> None:
    """So many e-mails have been sent in all, or more."""
    for _ in range(200):
        if len(stage.town.controls.letters) >= count:
            return
        await asyncio.sleep(0.05)
    raise AssertionError(f"{len(stage.town.controls.letters)} e-mails, and not {count}")


async def answers_by_mail(browser: Browser, link: str, reply: Reply) -> None:
    """The link opened in a browser that nobody knows, and a press."""
    context = await browser.new_context()
    page = await context.new_page()
    await page.goto(link)
    await page.locator(f'button[name="reply"][value="{reply}"]').click()
    await expect(page.locator('[role="status"]').first).to_be_visible()
    await context.close()


async def replies(stage: Stage, case: CaseId) -> dict[PersonId, Reply]:
    def read(tx: Tx) -> dict[PersonId, Reply]:
        (meeting,) = meetings.of_case(tx, case)
        assert len(meeting.invited) == 12
        return {who: each.reply for who, each in attendance.of_meeting(tx, meeting).items()}

    return await database(stage).transact(read)


async def writes_minutes(stage: Stage, coordinator: Column) -> None:
    """What was decided, who does what by when, and the next date."""
    place = usual(MeetingKind.GROUP, AgendaRules(), first=True).index("who_does_what") + 1
    point = verbatim(f"{place}. {coordinator.words(LINES['who_does_what'])}")
    await coordinator.press("Open the run-sheet", "Yes, these", point, "Done", "We decided something")
    await coordinator.write("Skyss til skulen kvar dag.")
    await coordinator.press(verbatim("Anders Lie"))
    await coordinator.write("Ringje skyssen")
    today = stage.town.clock.now().astimezone(OSLO).date()
    await coordinator.write(f"{today + timedelta(days=20):%d.%m.%Y}")
    await coordinator.press("Show more", "Nobody else", "No", "No", "None of them")
    await coordinator.write(f"{today + timedelta(days=90):%d.%m.%Y}")
    await coordinator.press("We read it aloud. Send it now")


async def test_a_meeting_of_twelve_from_the_call_to_the_minutes(stage: Stage, chromium: Browser, tmp_path: Path) -> None:
    solveig, ingunn, anders, amina = (stage.of(name) for name in ("Solveig", "Ingunn", "Anders", "Amina"))
    await come_in(solveig, Language.NN)
    await come_in(anders, Language.NB)
    await ingunn.write("/ansatt")
    case = await a_case(stage, solveig, ingunn)
    around = await a_circle(stage, case, solveig, ingunn)
    assert len(around) == 10
    await ingunn.reads(verbatim("Jon Prøve"))
    when = at(stage, AHEAD)
    await calls(stage, ingunn, when)
    await solveig.press("Read and answer", "Yes, this is fine")
    invited = Text("{moment}", {"moment": when})
    for column in (anders, amina):
        await column.reads(invited)
    await anders.press("I come")
    await amina.press("I cannot come")
    for number, name in enumerate(BY_MAIL):
        await answers_by_mail(chromium, await link_to(stage, name), Reply.CANNOT if number == 0 else Reply.COMING)
    said = await replies(stage, case)
    assert [said[around[name]] for name in ("Anders Lie", "Amina Hassan", "Berit Prøve")] == [Reply.COMING, Reply.CANNOT, Reply.CANNOT]
    assert sum(reply is Reply.COMING for reply in said.values()) == 10, "the person's yes to the plan and the one who called it among them"
    await stage.town.controls.turn(timedelta(days=21))
    async with stage.restarted(tmp_path):
        pass
    async with stage.restarted(tmp_path):
        await amina.press("I come")
        assert (await replies(stage, case))[around["Amina Hassan"]] is Reply.COMING
        day_before = datetime.combine(WorkingCalendar().add_working_days(when.date(), -1), NOON, OSLO)
        await stage.town.controls.turn(day_before - stage.town.clock.now())
        # Said the day before, when the year may have been another: up to the day.
        remembered = t("Do you remember the meeting {time}, {where}? If you cannot come, please say so.", time="@", where="@")
        await anders.reads(verbatim(anders.words(remembered).split("@")[0].strip()))
        await stage.town.controls.turn(when - stage.town.clock.now() + timedelta(minutes=5))
        letters = len(stage.town.controls.letters)
        await writes_minutes(stage, ingunn)
        sent = t("The minutes of the meeting {time} are here.", time=when)
        for column in (solveig, anders, amina):
            await column.reads(sent)
        await anders.reads(verbatim("Ringje skyssen"))
        await solveig.is_clean()
        await amina.is_clean()
        await more_letters(stage, letters + len(BY_MAIL) - 1)
