"""What a conversation can look up about sharing.

Here: queries and views as values. Not here: SQL and rights; they are answered by `bot.services.consent_views`. Guarantee: whoever may not
see where sharing stands in a case gets None or nothing.
"""

from dataclasses import dataclass
from datetime import date

from bot.domain.consent import Capacity, ConsentState, ConsentTrust, ConsentType, InfoKind, Purpose, Recipient, SharingState
from bot.domain.ids import CaseId, ConsentId, DocumentId, PersonId
from bot.engine.ask import Query
from bot.engine.texts import Language, Text, verbatim


@dataclass(frozen=True, kw_only=True, slots=True)
class RecipientView:
    """Somebody a consent names, with what they may know or are to know. `short` fits on a button."""

    recipient: Recipient
    name: Text
    short: Text
    kinds: frozenset[InfoKind]


@dataclass(frozen=True, kw_only=True, slots=True)
class AnswerView:
    """What one of those who decide has answered. `name` None: the name is not told here."""

    name: str | None
    capacity: Capacity
    yes: bool
    trust: ConsentTrust
    on: date


@dataclass(frozen=True, kw_only=True, slots=True)
class ConsentView:
    """A consent, asked or answered. `holds`: in force today. `mine`: it waits for the reader's own answer; `prepared`: they have only to
    sign. `form`: the full text for this reader. `documents`: to read and keep."""

    consent: ConsentId
    case: CaseId
    number: int
    type: ConsentType
    state: ConsentState
    holds: bool
    limited: bool
    purpose: Text
    asked_on: date
    until: date
    offered: tuple[RecipientView, ...]
    allowed: tuple[RecipientView, ...]
    answers: tuple[AnswerView, ...]
    waits_for: int
    mine: bool
    capacity: Capacity | None
    prepared: tuple[RecipientView, ...] | None
    prepared_until: date | None
    form: tuple[Text, ...]
    documents: tuple[DocumentId, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class ObjectionView:
    """The person objects to sharing between health services: since when, and to which, in words."""

    since: date
    words: Text


@dataclass(frozen=True, kw_only=True, slots=True)
class SharingView:
    """Where sharing stands in a case (E06, E17): who may know what until when, what waits, and what was before.

    `may_stop`: the reader can stop it. `may_object`: the reader can object to sharing between health services.
    """

    case: CaseId
    number: int
    initials: str
    state: SharingState
    consents: tuple[ConsentView, ...]
    objection: ObjectionView | None
    may_ask: bool
    may_stop: bool
    may_object: bool


@dataclass(frozen=True, slots=True)
class TheSharing(Query["SharingView | None"]):
    """Where sharing stands in one case."""

    case: CaseId


@dataclass(frozen=True, slots=True)
class MySharing(Query[tuple[SharingView, ...]]):
    """Where sharing stands in every case in which the reader can stop it, or is to answer."""


@dataclass(frozen=True, slots=True)
class TheConsent(Query["ConsentView | None"]):
    """One consent, for whoever may see where sharing stands in its case, or is to answer."""

    consent: ConsentId


@dataclass(frozen=True, slots=True)
class MayShowNames(Query[bool]):
    """May names stand where the reader is? Not in a chat below `full`."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PossibleRecipient:
    """Somebody who can be named in a question: a member of the circle, or a service. `sees`: what was set for a member."""

    recipient: Recipient
    name: Text
    short: Text
    sees: frozenset[InfoKind]
    fixed: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class DeciderView:
    """Somebody who decides for the person today."""

    person: PersonId
    name: str | None
    capacity: Capacity
    language: Language

    def name_or(self, unknown: Text) -> Text:
        """The name, or other words where there is none."""
        return verbatim(self.name) if self.name else unknown


@dataclass(frozen=True, kw_only=True, slots=True)
class AskingView:
    """What whoever asks for consent needs: whom one can name, who is asked and whether all of them must say yes.

    `gap`: why nobody can be asked yet; `paper_only`: the person can still sign on paper.
    `usual_until`: the advised last day; the same for all fixed members.
    """

    case: CaseId
    number: int
    initials: str
    possible: tuple[PossibleRecipient, ...]
    deciders: tuple[DeciderView, ...]
    all_must_answer: bool
    waiting: ConsentId | None
    gap: Text | None
    paper_only: bool
    usual_until: date
    latest: date
    purposes: tuple[Purpose, ...] = tuple(Purpose)


@dataclass(frozen=True, slots=True)
class Asking(Query["AskingView | None"]):
    """What is needed to ask for consent in a case; None for whoever may not."""

    case: CaseId
