"""Consent that ends: taken back, refused, objected to, lapsed with age; and where it stands.

Here: rows E03, E13 to E15, E17 and P05, through the services and through the chat. Not here: the circle (`test_circle`), who decides
(`test_who_decides`), and the evidence (`tests/privacy/test_consent_evidence`).
"""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bot.domain.access import Role
from bot.domain.cases import AgeGroup, CaseState, ForWhom, TaskKind, Wanted
from bot.domain.choices import PrivacyLevel
from bot.domain.circle_queries import MyCircles
from bot.domain.commands import Submit, Withdraw
from bot.domain.consent import ConsentState, InfoKind, Purpose, Recipient, SharingState
from bot.domain.consent_commands import (
    EndObjection,
    ObjectToSharing,
    RecordConsent,
    Recorded,
    StopSharing,
)
from bot.domain.consent_queries import TheSharing
from bot.domain.ids import PersonId
from bot.domain.refusal import Refused
from bot.engine.texts import nt, t
from bot.services import circle, commands
from bot.services.municipality import Context
from bot.store import cases, people
from bot.store import consents as store
from bot.store.database import Tx
from tests.requirements.circle_walks import SOLVEIG, TROND, Around
from tests.requirements.conftest import MONDAY
from tests.requirements.consent_walks import (
    BOTH,
    MEETINGS,
    PLAN,
    Whom,
    answers,
    asks,
    covered,
    group_allowed,
    held,
    looks,
    nobody,
    says_no,
    state,
)
from tests.requirements.standing_walks import a_parent, born, is_parent, the_youth, until
from tests.requirements.town import Town
from tests.requirements.walks import FIRST, NUMBER
from tests.world import Chat, World


@pytest.fixture
async def around(world: World) -> Around:
    """Kari, grown up, with Nora as coordinator."""
    return await Around.of(await Town.of(world), need="Hjelp i hverdagen")


async def test_E13_two_presses_stop_all_of_it_at_once_and_everybody_is_told(around: Around) -> None:
    solveig, world = await around.add(), around.town.world
    await answers(around, around.kari, await asks(around, {solveig: BOTH}), {solveig: BOTH})
    chat = await around.joined(solveig)
    await looks(world, chat, MyCircles())
    assert await covered(around, solveig) == BOTH
    await world.write(around.kari, "/meny")
    await world.press(around.kari, "Stop sharing", "Stop all of it")
    assert await covered(around, solveig) == frozenset()
    assert await around.sees(solveig) == frozenset()
    assert await held(around) == []
    assert any("Solveig Prøve" in each.text and NUMBER in each.text for each in around.town.nora.messages[-2:])
    assert await world.says(around.town.anne, "What they had been told before:") is False
    assert await world.says(around.kari, "What they had been told before:")
    assert await world.says(around.kari, "We cannot make that undone. You can ask them what they keep, and to delete it.")
    assert await state(around) is SharingState.WITHDRAWN
    await world.press(around.town.nora, "Open the case")
    assert await world.offers(around.town.nora, "Consent and who decides"), "whoever is told can open it, not the unit alone"
    await world.press(around.town.nora, "That is all", "Back to the case")
    assert await world.offers(around.town.nora, "Consent and who decides"), "and come back to it"


async def test_E13_what_had_not_left_yet_never_leaves_and_is_not_told_as_something_they_know(around: Around) -> None:
    solveig, world = await around.add(), around.town.world
    await answers(around, around.kari, await asks(around, {solveig: BOTH}), {solveig: BOTH})
    chat = await around.joined(solveig)
    await world.deliver()
    stood = len(chat.messages)

    def tell(tx: Tx) -> None:
        circle.tell_members(nobody(around, tx), FIRST, t("The plan and its goals"), InfoKind.PLAN, dedupe_key="test/plan")

    await world.read(tell)
    await around.town.does(around.kari, StopSharing())
    await world.deliver()
    assert len(chat.messages) == stood
    assert not await world.says(around.kari, nt("{n} message", "{n} messages", 2), last=1), "only what they were asked with"


async def test_E13_one_can_be_stopped_and_the_others_go_on(around: Around) -> None:
    solveig, trond = await around.add(), await around.add(TROND, service="skole")
    both: Whom = {solveig: BOTH, trond: BOTH}
    await answers(around, around.kari, await asks(around, both), both)
    world = around.town.world
    await world.write(around.kari, "/stoppdeling")
    await world.press(around.kari, t("Only: {who}", who=SOLVEIG))
    assert (await covered(around, solveig), await covered(around, trond)) == (frozenset(), BOTH)
    assert await state(around) is SharingState.LIMITED


async def test_E13_whoever_is_stopped_does_not_know_it_through_the_service_either(around: Around) -> None:
    solveig = await around.add()
    both: Whom = {solveig: BOTH, "bup": BOTH}
    await answers(around, around.kari, await asks(around, both), both)
    assert await around.town.does(around.kari, StopSharing(case=FIRST, recipient=Recipient(member=solveig))) == 2
    assert await covered(around, solveig) == frozenset()


async def test_E13_an_open_question_does_not_bring_back_what_was_stopped(around: Around) -> None:
    solveig = await around.add()
    consent = await asks(around, {solveig: BOTH})
    await around.town.does(around.kari, StopSharing())
    with pytest.raises(Refused):
        await answers(around, around.kari, consent, {solveig: BOTH})
    assert await held(around) == []


async def test_E13_nobody_else_can_stop_it(around: Around) -> None:
    solveig = await around.add()
    await around.consent({solveig: MEETINGS})
    for who in (around.town.kim, around.town.lars):
        with pytest.raises(Refused):
            await around.town.does(who, StopSharing(case=FIRST))
    assert await around.town.does(around.town.nora, StopSharing(case=FIRST)) == 1, "for somebody who phones"


async def test_E14_a_no_is_noted_and_nobody_presses(around: Around) -> None:
    solveig, world = await around.add(), around.town.world
    consent = await asks(around, {solveig: MEETINGS})
    await world.press(around.kari, "Read and answer", "No")
    assert await world.says(around.kari, "That is noted. Nothing more is shared. You keep all your rights.", last=1)
    found = await world.read(lambda tx: store.find(tx, consent))
    assert found is not None
    assert found.state is ConsentState.REFUSED
    assert await state(around) is SharingState.REFUSED
    said = t("Case {number}: the answer about sharing is no. That is noted, and nothing more is shared.", number=NUMBER)
    assert await world.says(around.town.nora, said)
    before = len(around.kari.messages)
    await world.turn(timedelta(days=60))
    assert not any("deling" in each.text.lower() for each in around.kari.messages[before:]), "nobody asks again by itself"


async def test_E14_a_no_to_a_renewal_leaves_what_was_given(around: Around) -> None:
    solveig = await around.add()
    await answers(around, around.kari, await asks(around, {solveig: MEETINGS}), {solveig: MEETINGS})
    assert await says_no(around, around.kari, await asks(around, {solveig: BOTH})) == "refused"
    assert await covered(around, solveig) == MEETINGS


async def test_E17_where_consent_stands_is_always_seen(around: Around) -> None:
    solveig, seen = await around.add(), [await state(around)]
    consent = await asks(around, {solveig: BOTH})
    seen.append(await state(around))
    await answers(around, around.kari, consent, {solveig: BOTH})
    seen.append(await state(around))
    await answers(around, around.kari, await asks(around, {solveig: BOTH}), {solveig: MEETINGS})
    seen.append(await state(around))
    await around.town.does(around.kari, StopSharing())
    seen.append(await state(around))
    await says_no(around, around.kari, await asks(around, {solveig: BOTH}))
    seen.append(await state(around))
    await answers(around, around.kari, await asks(around, {solveig: BOTH}, days=5), {solveig: BOTH})
    await around.town.world.turn(timedelta(days=6))
    seen.append(await state(around))
    assert seen == [
        SharingState.NOT_ASKED,
        SharingState.ASKED,
        SharingState.GIVEN,
        SharingState.LIMITED,
        SharingState.WITHDRAWN,
        SharingState.REFUSED,
        SharingState.EXPIRED,
    ]
    view = await looks(around.town.world, around.town.nora, TheSharing(FIRST))
    assert view is not None
    assert view.state is SharingState.EXPIRED


async def test_P05_a_case_that_ends_takes_its_consents_along(around: Around) -> None:
    solveig = await around.add()
    await around.consent({solveig: MEETINGS})
    await around.town.does(around.kari, Withdraw(case=FIRST, reason=None))
    assert (await around.town.case()).state is CaseState.WITHDRAWN
    assert await held(around) == []
    assert {each.state for each in await around.town.world.read(lambda tx: store.of_case(tx, FIRST))} == {ConsentState.LAPSED}


async def test_an_objection_between_health_services_is_another_thing_and_is_passed_on(around: Around) -> None:
    solveig, world = await around.add(), around.town.world
    await around.consent({solveig: MEETINGS})
    await around.town.does(around.kari, ObjectToSharing(case=FIRST, services=("bup",), words="Ikke om medisiner"))
    assert TaskKind.OBJECTION in await around.town.to_do()
    assert await covered(around, solveig) == MEETINGS, "what was consented to stays"
    view = await looks(world, around.kari, TheSharing(FIRST))
    assert view is not None
    assert view.objection is not None
    with pytest.raises(Refused):
        await around.town.does(around.town.kim, EndObjection(case=FIRST))
    await around.town.does(around.kari, EndObjection(case=FIRST))
    view = await looks(world, around.kari, TheSharing(FIRST))
    assert view is not None
    assert view.objection is None


async def test_E13_below_full_the_chat_stops_it_in_the_same_neutral_words_for_everybody(tmp_path: Path) -> None:
    world = await World.open(tmp_path / "notice.db", level=PrivacyLevel.NOTICE, start=MONDAY, page_url="https://solvik.example")
    try:
        kari = world.newcomer()
        await world.write(kari, "/start")
        person = await world.person(kari)
        await world.write(kari, "/stoppdeling")
        nobody_shares = kari.last.text, tuple(kari.last.labels)
        anne = await world.staff("Anne Prøve", Role.KE)
        await world.read(lambda tx: _sharing_with_the_school(tx, world, person, anne))
        assert await world.read(lambda tx: [each.state for each in store.of_case(tx, FIRST)]) == [ConsentState.GIVEN]
        await world.write(kari, "/stoppdeling")
        assert (kari.last.text, tuple(kari.last.labels)) == nobody_shares, "it does not tell whether anything is shared"
        await world.press(kari, "Stop all of it")
        assert await world.read(lambda tx: [each.state for each in store.of_case(tx, FIRST)]) == [ConsentState.WITHDRAWN]
        words = " ".join(each.text for each in kari.messages).casefold()
        assert not any(each in words for each in ("samtykke", "koordinator", "barnehabilitering", "solvik skole"))
    finally:
        await world.database.close()


def _sharing_with_the_school(tx: Tx, world: World, person: PersonId, anne: Chat) -> None:
    """A case of one's own, with a consent on paper."""
    mine = Context(tx=tx, municipality=world.municipality, actor=person)
    submit = Submit(for_whom=ForWhom.ME, wanted=Wanted.COORDINATOR, age_group=AgeGroup.ADULT, subject_name="Kari Prøve")
    commands.carry_out(mine, submit)
    unit = people.of_account(tx, anne.account)
    assert unit is not None
    command = RecordConsent(
        case=FIRST,
        how=Recorded.PAPER,
        on=mine.today,
        place="Arkivet",
        signers=(person,),
        other=None,
        purpose=Purpose.TOGETHER,
        purpose_words=None,
        offers=((Recipient(service="barnehabilitering"), MEETINGS),),
        until=mine.today + timedelta(days=100),
    )
    assert commands.carry_out(replace(mine, actor=unit), command) == "given"


async def the_other_parent(town: Town) -> Chat:
    """A party of the case, with a chat here."""
    chat = town.world.newcomer("nb")
    await town.world.write(chat, "/start")
    person = await town.world.person(chat)
    await town.world.read(lambda tx: cases.add_party(tx, FIRST, person, Role.PARENT))
    return chat


async def test_E03_both_parents_must_sign_and_only_what_both_allowed_holds(world: World) -> None:
    town = await Town.of(world)
    mother, father = await a_parent(town), await the_other_parent(town)
    await born(town, date(2016, 5, 3))
    await is_parent(town, mother)
    await is_parent(town, father)
    around = Around(town, mother)
    consent = await asks(around, {"skole": BOTH, "bup": BOTH}, by=town.anne)
    assert await answers(around, mother, consent, {"skole": BOTH, "bup": MEETINGS}) == "others"
    assert await held(around) == [], "one of two is not enough"
    assert await answers(around, father, consent, {"skole": PLAN}) == "given"
    (now,) = await held(around)
    assert now.scope == {Recipient(service="skole"): PLAN}
    await around.town.does(father, StopSharing())
    assert await held(around) == [], "one of two is enough to stop it"


async def test_E14_the_no_of_one_parent_is_the_answer(world: World) -> None:
    town = await Town.of(world)
    mother, father = await a_parent(town), await the_other_parent(town)
    await born(town, date(2016, 5, 3))
    await is_parent(town, mother)
    await is_parent(town, father)
    around = Around(town, mother)
    consent = await asks(around, {"skole": BOTH}, by=town.anne)
    await answers(around, mother, consent, {"skole": BOTH})
    assert await says_no(around, father, consent) == "refused"
    assert await held(around) == []
    with pytest.raises(Refused):
        await answers(around, father, consent, {"skole": BOTH})


async def test_E15_what_parents_gave_covers_nothing_from_the_sixteenth_birthday_and_the_youth_is_asked(world: World) -> None:
    town = await Town.of(world)
    mother = await a_parent(town)
    await born(town, date(2010, 4, 15))
    await is_parent(town, mother)
    youth = await the_youth(town)
    around = Around(town, mother)
    await answers(around, mother, await asks(around, {"skole": BOTH}, by=town.anne), {"skole": BOTH})
    assert await group_allowed(around)
    world.clock.turn_to(datetime(2026, 4, 14, 21, 59, 59, tzinfo=UTC))
    assert await group_allowed(around)
    world.clock.turn_to(datetime(2026, 4, 14, 22, 0, tzinfo=UTC))
    assert not await group_allowed(around), "from midnight in Oslo, even where Samråd was not running"
    await until(town, datetime(2026, 4, 14, 22, 0, tzinfo=UTC))
    asked = t("Case {number}: may we share something with others? Read it in peace. You choose freely.", number=NUMBER)
    assert not await world.says(youth, asked), "and nobody is written to at night"
    await until(town, datetime(2026, 4, 15, 10, 0, tzinfo=UTC))
    assert await world.says(youth, asked)
