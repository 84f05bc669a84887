"""What can be asked for about sharing, in the imperative.

Here: commands as values. Not here: what they do (`bot.services`), and who may (`bot.domain.access`, and who decides today). Results are
plain JSON.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.domain.consent import Capacity, ConsentType, InfoKind, Purpose, Recipient
from bot.domain.ids import CaseId, ConsentId, PersonId
from bot.engine.ask import Command

Offer = tuple[Recipient, frozenset[InfoKind]]
"""What one recipient is to know."""


@dataclass(frozen=True, kw_only=True, slots=True)
class AskConsent(Command[int]):
    """Ask those who decide. A question of the same type that nobody has answered is taken back. The result is the consent's id."""

    case: CaseId
    type: ConsentType
    purpose: Purpose
    purpose_words: str | None
    offers: tuple[Offer, ...]
    until: date


@dataclass(frozen=True, kw_only=True, slots=True)
class PrepareAnswer(Command[str]):
    """Keep what the person chose. A no counts at once; a yes counts when it is signed.

    The result: `refused`, `sign` (it can be signed where they are), or `sign_on_page`.
    """

    consent: ConsentId
    yes: bool
    offers: tuple[Offer, ...] = ()
    until: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class SignConsent(Command[str]):
    """The person signs what they have prepared. The result: `given`, `others` (somebody else must answer too), or `nothing`
    where the answers have nothing in common."""

    consent: ConsentId


@dataclass(frozen=True, kw_only=True, slots=True)
class RecallConsent(Command[None]):
    """Whoever may ask takes a question back that is not answered."""

    consent: ConsentId


@dataclass(frozen=True, kw_only=True, slots=True)
class StopSharing(Command[int]):
    """Sharing stops: all of it in every case of the person, or in one case, or with one of those who were named.

    The result is how many lost what they could know. Works from a chat that nobody has confirmed.
    """

    case: CaseId | None = None
    recipient: Recipient | None = None


class Recorded(StrEnum):
    """How a consent came that somebody else writes down."""

    PAPER = "paper"
    ORAL = "oral"


@dataclass(frozen=True, kw_only=True, slots=True)
class RecordConsent(Command[str]):
    """Write down a consent that was signed on paper or said aloud (E12; B17). The result as for `SignConsent`.

    `place`: where the paper is kept, or where it was said. `signers`: those of them who are known here; `other`: a name and in which
    capacity where somebody else signed.
    """

    case: CaseId
    how: Recorded
    on: date
    place: str
    signers: tuple[PersonId, ...]
    other: tuple[str, Capacity] | None
    purpose: Purpose
    purpose_words: str | None
    offers: tuple[Offer, ...]
    until: date
    type: ConsentType = ConsentType.SHARING


@dataclass(frozen=True, kw_only=True, slots=True)
class ObjectToSharing(Command[None]):
    """The person says no to what health services may tell each other without consent (hpl § 25, pbrl § 5-3). No services: all of them."""

    case: CaseId
    services: tuple[str, ...] = ()
    words: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class EndObjection(Command[None]):
    """The person no longer objects."""

    case: CaseId
