"""Life phases: which one, the list of each with what is given to read, what matters now and later, and a school at risk.

Here: rows M01, M04, M10 to M13, M16, M20 to M25, M27, M40 to M43. Not here: changes that can be seen coming (`test_transitions`).
"""

from datetime import date, timedelta

import pytest

from bot.domain.cases import AgeGroup, TaskKind
from bot.domain.circle_commands import AddMember
from bot.domain.phase_commands import (
    GiveCards,
    NoteFollowUpContact,
    NoteOutlook,
    ReportDropOut,
    SetCards,
    SetPhase,
    TheCards,
    ThePhase,
)
from bot.domain.phases import CARDS, LISTS, Card, CardGroup, CardState, Phase, began_on, phase_of
from bot.domain.phone_numbers import readable
from bot.domain.refusal import Refused
from bot.domain.reminders import ReminderKind
from bot.engine.texts import Language, t
from bot.i18n import Catalogs
from bot.profile import load_profile, shipped_profiles
from conversations.phase_words import ABOUT, TITLES, card_text, link_of
from tests.requirements.circle_walks import Around
from tests.requirements.phase_walks import FIRST, Phased
from tests.requirements.town import Town
from tests.requirements.walks import was_told
from tests.world import Chat, World

RULES = load_profile("heroy").phases
TODAY = date(2026, 3, 2)
CHILD, YOUTH = date(2019, 5, 10), date(2010, 9, 1)
SOMETHING = t("Your coordinator has found something that may be good to know. Case {number}.", number="1001")
AT_RISK = t("Case {number}: school is at risk. Talk with the youth, and contact the follow-up service today.", number="1001")


async def reads(phased: Phased, who: Chat) -> tuple[Card, ...]:
    """What this person can read."""
    view = await phased.look(who, TheCards(FIRST))
    return () if view is None else view.cards


@pytest.mark.parametrize(
    ("born_on", "phase"),
    [
        (date(2026, 9, 1), Phase.CHILD),
        (date(2013, 3, 3), Phase.CHILD),
        (date(2013, 3, 2), Phase.YOUTH),
        (date(2006, 3, 3), Phase.YOUTH),
        (date(2006, 3, 2), Phase.ADULT),
        (date(1959, 3, 3), Phase.ADULT),
        (date(1959, 3, 2), Phase.ELDERLY),
    ],
)
def test_M04_the_phase_follows_from_the_birth_date_to_the_day(born_on: date, phase: Phase) -> None:
    assert phase_of(born_on, AgeGroup.UNKNOWN, TODAY, RULES) is phase
    begun = began_on(born_on, phase, RULES)
    assert begun is not None
    assert phase is Phase.CHILD or phase_of(born_on, AgeGroup.UNKNOWN, begun - timedelta(days=1), RULES) is not phase


def test_M04_without_a_birth_date_the_age_group_told_gives_the_phase_and_nothing_is_guessed() -> None:
    found = {told: phase_of(None, told, TODAY, RULES) for told in AgeGroup}
    assert found == {
        AgeGroup.UNBORN: Phase.CHILD,
        AgeGroup.UNDER_16: Phase.CHILD,
        AgeGroup.FROM_16: Phase.YOUTH,
        AgeGroup.ADULT: Phase.ADULT,
        AgeGroup.ELDERLY: Phase.ELDERLY,
        AgeGroup.UNKNOWN: None,
    }


async def test_M04_the_phase_can_be_changed_and_changed_back_by_whoever_coordinates_alone(world: World) -> None:
    phased = await Phased.of(world, CHILD)
    assert (await phased.view()).phase is Phase.CHILD
    for stranger in (phased.parent, phased.town.nils, phased.town.lars):
        with pytest.raises(Refused):
            await phased.town.does(stranger, SetPhase(case=FIRST, phase=Phase.YOUTH))
        assert await phased.look(stranger, ThePhase(FIRST)) is None
    await phased.town.does(phased.town.anne, SetPhase(case=FIRST, phase=Phase.YOUTH))
    view = await phased.view()
    assert (view.phase, view.by_hand) == (Phase.YOUTH, True)
    assert tuple(each.card for each in view.cards) == LISTS[Phase.YOUTH]
    await phased.town.does(phased.nora, SetPhase(case=FIRST, phase=None))
    assert ((await phased.view()).phase, (await phased.view()).by_hand) == (Phase.CHILD, False)


@pytest.mark.parametrize("name", shipped_profiles())
def test_M10_M11_M20_M21_M23_M40_M42_every_card_says_what_it_is_and_where_to_ask_in_every_municipality(name: str) -> None:
    profile, catalogs = load_profile(name), Catalogs.load()
    for language in (Language.NB, Language.NN):
        for card in Card:
            words = catalogs.render(card_text(card, profile, language), language)
            assert catalogs.render(TITLES[card], language) in words
            assert catalogs.render(ABOUT[card], language) in words
            for key in CARDS[card].services:
                service = profile.service(key)
                assert service is None or service.phone is None or readable(service.phone) in words
        links = {group: catalogs.render(link_of(group, profile), language) for group in CardGroup}
        assert profile.links.home in links[CardGroup.MUNICIPALITY]
        assert (profile.phases.county in links[CardGroup.COUNTY], profile.phases.nav in links[CardGroup.NAV]) == (True, True)


def test_M10_M11_M12_the_list_for_children_holds_what_heroys_handbook_names() -> None:
    assert {each.value for each in LISTS[Phase.CHILD]} == {
        *("health_and_care", "special_education", "kindergarten", "child_welfare", "physiotherapy", "occupational_therapy", "aids"),
        *("adaptation_grant", "child_health_centre"),
        *("basic_benefit", "care_benefit", "training_benefit", "more_days_off", "car"),
        "organisations",
    }


def test_M20_M21_M22_M23_M24_the_list_for_young_people_holds_what_heroys_handbook_names() -> None:
    assert {each.value for each in LISTS[Phase.YOUTH]} == {
        *("health_and_care", "child_welfare", "physiotherapy", "occupational_therapy", "aids", "adaptation_grant"),
        *("youth_health_centre", "support_contact", "companion_card"),
        *("upper_secondary", "counselling_upper", "follow_up_service", "training_office", "vocational_mapping", "school_transport"),
        "guardianship",
        *("basic_benefit", "care_benefit", "training_benefit", "more_days_off", "car"),
        *("work_assessment", "work_placement", "young_disabled", "supplementary", "start_loan", "housing_benefit"),
        "organisations",
    }


def test_M40_M41_M42_M43_adults_and_elderly_have_the_list_heroys_handbook_names() -> None:
    assert LISTS[Phase.ADULT] == LISTS[Phase.ELDERLY]
    assert {each.value for each in LISTS[Phase.ADULT]} == {
        *("health_and_care", "companion_card", "care_home", "physiotherapy", "occupational_therapy", "aids", "transport_card"),
        "guardianship",
        *("basic_benefit", "work_assessment", "sheltered_work", "disability_benefit", "supplementary", "housing", "housing_benefit", "car"),
        "organisations",
    }


async def test_M10_M11_M12_a_childs_relatives_get_the_cards_and_nobody_else_does(world: World) -> None:
    phased = await Phased.of(world, CHILD)
    cards = (Card.AIDS, Card.CARE_BENEFIT, Card.ORGANISATIONS)
    await phased.town.does(phased.nora, GiveCards(case=FIRST, cards=cards))
    await world.deliver()
    assert await was_told(world, phased.parent, SOMETHING)
    assert await reads(phased, phased.parent) == cards
    for stranger in (phased.town.nils, phased.town.lars):
        assert await phased.look(stranger, TheCards(FIRST)) is None
        assert not await was_told(world, stranger, SOMETHING)
    await world.press(phased.parent, "Read it", "Money, work and home")
    assert await world.says(phased.parent, "For parents who cannot work because an ill child needs them. You apply to NAV.")
    assert await world.says(phased.parent, t("Read more: {link}", link="https://www.nav.no"))
    assert not await world.says(phased.parent, "Help to buy a car when you need one to get around. You apply to NAV.")
    await world.press(phased.parent, "Organisations and groups")
    assert await world.says(
        phased.parent, "Others in the same situation, activities and voluntary help. Ask your coordinator what there is."
    )


async def test_M20_M24_a_youth_and_those_who_act_for_them_get_the_cards(world: World) -> None:
    phased = await Phased.of(world, YOUTH)
    await phased.town.does(phased.nora, GiveCards(case=FIRST, cards=(Card.COMPANION_CARD, Card.ORGANISATIONS)))
    await world.deliver()
    assert await was_told(world, phased.parent, SOMETHING)
    assert await reads(phased, phased.parent) == (Card.COMPANION_CARD, Card.ORGANISATIONS)


async def test_M40_M41_M43_an_adult_gets_the_cards_that_are_given_and_may_ask_a_human(world: World) -> None:
    around = await Around.of(await Town.of(world))
    await around.town.does(around.town.nora, GiveCards(case=FIRST, cards=(Card.TRANSPORT_CARD, Card.GUARDIANSHIP)))
    await world.deliver()
    await world.press(around.kari, "Read it", "Guardianship")
    assert await world.says(around.kari, "A guardian helps with money and papers you cannot manage alone. It is voluntary.")
    assert await world.says(around.kari, t("Read more: {link}", link="https://www.vergemal.no"))
    await world.press(around.kari, "From the municipality")
    assert await world.says(around.kari, "Cheaper trips by taxi when you cannot take the bus. Ask the municipality how to apply.")
    assert await world.offers(around.kari, "Ask us")


async def test_M10_M20_M40_each_item_is_given_not_relevant_or_later_with_a_day_and_comes_back_on_it(world: World) -> None:
    phased = await Phased.of(world, CHILD)
    again = TODAY + timedelta(days=60)
    with pytest.raises(Refused):
        await phased.town.does(phased.nora, SetCards(case=FIRST, cards=(Card.CAR,), state=CardState.LATER, again_on=TODAY))
    await phased.town.does(phased.nora, SetCards(case=FIRST, cards=(Card.CAR,), state=CardState.LATER, again_on=again))
    await phased.town.does(phased.nora, SetCards(case=FIRST, cards=(Card.CHILD_WELFARE,), state=CardState.NOT_RELEVANT))
    states = {each.card: each.state for each in (await phased.view()).cards}
    assert (states[Card.CAR], states[Card.CHILD_WELFARE], states[Card.AIDS]) == (CardState.LATER, CardState.NOT_RELEVANT, None)
    assert await reads(phased, phased.parent) == ()
    assert await phased.planned(ReminderKind.PHASE_LATER) == [date(2026, 5, 4)], "the first working day from 1 May on"
    await phased.until(date(2026, 5, 5))
    assert await was_told(world, phased.nora, t("Case {number}: you wanted to come back to something on the list today.", number="1001"))
    await phased.town.does(phased.nora, GiveCards(case=FIRST, cards=(Card.CAR,)))
    assert await phased.planned(ReminderKind.PHASE_LATER) == []


async def test_M10_M20_M40_a_list_nobody_has_opened_is_brought_to_mind_and_a_new_phase_has_a_new_list(world: World) -> None:
    phased = await Phased.of(world, date(2013, 8, 20))
    assert await phased.planned(ReminderKind.PHASE_LIST) == [date(2026, 4, 1)]
    await phased.town.does(phased.nora, SetCards(case=FIRST, cards=(Card.KINDERGARTEN,), state=CardState.NOT_RELEVANT))
    assert await phased.planned(ReminderKind.PHASE_LIST) == []
    await phased.until(date(2026, 8, 21))
    await phased.town.does(phased.nora, NoteOutlook(case=FIRST, usual=None, special=None, everyday=None, wishes="Å gå på ridning"))
    assert await phased.planned(ReminderKind.PHASE_LIST) == [date(2026, 9, 21)], "30 days after the 13th birthday, on a Monday"


async def test_M13_M25_family_doctor_and_specialists_nobody_comes_from_are_proposed_as_members(world: World) -> None:
    phased = await Phased.of(world, YOUTH)
    assert (await phased.view()).specialists == ("fastlege", "barnehabilitering", "bup")
    doctor = AddMember(case=FIRST, name="Doktor Prøve", title="Fastlege", service="fastlege", email="lege@kontoret.example", sees=())
    await phased.town.does(phased.nora, doctor)
    assert (await phased.view()).specialists == ("barnehabilitering", "bup")


async def test_M16_the_national_guide_stands_where_a_childs_coordinator_begins_and_not_for_adults(world: World) -> None:
    phased = await Phased.of(world, CHILD)
    guide = t(
        "Good to read: the national guide on children with habilitation needs. {link}", link="https://www.helsedirektoratet.no/veiledere"
    )
    await opens(phased)
    assert await world.says(phased.nora, guide)
    await phased.town.does(phased.nora, SetPhase(case=FIRST, phase=Phase.ADULT))
    before = len(phased.nora.messages)
    await opens(phased)
    words = await world.words(phased.nora, guide)
    assert not any(words in each.text for each in phased.nora.messages[before:])


async def opens(phased: Phased) -> None:
    """Nora opens the life phase from the case."""
    await phased.world.write(phased.nora, "/ansatt")
    await phased.world.press(phased.nora, "Those I coordinate for", t("{initials}, case {number}", initials="LP", number="1001"))
    await phased.world.press(phased.nora, "People around", "Life phase")


async def test_M01_four_questions_are_asked_before_each_yearly_plan_and_the_answers_are_kept(world: World) -> None:
    phased = await Phased.of(world, CHILD)
    assert await phased.planned(ReminderKind.PHASE_OUTLOOK) == [date(2027, 2, 2)], "eleven months after Nora took over"
    await opens(phased)
    await world.press(phased.nora, "Now and later: four questions")
    for words in ("Å leke med andre", "Trenger bilder for å forstå", "Fast dag, rolige skifter"):
        await world.write(phased.nora, words)
    await world.press(phased.nora, "Nothing to note", "Yes, this is right")
    outlook = (await phased.view()).outlook
    assert outlook is not None
    assert (outlook.on, outlook.usual, outlook.special) == (TODAY, "Å leke med andre", "Trenger bilder for å forstå")
    assert (outlook.everyday, outlook.wishes) == ("Fast dag, rolige skifter", None)
    sealed = await phased.town.rows("SELECT words FROM outlooks")
    assert all(b"bilder" not in row["words"] for row in sealed)
    await phased.until(date(2027, 2, 3))
    asked = t("Case {number}: soon the plan is gone through. Talk first about now and later: what is wished for?", number="1001")
    assert await was_told(world, phased.nora, asked)


async def test_M27_a_school_at_risk_is_told_at_once_asked_again_and_then_the_units(world: World) -> None:
    phased = await Phased.of(world, YOUTH)
    await phased.town.does(phased.town.anne, ReportDropOut(case=FIRST))
    await world.deliver()
    assert await was_told(world, phased.nora, AT_RISK), "the coordinator is told the same minute"
    with pytest.raises(Refused):
        await phased.town.does(phased.nora, ReportDropOut(case=FIRST))
    assert await phased.planned(ReminderKind.DROP_OUT) == [date(2026, 3, 3), date(2026, 3, 4)]
    await phased.until(date(2026, 3, 4), 23)
    asked = t("Case {number}: school is at risk. Have you contacted the follow-up service?", number="1001")
    assert await was_told(world, phased.nora, asked)
    assert TaskKind.FOLLOW_UP_SERVICE not in await phased.town.to_do()
    await phased.until(date(2026, 3, 5))
    assert TaskKind.FOLLOW_UP_SERVICE in await phased.town.to_do()
    drop_out = (await phased.view()).drop_out
    assert drop_out is not None
    with pytest.raises(Refused):
        await phased.town.does(phased.parent, NoteFollowUpContact(drop_out=drop_out))
    await phased.town.does(phased.nora, NoteFollowUpContact(drop_out=drop_out))
    assert TaskKind.FOLLOW_UP_SERVICE not in await phased.town.to_do()
    assert (await phased.view()).drop_out is None


async def test_M27_contact_that_is_noted_ends_every_reminder_of_it(world: World) -> None:
    phased = await Phased.of(world, YOUTH)
    await phased.town.does(phased.nora, ReportDropOut(case=FIRST))
    drop_out = (await phased.view()).drop_out
    assert drop_out is not None
    await phased.town.does(phased.nora, NoteFollowUpContact(drop_out=drop_out))
    assert await phased.planned(ReminderKind.DROP_OUT) == await phased.planned(ReminderKind.DROP_OUT_UNIT) == []
