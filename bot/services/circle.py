"""What members of a circle may see now, and the one way to tell them anything.

Here: the rule as it holds at this moment, and holding back what no longer may be read. Not here: who comes and goes
(`bot.services.membership`) and views (`bot.services.circle_views`). Guarantees: a member sees what was set for them and what a consent
in force names, never one alone; what was put on its way and is no longer shared does not leave, and is gone from the secure page.
"""

from collections.abc import Sequence
from datetime import date, datetime

from bot.domain.circle import TAKES_PART, Member
from bot.domain.consent import InfoKind, shared_with
from bot.domain.ids import CaseId, MemberId, PersonId
from bot.domain.outgoing import MessageClass
from bot.domain.reminders import OSLO
from bot.engine.questions import Sensitivity
from bot.engine.texts import Text
from bot.services import consents, notices
from bot.services.mailing import Enclosed
from bot.services.municipality import Context, Municipality
from bot.services.passage import NoticeButton
from bot.services.visible import ASKED, NOBODY, may_see, sees_now
from bot.store import audit, members
from bot.store import notices as stored_notices
from bot.store.database import Tx
from bot.store.notices import Notice

__all__ = ["ASKED", "NOBODY", "hold", "may_see", "readable", "sees_now", "settle", "tell_member", "tell_members", "until"]


def until(context: Context, member: Member) -> date | None:
    """The last day in Oslo on which a consent that holds now lets this member see anything; None where none does."""
    wanted = sees_now(context, member)
    held = consents.holding(context, member.case) if wanted else ()
    return max((each.until for each in held if shared_with([each], member.id, member.service, context.today) & wanted), default=None)


def tell_member(
    context: Context,
    member: Member,
    text: Text,
    info: InfoKind | None,
    *,
    dedupe_key: str,
    sensitivity: Sensitivity = Sensitivity.PERSONAL,
    buttons: Sequence[NoticeButton] = (),
    useful_until: datetime | None = None,
    over_at: datetime | None = None,
    hint_buttons: Sequence[NoticeButton] = (),
    enclosed: Enclosed | None = None,
) -> bool:
    """Tell one member something of this kind, if they may know it now; whether they may. `info` None: only that there is a circle.

    What has not left when it is no longer shared does not leave. That somebody was told is recorded, not what.
    """
    now = sees_now(context, member)
    if member.state not in ASKED or not now or (info is not None and info not in now):
        return False
    notices.tell(
        context,
        member.person,
        text,
        sensitivity=sensitivity,
        message_class=MessageClass.REMINDER,
        case=member.case,
        buttons=buttons,
        dedupe_key=dedupe_key,
        useful_until=useful_until,
        over_at=over_at,
        hint_buttons=hint_buttons,
        enclosed=enclosed,
    )
    members.note_told(context.tx, member.id, dedupe_key, info)
    audit.record(context.tx, "member.told", actor=context.actor, case=member.case, member=member.id, info=info)
    return True


def tell_members(
    context: Context,
    case: CaseId,
    text: Text,
    info: InfoKind,
    *,
    dedupe_key: str,
    sensitivity: Sensitivity = Sensitivity.PERSONAL,
    buttons: Sequence[NoticeButton] = (),
    useful_until: datetime | None = None,
    over_at: datetime | None = None,
    hint_buttons: Sequence[NoticeButton] = (),
    only: frozenset[PersonId] | None = None,
    enclosed: Enclosed | None = None,
) -> tuple[Member, ...]:
    """Tell those who take part and may know this kind of thing now; who was told. The one way members are told anything."""
    told = []
    for member in members.of_case(context.tx, case):
        if member.state in TAKES_PART and (only is None or member.person in only):
            key = f"{dedupe_key}/member/{member.id}"
            if tell_member(
                context,
                member,
                text,
                info,
                dedupe_key=key,
                sensitivity=sensitivity,
                buttons=buttons,
                useful_until=useful_until,
                over_at=over_at,
                hint_buttons=hint_buttons,
                enclosed=enclosed,
            ):
                told.append(member)
    return tuple(told)


def taking_part(context: Context, case: CaseId) -> tuple[Member, ...]:
    """Those who take part and may know something now: whoever is told of the end of a case is found before it ends (P05)."""
    return tuple(each for each in members.of_case(context.tx, case) if each.state in TAKES_PART and sees_now(context, each))


def _no_longer(context: Context, told: Sequence[members.Told]) -> list[members.Told]:
    """What of it may not be read any more: whoever was told it is not of the circle, or may not know it now."""
    now: dict[MemberId, frozenset[InfoKind]] = {}
    for each in told:
        if each.member not in now:
            member = members.find(context.tx, each.member)
            now[each.member] = sees_now(context, member) if member is not None and member.state in ASKED else frozenset()
    return [each for each in told if not now[each.member] or (each.info is not None and each.info not in now[each.member])]


def _hold(context: Context, told: Sequence[members.Told]) -> None:
    for each in _no_longer(context, told):
        members.hold(context.tx, each)
        audit.record(context.tx, "member.held", actor=None, case=each.case, member=each.member, notice=each.notice)


def hold(context: Context, case: CaseId) -> None:
    """Take back everything that is no longer shared with whoever was told it."""
    _hold(context, members.told(context.tx, case))


def settle(tx: Tx, municipality: Municipality, case: CaseId) -> None:
    """Before every commit that changed a case: nothing that is no longer shared waits for a member."""
    hold(Context(tx=tx, municipality=municipality, actor=NOBODY), case)


class WhenTheDayTurns:
    """Asked before anything leaves: what a new day has ended, a consent or the right to give it, is held before it can be sent.

    What people do is settled in their own transaction; by the clock alone, things end at midnight in Oslo only.
    """

    def __init__(self, municipality: Municipality) -> None:
        self._municipality = municipality
        self._day: date | None = None

    def __call__(self, tx: Tx) -> None:
        today = tx.now.astimezone(OSLO).date()
        if today != self._day:
            for case in members.cases_told(tx):
                settle(tx, self._municipality, case)
        self._day = today


def readable(context: Context) -> list[Notice]:
    """The actor's own notices, newest first, without what is no longer shared: a consent may have ended by the day alone."""
    _hold(context, members.told_to(context.tx, context.actor))
    return stored_notices.of(context.tx, context.actor)
