"""Life phases: which one somebody is in, and what the list of each holds.

Here: pure functions and the list as data (Herøy, Koordinator for barn, for ungdom, for vaksne og eldre; Ringerike for the four phases).
Not here: the words on the cards (`conversations.phase_words`), nor the changes between phases (`bot.domain.transitions`). Guarantee: an
item's name is a fact's name and never changes; a phase set by a person wins over the one that follows from the age.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from bot.domain.cases import AgeGroup
from bot.domain.phase_rules import PhaseRules
from bot.domain.rights import age_on, birthday


class Phase(StrEnum):
    """Children, young people, adults, elderly (M04: Ringerike, presentation; Herøy, Livsfaser)."""

    CHILD = "child"
    YOUTH = "youth"
    ADULT = "adult"
    ELDERLY = "elderly"


class CardGroup(StrEnum):
    """Who stands behind what a card tells of."""

    MUNICIPALITY = "municipality"
    COUNTY = "county"
    NAV = "nav"
    GUARDIANSHIP = "guardianship"
    ORGANISATIONS = "organisations"


class Card(StrEnum):
    """One scheme or service that people of some age should have heard of (Herøy, the three lists)."""

    HEALTH_AND_CARE = "health_and_care"
    SPECIAL_EDUCATION = "special_education"
    KINDERGARTEN = "kindergarten"
    CHILD_WELFARE = "child_welfare"
    PHYSIOTHERAPY = "physiotherapy"
    OCCUPATIONAL_THERAPY = "occupational_therapy"
    AIDS = "aids"
    ADAPTATION_GRANT = "adaptation_grant"
    CHILD_HEALTH_CENTRE = "child_health_centre"
    YOUTH_HEALTH_CENTRE = "youth_health_centre"
    SUPPORT_CONTACT = "support_contact"
    COMPANION_CARD = "companion_card"
    CARE_HOME = "care_home"
    TRANSPORT_CARD = "transport_card"
    UPPER_SECONDARY = "upper_secondary"
    COUNSELLING_UPPER = "counselling_upper"
    FOLLOW_UP_SERVICE = "follow_up_service"
    TRAINING_OFFICE = "training_office"
    VOCATIONAL_MAPPING = "vocational_mapping"
    SCHOOL_TRANSPORT = "school_transport"
    BASIC_BENEFIT = "basic_benefit"
    CARE_BENEFIT = "care_benefit"
    TRAINING_BENEFIT = "training_benefit"
    MORE_DAYS_OFF = "more_days_off"
    CAR = "car"
    WORK_ASSESSMENT = "work_assessment"
    WORK_PLACEMENT = "work_placement"
    YOUNG_DISABLED = "young_disabled"
    SUPPLEMENTARY = "supplementary"
    START_LOAN = "start_loan"
    HOUSING_BENEFIT = "housing_benefit"
    HOUSING = "housing"
    SHELTERED_WORK = "sheltered_work"
    DISABILITY_BENEFIT = "disability_benefit"
    GUARDIANSHIP = "guardianship"
    ORGANISATIONS = "organisations"


class CardState(StrEnum):
    """What has become of a card in a case. `LATER` has a day."""

    GIVEN = "given"
    NOT_RELEVANT = "not_relevant"
    LATER = "later"


@dataclass(frozen=True, kw_only=True, slots=True)
class CardFacts:
    """Who stands behind a card, and the entries of the service directory it leads to, by key; a municipality may have some of them."""

    group: CardGroup
    services: tuple[str, ...] = ()


def _of(group: CardGroup, cards: Mapping[Card, tuple[str, ...]]) -> dict[Card, CardFacts]:
    return {card: CardFacts(group=group, services=services) for card, services in cards.items()}


CARDS: Final[Mapping[Card, CardFacts]] = {
    **_of(
        CardGroup.MUNICIPALITY,
        {
            Card.HEALTH_AND_CARE: ("hjemmetjeneste", "avlastning", "omsorgskontoret"),
            Card.SPECIAL_EDUCATION: ("ppt",),
            Card.KINDERGARTEN: ("barnehage",),
            Card.CHILD_WELFARE: ("barnevern",),
            Card.PHYSIOTHERAPY: ("fysioterapi", "rehabilitering_barn", "rehabilitering"),
            Card.OCCUPATIONAL_THERAPY: ("ergoterapi",),
            Card.AIDS: ("ergoterapi", "rehabilitering"),
            Card.ADAPTATION_GRANT: (),
            Card.CHILD_HEALTH_CENTRE: ("helsestasjon",),
            Card.YOUTH_HEALTH_CENTRE: ("helsestasjon",),
            Card.SUPPORT_CONTACT: ("stottekontakt",),
            Card.COMPANION_CARD: ("servicetorget",),
            Card.CARE_HOME: ("bolig", "omsorgskontoret"),
            Card.TRANSPORT_CARD: ("servicetorget",),
        },
    ),
    **_of(
        CardGroup.COUNTY,
        {
            Card.UPPER_SECONDARY: (),
            Card.COUNSELLING_UPPER: (),
            Card.FOLLOW_UP_SERVICE: ("oppfolgingstjenesten",),
            Card.TRAINING_OFFICE: (),
            Card.VOCATIONAL_MAPPING: (),
            Card.SCHOOL_TRANSPORT: (),
        },
    ),
    **_of(
        CardGroup.NAV,
        {
            Card.BASIC_BENEFIT: ("nav",),
            Card.CARE_BENEFIT: ("nav",),
            Card.TRAINING_BENEFIT: ("nav",),
            Card.MORE_DAYS_OFF: ("nav",),
            Card.CAR: ("nav",),
            Card.WORK_ASSESSMENT: ("nav",),
            Card.WORK_PLACEMENT: ("nav",),
            Card.YOUNG_DISABLED: ("nav",),
            Card.SUPPLEMENTARY: ("nav",),
            Card.START_LOAN: ("nav",),
            Card.HOUSING_BENEFIT: ("nav",),
            Card.HOUSING: ("nav", "bolig"),
            Card.SHELTERED_WORK: ("nav", "dagtilbud"),
            Card.DISABILITY_BENEFIT: ("nav",),
        },
    ),
    **_of(CardGroup.GUARDIANSHIP, {Card.GUARDIANSHIP: ()}),
    **_of(CardGroup.ORGANISATIONS, {Card.ORGANISATIONS: ()}),
}
"""Every card, in the order it is shown."""

_NAV_OF_CHILDREN: Final = (Card.BASIC_BENEFIT, Card.CARE_BENEFIT, Card.TRAINING_BENEFIT, Card.MORE_DAYS_OFF, Card.CAR)
_GROWN_UP: Final = (
    *(Card.HEALTH_AND_CARE, Card.COMPANION_CARD, Card.CARE_HOME, Card.PHYSIOTHERAPY, Card.OCCUPATIONAL_THERAPY, Card.AIDS),
    *(Card.TRANSPORT_CARD, Card.GUARDIANSHIP, Card.BASIC_BENEFIT, Card.WORK_ASSESSMENT, Card.SHELTERED_WORK, Card.DISABILITY_BENEFIT),
    *(Card.SUPPLEMENTARY, Card.HOUSING, Card.HOUSING_BENEFIT, Card.CAR, Card.ORGANISATIONS),
)
LISTS: Final[Mapping[Phase, tuple[Card, ...]]] = {
    Phase.CHILD: (
        *(Card.HEALTH_AND_CARE, Card.SPECIAL_EDUCATION, Card.KINDERGARTEN, Card.CHILD_WELFARE, Card.PHYSIOTHERAPY),
        *(Card.OCCUPATIONAL_THERAPY, Card.AIDS, Card.ADAPTATION_GRANT, Card.CHILD_HEALTH_CENTRE, *_NAV_OF_CHILDREN, Card.ORGANISATIONS),
    ),
    Phase.YOUTH: (
        *(Card.HEALTH_AND_CARE, Card.CHILD_WELFARE, Card.PHYSIOTHERAPY, Card.OCCUPATIONAL_THERAPY, Card.AIDS, Card.ADAPTATION_GRANT),
        *(Card.YOUTH_HEALTH_CENTRE, Card.SUPPORT_CONTACT, Card.COMPANION_CARD, Card.UPPER_SECONDARY, Card.COUNSELLING_UPPER),
        *(Card.FOLLOW_UP_SERVICE, Card.TRAINING_OFFICE, Card.VOCATIONAL_MAPPING, Card.SCHOOL_TRANSPORT, Card.GUARDIANSHIP),
        *_NAV_OF_CHILDREN,
        *(Card.WORK_ASSESSMENT, Card.WORK_PLACEMENT, Card.YOUNG_DISABLED, Card.SUPPLEMENTARY, Card.START_LOAN, Card.HOUSING_BENEFIT),
        Card.ORGANISATIONS,
    ),
    Phase.ADULT: _GROWN_UP,
    Phase.ELDERLY: _GROWN_UP,
}
"""The list of each phase, as Herøy's handbook has it (M10–M12, M20–M24, M40–M43); adults and elderly have one list there."""

SPECIALISTS: Final[Mapping[Phase, tuple[str, ...]]] = {
    Phase.CHILD: ("fastlege", "barnehabilitering", "habilitering_barn", "bup"),
    Phase.YOUTH: ("fastlege", "barnehabilitering", "habilitering_barn", "bup"),
    Phase.ADULT: ("fastlege", "voksenhabilitering", "dps", "psykiatrisk_senter"),
    Phase.ELDERLY: ("fastlege", "dps", "psykiatrisk_senter"),
}
"""Family doctor and specialists who should be thought of as members, by their keys in the directory (M13, M25)."""

_TOLD: Final[Mapping[AgeGroup, Phase]] = {
    AgeGroup.UNBORN: Phase.CHILD,
    AgeGroup.UNDER_16: Phase.CHILD,
    AgeGroup.FROM_16: Phase.YOUTH,
    AgeGroup.ADULT: Phase.ADULT,
    AgeGroup.ELDERLY: Phase.ELDERLY,
}


def in_order(cards: frozenset[Card]) -> tuple[Card, ...]:
    """Cards in the order they are shown."""
    return tuple(card for card in CARDS if card in cards)


def phase_of(born_on: date | None, told: AgeGroup, today: date, rules: PhaseRules) -> Phase | None:
    """The phase by age on a day in Oslo; without a birth date by the age group told. None where neither is known (M04)."""
    if born_on is None:
        return _TOLD.get(told)
    age = age_on(born_on, today)
    if age >= rules.elderly_from_age:
        return Phase.ELDERLY
    if age >= rules.adult_from_age:
        return Phase.ADULT
    return Phase.YOUTH if age >= rules.youth_from_age else Phase.CHILD


def began_on(born_on: date | None, phase: Phase, rules: PhaseRules) -> date | None:
    """The day in Oslo on which a phase begins by age; None without a birth date."""
    if born_on is None:
        return None
    ages = {Phase.CHILD: 0, Phase.YOUTH: rules.youth_from_age, Phase.ADULT: rules.adult_from_age, Phase.ELDERLY: rules.elderly_from_age}
    return birthday(born_on, ages[phase])
