"""What the demo's page calls what is on its way and what waits to be reminded of.

Here: words. Not here: the demo itself (`bot.demo`). Guarantee: every kind of reminder has words.
"""

from typing import Final

from bot.domain.reminders import ReminderKind
from bot.engine.texts import Text, t

KINDS: Final[dict[str, Text]] = {
    "send": t("Message"),
    "edit": t("Change"),
    "delete": t("Deletion"),
    "answer": t("Answer to a press"),
    "leave": t("Leaves a group"),
    "mail": t("E-mail"),
}
_CLARIFY, _ANSWER, _SILENT, _CONTACT, _HALF = (
    t("The first talk"),
    t("The answer is due"),
    t("No answer yet"),
    t("First contact"),
    t("Left half way"),
)
REMINDERS: Final[dict[str, Text]] = {
    "clarify_soon": _CLARIFY,
    "clarify_late": _CLARIFY,
    "answer_soon": _ANSWER,
    "answer_late": _ANSWER,
    "times_silent": _SILENT,
    "talk_tomorrow": t("A talk tomorrow"),
    "talk_noted": t("A talk to be noted"),
    "leader_silent": _SILENT,
    "leader_still_silent": _SILENT,
    "candidate_silent": _SILENT,
    "candidate_still_silent": _SILENT,
    "contact_nudge": _CONTACT,
    "contact_late": _CONTACT,
    "contact_leader": _CONTACT,
    "unfinished": _HALF,
    "keep_or_delete": _HALF,
    "unfinished_deleted": _HALF,
    "session_expires": _HALF,
    "recurring": t("A task by the calendar"),
    "group_long": t("A long-term group"),
    "notice_unread": t("A message nobody has read"),
}
SUBJECTS: Final[dict[str, Text]] = {
    "meeting_": t("A meeting"),
    "minutes_": t("Minutes"),
    "task_": t("Something to do"),
    "group_": t("The group"),
    "consent_": t("Who knows what"),
    "rights_": t("Who can decide"),
    "youth_": t("Who can decide"),
}


def reminder_words(kind: ReminderKind) -> Text:
    """What is reminded of, in words for the page; what belongs to who coordinates has one name."""
    found = REMINDERS.get(kind)
    return found or next((words for begins, words in SUBJECTS.items() if kind.startswith(begins)), t("Another coordinator"))
