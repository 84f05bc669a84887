"""Children around a person: asked about, met, and heard.

Here: rows A10, D12, D13. Not here: what a child may do by age.
"""

from datetime import timedelta

import pytest

from bot.domain.access import Role
from bot.domain.circle_commands import AnyChildren, NoteChildMet, NoteChildren, WriteChildsWords
from bot.domain.circle_queries import ChildrenView, TheChildren
from bot.domain.refusal import Refused
from bot.engine.texts import t
from bot.services import children
from bot.services.municipality import Context
from bot.store import cases
from bot.store.database import Tx
from tests.requirements.circle_walks import Around
from tests.requirements.town import Town
from tests.requirements.walks import FIRST, newcomer
from tests.world import Chat, World

WORDS = "Jeg vil spille trommer på torsdag"


@pytest.fixture
async def town(world: World) -> Town:
    return await Town.of(world)


async def noted(town: Town, who: Chat) -> ChildrenView | None:
    """What this person gets to see about children in the case."""
    person = await town.world.person(who)

    def work(tx: Tx) -> ChildrenView | None:
        return children.the_children(Context(tx=tx, municipality=town.world.municipality, actor=person), TheChildren(FIRST))

    return await town.world.read(work)


async def with_child(town: Town) -> tuple[Chat, Chat]:
    """A parent has a coordinator for a child of thirteen, who has a chat of its own; the parent and the child."""
    parent = await town.appointed("Bokmål", whom="My child", age="Under 16")
    child = await newcomer(town.world)
    who = await town.world.person(child)
    await town.world.read(lambda tx: cases.add_party(tx, FIRST, who, Role.YOUTH))
    return parent, child


async def test_A10_children_who_are_relatives_are_asked_about_with_who_follows_up(town: Town) -> None:
    around = await Around.of(town)
    view = await noted(town, town.nora)
    assert view is not None
    assert (view.asked, view.follow_up) == (None, None)
    await town.does(town.nora, NoteChildren(case=FIRST, answer=AnyChildren.NOT_YET, follow_up=None))
    await town.does(town.nora, NoteChildren(case=FIRST, answer=AnyChildren.YES, follow_up="Helsesykepleier Prøve"))
    view = await noted(town, town.anne)
    assert view is not None
    assert (view.asked, view.asked_on, view.follow_up) == (AnyChildren.YES, around.today, "Helsesykepleier Prøve")
    for row in await town.rows("SELECT * FROM children_asked"):
        assert "Helsesykepleier" not in str(row)
    for who in (around.kari, town.lars, town.nils):
        with pytest.raises(Refused):
            await town.does(who, NoteChildren(case=FIRST, answer=AnyChildren.NO, follow_up=None))


async def test_A10_in_the_conversation_of_the_desk(town: Town) -> None:
    await Around.of(town)
    await town.world.write(town.nora, "/ansatt")
    kari = t("{initials}, case {number}", initials="KP", number="1001")
    await town.world.press(town.nora, "Those I coordinate for", kari, "People around", "Children", "Children who are relatives", "Yes")
    await town.world.write(town.nora, "Helsesykepleier Prøve")
    view = await noted(town, town.nora)
    assert view is not None
    assert view.follow_up == "Helsesykepleier Prøve"


async def test_D12_the_child_is_met_on_a_day_that_has_come(town: Town) -> None:
    await with_child(town)
    today = town.world.clock.now().date()
    with pytest.raises(Refused):
        await town.does(town.nora, NoteChildMet(case=FIRST, on=today + timedelta(days=1)))
    await town.does(town.nora, NoteChildMet(case=FIRST, on=today))
    await town.does(town.nora, NoteChildMet(case=FIRST, on=today - timedelta(days=2)))
    view = await noted(town, town.nora)
    assert view is not None
    assert view.met_on == today - timedelta(days=2)


async def test_D12_only_in_a_case_about_a_child(town: Town) -> None:
    await Around.of(town)
    for command in (NoteChildMet(case=FIRST, on=town.world.clock.now().date()), WriteChildsWords(case=FIRST, words=WORDS)):
        with pytest.raises(Refused):
            await town.does(town.nora, command)


async def test_D13_the_childs_own_words_are_read_by_the_child_and_those_who_coordinate_alone(town: Town) -> None:
    parent, child = await with_child(town)
    await town.does(child, WriteChildsWords(case=FIRST, words=WORDS))
    await town.does(town.nora, WriteChildsWords(case=FIRST, words="Hun sier at hun vil ha fri på fredag"))
    for who in (child, town.nora, town.anne):
        view = await noted(town, who)
        assert view is not None
        assert (view.words[0].words, view.words[0].by_child) == (WORDS, True)
        assert [each.by_child for each in view.words] == [True, False]
    for outside in (parent, town.lars, town.nils):
        assert await noted(town, outside) is None
        with pytest.raises(Refused):
            await town.does(outside, WriteChildsWords(case=FIRST, words="Noe annet"))
    assert all(WORDS not in str(row) for row in await town.rows("SELECT * FROM child_words"))
    await town.world.deliver()
    assert await town.world.says(town.nora, t("Case {number}: the child has written what it wants.", number="1001"))
    assert not await town.world.says(town.nora, WORDS)


async def test_D13_the_child_is_offered_its_own_page_and_the_parent_is_not(town: Town) -> None:
    parent, child = await with_child(town)
    await town.world.write(parent, "/sak")
    assert not await town.world.offers(parent, "What I want")
    await town.world.write(child, "/sak")
    await town.world.press(child, "My plan and my wishes", "What I want")
    await town.world.write(child, WORDS)
    view = await noted(town, town.nora)
    assert view is not None
    assert [(each.words, each.by_child) for each in view.words] == [(WORDS, True)]


@pytest.mark.parametrize(("a_child", "offered"), [(False, True), (True, False)])
async def test_D13_what_others_decide_is_not_offered_to_the_child(town: Town, *, a_child: bool, offered: bool) -> None:
    who = (await with_child(town))[1] if a_child else (await Around.of(town)).kari
    for room, what in (("To end it", "Stop at once"), ("Those around me", "Between health services")):
        await town.world.write(who, "/sak")
        if await town.world.offers(who, room):
            await town.world.press(who, room)
        assert await town.world.offers(who, what) is offered
