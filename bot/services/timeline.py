"""What has happened in a case and what lies ahead, told from the audit and from the notices that were given.

Here: from entries to sentences, by who reads them. Not here: showing them. Guarantees: default deny: a kind of entry that is not in the
table is not told; who was asked to be coordinator and a refusal that nobody has confirmed are KE's alone; a reading is not an event.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from typing import Any, Final

from bot.domain.access import Action, Role, may
from bot.domain.desk_queries import Event, TheTimeline
from bot.domain.ids import CaseId, MeetingId, PersonId, TalkId
from bot.domain.meetings import MeetingKind
from bot.engine.texts import Text, t, verbatim
from bot.services import stored
from bot.services.ahead import ahead
from bot.services.municipality import Context
from bot.store import audit, cases, meetings, notices, people, talks

MOST: Final = 5000


class Reader(IntEnum):
    """Who reads, by how much of it is theirs to know."""

    PARTY = 0
    COORDINATOR = 1
    KE = 2


@dataclass(frozen=True, slots=True)
class Told:
    """From which reader on a kind of entry is told, and in which words. None: not at all."""

    to: Reader
    words: Callable[[Context, Mapping[str, Any]], Text | None]


def _plain(to: Reader, text: Text) -> Told:
    return Told(to, lambda _context, _detail: text)


def _either(to: Reader, yes: Text, no: Text) -> Told:
    return Told(to, lambda _context, detail: yes if detail.get("yes") else no)


def _delayed(_context: Context, detail: Mapping[str, Any]) -> Text:
    return t("New day for the answer: {day}", day=date.fromisoformat(detail["until"]))


def _agreed(context: Context, detail: Mapping[str, Any]) -> Text:
    talk = talks.find(context.tx, TalkId(detail["talk"]))
    return t("A talk was agreed") if talk is None or talk.at is None else t("A talk was agreed: {moment}", moment=talk.at)


def _meeting(text: Text) -> tuple[Told, ...]:
    """About a meeting; what the services settle first is for those who call it (I08)."""

    def words(context: Context, detail: Mapping[str, Any]) -> Text | None:
        found = meetings.find(context.tx, MeetingId(detail["meeting"]))
        shown = found is not None and (found.kind is not MeetingKind.SETTLE or context.may(Action.CALL_MEETING, found.case))
        return text if shown else None

    return (Told(Reader.PARTY, words),)


def _decided(_context: Context, detail: Mapping[str, Any]) -> Text | None:
    return {"grant": t("Decided: granted"), "part": t("Decided: granted in part")}.get(detail["kind"])


def _proposed(_context: Context, detail: Mapping[str, Any]) -> Text | None:
    return t("Proposed to refuse") if detail["kind"] == "refuse" else None


TOLD: Final[Mapping[str, tuple[Told, ...]]] = {
    "case.received": (_plain(Reader.PARTY, t("The case came in")),),
    "case.reported_by_department": (_plain(Reader.PARTY, t("A department reported its own decision")),),
    "case.delayed": (Told(Reader.PARTY, _delayed),),
    "case.withdrawn": (_plain(Reader.PARTY, t("The application was taken back")),),
    "talk.offered": (_plain(Reader.PARTY, t("Times were offered for a talk")),),
    "talk.agreed": (Told(Reader.PARTY, _agreed),),
    "talk.none_suits": (_plain(Reader.PARTY, t("None of the times suited")),),
    "talk.held": (_plain(Reader.PARTY, t("A talk was held")),),
    "decision.made": (Told(Reader.PARTY, _decided), Told(Reader.KE, _proposed)),
    "refusal.confirmed": (_plain(Reader.PARTY, t("Decided: refused")),),
    "refusal.returned": (_plain(Reader.KE, t("The proposal to refuse was sent back")),),
    "candidate.proposed": (_plain(Reader.KE, t("Somebody was proposed as coordinator")),),
    "candidate.recalled": (_plain(Reader.KE, t("The question to a candidate was taken back")),),
    "candidate.talks_with_leader": (_plain(Reader.KE, t("The candidate talks with the leader first")),),
    "leader.agrees": (_plain(Reader.KE, t("The leader agrees")),),
    "leader.answered": (_either(Reader.KE, t("The leader said yes"), t("The leader said no")),),
    "candidate.answered": (
        Told(Reader.PARTY, lambda _context, detail: t("A coordinator said yes") if detail.get("yes") else None),
        Told(Reader.KE, lambda _context, detail: None if detail.get("yes") else t("A candidate said no")),
    ),
    "contact.made": (_plain(Reader.PARTY, t("The coordinator was in touch")),),
    "place.chosen": (_plain(Reader.PARTY, t("A place to meet was chosen")),),
    "checklist.ticked": (_plain(Reader.COORDINATOR, t("A point on a checklist was ticked")),),
    "coordinator.no_time": (_plain(Reader.COORDINATOR, t("The coordinator has no time")),),
    "coordinator.time_found": (_plain(Reader.COORDINATOR, t("Time was found for the coordinator")),),
    "substitute.answered": (
        Told(Reader.PARTY, lambda _context, detail: t("A substitute said yes") if detail.get("yes") else None),
        Told(Reader.KE, lambda _context, detail: None if detail.get("yes") else t("Somebody could not stand in")),
    ),
    "substitute.ended": (_plain(Reader.COORDINATOR, t("A substitute no longer stands in")),),
    "change.started": (_plain(Reader.PARTY, t("Another coordinator was asked for")),),
    "change.leader_answered": (_either(Reader.KE, t("The leader said yes"), t("The leader said no")),),
    "change.wished": (_plain(Reader.PARTY, t("A wish for the new coordinator was noted")),),
    "change.answered": (_either(Reader.KE, t("Somebody said yes to taking over"), t("Somebody said no to taking over")),),
    "change.met": (_plain(Reader.PARTY, t("The new coordinator met the person")),),
    "change.tool": (_plain(Reader.COORDINATOR, t("The roles were changed in the planning tool")),),
    "coordinator.left": (_plain(Reader.PARTY, t("The coordinator stopped")),),
    "hand_over.read": (_plain(Reader.KE, t("Somebody read what one must know")),),
    "inquiry.received": (_plain(Reader.KE, t("A message came in")),),
    "inquiry.answered": (_plain(Reader.KE, t("A message was answered")),),
    "task.finished": (_plain(Reader.KE, t("A task was done")),),
    "member.added": (_plain(Reader.PARTY, t("Somebody was put on the list of those around the person")),),
    "member.invited": (_plain(Reader.COORDINATOR, t("Somebody was asked to take part")),),
    "member.answered": (_either(Reader.PARTY, t("Somebody said yes to taking part"), t("Somebody said no to taking part")),),
    "member.set": (_plain(Reader.PARTY, t("What somebody may know was changed")),),
    "member.ended": (_plain(Reader.PARTY, t("Somebody does not take part any more")),),
    "children.asked": (_plain(Reader.COORDINATOR, t("Children who are relatives were asked about")),),
    "child.met": (_plain(Reader.COORDINATOR, t("The child was met")),),
    "consent.asked": (_plain(Reader.PARTY, t("Consent was asked for")),),
    "consent.given": (_plain(Reader.PARTY, t("Consent was given")),),
    "consent.refused": (_plain(Reader.PARTY, t("The answer to sharing was no")),),
    "consent.stopped": (_plain(Reader.PARTY, t("Sharing was stopped")),),
    "consent.recalled": (_plain(Reader.COORDINATOR, t("A question about sharing was taken back")),),
    "sharing.objected": (_plain(Reader.PARTY, t("An objection to sharing between health services was noted")),),
    "sharing.objection_ended": (_plain(Reader.PARTY, t("An objection to sharing between health services was taken back")),),
    "group.begun": (_plain(Reader.PARTY, t("A responsibility group was set up")),),
    "group.changed": (_plain(Reader.PARTY, t("The group was changed")),),
    "group.evaluated": (_plain(Reader.PARTY, t("The group looked at its work together")),),
    "group.ended": (_plain(Reader.PARTY, t("The group ended")),),
    "meeting.proposed": _meeting(t("A meeting was planned")),
    "meeting.talk_first": _meeting(t("The person wants to talk before the meeting")),
    "meeting.agreed": _meeting(t("The person said yes to the meeting")),
    "meeting.called": _meeting(t("The invitation to a meeting went out")),
    "meeting.changed": _meeting(t("A meeting was changed")),
    "meeting.cancelled": _meeting(t("A meeting was called off")),
    "minutes.sent": (_plain(Reader.PARTY, t("Minutes were sent")),),
    "task.given": (_plain(Reader.PARTY, t("Somebody got a task")),),
    "task.done": (_plain(Reader.PARTY, t("A task was done")),),
    "reminder.fired": (_plain(Reader.KE, t("Samråd reminded somebody")),),
}
"""Every kind of entry that is told, from which reader on."""


def the_timeline(context: Context, query: TheTimeline) -> tuple[Event, ...]:
    """What happened, oldest first, and then what is to come."""
    tx, case = context.tx, query.case
    found = cases.find(tx, case)
    if found is None:
        return ()
    roles = cases.roles_in(tx, case, context.actor, people.standing_roles(tx, context.actor))
    if not may(Action.SEE_CONTENT, roles, found.state):
        return ()
    reader = _reader(roles)
    events = [
        Event(at=entry.at, what=what, who=_who(context, case, entry.actor, reader))
        for entry in reversed(audit.of_case(tx, case, MOST))
        if (what := _what(context, entry, reader)) is not None
    ]
    if reader is Reader.KE:
        events += _notices(context, case)
    events += ahead(context, case)
    return tuple(sorted(events, key=lambda event: event.at))


def _reader(roles: frozenset[Role]) -> Reader:
    if roles & {Role.KE, Role.KE_LEADER}:
        return Reader.KE
    return Reader.COORDINATOR if roles & {Role.COORDINATOR, Role.SUBSTITUTE} else Reader.PARTY


def _what(context: Context, entry: audit.Entry, reader: Reader) -> Text | None:
    said = (told.words(context, entry.detail) for told in TOLD.get(entry.action, ()) if reader >= told.to)
    return next((text for text in said if text is not None), None)


def _who(context: Context, case: CaseId, actor: PersonId | None, reader: Reader) -> Text:
    """By name where the one who reads works with the case."""
    if actor is None or reader is Reader.PARTY:
        return stored.who(context, case, actor)
    name = people.person(context.tx, actor).name
    return verbatim(name) if name else stored.who(context, case, actor)


def _notices(context: Context, case: CaseId) -> list[Event]:
    """What was told to those the case is about, and whether it has been read on the page."""
    tx, parties = context.tx, {person for person, _role in cases.parties(context.tx, case)}
    return [
        Event(
            at=each.created_at,
            what=t("A message was given, and has been read") if each.read_at else t("A message was given"),
            who=_who(context, case, each.person, Reader.KE),
        )
        for each in notices.of_case(tx, case)
        if each.person in parties
    ]
