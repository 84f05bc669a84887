"""Changes to come: the list to go through together, who must be brought in, who informs whom, and whether everything is passed on.

Requirement rows: M02, M03, M14, M15, M22, M26, M28, M29, M30, M44. Sources: Herøy, Livsfaser and Koordinator for barn, for ungdom, for
vaksne og eldre; Ås, Oppgaver. For whoever coordinates.
"""

from bot.domain.ids import CaseId
from bot.domain.phase_commands import PassedOn, PhaseView, RecordTransition, SkipTransition, ThePhase, TransitionLine
from bot.domain.queries import Me, Now, TheProfile
from bot.domain.rules import Profile
from bot.domain.transition_names import TRANSITIONS
from bot.domain.transitions import TransitionKind
from bot.engine.ask import Ask
from bot.engine.questions import Sensitivity
from bot.engine.texts import Language, Text, joined, t, verbatim
from conversations.picking import Line, pick
from conversations.transition_words import ALWAYS, LISTS, brought_in

OTHER = "other"
DONE = "done"


async def transitions(ask: Ask) -> None:
    """Begun from a notice."""
    view = await ask.look(ThePhase(CaseId(int(ask.given["case"]))))
    if view is None:
        await ask.say(t("You cannot open this case. It may be with somebody else now."), sensitivity=Sensitivity.NEUTRAL)
        return
    await ask.say(t("Case {number}, {initials}", number=str(view.number), initials=view.initials))
    await transitions_of_view(ask, view)


async def transitions_of_view(ask: Ask, view: PhaseView) -> None:
    """Every change that can be seen coming, and what can be done about one of them."""
    lines = [
        Line(value=_value(each), button=TRANSITIONS[each.kind], details=t("{what}: {day}", what=TRANSITIONS[each.kind], day=each.day))
        for each in view.transitions
    ]
    if not lines:
        await ask.say(t("No change can be seen coming. Where the birth date is noted, we see more."))
    if view.may_change:
        lines.append(Line(value=OTHER, button=t("Write down another change"), listed=False))
    lines.append(Line(value=DONE, button=t("That is all"), listed=False))
    chosen = await pick(ask, t("Which change is it about?"), lines, sensitivity=Sensitivity.PERSONAL)
    if chosen == OTHER:
        await _record(ask.under(OTHER), view, TransitionKind.OTHER)
    elif chosen != DONE:
        await _one(ask.under(chosen), view, next(each for each in view.transitions if _value(each) == chosen))


def _value(line: TransitionLine) -> str:
    return f"{line.kind}/{line.transition or 0}"


async def _one(ask: Ask, view: PhaseView, line: TransitionLine) -> None:
    me, profile = await ask.look(Me()), await ask.look(TheProfile())
    await ask.say(to_go_through(line, profile, me.language))
    if line.transition is not None:
        await ask.say(recorded(line))
    if not view.may_change:
        return
    options: dict[str, Text] = {}
    if line.transition is not None and not line.done:
        options["passed_on"] = t("Everything is passed on")
    if line.skipped:
        options["again"] = t("Remind us of it after all")
    else:
        options["record"] = t("Write down who informs whom")
    if line.transition is None and not line.skipped:
        options["skip"] = t("It does not concern the person")
    what = await ask.choice("what", t("Go through it together. What do you want to do?"), options | {DONE: t("That is all")})
    if what == "record":
        await _record(ask, view, line.kind)
    elif what == "passed_on" and line.transition is not None:
        await _passed_on(ask, line)
    elif what in {"skip", "again"}:
        await ask.do(what, SkipTransition(case=view.case, kind=line.kind, skip=what == "skip"))
        await ask.say(t("Noted."), sensitivity=Sensitivity.NEUTRAL)


def to_go_through(line: TransitionLine, profile: Profile, language: Language) -> Text:
    """The list, and who must be brought in."""
    what = t("{what}: {day}", what=TRANSITIONS[line.kind], day=line.day)
    lines = [what, *(t("• {item}", item=item) for item in (*ALWAYS, *LISTS[line.kind]))]
    if people := brought_in(line.kind, profile, language):
        lines.append(t("Bring in: {who}", who=people))
    if line.kind is TransitionKind.EIGHTEEN:
        lines.append(t("About guardianship: {link}", link=verbatim(profile.phases.guardianship)))
    return joined(*lines, by="\n")


def recorded(line: TransitionLine) -> Text:
    """What is written down about it."""
    lines = [
        t("From: {place}", place=line.origin or ""),
        t("To: {place}", place=line.target or ""),
        t("Who informs whom: {words}", words=line.informs or ""),
    ]
    if line.done:
        lines.append(t("Everything is passed on."))
    return joined(*lines, by="\n")


async def _record(ask: Ask, view: PhaseView, kind: TransitionKind) -> None:
    """From where, to where, when, and who informs whom (M02)."""
    now = await ask.look(Now())
    origin = await ask.text("origin", t("From where? A place or a service."), label=t("From"), max_length=150) or ""
    target = await ask.text("target", t("To where? A place or a service."), label=t("To"), max_length=150) or ""
    day = await ask.date("on", t("From which day?"), earliest=now.date(), label=t("From which day")) or now.date()
    informs = await ask.text("informs", t("Who informs whom about what?"), label=t("Who informs whom"), max_length=500) or ""
    await ask.summary("right", t("Is this right?"))
    await ask.do("record", RecordTransition(case=view.case, kind=kind, origin=origin, target=target, on=day, informs=informs))
    await ask.say(t("Written down. Before and after the day we ask whether everything is passed on."))
    await ask.say(t("Are there new people to work with? Add them under «Who is around», and ask for consent."))


async def _passed_on(ask: Ask, line: TransitionLine) -> None:
    """Only with both: the plan, and everybody told (M15, M30, M44)."""
    assert line.transition is not None
    plan = await ask.confirm("plan", t("Is the plan updated, if there is one?"))
    told = await ask.confirm("told", t("Does everybody new know what they need to know?"))
    if not (plan and told):
        await ask.say(t("Do the rest first. We ask again two weeks after the change."))
        return
    await ask.do("passed_on", PassedOn(transition=line.transition))
    await ask.say(t("Good. The change is accounted for."))
