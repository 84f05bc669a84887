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
