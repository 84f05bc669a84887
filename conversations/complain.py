"""Complain: about a coordinator, or about a decision; and see what has become of it.

Requirement rows: O01 to O03. Sources: Rana, Klage på koordinator, and KE og saksbehandling; pasient- og brukerrettighetsloven § 7-2.
Whoever is complained of never sees it. A late complaint is received like any other.
"""

from collections.abc import Mapping
from typing import Final

from bot.domain.cases import DecisionState
from bot.domain.complaints import OUTCOME_WORDS, About, Complain, ComplaintStart, ComplaintView, SentTo, ToComplain, WithdrawComplaint
from bot.domain.ids import CaseId, DecisionId
from bot.domain.queries import CaseView, DecisionView, Now, TheCase, TheLaw
from bot.domain.reminders import OSLO
from bot.engine.ask import Ask
from bot.engine.questions import Sensitivity
from bot.engine.texts import Text, joined, t
from conversations.complaint_words import decision_types
from conversations.human import reach_human
from conversations.picking import Line, pick
from conversations.staff_words import DECISIONS
from conversations.which_case import which_case


async def complain(ask: Ask) -> None:
    """The conversation behind /klage."""
    case = await which_case(ask)
    if case is None:
        await ask.say(t("Tell us what is wrong. A person reads it."), sensitivity=Sensitivity.NEUTRAL)
        await reach_human(ask, None)
        return
    await complain_in(ask, case)


async def complain_in(ask: Ask, case: CaseId) -> None:
    """The same from one's case."""
    start, view = await ask.look(ToComplain(case)), await ask.look(TheCase(case))
    if start is None or view is None:
        await ask.say(t("There is nothing to complain about here. You can talk to a human."), sensitivity=Sensitivity.PERSONAL)
        return
    for each in start.mine[:3]:
        await ask.say(standing_of(each), sensitivity=Sensitivity.HEALTH)
    decided = [each for each in view.decisions if each.state is DecisionState.FINAL]
    options: dict[str, Text] = {}
    if start.coordinator is not None and (start.has_leader or start.to_unit):
        options["coordinator"] = MINE[About.COORDINATOR]
    if decided:
        options["decision"] = MINE[About.DECISION]
    options["other"] = t("About something else")
    open_ = [each for each in start.mine if each.outcome is None]
    if open_:
        options["withdraw"] = t("Take my complaint back")
    options["done"] = t("I do not want to complain")
    await ask.say(t("It is good that you say so. It cannot be used against you."), sensitivity=Sensitivity.PERSONAL)
    prompt = t("Do you want to complain about something more?") if start.mine else t("What is it about?")
    match await ask.choice("about", prompt, options, sensitivity=Sensitivity.PERSONAL):
        case "coordinator":
            await _coordinator(ask.under("coordinator"), start)
        case "decision":
            await _decision(ask.under("decision"), start, view, decided)
        case "other":
            await reach_human(ask.under("other"), case)
        case "withdraw":
            await _withdraw(ask.under("withdraw"), open_)
        case _:
            await ask.say(t("Good. Nothing is sent."), sensitivity=Sensitivity.NEUTRAL)


SENT: Final = t("Thank you for telling us.")
"""No more: the receipt says that we have got it, and the day of the answer."""
MINE: Final[Mapping[About, Text]] = {About.COORDINATOR: t("About my coordinator"), About.DECISION: t("About a decision")}


def standing_of(complaint: ComplaintView) -> Text:
    """What has become of a complaint (O03)."""
    about, moment = complaint.about, complaint.received_at
    coordinator = t("Your complaint about the coordinator came in {moment}.", moment=moment)
    lines = [coordinator if about is About.COORDINATOR else t("Your complaint about a decision came in {moment}.", moment=moment)]
    if complaint.outcome is not None:
        lines.append(OUTCOME_WORDS[complaint.outcome])
        if complaint.answer:
            lines.append(t("«{words}»", words=complaint.answer))
    else:
        if complaint.handler:
            lines.append(t("{name} has it.", name=complaint.handler))
        late, in_time = t("The answer is late. You can phone us."), t("You get an answer by {day}.", day=complaint.answer_by)
        lines.append(late if complaint.overdue else in_time)
    return joined(*lines, by="\n")


async def _words(ask: Ask) -> tuple[str, str | None]:
    """What is wrong, and what would be better."""
    words = await ask.text("words", t("What is wrong? Use your own words."), sensitivity=Sensitivity.HEALTH, max_length=4000)
    wish = await ask.text("wish", t("What do you want us to do?"), skip=t("I do not know"), sensitivity=Sensitivity.HEALTH, max_length=2000)
    return words or "", wish


async def _coordinator(ask: Ask, start: ComplaintStart) -> None:
    """To the leader or the unit, as the person chooses (O01: Rana)."""
    await ask.say(t("Your coordinator cannot see what you write here."), sensitivity=Sensitivity.PERSONAL)
    options: dict[str, Text] = {}
    if start.has_leader:
        options[str(SentTo.LEADER)] = t("The coordinator's leader")
    if start.to_unit:
        options[str(SentTo.UNIT)] = t("The coordinating unit")
    to = SentTo(await ask.choice("to", t("Who shall read the complaint?"), options, sensitivity=Sensitivity.PERSONAL))
    words, wish = await _words(ask)
    if await _sure(ask):
        await ask.do("send", Complain(case=start.case, about=About.COORDINATOR, sent_to=to, words=words, wish=wish))
        await ask.say(SENT, sensitivity=Sensitivity.NEUTRAL)


async def _sure(ask: Ask) -> bool:
    """Sent only with a yes."""
    options = {"yes": t("Yes, send it"), "no": t("No, do not send it")}
    if await ask.choice("sure", t("Shall we send the complaint?"), options, sensitivity=Sensitivity.PERSONAL) == "yes":
        return True
    await ask.say(t("Good. Nothing is sent."), sensitivity=Sensitivity.NEUTRAL)
    return False


async def _decision(ask: Ask, start: ComplaintStart, view: CaseView, decided: list[DecisionView]) -> None:
    """Who gets it, who decides it, and until when; late is received too (O02)."""
    decision = await _which_decision(ask, decided)
    law, now = await ask.look(TheLaw()), await ask.look(Now())
    rules = [law.complaint(each) for each in decision_types(view)]
    for sent_to, decided_by in dict.fromkeys((rule.sent_to, rule.decided_by) for rule in rules):
        await ask.say(
            t(
                "Your complaint goes to: {sent_to}. If they change nothing, it goes on to: {decided_by}.",
                sent_to=sent_to,
                decided_by=decided_by,
            )
        )
    late_why = None
    if decision.complain_by is not None and now.date() > decision.complain_by:
        await ask.say(t("The time to complain ended on {day}. Send it all the same: we take it.", day=decision.complain_by))
        late_why = await ask.text(
            "late_why", t("Why does it come late?"), skip=t("I do not want to say"), sensitivity=Sensitivity.HEALTH, max_length=1000
        )
    elif decision.complain_by is not None:
        await ask.say(t("You can complain until {day}.", day=decision.complain_by))
    words, wish = await _words(ask)
    if await _sure(ask):
        await ask.do(
            "send",
            Complain(
                case=start.case,
                about=About.DECISION,
                sent_to=SentTo.UNIT,
                decision=DecisionId(decision.decision),
                words=words,
                wish=wish,
                late_why=late_why,
            ),
        )
        await ask.say(SENT, sensitivity=Sensitivity.NEUTRAL)


async def _which_decision(ask: Ask, decided: list[DecisionView]) -> DecisionView:
    """Asked only where there are several."""
    if len(decided) == 1:
        return decided[0]
    lines = [
        Line(value=str(each.decision), button=t("The answer {day}: {decision}", day=each.at.date(), decision=DECISIONS[each.kind]))
        for each in reversed(decided)
    ]
    chosen = await pick(ask, t("Which decision?"), lines, sensitivity=Sensitivity.HEALTH)
    return next(each for each in decided if str(each.decision) == chosen)


def _which(complaint: ComplaintView) -> Text:
    return t("{about}, {day}", about=MINE[complaint.about], day=complaint.received_at.astimezone(OSLO).date())


async def _withdraw(ask: Ask, open_: list[ComplaintView]) -> None:
    """Taken back by whoever complained; which one is asked where there are several."""
    complaint = open_[0]
    if len(open_) > 1:
        lines = [Line(value=str(each.complaint), button=_which(each)) for each in open_]
        chosen = await pick(ask, t("Which complaint?"), lines, sensitivity=Sensitivity.PERSONAL)
        complaint = next(each for each in open_ if str(each.complaint) == chosen)
    options = {"yes": t("Yes, take my complaint back"), "no": t("No, it stands")}
    if await ask.choice("withdraw", t("Do you want to take your complaint back?"), options, sensitivity=Sensitivity.PERSONAL) == "no":
        await ask.say(t("Good. We go on as before."), sensitivity=Sensitivity.NEUTRAL)
        return
    await ask.do("take_back", WithdrawComplaint(complaint=complaint.complaint))
    await ask.say(t("It is taken back."), sensitivity=Sensitivity.NEUTRAL)
