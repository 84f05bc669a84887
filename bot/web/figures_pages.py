"""The unit's figures: a month as text, as a table and as a chart, and files for a spreadsheet.

Here: what these pages show. Not here: what is counted and withheld (`bot.services.months`, `bot.domain.monthly`). Guarantees: everything in
the chart stands in the table beside it as well; a month that is withheld has no bar; whoever is not at the unit does not learn that the
pages are there.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.domain.access import Action
from bot.domain.figures_queries import MonthView, RegisterLine, TheMonths, TheRegister
from bot.domain.monthly import ALL, Figure, Series
from bot.engine.texts import Language, Text
from bot.services.figures_files import sheet
from bot.services.page import NotFound
from bot.web import desk_words, figures_words
from bot.web.case_page import look_up
from bot.web.visits import Page, Visit
from conversations.figures_words import TITLES, WHY_WITHHELD, rows, shown
from conversations.staff_words import CASE_STATES
from conversations.words import WANTED

WIDTH, HEIGHT, TOP, FOOT = 600, 200, 20, 24
CHARTED: Final = (Series.CAME_IN, Series.DECIDED)


@dataclass(frozen=True, kw_only=True, slots=True)
class Bar:
    """One bar of the chart, in the units of its view box. `value` None: withheld, so there is no bar."""

    series: Series
    x: float
    y: float
    width: float
    height: float
    value: int | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """One month of the chart: its name and its bars."""

    name: str
    middle: float
    bars: tuple[Bar, ...]


def routes(shared: Page) -> list[Route]:
    """The addresses of these pages."""
    pages = FiguresPages(shared)
    return [
        Route("/desk/figures", pages.latest, methods=["GET"]),
        Route("/desk/figures.csv", pages.file, methods=["GET"]),
        Route("/desk/figures/{month}", pages.month, methods=["GET"]),
        Route("/desk/register.csv", pages.register, methods=["GET"]),
    ]


class FiguresPages:
    """The pages of the unit's figures."""

    def __init__(self, shared: Page) -> None:
        self._page = shared

    async def latest(self, request: Request) -> Response:
        """The month that ended last."""
        return await self._show(request, None)

    async def month(self, request: Request) -> Response:
        """A month by its name."""
        return await self._show(request, request.path_params["month"])

    async def _show(self, request: Request, name: str | None) -> Response:
        seen, months = await self._page.read(request, _months)
        view = next((each for each in months if name in {None, _name(each.month)}), None)
        if view is None and name is not None:
            raise NotFound
        return self._page.show(
            seen,
            "figures.html",
            view=view,
            months=[(_name(each.month), each.month) for each in months],
            chart=chart(months[::-1]),
            table=[(each.month, *(shown(_total(each, series)) for series in CHARTED)) for each in months],
            rows=rows(view.figures, self._page.municipality.profile, seen.language) if view else (),
            f=figures_words,
            d=desk_words,
            titles=TITLES,
            why=WHY_WITHHELD,
        )

    async def file(self, request: Request) -> Response:
        """All months that are shown, one line for each number."""
        seen, months = await self._page.read(request, _months)
        profile, language = self._page.municipality.profile, seen.language
        found = ((view, row) for view in months for row in rows(view.figures, profile, language))
        lines = [
            (_name(view.month), TITLES[row.series], row.label, *(("", row.shown) if row.value is None else (row.value, "")))
            for view, row in found
        ]
        head = (figures_words.MONTH, figures_words.WHAT, figures_words.PART, figures_words.HOW_MANY, figures_words.WITHHELD_TITLE)
        return self._download([head, *lines], "figures.csv", seen.language)

    async def register(self, request: Request) -> Response:
        """Every living case with coordinator, group and plan."""

        def work(visit: Visit) -> tuple[RegisterLine, ...]:
            _check(visit)
            return look_up(visit, TheRegister())

        seen, register = await self._page.read(request, work)
        lines = [self._registered(each, seen.language) for each in register]
        return self._download([figures_words.REGISTER_HEAD, *lines], "register.csv", seen.language)

    def _registered(self, line: RegisterLine, language: Language) -> tuple[object, ...]:
        department = self._page.municipality.profile.department(line.department or "")
        return (
            line.number,
            line.initials,
            CASE_STATES[line.state],
            WANTED[line.wanted],
            line.coordinator or "",
            department.name.in_language(language) if department else line.department or "",
            line.since.isoformat() if line.since else "",
            *(figures_words.YES if there else figures_words.NO for there in (line.own_decision, line.group, line.plan)),
        )

    def _download(self, lines: Sequence[Sequence[object]], name: str, language: Language) -> Response:
        now = self._page.clock.now()
        words = self._page.municipality.words
        said = [[words(cell, language, now) if isinstance(cell, Text) else cell for cell in line] for line in lines]
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return Response(sheet(said).encode("utf-8-sig"), media_type="text/csv; charset=utf-8", headers=headers)


def _check(visit: Visit) -> None:
    """Raises `LoginNeeded` and `NotFound`."""
    visit.must_be_logged_in()
    if not visit.context.may(Action.SEE_FIGURES):
        raise NotFound


def _months(visit: Visit) -> tuple[MonthView, ...]:
    _check(visit)
    return look_up(visit, TheMonths())


def _name(month: date) -> str:
    return f"{month:%Y-%m}"


def _total(view: MonthView, series: Series) -> Figure:
    return next(each for each in view.figures if each.series is series and each.key == ALL)


def chart(months: Sequence[MonthView]) -> tuple[Column, ...]:
    """Where the bars stand, the earliest month first."""
    totals = [[_total(view, series).value for series in CHARTED] for view in months]
    highest = max((value or 0 for pair in totals for value in pair), default=0) or 1
    wide = WIDTH / max(len(months), 1)
    room = HEIGHT - TOP - FOOT
    columns = []
    for place, (view, pair) in enumerate(zip(months, totals, strict=True)):
        bars = []
        for which, value in enumerate(pair):
            height = room * (value or 0) / highest
            x = place * wide + wide * (0.12 + 0.4 * which)
            bars.append(
                Bar(
                    series=CHARTED[which],
                    x=round(x, 1),
                    y=round(TOP + room - height, 1),
                    width=round(wide * 0.34, 1),
                    height=round(height, 1),
                    value=value,
                )
            )
        columns.append(Column(name=f"{view.month:%m.%y}", middle=round((place + 0.5) * wide, 1), bars=tuple(bars)))
    return tuple(columns)
