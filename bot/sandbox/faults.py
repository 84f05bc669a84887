"""What can be made to go wrong.

Here: which calls fail next, and how. Not here: the failing itself, which belongs to the server and the update queue. Guarantee: a fault
happens exactly as many times as it was ordered, then the call works again.
"""

from dataclasses import dataclass
from enum import StrEnum

ANY_METHOD = "*"


class Fault(StrEnum):
    """The ways in which a call to Telegram fails in practice, and the one in which an update comes twice."""

    TOO_MANY_REQUESTS = "too_many_requests"
    SERVER_ERROR = "server_error"
    RESET_BEFORE = "reset_before"
    RESET_AFTER = "reset_after"
    BLOCKED = "blocked"
    DUPLICATE_UPDATE = "duplicate_update"


UPDATE_FAULTS = frozenset({Fault.DUPLICATE_UPDATE})
CALL_FAULTS = frozenset(Fault) - UPDATE_FAULTS


@dataclass(slots=True)
class Ordered:
    """A fault and how many times it still has to happen. `retry_after` is in seconds and used by `TOO_MANY_REQUESTS`."""

    fault: Fault
    method: str
    times: int
    retry_after: int


class Faults:
    """The faults that have been ordered, oldest first."""

    def __init__(self) -> None:
        self._ordered: list[Ordered] = []

    def order(self, fault: Fault, method: str = ANY_METHOD, *, times: int = 1, retry_after: int = 3) -> None:
        """Let the next `times` calls of `method` fail; `*` means any call but `getUpdates`, which has to be named."""
        if times < 1 or retry_after < 1:
            raise ValueError("times and retry_after are at least 1")
        self._ordered.append(Ordered(fault, method, times, retry_after))

    def take_call(self, method: str) -> Ordered | None:
        """The fault that this call meets, counted down."""
        for ordered in self._ordered:
            named = ordered.method == method or (ordered.method == ANY_METHOD and method != "getUpdates")
            if ordered.fault in CALL_FAULTS and named:
                return self._count_down(ordered)
        return None

    def take_update(self) -> bool:
        """Whether the update that is being confirmed comes once more."""
        for ordered in self._ordered:
            if ordered.fault in UPDATE_FAULTS:
                self._count_down(ordered)
                return True
        return False

    def waiting(self) -> tuple[Ordered, ...]:
        """What has been ordered and has not happened."""
        return tuple(self._ordered)

    def clear(self) -> None:
        """Forget everything that has not happened."""
        self._ordered.clear()

    def _count_down(self, ordered: Ordered) -> Ordered:
        ordered.times -= 1
        if ordered.times == 0:
            self._ordered.remove(ordered)
        return ordered
