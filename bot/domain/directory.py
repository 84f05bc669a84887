"""Who can help with what: searching the directory, and keeping it right.

Here: the search, as a pure function, and words for what the unit has checked. Not here: the services themselves (the profile). Guarantees:
what is not found is said to be not found, and a human is offered; a question about what somebody is entitled to is never answered by a
search (Q08).
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from bot.domain.rules import Service
from bot.engine.ask import Command, Query
from bot.engine.texts import Language

MOST_FOUND: Final = 6
SHORTEST: Final = 3
WORD: Final = re.compile(r"[^\W\d_]+", re.UNICODE)
# fmt: off
STOP: Final = frozenset((
    "hjelp", "hjelpe", "hjelper", "med", "til", "for", "som", "den", "det", "der", "har", "kan", "vil", "skal", "jeg", "meg",
    "min", "mitt", "mine", "oss", "hva", "kva", "hvem", "kven", "hvor", "kor", "noen", "nokon", "trenger", "treng", "trengst",
    "trengs", "vår", "barn", "barnet", "sønn", "datter", "gutt", "jente", "person", "får", "god", "ikke", "ikkje", "mye", "mykje",
    "lenger", "noe", "noko", "alle",
))
# fmt: on
"""Words that say nothing of what is needed."""
RIGHTS: Final = re.compile(
    r"\b(rett på|rett til|rettigheter?|rettar|krav på|krav til|berettiget|får (jeg|eg|vi)|har (jeg|eg|vi) (rett|krav)|kan (jeg|eg) kreve|"
    r"kan (jeg|eg) krevje|mener loven|seier lova|sier loven)\b",
    re.IGNORECASE,
)
SAME: Final[Mapping[str, str]] = {
    "rullestol": "ergoterap",
    "hjelpemid": "ergoterap",
    "trappe": "ergoterap",
    "trene": "fysioterap",
    "gåtren": "fysioterap",
    "penger": "nav",
    "pengar": "nav",
    "økonomi": "nav",
    "gjeld": "gjeld",
    "jobb": "arbeid",
    "leilighet": "bolig",
    "leilegheit": "bustad",
    "hus": "bolig",
    "alkohol": "rus",
    "narkotika": "rus",
    "drikk": "rus",
    "depre": "psykisk",
    "angst": "psykisk",
    "trist": "psykisk",
    "tungt": "psykisk",
    "avlast": "avlast",
    "sliten": "avlast",
    "assistent": "assisten",
    "bpa": "assisten",
    "lese": "ppt",
    "skrive": "ppt",
    "skolevegr": "ppt",
    "skulevegr": "ppt",
    "gravid": "jordmor",
    "baby": "helsestasjon",
    "røyk": "frisk",
    "mat": "frisk",
    "snakke": "logoped",
    "stemme": "logoped",
    "fritid": "støttekontakt",
    "ensom": "støttekontakt",
    "einsam": "støttekontakt",
}
"""What people write, by how it begins, and how a service says it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Listed:
    """A service as the directory shows it today. `checked_on`: when the unit, or whoever wrote the profile, last checked it, in Oslo.

    `days_since`: so many days ago. `wrong`: the unit has found that its number or address is wrong, so it is not shown.
    """

    service: Service
    checked_on: date | None
    days_since: int | None
    wrong: bool


@dataclass(frozen=True, slots=True)
class TheDirectory(Query[tuple[Listed, ...]]):
    """The directory, in the municipality's order."""


@dataclass(frozen=True, kw_only=True, slots=True)
class CheckService(Command[None]):
    """Somebody at the unit has phoned the number or opened the address, and it was right, or wrong (Q01, Q07)."""

    service: str
    right: bool


def asks_about_rights(words: str) -> bool:
    """Is this a question about what somebody is entitled to? Only a human answers that (Q08)."""
    return RIGHTS.search(words) is not None


def search(services: Iterable[Service], words: str) -> tuple[Service, ...]:
    """The services that fit best, in either written form, best first; none where nothing fits. Words about rights find nothing."""
    if asks_about_rights(words):
        return ()
    wanted = [each for each in map(str.casefold, WORD.findall(words)) if len(each) >= SHORTEST and each not in STOP]
    stems = {_stem(each) for each in wanted} | {stem for each in wanted for begins, stem in SAME.items() if each.startswith(begins)}
    scored = [(score, -place, service) for place, service in enumerate(services) if (score := _score(service, stems))]
    return tuple(service for _, _, service in sorted(scored, key=lambda each: each[:2], reverse=True)[:MOST_FOUND])


def _stem(word: str) -> str:
    """A word without the endings that Norwegian puts on it."""
    for ending in ("ene", "ane", "ens", "en", "et", "er", "ar", "a", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST + 1:
            return word.removesuffix(ending)
    return word


def _score(service: Service, stems: Iterable[str]) -> int:
    name = " ".join(service.name.in_language(form) for form in (Language.NB, Language.NN)).casefold()
    does = " ".join(service.does.in_language(form) for form in (Language.NB, Language.NN)).casefold()
    return sum(3 * _begins(name, stem) + 2 * (service.id.startswith(stem)) + _begins(does, stem) for stem in stems)


def _begins(text: str, stem: str) -> int:
    """Does a word of the text begin with this? In a compound also its last part, where the stem is long enough to be sure."""
    return int(any(each.startswith(stem) or (len(stem) > SHORTEST + 1 and stem in each) for each in WORD.findall(text)))


def fits_age(service: Service, from_age: int, to_age: int) -> bool:
    """Is it for somebody of this age (Q05)? A service without ages is for everybody of its audience."""
    return (service.from_age or 0) <= to_age and (service.to_age if service.to_age is not None else 200) >= from_age
