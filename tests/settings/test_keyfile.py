"""The key file: made once, closed to others, never replaced by a new one, whole after a crash."""

import json
import os
import stat
from pathlib import Path

import pytest

from bot.keyfile import KeyFileRefused, load, load_or_create


def made(tmp_path: Path) -> Path:
    path = tmp_path / "samrad.key"
    load_or_create(path, database_exists=False)
    return path


def test_it_is_made_at_the_first_start_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "samrad.key"
    previous = os.umask(0)
    try:
        keys = load_or_create(path, database_exists=False)
    finally:
        os.umask(previous)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [len(key.secret) for key in keys.wrapping] == [32]
    assert len(keys.mac_key) == 32
    assert os.listdir(tmp_path) == ["samrad.key"]


def test_the_second_start_finds_the_same_keys(tmp_path: Path) -> None:
    path = tmp_path / "samrad.key"
    first = load_or_create(path, database_exists=False)
    assert load_or_create(path, database_exists=True) == first


def test_two_installations_share_no_key(tmp_path: Path) -> None:
    first, second = (load_or_create(tmp_path / name, database_exists=False) for name in ("a", "b"))
    assert len({first.mac_key, second.mac_key, first.wrapping[0].secret, second.wrapping[0].secret}) == 4
    assert first.wrapping[0].id != second.wrapping[0].id


def test_no_new_key_for_a_database_that_exists(tmp_path: Path) -> None:
    path = tmp_path / "samrad.key"
    with pytest.raises(KeyFileRefused, match=r"would leave everything in the database unreadable.*SAMRAD_KEY_FILE"):
        load_or_create(path, database_exists=True)
    assert not path.exists()


@pytest.mark.parametrize("mode", [0o604, 0o640, 0o620, 0o601, 0o666])
def test_a_file_open_to_others_is_refused(tmp_path: Path, mode: int) -> None:
    path = made(tmp_path)
    path.chmod(mode)
    with pytest.raises(KeyFileRefused, match=rf"mode {mode:04o}.*chmod 600"):
        load_or_create(path, database_exists=True)


def test_a_file_that_only_its_owner_can_read_is_taken(tmp_path: Path) -> None:
    path = made(tmp_path)
    path.chmod(0o400)
    assert load(path).path == path


def test_somebody_elses_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = made(tmp_path)
    monkeypatch.setattr(os, "geteuid", lambda: path.stat().st_uid + 1)
    with pytest.raises(KeyFileRefused, match="chown"):
        load(path)


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe", 0o600)
    for name in ("pipe", "missing"):
        with pytest.raises(KeyFileRefused, match="SAMRAD_KEY_FILE"):
            load(tmp_path / name)


def test_a_dangling_link_is_not_filled(tmp_path: Path) -> None:
    path = tmp_path / "samrad.key"
    path.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(KeyFileRefused, match="cannot be read"):
        load_or_create(path, database_exists=False)
    assert not (tmp_path / "elsewhere").exists()


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(KeyFileRefused, match="SAMRAD_KEY_FILE"):
        load_or_create(tmp_path / "nowhere" / "samrad.key", database_exists=False)


@pytest.mark.parametrize("cut", [0, 1, 40, 100, 160, 200])
def test_a_damaged_file_is_refused_without_quoting_it(tmp_path: Path, cut: int) -> None:
    path = made(tmp_path)
    text = path.read_text()
    secrets = [json.loads(line)["secret"] for line in text.splitlines()]
    path.write_text(text[:cut])
    with pytest.raises(KeyFileRefused) as raised:
        load(path)
    assert "backup" in str(raised.value)
    assert not any(secret in f"{raised.value} {raised.value.__cause__!r}" for secret in secrets)


@pytest.mark.parametrize("spoil", ["twice", "short", "kind"])
def test_a_file_that_cannot_be_right_is_refused(tmp_path: Path, spoil: str) -> None:
    path = made(tmp_path)
    first, mac = path.read_text().splitlines()
    spoiled = {"twice": [first, first, mac], "short": [json.dumps({**json.loads(first), "secret": "AAAA"}), mac], "kind": [first, mac, mac]}
    path.write_text("\n".join(spoiled[spoil]))
    with pytest.raises(KeyFileRefused):
        load(path)


def test_a_new_key_goes_first_and_the_old_ones_stay(tmp_path: Path) -> None:
    path = made(tmp_path)
    before = load(path)
    after = before.add_key()
    assert after.wrapping[1:] == before.wrapping
    assert after.wrapping[0] not in before.wrapping
    assert after.mac_key == before.mac_key
    assert load(path) == after
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert os.listdir(tmp_path) == ["samrad.key"]


def test_two_rotations_never_lose_a_key(tmp_path: Path) -> None:
    path = made(tmp_path)
    one, other = load(path), load(path)
    kept = one.add_key()
    with pytest.raises(KeyFileRefused, match="has changed"):
        other.add_key()
    (tmp_path / "samrad.key.new").touch()
    with pytest.raises(KeyFileRefused, match=r"samrad\.key\.new exists"):
        kept.add_key()
    assert load(path) == kept


def test_secrets_never_show(tmp_path: Path) -> None:
    keys = load(made(tmp_path))
    assert repr(keys.wrapping[0].secret) not in repr(keys)
    assert repr(keys.mac_key) not in repr(keys)
