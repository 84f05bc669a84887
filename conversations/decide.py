"""The decision: grant, grant in part, or propose to refuse.

Requirement rows: C07 (case by case, the reason is kept), C12 (the municipality makes and coordinates the plan), C13 (complaint), A08 (a
group where there is no plan), S10 (a named person decides, never the bot). Sources: Lund §§ 2, 7.5, 11; Rana, KE og saksbehandling.
"""

from bot.domain.cases import BEFORE_DECISION, DecisionKind, DecisionState, TalkKind, TalkState, Wanted
from bot.domain.commands import Decide
from bot.domain.ids import CaseId
from bot.domain.queries import CaseView, DecisionView, Me, TheLaw, TheProfile
from bot.engine.ask import Ask
from bot.engine.questions import LANGUAGE_NAMES, Sensitivity
from bot.engine.texts import WRITTEN_FORMS, t
from conversations.case_access import open_case
from conversations.complaint_words import complaint_words
from conversations.staff_words import offered
from conversations.words import WANTED

GRANTABLE = (Wanted.COORDINATOR, Wanted.PLAN, Wanted.BOTH, Wanted.GROUP)


async def decide(ask: Ask) -> None:
    """The conversation begun from a task or a button."""
    await decide_case(ask, CaseId(int(ask.given["case"])))


async def decide_case(ask: Ask, case: CaseId) -> None:
    """The same from the desk."""
    view = await open_case(ask, case, BEFORE_DECISION)
    if view is None:
        return
    waiting = refusal_waiting(view)
    if waiting:
        await ask.say(
            t("{name} has proposed to refuse this. A second person must confirm it or send it back.", name=waiting.by_name),
            sensitivity=Sensitivity.HEALTH,
        )
        return
    await ask.say(t("You decide. Samråd suggests nothing."), sensitivity=Sensitivity.NEUTRAL)
    await say_basis(ask, view)
    kind = DecisionKind(
        await ask.choice(
            "kind",
            t("What is your decision?"),
            {"grant": t("Grant"), "part": t("Grant in part"), "refuse": t("Refuse")},
            label=t("Decision"),
            sensitivity=Sensitivity.HEALTH,
        )
    )
    granted = await ask_granted(ask, view) if kind is not DecisionKind.REFUSE else None
    reason = await ask_reason(ask, kind)
    if kind is not DecisionKind.GRANT:
        await say_complaint(ask, view)
    await say_letter(ask, view, kind)
    await ask.summary("record", t("Shall we record this decision?"))
    await ask.do("decide", Decide(case=case, kind=kind, granted=granted, reason=reason))
    await say_next(ask, kind)


def refusal_waiting(view: CaseView) -> DecisionView | None:
    """The refusal that is proposed and not yet confirmed, if there is one."""
    return next((each for each in view.decisions if each.state is DecisionState.PROPOSED), None)


async def say_basis(ask: Ask, view: CaseView) -> None:
    """What was asked for, and whether anybody has talked with the person yet."""
    await ask.say(
        t("{initials}, case {number}. Asked for: {what}", initials=view.initials, number=str(view.number), what=WANTED[view.wanted]),
        sensitivity=Sensitivity.HEALTH,
    )
    held = any(talk.kind is TalkKind.CLARIFYING and talk.state is TalkState.HELD for talk in view.talks)
    if not held:
        await ask.say(t("No talk is noted yet. Talk with the person first."), sensitivity=Sensitivity.PERSONAL)


async def ask_granted(ask: Ask, view: CaseView) -> Wanted:
    """What is granted. A coordinator and a plan are two questions; a group can be had without a plan."""
    granted = await ask.choice(
        "granted",
        t("What do you grant?"),
        offered(WANTED, *GRANTABLE),
        label=t("What is granted"),
        sensitivity=Sensitivity.HEALTH,
    )
    if view.child_path and granted in (Wanted.COORDINATOR, Wanted.BOTH):
        await ask.say(t("This is about a child: a children's coordinator."), sensitivity=Sensitivity.HEALTH)
    return Wanted(granted)


async def ask_reason(ask: Ask, kind: DecisionKind) -> str:
    """Why. Everything but a full yes needs a reason."""
    if kind is DecisionKind.GRANT:
        prompt = t("Do you want to write a reason? They will read it.")
        skip = t("No reason needed")
    else:
        prompt = t("Why? They will read your words. Say what you looked at.")
        skip = None
    reason = await ask.text(f"reason/{kind.value}", prompt, skip=skip, label=t("Reason"), sensitivity=Sensitivity.HEALTH, max_length=1500)
    return reason or ""


async def say_complaint(ask: Ask, view: CaseView) -> None:
    """The right to complain, as it will be told to the person."""
    law = await ask.look(TheLaw())
    for words in complaint_words(view, law):
        await ask.say(words, sensitivity=Sensitivity.PUBLIC)


async def say_letter(ask: Ask, view: CaseView, kind: DecisionKind) -> None:
    """Who sends the formal letter: a person, from the municipality's own system."""
    profile = await ask.look(TheProfile())
    me = await ask.look(Me())
    await ask.say(
        t("You send the formal letter yourself, from {system}.", system=profile.records.decisions_system.text(me.language)),
        sensitivity=Sensitivity.NEUTRAL,
    )
    if view.applicant_language not in WRITTEN_FORMS:
        await ask.say(
            t(
                "They read Samråd in {language}, but the letter is in Norwegian. Explain it to them, with an interpreter if needed.",
                language=LANGUAGE_NAMES[view.applicant_language],
            ),
            sensitivity=Sensitivity.PERSONAL,
        )
    if kind is DecisionKind.REFUSE:
        await ask.say(
            t("A second person must confirm the refusal. Until then nobody is told."),
            sensitivity=Sensitivity.HEALTH,
        )


async def say_next(ask: Ask, kind: DecisionKind) -> None:
    """What happens now."""
    if kind is DecisionKind.REFUSE:
        await ask.say(t("The refusal waits for a second person. You find it among the tasks."), sensitivity=Sensitivity.HEALTH)
        return
    await ask.say(t("The decision is recorded, and the person is told. Next, find a coordinator."), sensitivity=Sensitivity.HEALTH)
