"""Words for changes in a life: what to go through together, and who must be brought in.

Requirement rows: M02, M14, M22, M26, M28, M29. Source: Herøy, Livsfaser and Koordinator for barn, for ungdom; the questions are ours.
"""

from collections.abc import Mapping
from typing import Final

from bot.domain.rules import Profile
from bot.domain.transitions import TransitionKind
from bot.engine.texts import Language, Text, t, verbatim

FIRST_DAY: Final = t("What must be in place on the first day, and who orders it?")
VISIT: Final = t("When does the person visit, before the change?")
ASSESSMENT: Final = t("Does the counselling service (PPT) have to look at it? Ask early.")
ALWAYS: Final = (
    t("What does the person want, and what are they looking forward to?"),
    t("Who must know what? Is there consent to tell them?"),
)
LISTS: Final[Mapping[TransitionKind, tuple[Text, ...]]] = {
    TransitionKind.KINDERGARTEN: (t("Apply for a place. Children with disabilities come first."), ASSESSMENT, FIRST_DAY, VISIT),
    TransitionKind.SCHOOL: (ASSESSMENT, FIRST_DAY, t("How does the child get to school, and what about after school?"), VISIT),
    TransitionKind.LOWER_SECONDARY: (ASSESSMENT, FIRST_DAY, VISIT),
    TransitionKind.UPPER_SECONDARY: (
        t("Those who need much help apply earlier than others. Ask the school in the autumn before."),
        t("Transport and help through the day: who applies, and when?"),
        FIRST_DAY,
        VISIT,
    ),
    TransitionKind.SIXTEEN: (
        t("From 16 the youth decides about health and care. Talk about what that means."),
        t("What parents agreed to ends. Ask the youth anew."),
    ),
    TransitionKind.EIGHTEEN: (
        t("Is a guardian needed? It is voluntary, and applying takes time."),
        t("What does the youth live on from 18? Talk with NAV early."),
        t("Who takes over from the services for children?"),
        t("The parents' role ends. Whom does the youth want around?"),
    ),
    TransitionKind.OWN_HOME: (
        t("Where and how does the person want to live, and with whom?"),
        t("Which help is needed at home? Apply in good time."),
        t("Loan, rent and housing benefit: talk with the municipality and NAV."),
    ),
    TransitionKind.AFTER_SCHOOL: (
        t("What does the person want to do after school?"),
        t("Work, adapted work (VTA), activity or day centre: visit some of them."),
        t("Talk with NAV at least a year before school ends."),
    ),
    TransitionKind.OTHER: (FIRST_DAY, VISIT),
}
IN_DIRECTORY: Final[Mapping[TransitionKind, tuple[str, ...]]] = {
    TransitionKind.KINDERGARTEN: ("barnehage", "ppt", "helsestasjon"),
    TransitionKind.SCHOOL: ("barnehage", "skole", "ppt"),
    TransitionKind.LOWER_SECONDARY: ("skole", "ppt"),
    TransitionKind.UPPER_SECONDARY: ("skole", "oppfolgingstjenesten"),
    TransitionKind.EIGHTEEN: ("nav", "fastlege", "voksenhabilitering", "rehabilitering"),
    TransitionKind.OWN_HOME: ("bolig", "hjemmetjeneste", "omsorgskontoret", "nav"),
    TransitionKind.AFTER_SCHOOL: ("nav", "dagtilbud", "mta"),
}
OUTSIDE: Final[Mapping[TransitionKind, tuple[Text, ...]]] = {
    TransitionKind.KINDERGARTEN: (t("the kindergarten"),),
    TransitionKind.SCHOOL: (t("the new school"),),
    TransitionKind.LOWER_SECONDARY: (t("the new school"),),
    TransitionKind.UPPER_SECONDARY: (t("the new school"), t("the counselling service of the county (PPT)")),
    TransitionKind.EIGHTEEN: (t("services for adults"),),
    TransitionKind.OWN_HOME: (t("those who will help at home"),),
    TransitionKind.AFTER_SCHOOL: (t("the new workplace or day centre"),),
}


def brought_in(kind: TransitionKind, profile: Profile, language: Language) -> list[Text | str]:
    """Who must be brought in: those that are new, and those of the municipality's directory."""
    listed = [profile.service(key) for key in IN_DIRECTORY.get(kind, ())]
    return [*OUTSIDE.get(kind, ()), *(verbatim(service.name.in_language(language)) for service in listed if service is not None)]
