"""Every conversation there is, with how it is found and who may begin it.

Here: the list from which the menu, /hjelp and Telegram's command list are made. Not here: what is said. /meny, /hjelp and /avbryt belong to
the service that runs the conversations. A new conversation is one module and one line here, or in
`conversations.desk_entries` where only staff begin it and it is about no case yet.

The menu is the same for everybody, staff or not, so that it says nothing about the one who opens it; the conversation "staff" itself
answers those who are not. A checklist belongs to KE or to the coordinator; each tick is checked against the access table.
"""

from bot.domain.access import Action
from bot.engine.registry import Entry, Registry
from bot.engine.texts import t
from conversations.add_member import add_member
from conversations.answer_inquiry import answer_inquiry
from conversations.apply import apply
from conversations.appoint import appoint
from conversations.archive import archive
from conversations.ask_consent import ask_consent
from conversations.attend import attend
from conversations.candidate_answer import candidate_answer
from conversations.case_tasks import case_tasks
from conversations.change_answer import change_answer
from conversations.change_coordinator import change_coordinator
from conversations.change_leader import change_leader
from conversations.change_wish import change_wish
from conversations.channel import channel
from conversations.checklist import checklist
from conversations.children import children
from conversations.circle import circle
from conversations.circle_messages import circle_messages
from conversations.clarify import clarify
from conversations.closing import closing
from conversations.complain import complain
from conversations.complaint import complaint
from conversations.confirm_refusal import confirm_refusal
from conversations.consent import consent
from conversations.decide import decide
from conversations.delay import delay
from conversations.desk_entries import DESK
from conversations.evaluate import evaluate
from conversations.evaluation import evaluation
from conversations.feedback import feedback
from conversations.finish_task import finish_task
from conversations.first_contact import first_contact
from conversations.follow_up import follow_up
from conversations.good_to_know import good_to_know
from conversations.group import group
from conversations.halt import halt
from conversations.human import human
from conversations.info import info
from conversations.introduce import introduce
from conversations.language import language
from conversations.lapse import lapse
from conversations.leader_answer import leader_answer
from conversations.meeting import meeting
from conversations.meeting_plan_answer import meeting_plan_answer
from conversations.meeting_times import meeting_times
from conversations.member import member
from conversations.minutes import minutes
from conversations.minutes_read import minutes_read
from conversations.my_case import my_case
from conversations.my_meetings import my_meetings
from conversations.my_sharing import my_sharing
from conversations.my_task import my_task, my_tasks
from conversations.my_words import my_words
from conversations.no_time import no_time
from conversations.object_sharing import object_sharing
from conversations.own_look import own_look
from conversations.own_pack import own_pack
from conversations.paper_consent import paper_consent
from conversations.phase import phase
from conversations.plan import plan
from conversations.privacy import privacy
from conversations.promises import promises
from conversations.self_check import self_check
from conversations.sent_around import sent_around, take_sent_around
from conversations.shield import shield
from conversations.staff import staff
from conversations.standing import standing
from conversations.startup_talk import startup_talk
from conversations.stop_sharing import stop_sharing
from conversations.stuck import stuck
from conversations.substitute import substitute
from conversations.substitute_answer import substitute_answer
from conversations.take_over import hand_over_pack, take_over
from conversations.transitions import transitions
from conversations.way_of_working import way_of_working
from conversations.welcome import welcome

__all__ = ["REGISTRY"]

REGISTRY = Registry(
    [
        Entry(name="welcome", title=t("Start"), conversation=welcome, action=Action.READ_PUBLIC, commands=("start",)),
        Entry(
            name="apply",
            title=t("Ask for help"),
            conversation=apply,
            action=Action.APPLY,
            commands=("sok", "soknad", "apply"),
            menu=1,
            keeps=True,
        ),
        Entry(name="my_case", title=t("My case"), conversation=my_case, action=Action.SEE_OWN_CASES, commands=("sak", "case"), menu=2),
        Entry(name="info", title=t("Information and rights"), conversation=info, action=Action.READ_PUBLIC, commands=("info",), menu=3),
        Entry(
            name="human", title=t("Talk to a human"), conversation=human, action=Action.ASK_HUMAN, commands=("menneske", "human"), menu=4
        ),
        Entry(
            name="language", title=t("Language"), conversation=language, action=Action.OWN_SETTINGS, commands=("sprak", "language"), menu=5
        ),
        Entry(
            name="channel",
            title=t("What may come in the chat"),
            conversation=channel,
            action=Action.OWN_SETTINGS,
            commands=("varsel",),
            menu=6,
        ),
        Entry(
            name="privacy",
            title=t("What is stored about me"),
            conversation=privacy,
            action=Action.OWN_SETTINGS,
            commands=("personvern", "privacy"),
            menu=7,
        ),
        Entry(
            name="staff",
            title=t("For staff"),
            conversation=staff,
            action=Action.READ_PUBLIC,
            commands=("ansatt", "tilsett", "staff"),
            menu=8,
        ),
        Entry(
            name="stop_sharing",
            title=t("Stop sharing"),
            conversation=stop_sharing,
            action=Action.OWN_SETTINGS,
            commands=("stoppdeling",),
            menu=9,
        ),
        Entry(
            name="my_sharing",
            title=t("Who knows what"),
            conversation=my_sharing,
            action=Action.SEE_OWN_CASES,
            commands=("deling",),
        ),
        Entry(name="consent", title=t("May we share?"), conversation=consent, action=Action.SEE_OWN_CASES),
        Entry(name="object_sharing", title=t("Sharing between health services"), conversation=object_sharing, action=Action.SEE_OWN_CASES),
        Entry(name="ask_consent", title=t("Ask for consent"), conversation=ask_consent, action=Action.ASK_CONSENT),
        Entry(name="paper_consent", title=t("Write down a consent"), conversation=paper_consent, action=Action.RECORD_ORAL_CONSENT),
        Entry(name="clarify", title=t("The first talk"), conversation=clarify, action=Action.CLARIFY),
        Entry(name="decide", title=t("Decide"), conversation=decide, action=Action.DECIDE),
        Entry(name="confirm_refusal", title=t("Confirm a refusal"), conversation=confirm_refusal, action=Action.CONFIRM_REFUSAL),
        Entry(name="delay", title=t("Tell of a delay"), conversation=delay, action=Action.TELL_OF_DELAY),
        Entry(name="appoint", title=t("Find a coordinator"), conversation=appoint, action=Action.PROPOSE_CANDIDATE),
        Entry(name="leader_answer", title=t("Answer as leader"), conversation=leader_answer, action=Action.ANSWER_AS_LEADER),
        Entry(name="candidate_answer", title=t("Answer as candidate"), conversation=candidate_answer, action=Action.ANSWER_AS_CANDIDATE),
        Entry(name="first_contact", title=t("First contact"), conversation=first_contact, action=Action.FIRST_CONTACT),
        Entry(name="startup_talk", title=t("The start-up talk"), conversation=startup_talk, action=Action.FIRST_CONTACT),
        Entry(name="introduce", title=t("Tell those around"), conversation=introduce, action=Action.FIRST_CONTACT),
        Entry(name="self_check", title=t("What I need myself"), conversation=self_check, action=Action.FIRST_CONTACT),
        Entry(name="way_of_working", title=t("How we work together"), conversation=way_of_working, action=Action.CHOOSE_WAY),
        Entry(name="my_words", title=t("What matters to me"), conversation=my_words, action=Action.SEE_OWN_CASES, commands=("viktig",)),
        Entry(name="no_time", title=t("I have no time for this"), conversation=no_time, action=Action.NO_TIME),
        Entry(name="substitute", title=t("Somebody stands in"), conversation=substitute, action=Action.PROPOSE_SUBSTITUTE),
        Entry(
            name="substitute_answer", title=t("Answer about standing in"), conversation=substitute_answer, action=Action.ANSWER_SUBSTITUTE
        ),
        Entry(name="change_coordinator", title=t("Another coordinator"), conversation=change_coordinator, action=Action.START_CHANGE),
        Entry(name="change_wish", title=t("Whom I would like"), conversation=change_wish, action=Action.WISH_COORDINATOR),
        Entry(name="change_answer", title=t("Answer about taking over"), conversation=change_answer, action=Action.ANSWER_CHANGE),
        Entry(
            name="change_leader",
            title=t("Answer about a new coordinator"),
            conversation=change_leader,
            action=Action.ANSWER_CHANGE_AS_LEADER,
        ),
        Entry(name="change_unit", title=t("Decide about a new coordinator"), conversation=change_leader, action=Action.DECIDE_CHANGE),
        Entry(name="take_over", title=t("Handing over"), conversation=take_over, action=Action.TAKE_OVER),
        Entry(name="hand_over_pack", title=t("What one must know"), conversation=hand_over_pack, action=Action.SEE_HAND_OVER),
        Entry(name="checklist", title=t("Checklist"), conversation=checklist, action=Action.STAFF_MENU),
        Entry(name="circle", title=t("Those around you"), conversation=circle, action=Action.SEE_CIRCLE, commands=("rundt",)),
        Entry(name="add_member", title=t("Add somebody"), conversation=add_member, action=Action.CHANGE_CIRCLE),
        Entry(name="member", title=t("Where I take part"), conversation=member, action=Action.SEE_AS_MEMBER, commands=("krets",), menu=10),
        Entry(name="children", title=t("Children"), conversation=children, action=Action.CHILDS_WORDS),
        Entry(name="standing", title=t("Who can decide"), conversation=standing, action=Action.SEE_STANDING),
        Entry(name="lapse", title=t("The person cannot decide"), conversation=lapse, action=Action.RECORD_STANDING),
        Entry(name="shield", title=t("Parents must not read it"), conversation=shield, action=Action.RECORD_STANDING),
        Entry(name="answer_inquiry", title=t("Answer a message"), conversation=answer_inquiry, action=Action.ANSWER_INQUIRY),
        Entry(name="meeting", title=t("Call a meeting"), conversation=meeting, action=Action.CALL_MEETING),
        Entry(
            name="meeting_plan_answer", title=t("Answer about a meeting"), conversation=meeting_plan_answer, action=Action.AGREE_TO_MEETING
        ),
        Entry(name="group", title=t("The group"), conversation=group, action=Action.SEE_MEETINGS),
        Entry(name="phase", title=t("Life phase"), conversation=phase, action=Action.SEE_PHASE),
        Entry(name="transitions", title=t("Changes to come"), conversation=transitions, action=Action.SEE_PHASE),
        Entry(
            name="good_to_know", title=t("Good to know"), conversation=good_to_know, action=Action.READ_CARDS, commands=("nyttig", "greitt")
        ),
        Entry(name="my_meetings", title=t("My meetings"), conversation=my_meetings, action=Action.SEE_OWN_CASES, commands=("moter",)),
        Entry(name="closing", title=t("The end of a case"), conversation=closing, action=Action.PROPOSE_CLOSING),
        Entry(name="circle_messages", title=t("Messages"), conversation=circle_messages, action=Action.SEE_MESSAGES),
        Entry(name="archive", title=t("Archive"), conversation=archive, action=Action.ARCHIVE),
        Entry(name="own_pack", title=t("My contacts and dates"), conversation=own_pack, action=Action.OWN_PACK),
        Entry(name="sent_around", title=t("I am being sent around"), conversation=sent_around, action=Action.SAY_SENT_AROUND),
        Entry(
            name="take_sent_around", title=t("Somebody is being sent around"), conversation=take_sent_around, action=Action.TAKE_SENT_AROUND
        ),
        Entry(name="halt", title=t("Stop all messages"), conversation=halt, action=Action.HALT),
        Entry(name="attend", title=t("The invitation"), conversation=attend, action=Action.SEE_MEETINGS),
        Entry(name="meeting_times", title=t("Choose times"), conversation=meeting_times, action=Action.SEE_MEETINGS),
        Entry(name="minutes", title=t("Minutes"), conversation=minutes, action=Action.SEE_MEETINGS),
        Entry(name="minutes_read", title=t("The minutes"), conversation=minutes_read, action=Action.SEE_MEETINGS),
        Entry(name="my_task", title=t("Something to do"), conversation=my_task, action=Action.SEE_OWN_CASES),
        Entry(
            name="my_tasks",
            title=t("What I have to do"),
            conversation=my_tasks,
            action=Action.SEE_OWN_CASES,
            commands=("oppgaver", "tasks"),
        ),
        Entry(name="case_tasks", title=t("What is to be done"), conversation=case_tasks, action=Action.WRITE_MINUTES),
        Entry(name="evaluate", title=t("How it is going"), conversation=evaluate, action=Action.SEE_OWN_CASES, commands=("evaluering",)),
        Entry(name="evaluation", title=t("Looking back"), conversation=evaluation, action=Action.SEE_EVALUATION),
        Entry(name="follow_up", title=t("Has anybody been in touch?"), conversation=follow_up, action=Action.SEE_OWN_CASES),
        Entry(name="complain", title=t("Complain"), conversation=complain, action=Action.SEE_OWN_CASES, commands=("klage", "klag")),
        Entry(name="complaint", title=t("A complaint"), conversation=complaint, action=Action.ANSWER_COMPLAINTS),
        Entry(
            name="feedback",
            title=t("A word on our texts"),
            conversation=feedback,
            action=Action.READ_PUBLIC,
            commands=("tilbakemelding",),
        ),
        Entry(name="plan", title=t("The plan"), conversation=plan, action=Action.SEE_OWN_CASES, commands=("plan",)),
        Entry(
            name="promises",
            title=t("Questions and answers"),
            conversation=promises,
            action=Action.SEE_OWN_CASES,
            commands=("sporsmal",),
        ),
        Entry(name="stuck", title=t("I am stuck"), conversation=stuck, action=Action.ASK_FOR_GUIDANCE),
        Entry(name="own_look", title=t("My own work"), conversation=own_look, action=Action.TICK_COORDINATOR),
        Entry(name="finish_task", title=t("Finish a task"), conversation=finish_task, action=Action.FINISH_TASK),
        *DESK,
    ]
)
