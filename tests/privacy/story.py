"""A whole municipality's day, with a secret in every field that can hold one.

Here: what happens. Not here: the wire it happens on (`tests.privacy.wired`) and the search (`tests.privacy.detector`). Every conversation
of the registry is played for each kind of reader, and shown in the chat at every step; a conversation added later is in it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final
from zlib import crc32

from bot.domain.access import Role
from bot.domain.cases import AgeGroup, DecisionKind, ForWhom, LadderStep, Place, Source, TalkKind, Wanted
from bot.domain.channel import AllowPractical
from bot.domain.commands import (
    AnswerAsCandidate,
    AnswerAsLeader,
    AnswerInquiry,
    AskHuman,
    ConfirmRefusal,
    Decide,
    FinishTask,
    HoldTalk,
    NoneSuits,
    NoTime,
    PickTime,
    Propose,
    ProposeTalk,
    RecordContact,
    ReportOwnDecision,
    SetName,
    Submit,
    TellOfDelay,
    Withdraw,
)
from bot.domain.ids import AssignmentId, CaseId, DecisionId, InquiryId, PersonId, TalkId, TaskId
from bot.domain.refusal import Refused
from bot.domain.reminders import OSLO
from bot.domain.startup import Point, Way
from bot.domain.startup_commands import ChooseWay, FinishStartup, WritePoint
from bot.engine.ask import Command
from bot.engine.questions import Kind, Question
from bot.engine.registry import Entry
from bot.engine.texts import Language
from bot.introduction import introduce
from bot.services import chat as chats
from bot.services import commands, turns
from bot.services.municipality import Context
from bot.store import people, sessions
from bot.store.database import Tx
from tests.conversations.walking import answers
from tests.house.source import ROOT
from tests.privacy.made_up import Secrets
from tests.privacy.wired import WiredWorld
from tests.world import Chat

PAGE: Final = "https://samrad.example"
START: Final = datetime(2026, 3, 2, 9, 0, tzinfo=OSLO)
LONGEST_WAY: Final = 30
GIVEN: Final = frozenset(
    name
    for path in (ROOT / "conversations").glob("*.py")
    for name in re.findall(r"\bgiven(?:\[|\.get\()\"(\w+)\"", path.read_text(encoding="utf-8"))
) - {"link", "talk"}
"""What conversations can be begun with."""
READERS: Final = (("recipient", 1), ("guardian", 3), ("unit", 1), ("unit", 3), ("unit leader", 2), ("leader", 1), ("coordinator", 1))
"""Who plays every conversation, and about which case: the one that has come furthest, or one that has just begun."""
BROKEN: Final = "broken"
"""The conversation with a fault; it is only begun by writing its command."""


@dataclass
class Story:
    """The people, and what they do."""

    world: WiredWorld
    secrets: Secrets
    language: Language
    people: dict[str, Chat] = field(default_factory=dict)
    shown: set[str] = field(default_factory=set)
    """The conversations that were begun by somebody and shown."""

    async def staff(self, who: str, *roles: Role, department: str | None = None) -> None:
        """Somebody at work, with a name, a phone number and a chat."""
        chat = await self.world.staff(self.secrets(f"{who}: name"), *roles, department=department, language=self.language)
        person = await self.world.person(chat)
        phone = self.secrets.phone(f"{who}: phone")
        await self.world.read(lambda tx: people.describe(tx, person, phone=f"+47{phone.replace(' ', '')}"))
        self.people[who] = chat

    async def citizen(self, who: str) -> None:
        """Somebody who comes by themselves, and says yes to times and places."""
        chat = self.world.newcomer(self.language.value)
        self.people[who] = chat
        await self.world.write(chat, "/start")
        person = await self.world.person(chat)
        await self.world.read(lambda tx: people.set_language(tx, person, self.language))
        await self.does(who, SetName(name=self.secrets(f"{who}: name"), phone=self.secrets.phone(f"{who}: phone")))
        await self.does(who, AllowPractical(yes=True))

    async def does(self, who: str, command: Command[Any]) -> Any:
        """A command from the secure page."""
        person = await self.world.person(self.people[who])

        def work(tx: Tx) -> object:
            return commands.carry_out(Context(tx=tx, municipality=self.world.municipality, actor=person, fresh_login=True), command)

        result = await self.world.read(work)
        await self.world.deliver()
        return result

    async def cast(self) -> None:
        """Who is there."""
        secrets = self.secrets
        self.world.telegram_name = {
            "first_name": secrets("telegram: first name"),
            "last_name": secrets("telegram: last name"),
            "username": secrets("telegram: username"),
        }
        await introduce(self.world.bot.connection, self.world.bot.municipality, self.world.bot.log)
        await self.staff("unit", Role.KE)
        await self.staff("unit leader", Role.KE_LEADER)
        await self.staff("leader", Role.LEADER, department="hjemmetjenesten")
        await self.staff("coordinator", Role.COORDINATOR, department="hjemmetjenesten")
        await self.staff("other coordinator", Role.COORDINATOR, department="hjemmetjenesten")
        await self.staff("reporter", Role.REPORTER, department="kultur_oppvekst")
        for who in ("recipient", "parent", "guardian", "relative"):
            await self.citizen(who)

    def application(self, who: str, for_whom: ForWhom, age: AgeGroup, **more: Any) -> Submit:
        """An application with every field filled."""
        words = {each: self.secrets(f"{who}: {each}") for each in ("need", "important", "wish", "communication")}
        return Submit(
            for_whom=for_whom,
            wanted=Wanted.BOTH,
            age_group=age,
            services=("hjemmetjeneste",),
            subject_name=self.secrets(f"{who}: about whom"),
            applicant_name=self.secrets(f"{who}: name"),
            reach="phone",
            reach_details=self.secrets(f"{who}: how to be reached"),
            **{**words, **more},
        )

    async def applications(self) -> None:
        """Five cases, by five kinds of people, and one that a department reports."""
        await self.does("recipient", self.application("recipient", ForWhom.ME, AgeGroup.ADULT))
        await self.does("parent", self.application("parent", ForWhom.MY_CHILD, AgeGroup.UNDER_16))
        await self.does("guardian", self.application("guardian", ForWhom.WARD, AgeGroup.ELDERLY))
        await self.does("relative", self.application("relative", ForWhom.RELATIVE, AgeGroup.FROM_16))
        await self.does("reporter", self.application("reporter", ForWhom.AT_WORK, AgeGroup.ADULT, told=True, source=Source.CHAT))
        coordinator = await self.world.person(self.people["other coordinator"])
        own = ReportOwnDecision(
            subject_name=self.secrets("own decision: about whom"),
            age_group=AgeGroup.ADULT,
            wanted=Wanted.COORDINATOR,
            coordinator=coordinator,
            agreed=True,
        )
        await self.does("leader", own)
        await self.does("parent", AskHuman(words=self.secrets("first inquiry: words"), phone=None))
        await self.answers_inquiry("first inquiry: answer")

    async def answers_inquiry(self, field: str) -> None:
        """The unit answers the newest message."""
        newest = await self.world.read(lambda tx: tx.one("SELECT max(id) AS id FROM inquiries"))
        assert newest is not None
        await self.does("unit", AnswerInquiry(inquiry=InquiryId(newest["id"]), words=self.secrets(field)))

    async def first_case(self) -> None:
        """From the talk to a coordinator at work, with every no on the way."""
        secrets, case = self.secrets, CaseId(1)
        friday = datetime(2026, 3, 6, 14, 30, tzinfo=OSLO)
        times = (friday, friday + timedelta(hours=1))
        await self.does("unit", ProposeTalk(case=case, kind=TalkKind.CLARIFYING, place=Place.HOME, times=times))
        await self.does("recipient", NoneSuits(talk=TalkId(1), words=secrets("none suits: words")))
        await self.does("unit", ProposeTalk(case=case, kind=TalkKind.CLARIFYING, place=Place.OFFICE, times=times))
        await self.does("recipient", PickTime(talk=TalkId(2), choice=0))
        await self.world.turn(timedelta(days=7))
        await self.does("unit", HoldTalk(case=case, kind=TalkKind.CLARIFYING, note=secrets("talk: note")))
        await self.does("unit", TellOfDelay(case=case, until=datetime(2026, 4, 20, tzinfo=OSLO).date(), reason=secrets("delay: reason")))
        await self.does("unit", Decide(case=case, kind=DecisionKind.REFUSE, granted=None, reason=secrets("refusal: reason")))
        await self.does("unit leader", ConfirmRefusal(decision=DecisionId(1), confirmed=False, words=secrets("refusal: sent back")))
        await self.does("unit", Decide(case=case, kind=DecisionKind.PART, granted=Wanted.COORDINATOR, reason=secrets("part: reason")))
        one, other = [await self.world.person(self.people[who]) for who in ("coordinator", "other coordinator")]
        await self.does("unit", self.proposal(case, other, "first proposal: reason"))
        await self.world.turn(timedelta(days=9))
        await self.does("leader", AnswerAsLeader(assignment=AssignmentId(2), yes=False, reason=secrets("leader: why not")))
        await self.does("unit", self.proposal(case, other, "second proposal: reason"))
        await self.does("leader", AnswerAsLeader(assignment=AssignmentId(3), yes=True))
        await self.does("other coordinator", AnswerAsCandidate(assignment=AssignmentId(3), yes=False, reason=secrets("candidate: why not")))
        await self.does("unit", self.proposal(case, one, "third proposal: reason"))
        await self.does("leader", AnswerAsLeader(assignment=AssignmentId(4), yes=True))
        await self.does("coordinator", AnswerAsCandidate(assignment=AssignmentId(4), yes=True, reason=secrets("candidate: why one more")))
        await self.world.turn(timedelta(days=12))
        await self.does("coordinator", RecordContact(case=case, place=Place.HOME))
        startup = datetime(2026, 4, 24, 10, 0, tzinfo=OSLO)
        await self.does("coordinator", ProposeTalk(case=case, kind=TalkKind.STARTUP, place=Place.HOME, times=(startup,)))
        await self.does("recipient", PickTime(talk=TalkId(3), choice=0))
        await self.does("recipient", WritePoint(case=case, point=Point.MATTERS, words=secrets("start-up: what matters")))
        await self.does("coordinator", WritePoint(case=case, point=Point.NEEDS, words=secrets("start-up: needs")))
        await self.does("coordinator", ChooseWay(case=case, way=Way.MINUTES, words=secrets("start-up: how they work")))
        await self.does("coordinator", FinishStartup(case=case, why_not=secrets("start-up: why no day")))
        await self.does("coordinator", NoTime(case=case, words=secrets("no time: words")))

    def proposal(self, case: CaseId, candidate: PersonId, reason: str) -> Propose:
        return Propose(
            case=case,
            step=LadderStep.WISH,
            candidate=candidate,
            department="hjemmetjenesten",
            reason=self.secrets(reason),
            criteria=("wish",),
        )

    async def other_cases(self) -> None:
        """A refusal, a withdrawal, and messages to a human."""
        secrets = self.secrets
        await self.does("unit", Decide(case=CaseId(2), kind=DecisionKind.REFUSE, granted=None, reason=secrets("second refusal: reason")))
        await self.does("unit leader", ConfirmRefusal(decision=DecisionId(3), confirmed=True, words=None))
        await self.does("relative", Withdraw(case=CaseId(4), reason=secrets("withdrawal: reason")))
        asked = AskHuman(words=secrets("inquiry: words"), phone=secrets.phone("inquiry: phone"), case=CaseId(3))
        await self.does("guardian", asked)
        await self.answers_inquiry("inquiry: answer")
        await self.does("parent", AskHuman(words=secrets("second inquiry: words"), phone=None))
        task = await self.world.read(lambda tx: tx.one("SELECT id FROM ke_tasks WHERE done_at IS NULL AND kind = 'reach_by_phone' LIMIT 1"))
        if task is not None:
            await self.does("unit", FinishTask(task=TaskId(task["id"]), words=secrets("task: words")))
        await self.world.turn(timedelta(days=30))

    async def conversations(self) -> None:
        """Every conversation of the registry, by every kind of reader, on the page, and at each step shown in the chat."""
        # Whoever has left can begin nothing any more, so that comes last.
        for entry in sorted(self.world.municipality.registry, key=lambda each: each.name == "staff_left"):
            if entry.name == BROKEN:
                continue
            for who, case in READERS:
                await self.play(entry, who, case)
            await self.world.deliver()

    async def play(self, entry: Entry, who: str, case: int) -> None:
        """One conversation to its end, with a secret wherever words are asked for."""
        chat = self.people[who]
        person = await self.world.person(chat)
        given = dict.fromkeys(GIVEN, "1") | {
            "case": f"{case}",
            "assignment": "4",
            "inquiry": "2",
            "code": self.secrets("link: code given"),
            "checklist": "ke" if who == "unit" else "coordinator",
        }

        def work(tx: Tx) -> None:
            on_page = Context(tx=tx, municipality=self.world.municipality, actor=person, fresh_login=True)
            in_chat = Context(tx=tx, municipality=self.world.municipality, actor=person, account=chat.account)
            begin = in_chat if entry.name in {"welcome", "channel"} else on_page
            session = turns.begin(begin, entry, given)
            for step in range(LONGEST_WAY):
                turn = turns.stand(begin, session)
                chats.show(in_chat, session, turn)
                self.shown.add(entry.name)
                if turn.asked is None:
                    break
                sessions.set_state(tx, session.id, "open")
                running = turns.run(begin, session)
                assert running is not None
                turns.answer(begin, session, running, self.answer(entry.name, turn.asked, step + case))

        try:
            await self.world.read(work)
        except Refused:
            return

    def answer(self, conversation: str, asked: Question, step: int) -> object:
        """One of the answers, by chance but the same for the same step; a secret where words are asked for."""
        if asked.kind is Kind.TEXT:
            if asked.least_digits:
                return self.secrets.phone(f"{conversation}: {asked.key}")
            return self.secrets(f"{conversation}: {asked.key}")[: asked.max_length]
        possible = tuple(answers(asked))
        return possible[crc32(f"{asked.key} {step}".encode()) % len(possible)]


def seen(world: WiredWorld, extra: Mapping[str, list[bytes]]) -> dict[str, list[bytes]]:
    """Everything that anybody outside could see."""
    return {"the wire": world.wire.left, "the metrics": [world.bot.metrics.text().encode()], **extra}
