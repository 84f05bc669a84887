"""Finding a coordinator: three steps, a leader who is asked, and a reason that is kept.

Requirement rows: C02 to C11, C14, C21, B04 (the person's wish weighs heavily), N09 (leaders who disagree), S10 (the order is a rule,
the choice is a person's). Sources: Lund §§ 6 and 11.1; Ås, the coordinator's role; Rana, KE og saksbehandling.
"""

from bot.domain.cases import OPEN_ASSIGNMENT, AssignmentState, CaseState, LadderStep
from bot.domain.commands import Propose, Recall
from bot.domain.ids import CaseId
from bot.domain.queries import AssignmentView, CandidateLine, Candidates, CaseView, Me, TheProfile
from bot.engine.ask import Ask
from bot.engine.questions import Sensitivity
from bot.engine.texts import nt, t
from conversations.ask_department import ask_department
from conversations.candidate_answer import candidate_answer_to
from conversations.candidate_lines import pick_candidate
from conversations.case_access import open_case
from conversations.case_card import assignment_line, same_person
from conversations.ladder import ask_criteria, say_ladder
from conversations.leader_answer import leader_answer_to
from conversations.staff_words import STEPS, offered


async def appoint(ask: Ask) -> None:
    """The conversation begun from a task or a button."""
    await appoint_case(ask, CaseId(int(ask.given["case"])))


async def appoint_case(ask: Ask, case: CaseId) -> None:
    """The same from the desk."""
    view = await open_case(ask, case, {CaseState.APPOINTING})
    if view is None:
        return
    for each in view.assignments[-4:]:
        await ask.say(assignment_line(each), sensitivity=Sensitivity.PERSONAL)
    asked = next((each for each in view.assignments if each.state in OPEN_ASSIGNMENT), None)
    if asked:
        await deal_with_asked(ask.under(f"asked/{asked.assignment}"), asked)
        return
    if view.possible_duplicates:
        await ask.say(same_person(view.possible_duplicates), sensitivity=Sensitivity.PERSONAL)
    await say_ladder(ask, view)
    step = LadderStep(
        await ask.choice(
            "step",
            t("Which step do you take?"),
            offered(STEPS, LadderStep.WISH, LadderStep.MOST_INVOLVED, LadderStep.ASKED_DEPARTMENT),
            label=t("Step"),
            sensitivity=Sensitivity.PERSONAL,
        )
    )
    if step is LadderStep.ASKED_DEPARTMENT:
        await ask_department(ask.under("department"), view)
    else:
        await ask_candidate(ask.under(step.value), view, step)


async def deal_with_asked(ask: Ask, asked: AssignmentView) -> None:
    """Somebody is asked already: wait, note an answer given by phone, or take the question back."""
    what = await ask.choice(
        "what",
        t("Somebody is asked already. What do you want to do?"),
        {
            "wait": t("Wait for the answer"),
            "phone": t("Note an answer by phone"),
            "recall": t("Take the question back"),
        },
        sensitivity=Sensitivity.PERSONAL,
    )
    match what:
        case "recall":
            await ask.do("recall", Recall(assignment=asked.assignment))
            await ask.say(t("The question is taken back. Open the case again to ask another."), sensitivity=Sensitivity.PERSONAL)
        case "phone" if asked.state is AssignmentState.LEADER_ASKED:
            await leader_answer_to(ask.under("leader"), asked.assignment, by_phone=True)
        case "phone":
            await candidate_answer_to(ask.under("candidate"), asked.assignment, by_phone=True)
        case _:
            words = t("Good. We remind them on {day}. If there is no answer, you hear from us the next working day.", day=asked.answer_by)
            await ask.say(words, sensitivity=Sensitivity.PERSONAL)


async def ask_candidate(ask: Ask, view: CaseView, step: LadderStep) -> None:
    """Steps 1 and 2: a named candidate, whose leader is asked first."""
    profile = await ask.look(TheProfile())
    me = await ask.look(Me())
    candidates = await ask.look(Candidates(view.case))
    if step is LadderStep.WISH:
        candidates = tuple(sorted(candidates, key=lambda each: not each.wished))
    if not candidates:
        await ask.say(t("Nobody is registered who can be asked. Ask a department instead."), sensitivity=Sensitivity.PERSONAL)
        return
    prompt = t("Who shall be asked? The person's wish: {wish}", wish=view.wish) if view.wish else t("Who shall be asked?")
    candidate = await pick_candidate(ask.under("who"), prompt, candidates, profile, me.language)
    ask = ask.under(str(candidate.person))
    if not await may_be_asked(ask, candidate):
        return
    criteria, reason = await ask_criteria(ask)
    question = (
        t("Shall we ask the leader of {name}?", name=candidate.name)
        if candidate.has_leader
        else t("Shall we ask {name}?", name=candidate.name)
    )
    await ask.summary("send", question)
    await ask.do(
        "propose",
        Propose(
            case=view.case,
            step=step,
            candidate=candidate.person,
            department=candidate.department,
            reason=reason,
            criteria=criteria,
        ),
    )
    await say_proposed(ask, candidate)


async def say_proposed(ask: Ask, candidate: CandidateLine) -> None:
    """Who is asked now, and how long they have."""
    deadlines = (await ask.look(TheProfile())).deadlines
    if candidate.has_leader:
        words = nt(
            "The leader is asked and has {n} working day to answer. You keep the case until someone has said yes.",
            "The leader is asked and has {n} working days to answer. You keep the case until someone has said yes.",
            deadlines.leader_answer_working_days,
        )
    else:
        words = nt(
            "{name} is asked and has {n} working day to answer. You keep the case until someone has said yes.",
            "{name} is asked and has {n} working days to answer. You keep the case until someone has said yes.",
            deadlines.candidate_answer_working_days,
            name=candidate.name,
        )
    await ask.say(words, sensitivity=Sensitivity.PERSONAL)


async def may_be_asked(ask: Ask, candidate: CandidateLine) -> bool:
    """What must be said before this candidate is asked: no leader, no training yet, or beyond the limit."""
    profile = await ask.look(TheProfile())
    if not candidate.has_leader:
        await ask.say(
            t("{name} has no leader who can be asked here. So {name} is asked directly.", name=candidate.name),
            sensitivity=Sensitivity.PERSONAL,
        )
    if candidate.trained is None and profile.appointment.training_before_start:
        await ask.say(
            t("{name} has had no training yet. The rule here is training before the start.", name=candidate.name),
            sensitivity=Sensitivity.PERSONAL,
        )
    limit = profile.appointment.plans_at_most
    if not candidate.at_limit or limit is None:
        return True
    await ask.say(
        t(
            "{name} coordinates for {load} already. Nobody can be ordered to more than {limit}. It takes {name}'s own yes and a reason.",
            name=candidate.name,
            load=candidate.load,
            limit=limit,
        ),
        sensitivity=Sensitivity.PERSONAL,
    )
    if await ask.confirm("beyond", t("Do you want to ask all the same?"), sensitivity=Sensitivity.PERSONAL):
        return True
    await ask.say(t("Nobody is asked. Open the case again to choose another."), sensitivity=Sensitivity.PERSONAL)
    return False
