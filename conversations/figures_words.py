"""The words of the monthly picture: each series, each of its parts, and a number that is withheld.

Here: labels, the same in the chat, on the page and in the terminal. Not here: the numbers (`bot.domain.monthly`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from bot.domain.cases import DecisionKind, Source
from bot.domain.monthly import ALL, DAYS, ROUNDED, Figure, Series, of_no_cases
from bot.domain.rules import Profile
from bot.engine.texts import Language, Text, nt, t, verbatim
from conversations.staff_words import SOURCES

TITLES: Final[Mapping[Series, Text]] = {
    Series.CAME_IN: t("Cases that came in"),
    Series.DECIDED: t("Decisions"),
    Series.DECIDED_LATE: t("Decisions after the promised day"),
    Series.DAYS_TO_DECISION: t("Usual time from application to decision"),
    Series.APPOINTED: t("People who got their first coordinator"),
    Series.DAYS_TO_COORDINATOR: t("Usual time from application to coordinator"),
    Series.CONTACTED: t("First contacts"),
    Series.CONTACTED_LATE: t("First contacts that came late"),
    Series.MEETINGS: t("Meetings held"),
    Series.ENDED: t("Cases that ended"),
    Series.STOCK: t("Cases at the end of the month, about"),
    Series.MEETINGS_YEAR: t("Meetings in the last year, about so many cases"),
    Series.COORDINATORS: t("Coordinators"),
    Series.DEPARTMENT_CASES: t("Cases by department, about"),
    Series.DEPARTMENT_WORK: t("Contacts, meetings and tasks each week"),
    Series.ASKED_FOR_HELP: t("Coordinators who asked for help"),
    Series.NO_TIME: t("Coordinators who had no time"),
}

KEYS: Final[Mapping[tuple[Series, str], Text]] = {
    **{(Series.CAME_IN, each.value): SOURCES[each] for each in Source},
    (Series.DECIDED, DecisionKind.GRANT): t("Granted"),
    (Series.DECIDED, DecisionKind.PART): t("Granted in part"),
    (Series.DECIDED, DecisionKind.REFUSE): t("Refused"),
    (Series.STOCK, "undecided"): t("Before the decision"),
    (Series.STOCK, "without"): t("Without a coordinator"),
    (Series.STOCK, "held"): t("With a coordinator"),
    (Series.MEETINGS_YEAR, "enough"): t("As many meetings as they should have"),
    (Series.MEETINGS_YEAR, "fewer"): t("Fewer meetings than they should have"),
}

WITHHELD: Final = t("withheld")
NO_CASES: Final = t("no cases")
WHY_WITHHELD: Final = t(
    "Numbers from one to four are withheld, so that nobody can be recognised. "
    "So are others from which they could be worked out. How many coordinators there are is about staff, and is shown. "
    "Cases at the end of the month are rounded to the nearest five."
)
PER_DEPARTMENT: Final = frozenset({Series.COORDINATORS, Series.DEPARTMENT_CASES, Series.DEPARTMENT_WORK})


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One row to show. `total`: the sum of the rows of its series, or its only row."""

    series: Series
    label: Text
    shown: Text
    value: int | None
    total: bool


def rows(figures: Iterable[Figure], profile: Profile, language: Language) -> tuple[Row, ...]:
    """Every number with its words, in the order of the picture."""
    figures = tuple(figures)
    none = of_no_cases(figures)
    return tuple(
        Row(
            series=each.series,
            label=label(each, profile, language),
            shown=NO_CASES if each.value is None and each.series in none else shown(each),
            value=each.value,
            total=each.key == ALL,
        )
        for each in figures
    )


def label(figure: Figure, profile: Profile, language: Language) -> Text:
    """What a number counts. A part that only an earlier edition knew is shown as it was written down."""
    if figure.key == ALL:
        return TITLES[figure.series] if figure.series not in {Series.CAME_IN, Series.DECIDED} else t("All together")
    if figure.series in PER_DEPARTMENT:
        department = profile.department(figure.key)
        return department.name.text(language) if department else verbatim(figure.key)
    return KEYS.get((figure.series, figure.key), verbatim(figure.key))


def shown(figure: Figure) -> Text:
    """The number, or that it is withheld."""
    if figure.value is None:
        return WITHHELD
    if figure.series in DAYS:
        return nt("{n} day", "{n} days", figure.value)
    return t("about {number}", number=figure.value) if figure.series in ROUNDED and figure.value else t("{number}", number=figure.value)
