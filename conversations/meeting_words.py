"""Words about meetings that several conversations share.

Here: how far a meeting has come, and a meeting as lines to read. Not here: kinds (`bot.domain.meeting_kinds`), places
(`bot.domain.meeting_places`) and ready-made points of an agenda (`bot.domain.agenda`).
"""

from collections.abc import Iterator, Mapping
from typing import Final

from bot.domain.meeting_kinds import KINDS
from bot.domain.meeting_places import PLACE
from bot.domain.meeting_queries import MeetingView, ParticipantView, TimeView
from bot.domain.meetings import MeetingState, Part
from bot.engine.texts import Text, joined, nt, t, verbatim

__all__ = ["KINDS", "STATES", "counted", "lines", "where", "who"]

STATES: Final[Mapping[MeetingState, Text]] = {
    MeetingState.ASKED: t("The person is asked"),
    MeetingState.TALK_FIRST: t("The person wants to talk first"),
    MeetingState.VOTING: t("The time is being chosen"),
    MeetingState.CALLED: t("Called"),
    MeetingState.HELD: t("Meeting held"),
    MeetingState.CANCELLED: t("Off"),
}
PARTS: Final[Mapping[Part, Text]] = {
    Part.RECIPIENT: t("the person themselves"),
    Part.PARTY: t("acts for the person"),
    Part.COORDINATOR: t("coordinator"),
}
UNNAMED: Final[Mapping[Part, Text]] = {
    Part.RECIPIENT: t("The person"),
    Part.PARTY: t("The one who acts for the person"),
    Part.COORDINATOR: t("The coordinator"),
    Part.MEMBER: t("A member"),
}


def who(view: ParticipantView) -> Text:
    """One who is to come: name, title and service, as an invitation has to say (G03: Lund § 11.4, Innkalling)."""
    name = verbatim(view.name) if view.name else UNNAMED[view.part]
    more = [verbatim(each) for each in (view.title, view.service) if each]
    if view.part in PARTS:
        more = [PARTS[view.part]]
    return t("{name} ({what})", name=name, what=more) if more else name


def _comes(view: ParticipantView) -> Text:
    """The same, and for which points, where it is not for all of it (G11)."""
    if not view.points:
        return who(view)
    numbers = [str(each) for each in view.points]
    if view.about is None:
        return t("{name}: item {points}", name=who(view), points=numbers)
    return t("{name}: item {points}, about {time}", name=who(view), points=numbers, time=view.about)


def _own_part(view: MeetingView) -> Text:
    if view.about is None:
        return t("You are called in for this part only:")
    return t("You are called in for this part only, about {time}:", time=view.about)


def where(view: MeetingView) -> Text:
    """The place, with the address or the link where there is one."""
    details = [verbatim(each) for each in (view.where, view.link) if each]
    return joined(PLACE[view.place], *details, by=", ")


def lines(view: MeetingView) -> Iterator[Text]:
    """A meeting as those who are to come read it: what, when, where, who, and the agenda."""
    yield joined(KINDS[view.kind], t("Case {number}, {initials}", number=str(view.number), initials=view.initials), by="\n")
    yield t("What it is for: {purpose}", purpose=view.purpose)
    if view.at is not None:
        yield nt("When: {time}, for {n} minute", "When: {time}, for {n} minutes", view.minutes, time=view.at)
    yield t("Where: {place}", place=where(view))
    yield joined(t("Who:"), *(t("– {line}", line=_comes(each)) for each in view.participants if not each.out), by="\n")
    if view.only_mine:
        yield _own_part(view)
    points = zip(view.numbers, view.agenda, strict=False)
    yield joined(t("Agenda:"), *(t("{place}. {line}", place=place, line=each) for place, each in points), by="\n")
    if view.chair:
        yield t("Leads: {name}", name=view.chair)
    if view.writer:
        yield t("Writes: {name}", name=view.writer)
    if view.short_reason:
        yield t("This is called at shorter notice than usual. The reason: {words}", words=view.short_reason)


def counted(time: TimeView) -> Text:
    """A time with how many it suits, and who cannot."""
    suits = nt("{time}: suits {n} person", "{time}: suits {n} people", len(time.suits), time=time.at)
    return joined(suits, t("Cannot: {names}", names=list(time.missing)), by=". ") if time.missing else suits
