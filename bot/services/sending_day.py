"""How many messages one person is sent in a day, and what waits for a morning's digest instead.

Here: the one decision whether a message leaves now. Not here: telling (`bot.services.notices`) and the digest (`bot.services.digests`).
Guarantee: nobody is sent more messages in a day than the profile sets, but for what cannot wait: an answer to what they have just done
themselves; danger to life; the decision in one's own case; that sharing has stopped; an invitation to a meeting, another time for it, or
that it is off; and what would be too late the next morning.
"""

from datetime import datetime

from bot.domain.ids import PersonId
from bot.domain.nudge_rules import HowOften
from bot.domain.nudges import digest_time, how_often_on, next_digest
from bot.domain.reminders import day_of
from bot.services.municipality import Context
from bot.store import held_messages as held
from bot.store import nudges


def leaves_at(context: Context) -> datetime:
    """When what is told now leaves: what the clock itself does at night waits for the hours people are written to."""
    now, hours = context.tx.now, context.municipality.profile.sending
    if context.actor != 0:
        return now
    return context.municipality.calendar.sending_time(now, earliest=hours.earliest, latest=hours.latest)


def held_until(
    context: Context, who: PersonId, *, nudged_at: datetime | None = None, useful_until: datetime | None = None, cannot_wait: bool = False
) -> datetime | None:
    """Until when a message waits for a digest; None where it leaves now. `nudged_at`: when a reminder for staff fell due."""
    if cannot_wait or who == context.actor:
        return None
    rules, tx, now = context.municipality.rules, context.tx, context.tx.now
    if nudged_at is None and not full(context, who, leaves_at(context)):
        return None
    chosen = nudges.chosen(tx, who) or rules.profile.nudges.how_often
    if nudged_at is not None:
        at = digest_time(nudged_at, now, held.last_digest(tx, who), chosen, rules)
        if at is not None:
            # Where the next digest comes too late, it is told now, together with whatever else is.
            return at if useful_until is None or at < useful_until else leaves_at(context)
        if not full(context, who, leaves_at(context)):
            return None
    at = next_digest(leaves_at(context), how_often_on(day_of(now), chosen, rules), rules) if nudged_at else morning_after(context)
    return at if useful_until is None or at < useful_until else None


def full(context: Context, who: PersonId, at: datetime) -> bool:
    """Has this person been sent as many messages on that day as the municipality sets?"""
    most = context.municipality.profile.nudges.most_a_day
    return most is not None and held.sent_on(context.tx, who, day_of(at)) >= most


def morning_after(context: Context) -> datetime:
    """The morning of the next working day."""
    rules = context.municipality.rules
    return next_digest(leaves_at(context), HowOften.DAILY, rules)


def count(context: Context, who: PersonId, *, digest: bool = False) -> None:
    """A message leaves for somebody; what is told them about their own deed is an answer, and does not count."""
    if who != context.actor:
        held.count(context.tx, who, day_of(leaves_at(context)), digest=digest)
