"""The digest of a morning: everything that waited for one person, in one message.

Here: gathering what still holds, and sending it. Not here: what waits (`bot.services.sending_day`). Guarantees: a digest is one message and
counts as one; what has been read, answered, taken back or become too late meanwhile is not in it; what members of a circle were told is
never repeated in words, since what they may know can have changed since.
"""

from collections.abc import Sequence
from typing import Final

from bot.domain.ids import NudgeId, PersonId
from bot.domain.nudges import is_answer
from bot.engine.questions import Sensitivity
from bot.engine.texts import Text, joined, nt, t, verbatim
from bot.services import delivery, notices, sending_day
from bot.services.delivery import Parcel
from bot.services.municipality import Context, Municipality
from bot.services.passage import Line, NoticeButton
from bot.store import closings, held_messages, members, nudges, people
from bot.store import notices as stored
from bot.store.database import Tx
from bot.store.held_messages import HeldMessage
from bot.store.notices import Notice
from bot.store.nudges import Nudge

SAMRAD: Final = PersonId(0)
MOST_BUTTONS: Final = 8


def send_due(tx: Tx, municipality: Municipality) -> int:
    """Send every digest that is due, within the hours people are written to; how many messages left."""
    waiting = held_messages.people_due(tx)
    if not waiting:
        return 0
    context = Context(tx=tx, municipality=municipality, actor=SAMRAD)
    at, sent = sending_day.leaves_at(context), 0
    for who in waiting:
        if at > tx.now:
            held_messages.postpone(tx, who, at)
        elif sending_day.full(context, who, at) and not held_messages.too_late_by(tx, who, sending_day.morning_after(context)):
            held_messages.postpone(tx, who, sending_day.morning_after(context))
        else:
            found = [notice for each in held_messages.take(tx, who) if (notice := _still(context, each)) is not None]
            if found:
                _send(context, who, found)
                sent += 1
    return sent


def _still(context: Context, held: HeldMessage) -> Notice | None:
    """The notice, where it still has to be told."""
    tx, notice = context.tx, stored.find(context.tx, held.notice)
    late = held.useful_until is not None and held.useful_until <= tx.now
    if late or notice is None or not notice.words or notice.read_at is not None or notice.told == "phone":
        return None
    if notice.case is not None and closings.halted(tx, notice.case) is not None:
        return None
    nudge = nudges.by_notice(tx, notice.id) or _nudge_told_of(tx, notice)
    return None if nudge is not None and not nudge.stands else notice


def _nudge_told_of(tx: Tx, notice: Notice) -> Nudge | None:
    """The nudge that a warning, or the word to a leader, is about: once it is answered, neither is told any more."""
    kind, _, rest = (stored.key_of(tx, notice.id) or "").partition("/")
    number = rest.partition("/")[0]
    return nudges.find(tx, NudgeId(int(number))) if kind == "nudge" and number.isdecimal() else None


def _send(context: Context, who: PersonId, found: Sequence[Notice]) -> None:
    one = found[0] if len(found) == 1 else None
    person = people.person(context.tx, who)
    way = delivery.way_to(context, person, found[0].case) if one or not person.account else delivery.way_to(context, person, None)
    parcel = Parcel(
        line=Line(verbatim(one.words) if one else _together(context, found), Sensitivity.HEALTH),
        buttons=_buttons_of(one) if one else _buttons(context, found),
        dedupe_key=_key(context, one) if one else f"digest/{who}/{context.tx.now.isoformat()}",
    )
    what = delivery.message(context, way, parcel)
    delivery.send(context, way, parcel, what)
    sending_day.count(context, who, digest=True)
    if what is not None:
        for each in found:
            stored.all_told(context.tx, each.id)


def _key(context: Context, notice: Notice) -> str:
    return stored.key_of(context.tx, notice.id) or f"digest/{notice.id}"


def _as_member(context: Context, notice: Notice) -> bool:
    return members.told_as_member(context.tx, notice.id)


def _together(context: Context, found: Sequence[Notice]) -> Text:
    """All of it, numbered; what was told to a member of a circle only by its number of messages."""
    shown = [each for each in found if not _as_member(context, each)]
    head = nt("You have {n} message.", "You have {n} messages.", len(found))
    lines = [t("{place}. {words}", place=str(place), words=verbatim(each.words)) for place, each in enumerate(shown, start=1)]
    return joined(head, *lines)


def _buttons_of(notice: Notice) -> list[NoticeButton]:
    return [NoticeButton(label=verbatim(each.label), meaning=each.meaning) for each in notice.actions]


def _buttons(context: Context, found: Sequence[Notice]) -> list[NoticeButton]:
    """What each of them is about, by its number, and one way to answer the nudges among them."""
    shown = [each for each in found if not _as_member(context, each)]
    numbered = [
        NoticeButton(label=t("{place}. {words}", place=str(place), words=button.label), meaning=button.meaning)
        for place, each in enumerate(shown, start=1)
        for button in _buttons_of(each)
        # What stands under every nudge stands under a digest once.
        if not is_answer(button.meaning)
    ]
    nudged = any(nudges.by_notice(context.tx, each.id) is not None for each in found)
    return [*numbered[:MOST_BUTTONS], *([notices.begin(t("Done, later or not needed"), "nudges")] if nudged else [])]
