"""Files that come with the program are found from a checkout and from an installed wheel."""

from pathlib import Path

import pytest

from bot import data


def test_in_a_checkout_the_directories_at_the_top_are_used() -> None:
    assert (data.data_directory("profiles") / "lund.toml").is_file()


def test_in_a_wheel_the_packed_directories_are_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "bot" / "_data" / "profiles").mkdir(parents=True)
    (tmp_path / "profiles").mkdir()
    monkeypatch.setattr(data, "PACKAGE", tmp_path / "bot")
    assert data.data_directory("profiles") == tmp_path / "bot" / "_data" / "profiles"


def test_a_broken_installation_says_where_it_looked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(data, "PACKAGE", tmp_path / "bot")
    with pytest.raises(FileNotFoundError, match=r"The directory locales that comes with Samråd is missing\..*Install Samråd again"):
        data.data_directory("locales")
