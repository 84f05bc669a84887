"""Every setting of a profile is read somewhere: what a municipality sets is never without effect.

Here: names, looked for in the code. Not here: what each setting does, which the tests of its subject show.
"""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path

from bot.domain.rules import Profile
from bot.domain.words import Words
from bot.profile import load_profile, shipped_profiles

ROOT = Path(__file__).resolve().parents[2]
BY_NAME = frozenset({"agenda.usual"})
"""What is below is read by the name of a kind, and so is no name in the code."""


def settings(value: object, path: str = "") -> Iterator[str]:
    """The path of every setting below this one; a municipality's own words are one setting each."""
    if isinstance(value, tuple):
        for each in value:
            yield from settings(each, path)
    elif is_dataclass(value) and not isinstance(value, type | Words):
        for each in fields(value):
            inner = f"{path}.{each.name}" if path else each.name
            yield inner
            if inner not in BY_NAME:
                yield from settings(getattr(value, each.name), inner)


def read_anywhere() -> frozenset[str]:
    """Names that are looked up on something, or named as a setting of a rule, outside the modules that only define and load them."""
    files = [path for folder in ("bot", "conversations") for path in (ROOT / folder).rglob("*.py")]
    texts = [path.read_text("utf-8") for path in files if path.name != "rules.py" and "profile" not in path.name]
    return frozenset(name for text in texts for name in re.findall(r"\.(\w+)", text))


def unread(profile: Profile, names: frozenset[str]) -> set[str]:
    return {path for path in settings(profile) if path.rpartition(".")[2] not in names}


def test_every_setting_is_read() -> None:
    names = read_anywhere()
    assert [(name, path) for name in shipped_profiles() for path in unread(load_profile(name), names)] == []


def test_one_that_is_not_read_is_found() -> None:
    assert unread(load_profile("lund"), read_anywhere() - {"plan_opened_by"}) == {"records.plan_opened_by"}
