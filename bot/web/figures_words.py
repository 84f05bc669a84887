"""The words of the figures' own frame: headings, columns and links.

Here: texts as values, used by name in the template. Not here: what a number counts (`conversations.figures_words`).
"""

from datetime import date
from typing import Final

from bot.engine.texts import Month, Text, t

TITLE: Final = t("The monthly picture")
NONE_YET: Final = t("There are no figures yet. They come when the first month has ended.")
CHART: Final = t("Cases that came in, and decisions, month by month")
IN_A_TABLE: Final = t("The same in a table")
MONTH: Final = t("Month")
CAME_IN: Final = t("Came in")
DECIDED: Final = t("Decided")
WHAT: Final = t("What")
HOW_MANY: Final = t("How many")
PART: Final = t("Of this")
WITHHELD_TITLE: Final = t("Withheld")
YES: Final = t("Yes")
NO: Final = t("No")
REGISTER_HEAD: Final = (
    t("Case"),
    t("Initials"),
    t("How far"),
    t("What is wanted"),
    t("Coordinator"),
    t("Department"),
    t("Since"),
    t("Decided by the department"),
    t("Group"),
    t("Plan"),
)
"""The columns of the register, in their order."""
OTHER_MONTHS: Final = t("Other months")
AS_FILE: Final = t("For a spreadsheet (CSV)")
REGISTER: Final = t("The register of coordinators, groups and plans (CSV)")
REGISTER_HINT: Final = t("It tells who coordinates for whom. That you take it out is recorded.")


def month_title(month: date) -> Text:
    """A month's heading."""
    return t("Figures for {month}", month=Month(month))


def month_name(month: date) -> Text:
    """A month in a table or a link."""
    return t("{month}", month=Month(month))
