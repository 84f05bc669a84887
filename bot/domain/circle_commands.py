"""What can be asked for about the circle around a person, in the imperative.

Here: commands as values. Not here: what they do (`bot.services.circle`, `bot.services.membership`, `bot.services.children`) and who may
(`bot.domain.access`, asked when they take effect).
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.domain.circle import MemberKind
from bot.domain.consent import InfoKind
from bot.domain.ids import CaseId, MemberId
from bot.engine.ask import Command


@dataclass(frozen=True, kw_only=True, slots=True)
class AddMember(Command[int]):
    """Bring somebody into the circle (F05, F12). They learn nothing before a consent covers them. The result is the member.

    `service` is an id of the directory; else `service_words`. `kind` None: what the service is by the profile (F06). `hpr` is the number
    in the register of health personnel; a national identity number is refused.
    """

    case: CaseId
    name: str
    title: str
    sees: tuple[InfoKind, ...]
    service: str | None = None
    service_words: str | None = None
    kind: MemberKind | None = None
    email: str | None = None
    phone: str | None = None
    hpr: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class InviteMember(Command[str]):
    """Ask a member whether they take part. Refused where no consent in force names what they are to see (E04: Herøy).

    The result is a link code to be read out, shown once; empty for whoever can be asked in a chat or logs in already.
    """

    member: MemberId


@dataclass(frozen=True, kw_only=True, slots=True)
class SetMember(Command[None]):
    """What one member may see, each kind by itself (E05), and whether fixed or called in when needed (F05)."""

    member: MemberId
    sees: tuple[InfoKind, ...]
    kind: MemberKind


@dataclass(frozen=True, kw_only=True, slots=True)
class AnswerAsMember(Command[None]):
    """A member says whether they take part. The unit may note what was said by phone."""

    member: MemberId
    yes: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class EndMembership(Command[None]):
    """Leave the circle, or be taken out of it. All access ends in the same transaction."""

    member: MemberId


class AnyChildren(StrEnum):
    """Are there children who are relatives or siblings (A10: Lund § 6)?"""

    YES = "yes"
    NO = "no"
    NOT_YET = "not_yet"


@dataclass(frozen=True, kw_only=True, slots=True)
class NoteChildren(Command[None]):
    """What the coordinator found out about children who are relatives or siblings, and who follows them up (A10: Lund § 6)."""

    case: CaseId
    answer: AnyChildren
    follow_up: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class NoteChildMet(Command[None]):
    """The coordinator has met the child on this day in Oslo (D12: Rana, Barn)."""

    case: CaseId
    on: date


@dataclass(frozen=True, kw_only=True, slots=True)
class GoesToNeither(Command[None]):
    """The child goes neither to kindergarten nor to school now, so that there is no contact to have there (F17)."""

    case: CaseId


@dataclass(frozen=True, kw_only=True, slots=True)
class WriteChildsWords(Command[None]):
    """What the child wants, in the child's own words (D13: Rana, Barn; Lund § 9): by the child, or noted down for it."""

    case: CaseId
    words: str
