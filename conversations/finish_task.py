"""Finishing a task that a person does outside the chat: a letter, a phone call, a visit.

Requirement rows: A09 (a group that has become long-term), A15 (parents' meetings each year), C16 (the planning tool), C17 (people with
several services, each week), C13 (the letter), R01 (training), B18. Sources: Ringerike, KE og samarbeid; Ås, Individuell plan; Rana, KE
og saksbehandling.
"""

from collections.abc import Mapping
from typing import Final

from bot.domain.cases import GUIDANCE_ASKED, TaskKind
from bot.domain.commands import FinishTask
from bot.domain.ids import TaskId
from bot.domain.queries import KeTasks, TaskView
from bot.engine.ask import Ask
from bot.engine.questions import Sensitivity
from bot.engine.texts import Text, t
from conversations.answer_inquiry import HOW
from conversations.staff_words import TASKS, due_words

FINISHED_BY_ITS_STEP: Final = frozenset(
    {
        TaskKind.CLARIFY,
        TaskKind.DECIDE,
        TaskKind.CONFIRM_REFUSAL,
        TaskKind.APPOINT,
        TaskKind.INQUIRY,
        TaskKind.COORDINATOR_HELP,
        TaskKind.COPY_OF_DATA,
        TaskKind.CORRECT_DATA,
        TaskKind.DELETE_DATA,
        TaskKind.ARCHIVE,
        TaskKind.SENT_AROUND,
        TaskKind.NOBODY_STANDS_IN,
        TaskKind.CHANGE_COORDINATOR,
        TaskKind.COMPLAINT,
    }
)
"""These are done by doing what they ask for; nobody can just tick them (a living case is never alone)."""

WHAT_TO_DO: Final[Mapping[TaskKind, Text]] = {
    TaskKind.TOOL: t("Open the plan in the planning tool, and enter the coordinator."),
    TaskKind.FORMAL_LETTER: t("Send the formal letter from your own system. It tells how to complain."),
    TaskKind.LEADER_SILENT: t("Phone the leader. Note the answer on the case."),
    TaskKind.CANDIDATE_SILENT: t("Phone the one who was asked. Note the answer on the case."),
    TaskKind.ANSWER_LATE: t("The answer is late. Decide, or tell of the delay."),
    TaskKind.CONTACT_LATE: t("The coordinator has noted no contact yet. Phone the coordinator."),
    TaskKind.NO_TIME: t("A coordinator has no time. Talk with the leader about time or another coordinator."),
    TaskKind.REACH_BY_PHONE: t("This person does not get our messages in the chat. Phone or write a letter."),
    TaskKind.PLAN_GATHERING: t("Choose a day and a place, and call the coordinators. The task is done when you have called."),
    TaskKind.YEARLY_PARENTS: t("Tell about coordinators and plans at the parents' meetings."),
    TaskKind.WEEKLY_SOURCES: t("Open the links, and phone some of the numbers. Note what you find under Check the directory."),
    TaskKind.WEEKLY_SERVICES: t("Look for people with several services who have had no offer."),
    TaskKind.TRAINING: t("Arrange training before the new coordinator starts."),
    TaskKind.HALTED: t("No message about this case leaves. Go on by hand, with care."),
    TaskKind.MEETING_LATE: t("Ask the coordinator when the next meeting is, and whether the coordinator needs help."),
    TaskKind.CONSENT_JOURNAL: t("Register what was agreed, or taken back, in the journal. The form is with the case."),
    TaskKind.CONSENT_ON_PAPER: t("Send the form on paper. Write the consent down when it comes back signed."),
    TaskKind.TOOL_TRAINING: t("They take part now. Show them how the planning tool works."),
    TaskKind.OBJECTION: t("Tell the health services what the person has said. They follow it in their own journals."),
    TaskKind.WHO_DECIDES: t("Health personnel have decided that the person cannot decide. Hear the next of kin. Find out who can decide."),
    TaskKind.SHIELD_ASKED: t("Talk with the child alone. Then record what was decided, under who can decide."),
    TaskKind.CHILD_COORDINATOR_ENDS: t("The children's coordinator is for those under 18. Agree on who goes on."),
    TaskKind.FOLLOW_UP_SERVICE: t("Nobody has contacted the follow-up service yet. See to it today."),
    TaskKind.LIFTED: t("Take it to those who can change it. The coordinator is told when this is done."),
    TaskKind.TURNS_16: t("Talk with the youth about what changes. Invite them if they are not here yet."),
    TaskKind.CHANGE_SILENT: t("Somebody has not answered about a change of coordinator. Phone them, and note the answer on the case."),
    TaskKind.EVALUATION_LOW: t("Read what was answered, under looking back. Find out what must change, and see to it."),
    TaskKind.EVALUATION_CALL: t("Phone the person today. They asked for it. Listen first."),
    TaskKind.FOLLOW_UP: t("Get in touch with the person today. Say what happens next, and when."),
    TaskKind.FEEDBACK: t("Look at the text. Is it hard to understand, or wrong? Pass it on to those who own it."),
    TaskKind.GROUP_OFFER: t("Tell them about coordinator and plan, and offer both. Register a new case if they say yes."),
}


async def finish_task(ask: Ask) -> None:
    """The conversation begun from a notice or a button."""
    await finish_task_of(ask, TaskId(int(ask.given["task"])))


async def finish_task_of(ask: Ask, task: TaskId) -> None:
    """The same from the desk."""
    tasks = await ask.look(KeTasks())
    view = next((each for each in tasks if each.task == task), None)
    if view is None:
        await ask.say(t("This task is already done."), sensitivity=Sensitivity.NEUTRAL)
        return
    await show_task(ask, view)
    if view.kind in FINISHED_BY_ITS_STEP:
        await ask.say(t("Open it from your list of tasks. It is done when the step is done."), sensitivity=Sensitivity.NEUTRAL)
        return
    if view.kind in GUIDANCE_ASKED:
        await _answer(ask, task)
        return
    done = await ask.choice(
        "done",
        t("Is it done?"),
        {"done": t("Yes, it is done"), "later": t("Not yet")},
        sensitivity=Sensitivity.NEUTRAL,
    )
    if done == "later":
        await ask.say(t("It stays among your tasks."), sensitivity=Sensitivity.NEUTRAL)
        return
    await ask.do("finish", FinishTask(task=task))
    await ask.say(t("The task is done."), sensitivity=Sensitivity.NEUTRAL)


async def _answer(ask: Ask, task: TaskId) -> None:
    """A coordinator has asked about a case: an answer in writing, or by phone, as to any other message."""
    match await ask.choice("how", t("How do you answer?"), HOW, sensitivity=Sensitivity.NEUTRAL):
        case "write":
            prompt = t("What is your answer? The coordinator reads exactly what you write.")
            words = await ask.text("words", prompt, label=t("Your answer"), sensitivity=Sensitivity.HEALTH, max_length=1500)
            await ask.summary("send", t("Shall we send this?"))
            await ask.do("finish", FinishTask(task=task, words=words))
            await ask.say(t("Your answer is sent."), sensitivity=Sensitivity.NEUTRAL)
        case "phoned":
            await ask.do("phoned", FinishTask(task=task))
            await ask.say(t("Noted: answered by phone."), sensitivity=Sensitivity.NEUTRAL)
        case _:
            await ask.say(t("It stays among your tasks."), sensitivity=Sensitivity.NEUTRAL)


async def show_task(ask: Ask, view: TaskView) -> None:
    """What the task is, about whom, and by when."""
    await ask.say(t("{task}, {due}", task=TASKS[view.kind], due=due_words(view.due, view.late)), sensitivity=Sensitivity.PERSONAL)
    if view.number is not None:
        await ask.say(
            t("{initials}, case {number}", initials=view.initials or "NN", number=str(view.number)), sensitivity=Sensitivity.PERSONAL
        )
    if view.words:
        await ask.say(t("«{words}»", words=view.words), sensitivity=Sensitivity.HEALTH)
    if view.kind in WHAT_TO_DO:
        await ask.say(WHAT_TO_DO[view.kind], sensitivity=Sensitivity.PERSONAL)
