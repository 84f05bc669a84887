"""The other commands: the demo's port, running, the database, the outbox, alarms, the audit, talking."""

import asyncio
import os
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from bot import foundation
from bot.clock import SystemClock, TurnableClock
from bot.domain.choices import PrivacyLevel
from bot.domain.incoming import AccountId
from bot.domain.outgoing import Lane, MessageClass, SendMessage
from bot.engine.texts import Language
from bot.settings import load_settings
from bot.store import alarms, audit, outbox
from bot.store.database import Database, Tx, migrations
from bot.store.inspection import inspect
from bot.store.seal import UNIT, Keyring
from bot.talk import listed
from bot.talk_cast import Far
from bot.talk_setting import settle
from conversations import REGISTRY
from tests.cli.conftest import TOKEN, FakeTelegram, Samrad
from tests.house.source import ROOT

ONLY_TELLS = {"hand_over_pack": "sak 1001: ", "own_pack": "Kven du kan kontakte:"}
"""Conversations that tell something and ask nothing, with a little of what they tell."""


def in_database(work: Callable[[Tx], object]) -> None:
    async def once() -> None:
        database = await foundation.open_database(load_settings(), SystemClock())
        await database.transact(work)
        await database.close()

    asyncio.run(once())


@pytest.fixture
def taken() -> Iterator[int]:
    """A port on which somebody listens already."""
    with closing(socket.socket()) as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


def test_a_port_that_is_taken_is_said_with_how_to_choose_another(samrad: Samrad, taken: int) -> None:
    result = samrad("demo", "--port", str(taken))
    assert result.exit_code == 1
    why = f"127.0.0.1:{taken} cannot be listened on (Address already in use)."
    assert result.stderr == f"{why} Choose another port: samrad demo --port {taken + 1}\n"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_demo_ends_quietly_and_leaves_nothing(folder: Path, number: signal.Signals) -> None:
    environment = os.environ | {"PYTHONPATH": str(ROOT), "TMPDIR": str(folder), "COLUMNS": "200"}
    started = [sys.executable, "-m", "bot", "demo", "--port", "0"]
    with subprocess.Popen(started, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as demo:
        assert demo.stdout is not None
        address = next(word for word in demo.stdout.readline().split() if word.startswith("http"))
        assert httpx.get(address).status_code == 200
        demo.send_signal(number)
        _, errors = demo.communicate(timeout=30)
    assert (demo.returncode, errors) == (0, "")
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("setting", ["SAMRAD_WEBHOOK_LISTEN", "SAMRAD_METRICS_LISTEN"])
def test_an_address_that_is_taken_is_said_with_its_setting(
    samrad: Samrad, folder: Path, telegram: FakeTelegram, monkeypatch: pytest.MonkeyPatch, taken: int, setting: str
) -> None:
    monkeypatch.setenv("SAMRAD_PUBLIC_URL", "https://samrad.example.no")
    monkeypatch.setenv("SAMRAD_WEBHOOK_SECRET", "a" * 32)
    monkeypatch.setenv("SAMRAD_WEBHOOK_LISTEN", "127.0.0.1:0")
    monkeypatch.setenv(setting, f"127.0.0.1:{taken}")
    result = samrad("run", "--webhook")
    assert result.exit_code == 1
    assert setting in result.stderr
    assert telegram.asked == []
    assert list(folder.iterdir()) == []


def test_running_without_settings_says_all_that_is_missing(samrad: Samrad, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SAMRAD_PROFILE")
    result = samrad("run", "--webhook")
    assert result.exit_code == 1
    missing = [line.split()[0] for line in result.stderr.splitlines()]
    assert missing == ["SAMRAD_BOT_TOKEN", "SAMRAD_PROFILE", "SAMRAD_PUBLIC_URL", "SAMRAD_WEBHOOK_SECRET"]


def test_a_start_wraps_all_keys_with_the_newest_and_a_refused_token_ends_it_with_a_sentence(
    samrad: Samrad, folder: Path, telegram: FakeTelegram
) -> None:
    samrad("invite", "Eva Vik", "--bot", "x")
    samrad("keys", "add")
    samrad("invite", "Per Lie", "--bot", "x")
    assert len(inspect(folder / "samrad.db").wrapped_by) == 2
    telegram.answer = (401, {"ok": False, "error_code": 401, "description": "Unauthorized"})
    # In a process of its own: a start also puts a lid on every logger.
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    run = subprocess.run([sys.executable, "-m", "bot", "run"], cwd=folder, env=environment, capture_output=True, text=True, timeout=60)
    assert run.returncode == 1
    assert "Telegram refuses the token: correct SAMRAD_BOT_TOKEN." in run.stderr
    assert "Traceback" not in run.stderr
    assert TOKEN not in run.stdout + run.stderr
    assert len(inspect(folder / "samrad.db").wrapped_by) == 1


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("SAMRAD_PROFILE", "lundd", 'Did you mean "lund"?'),
        ("SAMRAD_DATABASE_URL", "sqlite:///no/such/folder/samrad.db", "SAMRAD_DATABASE_URL"),
        ("SAMRAD_KEY_FILE", "no/such/folder/samrad.key", "SAMRAD_KEY_FILE"),
        ("SAMRAD_LOG_LEVEL", "loud", "Set it to DEBUG, INFO, WARNING or ERROR."),
    ],
)
def test_what_can_be_mended_is_a_sentence(
    samrad: Samrad, monkeypatch: pytest.MonkeyPatch, telegram: FakeTelegram, name: str, value: str, says: str
) -> None:
    monkeypatch.setenv(name, value)
    result = samrad("invite", "Eva Vik")
    assert (result.exit_code, result.stdout) == (1, "")
    assert says in result.stderr


def test_migrate_tells_what_it_applied(samrad: Samrad, folder: Path) -> None:
    first = samrad("migrate").stdout.splitlines()
    assert first == [f"applied  {name}" for _, name, _ in migrations()] + ["samrad.db is up to date."]
    assert samrad("migrate").stdout == "samrad.db is up to date.\n"
    assert (folder / "samrad.key").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("command", [["outbox"], ["alarms"], ["audit", "verify"]])
def test_what_only_looks_makes_no_database(samrad: Samrad, folder: Path, command: list[str]) -> None:
    result = samrad(*command)
    assert result.exit_code == 1
    assert "samrad migrate" in result.stderr
    assert list(folder.iterdir()) == []


def test_the_outbox_shows_no_content_and_nobody(samrad: Samrad) -> None:
    samrad("migrate")

    def fill(tx: Tx) -> None:
        for number, words in enumerate(("hemmelig beskjed", "en annen"), start=1):
            message = SendMessage(text=words)
            account = AccountId(987654321)
            outbox.enqueue(tx, message, account=account, lane=Lane.NOTICE, message_class=MessageClass.RIGHTS, owner=UNIT, number=number)
        outbox.dead(tx, 1, "chat [closed]")

    in_database(fill)
    everything, dead = samrad("outbox").stdout, samrad("outbox", "--dead").stdout
    assert "ready 1" in everything
    assert "dead 1" in everything
    assert [line.split()[:2] for line in everything.splitlines()[2:]] == [["2", "ready"], ["1", "dead"]]
    assert [line.split()[:2] for line in dead.splitlines()[2:]] == [["1", "dead"]]
    assert "chat [closed]" in dead
    assert "hemmelig" not in everything
    assert "987654321" not in everything


def test_alarms_are_listed_until_seen(samrad: Samrad) -> None:
    samrad("migrate")
    assert samrad("alarms").stdout == "No open alarms.\n"
    in_database(lambda tx: [alarms.raise_alarm(tx, "outbox_dead", "outbox row 7 can never be sent") for _ in range(3)])
    assert "1 open alarm" in samrad("check").stdout
    listed_ = samrad("alarms").stdout
    assert "outbox row 7 can never be sent" in listed_
    assert listed_.splitlines()[1].split()[:2] == ["1", "outbox_dead"]
    assert samrad("alarms", "--seen", "1").stdout == "No open alarms.\n"
    again = samrad("alarms", "--seen", "1")
    assert (again.exit_code, again.stderr) == (1, "There is no open alarm 1. samrad alarms lists them.\n")


def test_a_broken_audit_is_found(samrad: Samrad, folder: Path) -> None:
    samrad("migrate")
    for _ in range(3):
        in_database(lambda tx: audit.record(tx, "case.read", actor=None))
    whole, head = samrad("audit", "verify").stdout.splitlines()
    assert whole == "The audit is whole: 3 entries."
    noted = head.removeprefix("Its head is ")
    assert samrad("audit", "verify", "--kept", noted).exit_code == 0
    assert samrad("audit", "verify", "--kept", "3:no").exit_code == 1
    cut = samrad("audit", "verify", "--kept", f"4:{noted.partition(':')[2]}")
    assert (cut.exit_code, "broken at entry 4 of 3" in cut.stderr) == (1, True)
    with closing(sqlite3.connect(folder / "samrad.db")) as raw, raw:
        for (trigger,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'audit'").fetchall():
            raw.execute(f"DROP TRIGGER {trigger}")
        raw.execute("UPDATE audit SET action = 'case.left' WHERE id = 2")
    result = samrad("audit", "verify")
    assert result.exit_code == 1
    assert "broken at entry 2 of 3" in result.stderr


def test_a_new_key_seals_what_is_new_and_the_old_one_still_opens(samrad: Samrad, folder: Path) -> None:
    assert samrad("keys", "add").exit_code == 1
    samrad("invite", "Eva Vik", "--bot", "x")
    result = samrad("keys", "add")
    assert "has 2 keys" in result.stdout
    assert "Restart" in result.stdout
    assert (folder / "samrad.key").stat().st_mode & 0o777 == 0o600
    samrad("invite", "Per Lie", "--bot", "x")
    assert len(inspect(folder / "samrad.db").wrapped_by) == 2
    assert "person 1" in samrad("invite", "Eva Vik", "--bot", "x").stdout


def test_talk_lists_every_conversation(samrad: Samrad) -> None:
    names = [line.split()[0] for line in samrad("talk").stdout.splitlines()]
    assert names == [entry.name for entry in REGISTRY]
    assert names == [name for name, _, _ in listed()]


@pytest.mark.parametrize("name", [entry.name for entry in REGISTRY])
def test_every_conversation_can_be_played(samrad: Samrad, folder: Path, name: str) -> None:
    result = samrad("talk", name, "--lang", "nn", typed="?\n=1001\n1\n1\n99\n")
    assert result.exit_code == 0
    assert "  [1] " in result.stdout
    assert "Ctrl-D" in result.stdout
    if name in ONLY_TELLS:
        assert ONLY_TELLS[name] in result.stdout
    else:
        assert "✓ " in result.stdout or "☑ " in result.stdout
    assert "You cannot do this" not in result.stdout
    assert "Something went wrong" not in result.stdout
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("profile", ["as", "heroy", "lund", "rana", "ringerike"])
async def test_every_case_can_be_set_in_every_municipality(tmp_path: Path, profile: str) -> None:
    place = foundation.municipality(profile, PrivacyLevel.FULL)
    for far in Far:
        clock = TurnableClock()
        keyring = Keyring(wrapping={"k1": bytes(range(32))}, mac_key=bytes(32))
        database = await Database.open(tmp_path / f"{far}.db", clock=clock, keyring=keyring)
        foundation.install(database, place)
        setting = await settle(database, clock, place, Language.NN, far)
        assert ("case" in setting.facts) is (far >= Far.APPLIED)
        await database.close()


def test_words_and_numbers_as_words_and_who_else_is_told(samrad: Samrad) -> None:
    result = samrad("talk", "apply", "--lang", "nb", typed="1\n2\n=55123456\n")
    assert "✓ 55123456" in result.stdout
    assert "(to ke: " in result.stdout
    assert "1001" in result.stdout


def test_who_may_not_begin_is_told_so(samrad: Samrad) -> None:
    result = samrad("talk", "decide", "--as", "citizen")
    assert result.exit_code == 0
    assert "✓" not in result.stdout


def test_a_conversation_that_is_not_there(samrad: Samrad) -> None:
    result = samrad("talk", "appply")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "There is no conversation appply." in result.stderr
    assert "apply" in result.stderr


def test_typed_wrongly_is_exit_code_2(samrad: Samrad) -> None:
    assert samrad("talk", "apply", "--lang", "sv").exit_code == 2
    assert samrad("demo", "--port", "70000").exit_code == 2
    assert samrad("import", "staff", "nowhere.csv").exit_code == 2
    assert samrad("fly").exit_code == 2
