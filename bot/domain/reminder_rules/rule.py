"""A rule for reminders as a case worker reads it: what, to whom, when, until when useful, where it comes from, and what sets it.

Here: the line itself, the words for who is told, and filling in a municipality's own settings. Not here: the lines, one module a subject
beside this one, nor what counts (`bot.domain.reminders`). Guarantee: a number that a profile sets is read from that profile when the line
is shown, so that the line cannot say another number than the rule uses.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from bot.domain.reminders import ReminderKind
from bot.domain.rules import Profile
from bot.engine.texts import Text, t

UNIT: Final = t("the coordinating unit")
COORDINATOR: Final = t("the coordinator")
LEADER: Final = t("the leader")
PERSON: Final = t("the person, or whoever decides for them")
HOLDER: Final = t("the coordinator, or the coordinating unit where there is none")
INVITED: Final = t("each of those invited")
OWNER: Final = t("whoever has the task")
WRITER: Final = t("whoever writes the minutes")
APPLICANT: Final = t("whoever began")
NOBODY: Final = t("nobody: it is done by itself")
ALWAYS: Final = t("as long as it is so")
REMARKS: Final[Mapping[str, Text]] = {
    "the months and ages are ours": t("the months and ages are our own default"),
    "the months are ours": t("the months are our own default"),
    "the days are ours": t("the days are our own default"),
    "each year is ours": t("that it is each year is our own default"),
    "Lund § 11.3 refers to a procedure that is not in the handbook": t(
        "the handbook of Lund names a procedure in § 11.3 and does not hold it"
    ),
    "ours, so that everybody has read what they said yes to": t("our own, so that everybody has read what they said yes to"),
    "ours, so that nobody is left untold": t("our own, so that everybody is told"),
    "ours: nothing lies about longer than it is needed": t("our own: nothing is kept longer than it is needed"),
    "ours": t("our own"),
}
"""What stands beside the handbooks in a source, in words that are translated. The longer come first."""


@dataclass(frozen=True, slots=True)
class Setting:
    """A number in the profile, by its table and key («deadlines.contact_days»)."""

    path: str

    def value_in(self, profile: Profile) -> object:
        """What this municipality has set. Raises `AttributeError` for a setting that does not exist."""
        found: object = profile
        for name in self.path.split("."):
            found = getattr(found, name)
        return found


@dataclass(frozen=True, kw_only=True, slots=True)
class Rule:
    """One rule. `source`: the rows of the requirements and the handbooks, or that it is ours; `settings`: what a profile sets of it."""

    kind: ReminderKind
    what: Text
    to: tuple[Text, ...]
    when: Text
    until: Text = ALWAYS
    source: str
    settings: tuple[str, ...] = ()


def settings_of(rule: Rule) -> tuple[str, ...]:
    """Every setting that this rule reads."""
    named = [each.path for text in (rule.when, rule.until) for each in text.args.values() if isinstance(each, Setting)]
    return tuple(dict.fromkeys((*named, *rule.settings)))


def filled(text: Text, profile: Profile) -> Text:
    """The text with this municipality's own numbers in it."""
    return Text(text.msgid, {name: _shown(value, profile) for name, value in text.args.items()})


def _shown(value: object, profile: Profile) -> object:
    found = value.value_in(profile) if isinstance(value, Setting) else value
    return [str(each) for each in found] if isinstance(found, tuple) else str(found)


def source_in(rule: Rule, words: Callable[[Text], str]) -> str:
    """Where a rule comes from, its remarks in the reader's language; handbooks keep their names."""
    found = rule.source
    for remark, text in REMARKS.items():
        found = found.replace(remark, words(text))
    return found


def by_kind(*groups: tuple[Rule, ...]) -> Mapping[ReminderKind, Rule]:
    """The rules by what they remind of. Raises `ValueError` where a kind has two."""
    found: dict[ReminderKind, Rule] = {}
    for rule in (each for group in groups for each in group):
        if rule.kind in found:
            raise ValueError(f"two rules describe {rule.kind}")
        found[rule.kind] = rule
    return found
