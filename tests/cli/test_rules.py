"""`samrad rules` and `samrad recompute`, as an operator sees them."""

import json
import re

import pytest

from bot.domain.reminders import ReminderKind
from bot.profile import load_profile, shipped_profiles
from tests.cli.conftest import Samrad


@pytest.mark.parametrize(
    ("lang", "words"), [("nb", "Det er samtale i morgen"), ("nn", "Det er samtale i morgon"), ("en", "There is a talk tomorrow")]
)
def test_the_rules_as_a_table(samrad: Samrad, lang: str, words: str) -> None:
    result = samrad("rules", "--profile", "lund", "--lang", lang)
    assert result.exit_code == 0
    assert words in " ".join(result.stdout.replace("│", " ").split())
    assert "deadlines.contact_days = 7" in result.stdout


@pytest.mark.parametrize("lang", ["nb", "nn"])
def test_the_source_and_the_heads_are_in_the_readers_language_too(samrad: Samrad, lang: str) -> None:
    table = samrad("rules", "--profile", "lund", "--lang", lang).stdout
    assert "Where" not in table
    sources = {each["source"] for each in json.loads(samrad("rules", "--json", "--lang", lang).stdout)}
    assert [each for each in sources if re.search(r"\b(ours|the|own|days)\b", each)] == []


@pytest.mark.parametrize("profile", shipped_profiles())
def test_the_rules_for_other_programs_hold_every_kind_with_its_settings(samrad: Samrad, profile: str) -> None:
    result = samrad("rules", "--profile", profile, "--json", "--lang", "nn")
    lines = {each["kind"]: each for each in json.loads(result.stdout)}
    assert set(lines) == set(ReminderKind)
    contact = lines["contact_late"]["settings"]
    assert contact == {"deadlines.contact_days": load_profile(profile).deadlines.contact_days}


def test_without_a_name_they_are_the_municipalitys_own(samrad: Samrad, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMRAD_PROFILE", "heroy")
    own = samrad("rules").stdout
    assert own == samrad("rules", "--profile", "heroy", "--lang", "nn").stdout, "in its own written form"
    assert "startup.yearly_part = true" in own, "as it stands in the profile"
    monkeypatch.delenv("SAMRAD_PROFILE")
    without = samrad("rules")
    assert without.exit_code == 1
    assert "SAMRAD_PROFILE" in without.stderr


def test_a_profile_that_is_not_there_is_said_as_a_sentence(samrad: Samrad) -> None:
    result = samrad("rules", "--profile", "lundd")
    assert result.exit_code == 1
    assert 'Did you mean "lund"?' in result.stderr


def test_recompute_tries_does_it_and_can_do_it_anew(samrad: Samrad) -> None:
    assert samrad("migrate").exit_code == 0
    tried = samrad("recompute", "--dry-run")
    assert tried.stdout == "0 cases, 0 reminders would change.\nThis was a dry run: nothing was changed.\n"
    assert samrad("recompute").stdout == "0 cases, 0 reminders changed.\nDone.\n"
    assert samrad("recompute", "--anew").exit_code == 0


def test_recompute_needs_a_database(samrad: Samrad) -> None:
    result = samrad("recompute")
    assert result.exit_code == 1
    assert "samrad migrate" in result.stderr
