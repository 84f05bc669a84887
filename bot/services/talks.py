"""Clarifying talks and start-up talks.

Here: offering times, choosing one, and noting that a talk was held. Guarantees: the recipient chooses; a time can be taken once; KE's
open task holds the case until the talk is held.
"""

from datetime import datetime, timedelta
from typing import Final

from bot.domain.access import Action, Role
from bot.domain.cases import CaseState, ForWhom, Place, TalkKind, TalkState, TaskKind
from bot.domain.commands import HoldTalk, NoneSuits, PickTime, ProposeTalk
from bot.domain.ids import CaseId, PersonId, TalkId
from bot.domain.places import WHERE_FOR_STAFF, where
from bot.domain.refusal import Refused
from bot.engine.questions import Sensitivity
from bot.engine.texts import Text, joined, t
from bot.services import cover, notices
from bot.services.municipality import EARLIER, Context
from bot.store import assignments, audit, cases, people, tasks
from bot.store import notices as stored
from bot.store import talks as store
from bot.store.talks import Talk

MOST_TIMES: Final = 5
MEETING: Final = timedelta(hours=1)
"""After this a talk is taken to be over, for the messages that tell its time."""


def _may(context: Context, case: CaseId, kind: TalkKind) -> None:
    context.require(Action.CLARIFY if kind is TalkKind.CLARIFYING else Action.FIRST_CONTACT, case)


def holder_of(context: Context, talk: Talk) -> PersonId:
    """Who holds a talk: the coordinator a start-up talk, whoever arranged it, or who stands in; a clarifying talk whoever offered it.

    Where whoever offered it no longer works here, somebody at KE.
    """
    tx = context.tx
    accepted = assignments.accepted(tx, talk.case) if talk.kind is TalkKind.STARTUP else None
    if accepted is not None and accepted.candidate is not None:
        return cover.at_work(tx, talk.case, accepted.candidate) or accepted.candidate
    if people.standing_roles(tx, talk.proposed_by):
        return talk.proposed_by
    return next(iter(people.with_role(tx, Role.KE, Role.KE_LEADER)), talk.proposed_by)


def propose(context: Context, command: ProposeTalk) -> int:
    """Offer times for a talk; the recipient gets a button for each (B12, D02). The talk's id.

    Where one is agreed already, it is booked: nobody is asked for what they have said yes to.
    """
    _may(context, command.case, command.kind)
    tx, times = context.tx, tuple(sorted(set(command.times)))
    if not 1 <= len(times) <= MOST_TIMES or times[0] <= tx.now:
        raise Refused(t("Offer one to five times, all of them later than now."))
    talk = store.propose(tx, command.case, command.kind, command.place, times, by=context.actor)
    if command.kind is TalkKind.CLARIFYING:
        cases.move(tx, command.case, CaseState.CLARIFYING)
    booked = store.find(tx, talk)
    if command.agreed and booked is not None and store.pick(tx, talk, 0):
        _book(context, booked, times[0])
    else:
        _offer(context, command, talk, times)
    return talk


def _offer(context: Context, command: ProposeTalk, talk: TalkId, times: tuple[datetime, ...]) -> None:
    """A button for each time, and one for none of them."""
    audit.record(context.tx, "talk.offered", actor=context.actor, case=command.case, talk=talk, kind=command.kind)
    buttons = [notices.act(Text("{time}", {"time": time}), "PickTime", talk=talk, choice=place) for place, time in enumerate(times)]
    buttons.append(notices.begin(t("None of them suits"), "my_case", case=command.case, talk=talk))
    place = where(command.place, cases.get(context.tx, command.case).for_whom)
    words = {
        TalkKind.CLARIFYING: t("We would like to talk with you about your application, {where}. Which time suits you?", where=place),
        TalkKind.STARTUP: t("Your coordinator would like a first talk with you, {where}. Which time suits you?", where=place),
    }
    notices.tell_parties(
        context,
        command.case,
        words[command.kind],
        buttons=buttons,
        dedupe_key=f"talk/{talk}/offered",
        useful_until=times[-1],
        but_not_reporters=True,
        relatives_too=True,
    )


def pick(context: Context, command: PickTime) -> None:
    """One of the times is taken: whoever offered it is told, and the recipient sees it once more in words."""
    tx, talk = context.tx, store.find(context.tx, command.talk)
    if talk is None:
        raise Refused(EARLIER)
    context.require(Action.PICK_TIME, talk.case)
    if talk.state is TalkState.BOOKED and talk.at in talk.proposals[command.choice : command.choice + 1]:
        raise Refused(t("We have agreed on {time}, {where}.", time=talk.at, where=where(talk.place, cases.get(tx, talk.case).for_whom)))
    if not store.pick(tx, talk.id, command.choice):
        raise Refused(t("This time is no longer open. If you need another, please tell us."))
    _book(context, talk, talk.proposals[command.choice])


def place_is_settled(context: Context, case: CaseId) -> None:
    """Where to meet first is asked no longer (D01)."""
    accepted = assignments.accepted(context.tx, case)
    if accepted is not None:
        stored.take_acts(context.tx, f"assignment/{accepted.id}/appointed/", "ChoosePlace")


def _book(context: Context, talk: Talk, at: datetime) -> None:
    """Everybody concerned sees the time once more in words; whoever holds the talk is told."""
    stored.take_actions(context.tx, [f"talk/{talk.id}/offered/"])
    if talk.kind is TalkKind.STARTUP:
        place_is_settled(context, talk.case)
    case = cases.get(context.tx, talk.case)
    agreed = t("We have agreed on {time}, {where}.", time=at, where=where(talk.place, case.for_whom))
    notices.tell_parties(
        context,
        talk.case,
        agreed,
        sensitivity=Sensitivity.PRACTICAL,
        dedupe_key=f"talk/{talk.id}/agreed",
        over_at=at + MEETING,
        but_not_reporters=True,
        relatives_too=True,
    )
    host = t("Case {number}: the talk is agreed for {time}, {where}.", number=str(case.number), time=at, where=WHERE_FOR_STAFF[talk.place])
    holder = holder_of(context, talk)
    if holder != context.actor:
        notices.tell(context, holder, host, case=talk.case, dedupe_key=f"talk/{talk.id}/agreed/host")
    audit.record(context.tx, "talk.agreed", actor=context.actor, case=talk.case, talk=talk.id)


def none_suits(context: Context, command: NoneSuits) -> None:
    """None of the times suits: they are taken back, and whoever offered them is asked for others."""
    tx, talk = context.tx, store.find(context.tx, command.talk)
    if talk is None:
        raise Refused(EARLIER)
    context.require(Action.PICK_TIME, talk.case)
    if talk.state not in {TalkState.PROPOSED, TalkState.BOOKED}:
        raise Refused(EARLIER)
    store.cancel(tx, talk.case, talk.kind)
    stored.take_actions(tx, [f"talk/{talk.id}/offered/"])
    number = cases.get(tx, talk.case).number
    text: Text = t("Case {number}: none of the times suits. Please offer others, or phone.", number=str(number))
    if command.words:
        text = joined(text, t("They wrote: {words}", words=command.words))
    conversation = "clarify" if talk.kind is TalkKind.CLARIFYING else "first_contact"
    button = notices.begin(t("Offer other times"), conversation, case=talk.case)
    notices.tell(context, holder_of(context, talk), text, case=talk.case, buttons=[button], dedupe_key=f"talk/{talk.id}/none-suits")
    audit.record(tx, "talk.none_suits", actor=context.actor, case=talk.case, talk=talk.id)


def hold(context: Context, command: HoldTalk) -> None:
    """The clarifying talk was held. A start-up talk ends with what comes next (D08), so it is ended in `bot.services.startup`."""
    if command.kind is TalkKind.STARTUP:
        raise Refused(t("Agree on a day for the next contact, or write why there is none yet."))
    held(context, command)


def held(context: Context, command: HoldTalk) -> None:
    """A talk was held. After the clarifying talk KE decides; until then an open task holds the case."""
    _may(context, command.case, command.kind)
    tx = context.tx
    talk = store.hold(tx, command.case, command.kind, command.note, by=context.actor)
    if command.kind is TalkKind.CLARIFYING:
        cases.move(tx, command.case, CaseState.CLARIFYING)
        tasks.add(tx, TaskKind.DECIDE, due_on=cases.get(tx, command.case).due, case=command.case, dedupe_key=f"talk/{talk}/decide")
        tasks.finish_kinds(tx, command.case, TaskKind.CLARIFY, by=context.actor)
    else:
        accepted = assignments.accepted(tx, command.case)
        if accepted is not None and not store.contacts(tx, command.case):
            store.record_contact(tx, command.case, Place.OTHER, by=context.actor)
            tasks.finish_kinds(tx, command.case, TaskKind.CONTACT_LATE, by=context.actor)
    audit.record(tx, "talk.held", actor=context.actor, case=command.case, talk=talk, kind=command.kind)


def offered_again(talk: Talk, for_whom: ForWhom) -> Text:
    """The question again, for a reminder."""
    return t("You have been offered times for a talk, {where}. Which one suits you?", where=where(talk.place, for_whom))
