"""`samrad check`: each thing that can be wrong is said, with what to do."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot import checks
from bot.clock import TurnableClock
from bot.findings import Finding, State
from bot.settings import load_settings
from tests.cli.conftest import TOKEN, FakeTelegram, Samrad


def not_ok(found: list[Finding]) -> list[str]:
    return [each.found for each in found if each.state is State.NOT_OK]


def test_all_is_looked_at_and_nothing_is_made(samrad: Samrad, folder: Path, telegram: FakeTelegram) -> None:
    result = samrad("check")
    for what in ("settings", "token", "clock", "key file", "database", "profile", "law", "texts"):
        assert what in result.stdout
    assert "@samrad_test_bot" in result.stdout
    assert telegram.asked == [f"/bot{TOKEN}/getMe"]
    assert list(folder.iterdir()) == []


def test_the_exit_code_tells_whether_anything_is_not_in_order(
    samrad: Samrad, telegram: FakeTelegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.checks.of_texts", lambda: iter([Finding(what="texts", state=State.OK, found="all")]))
    assert samrad("migrate").exit_code == 0
    good = samrad("check")
    assert (good.exit_code, "Everything is in order." in good.stdout) == (0, True)
    telegram.drift = timedelta(minutes=-5)
    bad = samrad("check")
    assert (bad.exit_code, "1 not in order." in bad.stdout) == (1, True)


@pytest.mark.parametrize(
    ("answer", "found"),
    [
        ((401, {"ok": False, "error_code": 401, "description": "Unauthorized"}), "Telegram refuses the token"),
        ((404, {"ok": False, "error_code": 404, "description": "Not Found"}), "Telegram refuses the token"),
        ((200, b"<html>Please log in</html>"), "the answer is not Telegram's (HTTP 200)"),
        ((502, b"Bad Gateway"), "the answer is not Telegram's (HTTP 502)"),
        ((200, {"ok": True, "result": []}), "the answer is not Telegram's (HTTP 200)"),
    ],
)
def test_what_is_wrong_with_the_token_is_said_and_the_token_is_not(
    samrad: Samrad, telegram: FakeTelegram, answer: tuple[int, object], found: str
) -> None:
    telegram.answer = answer
    result = samrad("check")
    assert result.exit_code == 1
    assert found in result.stdout
    assert TOKEN.partition(":")[2] not in result.output


def test_without_a_network_the_clock_is_not_compared(samrad: Samrad, telegram: FakeTelegram, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMRAD_BOT_API_URL", "http://127.0.0.1:9/bot")
    result = samrad("check")
    assert result.exit_code == 1
    assert "Telegram cannot be reached (ConnectError)" in result.stdout
    assert "not compared" in result.stdout
    assert TOKEN not in result.output


def test_every_wrong_setting_is_in_the_table(samrad: Samrad, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMRAD_LOG_LEVEL", "loud")
    monkeypatch.setenv("SAMRAD_PROFILLE", "lund")
    result = samrad("check")
    assert result.exit_code == 1
    assert "SAMRAD_LOG_LEVEL" in result.stdout
    assert "Did you mean SAMRAD_PROFILE?" in result.stdout


@pytest.mark.parametrize(("seconds", "state"), [(0, State.OK), (29, State.OK), (31, State.NOT_OK), (-31, State.NOT_OK)])
def test_the_clock(seconds: int, state: State) -> None:
    here = datetime(2027, 3, 1, 12, tzinfo=UTC)
    assert checks.of_clock(here + timedelta(seconds=seconds), here).state is state


def test_a_database_behind_this_version(samrad: Samrad, folder: Path) -> None:
    assert samrad("migrate").exit_code == 0
    with closing(sqlite3.connect(folder / "samrad.db")) as raw, raw:
        raw.execute("DELETE FROM migrations WHERE name = 'people'")
    assert not_ok(list(checks.of_storage(load_settings()))) == ["it lacks people"]
    refused = samrad("outbox")
    assert refused.exit_code == 1
    assert "samrad migrate" in refused.stderr


def test_a_database_ahead_of_this_version(samrad: Samrad, folder: Path) -> None:
    assert samrad("migrate").exit_code == 0
    with closing(sqlite3.connect(folder / "samrad.db")) as raw, raw:
        raw.execute("INSERT INTO migrations VALUES (999, 'later', '', '')")
    assert not_ok(list(checks.of_storage(load_settings()))) == ["it has migration 999, which this version does not know"]


def test_a_file_that_is_no_database(samrad: Samrad, folder: Path) -> None:
    assert samrad("migrate").exit_code == 0
    (folder / "samrad.db").write_bytes(b"not a database at all" * 500)
    found = not_ok(list(checks.of_storage(load_settings())))
    assert len(found) == 1
    assert "file is not a database" in found[0]


def test_a_damaged_database(samrad: Samrad, folder: Path) -> None:
    assert samrad("migrate").exit_code == 0
    with closing(sqlite3.connect(folder / "samrad.db")) as raw, raw:
        raw.execute("PRAGMA writable_schema = ON")
        raw.execute("UPDATE sqlite_master SET rootpage = 3 WHERE name = 'alarms'")
    found = not_ok(list(checks.of_storage(load_settings())))
    assert len(found) == 1
    assert found[0].startswith("damaged: ") or "cannot be read" in found[0]


def test_a_key_file_of_another_database(samrad: Samrad, folder: Path) -> None:
    assert samrad("invite", "Eva Vik", "--bot", "x").exit_code == 0
    (folder / "samrad.key").rename(folder / "old.key")
    refused = samrad("alarms")
    assert refused.exit_code == 1
    assert "SAMRAD_KEY_FILE" in refused.stderr
    (folder / "samrad.db").rename(folder / "old.db")
    assert samrad("migrate").exit_code == 0
    (folder / "old.db").rename(folder / "samrad.db")
    assert not_ok(list(checks.of_storage(load_settings()))) == ["the key file lacks 1 key that the database was sealed with"]


def test_a_key_file_open_to_others(samrad: Samrad, folder: Path) -> None:
    assert samrad("migrate").exit_code == 0
    (folder / "samrad.key").chmod(0o640)
    found = not_ok(list(checks.of_storage(load_settings())))
    assert len(found) == 1
    assert "chmod 600" in found[0]


@pytest.mark.parametrize("damage", ["missing", "open to others", "another file"])
def test_key_halves_that_are_not_as_they_should_be(samrad: Samrad, folder: Path, damage: str) -> None:
    assert samrad("invite", "Eva Vik", "--bot", "x").exit_code == 0
    assert not_ok(list(checks.of_storage(load_settings()))) == []
    halves = folder / "samrad.key.halves"
    if damage == "missing":
        halves.unlink()
    elif damage == "open to others":
        halves.chmod(0o644)
    else:
        halves.write_bytes(b"another file" * 1000)
    assert len(not_ok(list(checks.of_storage(load_settings())))) == 1
    refused = samrad("alarms")
    assert refused.exit_code == 1
    assert "samrad.key.halves" in refused.stderr or "key halves" in refused.stderr


def test_a_profile_with_mistakes_and_a_law_to_look_at_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "ours.toml").write_text("[municipality]\nname = 7\n", encoding="utf-8")
    monkeypatch.setenv("SAMRAD_PROFILE", str(folder / "ours.toml"))
    clock = TurnableClock()
    clock.turn(timedelta(days=3650))
    found = list(checks.of_profile(load_settings(), clock))
    assert len(not_ok(found)) > 3
    assert [each.state for each in found if each.what == "law"] == [State.NOTE]


def test_a_webhook_needs_both_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    assert list(checks.of_webhook(load_settings())) == []
    monkeypatch.setenv("SAMRAD_WEBHOOK_SECRET", "a" * 32)
    assert [each.state for each in checks.of_webhook(load_settings())] == [State.NOT_OK]
    monkeypatch.setenv("SAMRAD_PUBLIC_URL", "https://samrad.example.no")
    assert [each.state for each in checks.of_webhook(load_settings())] == [State.OK]
