"""A contact where a child spends its days: the kindergarten or the school has somebody named in the circle.

Here: whether one is missing. Not here: bringing somebody into the circle (`bot.domain.circle`), when it is asked about
(`bot.domain.reminders.school`). Sources: Ringerike, KE og samarbeid; Lund § 6 (Kultur og oppvekst takes part). Guarantee: a case that is
not about a child is never asked for one.
"""

from collections.abc import Collection, Iterable

from bot.domain.rules import Service


def suitable(services: Iterable[Service], age: int | None) -> tuple[Service, ...]:
    """Where a child of this age, in whole years, can have a contact (F17); every such place where nobody has noted the age."""
    found = (each for each in services if each.contact_for_child)
    return tuple(each for each in found if age is None or (each.from_age or 0) <= age < (200 if each.to_age is None else each.to_age))


def missing(
    services: Iterable[Service], *, child: bool, age: int | None, around: Collection[str | None], neither: bool
) -> tuple[Service, ...]:
    """The places of which somebody should be in the circle, and nobody is; none where the child goes to neither.

    `around`: the services of those in the circle now.
    """
    places = suitable(services, age) if child and not neither else ()
    return () if any(each.id in around for each in places) else places
