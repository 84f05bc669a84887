"""Ways that tests of consent need: asked by the coordinator, answered by those who decide, as commands and as presses.

Here: what people do. Not here: what is asserted.
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import TypeVar, cast

from bot.domain.consent import Consent, ConsentType, InfoKind, Purpose, Recipient, SharingState
from bot.domain.consent_commands import AskConsent, PrepareAnswer, SignConsent
from bot.domain.ids import ConsentId, MemberId, PersonId
from bot.engine.ask import Command, Query
from bot.services import commands, queries
from bot.services import consents as asked_of_consent
from bot.services.municipality import Context
from bot.store import consents
from bot.store.database import Tx
from tests.requirements.circle_walks import Around
from tests.requirements.walks import FIRST
from tests.world import Chat, World

T = TypeVar("T")
MEETINGS = frozenset({InfoKind.MEETINGS})
PLAN = frozenset({InfoKind.PLAN})
BOTH = MEETINGS | PLAN
Whom = Mapping[MemberId | str, Iterable[InfoKind]]


def to(who: MemberId | str) -> Recipient:
    """A member, or a service by its id."""
    return Recipient(service=who) if isinstance(who, str) else Recipient(member=who)


async def asks(
    around: Around, whom: Whom, *, by: Chat | None = None, days: int = 365, type_: ConsentType = ConsentType.SHARING
) -> ConsentId:
    """The coordinator asks those who decide."""
    command = AskConsent(
        case=FIRST,
        type=type_,
        purpose=Purpose.TOGETHER,
        purpose_words=None,
        offers=tuple((to(who), frozenset(kinds)) for who, kinds in whom.items()),
        until=around.today + timedelta(days=days),
    )
    done = await around.town.does(by or around.town.nora, command)
    assert isinstance(done, int)
    await around.town.world.deliver()
    return ConsentId(done)


async def answers(around: Around, who: Chat, consent: ConsentId, whom: Whom, *, until: date | None = None) -> object:
    """They choose, and sign."""
    offers = tuple((to(each), frozenset(kinds)) for each, kinds in whom.items())
    done = await around.town.does(who, PrepareAnswer(consent=consent, yes=True, offers=offers, until=until))
    return await around.town.does(who, SignConsent(consent=consent)) if done == "sign" else done


async def says_no(around: Around, who: Chat, consent: ConsentId) -> object:
    return await around.town.does(who, PrepareAnswer(consent=consent, yes=False))


async def on_the_page(world: World, who: Chat, command: Command[object], *, fresh: bool = True) -> object:
    """A command from the secure page, by somebody who has just logged in, or has not."""
    person = await world.person(who)

    def work(tx: Tx) -> object:
        return commands.carry_out(Context(tx=tx, municipality=world.municipality, actor=person, fresh_login=fresh), command)

    return await world.read(work)


async def looks(world: World, who: Chat, query: Query[T]) -> T:
    """What this person gets to see now, on the page."""
    person = await world.person(who)

    def work(tx: Tx) -> T:
        return cast(T, queries.look(Context(tx=tx, municipality=world.municipality, actor=person), query))

    return await world.read(work)


async def held(around: Around) -> list[Consent]:
    """What holds by the tables."""
    return list(await around.town.world.read(lambda tx: consents.in_force(tx, FIRST, around.today)))


def nobody(around: Around, tx: Tx) -> Context:
    """Samråd itself."""
    return Context(tx=tx, municipality=around.town.world.municipality, actor=PersonId(0))


async def covered(around: Around, member: MemberId) -> frozenset[InfoKind]:
    return await around.town.world.read(lambda tx: asked_of_consent.covers(nobody(around, tx), FIRST, member))


async def state(around: Around) -> SharingState:
    return await around.town.world.read(lambda tx: asked_of_consent.sharing_state(nobody(around, tx), FIRST))


async def group_allowed(around: Around) -> bool:
    return await around.town.world.read(lambda tx: asked_of_consent.group_allowed(nobody(around, tx), FIRST))
