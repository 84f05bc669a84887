"""Words for the points of a start-up talk, the ways of working, and the coordinator's own ticks.

Here: what each point asks, and its title. Not here: the talk itself (`conversations.startup_talk`), what goes into messages
(`bot.domain.startup_words`). Sources: Rana, Oppstart and Koordinatorrollen; Ås, Tips; Herøy, Koordinator og planeigar; Lund §§ 7.7, 7.8.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from bot.domain.consent import SharingState
from bot.domain.startup import Point, SelfCheck, Way, WayOfWorking
from bot.domain.startup_commands import HoursView, PointView, StartupView
from bot.domain.startup_words import WAYS
from bot.engine.texts import Text, joined, t

TITLES: Final[Mapping[Point, Text]] = {
    Point.MATTERS: t("What matters most"),
    Point.PRESENTATION: t("About the person"),
    Point.HOPES: t("What they expect of you"),
    Point.SITUATION: t("How it is now"),
    Point.RESOURCES: t("What works well"),
    Point.GOALS: t("What they want to reach"),
    Point.NEEDS: t("What is needed"),
    Point.OF_ME: t("What you can follow up"),
    Point.MY_LIMITS: t("What you expect yourself"),
    Point.TOGETHER: t("How to work together"),
    Point.WHO_DOES: t("Who does what"),
}
ASKED: Final[Mapping[Point, Text]] = {
    Point.SITUATION: t("How is it now? Talk about home, everyday life, and the help there is."),
    Point.RESOURCES: t("What works well? Whom and what can the person lean on?"),
    Point.GOALS: t("What does the person want to reach? Write it in their own words."),
    Point.NEEDS: t("What does the person need help with, also later on?"),
    Point.OF_ME: t("What do they expect of you? Can you follow it up? If not, who can?"),
    Point.MY_LIMITS: t("What do you expect of them, and what can you not do? Say it, and write it here."),
    Point.TOGETHER: t("What do you expect of the cooperation, all of you?"),
    Point.WHO_DOES: t("Who does what from now on?"),
}
"""D03 (mapping), D05 (expectations, who does what), D06 (Ås, Tips), D07 (expectations of each other)."""

WAYS_TOLD: Final[Mapping[Way, Text]] = {
    Way.PLAN: t("A plan suits when there are goals to work on over time. It shows who does what."),
    Way.MINUTES: t("Minutes suit when you meet, and want what you agree on in writing. You need no plan for it."),
    Way.SIMPLE: t("Short messages suit when little is needed, or when you are not sure about a plan yet."),
}
SELF_CHECKS: Final[Mapping[SelfCheck, Text]] = {
    SelfCheck.LEADER: t("My leader knows and agrees"),
    SelfCheck.TRAINING: t("I have had training"),
    SelfCheck.KNOWS_NEED: t("I know what the person needs"),
    SelfCheck.COOPERATION: t("We work well together"),
    SelfCheck.SERVICES: t("I know the services"),
    SelfCheck.RESOURCES: t("I can bring in others"),
}
"""D21: Rana, Koordinatorrollen, in its order."""
WEEKDAYS: Final = (t("Mondays"), t("Tuesdays"), t("Wednesdays"), t("Thursdays"), t("Fridays"))
CONSENT: Final[Mapping[SharingState, Text]] = {
    SharingState.GIVEN: t("Consent is there. You may contact those it names, about what it names."),
    SharingState.LIMITED: t("Consent is there for some things only. Look at what it names before you contact anybody."),
}
NO_CONSENT: Final = t("There is no consent yet. Until there is, you cannot contact other services about the person.")


def consent_line(view: StartupView) -> Text:
    """Whether others may be contacted (D04)."""
    return CONSENT.get(view.sharing, NO_CONSENT)


def point_lines(points: Sequence[PointView], *, named: bool) -> list[Text]:
    """Points with their words, each with whose they are where that matters."""
    if named:
        return [t("{title} ({name}): «{words}»", title=TITLES[each.point], name=each.name, words=each.words) for each in points]
    return [t("{title}: «{words}»", title=TITLES[each.point], words=each.words) for each in points]


def way_line(way: WayOfWorking | None) -> Text:
    """How they work now."""
    if way is None:
        return t("You have not chosen yet how to work together.")
    line = t("This is how you work together: {way}", way=WAYS[way.way])
    return joined(line, t("«{words}»", words=way.words), by="\n") if way.words else line


def hours_lines(view: HoursView) -> Text:
    """When the coordinator can be reached; outside the hours, from when there is an answer (D16)."""
    hours = view.hours
    if len(hours.days) == len(WEEKDAYS):
        line = t("On working days, from {opens} to {closes}.", opens=hours.opens, closes=hours.closes)
    else:
        days = [WEEKDAYS[day] for day in hours.days]
        line = t("{days}, from {opens} to {closes}.", days=days, opens=hours.opens, closes=hours.closes)
    if view.open_now:
        return line
    return joined(line, t("It is outside these hours now. You get an answer from {moment}.", moment=view.next_open), by=" ")
