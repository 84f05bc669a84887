"""Ways that tests of who decides need: a parent who writes, what the unit has seen, a birthday.

Here: commands as people and the unit give them. Not here: what is asserted.
"""

from datetime import date, datetime

from bot.domain.access import Role
from bot.domain.cases import AgeGroup, ForWhom, Wanted
from bot.domain.commands import Submit
from bot.domain.ids import PersonId, RepresentativeId
from bot.domain.rights import Area, Deciding, Matter
from bot.domain.standing import (
    RecordBirthDate,
    RecordRepresentative,
)
from bot.engine.ask import Query
from bot.services import standing
from bot.services.municipality import Context
from bot.services.queries import look
from bot.store import cases
from bot.store.database import Tx
from tests.requirements.town import Town
from tests.requirements.walks import FIRST, NUMBER
from tests.world import Chat

DAY = date(2026, 10, 1)
SIXTEEN = {"number": NUMBER, "day": DAY}


async def sees(town: Town, who: Chat, query: Query[object]) -> object:
    """What a query answers them."""
    person = await town.world.person(who)
    return await town.world.read(lambda tx: look(Context(tx=tx, municipality=town.world.municipality, actor=person), query))


async def roles(town: Town, who: Chat) -> frozenset[Role]:
    person = await town.world.person(who)
    return await town.world.read(lambda tx: cases.roles_in(tx, FIRST, person, ()))


async def deciding(town: Town, matter: Matter = Matter.SHARING) -> Deciding:
    def found(tx: Tx) -> Deciding:
        return standing.deciding(Context(tx=tx, municipality=town.world.municipality, actor=PersonId(0)), FIRST, matter)

    return await town.world.read(found)


async def decides(town: Town, matter: Matter = Matter.SHARING) -> set[tuple[PersonId, Role]]:
    return {(each.person, each.capacity) for each in (await deciding(town, matter)).deciders}


async def a_parent(town: Town, whom: ForWhom = ForWhom.MY_CHILD, age: AgeGroup = AgeGroup.UNDER_16, phone: str | None = None) -> Chat:
    """A parent, or whoever says to be one, has applied in the chat."""
    chat = town.world.newcomer("nb")
    await town.world.write(chat, "/start")
    told = Submit(
        for_whom=whom,
        wanted=Wanted.COORDINATOR,
        age_group=age,
        subject_name="Lea Prøve",
        need="Noen som samler trådene.",
        reach="phone" if phone else "chat",
        reach_details=phone,
    )
    await town.does(chat, told)
    return chat


async def is_parent(town: Town, chat: Chat, capacity: Role = Role.PARENT, until: date | None = None) -> RepresentativeId:
    """The unit has seen it."""
    areas = () if capacity is Role.PARENT else (Area.HEALTH_AND_CARE,)
    command = RecordRepresentative(
        case=FIRST,
        capacity=capacity,
        areas=areas,
        since=date(2026, 3, 2),
        until=until,
        seen="Folkeregisteret",
        person=await town.world.person(chat),
    )
    return RepresentativeId(int(str(await town.does(town.anne, command))))


async def born(town: Town, day: date, by: Chat | None = None) -> None:
    await town.does(by or town.anne, RecordBirthDate(case=FIRST, born_on=day))


async def the_youth(town: Town) -> Chat:
    """The young person has a chat here and is a party of the case."""
    chat = town.world.newcomer("nb")
    await town.world.write(chat, "/start")
    person = await town.world.person(chat)
    await town.world.read(lambda tx: cases.add_party(tx, FIRST, person, Role.YOUTH))
    return chat


async def until(town: Town, moment: datetime) -> None:
    await town.world.turn(moment - town.world.clock.now())
