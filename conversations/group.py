"""The responsibility group: what it is for, who leads, how long it lasts; set up, changed, looked at together, dissolved, set up again.

Requirement rows: F01 to F04, F09, F13, F18, G15, L08, P06, P08. Sources: Lund § 11.4 (ansvarsgruppe; Oppløsning); Ås, Ansvarsgruppe. For
whoever coordinates; the person reads the same and can end it.
"""

from datetime import date, timedelta
from typing import Final

from bot.domain.group_commands import ChangeGroup, DissolveGroup, GroupView, NoteEvaluated, SetUpGroup, TheGroup
from bot.domain.groups import Dissolved, Group
from bot.domain.ids import CaseId, PersonId
from bot.domain.queries import Now, TheProfile
from bot.engine.ask import Ask
from bot.engine.questions import Sensitivity
from bot.engine.texts import Text, joined, t, verbatim

NOBODY: Final = "nobody"
ABOUT: Final = t(
    "A responsibility group is those who help, together with the person. It meets regularly and agrees on what to do. "
    "It can be there without an individual plan."
)


async def group(ask: Ask) -> None:
    """Begun from the desk, or from a notice."""
    await group_of_case(ask, CaseId(int(ask.given["case"])))


async def group_of_case(ask: Ask, case: CaseId) -> None:
    """The same from the case."""
    view = await ask.look(TheGroup(case))
    if view is None:
        await ask.say(t("You cannot open this case. It may be with somebody else now."), sensitivity=Sensitivity.NEUTRAL)
        return
    await ask.say(t("Case {number}, {initials}", number=str(view.number), initials=view.initials))
    if view.now is None:
        await _none(ask, view)
    else:
        await ask.say(joined(*shown(view, view.now), by="\n"))
        await _one(ask, view, view.now)


def shown(view: GroupView, now: Group) -> list[Text]:
    """The group in words."""
    lines = [t("What it is for: {purpose}", purpose=now.purpose)]
    if now.goals:
        lines.append(t("Goals: {goals}", goals=now.goals))
    lines.append(t("It lasts until {day}.", day=now.until) if now.until else t("It lasts as long as it is needed."))
    if view.chair:
        leads = t("Leads the group: {name}", name=view.chair)
        lines.append(joined(leads, t("until {day}", day=now.chair_until), by=", ") if now.chair_until else leads)
    if view.writers:
        lines.append(t("Write in turn: {names}", names=[verbatim(each) for each in view.writers]))
    if not view.allowed:
        lines.append(t("There is no consent to sharing now. Nobody is told anything before there is."))
    if now.evaluated_on:
        lines.append(t("Looked at its work together on {day}.", day=now.evaluated_on))
    return lines


async def _none(ask: Ask, view: GroupView) -> None:
    """No group yet, or not any more."""
    await ask.say(ABOUT, sensitivity=Sensitivity.PUBLIC)
    if not view.may_change:
        await ask.say(t("There is no group now. Tell your coordinator if you want one."))
        return
    if not view.allowed:
        await ask.say(t("A group needs consent to sharing first. Ask for consent."))
        return
    options = {"new": t("Set up a group")}
    if view.before is not None:
        options["again"] = t("Set up the last one again")
    options["done"] = t("Not now")
    what = await ask.choice("what", t("There is no group now. What do you want to do?"), options)
    if what == "done":
        return
    if what == "again" and view.before is not None:
        before, names = view.before, dict(view.people)
        await ask.do(
            "again",
            SetUpGroup(
                case=view.case,
                purpose=before.purpose,
                goals=before.goals,
                chair=before.chair if before.chair in names and view.has_coordinator else None,
                turns=tuple(each for each in before.turns if each in names),
            ),
        )
    else:
        purpose, goals, until = await _ask_frame(ask)
        chair, chair_until = await _ask_chair(ask, view)
        turns = await _ask_turns(ask, view)
        await ask.summary("right", t("Is this right? Then the group is set up, and those in it are told."))
        await ask.do(
            "set_up",
            SetUpGroup(case=view.case, purpose=purpose, goals=goals, until=until, chair=chair, chair_until=chair_until, turns=turns),
        )
    await ask.say(t("The group is set up. Call the first meeting when you are ready."))
    await say_routine(ask)


async def say_routine(ask: Ask) -> None:
    """The municipality's own routine for groups, which those in it get at the first meeting (F02)."""
    profile = await ask.look(TheProfile())
    await ask.say(
        t("Hand out the routine at the first meeting: {link}", link=verbatim(profile.links.routine or profile.links.home)),
        sensitivity=Sensitivity.PUBLIC,
    )


async def _ask_frame(ask: Ask) -> tuple[str, str | None, date | None]:
    """What for, with which goals, until when (F09)."""
    purpose = await ask.text("purpose", t("What is the group for? A sentence or two."), label=t("What it is for"), max_length=300) or ""
    how = await ask.choice(
        "how_long",
        t("How long shall it last?"),
        {"needed": t("As long as it is needed"), "until": t("For a time, with clear goals")},
        label=t("How long"),
    )
    if how == "needed":
        goals = await ask.text("goals", t("Are there goals for the work?"), skip=t("The plan has them"), label=t("Goals"), max_length=500)
        return purpose, goals, None
    goals = await ask.text("goals", t("What is the group to reach?"), label=t("Goals"), max_length=500)
    now = await ask.look(Now())
    until = await ask.date(
        "until", t("Which day shall it be looked at and end?"), earliest=now.date() + timedelta(days=1), label=t("Last day")
    )
    return purpose, goals, until


async def _ask_chair(ask: Ask, view: GroupView) -> tuple[PersonId | None, date | None]:
    """Who leads; where there is no coordinator, for a time (F03)."""
    options = {str(person): verbatim(name) for person, name in view.people} | {NOBODY: t("We decide in the meeting")}
    chair = await ask.choice("chair", t("Who leads the group?"), options, label=t("Leads the group"))
    if chair == NOBODY:
        return None, None
    if view.has_coordinator:
        return PersonId(int(chair)), None
    now = await ask.look(Now())
    await ask.say(t("There is no coordinator, so the one who leads does it for a time."))
    until = await ask.date("chair_until", t("Until which day?"), earliest=now.date() + timedelta(days=1), label=t("Leads until"))
    return PersonId(int(chair)), until


async def _ask_turns(ask: Ask, view: GroupView) -> tuple[PersonId, ...]:
    """Who writes in turn (G15)."""
    if not view.people:
        return ()
    options = {str(person): verbatim(name) for person, name in view.people}
    turns = await ask.choices(
        "turns", t("Who writes the minutes in turn?"), options, none=t("The same each time"), label=t("Write in turn")
    )
    return tuple(PersonId(int(each)) for each in turns)


async def _one(ask: Ask, view: GroupView, now: Group) -> None:
    """What can be done with the group there is."""
    options: dict[str, Text] = {}
    if view.may_change:
        options |= {"change": t("Change it"), "evaluated": t("We have looked at our work together")}
    if view.may_end:
        options["end"] = t("End the group")
    what = await ask.choice("what", t("What do you want to do?"), options | {"done": t("That is all")})
    if what == "change":
        await _change(ask.under("change"), view, now)
    elif what == "evaluated":
        await _evaluated(ask, view)
    elif what == "end":
        await _end(ask, view, now)


async def _change(ask: Ask, view: GroupView, now: Group) -> None:
    what = await ask.choice(
        "what",
        t("What shall be changed?"),
        {"frame": t("What it is for, and how long"), "chair": t("Who leads"), "turns": t("Who writes")},
    )
    purpose, goals, until, chair, chair_until, turns = now.purpose, now.goals, now.until, now.chair, now.chair_until, now.turns
    if what == "frame":
        purpose, goals, until = await _ask_frame(ask)
    elif what == "chair":
        chair, chair_until = await _ask_chair(ask, view)
    else:
        turns = await _ask_turns(ask, view)
    await ask.do(
        "change",
        ChangeGroup(case=view.case, purpose=purpose, goals=goals, until=until, chair=chair, chair_until=chair_until, turns=turns),
    )
    await ask.say(t("Changed."))


async def _evaluated(ask: Ask, view: GroupView) -> None:
    await ask.say(t("Does the group work towards the person's goals? Do people do what they said? Is the person heard?"))
    now = await ask.look(Now())
    day = await ask.date("evaluated_on", t("Which day did you look at it together?"), latest=now.date(), offered=now.date())
    await ask.do("evaluated", NoteEvaluated(case=view.case, on=day or now.date()))
    await ask.say(t("Noted."), sensitivity=Sensitivity.NEUTRAL)


async def _end(ask: Ask, view: GroupView, now: Group) -> None:
    """Ended with a reason; only "no need" asks for a joint look first (L08)."""
    options: dict[str, Text] = {}
    if view.may_change:
        options[Dissolved.NO_NEED] = t("It is not needed any more")
        if not view.allowed:
            options[Dissolved.CONSENT_ENDED] = t("There is no consent any more")
    options[Dissolved.PERSON_WANTS] = t("The person wants it") if view.may_change else t("I want it to end")
    why = await ask.choice("why", t("Why does the group end?"), options | {"keep": t("It shall go on")})
    if why == "keep":
        return
    if why == Dissolved.NO_NEED and now.evaluated_on is None:
        await ask.say(t("Look at the work together first, and note the day. Then the group can end."))
        return
    await ask.do("end", DissolveGroup(case=view.case, why=Dissolved(why)))
    await ask.say(t("The group has ended. It can be set up again if it is needed."))
