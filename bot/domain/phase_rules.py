"""What a municipality sets itself about life phases and the changes between them.

Here: frozen values and nothing else. Not here: which phase follows from an age (`bot.domain.phases`), nor the rest of the profile
(`bot.domain.rules`). Guarantee: each value's source stands beside it in `profiles/*.toml`.
"""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class PhaseRules:
    """Ages in whole years, the rest as named.

    `school_month`, `school_day`: when a school year begins. `transition_months`: so many months before a change it is raised (M14, M26).
    `unit_months`: the coordinating unit knows so long before (M03). `guardianship_months`: before 18 (M22). `home_from_age` and
    `work_from_age`: planning an own home and days after school begins (M28, M29). `child_coordinator_days`: before 18 (M05).
    `list_days`: so long after a coordinator took over, or a phase began, its list is gone through. `outlook_months`: between two looks at
    what matters (M01). The rest are public addresses of the schemes of NAV, the county and guardianship, and of the national guide (M16).
    """

    youth_from_age: int
    adult_from_age: int
    elderly_from_age: int
    school_month: int
    school_day: int
    transition_months: tuple[int, ...]
    unit_months: int
    guardianship_months: int
    home_from_age: int
    work_from_age: int
    child_coordinator_days: int
    list_days: int
    outlook_months: int
    nav: str
    county: str
    guardianship: str
    guide: str
