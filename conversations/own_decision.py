"""A department has decided itself to coordinate, and reports it to the unit: half a minute.

Requirement rows: B16, C02 (the unit has the whole picture), A14 (coordinator and plan), T01 (the person agrees). Source: Rana, KE og
saksbehandling.
"""

from bot.domain.cases import AgeGroup, Wanted
from bot.domain.commands import ReportOwnDecision
from bot.domain.queries import CandidateLine, Me, TheProfile
from bot.domain.staff_queries import OwnPeople
from bot.engine.ask import Ask
from bot.engine.questions import Sensitivity, SummaryRow
from bot.engine.texts import t, verbatim
from conversations.candidate_lines import pick_candidate
from conversations.staff_words import offered
from conversations.words import AGE_GROUPS, WANTED


async def own_decision(ask: Ask) -> None:
    """The conversation behind "we coordinate ourselves"."""
    agreed = await ask.confirm(
        "agreed",
        t("Report that you coordinate yourselves. Has the person, or the guardian, agreed?"),
        sensitivity=Sensitivity.PERSONAL,
    )
    if not agreed:
        await ask.say(t("Ask the person first. Come back when they have agreed."), sensitivity=Sensitivity.PERSONAL)
        return
    subject = await ask.text("subject", t("Who is it about?"), label=t("Name"), sensitivity=Sensitivity.PERSONAL, max_length=100)
    age = await ask.choice("age", t("How old is the person?"), offered(AGE_GROUPS), label=t("Age"), sensitivity=Sensitivity.PERSONAL)
    wanted = await ask.choice(
        "wanted",
        t("What have you decided?"),
        offered(WANTED, Wanted.COORDINATOR, Wanted.PLAN, Wanted.BOTH, Wanted.GROUP),
        label=t("What you decided"),
        sensitivity=Sensitivity.HEALTH,
    )
    coordinator = await ask_coordinator(ask)
    chosen = t("Not yet") if coordinator is None else verbatim(coordinator.name)
    await ask.summary("send", t("Shall we report this?"), SummaryRow("known", t("Coordinator"), chosen))
    number = await ask.do(
        "report",
        ReportOwnDecision(
            subject_name=subject or "",
            age_group=AgeGroup(age),
            wanted=Wanted(wanted),
            coordinator=coordinator.person if coordinator else None,
            agreed=agreed,
        ),
    )
    await ask.say(t("Reported. The case has number {number}.", number=str(number)), sensitivity=Sensitivity.NEUTRAL)


async def ask_coordinator(ask: Ask) -> CandidateLine | None:
    """Who coordinates, or nobody yet."""
    people = await ask.look(OwnPeople())
    known = await ask.choice(
        "known",
        t("Do you know who will be the coordinator?"),
        ({"yes": t("Yes, choose a name")} if people else {}) | {"no": t("Not yet")},
        sensitivity=Sensitivity.PERSONAL,
    )
    if known == "no":
        return None
    profile = await ask.look(TheProfile())
    me = await ask.look(Me())
    return await pick_candidate(ask.under("coordinator"), t("Who is the coordinator?"), people, profile, me.language)
