"""Making the table of reminders equal to what the facts want.

Here: facts gathered from the store, handed to the pure rules. Not here: the rules (`bot.domain.reminders`) and what happens when one falls
due (`bot.services.reminders`). Guarantee: whatever transaction changes a case leaves its reminders as today's facts want them.
"""

from collections.abc import Callable
from datetime import timedelta
from functools import cache, partial

from bot.domain.ids import CaseId, NoticeId
from bot.domain.outgoing import MessageClass
from bot.domain.recurring import unit_reminders
from bot.domain.reminders import (
    OSLO,
    AssignmentFacts,
    CaseFacts,
    NoticeFacts,
    Reminder,
    SessionFacts,
    TalkFacts,
    look_back,
    notice_reminders,
    reminders,
    session_reminders,
)
from bot.services import sent_around_facts
from bot.services.municipality import Municipality
from bot.store import assignments, cases, closings, look_backs, notices, sessions, talks
from bot.store import reminders as store
from bot.store.database import Tx
from bot.store.sessions import Session

Subject = Callable[[Tx, Municipality, CaseId], frozenset[Reminder]]


@cache
def subjects() -> tuple[Subject, ...]:
    """What each further subject wants for a case, from facts of its own. One line a subject.

    Gathered when first asked: subjects ask services that tell people, and telling people plans reminders here.
    """
    from bot.services import (
        closing_facts,
        consent_facts,
        evaluation_facts,
        group_facts,
        handing_over_facts,
        meeting_facts,
        message_readers,
        minutes_facts,
        phase_facts,
        plan_facts,
        school_contacts,
        standing_facts,
        startup_facts,
    )

    return (
        standing_facts.of_case,
        consent_facts.of_case,
        handing_over_facts.of_case,
        meeting_facts.of_case,
        group_facts.of_case,
        minutes_facts.of_case,
        plan_facts.of_case,
        evaluation_facts.of_case,
        startup_facts.of_case,
        school_contacts.of_case,
        closing_facts.of_case,
        sent_around_facts.of_case,
        message_readers.of_case,
        phase_facts.of_case,
    )


def case_facts(tx: Tx, case: CaseId) -> CaseFacts:
    """What the rules need to know of a case."""
    found = cases.get(tx, case)
    return CaseFacts(
        id=case,
        state=found.state,
        wanted=found.wanted,
        received_at=found.received_at,
        due=found.due,
        talks=tuple(
            TalkFacts(id=each.id, kind=each.kind, state=each.state, created_at=each.created_at, at=each.at)
            for each in talks.of_case(tx, case)
        ),
        assignments=tuple(
            AssignmentFacts(
                id=each.id,
                state=each.state,
                leader=each.leader,
                candidate=each.candidate,
                asked_at=each.asked_at,
                answered_at=each.answered_at,
            )
            for each in assignments.of_case(tx, case)
        ),
        contacted=_contacted(tx, case),
    )


def _contacted(tx: Tx, case: CaseId) -> bool:
    """Has the coordinator there is now been in touch, or somebody for them since? One who came before does not count."""
    held = assignments.accepted(tx, case)
    if held is None or held.answered_at is None:
        return bool(talks.contacts(tx, case))
    return any(each.person == held.candidate or each.at >= held.answered_at for each in talks.contacts(tx, case))


def of_case(tx: Tx, municipality: Municipality, case: CaseId) -> frozenset[Reminder]:
    """Make a case's reminders equal to what it wants; what it wants."""
    wanted = frozenset[Reminder]() if closings.halted(tx, case) is not None else _wanted(tx, municipality, case)
    store.make_equal(tx, wanted, case=case)
    return wanted


def _wanted(tx: Tx, municipality: Municipality, case: CaseId) -> frozenset[Reminder]:
    from bot.services import nudge_facts

    found = tx.recall(("own", case), lambda: reminders(case_facts(tx, case), municipality.rules)).union(
        *(tx.recall((subject, case), partial(subject, tx, municipality, case)) for subject in subjects())
    )
    return found | nudge_facts.of_case(tx, municipality, case, found)


def session_facts(tx: Tx, municipality: Municipality, session: Session) -> SessionFacts:
    """What the rules need to know of a conversation left half way."""
    entry = municipality.registry.named(session.conversation)
    keeps = entry is not None and entry.keeps
    begun = keeps and sessions.has_answers(tx, session)
    report = begun and sessions.answer_to(tx, session, "for_whom") == "at_work"
    return SessionFacts(id=session.id, last_at=session.last_at, keeps=begun, report=report, kept=session.kept)


def of_session(tx: Tx, municipality: Municipality, session: Session) -> frozenset[Reminder]:
    """Make a session's reminders equal to what it wants; one that has ended wants none."""
    wanted: frozenset[Reminder] = frozenset()
    if session.state in {"open", "parked"}:
        wanted = session_reminders(session_facts(tx, municipality, session), municipality.rules)
    store.make_equal(tx, wanted, session=session.id)
    return wanted


def of_notice(tx: Tx, municipality: Municipality, notice: NoticeId) -> frozenset[Reminder]:
    """Make a notice's reminders equal to what it wants; one that has been read, or that KE phones about, wants none."""
    found = notices.find(tx, notice)
    wanted: frozenset[Reminder] = frozenset()
    if found is not None:
        waits = found.message_class is MessageClass.RIGHTS and found.read_at is None and found.told in {"hint", "page"}
        wanted = notice_reminders(NoticeFacts(id=notice, created_at=found.created_at, waits=waits), municipality.rules)
    store.make_equal(tx, wanted, notice=notice)
    return wanted


def of_unit(tx: Tx, municipality: Municipality) -> frozenset[Reminder]:
    """Make KE's own recurring reminders equal to what the profile wants. One that is due and has not fired stays."""
    from bot.services import gatherings

    rules, today = municipality.rules, tx.now.astimezone(OSLO).date()
    # Asked from the days before as well: the next time after today is not the one that is still to come this morning.
    regular = {each for back in range(8) for each in unit_reminders(today - timedelta(days=back), rules) if each.due_at > tx.now}
    wanted = (
        frozenset(regular)
        | gatherings.of_unit(tx, municipality)
        | sent_around_facts.of_unit(tx, municipality)
        | frozenset(look_back.reminders(tx.now, look_backs.wanted_by(tx), rules))
        | {each for each in store.due(tx, 100) if each.case is None and each.session is None and each.notice is None}
    )
    store.make_equal(tx, wanted, unit=True)
    return wanted
