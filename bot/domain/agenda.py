"""Ready-made points of an agenda, in the order they usually come, for each kind of meeting.

Here: which points fit which meeting, and their words. Not here: points that somebody wrote (`bot.domain.meetings.AgendaLine`). Sources:
Lund § 11.4 (first meeting; Gruppens funksjon), Ås (Første møte; Møteavholdelse), Herøy (IP-møte), Rana (Oppfølging, Ansvarsgruppe).
"""

from collections.abc import Mapping
from typing import Final

from bot.domain.meetings import AgendaLine, MeetingKind
from bot.engine.texts import Text, t, verbatim

LINES: Final[Mapping[str, Text]] = {
    "own_words": t("What you want to bring up"),
    "what_matters": t("What matters most, now and later"),
    "expectations_work": t("What we expect of the work together"),
    "expectations_coordinator": t("What we expect of the coordinator"),
    "fixed_members": t("Who takes part always, and who at times"),
    "who_leads": t("Who leads the meetings, and who writes"),
    "goals": t("Goals"),
    "plan_goals": t("The goals in the individual plan"),
    "measures": t("What is to be done, by whom and by when"),
    "who_does_what": t("Who does what"),
    "since_last": t("What was agreed last time"),
    "how_it_goes": t("How it goes"),
    "transition": t("What changes soon, and who is needed"),
    "evaluation": t("Do services and cooperation work?"),
    "disagreement": t("What the services see differently"),
    "new_coordinator": t("Another coordinator"),
    "next_meeting": t("When we meet again"),
}
"""Every ready-made point. The recipient's own come first (F11: Rana, Oppfølging; Herøy, IP-møte)."""

PURPOSES: Final[Mapping[str, Text]] = {
    "together": t("Meet, and agree on who does what"),
    "follow_up": t("See how it goes, and go on"),
    "plan": t("Work on the individual plan"),
    "transition": t("Prepare something that changes"),
}
"""What a meeting can be for, ready-made; else it is in the words of whoever calls it (G07: Herøy, IP-møte)."""

_FIRST: Final = (
    "own_words",
    "expectations_work",
    "expectations_coordinator",
    "fixed_members",
    "who_leads",
    "goals",
    "who_does_what",
    "next_meeting",
)
_USUAL: Final[Mapping[MeetingKind, tuple[str, ...]]] = {
    MeetingKind.STARTUP: ("own_words", "what_matters", "goals", "who_does_what", "next_meeting"),
    MeetingKind.GROUP: ("own_words", "since_last", "how_it_goes", "measures", "next_meeting"),
    MeetingKind.PLAN: ("own_words", "plan_goals", "since_last", "measures", "evaluation", "next_meeting"),
    MeetingKind.COOPERATION: ("own_words", "since_last", "measures", "next_meeting"),
    MeetingKind.SETTLE: ("disagreement", "who_does_what"),
}
_ALSO: Final[Mapping[MeetingKind, tuple[str, ...]]] = {
    MeetingKind.STARTUP: ("expectations_work", "expectations_coordinator"),
    MeetingKind.GROUP: ("goals", "plan_goals", "transition", "evaluation", "new_coordinator"),
    MeetingKind.PLAN: ("goals", "how_it_goes", "transition", "new_coordinator"),
    MeetingKind.COOPERATION: ("how_it_goes", "transition"),
    MeetingKind.SETTLE: (),
}


def usual(kind: MeetingKind, *, first: bool, has_plan: bool = False) -> tuple[str, ...]:
    """The points that are put on at once. The first meeting of a group has its own (F03, F04); with a plan its goals come early (F07)."""
    if first and kind in {MeetingKind.GROUP, MeetingKind.PLAN}:
        return _FIRST
    codes = _USUAL[kind]
    if kind is MeetingKind.GROUP and has_plan:
        return (codes[0], "plan_goals", *codes[1:])
    return codes


def offered(kind: MeetingKind, *, first: bool, has_plan: bool = False) -> tuple[str, ...]:
    """Every ready-made point that fits, the usual ones first."""
    codes = usual(kind, first=first, has_plan=has_plan)
    return codes + tuple(code for code in (*_USUAL[kind], *_ALSO[kind]) if code not in codes)


def purpose_of(purpose: str) -> Text:
    """What a meeting is for, as it is read: a ready-made purpose by its code, or somebody's own words."""
    return PURPOSES.get(purpose, verbatim(purpose))


def words_of(line: AgendaLine) -> Text:
    """A point as it is read. A ready-made one that a later version no longer has keeps its place with a plain word."""
    if line.words is not None:
        return verbatim(line.words)
    return LINES.get(line.code or "", t("Other matters"))
