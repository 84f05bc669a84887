"""What is stored about me: complete, mine alone, after a new login, and recorded.

The list of tables is asked of the database itself: a table or a column that nobody has thought about turns this red.
"""

import json
import sqlite3
from collections.abc import Iterator
from datetime import timedelta

from bot.domain.access import Role
from bot.domain.cases import TaskKind
from bot.domain.ids import CaseId, PersonId
from bot.domain.my_data import AskForCorrection, CorrectContact, DeleteMine
from bot.services import my_data
from bot.services.commands import carry_out
from bot.services.municipality import Context
from bot.store import audit, cases, holdings, people, sessions, tasks
from bot.store.database import Tx, migrations, statements
from bot.store.held_by_person import BY_PERSON
from bot.store.held_in_case import FOR_RECORDS
from tests.requirements.town import Town
from tests.requirements.walks import FIRST
from tests.web.conftest import Place

NEED = "Kanarifugl treng hjelp med alt"
ABOUT_SOMEBODY = {"people", "cases", "accounts", "sessions", "consents", "members", "meetings", "changes", "inquiries", "notices", "outbox"}
"""What refers to one of these is about somebody."""
NAMES = {"person", "case_id", "account", "owner", "actor", "candidate", "leader", "session", "member", "meeting", "consent"}


def schema() -> sqlite3.Connection:
    raw = sqlite3.connect(":memory:")
    for _, _, sql in migrations():
        for statement in statements(sql):
            raw.execute(statement)
    return raw


def about_somebody(raw: sqlite3.Connection) -> Iterator[tuple[str, frozenset[str]]]:
    """Every table that can hold something about a person or a case, however far away, with its columns."""
    tables = [row[0] for row in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")]
    columns = {table: frozenset(row[1] for row in raw.execute(f"PRAGMA table_info({table})")) for table in tables}
    refers = {table: {row[2] for row in raw.execute(f"PRAGMA foreign_key_list({table})")} for table in tables}
    found = {table for table in tables if table in ABOUT_SOMEBODY or columns[table] & NAMES}
    while more := {table for table in tables if refers[table] & found} - found:
        found |= more
    yield from ((table, columns[table]) for table in sorted(found))


def test_every_table_about_somebody_is_in_the_export_or_has_a_reason() -> None:
    known: dict[str, set[str]] = {}
    for held in (*BY_PERSON, *my_data.IN_CASE):
        known.setdefault(held.table, set()).update(held.columns)
    raw = schema()
    found = dict(about_somebody(raw))
    raw.close()
    assert len(found) > 40
    unknown = [f"{table}: not in bot/store/held_*.py, nor in a list of what is not handed out" for table in found if table not in known]
    unknown = [line for line in unknown if line.partition(":")[0] not in my_data.NOT_INCLUDED]
    unknown += [
        f"{table}.{column}: nobody has thought about it"
        for table in known
        for column in sorted(found.get(table, frozenset()) - known[table])
    ]
    unknown += [f"{table}.{column}: no such column" for table in known for column in sorted(known[table] - found.get(table, frozenset()))]
    assert unknown == []
    assert all(reason.strip() for reason in my_data.NOT_INCLUDED.values())
    assert not [held.table for held in (*BY_PERSON, *my_data.IN_CASE) if held.kept_back and not held.why]


def test_a_table_that_comes_later_is_noticed() -> None:
    raw = schema()
    before = dict(about_somebody(raw))
    raw.execute("CREATE TABLE diaries (id INTEGER PRIMARY KEY, words BLOB, member INTEGER REFERENCES members (id))")
    raw.execute("CREATE TABLE diary_pages (diary INTEGER REFERENCES diaries (id), words BLOB)")
    assert set(dict(about_somebody(raw))) - set(before) == {"diaries", "diary_pages"}
    raw.close()


async def test_every_statement_can_be_read(place: Place) -> None:
    def read(tx: Tx) -> None:
        for held in (*BY_PERSON, *my_data.IN_CASE, *FOR_RECORDS):
            for each in (held, holdings.for_records(held)):
                holdings.count(tx, each, me=PersonId(1), case=CaseId(1))
                assert holdings.entries(tx, each, me=PersonId(1), case=CaseId(1), told=str) == []

    await place.world.read(read)


async def test_the_files_have_all_that_was_told_and_nothing_of_others(place: Place) -> None:
    town = await Town.of(place.world)
    mine = await town.appointed(language="Bokmål", need=NEED)
    await town.applied(need="Ein annan sin kanarifugl")
    visitor = await place.logged_in(await place.world.person(mine))
    content = await visitor.client.get("/stored/file/json")
    assert content.headers["content-type"] == "application/json"
    assert content.headers["content-disposition"] == 'attachment; filename="samrad.json"'
    said = json.loads(content.content)
    told = next(part for part in said["stored"] if part["table"] == "cases")
    assert told["rows"][0]["content"]["need"] == NEED
    assert "annan" not in content.text
    tables = {part["table"] for part in said["stored"]}
    assert {"people", "accounts", "notices", "parties", "decisions", "assignments", "ke_tasks"} <= tables
    assert "data_keys" in said["not_included"]
    # What staff wrote for themselves is kept back, and that is said.
    assignments = next(part for part in said["stored"] if part["table"] == "assignments")
    assert {"refusal", "own_reason"} <= set(assignments["kept_back"]["columns"])
    assert not {"refusal", "own_reason", "subject_mac", "code_mac"} & {
        key for part in said["stored"] for row in part["rows"] for key in row
    }
    printed = await visitor.client.get("/stored/file/pdf")
    assert printed.content.startswith(b"%PDF-1.7")
    await visitor.get("/stored/all")
    assert NEED in visitor.text
    assert "annan" not in visitor.text
    await visitor.get("/stored/file/exe")
    assert visitor.response.status_code == 404


async def test_a_file_is_given_after_a_new_login_only_and_is_recorded(place: Place) -> None:
    town = await Town.of(place.world)
    who = await place.world.person(await town.applied(need=NEED))
    visitor = await place.logged_in(who)
    for form in ("pdf", "json"):
        await visitor.client.get(f"/stored/file/{form}")
    entries = await place.world.read(
        lambda tx: [entry.detail.get("form") for entry in audit.of_case(tx, FIRST, 100) if "exported" in entry.action]
    )
    assert sorted(map(str, entries)) == ["json", "pdf"]
    await place.world.turn(timedelta(minutes=11))
    for path in ("/stored", "/stored/all", "/stored/file/pdf", "/stored/file/json"):
        answer = await visitor.client.get(path)
        assert (answer.status_code, answer.headers["location"].partition("?")[0]) == (303, "/login")
        assert NEED not in answer.text
    nobody = await place.visitor().client.get("/stored/file/json")
    assert nobody.status_code == 303


async def test_who_may_not_see_what_is_in_a_case_does_not_get_it_in_a_file(place: Place) -> None:
    town = await Town.of(place.world)
    await town.applied(need=NEED)
    reporter = await place.person("Rolf Prøve")
    await place.world.read(lambda tx: cases.add_party(tx, FIRST, reporter, Role.REPORTER))
    for who in (reporter, await place.world.person(town.nora), await place.world.person(town.anne), await place.person("Ola Prøve")):
        visitor = await place.logged_in(who, "staff" if who != reporter else "citizen")
        answer = await visitor.client.get("/stored/file/json")
        assert NEED not in answer.text


async def test_what_is_between_a_child_and_those_who_coordinate_is_not_in_a_parents_file(place: Place) -> None:
    alone = {held.table for held in my_data.IN_CASE if held.roles is not None and Role.PARENT not in held.roles}
    assert {"child_words", "shieldings"} <= alone
    assert all(Role.YOUTH in held.roles for held in my_data.IN_CASE if held.roles is not None)


async def test_the_page_tells_how_much_there_is_of_what(place: Place) -> None:
    town = await Town.of(place.world)
    visitor = await place.logged_in(await place.world.person(await town.appointed(language="Bokmål")))
    await visitor.get("/stored")
    assert visitor.response.status_code == 200
    # How many rows there are of a kind, told in words.
    assert "Vedtak: 1, siden 2. mars 2026" in visitor.text


async def do(place: Place, who: PersonId, command: object) -> None:
    await place.world.read(
        lambda tx: carry_out(Context(tx=tx, municipality=place.world.municipality, actor=who, fresh_login=True), command)  # type: ignore[arg-type]
    )


async def test_ones_own_name_and_number_are_corrected_at_once(place: Place) -> None:
    who = await place.person("Kari Prøv")
    await do(place, who, CorrectContact(name="Kari Prøve", phone="70 08 13 00"))
    found = await place.world.read(lambda tx: people.person(tx, who))
    assert (found.name, found.phone) == ("Kari Prøve", "+4770081300")


async def test_something_else_becomes_a_task_by_the_laws_time(place: Place) -> None:
    who = await place.person("Kari Prøve")
    await do(place, who, AskForCorrection(words=NEED))
    (task,) = await place.world.read(tasks.open_tasks)
    # 2 March and a month.
    assert (task.kind, task.due_on.isoformat()) == (TaskKind.CORRECT_DATA, "2026-04-02")
    assert task.inquiry is not None
    message = await place.world.read(lambda tx: tasks.inquiry(tx, task.inquiry))  # type: ignore[arg-type]
    assert message is not None
    assert NEED in message.words


async def test_what_nothing_binds_us_to_keep_goes_at_once_and_the_rest_is_a_task(place: Place) -> None:
    town = await Town.of(place.world)
    mine = await town.applied(need=NEED)
    world, who = place.world, await place.world.person(mine)
    await world.press(mine, "Ask for help", "Me")
    await world.write(mine, "/meny")
    await world.read(lambda tx: sessions.set_state(tx, open_.id, "parked") if (open_ := sessions.open_of(tx, who)) else None)
    await do(place, who, CorrectContact(phone="70 08 13 00"))
    assert await world.read(lambda tx: len(sessions.parked_of(tx, who))) == 1
    await do(place, who, DeleteMine(drafts=True, phone=True, chat=True, rest=True, words="alt"))
    assert await world.read(lambda tx: sessions.parked_of(tx, who)) == []
    found = await world.read(lambda tx: people.person(tx, who))
    assert (found.phone, found.account) == (None, None)
    kinds = [task.kind for task in await world.read(tasks.open_tasks)]
    assert TaskKind.DELETE_DATA in kinds
    # The case itself is kept: the law on archives.
    assert (await world.read(lambda tx: cases.content(tx, FIRST))).need == NEED


async def test_a_decision_as_a_file_says_whose_copy_it_is(place: Place) -> None:
    town = await Town.of(place.world)
    mine = await town.appointed(language="Bokmål")
    visitor = await place.logged_in(await place.world.person(mine))
    answer = await visitor.client.get("/case/1001/decision/1/pdf")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
    printed = await place.world.read(lambda tx: [entry.action for entry in audit.of_case(tx, FIRST, 100)])
    assert "case.printed" in printed
    stranger = await place.logged_in(await place.person("Ola Prøve"))
    assert (await stranger.client.get("/case/1001/decision/1/pdf")).status_code == 404
