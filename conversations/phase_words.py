"""Words for life phases and for the cards of their lists: what there is, and how one gets it.

Requirement rows: M10 to M12, M20 to M24, M40 to M43. Source: Herøy, Koordinator for barn, for ungdom, for vaksne og eldre, for what is on
the lists; the sentences are ours. Where a card leads to is the municipality's own directory and links.
"""

from collections.abc import Iterable, Mapping
from typing import Final

from bot.domain.phases import CARDS, Card, CardGroup, Phase
from bot.domain.phone_numbers import readable
from bot.domain.rules import Profile
from bot.engine.texts import Language, Text, joined, t, verbatim

PHASES: Final[Mapping[Phase, Text]] = {
    Phase.CHILD: t("Child"),
    Phase.YOUTH: t("Young person"),
    Phase.ADULT: t("Adult"),
    Phase.ELDERLY: t("Elderly"),
}
GROUPS: Final[Mapping[CardGroup, Text]] = {
    CardGroup.MUNICIPALITY: t("From the municipality"),
    CardGroup.COUNTY: t("From the county"),
    CardGroup.NAV: t("Money, work and home"),
    CardGroup.GUARDIANSHIP: t("Guardianship"),
    CardGroup.ORGANISATIONS: t("Organisations and groups"),
}
TITLES: Final[Mapping[Card, Text]] = {
    Card.HEALTH_AND_CARE: t("Health and care services"),
    Card.SPECIAL_EDUCATION: t("Special education help"),
    Card.KINDERGARTEN: t("Kindergarten"),
    Card.CHILD_WELFARE: t("The child welfare service"),
    Card.PHYSIOTHERAPY: t("Physiotherapy"),
    Card.OCCUPATIONAL_THERAPY: t("Occupational therapy"),
    Card.AIDS: t("Aids"),
    Card.ADAPTATION_GRANT: t("Money to adapt the home"),
    Card.CHILD_HEALTH_CENTRE: t("The child health centre"),
    Card.YOUTH_HEALTH_CENTRE: t("Health centre for young people"),
    Card.SUPPORT_CONTACT: t("Support contact"),
    Card.COMPANION_CARD: t("Companion card"),
    Card.CARE_HOME: t("A home with care"),
    Card.TRANSPORT_CARD: t("Transport card (TT)"),
    Card.UPPER_SECONDARY: t("Upper secondary school"),
    Card.COUNSELLING_UPPER: t("Counselling service of the county (PPT)"),
    Card.FOLLOW_UP_SERVICE: t("The follow-up service"),
    Card.TRAINING_OFFICE: t("Training office"),
    Card.VOCATIONAL_MAPPING: t("Finding out which work suits"),
    Card.SCHOOL_TRANSPORT: t("Transport between school and home"),
    Card.BASIC_BENEFIT: t("Basic and attendance benefit"),
    Card.CARE_BENEFIT: t("Pay while a child is seriously ill"),
    Card.TRAINING_BENEFIT: t("Pay while you learn to care"),
    Card.MORE_DAYS_OFF: t("More days off with an ill child"),
    Card.CAR: t("Car"),
    Card.WORK_ASSESSMENT: t("Work assessment allowance (AAP)"),
    Card.WORK_PLACEMENT: t("Work placement"),
    Card.YOUNG_DISABLED: t("Young disabled"),
    Card.SUPPLEMENTARY: t("Supplementary social assistance"),
    Card.START_LOAN: t("Start loan"),
    Card.HOUSING_BENEFIT: t("Housing benefit"),
    Card.HOUSING: t("Somewhere to live"),
    Card.SHELTERED_WORK: t("Work adapted for you (VTA)"),
    Card.DISABILITY_BENEFIT: t("Disability benefit"),
    Card.GUARDIANSHIP: t("Guardianship"),
    Card.ORGANISATIONS: t("Organisations and groups near you"),
}
ABOUT: Final[Mapping[Card, Text]] = {
    Card.HEALTH_AND_CARE: t("Help at home, respite, an assistant and more. You apply to the municipality."),
    Card.SPECIAL_EDUCATION: t("Extra help to learn, also before school. Ask the kindergarten or the school."),
    Card.KINDERGARTEN: t("Children with disabilities come first in line for a place. You apply to the municipality."),
    Card.CHILD_WELFARE: t("Advice and help for families who have a hard time. You can contact them yourself."),
    Card.PHYSIOTHERAPY: t("Training and help to move better. You need no referral."),
    Card.OCCUPATIONAL_THERAPY: t("Help to manage everyday life at home and at school. You can contact them yourself."),
    Card.AIDS: t("Things that make everyday life easier, on loan. The municipality helps you to apply."),
    Card.ADAPTATION_GRANT: t("Money to change the home so that it works for you. You apply to the municipality."),
    Card.CHILD_HEALTH_CENTRE: t("Health checks, vaccines and advice for children and parents. It is free."),
    Card.YOUTH_HEALTH_CENTRE: t("Talk with a nurse or a doctor. It is free, and what you say stays there."),
    Card.SUPPORT_CONTACT: t("Somebody to do nice things with in your free time. You apply to the municipality."),
    Card.COMPANION_CARD: t("Whoever goes with you gets in for free in many places. You apply to the municipality."),
    Card.CARE_HOME: t("A place to live with help near by. You apply to the municipality."),
    Card.TRANSPORT_CARD: t("Cheaper trips by taxi when you cannot take the bus. Ask the municipality how to apply."),
    Card.UPPER_SECONDARY: t("Those who need much help apply earlier than others. Ask the school in the autumn before."),
    Card.COUNSELLING_UPPER: t("Helps the school when you need more support to learn. You can contact them yourself."),
    Card.FOLLOW_UP_SERVICE: t("Helps young people who are neither at school nor at work. You can contact them yourself."),
    Card.TRAINING_OFFICE: t("Helps you and your workplace when you are an apprentice."),
    Card.VOCATIONAL_MAPPING: t("Find out which work you can do and like. Ask the school or NAV."),
    Card.SCHOOL_TRANSPORT: t("Those who cannot get to school because of a disability get transport. You apply to the county."),
    Card.BASIC_BENEFIT: t("Money for extra expenses, or for much care, because of illness. You apply to NAV."),
    Card.CARE_BENEFIT: t("For parents who cannot work because an ill child needs them. You apply to NAV."),
    Card.TRAINING_BENEFIT: t("For parents who take a course to care for a child. You apply to NAV."),
    Card.MORE_DAYS_OFF: t("For parents of a child with a long-lasting illness. You apply to NAV."),
    Card.CAR: t("Help to buy a car when you need one to get around. You apply to NAV."),
    Card.WORK_ASSESSMENT: t("Money to live on while you get treatment or help into work. You apply to NAV."),
    Card.WORK_PLACEMENT: t("Try out a job with support. NAV helps you to find one."),
    Card.YOUNG_DISABLED: t("More money for those who became seriously ill before they were 26. NAV decides."),
    Card.SUPPLEMENTARY: t("Money when what you have is not enough. You apply to NAV."),
    Card.START_LOAN: t("A loan to buy a home when the bank says no. You apply to the municipality."),
    Card.HOUSING_BENEFIT: t("Help with the rent each month when you have little money. You apply to Husbanken."),
    Card.HOUSING: t("Advice on finding a home, and help when you have nowhere to live. Ask NAV."),
    Card.SHELTERED_WORK: t("A job with guidance for those with disability benefit. Ask NAV."),
    Card.DISABILITY_BENEFIT: t("Pay when illness keeps you from working for good. You apply to NAV."),
    Card.GUARDIANSHIP: t("A guardian helps with money and papers you cannot manage alone. It is voluntary."),
    Card.ORGANISATIONS: t("Others in the same situation, activities and voluntary help. Ask your coordinator what there is."),
}


def cards_of(group: CardGroup, cards: Iterable[Card]) -> tuple[Card, ...]:
    """Those of them that this group stands behind."""
    return tuple(card for card in cards if CARDS[card].group is group)


def groups_of(cards: Iterable[Card]) -> dict[str, Text]:
    """The groups that stand behind any of these cards, as options."""
    there = {CARDS[card].group for card in cards}
    return {str(group): words for group, words in GROUPS.items() if group in there}


def card_text(card: Card, profile: Profile, language: Language) -> Text:
    """One card: what it is, how to get it, and who in the municipality's directory can help."""
    lines = [joined(TITLES[card], ABOUT[card], by="\n")]
    for key in CARDS[card].services:
        service = profile.service(key)
        if service is not None and service.phone:
            lines.append(t("{name}: phone {phone}", name=service.name.text(language), phone=readable(service.phone)))
        elif service is not None and CARDS[card].group is CardGroup.MUNICIPALITY:
            lines.append(t("Ask for: {name}", name=service.name.text(language)))
    return joined(*lines, by="\n")


def link_of(group: CardGroup, profile: Profile) -> Text:
    """Where one reads more."""
    links = {
        CardGroup.COUNTY: profile.phases.county,
        CardGroup.NAV: profile.phases.nav,
        CardGroup.GUARDIANSHIP: profile.phases.guardianship,
    }
    return t("Read more: {link}", link=verbatim(links.get(group, profile.links.home)))
