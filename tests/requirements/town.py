"""A town with a unit, leaders and coordinators, and the ways from an application to a coordinator at work.

Here: the cast, the presses on the way, and what the database holds afterwards. Not here: what is asserted, nor the application itself
(`tests.requirements.walks`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.domain.access import Role
from bot.domain.cases import AgeGroup, AssignmentState, CaseState, ForWhom, LadderStep, Source, TaskKind, Wanted
from bot.domain.ids import CaseId, PersonId
from bot.engine.ask import Command
from bot.engine.texts import Language
from bot.services import commands, guarantees
from bot.services.municipality import Context
from bot.store import assignments, cases, people, tasks
from bot.store.assignments import Assignment
from bot.store.cases import Case
from bot.store.database import Tx
from tests.requirements.walks import FIRST, apply, grant, newcomer, open_case
from tests.ways import led
from tests.world import Chat, World

NORA, NILS, KIM = "Nora Prøve", "Nils Prøve", "Kim Prøve"
WISH = "1. The person's wish"
INVOLVED = "2. The service most involved"
DEPARTMENT = "3. Ask a department"
WHY = "Nora kjenner familien fra før."


@dataclass
class Town:
    """Who is there. `nora` and `nils` work for `lars`, who writes Nynorsk; `kim` has nobody registered as leader."""

    world: World
    anne: Chat
    berit: Chat
    lars: Chat
    nora: Chat
    nils: Chat
    kim: Chat
    applicants: list[Chat] = field(default_factory=list)

    @classmethod
    async def of(cls, world: World) -> "Town":
        return await led(world, "town", lambda: cls._of(world))

    @classmethod
    async def _of(cls, world: World) -> "Town":
        return cls(
            world=world,
            anne=await world.staff("Anne Prøve", Role.KE),
            berit=await world.staff("Berit Prøve", Role.KE_LEADER, language=Language.NN),
            lars=await world.staff("Lars Prøve", Role.LEADER, department="hjemmetjenesten", language=Language.NN),
            nora=await world.staff(NORA, Role.COORDINATOR, department="hjemmetjenesten"),
            nils=await world.staff(NILS, Role.COORDINATOR, department="hjemmetjenesten", language=Language.NN),
            kim=await world.staff(KIM, Role.COORDINATOR, department="fysio_ergo"),
        )

    async def applied(self, language: str = "Nynorsk", **told: object) -> Chat:
        """Somebody has sent an application."""
        chat = await led(self.world, ("applied", language, repr(told)), lambda: self._applied(language, told))
        self.applicants.append(chat)
        return chat

    async def _applied(self, language: str, told: Mapping[str, object]) -> Chat:
        chat = await newcomer(self.world, language)
        await apply(self.world, chat, **told)  # type: ignore[arg-type]
        return chat

    async def granted(self, case: CaseId = FIRST, granted: str = "A coordinator") -> None:
        """Anne has granted it."""
        await grant(self.world, self.anne, case, granted)

    async def applied_and_granted(self) -> CaseId:
        """One more application, granted; its case."""
        await self.applied()
        case = await self.world.read(lambda tx: CaseId(tx.all("SELECT max(id) AS id FROM cases")[0]["id"]))
        await self.granted(case)
        return case

    async def looks_for(self, case: CaseId = FIRST) -> None:
        """Anne opens the search for a coordinator."""
        await open_case(self.world, self.anne, case)
        await self.world.press(self.anne, "Find a coordinator")

    async def asks(self, who: str = NORA, case: CaseId = FIRST, *, step: str = WISH, anyway: bool = False) -> None:
        """Anne asks for one candidate, with what counted and why."""
        await self.looks_for(case)
        await self.world.press(self.anne, step, who)
        if anyway:
            await self.world.press(self.anne, "Yes")
        await self.says_why()

    async def says_why(self) -> None:
        """What counted, the reason, and send."""
        await self.world.press(self.anne, "The person's wish", "Suits this person best", "Done")
        await self.world.write(self.anne, WHY)
        await self.world.press(self.anne, "Yes, this is right")

    async def leader_agrees(self) -> None:
        """The leader's yes, in one press."""
        await self.world.press(self.lars, "Yes, that is fine")

    async def accepts(self, who: Chat, reason: str | None = None) -> None:
        """The candidate's own yes."""
        await self.world.press(who, "Read and answer", "Yes")
        if reason is not None:
            await self.world.write(who, reason)

    async def appointed(self, language: str = "Nynorsk", case: CaseId = FIRST, **told: object) -> Chat:
        """From an application to Nora at work; the applicant."""
        applicant = await led(self.world, ("appointed", language, case, repr(told)), lambda: self._appointed(language, case, told))
        if applicant not in self.applicants:
            self.applicants.append(applicant)
        return applicant

    async def _appointed(self, language: str, case: CaseId, told: Mapping[str, object]) -> Chat:
        applicant = await self.applied(language, **told)
        await self.granted(case)
        await self.asks(case=case)
        await self.leader_agrees()
        await self.accepts(self.nora)
        return applicant

    async def loaded(self, who: Chat, plans: int) -> None:
        """So many cases that somebody coordinates already, straight into the tables."""
        person = await self.world.person(who)

        def load(tx: Tx) -> None:
            for number in range(plans):
                _coordinated(tx, person, number)

        await self.world.read(load)

    async def case(self, case: CaseId = FIRST) -> Case:
        return await self.world.read(lambda tx: cases.get(tx, case))

    async def asked(self, case: CaseId = FIRST) -> list[Assignment]:
        return await self.world.read(lambda tx: assignments.of_case(tx, case))

    async def to_do(self, case: CaseId = FIRST) -> set[TaskKind]:
        """What is open for the unit in a case."""
        return await self.world.read(lambda tx: {task.kind for task in tasks.of_case(tx, case)})

    async def alone(self, case: CaseId = FIRST) -> bool:
        return await self.world.read(lambda tx: guarantees.alone(tx, case))

    async def rows(self, sql: str, **values: object) -> list[dict[str, Any]]:
        return await self.world.read(lambda tx: [dict(row) for row in tx.all(sql, **values)])

    async def does(self, who: Chat, command: Command[Any]) -> object:
        """A command as if from a button nobody should have. Raises what the service raises."""
        person = await self.world.person(who)

        def carry_out(tx: Tx) -> object:
            context = Context(tx=tx, municipality=self.world.municipality, actor=person, account=who.account)
            return commands.carry_out(context, command)

        return await self.world.read(carry_out)


def _coordinated(tx: Tx, who: PersonId, number: int) -> None:
    case = cases.create(
        tx,
        cases.Content(
            subject_name=f"Test Person{number}",
            applicant_name=None,
            services=(),
            long_lasting="yes",
            need=None,
            important=None,
            wish=None,
            reach="phone",
            reach_details=None,
            communication=None,
            told=None,
        ),
        state=CaseState.ACTIVE,
        source=Source.PHONE,
        for_whom=ForWhom.ME,
        age_group=AgeGroup.ADULT,
        wanted=Wanted.COORDINATOR,
        language=people.person(tx, who).language,
        answer_by=tx.now.date(),
    )
    made = assignments.propose(
        tx,
        case,
        step=LadderStep.WISH,
        state=AssignmentState.CANDIDATE_ASKED,
        department=None,
        candidate=who,
        leader=None,
        over_limit=False,
        criteria=(),
        reason="",
        by=who,
    )
    asked = assignments.find(tx, made)
    assert asked is not None
    assignments.move(tx, asked, AssignmentState.ACCEPTED)
