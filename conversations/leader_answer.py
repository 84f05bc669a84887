"""A leader answers: yes, no because, or another from the department.

Requirement rows: C03 (the decision builds on a dialogue with the leader), C06 (a department names someone), C21 (the function is clarified
with the nearest leader), C22 (time within ordinary hours). Sources: Rana, KE og saksbehandling and Koordinatorrollen; Lund § 11.1.
"""

from bot.domain.cases import AssignmentState
from bot.domain.commands import AnswerAsLeader
from bot.domain.ids import AssignmentId
from bot.domain.queries import AssignmentView, CandidateLine, Candidates, Me, TheAssignment, TheProfile
from bot.engine.ask import Ask
from bot.engine.questions import Sensitivity
from bot.engine.texts import Text, nt, t
from conversations.candidate_lines import pick_candidate, say_which


async def leader_answer(ask: Ask) -> None:
    """The conversation begun from a notice or a button."""
    await leader_answer_to(ask, AssignmentId(int(ask.given["assignment"])))


async def leader_answer_to(ask: Ask, assignment: AssignmentId, *, by_phone: bool = False) -> None:
    """The same from the desk; `by_phone` where the unit notes what the leader said."""
    asked = await ask.look(TheAssignment(assignment))
    if asked is None or asked.state is not AssignmentState.LEADER_ASKED:
        await ask.say(t("This question no longer waits for an answer."), sensitivity=Sensitivity.PERSONAL)
        return
    if by_phone:
        await ask.say(t("You note what the leader said on the phone."), sensitivity=Sensitivity.PERSONAL)
    await say_asked(ask, asked, by_phone=by_phone)
    others = await others_in_department(ask, asked)
    answer = await ask.choice("answer", question(asked, by_phone=by_phone), options(asked, others), sensitivity=Sensitivity.PERSONAL)
    if answer == "no":
        reason = await ask.text(
            "reason",
            t("Why not? We need a reason in order to ask someone else."),
            sensitivity=Sensitivity.PERSONAL,
            max_length=800,
        )
        await ask.do("say_no", AnswerAsLeader(assignment=assignment, yes=False, reason=reason))
        await ask.say(t("Noted. We look for someone else."), sensitivity=Sensitivity.PERSONAL)
    elif answer == "another":
        await name_another(ask.under("another"), asked, others)
    else:
        await ask.do("say_yes", AnswerAsLeader(assignment=assignment, yes=True))
        await ask.say(t("Thank you. {name} is asked now.", name=asked.candidate_name or "?"), sensitivity=Sensitivity.PERSONAL)


async def say_asked(ask: Ask, asked: AssignmentView, *, by_phone: bool) -> None:
    """What a leader needs in order to answer: never what the person needs help with. On the phone, only which case it is."""
    await say_which(ask, asked)
    if by_phone:
        return
    if asked.candidate_name:
        await ask.say(
            nt(
                "{name} coordinates for {n} person now. Coordination is done in ordinary working hours.",
                "{name} coordinates for {n} people now. Coordination is done in ordinary working hours.",
                asked.candidate_load,
                name=asked.candidate_name,
            )
            if asked.candidate_load
            else t("{name} coordinates for nobody now. Coordination is done in ordinary working hours.", name=asked.candidate_name),
            sensitivity=Sensitivity.PERSONAL,
        )
    if (await ask.look(TheProfile())).appointment.time_is_granted:
        await ask.say(t("The municipality grants time for it. Agree on how much."), sensitivity=Sensitivity.PUBLIC)
    if asked.over_limit:
        await ask.say(t("This is beyond the limit. It takes their own yes and a reason."), sensitivity=Sensitivity.PERSONAL)
    await ask.say(t("Why you are asked: {reason}", reason=asked.reason), sensitivity=Sensitivity.HEALTH)


def question(asked: AssignmentView, *, by_phone: bool) -> Text:
    """What the leader is asked; where a department is asked, to name someone. The unit is asked what the leader said."""
    if by_phone and asked.candidate is not None:
        return t("Can {name} be coordinator? What did the leader say?", name=asked.candidate_name or "?")
    if asked.candidate is None:
        return t("Who in your department can be coordinator? Please answer by {day}.", day=asked.answer_by)
    return t("Can {name} be coordinator? Please answer by {day}.", name=asked.candidate_name or "?", day=asked.answer_by)


def options(asked: AssignmentView, others: tuple[CandidateLine, ...]) -> dict[str, Text]:
    """The answers that are possible; another only where there is one."""
    if asked.candidate is None:
        return ({"another": t("Name someone")} if others else {}) | {"no": t("No, nobody can")}
    another = {"another": t("Suggest another")} if others else {}
    return {"yes": t("Yes")} | another | {"no": t("No")}


async def others_in_department(ask: Ask, asked: AssignmentView) -> tuple[CandidateLine, ...]:
    """Those of the same department who could be asked instead."""
    candidates = await ask.look(Candidates(asked.case))
    return tuple(
        each for each in candidates if each.person != asked.candidate and (asked.department is None or each.department == asked.department)
    )


async def name_another(ask: Ask, asked: AssignmentView, others: tuple[CandidateLine, ...]) -> None:
    """The leader names somebody, who is then asked."""
    profile = await ask.look(TheProfile())
    me = await ask.look(Me())
    chosen = await pick_candidate(ask.under("who"), t("Who can be asked?"), others, profile, me.language)
    reason = await ask.text(
        "why", t("Do you want to add a word on why?"), skip=t("Nothing to add"), sensitivity=Sensitivity.PERSONAL, max_length=800
    )
    await ask.do("name", AnswerAsLeader(assignment=asked.assignment, yes=True, reason=reason, candidate=chosen.person))
    await ask.say(t("Thank you. {name} is asked now.", name=chosen.name), sensitivity=Sensitivity.PERSONAL)
