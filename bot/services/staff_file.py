"""The staff file: reading and checking it, line by line.

Here: from the bytes of a CSV file to lines that can be brought in. Not here: what they change (`bot.services.staff`). Guarantees: reading
goes on after a mistake, so that all of them are reported together; what is wrong is never guessed at; no cell is quoted in a mistake,
since it may hold anything.
"""

import csv
import difflib
import io
import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Protocol, TypeVar

from bot.domain.access import Role
from bot.domain.identity_numbers import find as identity_numbers
from bot.engine.questions import LANGUAGE_NAMES
from bot.engine.texts import Language

V = TypeVar("V")

COLUMNS: Final = ("name", "role", "department", "language", "trained", "phone", "login")
NEEDED: Final = ("name", "role")
ROLES: Final = (Role.KE, Role.KE_LEADER, Role.LEADER, Role.COORDINATOR, Role.REPORTER, Role.ADMIN, Role.AUDITOR)
NEEDS_DEPARTMENT: Final = frozenset({Role.LEADER, Role.COORDINATOR})
LEAVES: Final = "none"
"""Stands for the roles of somebody who no longer works here."""
LONGEST_NAME: Final = 100
LONGEST_LOGIN: Final = 254
NORWEGIAN_DAY: Final = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})")


@dataclass(frozen=True, kw_only=True, slots=True)
class StaffLine:
    """One person of staff. `line` is where it stands in the file, from 1; without `roles` the person leaves; `phone` is in E.164.

    `login`: what the staff's login service calls the person, an e-mail address or a user name; None: as before.
    """

    line: int
    name: str
    roles: tuple[Role, ...]
    department: str | None
    language: Language
    trained: date | None
    phone: str | None
    login: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Mistake:
    """What is wrong with a line of the file (from 1; 0: with all of it), and what to do."""

    line: int
    what: str
    remedy: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Rules:
    """What the lines are checked against. `phone` reads a phone number into E.164, None where it is none; `today` is the day in Oslo."""

    departments: Collection[str]
    language: Language
    phone: Callable[[str], str | None]
    today: date


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """What a file holds. The lines are to be used only where there are no mistakes."""

    lines: tuple[StaffLine, ...]
    mistakes: tuple[Mistake, ...]


class BadCell(Exception):
    """One thing wrong with one cell: what, and what to do."""

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(what)
        self.what, self.remedy = what, remedy


class _Rows(Protocol):
    """What `csv.reader` gives; its type has no public name."""

    line_num: int

    def __iter__(self) -> Iterator[list[str]]: ...


def name_key(name: str) -> str:
    """By which two spellings of a name are the same: case and spaces do not count."""
    return " ".join(name.casefold().split())


def read(content: bytes, rules: Rules) -> Reading:
    """All lines, and every mistake, in the order of the file."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return _whole(content[: error.start].count(b"\n") + 1, "is not UTF-8", "Save it again as CSV with the encoding UTF-8")
    if "\0" in text:
        return _whole(1, "is not text", "Save the table as CSV (UTF-8), not as a spreadsheet")
    header = text.split("\n", 1)[0]
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=";" if header.count(";") > header.count(",") else ",", strict=True)
    lines: list[StaffLine] = []
    mistakes: list[Mistake] = []
    first: dict[str, int] = {}
    try:
        columns = [cell.strip().casefold() for cell in next(rows, [])]
        if wrong := tuple(_header(columns)):
            return Reading(lines=(), mistakes=wrong)
        for number, cells in _numbered(rows):
            taken = _line(number, columns, cells, rules)
            mistakes.extend(_twice(number, dict(zip(columns, cells, strict=False))["name"], first))
            lines.append(taken) if isinstance(taken, StaffLine) else mistakes.extend(taken)
    except csv.Error as error:
        mistakes.append(Mistake(line=rows.line_num, what=f"it cannot be read as CSV ({error})", remedy="Check the quotation marks"))
    if not lines and not mistakes:
        return _whole(2, "holds nobody", "Add a line for each person below the header")
    return Reading(lines=tuple(lines), mistakes=tuple(mistakes))


def _whole(line: int, what: str, remedy: str) -> Reading:
    return Reading(lines=(), mistakes=(Mistake(line=line, what=f"the file {what}", remedy=remedy),))


def _numbered(rows: _Rows) -> Iterator[tuple[int, list[str]]]:
    """Each row that is not empty, with the line it begins on."""
    before = rows.line_num
    for cells in rows:
        if any(cell.strip() for cell in cells):
            yield before + 1, cells
        before = rows.line_num


def _header(columns: list[str]) -> Iterator[Mistake]:
    """What is wrong with the first line."""
    whole = f"Let the first line be: {','.join(COLUMNS)}"
    for name in columns:
        if name not in COLUMNS:
            near = difflib.get_close_matches(name, COLUMNS, n=1)
            remedy = f"Did you mean {near[0]}? {whole}" if near else whole
            yield Mistake(line=1, what="a column of the header is not known", remedy=remedy)
    for name in COLUMNS:
        if columns.count(name) > 1:
            yield Mistake(line=1, what=f"the column {name} stands there twice", remedy="Keep one")
    for name in NEEDED:
        if name not in columns:
            yield Mistake(line=1, what=f"the column {name} is missing", remedy=whole)


def _line(number: int, columns: Sequence[str], cells: Sequence[str], rules: Rules) -> StaffLine | list[Mistake]:
    """The person on a line, or all that is wrong with it."""
    by_column = dict(zip(columns, map(str.strip, cells), strict=False))
    bad: list[Mistake] = []

    def wrong(mistake: BadCell) -> None:
        bad.append(Mistake(line=number, what=mistake.what, remedy=mistake.remedy))

    def cell(column: str, parse: Callable[[str, Rules], V], otherwise: V) -> V:
        try:
            return parse(by_column.get(column, ""), rules)
        except BadCell as mistake:
            wrong(mistake)
            return otherwise

    line = StaffLine(
        line=number,
        name=cell("name", person_name, ""),
        roles=cell("role", _roles, ()),
        department=cell("department", _department, by_column.get("department")),
        language=cell("language", _language, rules.language),
        trained=cell("trained", _trained, None),
        phone=cell("phone", _phone, None),
        login=cell("login", _login, None),
    )
    if len(cells) > len(columns):
        wrong(BadCell("it has more cells than the header", "Put a cell that holds the separator into quotation marks"))
    if NEEDS_DEPARTMENT & set(line.roles) and not line.department:
        wrong(BadCell("a leader or a coordinator needs a department", f"Write one of {', '.join(rules.departments)}"))
    return bad or line


def _twice(number: int, name: str, first: dict[str, int]) -> Iterator[Mistake]:
    """Whether the name stands on an earlier line, also a bad one. `first` has the line of each name, and grows."""
    earlier = first.setdefault(name_key(name) or f"nobody on line {number}", number)
    if earlier != number:
        yield Mistake(
            line=number,
            what=f"the same name stands on line {earlier}",
            remedy="Keep one line with all roles (leader+coordinator); for two people, write more of one's name",
        )


def person_name(cell: str, _rules: Rules | None = None) -> str:
    """A name as it is kept. Raises `BadCell`."""
    name = " ".join(cell.split())
    if not name:
        raise BadCell("the name is missing", "Write it")
    if identity_numbers(name):
        raise BadCell("the name holds a national identity number", "Take the number out; Samråd never keeps it")
    if len(name) > LONGEST_NAME or not name.isprintable():
        raise BadCell("the name is too long or holds characters that cannot be shown", f"Write at most {LONGEST_NAME} letters")
    return name


def _roles(cell: str, _rules: Rules) -> tuple[Role, ...]:
    known = {role.value: role for role in ROLES}
    words = [word.strip().casefold() for word in cell.split("+") if word.strip()]
    if words == [LEAVES]:
        return ()
    if not words:
        raise BadCell("the role is missing", f"Write one or more of {', '.join(known)}, with + between them, or {LEAVES} for who leaves")
    for word in words:
        if word not in known:
            near = difflib.get_close_matches(word, known, n=1)
            meant = f"Did you mean {near[0]}? " if near else ""
            raise BadCell("a role is not known", f"{meant}The roles are {', '.join(known)}, with + between them")
    return tuple(role for role in ROLES if role.value in words)


def _department(cell: str, rules: Rules) -> str | None:
    if not cell:
        return None
    if cell not in rules.departments:
        near = difflib.get_close_matches(cell.casefold(), list(rules.departments), n=1)
        meant = f"Did you mean {near[0]}? " if near else ""
        raise BadCell("the department is not in the profile", f"{meant}The departments are {', '.join(rules.departments)}")
    return cell


def _language(cell: str, rules: Rules) -> Language:
    if not cell:
        return rules.language
    try:
        return Language(cell.casefold())
    except ValueError:
        known = ", ".join(f"{each.value} for {LANGUAGE_NAMES[each].msgid}" for each in Language)
        raise BadCell("the language is none of ours", f"Write {known}, or leave it empty") from None


def _trained(cell: str, rules: Rules) -> date | None:
    if not cell:
        return None
    remedy = "Write the day of the training as 2026-03-12 or 12.03.2026, or leave it empty"
    try:
        if match := NORWEGIAN_DAY.fullmatch(cell):
            day = date(int(match[3]), int(match[2]), int(match[1]))
        else:
            day = datetime.strptime(cell, "%Y-%m-%d").date()  # noqa: DTZ007 (a day, not a moment)
    except ValueError:
        raise BadCell("the day of the training is no date", remedy) from None
    if not day.year >= 1990 or day > rules.today:
        raise BadCell("the day of the training is before 1990 or still to come", remedy)
    return day


def _phone(cell: str, rules: Rules) -> str | None:
    number = rules.phone(cell) if cell else None
    if cell and number is None:
        raise BadCell("the phone number is not one", "Write eight digits, or + and the country code, or leave it empty")
    return number


def _login(cell: str, _rules: Rules) -> str | None:
    if not cell:
        return None
    if identity_numbers(cell):
        raise BadCell(
            "the login holds a national identity number", "Use the e-mail address or the user name; Samråd never keeps the number"
        )
    if len(cell) > LONGEST_LOGIN or not cell.isprintable() or " " in cell:
        raise BadCell("the login is too long or holds a space", "Write the e-mail address or the user name of the staff's login service")
    return cell
