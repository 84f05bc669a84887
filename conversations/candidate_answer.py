"""Someone is asked to be coordinator: yes, no, or "I must talk with my leader first".

Requirement rows: C08 (trust and training), C09 (beyond the limit only with one's own yes and a reason), C14, C15, C20 to C23, D01, R13
(kind words). Sources: Rana, Oppstart 1 to 4, Koordinatorrollen and Gevinsten; Lund § 6; Herøy, Koordinator si arbeidsoppgåve.
"""

from typing import Final

from bot.domain.cases import AgeGroup, AssignmentState
from bot.domain.commands import AnswerAsCandidate, TalkWithLeader
from bot.domain.ids import AssignmentId
from bot.domain.queries import AssignmentView, Me, TheAssignment, TheProfile
from bot.domain.training import TheSupport
from bot.engine.ask import Ask
from bot.engine.questions import Sensitivity
from bot.engine.texts import joined, nt, t
from conversations.candidate_lines import own_load_words, say_which

CHILDREN: Final = frozenset({AgeGroup.UNBORN, AgeGroup.UNDER_16, AgeGroup.FROM_16, AgeGroup.UNKNOWN})
SAID_ABOVE: Final = frozenset({"unit_knows", "follow_up", "coordinate", "progress"})
"""First steps that the thanks have said already: the unit knows, and the three duties. They stand in the checklist all the same."""


async def candidate_answer(ask: Ask) -> None:
    """The conversation begun from a notice or a button."""
    await candidate_answer_to(ask, AssignmentId(int(ask.given["assignment"])))


async def candidate_answer_to(ask: Ask, assignment: AssignmentId, *, by_phone: bool = False) -> None:
    """The same from the desk; `by_phone` where the unit notes what the candidate said."""
    asked = await ask.look(TheAssignment(assignment))
    if asked is None or asked.state is not AssignmentState.CANDIDATE_ASKED:
        await ask.say(t("This question no longer waits for an answer."), sensitivity=Sensitivity.PERSONAL)
        return
    if by_phone:
        await ask.say(t("You note what {name} said on the phone.", name=asked.candidate_name or "?"), sensitivity=Sensitivity.PERSONAL)
    await say_asked(ask, asked, by_phone=by_phone)
    # Beyond the limit nobody else can say the yes (C09), so it is not offered where somebody notes it for them.
    yes = {} if by_phone and asked.over_limit else {"yes": t("Yes")}
    if not yes:
        own = t("This is beyond the limit. Only {name} can say yes to it.", name=asked.candidate_name or "?")
        await ask.say(own, sensitivity=Sensitivity.PERSONAL)
    answer = await ask.choice(
        "answer",
        t("The answer to case {number}, by {day}?", number=str(asked.number), day=asked.answer_by)
        if by_phone
        else t("Can you be the coordinator? Please answer by {day}.", day=asked.answer_by),
        yes | {"no": t("No"), "leader": t("Must talk with the leader") if by_phone else t("I must talk with my leader")},
        sensitivity=Sensitivity.PERSONAL,
    )
    match answer:
        case "yes":
            await say_yes(ask, asked, by_phone=by_phone)
        case "no":
            reason = await ask.text(
                "reason",
                t("Why not? We need a reason in order to ask someone else."),
                sensitivity=Sensitivity.PERSONAL,
                max_length=800,
            )
            await ask.do("decline", AnswerAsCandidate(assignment=assignment, yes=False, reason=reason))
            await ask.say(t("Noted. We look for someone else."), sensitivity=Sensitivity.PERSONAL)
        case _:
            await ask.do("talk", TalkWithLeader(assignment=assignment))
            await ask.say(t("The leader is told. There is new time to answer."), sensitivity=Sensitivity.PERSONAL)


async def say_asked(ask: Ask, asked: AssignmentView, *, by_phone: bool) -> None:
    """What a candidate needs in order to answer: never what the person needs help with."""
    await say_which(ask, asked)
    if by_phone:
        return
    await ask.say(own_load_words(asked.candidate_load), sensitivity=Sensitivity.PERSONAL)
    if asked.leader_name:
        await ask.say(t("{name} knows that you are asked.", name=asked.leader_name), sensitivity=Sensitivity.PERSONAL)
    await ask.say(t("Why you are asked: {reason}", reason=asked.reason), sensitivity=Sensitivity.HEALTH)


async def say_yes(ask: Ask, asked: AssignmentView, *, by_phone: bool) -> None:
    """The yes, with the candidate's own reason where it is beyond the limit."""
    reason = None
    if asked.over_limit:
        reason = await ask.text(
            "own_reason",
            t("This is beyond the limit, so nobody can order it. Why is it a yes all the same?"),
            sensitivity=Sensitivity.PERSONAL,
            max_length=800,
        )
    await ask.do("accept", AnswerAsCandidate(assignment=asked.assignment, yes=True, reason=reason))
    if by_phone:
        await ask.say(t("{name} is the coordinator now. Both are told.", name=asked.candidate_name or "?"))
        return
    await welcome_card(ask, asked)


async def welcome_card(ask: Ask, asked: AssignmentView) -> None:
    """Thanks, the three main duties, and the first steps."""
    profile = await ask.look(TheProfile())
    me = await ask.look(Me())
    await ask.say(
        t(
            "Thank you! You are the coordinator for {initials}. "
            "You will get to know people and services well. That is useful all your working life.",
            initials=asked.initials,
        ),
        sensitivity=Sensitivity.PERSONAL,
    )
    await ask.say(
        t("You have three main duties. Follow up the person. Make the services work together. Keep the plan moving."),
        sensitivity=Sensitivity.PERSONAL,
    )
    told = SAID_ABOVE if asked.age_group in CHILDREN else SAID_ABOVE | {"child_met"}
    steps = [t("• {item}", item=item.words.text(me.language)) for item in profile.checklists.first_week if item.id not in told]
    if steps:
        await ask.say(joined(t("Your first steps:"), *steps, by="\n"), sensitivity=Sensitivity.PERSONAL)
    support = await ask.look(TheSupport())
    if profile.appointment.training_before_start and support.trained is None:
        await ask.say(t("The coordinating unit arranges training for you before you start."), sensitivity=Sensitivity.PERSONAL)
    if support.tool_contact:
        await ask.say(t("{name} helps you with the planning tool.", name=support.tool_contact), sensitivity=Sensitivity.PERSONAL)
    await ask.say(
        nt(
            "You have {n} day to get in touch with the person.",
            "You have {n} days to get in touch with the person.",
            profile.deadlines.contact_days,
        ),
        sensitivity=Sensitivity.PERSONAL,
    )
