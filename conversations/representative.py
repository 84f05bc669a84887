"""Recording parental responsibility, a guardian with mandate, or a power of attorney, from what has been seen.

Requirement row: E03. Sources: Herøy, Koordinator og planeigar; barnelova § 30; vergemålsloven §§ 21, 78 and 80.
"""

from collections.abc import Mapping
from typing import Final

from bot.domain.access import Role
from bot.domain.ids import PersonId
from bot.domain.queries import Now
from bot.domain.rights import Area
from bot.domain.standing import RecordRepresentative, StandingView
from bot.engine.ask import Ask
from bot.engine.questions import Sensitivity
from bot.engine.texts import Text, t
from conversations.standing_words import AREAS

WHO: Final[Mapping[Role, Text]] = {
    Role.PARENT: t("Who has parental responsibility?"),
    Role.GUARDIAN: t("Who is the guardian?"),
    Role.ATTORNEY: t("Who has the power of attorney?"),
}
SEEN: Final[Mapping[Role, Text]] = {
    Role.PARENT: t("Where have you seen it? For example the population register."),
    Role.GUARDIAN: t("What have you seen? For example the mandate, with its date."),
    Role.ATTORNEY: t("What have you seen? For example the signed paper, with its date."),
}


async def record_representative(ask: Ask, view: StandingView, capacity: Role) -> None:
    """Who, what it covers, from when to when, and what was seen."""
    today = (await ask.look(Now())).date()
    options = {str(who): t("{name}", name=name or t("no name")) for who, name, _ in view.parties}
    chosen = "new"
    if options:
        chosen = await ask.choice(
            "who", WHO[capacity], options | {"new": t("Somebody else")}, label=t("Who"), sensitivity=Sensitivity.PERSONAL
        )
    name = None
    if chosen == "new":
        name = await ask.text("name", t("What is the name?"), label=t("Name"), sensitivity=Sensitivity.PERSONAL, max_length=100)
    areas: tuple[str, ...] = ()
    since, until = today, None
    if capacity is not Role.PARENT:
        areas = await ask.choices("areas", t("What does it cover?"), dict(AREAS), label=t("Covers"), sensitivity=Sensitivity.PERSONAL)
        since = await ask.date("since", t("From which day?"), label=t("From"), sensitivity=Sensitivity.PERSONAL) or today
        until = await ask.date(
            "until", t("Until which day?"), earliest=since, skip=t("No last day"), label=t("To"), sensitivity=Sensitivity.PERSONAL
        )
    seen = await ask.text("seen", SEEN[capacity], label=t("Seen"), sensitivity=Sensitivity.PERSONAL, max_length=300)
    await ask.summary("right", t("Is this right?"))
    command = RecordRepresentative(
        case=view.case,
        capacity=capacity,
        areas=tuple(Area(area) for area in areas),
        since=since,
        until=until,
        seen=seen or "",
        person=None if chosen == "new" else PersonId(int(chosen)),
        name=name,
    )
    await ask.do("record", command)
    await ask.say(t("Noted. They have been told, if they are here."), sensitivity=Sensitivity.PERSONAL)
