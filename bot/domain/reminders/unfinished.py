"""Reminders of what was begun and left: a conversation half way, a notice nobody has read.

Here: pure rules. Not here: the words (`bot.services.reminders`).
"""

from datetime import timedelta
from typing import Final

from bot.domain.reminders.facts import NoticeFacts, Reminder, ReminderKind, Rules, SessionFacts, day_of

SESSION_EXPIRES_DAYS: Final = 14
NOTICE_UNREAD_WORKING_DAYS: Final = 5


def session_reminders(session: SessionFacts, rules: Rules) -> frozenset[Reminder]:
    """An application left half way (B14): reminded, at last asked to keep or delete. A report not sent (A03). Others just expire."""
    # Keys by the day, so that an answer more on the same day changes nothing.
    day = day_of(session.last_at)
    start = f"session/{session.id}/{day}"

    def one(kind: ReminderKind, days: int) -> Reminder:
        due = rules.on(day + timedelta(days=days))
        return Reminder(key=f"{start}/{kind}/{days}", kind=kind, due_at=due, session=session.id, object=days)

    if not session.keeps:
        expires = rules.on(day + timedelta(days=SESSION_EXPIRES_DAYS))
        return frozenset({Reminder(key=f"{start}/expires", kind=ReminderKind.SESSION_EXPIRES, due_at=expires, session=session.id)})
    deleted = one(
        ReminderKind.UNFINISHED_DELETED, rules.profile.application.kept_days if session.kept else rules.profile.application.keep_days
    )
    if session.kept:
        return frozenset({deleted})
    days = rules.profile.application.unfinished_reminder_days
    found = {
        deleted,
        *(one(ReminderKind.UNFINISHED, each) for each in days[:-1]),
        *(one(ReminderKind.KEEP_OR_DELETE, each) for each in days[-1:]),
    }
    if session.report:
        found.add(one(ReminderKind.UNFINISHED, rules.profile.deadlines.report_draft_nudge_days))
    return frozenset(found)


def notice_reminders(notice: NoticeFacts, rules: Rules) -> frozenset[Reminder]:
    """A notice about rights that has waited unread for five working days: KE phones (our default, so that nobody is left untold)."""
    if not notice.waits:
        return frozenset()
    due = rules.on(rules.working_days_after(notice.created_at, NOTICE_UNREAD_WORKING_DAYS))
    return frozenset({Reminder(key=f"notice/{notice.id}/unread", kind=ReminderKind.NOTICE_UNREAD, due_at=due, notice=notice.id)})
