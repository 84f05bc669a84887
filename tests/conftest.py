"""For all tests: the same examples in every run, no network beyond this machine, and no setting of the machine's own.

Databases of tests lie in memory where the machine offers that (the commits are the same, only the disk is not waited for).
"""

import gc
import os
import shutil
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from bot.addresses import is_loopback
from bot.settings import PREFIX

settings.register_profile("samrad", deadline=None, derandomize=True, print_blob=False, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("samrad")

_WATCHED = frozenset({"socket.connect", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo"})


class NetworkUsed(BaseException):
    """A test reached for an address beyond this machine. Not an `Exception`, so that no handler of errors in the code hides it."""


def _host_of(event: str, arguments: tuple[object, ...]) -> str | None:
    if event == "socket.getaddrinfo":
        host = arguments[0]
        return host.decode() if isinstance(host, bytes) else host if isinstance(host, str) else None
    address = arguments[1]
    # A path is a socket in the file system; None is a socket already connected.
    return str(address[0]) if isinstance(address, tuple) else None


def _guard(event: str, arguments: tuple[object, ...]) -> None:
    if event not in _WATCHED:
        return
    host = _host_of(event, arguments)
    if host and host not in {"0.0.0.0", "::"} and not is_loopback(host):  # noqa: S104
        raise NetworkUsed(f"{event}: {host} is not on this machine. Tests use loopback only.")


# A hook cannot be taken away again, which is just what is wanted here.
sys.addaudithook(_guard)


MEMORY, ENOUGH = Path("/dev/shm"), 2_000_000_000  # noqa: S108 (a file system in memory, not a file of ours)


def _in_memory() -> None:
    """Let pytest make its folders in memory, where there is room and nobody has said otherwise."""
    if MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ENOUGH:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))


_in_memory()


LONGEST_FIRST = (
    "tests/conversations/test_every_branch.py",
    "tests/web/test_accessibility.py",
    "tests/e2e/test_path.py",
    "tests/stories/test_killed.py",
    "tests/cli/test_commands.py",
    "tests/conversations/test_transcripts.py",
    "tests/web/test_screens.py",
    "tests/e2e/",
    "tests/requirements/test_meeting_reminders_in_the_database.py",
    "tests/privacy/",
    "tests/sandbox/",
    "tests/web/",
)
"""Begun first, so that no core waits at the end for one that was given a long file last."""


def pytest_xdist_auto_num_workers() -> int:
    """One more than there are cores: for part of their time the tests wait for a browser, or for a process that they start or kill."""
    return len(os.sched_getaffinity(0)) + 1 if hasattr(os, "sched_getaffinity") else (os.cpu_count() or 1) + 1


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The files that take longest come first; all else stays in its order."""
    items.sort(
        key=lambda item: next((place for place, path in enumerate(LONGEST_FIRST) if item.nodeid.startswith(path)), len(LONGEST_FIRST))
    )


def pytest_collection_finish() -> None:
    """What is there before the first test stays to the last: no look for garbage goes through it, and there are fewer of them."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


@pytest.fixture(autouse=True)
def no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test depends on SAMRAD_ names that happen to be set where it runs, except for the browser's."""
    for name in [name for name in os.environ if name.startswith(PREFIX) and name != "SAMRAD_CHROMIUM"]:
        monkeypatch.delenv(name)
