"""Leaders and the unit in a change of coordinator: the first yes, the new one's leader, the leaders' meeting, and naming somebody.

Requirement rows: N02, N05 (a leader's yes), N08 (the leaders meet), N09 (the unit decides the department, which appoints), N10 (the unit
appoints), N15 (to another department by way of the unit). Sources: Lund § 11.2; Herøy, Skifte; Rana, Overføring av IP.
"""

from bot.domain.access import Role
from bot.domain.change_commands import AnswerChangeAsLeader, DecideDepartment, HandToUnit, LeaderOnChange, NameCoordinator
from bot.domain.change_queries import ChangeView, MayTakeOver, TheChange
from bot.domain.changes import ChangeAskState, ChangeState
from bot.domain.ids import CaseId, PersonId
from bot.domain.queries import Me, TheProfile
from bot.domain.staff_queries import Departments
from bot.engine.ask import Ask
from bot.engine.questions import Sensitivity
from bot.engine.texts import Text, joined, t, verbatim
from conversations.change_words import ASKS, REASONS
from conversations.picking import Line, pick
from conversations.stand_in_lines import pick_stand_in


async def change_leader(ask: Ask) -> None:
    """The conversation begun from a notice."""
    await change_leader_in(ask, CaseId(int(ask.given["case"])))


async def change_leader_in(ask: Ask, case: CaseId) -> None:
    """The same from the desk; the unit notes what a leader said."""
    change = await ask.look(TheChange(case))
    me = await ask.look(Me())
    at_unit = bool(me.roles & {Role.KE, Role.KE_LEADER})
    if change is None or not (change.answers or at_unit):
        await ask.say(t("This question no longer waits for an answer."), sensitivity=Sensitivity.PERSONAL)
        return
    # An answer is to this change as it stood: where another is asked by now, it is asked for anew.
    room = ask.under(f"{change.change}/{change.state}")
    match change.state:
        case ChangeState.LEADER_ASKED:
            await first_yes(room, change)
        case ChangeState.ASKING:
            await new_ones_leader(room, change)
        case ChangeState.LEADERS_MEET:
            await leaders_met(room, change)
        case ChangeState.DEPARTMENT_NAMES:
            await department_names(room, change)
        case ChangeState.UNIT_DECIDES:
            await unit_decides(room, change)
        case _:
            await ask.say(t("This question no longer waits for an answer."), sensitivity=Sensitivity.PERSONAL)


async def first_yes(ask: Ask, change: ChangeView) -> None:
    """Step 1: can there be another coordinator?"""
    await ask.say(
        t(
            "{initials}, case {number}. Coordinator now: {name}. Why another: {reason}",
            initials=change.initials,
            number=str(change.number),
            name=change.coordinator_name,
            reason=REASONS[change.reason],
        ),
        sensitivity=Sensitivity.PERSONAL,
    )
    if change.words:
        await ask.say(t("They wrote: {words}", words=change.words), sensitivity=Sensitivity.HEALTH)
    prompt = t("Can there be another coordinator? Please answer by {day}.", day=change.answer_by)
    if await ask.choice("answer", prompt, {"yes": t("Yes"), "no": t("No")}, sensitivity=Sensitivity.PERSONAL) == "yes":
        await ask.do("yes", LeaderOnChange(change=change.change, yes=True))
        await ask.say(t("Thank you. Now the person is asked whom they wish."), sensitivity=Sensitivity.PERSONAL)
        return
    reason = await ask.text(
        "reason", t("Why not? Whoever goes on with it reads your answer."), sensitivity=Sensitivity.PERSONAL, max_length=800
    )
    await ask.do("no", LeaderOnChange(change=change.change, yes=False, reason=reason))
    await ask.say(t("Noted. Those it concerns are told."), sensitivity=Sensitivity.PERSONAL)


async def new_ones_leader(ask: Ask, change: ChangeView) -> None:
    """Step 4: one of theirs has said yes."""
    asked = next((each for each in change.asks if each.state is ChangeAskState.LEADER_ASKED), None)
    if asked is None:
        await ask.say(t("This question no longer waits for an answer."), sensitivity=Sensitivity.PERSONAL)
        return
    ask = ask.under(str(asked.ask))
    prompt = t("{name} has said yes to coordinating case {number}. Is that fine?", name=asked.name, number=str(change.number))
    if await ask.choice("answer", prompt, {"yes": t("Yes"), "no": t("No")}, sensitivity=Sensitivity.PERSONAL) == "yes":
        await ask.do("yes", AnswerChangeAsLeader(ask=asked.ask, yes=True))
        await ask.say(t("Thank you. {name} takes over now.", name=asked.name), sensitivity=Sensitivity.PERSONAL)
        return
    reason = await ask.text(
        "reason", t("Do you want to say why?"), skip=t("Nothing to add"), sensitivity=Sensitivity.PERSONAL, max_length=800
    )
    await ask.do("no", AnswerChangeAsLeader(ask=asked.ask, yes=False, reason=reason))
    await ask.say(t("Noted. Somebody else is asked."), sensitivity=Sensitivity.PERSONAL)


async def leaders_met(ask: Ask, change: ChangeView) -> None:
    """Step 7: whom the leaders agreed on, or that they did not."""
    await ask.say(
        t("The leaders meet about case {number}, by {day}.", number=str(change.number), day=change.answer_by),
        sensitivity=Sensitivity.PERSONAL,
    )
    for each in change.asks[:8]:
        await ask.say(t("{name}: {state}", name=each.name, state=ASKS[each.state]), sensitivity=Sensitivity.PERSONAL)
    options = {"agreed": t("We agreed on somebody"), "not": t("We did not agree"), "later": t("We have not met yet")}
    what = await ask.choice("what", t("What came of it?"), options, sensitivity=Sensitivity.PERSONAL)
    if what == "agreed":
        await name_one(ask.under("name"), change)
    elif what == "not":
        await to_unit(ask, change, t("What should the unit know?"))
    else:
        await ask.say(t("Good. Ask the coordinating unit along if you need to."), sensitivity=Sensitivity.PERSONAL)


async def department_names(ask: Ask, change: ChangeView) -> None:
    """A department appoints one of its own, or says that another must."""
    await ask.say(
        t(
            "{initials}, case {number}. Your department is to name the next coordinator.",
            initials=change.initials,
            number=str(change.number),
        ),
        sensitivity=Sensitivity.PERSONAL,
    )
    for each in change.asks[:8]:
        if each.wished:
            await ask.say(t("The person wishes: {name}", name=each.name), sensitivity=Sensitivity.PERSONAL)
    options = {"name": t("Name somebody"), "other": t("Another department must")}
    if await ask.choice("what", t("What do you want to do?"), options, sensitivity=Sensitivity.PERSONAL) == "name":
        await name_one(ask.under("name"), change)
    else:
        await to_unit(ask, change, t("Which department, and why?"))


async def unit_decides(ask: Ask, change: ChangeView) -> None:
    """Step 8: a department that appoints, or somebody by name (Herøy)."""
    if change.wish:
        await ask.say(t("The person wrote: {words}", words=change.wish), sensitivity=Sensitivity.HEALTH)
    for each in change.asks[:8]:
        line = t("{name}: {state}, the person's wish", name=each.name, state=ASKS[each.state])
        await ask.say(
            line if each.wished else t("{name}: {state}", name=each.name, state=ASKS[each.state]), sensitivity=Sensitivity.PERSONAL
        )
    options = {"department": t("Decide which department"), "name": t("Name somebody")}
    if await ask.choice("what", t("How do you want to decide?"), options, sensitivity=Sensitivity.PERSONAL) == "name":
        await name_one(ask.under("name"), change)
        return
    me, profile = await ask.look(Me()), await ask.look(TheProfile())
    lines = [
        Line(value=each.department, button=found.name.text(me.language))
        for each in await ask.look(Departments(change.case))
        if each.leader is not None and (found := profile.department(each.department)) is not None
    ]
    if not lines:
        await ask.say(t("No department has a leader who can be asked. Name somebody instead."), sensitivity=Sensitivity.PERSONAL)
        return
    chosen = await pick(ask.under("department"), t("Which department is to appoint?"), lines, sensitivity=Sensitivity.PERSONAL)
    await ask.do("decide", DecideDepartment(change=change.change, department=chosen))
    await ask.say(t("The leader of the department is asked to name somebody."), sensitivity=Sensitivity.PERSONAL)


async def name_one(ask: Ask, change: ChangeView) -> None:
    """Somebody who is then asked for their own yes."""
    found = await ask.look(MayTakeOver(change.case))
    if not found:
        await ask.say(
            joined(t("Nobody is left who can be asked."), t("Talk with the coordinating unit."), by=" "), sensitivity=Sensitivity.PERSONAL
        )
        return
    chosen = await pick_stand_in(ask, t("Who is to take over?"), found)
    name = next(each.name for each in found if str(each.person) == chosen)
    await ask.do("name", NameCoordinator(change=change.change, person=PersonId(int(chosen))))
    await ask.say(t("{name} is asked now. It takes their own yes.", name=verbatim(name)), sensitivity=Sensitivity.PERSONAL)


async def to_unit(ask: Ask, change: ChangeView, prompt: Text) -> None:
    """The unit takes it from here."""
    words = await ask.text("words", prompt, skip=t("Nothing to add"), sensitivity=Sensitivity.PERSONAL, max_length=800)
    await ask.do("hand", HandToUnit(change=change.change, words=words))
    await ask.say(t("The coordinating unit decides now."), sensitivity=Sensitivity.PERSONAL)
