"""The start-up talk, point by point: the coordinator's guide, which can be broken off and taken up again.

Requirement rows: D03, D04, D05, D06, D07, D08, D09. Sources: Rana, Oppstart; Ås, Tips; Herøy, Koordinator og planeigar; Lund §§ 7.6, 7.7.
Each answer is kept at once; the talk ends with a day for the next contact, or with a spoken "not now".
"""

from datetime import timedelta
from itertools import count

from bot.domain.ids import CaseId
from bot.domain.queries import Now
from bot.domain.startup import COORDINATORS, Point
from bot.domain.startup_commands import FinishStartup, StartupView, TheStartup, WritePoint
from bot.domain.startup_words import YOU_DO
from bot.engine.ask import Ask
from bot.engine.questions import Sensitivity
from bot.engine.texts import Text, joined, t
from conversations.ask_consent import ask_consent_case
from conversations.case_tasks import ask_owner
from conversations.introduce import introduce_in
from conversations.startup_words import ASKED, TITLES, consent_line, point_lines
from conversations.way_of_working import way_of

LONGEST = 1000


async def startup_talk(ask: Ask) -> None:
    """Begun from a notice or a button."""
    await startup_talk_of(ask, CaseId(int(ask.given["case"])))


async def startup_view(ask: Ask, case: CaseId) -> StartupView | None:
    """The talk for whoever holds it, or None after having said why not."""
    view = await ask.look(TheStartup(case))
    if view is None or not view.coordinates:
        await ask.say(t("You cannot open this case. It may be with somebody else now."), sensitivity=Sensitivity.NEUTRAL)
        return None
    return view


async def startup_talk_of(ask: Ask, case: CaseId) -> None:
    """The same from the desk."""
    view = await startup_view(ask, case)
    if view is None:
        return
    for part in what_is_known(view):
        await ask.say(part, sensitivity=Sensitivity.HEALTH)
    for turn in count():
        what = await ask.choice(f"what/{turn}", t("What do you want to do?"), OFFERS, sensitivity=Sensitivity.PERSONAL)
        if await _step(ask.under(f"{what}/{turn}"), view, what):
            return


OFFERS = {
    "through": t("Go through the points"),
    "change": t("Write one point anew"),
    "role": t("What a coordinator does"),
    "consent": t("Ask for consent"),
    "partners": t("Tell those around"),
    "way": t("Plan or minutes"),
    "end": t("End the talk"),
    "done": t("That is all"),
}


async def _step(ask: Ask, view: StartupView, what: str) -> bool:
    """One step; whether the conversation is over with it."""
    match what:
        case "through":
            await _through(ask, view)
            return False
        case "change":
            await _change(ask, view)
            return False
        case "role":
            await ask.say(YOU_DO, sensitivity=Sensitivity.PUBLIC)
            await ask.say(t("Say it in your own words. The person gets it in writing too."))
            return False
        case "consent":
            await ask_consent_case(ask, view.case)
        case "partners":
            await introduce_in(ask, view)
        case "way":
            await way_of(ask, view.case)
        case "end":
            await end_talk(ask, view)
        case _:
            await ask.say(t("Everything is kept. You can go on at any time."), sensitivity=Sensitivity.NEUTRAL)
    return True


def what_is_known(view: StartupView) -> list[Text]:
    """What the person has told, first of all what matters most (D09, B07); whether there is consent (D04); what is noted so far."""
    own = [each for each in view.points if each.point not in COORDINATORS]
    noted = [each for each in view.points if each.point in COORDINATORS]
    parts = [t("{initials}, case {number}: the start-up talk", initials=view.initials, number=str(view.number))]
    told = [t("What is important: «{words}»", words=view.important)] if view.important else []
    told += point_lines(own, named=True)
    parts.append(joined(*told, by="\n") if told else t("They have written nothing beforehand. Ask what matters most to them."))
    parts.append(consent_line(view))
    if noted:
        parts.append(joined(t("Noted so far:"), *point_lines(noted, named=False), by="\n"))
    if view.ended is not None and view.ended.next_on is not None:
        parts.append(t("Next contact: {name}, by {day}", name=view.next_name or "–", day=view.ended.next_on))
    return parts


async def _through(ask: Ask, view: StartupView) -> None:
    """The points that are not noted yet, one at a time."""
    noted = {each.point for each in view.points}
    await ask.say(t("Each answer is kept at once. You can stop whenever you want, and go on later."), sensitivity=Sensitivity.NEUTRAL)
    for point in COORDINATORS:
        if point not in noted:
            await _write(ask, view, point)
    await ask.say(t("These were all the points."), sensitivity=Sensitivity.NEUTRAL)


async def _write(ask: Ask, view: StartupView, point: Point) -> None:
    words = await ask.text(str(point), ASKED[point], skip=t("Skip this"), sensitivity=Sensitivity.HEALTH, max_length=LONGEST)
    if words is not None:
        await ask.do(f"keep/{point}", WritePoint(case=view.case, point=point, words=words))


async def _change(ask: Ask, view: StartupView) -> None:
    """One point, chosen by its title."""
    options = {str(point): TITLES[point] for point in COORDINATORS}
    which = await ask.choice("which", t("Which point?"), options, sensitivity=Sensitivity.PERSONAL)
    await _write(ask, view, Point(which))


async def end_talk(ask: Ask, view: StartupView) -> None:
    """The talk ends with who makes contact next and when, or with why not yet (D05, D08)."""
    how = await ask.choice(
        "next",
        t("When do you have contact next? Agree on it before you part."),
        {"day": t("We have agreed on a day"), "not_now": t("Not now")},
        sensitivity=Sensitivity.PERSONAL,
    )
    command = await _next_contact(ask, view) if how == "day" else await _not_now(ask, view)
    await ask.do("end", command)
    await ask.say(t("Noted: the talk was held. The person gets in writing what comes next."), sensitivity=Sensitivity.PERSONAL)
    if view.way is None:
        await ask.say(t("Choose plan or minutes together as well. You find it under the first steps."), sensitivity=Sensitivity.PERSONAL)


async def _next_contact(ask: Ask, view: StartupView) -> FinishStartup:
    today = (await ask.look(Now())).date()
    owner = await ask_owner(ask, view.owners, t("Who makes contact next?"))
    day = await ask.date("day", t("By which day?"), earliest=today, latest=today + timedelta(days=365), sensitivity=Sensitivity.PRACTICAL)
    words = await ask.text("about", t("What is it about? A few words."), max_length=200, sensitivity=Sensitivity.HEALTH)
    return FinishStartup(case=view.case, next_on=day or today, owner=owner, words=words or "")


async def _not_now(ask: Ask, view: StartupView) -> FinishStartup:
    why = await ask.text("why", t("Why is there no day yet?"), max_length=400, sensitivity=Sensitivity.HEALTH)
    return FinishStartup(case=view.case, why_not=why or "")
