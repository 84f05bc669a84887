"""Where a browser for the page tests is. Here: finding one. Guarantee: nothing is downloaded; where there is none, the reason is told."""

import os
import shutil

CANDIDATES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")
WHY_NOT = f"no browser for the page tests: set SAMRAD_CHROMIUM, or put one of {', '.join(CANDIDATES)} on the PATH"


def chromium_path() -> str | None:
    """The browser's path: the setting SAMRAD_CHROMIUM, else the first candidate on the PATH, else None."""
    named = os.environ.get("SAMRAD_CHROMIUM")
    if named:
        return shutil.which(named)
    return next((path for path in map(shutil.which, CANDIDATES) if path), None)
