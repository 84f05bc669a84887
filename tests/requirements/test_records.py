"""Printing, the record system, and who gets what is in a case: T02, T04 and T05."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.domain.access import Role
from bot.domain.cases import CaseState
from bot.domain.ids import PersonId
from bot.engine.texts import Language
from bot.pdf import pdf
from bot.services import case_file, my_data, my_data_files, printing, retention
from bot.services.municipality import Context
from bot.store import audit, cases, tasks
from bot.store.database import Tx
from tests.pdf.test_pdf import content
from tests.requirements.town import Town
from tests.requirements.walks import FIRST
from tests.world import World

NEED = "Kanarifugl treng hjelp med alt"


async def test_T02_a_print_says_whose_copy_it_is_and_when_it_was_made(world: World) -> None:
    town = await Town.of(world)
    mine = await town.appointed(language="Bokmål", need=NEED)
    who = await world.person(mine)

    def marked(tx: Tx) -> tuple[str, bytes]:
        context = Context(tx=tx, municipality=world.municipality, actor=who)
        document = printing.letter(
            context, case=FIRST, title=my_data_files.WHO, facts=((my_data_files.WHEN, my_data_files.NAME),), words=my_data_files.WRITTEN,
            last=my_data_files.PHONE,
        )  # fmt: skip
        assert document.marker is not None
        words = world.municipality.words(document.marker, Language.NB, tx.now)
        return words, pdf(document, Language.NB, world.municipality.catalogs, tx.now)

    words, made = await world.read(marked)
    assert words == "Skrevet ut av Kari Prøve, mandag 2. mars kl. 10.00"
    assert b"/StructTreeRoot" in content(made)
    assert "case.printed" in await world.read(lambda tx: [entry.action for entry in audit.of_case(tx, FIRST, 50)])


async def test_T04_a_case_is_handed_over_before_it_may_be_destroyed(world: World) -> None:
    town = await Town.of(world)
    await town.appointed(language="Bokmål", need=NEED)

    def end(tx: Tx) -> None:
        for task in tasks.of_case(tx, FIRST):
            tasks.finish(tx, task.id, by=None)
        cases.move(tx, FIRST, CaseState.CLOSED)

    await world.read(end)
    world.clock.turn_to(world.clock.now() + timedelta(days=400))
    assert await world.read(retention.destroy_cases) == []
    await world.read(lambda tx: case_file.export(tx, world.municipality, 1001))
    world.clock.turn_to(world.clock.now() + timedelta(days=31))
    assert await world.read(retention.destroy_cases) == [1001]


async def test_T04_the_record_system_gets_every_word_and_who_did_what(world: World) -> None:
    town = await Town.of(world)
    await town.appointed(language="Bokmål", need=NEED)
    made = await world.read(lambda tx: case_file.export(tx, world.municipality, 1001))
    assert made is not None
    said = json.loads(made.json)
    tables = {part["table"]: part["rows"] for part in said["stored"]}
    assert tables["cases"][0]["content"]["need"] == NEED
    # What the person's own file keeps back is in the municipality's.
    assert {"refusal", "own_reason"} <= set(tables["assignments"][0])
    assert {"Anne Prøve", "Nora Prøve"} <= {entry["who"] for entry in said["audit"]}
    assert made.pdf.startswith(b"%PDF")
    assert await world.read(lambda tx: case_file.export(tx, world.municipality, 1999)) is None


def test_T04_files_are_the_owners_alone_and_never_written_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SAMRAD_PROFILE", "demo")
    runner = CliRunner()
    assert runner.invoke(app, ["migrate"]).exit_code == 0
    missing = runner.invoke(app, ["export", "--case", "1001", "--to", str(tmp_path)])
    assert (missing.exit_code, "There is no case 1001" in missing.stderr) == (1, True)
    assert "no folder" in runner.invoke(app, ["export", "--case", "1001", "--to", str(tmp_path / "nowhere")]).stderr.replace("not a", "no")
    shown = runner.invoke(app, ["purge", "--dry-run"])
    assert (shown.exit_code, "This was a dry run" in shown.stdout) == (0, True)
    assert runner.invoke(app, ["purge"]).exit_code == 0


async def test_T05_only_those_it_is_about_get_a_file_of_a_case(world: World) -> None:
    town = await Town.of(world)
    mine = await town.appointed(language="Bokmål", need=NEED)
    for chat, gets in ((mine, True), (town.nora, False), (town.anne, False), (town.lars, False)):
        assert (NEED in await file_of(world, await world.person(chat))) is gets, await file_of(world, await world.person(chat))
    who = await world.person(await world.staff("Rolf Prøve"))
    await world.read(lambda tx: cases.add_party(tx, FIRST, who, Role.REPORTER))
    assert NEED not in await file_of(world, who)


async def file_of(world: World, who: PersonId) -> str:
    """What somebody gets as a file, whoever they are."""

    def made(tx: Tx) -> str:
        context = Context(tx=tx, municipality=world.municipality, actor=who)
        return my_data_files.as_json(context, my_data.everything(context, form="json")).decode()

    return await world.read(made)
