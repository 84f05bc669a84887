"""How one message leaves for one person: all of it in the chat, the hint that there is something, or an e-mail.

Here: the way each person is reached, and putting the message on it. Not here: who is told what (`bot.services.notices`), and whether it
leaves now (`bot.services.sending_day`). Guarantee: what may not pass to a person is never put in the outbox; the hint takes its place.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.domain.access import Role
from bot.domain.choices import PrivacyLevel
from bot.domain.ids import CaseId
from bot.domain.outgoing import Lane, MessageClass
from bot.domain.people import Person
from bot.domain.privacy import Reader, level_for
from bot.engine.questions import Sensitivity
from bot.services import hints, mailing, passage, sending, sending_day
from bot.services.municipality import Context
from bot.services.passage import Line, NoticeButton
from bot.services.sending import Pressing, To
from bot.store import channels
from bot.store.channels import Channel
from bot.store.notices import Told
from bot.store.seal import KeyOwner

BUTTONS_LIVE: Final = timedelta(days=60)
STAFF: Final = frozenset({Role.KE, Role.KE_LEADER, Role.LEADER, Role.COORDINATOR, Role.REPORTER})


@dataclass(frozen=True, kw_only=True, slots=True)
class Way:
    """How somebody is reached about one thing. `address`: for an e-mail, where there is no chat; `owner`: whose key seals it."""

    person: Person
    channel: Channel
    level: PrivacyLevel
    address: str | None
    owner: KeyOwner
    case: CaseId | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Parcel:
    """One message on its way. `useful_until`: later it does not leave; `over_at`: then it is taken out of the chat again."""

    line: Line
    buttons: Sequence[NoticeButton] = ()
    hint_buttons: Sequence[NoticeButton] = ()
    message_class: MessageClass = MessageClass.REMINDER
    dedupe_key: str | None = None
    useful_until: datetime | None = None
    over_at: datetime | None = None
    enclosed: mailing.Enclosed | None = None

    @property
    def last(self) -> datetime | None:
        """From when on it is no use any more."""
        return min((each for each in (self.useful_until, self.over_at) if each is not None), default=None)


def level_of(context: Context, person: Person) -> PrivacyLevel:
    """What may pass through Telegram to this person."""
    channel = channels.of(context.tx, person.id)
    reader = Reader(
        staff=bool(person.roles & STAFF),
        agreed=channel.practical,
        # Only there is a child told less than others, and it is looked for in every case of theirs.
        child=context.municipality.level is PrivacyLevel.PRACTICAL and channels.child(context.tx, person.id),
        protected=channel.protected,
        own=channel.own,
    )
    return level_for(context.municipality.level, reader)


def way_to(context: Context, person: Person, case: CaseId | None) -> Way:
    """How this person is reached about this case, or about none."""
    level = level_of(context, person)
    no_chat = person.account is None or level is PrivacyLevel.OFF
    return Way(
        person=person,
        channel=channels.of(context.tx, person.id),
        level=level,
        address=mailing.address_of(context, person, case) if no_chat else None,
        owner=KeyOwner("case", case) if case is not None else KeyOwner("person", person.id),
        case=case,
    )


def message(context: Context, way: Way, parcel: Parcel) -> passage.Message | None:
    """All of it as a message in the chat; None where it may not pass there, or there is no chat."""
    if way.person.account is None:
        return None
    rows = [[button] for button in parcel.buttons]
    about, line = parcel.line.sensitivity, parcel.line
    return passage.message(context, way.level, [line], rows, about=about, quiet=way.channel.muted, until=parcel.over_at)


def told_by(way: Way, what: passage.Message | None) -> Told:
    """What this way tells: all of it, that there is something, or nothing but the notice on the page."""
    no_chat = way.person.account is None or way.level is PrivacyLevel.OFF
    return "chat" if what is not None else "page" if no_chat and way.address is None else "hint"


def send(context: Context, way: Way, parcel: Parcel, what: passage.Message | None) -> None:
    """Put it on its way: by e-mail, as it stands, or as the hint that there is something."""
    if way.address is not None:
        _mail(context, way, parcel)
        return
    if way.person.account is None:
        return
    to, rows = _to(context, way, parcel), [[button] for button in parcel.buttons]
    if what is None and way.level is not PrivacyLevel.OFF:
        rows = [*hints.to_the_page(context), *([button] for button in parcel.hint_buttons)]
        line = Line(hints.hint(context, to.number))
        what = passage.message(context, way.level, [line], rows, about=Sensitivity.NEUTRAL, quiet=way.channel.muted)
    if what is not None:
        sending.send(context, to, what, rows, Pressing(expires_at=context.tx.now + BUTTONS_LIVE))


def _mail(context: Context, way: Way, parcel: Parcel) -> None:
    assert way.address is not None
    mailing.send(
        context,
        way.person,
        parcel.line.text,
        address=way.address,
        sensitivity=parcel.line.sensitivity,
        message_class=parcel.message_class,
        owner=way.owner,
        case=way.case,
        dedupe_key=parcel.dedupe_key,
        not_before=_not_before(context),
        useful_until=parcel.useful_until or parcel.over_at,
        enclosed=parcel.enclosed,
    )


def _to(context: Context, way: Way, parcel: Parcel) -> To:
    assert way.person.account is not None
    return To(
        account=way.person.account,
        person=way.person.id,
        language=way.person.language,
        level=way.level,
        owner=way.owner,
        lane=Lane.NOTICE,
        message_class=parcel.message_class,
        case=way.case,
        number=hints.number_of(context, way.case),
        dedupe_key=parcel.dedupe_key,
        useful_until=parcel.useful_until,
        not_before=_not_before(context),
    )


def _not_before(context: Context) -> datetime | None:
    """What the clock itself does at night is told in the hours people are written to; an answer to somebody comes at once."""
    return sending_day.leaves_at(context) if context.actor == 0 else None
