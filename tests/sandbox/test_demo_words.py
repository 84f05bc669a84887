"""Whatever waits to be reminded of has a name on the demo's page."""

from bot.demo_words import reminder_words
from bot.domain.reminders import ReminderKind


def test_every_kind_of_reminder_has_words() -> None:
    named = {kind: reminder_words(kind).msgid for kind in ReminderKind}
    assert all(named.values())
    assert {named[kind] for kind in ReminderKind if kind.startswith("meeting_")} == {"A meeting"}
    assert named[ReminderKind.GROUP_LONG] == "A long-term group"
