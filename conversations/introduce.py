"""Telling those around that there is a coordinator, and who has answered.

Requirement rows: D04 (not before there is consent), D10. Source: Rana, Oppstart: contact all partners, and ask to be told of changes.
"""

from bot.domain.ids import CaseId, MemberId
from bot.domain.startup_commands import Introduce, NoteIntroduced, PartnerView, StartupView, TheStartup
from bot.engine.ask import Ask
from bot.engine.questions import Sensitivity
from bot.engine.texts import Text, joined, nt, t, verbatim
from conversations.ask_consent import ask_consent_case
from conversations.picking import Line, pick
from conversations.staff_words import shortened
from conversations.startup_words import NO_CONSENT


async def introduce(ask: Ask) -> None:
    """Begun from a notice or a button."""
    await introduce_of(ask, CaseId(int(ask.given["case"])))


async def introduce_of(ask: Ask, case: CaseId) -> None:
    """The same from the desk."""
    view = await ask.look(TheStartup(case))
    if view is None or not view.coordinates:
        await ask.say(t("You cannot open this case. It may be with somebody else now."), sensitivity=Sensitivity.NEUTRAL)
        return
    await introduce_in(ask, view)


async def introduce_in(ask: Ask, view: StartupView) -> None:
    """Who knows already, and telling the rest. Locked until a consent covers somebody."""
    if not any(each.covered for each in view.partners):
        await ask.say(NO_CONSENT, sensitivity=Sensitivity.PERSONAL)
        if await ask.confirm("consent", t("Do you want to ask for consent now?"), sensitivity=Sensitivity.PERSONAL):
            await ask_consent_case(ask.under("asking"), view.case)
        return
    await ask.say(joined(*(partner_line(each) for each in view.partners), by="\n"), sensitivity=Sensitivity.PERSONAL)
    untold = [each for each in view.partners if each.covered and each.joined and each.told_on is None and each.answered_on is None]
    waiting = [each for each in view.partners if each.covered and each.answered_on is None]
    if not waiting:
        await ask.say(t("Everybody who may know has heard of you."), sensitivity=Sensitivity.PERSONAL)
        return
    await ask.say(
        t("They get your name and phone number, the initials and the case number. Nothing is said about health or help."),
        sensitivity=Sensitivity.PERSONAL,
    )
    options = {"tell": t("Tell those who do not know")} if untold else {}
    options |= {"by_phone": t("I have told one by phone"), "done": t("That is all")}
    what = await ask.choice("what", t("What do you want to do?"), options, sensitivity=Sensitivity.PERSONAL)
    if what == "tell":
        told = await ask.do("tell", Introduce(case=view.case))
        await ask.say(nt("{n} is told now.", "{n} are told now.", told), sensitivity=Sensitivity.PERSONAL)
    elif what == "by_phone":
        lines = [Line(value=str(each.member), button=verbatim(shortened(each.name, 30) or "–")) for each in waiting]
        member = await pick(ask.under("who"), t("Whom have you told?"), lines, sensitivity=Sensitivity.PERSONAL)
        await ask.do("note", NoteIntroduced(member=MemberId(int(member))))
        await ask.say(t("It is noted."), sensitivity=Sensitivity.NEUTRAL)
    else:
        await ask.say(t("Good. Nothing is changed."), sensitivity=Sensitivity.NEUTRAL)


def partner_line(partner: PartnerView) -> Text:
    """One partner: has answered, has been told, waits, or may not know yet."""
    name = shortened(partner.name, 60) or "–"
    if partner.answered_on is not None:
        return t("✓ {name}: knows it since {day}", name=name, day=partner.answered_on)
    if partner.told_on is not None:
        return t("• {name}: told {day}, no answer yet", name=name, day=partner.told_on)
    if not partner.covered:
        return t("🔒 {name}: no consent", name=name)
    if not partner.joined:
        return t("• {name}: not asked yet, or no answer to it", name=name)
    return t("• {name}: not told yet", name=name)
