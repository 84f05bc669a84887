"""Carrying out commands.

Here: which function carries out which command. Not here: what they do. Guarantee: a command nobody carries out is a bug that shows at
once, not something that silently does nothing.
"""

from collections.abc import Callable, Mapping
from dataclasses import fields
from typing import Any, Final, get_type_hints

from bot.domain import channel as own_channel
from bot.domain import commands, one_press
from bot.domain.attendance_commands import AnswerInvitation, NoteInTool, Suits
from bot.domain.gatherings import AnswerGathering
from bot.domain.minutes_commands import TaskDone
from bot.domain.startup_commands import AnswerIntroduction
from bot.domain.training import NeedHelp
from bot.engine.ask import Command
from bot.engine.texts import Text, t
from bot.services import (
    applications,
    appointing,
    archiving,
    attendance,
    channel,
    children,
    circle_messages,
    closing,
    complaints,
    consent_commands,
    coordinator_commands,
    decisions,
    desk,
    directory,
    evaluation,
    first_steps,
    fresh_login,
    gatherings,
    groups,
    guidance,
    instead,
    introductions,
    looking_back,
    meeting_changes,
    member_tasks,
    membership,
    minutes,
    my_data,
    no_time,
    nudges,
    phases,
    plans,
    promises,
    recording_standing,
    sent_around,
    startup,
    talks,
    training,
)
from bot.services.municipality import Context

HANDLERS: Final[Mapping[type[Command[object]], Callable[[Context, Any], object]]] = {
    commands.Submit: applications.submit,
    commands.Withdraw: applications.withdraw,
    commands.ReportOwnDecision: applications.report_own_decision,
    commands.ProposeTalk: talks.propose,
    commands.PickTime: talks.pick,
    commands.NoneSuits: talks.none_suits,
    commands.HoldTalk: talks.hold,
    commands.Decide: decisions.decide,
    commands.ConfirmRefusal: decisions.confirm_refusal,
    commands.TellOfDelay: decisions.tell_of_delay,
    commands.Propose: appointing.propose,
    commands.AnswerAsLeader: appointing.answer_as_leader,
    commands.AnswerAsCandidate: appointing.answer_as_candidate,
    commands.TalkWithLeader: appointing.talk_with_leader,
    one_press.LeaderAgrees: appointing.leader_agrees,
    commands.Recall: appointing.recall,
    commands.RecordContact: first_steps.record_contact,
    one_press.ChoosePlace: first_steps.choose_place,
    commands.NoTime: no_time.no_time,
    one_press.TimeFound: no_time.time_found,
    commands.Tick: first_steps.tick,
    commands.NoteInformed: desk.note_informed,
    commands.AskHuman: desk.ask_human,
    commands.AnswerInquiry: desk.answer_inquiry,
    commands.FinishTask: desk.finish_task,
    commands.SetLanguage: desk.set_language,
    commands.SetName: desk.set_name,
    commands.UseLinkCode: desk.use_link_code,
    commands.StopChannel: channel.stop,
    own_channel.AllowPractical: channel.allow_practical,
    own_channel.Mute: channel.mute,
    own_channel.Unlink: channel.unlink,
    own_channel.Protect: channel.protect,
    commands.KeepDraft: desk.keep_draft,
    **my_data.HANDLERS,
    **coordinator_commands.HANDLERS,
    **recording_standing.HANDLERS,
    **meeting_changes.HANDLERS,
    **attendance.HANDLERS,
    **instead.HANDLERS,
    **groups.HANDLERS,
    **closing.HANDLERS,
    **evaluation.HANDLERS,
    **complaints.HANDLERS,
    **looking_back.HANDLERS,
    **archiving.HANDLERS,
    **directory.HANDLERS,
    **circle_messages.HANDLERS,
    **sent_around.HANDLERS,
    **startup.HANDLERS,
    **introductions.HANDLERS,
    **minutes.HANDLERS,
    **member_tasks.HANDLERS,
    **plans.HANDLERS,
    **promises.HANDLERS,
    **guidance.HANDLERS,
    **membership.HANDLERS,
    **nudges.HANDLERS,
    **children.HANDLERS,
    **phases.HANDLERS,
    **consent_commands.HANDLERS,
    **training.HANDLERS,
    **gatherings.HANDLERS,
}

# Commands that a button carries by itself, with everything they need.
ON_BUTTONS: Final[Mapping[str, type[Command[object]]]] = {
    kind.__name__: kind
    for kind in (
        commands.PickTime,
        commands.KeepDraft,
        commands.AnswerAsLeader,
        one_press.LeaderAgrees,
        one_press.ChoosePlace,
        one_press.TimeFound,
        AnswerInvitation,
        Suits,
        TaskDone,
        AnswerIntroduction,
        NoteInTool,
        AnswerGathering,
        NeedHelp,
        *coordinator_commands.ON_BUTTONS,
        *nudges.ON_BUTTONS,
        *plans.ON_BUTTONS,
    )
}

STAY: Final[frozenset[type[Command[object]]]] = frozenset({AnswerInvitation, Suits, AnswerGathering})
"""Commands whose buttons stay under their message when pressed, since the answer can be changed later."""


def done(command: Command[object]) -> Text:
    """What is said for a moment when a button has done this."""
    return t("Your answer is kept. You can change it until it begins.") if type(command) in STAY else t("It is noted.")


def carry_out(context: Context, command: Command[object]) -> object:
    """Carry out a command. Raises `Refused` with a reason for the person, and `LookupError` for a command nobody carries out.

    On the page it raises `FreshLoginNeeded` where the person must log in anew first.
    """
    handler = HANDLERS.get(type(command))
    if handler is None:
        raise LookupError(f"no service carries out {type(command).__name__}")
    fresh_login.check(context, command)
    return handler(context, command)


def from_button(name: str, args: Mapping[str, object]) -> Command[object]:
    """The command a button carries. Raises `LookupError` where this version knows no such button."""
    kind = ON_BUTTONS.get(name)
    if kind is None or set(args) != {field.name for field in fields(kind) if field.name in get_type_hints(kind)}:  # type: ignore[arg-type]
        raise LookupError(f"no button carries {name}")
    return kind(**args)
