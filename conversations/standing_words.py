"""Words for who decides, for staff and for the person.

Here: labels and sentences. Not here: the questions (`conversations.standing` and its neighbours).
"""

from collections.abc import Mapping
from typing import Final

from bot.domain.access import Role
from bot.domain.rights import Area, Gap, Matter, Needed
from bot.domain.standing import DeciderLine, HealthProfession, RepresentativeLine, StandingView
from bot.engine.texts import Text, joined, t

CAPACITIES: Final[Mapping[str, Text]] = {
    Role.SELF: t("the person"),
    Role.YOUTH: t("the youth"),
    Role.PARENT: t("has parental responsibility"),
    Role.GUARDIAN: t("guardian"),
    Role.ATTORNEY: t("has a power of attorney"),
    Role.RELATIVE: t("next of kin"),
}

AREAS: Final[Mapping[str, Text]] = {
    Area.HEALTH_AND_CARE: t("Health and care services"),
    Area.OTHER_PERSONAL: t("Other personal matters"),
    Area.ECONOMY: t("Economy"),
}

MATTERS: Final[Mapping[str, Text]] = {
    Matter.SHARING: t("Who may be told what"),
    Matter.WISH: t("Coordinator and plan"),
    Matter.CHANNEL: t("Notices in the chat"),
    Matter.LOG: t("The shared log of concern"),
}

PROFESSIONS: Final[Mapping[str, Text]] = {
    HealthProfession.DOCTOR: t("Doctor"),
    HealthProfession.PSYCHOLOGIST: t("Psychologist"),
    HealthProfession.NURSE: t("Nurse"),
    HealthProfession.DENTIST: t("Dentist"),
    HealthProfession.OTHER_HEALTH: t("Other health personnel"),
}

GAPS: Final[Mapping[str, Text]] = {
    Gap.AGE_NOT_RECORDED: t("Nobody can say yes to sharing yet. Record the birth date first."),
    Gap.PERSON_NOT_KNOWN: t("The person decides, but is not here yet. Give the person a code."),
    Gap.NOBODY_FOR_CHILD: t("Nobody can say yes to sharing yet. Record who has parental responsibility."),
    Gap.NOBODY_AFTER_LAPSE: t("The person cannot decide. Hear the next of kin, and find out who can."),
}
"""For staff: what to settle first."""


def capacity(role: Role) -> Text:
    """What somebody is, among those who decide or act for the person."""
    return CAPACITIES.get(role, t("somebody else"))


def card(view: StandingView) -> Text:
    """What is recorded, and who decides about sharing today."""
    lines = [t("Who can decide in case {number}", number=str(view.number))]
    if view.born_on is None:
        lines.append(t("Birth date: not recorded"))
    else:
        lines.append(t("Birth date: {day}. Age: {age}", day=view.born_on, age=str(view.rights.age)))
    lines += [_line(each) for each in view.representatives]
    lines += [
        t("Cannot decide: {matter}. Decided by {name}, {day}", matter=MATTERS[each.matter], name=each.decided_by, day=each.decided_on)
        for each in view.lapses
    ]
    if view.shielded:
        lines.append(t("Parents do not see what is in the case. The child has asked for it."))
    lines.append(GAPS[view.gap] if view.gap is not None else t("About sharing: {who}", who=deciders(view.deciders)))
    return joined(*lines, by="\n")


def _line(each: RepresentativeLine) -> Text:
    what = capacity(each.capacity)
    if each.until is not None:
        line = t("{name}: {what}, from {since} to {until}", name=each.name, what=what, since=each.since, until=each.until)
    else:
        line = t("{name}: {what}, from {since}", name=each.name, what=what, since=each.since)
    return line if each.holds else t("{line} (does not decide here today)", line=line)


def deciders(lines: tuple[DeciderLine, ...]) -> Text:
    """Names with what they are; whether all must say yes."""
    names = [t("{name} ({what})", name=each.name or t("no name"), what=capacity(each.capacity)) for each in lines]
    everyone = len(lines) > 1 and lines[0].needed is Needed.ALL
    who = t("{people}", people=names)
    return t("{people}. All must say yes", people=names) if everyone else who
