"""What there is to read and to learn from elsewhere, as a municipality writes it in its profile.

Here: a frozen value. Not here: the rest of the profile (`bot.domain.rules`). Requirement row: R11. Sources: Ås; Lund § 8.
"""

from dataclasses import dataclass

from bot.domain.words import Words


@dataclass(frozen=True, kw_only=True, slots=True)
class Guide:
    """A course, a handbook or a guideline. `version`: as it stands on it, so that nobody follows an old one; None where it has none."""

    name: Words
    url: str
    version: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Guideline:
    """Why a rule is as it is: the municipality's own routine (T09: Ås, Aktuelle retningslinjer).

    `rule`: the setting's name in the profile, such as "meetings.notice_days". `section`: where in the routine, as it is numbered or named
    there. `version`: None where the routine bears none. `url`: where it is kept, KSX or the like.
    """

    rule: str
    name: Words
    section: str | None
    version: str | None
    url: str
