"""The words of the desk's own frame: headings, columns and clocks.

Here: texts as values, used by name in the templates. Not here: the labels of states, tasks and talks, which are the same as in the
conversations. Guarantee: a template holds no words of its own.
"""

from datetime import date
from typing import Final

from bot.domain.minutes_queries import MinutesLine
from bot.engine.texts import Text, nt, t

DESK: Final = t("Desk")
ON_THIS_PAGE: Final = t("On this page")
SEARCH: Final = t("Find a case")
SEARCH_LABEL: Final = t("Number or initials")
SEARCH_BUTTON: Final = t("Search")
SEARCH_NOTHING: Final = t("We find no case with that number or those initials.")
SEARCH_FOUND: Final = t("What was found")
LATE: Final = t("Late now")
NOTHING_LATE: Final = t("Nothing is late.")
INBOX: Final = t("Inbox")
NO_CASES: Final = t("No case waits for us now.")
TASKS: Final = t("Tasks")
NO_TASKS: Final = t("There are no tasks now.")
ASKS: Final = t("Questions to me")
NO_ASKS: Final = t("Nothing waits for your answer.")
MINE: Final = t("Those I coordinate for")
TALKS: Final = t("Talks to come")
MEETINGS: Final = t("Meetings to come")
NO_MEETINGS: Final = t("No meeting is planned or called now.")
READ_MEETING: Final = t("Who comes, and the invitation")
NO_TALKS: Final = t("No talk is offered or agreed now.")
LOAD: Final = t("How much each coordinator has")
NOBODY: Final = t("Nobody is registered as coordinator.")
MORE: Final = t("More to do")
FIGURES: Final = t("The monthly picture, and the register")
NAME: Final = t("Name")
TRAINED: Final = t("Trained")
NOT_TRAINED: Final = t("Not yet")
AT_LIMIT: Final = t("has as many as planned")
OVER: Final = t("The time has passed. Note how it went.")
OPEN: Final = t("Open")
ANSWER: Final = t("Read and answer")

BACK_TO_DESK: Final = t("To the desk")
DO_NOW: Final = t("What do you want to do?")
FACTS: Final = t("The case now")
OWN_WORDS: Final = t("All their words")
YOUR_WORDS: Final = t("What you told us")
WHO_IS_AROUND: Final = t("Who is around the person")
AROUND_YOU: Final = t("Those around you")
TIMELINE: Final = t("What has happened")
DECISIONS: Final = t("Decisions")
READ_DECISION: Final = t("Read or print the decision")
READ_PROPOSAL: Final = t("Read the proposal")
WHAT_WOULD_HELP: Final = t("What would help")
IMPORTANT: Final = t("What is important")
WISH: Final = t("Wished as coordinator")

PDF: Final = t("Keep or print it as a file (PDF)")
NOT_FINAL: Final = t("This is a proposal. It is no decision before a second person has confirmed it.")
RETURNED: Final = t("This proposal was sent back. It is no decision.")
DECIDED_BY: Final = t("Decided by")
DECIDED_ON: Final = t("Decided on")
WHAT_IS_DECIDED: Final = t("What is decided")
WHY: Final = t("Why")
PRINT_HINT: Final = t("To print: use the print function of your browser.")
FORMAL: Final = t("The letter from the municipality is what counts. This page shows what is stored.")


def case_title(number: int, initials: str) -> Text:
    """A case's heading."""
    return t("Case {number}, {initials}", number=str(number), initials=initials)


def complaint_title(number: int, initials: str) -> Text:
    """A complaint's heading."""
    return t("Complaint: {initials}, no. {number}", initials=initials, number=str(number))


MINUTES: Final = t("Minutes")
CONTACTS: Final = t("My contacts and dates (PDF)")
THEIR_CONTACTS: Final = t("Their contacts and dates (PDF)")
WHO_KNOWS_WHAT: Final = t("Who knows what")
ANSWER_SHARING: Final = t("Read and answer")
STOP_SHARING: Final = t("Stop sharing")


def minutes_of(each: MinutesLine) -> Text:
    """The minutes of one meeting, told apart from others by their day."""
    return t("Minutes of {day} (PDF)", day=each.on)


def signed_form(consent: int) -> Text:
    """A signed form, told apart from others by its number."""
    return t("Signed form, number {number} (PDF)", number=str(consent))


def decision_title(number: int) -> Text:
    """A decision's heading."""
    return t("Decision in case {number}", number=str(number))


def clock(due: date, today: date) -> Text:
    """How long there is left, or how late it is."""
    days = (due - today).days
    if days == 0:
        return t("due today")
    return nt("{n} day late", "{n} days late", -days) if days < 0 else nt("{n} day left", "{n} days left", days)


def cases(count: int) -> Text:
    """How many cases somebody coordinates."""
    return nt("{n} case", "{n} cases", count)


def day(on: date) -> Text:
    """A day as people read it."""
    return t("{day}", day=on)
