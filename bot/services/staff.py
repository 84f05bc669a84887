"""The staff: brought in from a file, and invited one by one.

Here: what a line of the file must hold, what it changes, and link codes. Not here: where a code is used (`bot.services.desk`), nor how
any of it is shown. Guarantees: a file with one bad line changes nothing, and every bad line is named; the same file twice changes
nothing the second time; nobody of staff is mixed up with an inhabitant of the same name.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from bot.domain.access import Role
from bot.domain.ids import PersonId
from bot.engine.texts import Language
from bot.services import staff_leave
from bot.services.municipality import Context, Municipality
from bot.services.staff_file import BadCell, Mistake, StaffLine, name_key, person_name
from bot.store import audit, cases, links, logins, people, roster
from bot.store.database import Tx
from bot.store.links import LinkCode

NOBODY: Final = PersonId(0)
"""The actor of what a file does."""
ITS_DEPARTMENT: Final = frozenset({Role.LEADER, Role.COORDINATOR, Role.REPORTER})
"""The roles that belong to a department; the others are for the whole municipality."""


@dataclass(frozen=True, kw_only=True, slots=True)
class BroughtIn:
    """What an import did, as names in the order of the file. With `mistakes` it did nothing."""

    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    mistakes: tuple[Mistake, ...] = ()


class InviteRefused(Exception):
    """There is nobody, or more than one, who can be meant. The message says what to do."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Invited:
    """A code for one person. It is shown once. `new`: the person was not known before."""

    person: PersonId
    name: str
    roles: tuple[Role, ...]
    new: bool
    code: LinkCode


class _Undo(Exception):
    """Carries the result out of a part that must leave nothing behind."""

    def __init__(self, brought: BroughtIn) -> None:
        super().__init__()
        self.brought = brought


def bring_in(
    tx: Tx,
    municipality: Municipality,
    lines: Sequence[StaffLine],
    *,
    dry_run: bool = False,
    step: Callable[[int], object] = lambda _done: None,
) -> BroughtIn:
    """Make the people of the file what their lines say, all or none. `step` is told after each line how many are done.

    Roles that a line does not name end, and what they held goes to the unit. People who are not in the file stay as they are. With
    `dry_run` nothing is kept.
    """
    try:
        with tx.savepoint():
            brought = _bring_in(tx, municipality, lines, step)
            if dry_run or brought.mistakes:
                raise _Undo(brought)
    except _Undo as undone:
        return undone.brought
    return brought


def _bring_in(tx: Tx, municipality: Municipality, lines: Sequence[StaffLine], step: Callable[[int], object]) -> BroughtIn:
    known: dict[str, list[PersonId]] = {}
    for who, name, staff in roster.names(tx):
        if staff:
            known.setdefault(name_key(name), []).append(who)
    names: dict[str, list[str]] = {"new": [], "changed": [], "unchanged": []}
    mistakes: list[Mistake] = []
    for done, line in enumerate(lines, start=1):
        same = known.get(name_key(line.name), [])
        if len(same) > 1:
            mistakes.append(_several(line, same))
        elif not same and not line.roles:
            mistakes.append(Mistake(line=line.line, what="nobody of staff has this name, so nobody can leave", remedy="Check the name"))
        elif not same:
            _create(tx, line)
            names["new"].append(line.name)
        else:
            names["changed" if _change(tx, municipality, same[0], line) else "unchanged"].append(line.name)
        step(done)
    if mistakes:
        return BroughtIn(mistakes=tuple(mistakes))
    audit.record(tx, "staff.imported", actor=None, new=len(names["new"]), changed=len(names["changed"]))
    return BroughtIn(new=tuple(names["new"]), changed=tuple(names["changed"]), unchanged=tuple(names["unchanged"]))


def _several(line: StaffLine, same: Sequence[PersonId]) -> Mistake:
    return Mistake(
        line=line.line,
        what=f"{len(same)} people of staff have this name already (persons {', '.join(map(str, same))})",
        remedy="Take the line out, and change them one by one with samrad invite --person",
    )


def _wanted(line: StaffLine) -> dict[Role, str | None]:
    return {role: line.department if role in ITS_DEPARTMENT else None for role in line.roles}


def _record(tx: Tx, who: PersonId) -> None:
    audit.record(tx, "staff.set", actor=None, person=who, roles="+".join(roster.roles(tx, who)))


def _create(tx: Tx, line: StaffLine) -> PersonId:
    who = people.create(tx, language=line.language, name=line.name, phone=line.phone)
    for role, department in _wanted(line).items():
        people.give_role(tx, who, role, department)
    if line.trained is not None:
        people.set_trained(tx, who, line.trained)
    if line.login is not None:
        logins.set_staff_login(tx, who, line.login)
    _record(tx, who)
    return who


def _change(tx: Tx, municipality: Municipality, who: PersonId, line: StaffLine) -> bool:
    """Bring one person in line; whether anything had to change. The language is only set for new people: they choose it themselves."""
    person, had, wanted = people.person(tx, who), roster.roles(tx, who), _wanted(line)
    trained = line.trained is not None and line.trained != people.trained(tx, who)
    phone = line.phone is not None and line.phone != person.phone
    login = line.login is not None and logins.set_staff_login(tx, who, line.login)
    if had == wanted and not trained and not phone and not login:
        return False
    for role in had.keys() - wanted.keys():
        roster.end_role(tx, who, role)
    for role, department in wanted.items():
        if role not in had or had[role] != department:
            people.give_role(tx, who, role, department)
    if trained and line.trained is not None:
        people.set_trained(tx, who, line.trained)
    if phone:
        people.describe(tx, who, phone=line.phone)
    _record(tx, who)
    if had.keys() - wanted.keys():
        staff_leave.left(Context(tx=tx, municipality=municipality, actor=NOBODY), who)
    return True


def invite(
    tx: Tx,
    name: str,
    *,
    roles: Sequence[Role] = (),
    department: str | None = None,
    language: Language,
    person: PersonId | None = None,
    case: int | None = None,
    new: bool = False,
) -> Invited:
    """A link code for the one who is called `name`; codes given before stop working. Raises `InviteRefused`.

    The one meant is `person`, or a party of the case with this number, or the only one of that name; with `new`, or where nobody has
    the name, somebody new with `language`. Roles given are added.
    """
    try:
        name = person_name(name)
    except BadCell as bad:
        raise InviteRefused(f"{bad.what[0].upper()}{bad.what[1:]}. {bad.remedy}.") from None
    if case is not None and roles:
        raise InviteRefused("A party of a case gets no role in the municipality. Leave out --role or --case.")
    who = None if new else _meant(tx, name, staff=bool(roles), person=person, case=case)
    made = who is None
    if who is None:
        who = people.create(tx, language=language, name=name)
    for role in roles:
        people.give_role(tx, who, role, department if role in ITS_DEPARTMENT else None)
    if made or roles:
        _record(tx, who)
    code = links.issue(tx, who)
    audit.record(tx, "link.issued", actor=None, person=who)
    return Invited(person=who, name=people.person(tx, who).name or name, roles=tuple(roster.roles(tx, who)), new=made, code=code)


def _meant(tx: Tx, name: str, *, staff: bool, person: PersonId | None, case: int | None) -> PersonId | None:
    same = [(who, is_staff) for who, known, is_staff in roster.names(tx) if name_key(known) == name_key(name)]
    if case is not None:
        return _party(tx, case, {who for who, _ in same})
    if person is not None:
        if person not in {who for who, _ in same}:
            raise InviteRefused(f"Person {person} is not called that, or is not known. Check the number and the name.")
        return person
    if staff and (colleagues := [who for who, is_staff in same if is_staff]):
        return _only(colleagues)
    if staff and same:
        raise InviteRefused(
            f"Somebody of that name is known here, but not as staff (person {same[0][0]}). "
            f"Add --new for another person, or --person {same[0][0]} if it is the same one."
        )
    return _only([who for who, _ in same])


def _only(same: Sequence[PersonId]) -> PersonId | None:
    if len(same) > 1:
        raise InviteRefused(
            f"{len(same)} people have that name: persons {', '.join(map(str, same))}. Say which one with --person, or add --new."
        )
    return same[0] if same else None


def _party(tx: Tx, number: int, same: set[PersonId]) -> PersonId:
    found = roster.case_numbered(tx, number)
    if found is None:
        raise InviteRefused(f"There is no case {number}. Check the number.")
    meant = [who for who, _ in cases.parties(tx, found) if who in same]
    if len(set(meant)) != 1:
        raise InviteRefused(f"Case {number} has {'nobody' if not meant else 'more than one'} of that name. Check the name in the inbox.")
    return meant[0]
