"""A municipality's profile and the law profile, read from TOML and checked.

Here: finding the files and reporting every mistake at once. Not here: the values (`bot.domain.rules`, `bot.domain.law`), turning tables
into values (`bot.profile.reading`), and what a value must keep to (`bot.profile.checks`). Guarantee: a profile that loads is complete, in
both written standards, and one that does not says what is wrong, where, and what to do.
"""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

from bot.data import data_directory
from bot.domain.law import Law
from bot.domain.rules import Profile
from bot.domain.words import Words
from bot.engine.texts import WRITTEN_FORMS, Language
from bot.profile.checks import law_mistakes, profile_mistakes, profile_warnings
from bot.profile.reading import Reader, nearest

__all__ = ["ProfileInvalid", "load_law", "load_profile", "profile_warnings", "shipped_profiles"]

FOR_THE_LOADER = frozenset({"institutional_mobiles"})


class ProfileInvalid(Exception):
    """A profile cannot be used. `mistakes` holds a sentence for each thing that is wrong: what, where (file and key), what to do."""

    def __init__(self, mistakes: tuple[str, ...]) -> None:
        super().__init__("\n".join(mistakes))
        self.mistakes = mistakes


def shipped_profiles() -> tuple[str, ...]:
    """The names of the profiles that come with Samråd, in alphabetical order."""
    return tuple(sorted(path.stem for path in data_directory("profiles").glob("*.toml")))


def load_profile(name_or_path: str) -> Profile:
    """The profile with a shipped name ("lund") or at a path ("here/ours.toml"). Raises ProfileInvalid with every mistake in it."""
    path = _found(name_or_path)
    tables = _tables(path)
    reader = Reader(file=path.name, given_for={Words: {"form": _form(tables)}})
    mobiles = reader.phones_allowed(tables.get("institutional_mobiles", []))
    values = {key: value for key, value in tables.items() if key not in FOR_THE_LOADER}
    profile = reader.read(Profile, values, given={"id": path.stem})
    mistakes = reader.mistakes if profile is None else [*reader.mistakes, *profile_mistakes(profile, path.name, mobiles)]
    if profile is None or mistakes:
        raise ProfileInvalid(tuple(mistakes))
    return profile


def load_law(today: date, directory: Path | None = None) -> Law:
    """The law profile in force on `today` (a date in Oslo): the newest that had begun. Raises ProfileInvalid where there is none."""
    laws = [_law(path) for path in sorted((directory or data_directory("profiles") / "law").glob("*.toml"))]
    begun = [law for law in laws if law.valid_from <= today]
    if not begun:
        earliest = min((law.valid_from for law in laws), default=None)
        known = f"The earliest begins {earliest.isoformat()}" if earliest else "There is none at all"
        sentence = f"profiles/law: no law profile is in force on {today.isoformat()}. {known}. Check the clock, or add a file."
        raise ProfileInvalid((sentence,))
    return max(begun, key=lambda law: law.valid_from)


def _law(path: Path) -> Law:
    reader = Reader(file=f"law/{path.name}", given_for={Words: {"form": Language.NB}})
    law = reader.read(Law, _tables(path), given={"id": path.stem})
    mistakes = reader.mistakes if law is None else [*reader.mistakes, *law_mistakes(law, reader.file)]
    if law is None or mistakes:
        raise ProfileInvalid(tuple(mistakes))
    return law


def _form(tables: dict[str, Any]) -> Language:
    """The municipality's written form, known before anything is read; a mistake in it is found when it is."""
    municipality = tables.get("municipality")
    said = municipality.get("language") if isinstance(municipality, dict) else None
    return next((form for form in WRITTEN_FORMS if form == said), Language.NB)


def _found(name_or_path: str) -> Path:
    shipped = shipped_profiles()
    if name_or_path in shipped:
        return data_directory("profiles") / f"{name_or_path}.toml"
    path = Path(name_or_path)
    if path.is_file():
        return path
    guess = nearest(name_or_path, shipped)
    meant = f' Did you mean "{guess}"?' if guess else ""
    what = f'There is no profile "{name_or_path}": neither a shipped name nor a file.{meant}'
    raise ProfileInvalid((f"{what} Set SAMRAD_PROFILE to one of {', '.join(shipped)}, or to the path of a TOML file.",))


def _tables(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as mistake:
        raise ProfileInvalid((f"{path.name}: this is not TOML: {mistake}. Correct that line and start again.",)) from mistake
    except UnicodeDecodeError as mistake:
        raise ProfileInvalid((f"{path.name}: the file is not in UTF-8. Save it as UTF-8 and start again.",)) from mistake
    except OSError as mistake:
        raise ProfileInvalid((f"{path.name}: the file cannot be read ({mistake.strerror}). Check its permissions.",)) from mistake
