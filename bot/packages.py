"""What is loaded only when it is first needed, so that a bot without it takes less memory and starts sooner.

Here: which packages, and whether they are there. Not here: loading them, in the function that needs each. Guarantee: one that is not
there, or does not load, is known before anybody needs it: `samrad check` says so, and `samrad run` does not start.
"""

from collections.abc import Iterator, Mapping
from importlib import import_module
from importlib.util import find_spec
from typing import Final

from bot.findings import Finding, bad

LATER: Final[Mapping[str, str]] = {
    "typst": "documents as PDF",
    "icalendar": "meetings as calendar files",
    "uvicorn": "the secure page and --webhook",
    "starlette": "the secure page and --webhook",
    "jinja2": "the secure page",
    "joserfc": "logging in on the secure page",
    "python_multipart": "forms on the secure page",
}
"""What each is for."""
REMEDY: Final = "Install Samråd again, with everything it depends on."


def absent() -> tuple[str, ...]:
    """Those that are not installed, in sentences; nothing is loaded."""
    return tuple(f"The package {name} is not installed: {what}. {REMEDY}" for name, what in LATER.items() if find_spec(name) is None)


def of_packages() -> Iterator[Finding]:
    """Does each of them load? Nothing is said of those that do."""
    for name, what in LATER.items():
        try:
            import_module(name)
        except ImportError as error:
            yield bad("packages", f"{name} does not load ({error}): {what}", REMEDY)
