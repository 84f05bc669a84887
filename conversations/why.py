"""Why is it 14 days? A rule with the municipality's own routine behind it.

Requirement row: T09. Source: Ås, Aktuelle retningslinjer (KSX). Where the municipality has no routine of its own, that is said.
"""

from collections.abc import Callable, Mapping
from typing import Final

from bot.domain.choices import AppointedBy, ChangeDecidedBy, LedBy, MinutesExtent, NextMeeting
from bot.domain.rules import Guideline, Profile
from bot.engine.texts import Language, Text, joined, nt, t, verbatim

APPOINTED: Final[Mapping[AppointedBy, Text]] = {
    AppointedBy.KE: t("We choose the coordinator. Your wish counts a lot."),
    AppointedBy.KE_WITH_LEADER: t("We choose the coordinator together with a leader. Your wish counts a lot."),
    AppointedBy.DEPARTMENT_CONFIRMED_BY_KE: t("A department proposes the coordinator, and we confirm it. Your wish counts a lot."),
}
CHANGED: Final[Mapping[ChangeDecidedBy, Text]] = {
    ChangeDecidedBy.KE: t("We decide who the next coordinator is."),
    ChangeDecidedBy.LEADER: t("A leader decides who the next coordinator is."),
    ChangeDecidedBy.COORDINATOR_BY_STEPS: t("The coordinator finds the next one, step by step. We decide if nobody is found."),
}
LED: Final[Mapping[LedBy, Text]] = {
    LedBy.DECIDED_EACH_TIME: t("Who leads a meeting is decided each time."),
    LedBy.COORDINATOR_OTHER_WRITES: t("The coordinator leads the meetings, and somebody else writes."),
    LedBy.GROUP_LEADER_WRITER_BY_TURNS: t("The group has a leader, and the members write by turns."),
}
NEXT: Final[Mapping[NextMeeting, Text]] = {
    NextMeeting.REQUIRED: t("The next meeting is agreed before people leave."),
    NextMeeting.ADVISED: t("It is good to agree on the next meeting before people leave."),
}
MINUTES: Final[Mapping[MinutesExtent, Text]] = {
    MinutesExtent.DECISIONS_ONLY: t("The minutes hold only what was decided, and who does what."),
    MinutesExtent.FULL: t("The minutes hold what was talked about and decided."),
}


def _days_before(profile: Profile) -> Text:
    days = profile.meetings.notice_days
    return nt("You are called to a meeting at least {n} day before it.", "You are called to a meeting at least {n} days before it.", days)


def _a_year(profile: Profile) -> Text:
    times = profile.meetings.a_year_at_least
    return nt("A group meets at least {n} time a year.", "A group meets at least {n} times a year.", times)


def _contact(profile: Profile) -> Text:
    days = profile.deadlines.contact_days
    return nt("The coordinator contacts you within {n} day.", "The coordinator contacts you within {n} days.", days)


def _most(profile: Profile) -> Text:
    most = profile.appointment.plans_at_most
    if most is None:
        return t("There is no limit to how many people one coordinates for.")
    return nt("Nobody has to coordinate for more than {n} person.", "Nobody has to coordinate for more than {n} people.", most)


def _together(profile: Profile) -> Text:
    days = profile.hand_over.overlap_days
    return nt(
        "The old and the new coordinator work together for {n} day.", "The old and the new coordinator work together for {n} days.", days
    )


def _anew(profile: Profile) -> Text:
    if profile.consent.renew_when_added:
        return t("You are asked for consent anew when somebody new comes.")
    return t("When somebody new comes, you are asked about them only.")


RULES: Final[Mapping[str, tuple[Text, Callable[[Profile], Text]]]] = {
    "deadlines.contact_days": (t("When the coordinator calls"), _contact),
    "meetings.notice_days": (t("How early you are called"), _days_before),
    "meetings.a_year_at_least": (t("How often the group meets"), _a_year),
    "meetings.next_meeting": (t("The next meeting"), lambda profile: NEXT[profile.meetings.next_meeting]),
    "meetings.led_by": (t("Who leads and who writes"), lambda profile: LED[profile.meetings.led_by]),
    "meetings.minutes": (t("What stands in the minutes"), lambda profile: MINUTES[profile.meetings.minutes]),
    "appointment.appointed_by": (t("Who chooses the coordinator"), lambda profile: APPOINTED[profile.appointment.appointed_by]),
    "appointment.change_decided_by": (t("Another coordinator"), lambda profile: CHANGED[profile.appointment.change_decided_by]),
    "appointment.plans_at_most": (t("How many one coordinates for"), _most),
    "hand_over.overlap_days": (t("Handing over"), _together),
    "consent.renew_when_added": (t("When somebody new comes"), _anew),
}
"""The rules a reader meets, each with its setting's name, a short label, and what it says here."""


def why(profile: Profile, rule: str, language: Language) -> Text:
    """What the rule says here, and the routine behind it with its version and where it is kept."""
    says = RULES[rule][1](profile)
    routine = next((each for each in profile.guidelines if each.rule == rule), None)
    if routine is None:
        name = profile.municipality.display_name
        return joined(says, t("{municipality} has no routine of its own about this. It can be changed.", municipality=name))
    return joined(says, *behind(routine, language), by="\n")


def behind(routine: Guideline, language: Language) -> list[Text]:
    """The routine: its name, section, version, and address."""
    where = routine.name.text(language)
    if routine.section:
        where = joined(where, verbatim(routine.section), by=", ")
    lines = [t("Why: {routine}", routine=where)]
    lines.append(t("Version: {version}", version=routine.version) if routine.version else t("The routine bears no version."))
    lines.append(t("You find it here: {link}", link=verbatim(routine.url)))
    return lines
