"""Ways that tests of the circle need: somebody put on the list, a consent on paper, an invitation, a yes.

Here: commands as the unit and the coordinator give them. Not here: what is asserted.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from bot.domain.circle import Member, MemberState
from bot.domain.circle_commands import AddMember, AnswerAsMember, InviteMember
from bot.domain.consent import ConsentType, InfoKind, Purpose, Recipient
from bot.domain.consent_commands import RecordConsent, Recorded
from bot.domain.ids import CaseId, ConsentId, MemberId, PersonId
from bot.domain.reminders import OSLO
from bot.services import circle
from bot.services.municipality import Context
from bot.store import consents, links, members, people
from bot.store.database import Tx
from tests.requirements.town import Town
from tests.requirements.walks import FIRST
from tests.world import Chat

ALL = tuple(InfoKind)
SOLVEIG, TROND = "Solveig Prøve", "Trond Prøve"


@dataclass
class Around:
    """A town in which Kari has Nora as coordinator, and people around her."""

    town: Town
    kari: Chat

    @classmethod
    async def of(cls, town: Town, **told: str) -> "Around":
        return cls(town, await town.appointed("Bokmål", FIRST, **told))

    @property
    def today(self) -> date:
        return self.town.world.clock.now().astimezone(OSLO).date()

    async def add(self, name: str = SOLVEIG, *, sees: Iterable[InfoKind] = ALL, by: Chat | None = None, **more: object) -> MemberId:
        """Put somebody on the list; the coordinator does it."""
        given = {"title": "Psykolog", "service": "bup", "email": f"{name.split()[0].lower()}@sykehuset.example"} | more
        command = AddMember(case=FIRST, name=name, sees=tuple(sees), **given)  # type: ignore[arg-type]
        done = await self.town.does(by or self.town.nora, command)
        assert isinstance(done, int)
        return MemberId(done)

    async def consent(self, scope: Mapping[MemberId | str, Iterable[InfoKind]], *, days: int = 300) -> ConsentId:
        """A consent on paper from those who decide now, in force from today. A name is that of a service."""
        world = self.town.world
        offers = tuple(
            (Recipient(service=who) if isinstance(who, str) else Recipient(member=who), frozenset(kinds)) for who, kinds in scope.items()
        )
        signer = await world.person(self.kari)
        command = RecordConsent(
            case=FIRST,
            how=Recorded.PAPER,
            on=self.today,
            place="Arkivet",
            signers=(signer,),
            other=None,
            purpose=Purpose.TOGETHER,
            purpose_words=None,
            offers=offers,
            until=self.today + timedelta(days=days),
            type=ConsentType.SHARING,
        )
        assert await self.town.does(self.town.anne, command) == "given"
        return await world.read(lambda tx: max(each.id for each in consents.of_case(tx, FIRST)))

    async def member(self, member: MemberId) -> Member:
        found = await self.town.world.read(lambda tx: members.find(tx, member))
        assert found is not None
        return found

    async def invited(self, member: MemberId) -> Chat:
        """Asked to take part, and linked to a chat by the code."""
        code = await self.town.does(self.town.nora, InviteMember(member=member))
        chat = self.town.world.newcomer()
        await self.town.world.write(chat, "/start")

        def use(tx: Tx) -> None:
            person = links.use(tx, chat.account, str(code))
            assert person is not None
            people.link(tx, chat.account, person)

        await self.town.world.read(use)
        return chat

    async def joined(self, member: MemberId) -> Chat:
        """Invited, and has said yes."""
        chat = await self.invited(member)
        await self.town.does(chat, AnswerAsMember(member=member, yes=True))
        assert (await self.member(member)).state is MemberState.JOINED
        return chat

    async def sees(self, member: MemberId) -> frozenset[InfoKind]:
        """What a member may see now."""
        found = await self.member(member)
        return await self.town.world.read(lambda tx: circle.may_see(self.context(tx), found.case, found.person))

    def context(self, tx: Tx, actor: PersonId = circle.NOBODY) -> Context:
        return Context(tx=tx, municipality=self.town.world.municipality, actor=actor)

    async def case_of(self, member: MemberId) -> CaseId:
        return (await self.member(member)).case
