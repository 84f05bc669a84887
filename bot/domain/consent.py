"""Consent to sharing: what about a person may be told to whom, for which purpose, until when.

Here: the words for it and what follows from a consent, as pure functions. Not here: who decides for a person (`bot.domain.rights`), SQL
(`bot.store.consents`), and what a form says (`bot.domain.consent_form`). Guarantees: nobody is told anything that no consent in force
names; with several who decide, only what all of them allowed is allowed; nothing widens by time, only ends.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from bot.domain.ids import CaseId, ConsentId, MemberId, PersonId
from bot.engine.texts import Language

TEXT_VERSION: Final = 1
"""The version of the form. Raised when its meaning changes: then everybody is asked anew (Herøy, Framdrift)."""
MOST_MONTHS: Final = 36
"""No consent is for longer than this; the usual length is the profile's."""


class InfoKind(StrEnum):
    """A kind of information, each allowed by itself (Herøy, Framdrift: different access for different participants)."""

    CONTACT = "contact"
    MEETINGS = "meetings"
    MINUTES = "minutes"
    TASKS = "tasks"
    PLAN = "plan"
    NEEDS = "needs"
    HEALTH = "health"


class ConsentType(StrEnum):
    """What the consent is to: sharing with those around the person, or meetings of services without a group (Lund § 11.4)."""

    SHARING = "sharing"
    COOPERATION = "cooperation"


class Purpose(StrEnum):
    """What it is for, ready-made; `OTHER` is in the asker's own words."""

    TOGETHER = "together"
    MEETINGS = "meetings"
    PLAN = "plan"
    TRANSITION = "transition"
    OTHER = "other"


class Capacity(StrEnum):
    """As what somebody answers. The values are those of the roles in a case."""

    SELF = "self"
    PARENT = "parent"
    GUARDIAN = "guardian"
    ATTORNEY = "attorney"


class ConsentTrust(StrEnum):
    """How sure we are of who answered, weakest first."""

    CHAT_UNCONFIRMED = "chat_unconfirmed"
    CHAT_CONFIRMED = "chat_confirmed"
    PAGE = "page"
    """On the secure page of a municipality in which inhabitants have nothing to log in with."""
    ORAL = "oral"
    PAPER = "paper"
    LOGIN = "login"


class ConsentState(StrEnum):
    """Where one consent stands (Ås, Koordinatorens oppgaver). Expired is not stored: it follows from the day."""

    ASKED = "asked"
    GIVEN = "given"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    REPLACED = "replaced"
    LAPSED = "lapsed"
    """Whoever gave it no longer decides, or the case has ended."""
    RECALLED = "recalled"
    """The question was taken back before it was answered."""


class SharingState(StrEnum):
    """Where consent stands in a case as a whole (E17)."""

    NOT_ASKED = "not_asked"
    ASKED = "asked"
    GIVEN = "given"
    LIMITED = "limited"
    REFUSED = "refused"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, kw_only=True, slots=True)
class Recipient:
    """To whom: a named person, a service whoever comes from it, or both: that person on behalf of the service (Tynset; Lund § 11.4).

    Raises `ValueError` where it is nobody.
    """

    member: MemberId | None = None
    service: str | None = None

    def __post_init__(self) -> None:
        if self.member is None and self.service is None:
            raise ValueError("a recipient is a person, a service or both")

    @property
    def code(self) -> str:
        """As the audit and the answers of a conversation name it."""
        return "".join((f"m{self.member}" if self.member is not None else "", f"s{self.service}" if self.service is not None else ""))


Scope = Mapping[Recipient, frozenset[InfoKind]]
"""What each recipient may know. Who may know nothing is not in it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """What one of those who decide has said. `scope` is empty for a no. `signed`: it counts; else it is only prepared."""

    person: PersonId | None
    capacity: Capacity
    trust: ConsentTrust
    language: Language
    yes: bool
    scope: Scope
    until: date
    signed: bool
    at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Consent:
    """A consent with its scope as it stands now, without whom it has been taken back for. Times are UTC, `until` the last day, in Oslo.

    `given_by` and `capacity` are those of the first answer, `trust` the weakest of all; every answer is in the store. `newest_member`: the
    highest id of the circle when it was asked.
    """

    id: ConsentId
    case: CaseId
    type: ConsentType
    state: ConsentState
    purpose: Purpose
    offered: Scope
    scope: Scope
    given_by: PersonId | None
    capacity: Capacity | None
    trust: ConsentTrust | None
    language: Language | None
    text_version: int
    text_hash: str
    asked_at: datetime
    newest_member: int
    given_at: datetime | None
    until: date
    withdrawn_at: datetime | None

    @property
    def kinds(self) -> frozenset[InfoKind]:
        """Every kind that anybody may know."""
        return frozenset().union(*self.scope.values())

    @property
    def recipients(self) -> frozenset[Recipient]:
        """Everybody who may know anything."""
        return frozenset(self.scope)

    def in_force(self, today: date) -> bool:
        """Does it hold on this day?"""
        return self.state is ConsentState.GIVEN and today <= self.until and bool(self.scope)

    @property
    def limited(self) -> bool:
        """Was less allowed than was asked for?"""
        return any(not kinds <= self.scope.get(recipient, frozenset()) for recipient, kinds in self.offered.items())


def shared_with(consents: Iterable[Consent], member: MemberId | None, service: str | None, today: date) -> frozenset[InfoKind]:
    """What somebody may know: named in a consent in force, or through the service where it names no person."""
    found: set[InfoKind] = set()
    for consent in consents:
        if consent.in_force(today):
            for recipient, kinds in consent.scope.items():
                if _is(recipient, member, service):
                    found |= kinds
    return frozenset(found)


def _is(recipient: Recipient, member: MemberId | None, service: str | None) -> bool:
    if recipient.member is not None:
        return recipient.member == member
    return recipient.service == service


def agreed(answers: Iterable[Answer]) -> Scope:
    """What all of them allowed; empty where one said no, and where nobody answered."""
    given = list(answers)
    if not given or not all(each.yes for each in given):
        return {}
    first, *others = (each.scope for each in given)
    both = {recipient: kinds.intersection(*(each.get(recipient, frozenset()) for each in others)) for recipient, kinds in first.items()}
    return {recipient: kinds for recipient, kinds in both.items() if kinds}


def within(scope: Scope, offered: Scope) -> Scope:
    """Only what was offered: nobody can allow what was not asked for."""
    kept = {recipient: kinds & offered.get(recipient, frozenset()) for recipient, kinds in scope.items()}
    return {recipient: kinds for recipient, kinds in kept.items() if kinds}


def standing(consents: Iterable[Consent], today: date) -> SharingState:
    """Where consent stands in a case (E17): what holds now comes first, then what waits, then how the last one ended."""
    every = [each for each in consents if each.state is not ConsentState.RECALLED]
    holding = [each for each in every if each.in_force(today)]
    if holding:
        return SharingState.LIMITED if any(each.limited for each in holding) else SharingState.GIVEN
    if any(each.state is ConsentState.ASKED for each in every):
        return SharingState.ASKED
    if not every:
        return SharingState.NOT_ASKED
    last = max(every, key=lambda each: each.id)
    return {
        ConsentState.REFUSED: SharingState.REFUSED,
        ConsentState.WITHDRAWN: SharingState.WITHDRAWN,
    }.get(last.state, SharingState.EXPIRED)
