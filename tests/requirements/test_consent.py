"""Consent: asked for, given, renewed, written down, and shown.

Here: rows E01, E02, E04 to E12 and T04, through the services and through the chat. Not here: the circle (`test_circle`), who decides
(`test_who_decides`), and the evidence (`tests/privacy/test_consent_evidence`).
"""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.cases import TaskKind
from bot.domain.commands import FinishTask
from bot.domain.consent import ConsentTrust, ConsentType, InfoKind, Purpose, Recipient, SharingState
from bot.domain.consent_commands import (
    PrepareAnswer,
    RecordConsent,
    Recorded,
    SignConsent,
    StopSharing,
)
from bot.domain.consent_queries import TheConsent
from bot.domain.consent_rules import Signature
from bot.domain.refusal import Refused
from bot.engine.texts import t
from bot.profile import load_profile
from bot.services import consents, documents_shown
from bot.services.fresh_login import FreshLoginNeeded
from bot.store import consent_answers, documents, tasks
from bot.store import consents as store
from tests.requirements.circle_walks import SOLVEIG, TROND, Around
from tests.requirements.consent_walks import (
    BOTH,
    MEETINGS,
    PLAN,
    answers,
    asks,
    covered,
    group_allowed,
    held,
    looks,
    nobody,
    on_the_page,
    state,
)
from tests.requirements.town import Town
from tests.requirements.walks import FIRST, NUMBER
from tests.world import World


@pytest.fixture
async def around(world: World) -> Around:
    """Kari, grown up, with Nora as coordinator."""
    return await Around.of(await Town.of(world), need="Hjelp i hverdagen")


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


async def test_E07_R10_whoever_is_covered_is_to_be_shown_the_planning_tool(around: Around) -> None:
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
