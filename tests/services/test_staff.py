"""The staff file and what it changes; invitations."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.domain.access import Role
from bot.domain.cases import AgeGroup, CaseState, DecisionKind, ForWhom, LadderStep, TaskKind, Wanted
from bot.domain.commands import AnswerAsCandidate, Decide, Propose, Submit
from bot.domain.ids import AssignmentId, PersonId
from bot.engine.texts import Language
from bot.phone import phone
from bot.services import staff
from bot.services.commands import carry_out
from bot.services.municipality import Context
from bot.services.staff import InviteRefused
from bot.services.staff_file import Reading, Rules, StaffLine, read
from bot.store import alarms, audit, cases, links, logins, people, roster, tasks
from bot.store.database import Tx
from tests.world import World

START = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)
HEADER = "name,role,department,language,trained,phone\n"
RULES = Rules(departments=["hjemmetjenesten", "boliger"], language=Language.NN, phone=phone, today=date(2027, 3, 1))


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    opened = await World.open(tmp_path / "staff.db", start=START)
    yield opened
    await opened.database.close()


def reading(text: str) -> Reading:
    return read(text.encode(), RULES)


def lines(body: str) -> tuple[StaffLine, ...]:
    found = reading(HEADER + body)
    assert found.mistakes == ()
    return found.lines


def mistakes(body: str) -> list[tuple[int, str]]:
    return [(each.line, each.what) for each in reading(HEADER + body).mistakes]


@pytest.mark.parametrize("start", [b"", b"\xef\xbb\xbf"], ids=["without BOM", "with BOM"])
@pytest.mark.parametrize("separator", [",", ";"])
@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_a_line_in_every_form_of_file(start: bytes, separator: str, end: str) -> None:
    rows = [HEADER.strip(), "Jonas Berg,coordinator+ke,hjemmetjenesten,nb,12.03.2026,55 12 34 56", "", "Kari Ås,ke,,,,"]
    found = read(start + end.join(rows).replace(",", separator).encode(), RULES)
    assert found.mistakes == ()
    jonas, kari = found.lines
    assert jonas == StaffLine(
        line=2,
        name="Jonas Berg",
        roles=(Role.KE, Role.COORDINATOR),
        department="hjemmetjenesten",
        language=Language.NB,
        trained=date(2026, 3, 12),
        phone="+4755123456",
    )
    assert (kari.line, kari.name, kari.language, kari.trained, kari.phone) == (4, "Kari Ås", Language.NN, None, None)


def test_columns_may_stand_in_any_order_and_only_name_and_role_must() -> None:
    found = reading('role,name\nke,"Holm, Marit"\n')
    assert [(line.name, line.roles) for line in found.lines] == [("Holm, Marit", (Role.KE,))]


def test_every_mistake_of_every_line_is_told() -> None:
    body = (
        "Kari Nordby,leder,hjemmetjenesten,nb,,\n"
        "Per Lie,ke,,,,\n"
        ",coordinator,heimetenesta,sv,31.02.2026,12\n"
        "Jonas Berg,coordinator,,nn,2030-01-01,\n"
        "jonas  BERG,ke,,,,\n"
        "Eva 13097248022,ke,,,,,,\n"
    )
    found = mistakes(body)
    assert [line for line, _ in found] == [2, 4, 4, 4, 4, 4, 5, 5, 6, 7, 7]
    assert (6, "the same name stands on line 5") in found
    assert (7, "the name holds a national identity number") in found
    assert all(each.remedy for each in reading(HEADER + body).mistakes)


def test_a_cell_is_never_quoted() -> None:
    found = reading(HEADER + "Hemmelig Navn,hemmelig,hemmelig,hemmelig,hemmelig,hemmelig\n").mistakes
    assert len(found) == 5
    assert "emmelig" not in repr(found)


@pytest.mark.parametrize(
    ("content", "line", "what"),
    [
        (b"navn,role\nA,ke\n", 1, "a column of the header is not known"),
        (b"name,name,role\nA,B,ke\n", 1, "the column name stands there twice"),
        (b"name\nA\n", 1, "the column role is missing"),
        (b"", 1, "the column name is missing"),
        (HEADER.encode(), 2, "the file holds nobody"),
        (b"name,role\nA B,ke\nK\xe5ri,ke\n", 3, "the file is not UTF-8"),
        (b"PK\x03\x04\0\0", 1, "the file is not text"),
        (b'name,role\n"A,ke\n', 2, "it cannot be read as CSV (unexpected end of data)"),
    ],
)
def test_a_file_that_is_none(content: bytes, line: int, what: str) -> None:
    found = read(content, RULES)
    assert (line, what) in [(each.line, each.what) for each in found.mistakes]


async def test_the_same_file_again_changes_nothing(world: World) -> None:
    file = lines("Jonas Berg,coordinator,hjemmetjenesten,nb,2026-03-12,55123456\nTorhild Aasen,ke+ke_leader,,,,\n")
    first = await world.database.transact(lambda tx: staff.bring_in(tx, world.municipality, file))
    assert (first.new, first.changed, first.unchanged) == (("Jonas Berg", "Torhild Aasen"), (), ())
    again = await world.database.transact(lambda tx: staff.bring_in(tx, world.municipality, file))
    assert (again.new, again.changed, again.unchanged) == ((), (), ("Jonas Berg", "Torhild Aasen"))
    found = await world.database.transact(lambda tx: [people.person(tx, who) for who, _, _ in roster.names(tx)])
    assert [(each.name, each.phone, each.language, each.department) for each in found] == [
        ("Jonas Berg", "+4755123456", Language.NB, "hjemmetjenesten"),
        ("Torhild Aasen", None, Language.NN, None),
    ]


async def test_a_changed_line_changes_the_person_and_makes_no_second_one(world: World) -> None:
    before = lines("Jonas Berg,coordinator+ke,hjemmetjenesten,,,\nEva Vik,ke,,,,\n")
    after = lines("jonas  berg,coordinator,boliger,,2026-05-01,\n")
    await world.database.transact(lambda tx: staff.bring_in(tx, world.municipality, before))
    changed = await world.database.transact(lambda tx: staff.bring_in(tx, world.municipality, after))
    assert (changed.new, changed.changed) == ((), ("jonas berg",))

    def look(tx: Tx) -> tuple[list[str], dict[Role, str | None], date | None, dict[Role, str | None]]:
        (jonas, name, _), (eva, _, _) = roster.names(tx)
        return [name], roster.roles(tx, jonas), people.trained(tx, jonas), roster.roles(tx, eva)

    names, roles, trained, untouched = await world.database.transact(look)
    assert names == ["Jonas Berg"]
    assert roles == {Role.COORDINATOR: "boliger"}
    assert trained == date(2026, 5, 1)
    assert untouched == {Role.KE: None}


async def test_who_leaves_has_no_role_and_no_code(world: World) -> None:
    chat = world.newcomer()

    def bring(tx: Tx) -> str:
        staff.bring_in(tx, world.municipality, lines("Eva Vik,ke,,,,\n"))
        code = staff.invite(tx, "Eva Vik", language=Language.NB).code
        assert staff.bring_in(tx, world.municipality, lines("Eva Vik,none,,,,\n")).changed == ("Eva Vik",)
        return code.code

    code = await world.database.transact(bring)
    assert await world.database.transact(lambda tx: people.with_role(tx, Role.KE)) == []
    assert await world.database.transact(lambda tx: links.use(tx, chat.account, code)) is None
    stranger = await world.database.transact(lambda tx: staff.bring_in(tx, world.municipality, lines("Ingen Slik,none,,,,\n")))
    assert [each.line for each in stranger.mistakes] == [2]


@pytest.mark.parametrize("dry_run", [True, False], ids=["dry run", "a bad line"])
async def test_nothing_is_half_done(world: World, dry_run: bool) -> None:
    await world.staff("Eva Vik", Role.KE)
    await world.staff("Eva Vik", Role.COORDINATOR)
    body = "Ny Ansatt,ke,,,,\n" + ("" if dry_run else "Eva Vik,ke,,,,\n")
    result = await world.database.transact(lambda tx: staff.bring_in(tx, world.municipality, lines(body), dry_run=dry_run))
    assert [each.line for each in result.mistakes] == ([] if dry_run else [3])
    assert result.new == (("Ny Ansatt",) if dry_run else ())
    assert [name for _, name, _ in await world.database.transact(roster.names)] == ["Eva Vik", "Eva Vik"]
    assert (await world.database.transact(audit.verify))[0] == 0


async def test_an_inhabitant_of_the_same_name_is_somebody_else(world: World) -> None:
    citizen = await world.database.transact(lambda tx: people.create(tx, language=Language.NB, name="Eva Vik"))
    result = await world.database.transact(lambda tx: staff.bring_in(tx, world.municipality, lines("Eva Vik,ke,,,,\n")))
    assert result.new == ("Eva Vik",)
    assert await world.database.transact(lambda tx: people.standing_roles(tx, citizen)) == frozenset()


async def _coordinated(world: World) -> PersonId:
    """A case with an accepted coordinator, who is called Jonas Berg."""
    for name, role in (("Torhild Aasen", Role.KE), ("Jonas Berg", Role.COORDINATOR)):
        await world.staff(name, role, department=None if role is Role.KE else "hjemmetjenesten")

    def work(tx: Tx) -> PersonId:
        (ke,), (jonas,) = people.with_role(tx, Role.KE), people.with_role(tx, Role.COORDINATOR)
        citizen = people.create(tx, language=Language.NB, name="Solveig Myrvang")

        def by(who: PersonId) -> Context:
            return Context(tx=tx, municipality=world.municipality, actor=who)

        carry_out(by(citizen), Submit(for_whom=ForWhom.ME, wanted=Wanted.COORDINATOR, age_group=AgeGroup.ADULT))
        case = cases.of_party(tx, citizen)[0]
        carry_out(by(ke), Decide(case=case, kind=DecisionKind.GRANT, granted=Wanted.COORDINATOR, reason=""))
        ask = Propose(case=case, step=LadderStep.WISH, candidate=jonas, department="hjemmetjenesten", reason="")
        assignment = carry_out(by(ke), ask)
        assert isinstance(assignment, int)
        carry_out(by(jonas), AnswerAsCandidate(assignment=AssignmentId(assignment), yes=True))
        return jonas

    return await world.database.transact(work)


@pytest.mark.parametrize("role", ["none", "ke"])
async def test_a_coordinator_who_stops_leaves_no_case_alone(world: World, role: str) -> None:
    jonas = await _coordinated(world)
    result = await world.database.transact(lambda tx: staff.bring_in(tx, world.municipality, lines(f"Jonas Berg,{role},,,,\n")))
    assert result.changed == ("Jonas Berg",)
    assert Role.COORDINATOR not in await world.database.transact(lambda tx: people.standing_roles(tx, jonas))
    (case,) = await world.database.transact(cases.living)
    assert await world.database.transact(lambda tx: cases.get(tx, case).state) is CaseState.APPOINTING
    assert TaskKind.APPOINT in await world.database.transact(lambda tx: {task.kind for task in tasks.of_case(tx, case)})
    assert [row["kind"] for row in await world.database.transact(alarms.open_alarms)] == ["case_without_coordinator"]


async def test_an_invitation_links_a_chat_once_and_is_in_the_audit(world: World) -> None:
    chat = world.newcomer()
    invited = await world.database.transact(lambda tx: staff.invite(tx, " Torhild  Aasen ", roles=[Role.KE], language=Language.NN))
    assert (invited.name, invited.new, invited.roles) == ("Torhild Aasen", True, (Role.KE,))
    await world.write(chat, f"/start {invited.code.code}")
    await world.press(chat, "Nynorsk", "Yes, go on")
    assert await world.person(chat) == invited.person
    second = world.newcomer()
    assert await world.database.transact(lambda tx: links.use(tx, second.account, invited.code.code)) is None
    entries = await world.database.transact(lambda tx: [row["action"] for row in tx.all("SELECT action FROM audit ORDER BY id")])
    assert entries[:2] == ["staff.set", "link.issued"]


async def test_a_new_invitation_makes_the_earlier_code_worthless(world: World) -> None:
    chat = world.newcomer()

    def twice(tx: Tx) -> tuple[PersonId | None, PersonId | None]:
        first, second = (staff.invite(tx, "Eva Vik", language=Language.NB) for _ in range(2))
        assert first.person == second.person
        return links.use(tx, chat.account, first.code.code), links.use(tx, chat.account, second.code.spoken)

    old, fresh = await world.database.transact(twice)
    assert old is None
    assert fresh is not None


async def test_it_is_never_guessed_who_is_meant(world: World) -> None:
    def make(tx: Tx) -> PersonId:
        people.create(tx, language=Language.NB, name="Eva Vik")
        return people.create(tx, language=Language.NB, name="Kari Lie")

    kari = await world.database.transact(make)
    await world.staff("Per Lie", Role.KE)
    await world.staff("Per Lie", Role.COORDINATOR)

    async def refused(name: str, **asked: object) -> str:
        with pytest.raises(InviteRefused) as caught:
            await world.database.transact(lambda tx: staff.invite(tx, name, language=Language.NB, **asked))  # type: ignore[arg-type]
        return str(caught.value)

    assert "--new" in await refused("Eva Vik", roles=[Role.KE])
    assert "--person" in await refused("Per Lie")
    assert "Check the number" in await refused("Per Lie", person=kari)
    assert "There is no case 9" in await refused("Kari Lie", case=9)
    assert "national identity number" in await refused("Eva 13097248022")
    other = await world.database.transact(lambda tx: staff.invite(tx, "Eva Vik", roles=[Role.KE], language=Language.NB, new=True))
    assert other.new


async def test_a_party_of_a_case_is_found_by_its_number(world: World) -> None:
    def work(tx: Tx) -> tuple[PersonId, PersonId]:
        people.create(tx, language=Language.NB, name="Solveig Myrvang")
        citizen = people.create(tx, language=Language.NB, name="Solveig Myrvang")
        number = carry_out(
            Context(tx=tx, municipality=world.municipality, actor=citizen),
            Submit(for_whom=ForWhom.ME, wanted=Wanted.COORDINATOR, age_group=AgeGroup.ADULT),
        )
        assert isinstance(number, int)
        return citizen, staff.invite(tx, "solveig myrvang", case=number, language=Language.NB).person

    citizen, invited = await world.database.transact(work)
    assert invited == citizen


async def test_a_login_is_known_by_its_code_only_and_another_one_ends_what_was_open(world: World) -> None:
    header = "name,role,department,language,trained,phone,login\n"

    def bring(tx: Tx, login: str) -> staff.BroughtIn:
        return staff.bring_in(tx, world.municipality, reading(f"{header}Kari Ås,ke,,,,,{login}\n").lines)

    await world.read(lambda tx: bring(tx, "Kari.As@solvik.example"))
    who = await world.read(lambda tx: logins.staff_login(tx, "kari.as@solvik.example"))
    assert who is not None
    token = await world.read(lambda tx: logins.begin(tx, who, "staff"))
    again = await world.read(lambda tx: bring(tx, "kari.as@solvik.example"))
    assert again.unchanged == ("Kari Ås",)
    assert await world.read(lambda tx: logins.find(tx, token)) is not None
    changed = await world.read(lambda tx: bring(tx, "kari@solvik.example"))
    assert changed.changed == ("Kari Ås",)
    assert await world.read(lambda tx: logins.staff_login(tx, "kari.as@solvik.example")) is None
    assert await world.read(lambda tx: logins.find(tx, token)) is None
    other = await world.read(lambda tx: logins.begin(tx, who, "staff"))
    await world.read(lambda tx: staff.bring_in(tx, world.municipality, reading(f"{header}Per Lie,ke,,,,,kari@solvik.example\n").lines))
    assert await world.read(lambda tx: logins.find(tx, other)) is None
    assert [each.what for each in reading(f"{header}Kari Ås,ke,,,,,01819001002\n").mistakes] == [
        "the login holds a national identity number"
    ]
