"""The consents that hold, from the audit alone.

Here: a pure replay of the audit's entries about consent. Not here: the audit's chain (`bot.store.audit`), nor the tables of consents.
Guarantee: what the tables say holds and what the replay says holds are the same; whoever doubts one has the other, years later too.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from bot.domain.consent import InfoKind, Scope
from bot.domain.ids import ConsentId

GIVEN: Final = "consent.given"
ENDED: Final = "consent.ended"


@dataclass(frozen=True, kw_only=True, slots=True)
class Held:
    """A consent in force: who may know what, by the recipients' numbers in the case, and the last day in Oslo."""

    consent: ConsentId
    allowed: frozenset[tuple[int, InfoKind]]
    until: date


def written(scope: Mapping[int, Iterable[InfoKind]]) -> str:
    """A scope as the audit holds it: numbers and kinds only."""
    return ";".join(f"{number}:{'+'.join(sorted(kinds))}" for number, kinds in sorted(scope.items()) if kinds)


def read(scope: str) -> frozenset[tuple[int, InfoKind]]:
    """The same back. Raises `ValueError` for anything that is no scope."""
    found = set()
    for part in filter(None, scope.split(";")):
        number, colon, kinds = part.partition(":")
        if not colon:
            raise ValueError(f"no scope of a consent: {part}")
        found |= {(int(number), InfoKind(kind)) for kind in kinds.split("+")}
    return frozenset(found)


def replay(entries: Iterable[tuple[str, Mapping[str, Any]]], today: date) -> frozenset[Held]:
    """What holds on a day in Oslo after these entries (action and detail), oldest first. Other entries than these two are passed over."""
    held: dict[ConsentId, Held] = {}
    for action, detail in entries:
        if action == GIVEN:
            consent = ConsentId(detail["consent"])
            held[consent] = Held(consent=consent, allowed=read(detail["scope"]), until=date.fromisoformat(detail["until"]))
        elif action == ENDED:
            before = held.get(ConsentId(detail["consent"]))
            if before is not None:
                gone = {int(number) for number in str(detail["recipients"]).split(",")}
                left = frozenset(each for each in before.allowed if each[0] not in gone)
                held[before.consent] = Held(consent=before.consent, allowed=left, until=before.until)
    return frozenset(each for each in held.values() if each.allowed and today <= each.until)


def numbered(scope: Scope, numbers: Mapping[object, int]) -> dict[int, frozenset[InfoKind]]:
    """A scope by the recipients' numbers."""
    return {numbers[recipient]: kinds for recipient, kinds in scope.items()}
