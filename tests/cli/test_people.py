"""`samrad invite` and `samrad import staff`."""

import io
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from rich.console import Console

from bot import cli_output
from tests.cli.conftest import FakeTelegram, Samrad

HEADER = "name,role,department,language,trained,phone\n"


def test_an_invitation_for_people(samrad: Samrad, telegram: FakeTelegram) -> None:
    result = samrad("invite", "Torhild Aasen", "--role", "ke", "--role", "ke_leader")
    assert result.exit_code == 0
    assert "Torhild Aasen (ke, ke_leader), person 1, new" in result.stdout
    assert "https://t.me/samrad_test_bot?start=" in result.stdout
    assert "▀" in result.stdout
    spoken = next(line for line in result.stdout.splitlines() if line.startswith("Or write in the chat: ")).split(": ")[1]
    assert [len(part) for part in spoken.split()] == [5, 5]
    assert samrad("audit", "verify").stdout.startswith("The audit is whole: 2 entries.\nIts head is 2:")


def test_an_invitation_for_programs_is_one_object(samrad: Samrad, folder: Path) -> None:
    first = json.loads(samrad("invite", "Eva Vik", "--json", "--bot", "@our_bot").stdout)
    assert first["link"] == f"https://t.me/our_bot?start={first['code']}"
    assert (first["person"], first["name"], first["new"], first["roles"]) == (1, "Eva Vik", True, [])
    expires = datetime.fromisoformat(first["expires_at"]) - datetime.now(UTC)
    assert timedelta(hours=71) < expires <= timedelta(hours=72)
    again = json.loads(samrad("invite", "eva vik", "--json", "--bot", "our_bot").stdout)
    assert (again["person"], again["name"], again["new"]) == (1, "Eva Vik", False)
    assert again["code"] != first["code"]
    stored = (folder / "samrad.db").read_bytes()
    assert all(secret.encode() not in stored for secret in (first["code"], first["spoken"], first["spoken"].replace(" ", ""), "Eva Vik"))


def test_without_a_token_there_is_a_code_and_no_link(samrad: Samrad) -> None:
    result = samrad("invite", "Eva Vik")
    assert result.exit_code == 0
    assert "No link: SAMRAD_BOT_TOKEN is not set" in result.stdout
    assert "/start " in result.stdout


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--role", "leder"], "is not a role"),
        (["--role", "ke", "--department", "mars"], "is not in the profile"),
        (["--role", "leader"], "needs one of"),
    ],
)
def test_an_invitation_typed_wrongly(samrad: Samrad, folder: Path, arguments: list[str], says: str) -> None:
    result = samrad("invite", "Eva Vik", *arguments)
    assert result.exit_code == 2
    assert says in " ".join(result.stderr.split())
    assert list(folder.iterdir()) == []


def test_a_refused_invitation_is_a_sentence(samrad: Samrad) -> None:
    result = samrad("invite", "Eva Vik", "--case", "1007", "--bot", "x")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "There is no case 1007. Check the number.\n"


def test_staff_from_a_file(samrad: Samrad, folder: Path) -> None:
    file = folder / "staff.csv"
    file.write_text(HEADER + "Jonas Berg,coordinator,hjemmetjenesten,nn,,\nEva [Vik],ke,,,,\n", encoding="utf-8-sig")
    assert samrad("migrate").exit_code == 0
    tried = samrad("import", "staff", str(file), "--dry-run")
    assert "2 new, 0 changed, 0 unchanged. Nothing was changed: this was a dry run." in tried.stdout
    done = samrad("import", "staff", str(file))
    assert (done.exit_code, done.stdout) == (0, "new      Jonas Berg\nnew      Eva [Vik]\n2 new, 0 changed, 0 unchanged.\n")
    assert samrad("import", "staff", str(file)).stdout == "0 new, 0 changed, 2 unchanged.\n"


def test_every_bad_line_is_told_and_nothing_is_done(samrad: Samrad, folder: Path) -> None:
    file = folder / "staff.csv"
    file.write_text(HEADER + "Jonas Berg,ke,,,,\nEva Vik,kee,,,,\n,ke,,xx,,\n", encoding="utf-8")
    result = samrad("import", "staff", str(file))
    assert (result.exit_code, result.stdout) == (1, "")
    assert [line.partition(":")[0] for line in result.stderr.splitlines()] == ["Line 3", "Line 4", "Line 4", "Nothing was changed"]
    assert "Did you mean ke?" in result.stderr
    assert not (folder / "samrad.db").exists()


def test_what_only_the_database_knows_is_told_too(samrad: Samrad, folder: Path) -> None:
    file = folder / "staff.csv"
    file.write_text(HEADER + "Ny Ansatt,ke,,,,\nIngen Slik,none,,,,\n", encoding="utf-8")
    result = samrad("import", "staff", str(file))
    assert result.exit_code == 1
    assert result.stderr.startswith("Line 3: nobody of staff has this name")
    assert samrad("audit", "verify").stdout.startswith("The audit is whole: 0 entries.\nIts head is 0:")


def test_ten_thousand_lines(samrad: Samrad, folder: Path) -> None:
    file = folder / "staff.csv"
    file.write_text(HEADER + "".join(f"Ansatt Nummer{number},ke,,nb,,\n" for number in range(10_000)), encoding="utf-8")
    assert samrad("import", "staff", str(file)).stdout.splitlines()[-1] == "10000 new, 0 changed, 0 unchanged."
    assert samrad("import", "staff", str(file)).stdout == "0 new, 0 changed, 10000 unchanged.\n"


@pytest.mark.parametrize("terminal", [True, False])
def test_the_bar_is_shown_where_somebody_sits(terminal: bool) -> None:
    written = io.StringIO()
    console = Console(file=written, force_terminal=terminal, width=80, _environ={"TERM": "xterm"})
    with cli_output.progress("Bringing in", 2, console) as step:
        step(1)
        step(2)
    assert ("2/2" in written.getvalue()) is terminal
    assert terminal or not written.getvalue()
