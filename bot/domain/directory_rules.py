"""Where people can turn, as a municipality writes it in its profile: services, departments, pages to read.

Here: frozen values and nothing else. Not here: the rest of the profile (`bot.domain.rules`), and searching (`bot.domain.directory`).
"""

from dataclasses import dataclass
from datetime import date

from bot.domain.choices import Audience
from bot.domain.words import Words


@dataclass(frozen=True, kw_only=True, slots=True)
class Service:
    """One line of the service directory (Q02 to Q05). `verified`: the day somebody last checked the number; None means old, show with care.

    `health_and_care`: counts towards the criterion of two health and care services. `ages`: from and to, whole years, None means open.
    `when_needed`: those who come from it are called in when needed, seldom fixed members of a circle (F06: Lund § 11.4).
    `contact_for_child`: where a child spends its days, so that somebody from there is to be in its circle (F17: Ringerike; Lund § 6).
    """

    id: str
    name: Words
    does: Words
    audience: Audience
    health_and_care: bool
    phone: str | None = None
    verified: date | None = None
    from_age: int | None = None
    to_age: int | None = None
    referred_by: Words | None = None
    department: str | None = None
    url: str | None = None
    when_needed: bool = False
    contact_for_child: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Department:
    """Somewhere coordinators come from, with a leader who can be asked (C03, C10)."""

    id: str
    name: Words
    health_and_care: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Links:
    """Public pages. None where the handbook names none. `routine`: how responsibility groups work here, handed out at the first one."""

    home: str
    application_form: str | None
    consent_form: str | None
    evaluation_form: str | None
    plan_template: str | None
    apply_for_services: str | None
    video: str | None
    routine: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """A public page worth reading, from somebody else than the municipality (Q07: Herøy; Rana, For mer informasjon)."""

    id: str
    name: Words
    url: str
