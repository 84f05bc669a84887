"""Consent: asked for, given, refused, taken back, renewed, written down, and shown.

Here: rows E01 to E14, E17 and T04, through the services and through the chat. Not here: the circle (`test_circle`), who decides
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
from bot.domain.commands import FinishTask, Submit, Withdraw
from bot.domain.consent import ConsentState, ConsentTrust, ConsentType, InfoKind, Purpose, Recipient, SharingState
from bot.domain.consent_commands import (
    EndObjection,
    ObjectToSharing,
    PrepareAnswer,
    RecordConsent,
    Recorded,
    SignConsent,
    StopSharing,
)
from bot.domain.consent_queries import TheConsent, TheSharing
from bot.domain.consent_rules import Signature
from bot.domain.ids import MemberId, PersonId
from bot.domain.refusal import Refused
from bot.engine.texts import nt, t
from bot.profile import load_profile
from bot.services import circle, commands, consents, documents_shown
from bot.services.fresh_login import FreshLoginNeeded
from bot.services.municipality import Context
from bot.store import cases, consent_answers, documents, people, tasks
from bot.store import consents as store
from bot.store.database import Tx
from tests.requirements.circle_walks import SOLVEIG, TROND, Around
from tests.requirements.conftest import MONDAY
from tests.requirements.consent_walks import BOTH, MEETINGS, PLAN, Whom, answers, asks, held, looks, nobody, on_the_page, says_no
from tests.requirements.test_who_decides import a_parent, born, is_parent, the_youth, until
from tests.requirements.town import Town
from tests.requirements.walks import FIRST, NUMBER
from tests.world import Chat, World


@pytest.fixture
async def around(world: World) -> Around:
    """Kari, grown up, with Nora as coordinator."""
    return await Around.of(await Town.of(world), need="Hjelp i hverdagen")


async def covered(around: Around, member: MemberId) -> frozenset[InfoKind]:
    return await around.town.world.read(lambda tx: consents.covers(nobody(around, tx), FIRST, member))


async def state(around: Around) -> SharingState:
    return await around.town.world.read(lambda tx: consents.sharing_state(nobody(around, tx), FIRST))


async def group_allowed(around: Around) -> bool:
    return await around.town.world.read(lambda tx: consents.group_allowed(nobody(around, tx), FIRST))


async def test_E01_no_group_without_a_consent(around: Around) -> None:
    solveig = await around.add()
    assert not await group_allowed(around)
    consent = await asks(around, {solveig: MEETINGS})
    assert not await group_allowed(around), "a question is no consent"
    assert await answers(around, around.kari, consent, {solveig: MEETINGS}) == "given"
    assert await group_allowed(around)
    await around.town.does(around.kari, StopSharing())
    assert not await group_allowed(around)


async def test_E02_T04_each_consent_becomes_a_task_to_register_it_and_the_unit_is_reminded(around: Around) -> None:
    solveig, world = await around.add(), around.town.world
    consent = await asks(around, {solveig: MEETINGS})
    await answers(around, around.kari, consent, {solveig: MEETINGS})
    assert TaskKind.CONSENT_JOURNAL in await around.town.to_do()
    await world.turn(timedelta(days=2))
    late = t("Case {number}: a consent is not registered in the journal yet.", number=NUMBER)
    assert not await world.says(around.town.anne, late)
    await world.turn(timedelta(days=3))
    assert await world.says(around.town.anne, late), "after three working days"
    (task,) = [each for each in await world.read(lambda tx: tasks.of_case(tx, FIRST)) if each.kind is TaskKind.CONSENT_JOURNAL]
    await around.town.does(around.town.anne, FinishTask(task=task.id, words=None))
    await around.town.does(around.kari, StopSharing())
    assert TaskKind.CONSENT_JOURNAL in await around.town.to_do(), "what is taken back is registered too"


async def test_E02_only_where_the_municipality_asks_for_it(around: Around) -> None:
    world = around.town.world
    rules = replace(world.municipality.profile.consent, journal=False)
    world.municipality = replace(world.municipality, profile=replace(world.municipality.profile, consent=rules))
    solveig = await around.add()
    consent = await asks(around, {solveig: MEETINGS})
    await answers(around, around.kari, consent, {solveig: MEETINGS})
    assert TaskKind.CONSENT_JOURNAL not in await around.town.to_do()


async def test_E04_whoever_no_consent_covers_is_told_nothing(around: Around) -> None:
    solveig, trond = await around.add(), await around.add(TROND, service="skole")
    consent = await asks(around, {solveig: BOTH})
    await answers(around, around.kari, consent, {solveig: MEETINGS})
    world = around.town.world
    await world.read(lambda tx: consents.require_covered(nobody(around, tx), FIRST, solveig, InfoKind.MEETINGS))
    for member, kind in ((solveig, InfoKind.PLAN), (trond, InfoKind.MEETINGS)):
        with pytest.raises(Refused):
            await world.read(lambda tx, m=member, k=kind: consents.require_covered(nobody(around, tx), FIRST, m, k))  # type: ignore[misc]


async def test_E04_somebody_new_is_asked_about_at_once_and_sees_nothing_until_then(around: Around) -> None:
    solveig = await around.add()
    await answers(around, around.kari, await asks(around, {solveig: MEETINGS, "bup": MEETINGS}), {solveig: MEETINGS, "bup": MEETINGS})
    trond = await around.add(TROND, sees=MEETINGS)
    await around.town.world.deliver()
    assert await covered(around, trond) == frozenset(), "Herøy: asked anew, also where the service has a consent"
    assert await covered(around, solveig) == MEETINGS, "what holds goes on meanwhile"
    waiting = await around.town.world.read(lambda tx: store.asked(tx, FIRST, ConsentType.SHARING))
    assert waiting is not None
    assert {each.member for each in waiting.offered} == {solveig, trond, None}
    assert await around.town.world.offers(around.kari, "Read and answer")
    new = Recipient(member=trond, service="bup")
    offers = tuple((each, kinds) for each, kinds in waiting.offered.items())
    await around.town.does(around.kari, PrepareAnswer(consent=waiting.id, yes=True, offers=offers))
    assert await around.town.does(around.kari, SignConsent(consent=waiting.id)) == "given"
    assert new in waiting.offered
    assert await covered(around, trond) == MEETINGS
    (now,) = await held(around)
    assert now.id == waiting.id, "the new one has taken the place of the old one"


async def test_E05_each_may_know_something_else(around: Around) -> None:
    solveig, trond = await around.add(), await around.add(TROND, service="skole")
    consent = await asks(around, {solveig: BOTH, trond: BOTH})
    await answers(around, around.kari, consent, {solveig: PLAN, trond: MEETINGS})
    assert (await covered(around, solveig), await covered(around, trond)) == (PLAN, MEETINGS)


async def test_E05_nobody_can_allow_what_was_not_asked_for(around: Around) -> None:
    solveig, trond = await around.add(), await around.add(TROND, service="skole")
    consent = await asks(around, {solveig: MEETINGS})
    await answers(around, around.kari, consent, {solveig: BOTH, trond: BOTH}, until=around.today + timedelta(days=9000))
    (now,) = await held(around)
    assert now.scope == {Recipient(member=solveig): MEETINGS}
    assert now.until == around.today + timedelta(days=365)


async def test_E06_the_person_can_always_see_who_what_and_until_when(around: Around) -> None:
    solveig = await around.add()
    consent = await asks(around, {solveig: BOTH}, days=100)
    await answers(around, around.kari, consent, {solveig: MEETINGS})
    shown = await around.town.world.write(around.kari, "/deling")
    assert "Solveig Prøve, Psykolog" in shown.text
    assert await around.town.world.says(around.kari, t("May know something until {day}:", day=around.today + timedelta(days=100)), last=1)
    assert await around.town.world.says(around.kari, "When and where we meet", last=1)
    assert not await around.town.world.says(around.kari, "The plan and its goals", last=1)


async def test_E07_whoever_is_covered_is_to_be_shown_the_planning_tool(around: Around) -> None:
    solveig = await around.add()
    await answers(around, around.kari, await asks(around, {solveig: MEETINGS}), {solveig: MEETINGS})
    found = await around.town.world.read(lambda tx: tasks.of_case(tx, FIRST))
    assert [each.words for each in found if each.kind is TaskKind.TOOL_TRAINING] == [SOLVEIG]


async def test_E08_meetings_without_a_group_are_a_consent_of_their_own_with_an_end_of_its_own(around: Around) -> None:
    consent = await asks(around, {"skole": MEETINGS}, days=30, type_=ConsentType.COOPERATION)
    await answers(around, around.kari, consent, {"skole": MEETINGS})
    world = around.town.world
    assert await world.read(lambda tx: consents.cooperation_allowed(nobody(around, tx), FIRST))
    assert not await group_allowed(around)
    await answers(around, around.kari, await asks(around, {"nav": MEETINGS}), {"nav": MEETINGS})
    assert {each.type: (each.until - around.today).days for each in await held(around)} == {
        ConsentType.COOPERATION: 30,
        ConsentType.SHARING: 365,
    }
    await world.turn(timedelta(days=31))
    assert [each.type for each in await held(around)] == [ConsentType.SHARING]


async def where_a_login_signs(around: Around) -> None:
    """The municipality takes a login or a paper, and has both."""
    world = around.town.world
    profile = replace(world.municipality.profile, consent=load_profile("rana").consent)
    assert profile.consent.signature is Signature.LOGIN_OR_PAPER
    world.municipality = replace(world.municipality, profile=profile, page_url="https://solvik.example", citizens_log_in=True)


async def test_E09_a_press_in_the_chat_prepares_and_a_login_signs(around: Around) -> None:
    await where_a_login_signs(around)
    solveig, world = await around.add(), around.town.world
    consent = await asks(around, {solveig: MEETINGS})
    assert await answers(around, around.kari, consent, {solveig: MEETINGS}) == "sign_on_page"
    assert await held(around) == []
    assert await covered(around, solveig) == frozenset()
    with pytest.raises(Refused):
        await around.town.does(around.kari, SignConsent(consent=consent))
    with pytest.raises(FreshLoginNeeded):
        await on_the_page(world, around.kari, SignConsent(consent=consent), fresh=False)
    assert await held(around) == []
    assert await on_the_page(world, around.kari, SignConsent(consent=consent)) == "given"
    (now,) = await held(around)
    assert now.trust is ConsentTrust.LOGIN


async def test_E09_a_press_in_a_chat_that_is_confirmed_signs_only_where_the_municipality_has_chosen_that(around: Around) -> None:
    world, chosen = around.town.world, around.town.world.municipality.profile
    await where_a_login_signs(around)
    await world.read(lambda tx: tx.execute("UPDATE accounts SET link = 'confirmed' WHERE id = :id", id=around.kari.account))
    solveig = await around.add()
    consent = await asks(around, {solveig: MEETINGS})
    assert await answers(around, around.kari, consent, {solveig: MEETINGS}) == "sign_on_page"
    with pytest.raises(Refused):
        await around.town.does(around.kari, SignConsent(consent=consent))
    assert await held(around) == []
    world.municipality = replace(world.municipality, profile=chosen)
    assert chosen.consent.signature is Signature.CHAT_TOO
    assert await answers(around, around.kari, consent, {solveig: MEETINGS}) == "given"
    (now,) = await held(around)
    assert now.trust is ConsentTrust.CHAT_CONFIRMED


async def test_E09_stopping_needs_no_login(around: Around) -> None:
    await where_a_login_signs(around)
    solveig = await around.add()
    await around.consent({solveig: MEETINGS})
    assert await covered(around, solveig) == MEETINGS
    assert await around.town.does(around.kari, StopSharing()) == 1
    assert await covered(around, solveig) == frozenset()


async def test_E09_the_words_as_shown_are_kept_with_their_hash_and_a_document(around: Around) -> None:
    solveig, world = await around.add(), around.town.world
    consent = await asks(around, {solveig: BOTH})
    view = await looks(world, around.kari, TheConsent(consent))
    assert view is not None
    await answers(around, around.kari, consent, {solveig: MEETINGS})
    (answer,) = await world.read(lambda tx: consent_answers.signed(tx, consent))
    kept = await world.read(lambda tx: consent_answers.words(tx, FIRST, answer))
    shown = [await world.words(around.kari, block) for block in view.form]
    assert kept == "\n\n".join(shown)
    assert (answer.trust, answer.person) == (ConsentTrust.CHAT_UNCONFIRMED, await world.person(around.kari))
    (document,) = await world.read(lambda tx: documents.of_case(tx, FIRST))
    assert (await world.read(lambda tx: documents.content(tx, document))).startswith(b"%PDF-")
    person = await world.person(around.town.kim)
    mine = await world.person(around.kari)
    assert await world.read(lambda tx: documents_shown.read(around.context(tx, mine), FIRST, document.id)) is not None
    assert await world.read(lambda tx: documents_shown.read(around.context(tx, person), FIRST, document.id)) is None


async def test_E10_everybody_is_told_30_and_7_days_before_and_when_it_is_over(around: Around) -> None:
    solveig, world = await around.add(), around.town.world
    day = around.today + timedelta(days=60)
    await answers(around, around.kari, await asks(around, {solveig: MEETINGS}, days=60), {solveig: MEETINGS})
    mine = t("Case {number}: your yes to sharing ends on {day}. You need not do anything. It then stops.", number=NUMBER, day=day)
    theirs = t("Case {number}: the consent ends on {day}. Talk about it, and ask anew if they want.", number=NUMBER, day=day)

    async def times() -> tuple[int, int]:
        told, staff = await world.words(around.kari, mine), await world.words(around.town.nora, theirs)
        return sum(told in each.text for each in around.kari.messages), sum(staff in each.text for each in around.town.nora.messages)

    await world.turn(timedelta(days=29))
    assert await times() == (0, 0)
    await world.turn(timedelta(days=2))
    assert await times() == (1, 1)
    await world.turn(timedelta(days=23))
    assert await times() == (2, 2)
    assert await covered(around, solveig) == MEETINGS
    await world.turn(timedelta(days=7))
    assert await covered(around, solveig) == frozenset()
    assert await state(around) is SharingState.EXPIRED
    await world.turn(timedelta(days=3))  # the day after is a Saturday
    assert await world.says(around.kari, t("Case {number}: sharing has ended, as you chose.", number=NUMBER))


async def test_E11_a_service_covers_whoever_comes_from_it_and_the_person_is_told(around: Around) -> None:
    world = around.town.world
    rules = replace(world.municipality.profile.consent, renew_when_added=False)
    world.municipality = replace(world.municipality, profile=replace(world.municipality.profile, consent=rules))
    await answers(around, around.kari, await asks(around, {"bup": MEETINGS}), {"bup": MEETINGS})
    solveig, trond = await around.add(), await around.add(TROND, service="skole")
    assert await covered(around, solveig) == MEETINGS
    assert await covered(around, trond) == frozenset()
    await world.deliver()
    assert "Solveig Prøve" in around.kari.last.text
    assert await world.offers(around.kari, "Stop sharing")


async def test_E12_the_form_says_why_what_to_whom_from_whom_free_revocable_and_what_if_not(around: Around) -> None:
    solveig = await around.add()
    consent = await asks(around, {solveig: MEETINGS})
    view = await looks(around.town.world, around.kari, TheConsent(consent))
    assert view is not None
    words = "\n".join([await around.town.world.words(around.kari, block) for block in view.form])
    blocks = ("Hvorfor: De rundt deg", "Hva, og til hvem", "Solveig Prøve", "Fra hvem", "Hvor lenge", "Du velger fritt")
    for must in (*blocks, "trekke det tilbake", "Sier du nei"):
        assert must in words


@pytest.mark.parametrize("how", list(Recorded))
async def test_E12_oral_and_paper_are_written_down_with_where_and_when(around: Around, how: Recorded) -> None:
    solveig, world = await around.add(), around.town.world
    command = RecordConsent(
        case=FIRST,
        how=how,
        on=around.today - timedelta(days=3),
        place="Møterommet på helsehuset",
        signers=(await world.person(around.kari),),
        other=None,
        purpose=Purpose.OTHER,
        purpose_words="Planlegge skolestart",
        offers=((Recipient(member=solveig), MEETINGS),),
        until=around.today + timedelta(days=100),
    )
    by = around.town.anne if how is Recorded.PAPER else around.town.nora
    if how is Recorded.PAPER:
        with pytest.raises(Refused):
            await around.town.does(around.town.nora, command)
    assert await around.town.does(by, command) == "given"
    (now,) = await held(around)
    assert now.trust is (ConsentTrust.PAPER if how is Recorded.PAPER else ConsentTrust.ORAL)
    (answer,) = await world.read(lambda tx: consent_answers.signed(tx, now.id))
    assert answer.answered_on == around.today - timedelta(days=3)
    assert "Møterommet på helsehuset" in (await world.read(lambda tx: consent_answers.details(tx, FIRST, answer)) or "")
    assert await covered(around, solveig) == MEETINGS
    with pytest.raises(Refused):
        await around.town.does(by, replace(command, signers=(await world.person(around.town.kim),)))


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
