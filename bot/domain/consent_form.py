"""The form of a consent: its fixed words, in blocks, for whoever is asked.

Here: the words of version `TEXT_VERSION`, made of texts that are not yet in any language. Not here: asking (`conversations.consent`) and
keeping (`bot.services.consent_forms`). Guarantees: every form says why, what, to whom, from whom, until when, that it is free, that it
can be taken back, and what happens if not (Tynset; E12); changed words without a new version turn a test red.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from bot.domain.consent import Capacity, ConsentType, InfoKind, Purpose, SharingState
from bot.domain.words import Words
from bot.engine.texts import Text, joined, t

INFO: Final[Mapping[InfoKind, Text]] = {
    InfoKind.CONTACT: t("Contact details"),
    InfoKind.MEETINGS: t("When and where we meet"),
    InfoKind.MINUTES: t("What is agreed in meetings"),
    InfoKind.TASKS: t("Who does what"),
    InfoKind.PLAN: t("The plan and its goals"),
    InfoKind.NEEDS: t("What help is needed"),
    InfoKind.HEALTH: t("Health"),
}
"""The kinds of information, in plain words."""
PURPOSES: Final[Mapping[Purpose, Text]] = {
    Purpose.TOGETHER: t("Those around you can work together"),
    Purpose.MEETINGS: t("We can plan and hold meetings"),
    Purpose.PLAN: t("We can make a plan together"),
    Purpose.TRANSITION: t("We can prepare a change"),
}
STATES: Final[Mapping[SharingState, Text]] = {
    SharingState.NOT_ASKED: t("Consent: not asked for yet."),
    SharingState.ASKED: t("Consent: asked for, no answer yet."),
    SharingState.GIVEN: t("Consent: given."),
    SharingState.LIMITED: t("Consent: given in part."),
    SharingState.REFUSED: t("Consent: the answer was no."),
    SharingState.EXPIRED: t("Consent: it has ended."),
    SharingState.WITHDRAWN: t("Consent: taken back."),
}
CAPACITIES: Final[Mapping[Capacity, Text]] = {
    Capacity.SELF: t("for oneself"),
    Capacity.PARENT: t("as parent"),
    Capacity.GUARDIAN: t("as guardian"),
    Capacity.ATTORNEY: t("by power of attorney"),
}
_ABOUT: Final[Mapping[Capacity, Text]] = {
    Capacity.SELF: t("We ask you: may we share something about you with others?"),
    Capacity.PARENT: t("We ask you: may we share something about your child with others?"),
    Capacity.GUARDIAN: t("We ask you as guardian: may we share something about the person with others?"),
    Capacity.ATTORNEY: t("We ask you, who have a power of attorney: may we share something about the person with others?"),
}
_COOPERATION: Final = t("There is no group any more. The services named here may still meet about this.")
_FREE: Final = t("You choose freely. You can say no, and you can leave out what you like.")
_TAKE_BACK: Final = t("You can take it back at any time, here or by phone. It stops at once. What they know already, they know.")
_IF_NOT: Final = t("If you say no, you keep all your rights and services. You then tell each service yourself.")


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One recipient by name, and what they are to know."""

    name: Text
    kinds: frozenset[InfoKind]


@dataclass(frozen=True, kw_only=True, slots=True)
class Form:
    """What is filled into a form."""

    type: ConsentType
    capacity: Capacity
    unit: Words
    purpose: Text
    lines: Sequence[Line]
    until: date


def kinds_in_words(kinds: frozenset[InfoKind]) -> Text:
    """Several kinds in one line, always in the same order."""
    return joined(*(INFO[kind] for kind in InfoKind if kind in kinds), by=", ")


def line_in_words(name: Text, kinds: frozenset[InfoKind]) -> Text:
    """Somebody and what they may know."""
    return t("{who}: {what}", who=name, what=kinds_in_words(kinds))


def form(filled: Form) -> tuple[Text, ...]:
    """The whole form, block by block."""
    about = _ABOUT[filled.capacity]
    lines = joined(*(line_in_words(line.name, line.kinds) for line in filled.lines), by="\n")
    return (
        joined(about, _COOPERATION) if filled.type is ConsentType.COOPERATION else about,
        t("Why: {purpose}.", purpose=filled.purpose),
        t("What, and to whom:\n{lines}", lines=lines),
        t("From whom: the coordinator and {unit}. Those named here may also tell each other this.", unit=filled.unit),
        t("How long: until {day}. We tell you before it ends.", day=filled.until),
        _FREE,
        _TAKE_BACK,
        _IF_NOT,
    )
