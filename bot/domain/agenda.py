"""Ready-made points of an agenda, in the order they usually come, for each kind of meeting.

Here: which points fit which meeting, and their words: those that come with Samråd, and the municipality's own (`bot.domain.agenda_rules`).
Not here: points that somebody wrote (`bot.domain.meetings.AgendaLine`). Sources: Lund § 11.4 (first meeting; Gruppens funksjon), Ås (Første
møte; Møteavholdelse), Herøy (IP-møte), Rana (Oppfølging, Ansvarsgruppe). Guarantee: a point reads as it did when it was put on, whatever
the profile says later.
"""

from collections.abc import Collection, Mapping
from typing import Final

from bot.domain.agenda_rules import AgendaRules
from bot.domain.ids import PersonId
from bot.domain.meetings import AgendaLine, MeetingKind
from bot.domain.words import Words
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
"""Every point that comes with Samråd. The recipient's own come first (F11: Rana, Oppfølging; Herøy, IP-møte)."""
OWN_WORDS: Final = "own_words"
NEXT_MEETING: Final = "next_meeting"
PLAN_GOALS: Final = "plan_goals"

PURPOSES: Final[Mapping[str, Text]] = {
    "together": t("Meet, and agree on who does what"),
    "follow_up": t("See how it goes, and go on"),
    "plan": t("Work on the individual plan"),
    "transition": t("Prepare something that changes"),
}
"""What a meeting can be for, ready-made; else it is in the words of whoever calls it (G07: Herøy, IP-møte)."""

OF_THE_GROUP: Final = frozenset({MeetingKind.GROUP, MeetingKind.PLAN})
"""After a start-up meeting the group still has its first one (F03, F13: Lund §§ 7.7, 7.9)."""
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


def is_first(kind: MeetingKind, held: Collection[MeetingKind]) -> bool:
    """Is the next one of this kind the first? `held`: of which kinds there have been meetings; those on a plan are the group's too."""
    return not {kind, *(OF_THE_GROUP if kind in OF_THE_GROUP else ())} & set(held)


def usual(kind: MeetingKind, rules: AgendaRules, *, first: bool, has_plan: bool = False) -> tuple[str, ...]:
    """The points that are put on at once. The first meeting of a group has its own (F03, F04); with a plan its goals come early (F07).

    Where the municipality lists them they are those of its list that belong here; else its own points are put in among the usual ones.
    """
    begins = first and kind in OF_THE_GROUP
    listed: tuple[str, ...] | None = getattr(rules.usual, "first" if begins else kind.value)
    if listed is None:
        codes = _with_own(_FIRST if begins else _USUAL[kind], kind, rules, first=first)
    else:
        own = {each.id: each for each in rules.points}
        codes = tuple(code for code in listed if code not in own or own[code].fits(kind, first=first))
    if kind is MeetingKind.GROUP and has_plan and not begins and PLAN_GOALS not in codes:
        return (codes[0], PLAN_GOALS, *codes[1:])
    return codes


def _with_own(codes: tuple[str, ...], kind: MeetingKind, rules: AgendaRules, *, first: bool) -> tuple[str, ...]:
    found = list(codes)
    for point in rules.points:
        if point.put_on_at_once and point.fits(kind, first=first):
            last = found.index(NEXT_MEETING) if NEXT_MEETING in found else len(found)
            found.insert(found.index(point.after) + 1 if point.after in found else last, point.id)
    return tuple(found)


def offered(kind: MeetingKind, rules: AgendaRules, *, first: bool, has_plan: bool = False) -> tuple[str, ...]:
    """Every ready-made point that fits, the usual ones first."""
    codes = usual(kind, rules, first=first, has_plan=has_plan)
    own = (each.id for each in rules.points if each.fits(kind, first=first))
    return tuple(dict.fromkeys((*codes, *_USUAL[kind], *own, *_ALSO[kind])))


def purpose_of(purpose: str) -> Text:
    """What a meeting is for, as it is read: a ready-made purpose by its code, or somebody's own words."""
    return PURPOSES.get(purpose, verbatim(purpose))


def line_of(code: str, rules: AgendaRules, *, by: PersonId) -> AgendaLine | None:
    """A ready-made point as it is put on an agenda, the municipality's own with its words; None where there is none by that name."""
    if code in LINES:
        return AgendaLine(code=code, words=None, by=by)
    point = rules.point(code)
    return None if point is None else AgendaLine(code=code, words=None, by=by, local=point.words)


def ready_made(code: str, rules: AgendaRules) -> Text:
    """The words of a ready-made point."""
    point = rules.point(code)
    return read_as(code, None, None if point is None else point.words)


def words_of(line: AgendaLine) -> Text:
    """A point as it is read, by each reader in their own written form."""
    return read_as(line.code, line.words, line.local)


def read_as(code: str | None, words: str | None, local: Words | None) -> Text:
    """The words of a point. One that comes with Samråd, and that a later version no longer has, keeps its place with a plain word."""
    if words is not None:
        return verbatim(words)
    if local is not None:
        return Text("{line}", {"line": local})
    return LINES.get(code or "", t("Other matters"))
