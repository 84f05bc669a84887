"""Who is around a person: the list the person can always open, and what the coordinator and the unit do with it.

Requirement rows: E04 (nobody is asked before a consent covers them), E05, E06 (who, what, until when), F03, F05, F17, F18, T01, T05.
Sources: Herøy, Framdrift and Individuell plan – møte; Ås, Ansvarsgruppe; Lund § 11.4; Ringerike, Forventningar.
"""

from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from bot.domain.access import Role
from bot.domain.circle import MemberState
from bot.domain.circle_commands import AnswerAsMember, EndMembership, GoesToNeither, InviteMember
from bot.domain.circle_queries import CircleView, MemberView, TheCircle
from bot.domain.consent_commands import StopSharing
from bot.domain.consent_queries import TheSharing
from bot.domain.ids import CaseId
from bot.domain.queries import Me, TheProfile
from bot.engine.ask import Ask
from bot.engine.questions import Sensitivity
from bot.engine.texts import Text, joined, t
from conversations.add_member import add_member_to
from conversations.circle_words import listed, may_know, who
from conversations.member_sees import member_sees_of
from conversations.picking import Line, pick
from conversations.which_case import which_case


async def circle(ask: Ask) -> None:
    """The conversation begun from a button, or from the menu."""
    case = await which_case(ask)
    await circle_of(ask, case)


async def circle_of(ask: Ask, case: CaseId | None) -> None:
    """The list, and what can be done with one in it."""
    view = None if case is None else await ask.look(TheCircle(case))
    if view is None:
        await ask.say(t("There is nothing to show here for you."), sensitivity=Sensitivity.NEUTRAL)
        return
    me, profile = await ask.look(Me()), await ask.look(TheProfile())
    number = str(view.number)
    head = t("{initials}, case {number}: who is around", initials=view.initials, number=number) if me.staff else t("Those around you")
    await ask.say(head, sensitivity=Sensitivity.PERSONAL)
    for part in listed(view, profile, me.language):
        await ask.say(part, sensitivity=Sensitivity.PERSONAL)
    if view.no_contact_from:
        # F17: Ringerike, KE og samarbeid; Lund § 6.
        await ask.say(t("Nobody here comes from kindergarten or school. Who is the contact there?"), sensitivity=Sensitivity.PERSONAL)
    lines = [Line(value=str(each.member), button=joined(Text("{name}", {"name": each.name}))) for each in view.members]
    if view.no_contact_from:
        lines.append(Line(value="contact", button=t("Add the contact"), listed=False))
        lines.append(Line(value="neither", button=t("The child goes to neither"), listed=False))
    if not lines:
        if not me.staff:
            await ask.say(t("Do you want more people to take part? Tell your coordinator."), sensitivity=Sensitivity.NEUTRAL)
        return
    lines.append(Line(value="done", button=t("That is all"), listed=False))
    prompt = t("Do you want to change something? Choose who it is about.")
    chosen = await pick(ask, prompt, lines, sensitivity=Sensitivity.PERSONAL)
    if chosen == "contact":
        await add_member_to(ask.under("contact"), view.case)
        return
    if chosen == "neither":
        await ask.do("neither", GoesToNeither(case=view.case))
        await ask.say(t("It is noted. We ask again in a year."), sensitivity=Sensitivity.NEUTRAL)
        return
    member = next((each for each in view.members if str(each.member) == chosen), None)
    if member is None:
        await ask.say(t("Good. Nothing is changed."), sensitivity=Sensitivity.NEUTRAL)
        return
    await one(ask.under(f"member/{chosen}"), view, member, ke=bool(me.roles & {Role.KE, Role.KE_LEADER}))


async def one(ask: Ask, view: CircleView, member: MemberView, *, ke: bool) -> None:
    """What can be done about one member."""
    me, profile = await ask.look(Me()), await ask.look(TheProfile())
    await ask.say(joined(who(member, profile, me.language), may_know(member), by="\n"), sensitivity=Sensitivity.PERSONAL)
    what = await ask.choice("what", t("What do you want to do?"), offers(view, member, ke=ke), sensitivity=Sensitivity.PERSONAL)
    await STEPS[what](ask.under(what), view, member)


def offers(view: CircleView, member: MemberView, *, ke: bool) -> dict[str, Text]:
    """What the one who looks may do about a member."""
    options: dict[str, Text] = {}
    if view.may_change:
        if member.covered and member.state in {MemberState.ADDED, MemberState.INVITED}:
            options["invite"] = t("Ask them to take part")
        if ke and member.covered and member.state is MemberState.INVITED:
            options |= {"yes": t("They said yes by phone"), "no": t("They said no by phone")}
        options |= {"sees": t("Change what they may know"), "remove": t("Take them out")}
    elif member.now:
        options["stop"] = t("Stop sharing with them")
    return options | {"nothing": t("Change nothing")}


async def invite(ask: Ask, _view: CircleView, member: MemberView) -> None:
    """Asked now: by a notice where they are known here, else by a code that is handed over (F12)."""
    spoken = await ask.do("invite", InviteMember(member=member.member))
    await ask.say(t("{name} is asked to take part.", name=member.name), sensitivity=Sensitivity.PERSONAL)
    if spoken:
        await ask.say(
            t("Give them this code: {code}. It works once, for 72 hours. It is not shown again.", code=spoken),
            sensitivity=Sensitivity.PERSONAL,
        )


async def answer_yes(ask: Ask, _view: CircleView, member: MemberView) -> None:
    """The unit notes a yes said by phone."""
    await ask.do("yes", AnswerAsMember(member=member.member, yes=True))
    await ask.say(t("{name} takes part from today.", name=member.name), sensitivity=Sensitivity.PERSONAL)


async def answer_no(ask: Ask, _view: CircleView, member: MemberView) -> None:
    """The unit notes a no said by phone."""
    await ask.do("no", AnswerAsMember(member=member.member, yes=False))
    await ask.say(t("{name} does not take part.", name=member.name), sensitivity=Sensitivity.PERSONAL)


async def sees(ask: Ask, _view: CircleView, member: MemberView) -> None:
    """What they may know, set anew."""
    await member_sees_of(ask, member)


async def remove(ask: Ask, _view: CircleView, member: MemberView) -> None:
    """Taken out after a second press; all access ends at once."""
    sure = await ask.confirm("sure", t("Shall {name} be taken out? Their access ends at once.", name=member.name))
    if not sure:
        await nothing(ask, _view, member)
        return
    await ask.do("end", EndMembership(member=member.member))
    await ask.say(t("{name} does not take part any more.", name=member.name), sensitivity=Sensitivity.PERSONAL)


async def stop(ask: Ask, view: CircleView, member: MemberView) -> None:
    """The person stops sharing with one (E13): two presses, and at once."""
    sharing = await ask.look(TheSharing(view.case))
    named = [each.recipient for consent in sharing.consents if consent.holds for each in consent.allowed] if sharing is not None else []
    meant = [each for each in named if each.member == member.member or (each.member is None and each.service == member.service)]
    sure = await ask.confirm("sure", t("Shall we stop sharing with {name}? It stops at once.", name=member.name))
    if not sure:
        await nothing(ask, view, member)
        return
    for recipient in dict.fromkeys(meant):
        await ask.do(f"stop/{recipient.code}", StopSharing(case=view.case, recipient=recipient))
    await ask.say(t("Nothing more is shared with {name}.", name=member.name), sensitivity=Sensitivity.PERSONAL)


async def nothing(ask: Ask, _view: CircleView, _member: MemberView) -> None:
    """Nothing is changed."""
    await ask.say(t("Good. Nothing is changed."), sensitivity=Sensitivity.NEUTRAL)


STEPS: Final[Mapping[str, Callable[[Ask, CircleView, MemberView], Awaitable[None]]]] = {
    "invite": invite,
    "yes": answer_yes,
    "no": answer_no,
    "sees": sees,
    "remove": remove,
    "stop": stop,
    "nothing": nothing,
}
"""Where each choice leads."""
