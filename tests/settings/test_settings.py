"""Settings: what is refused, under which name and with which remedy, and what never shows."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.addresses import Listen, is_loopback
from bot.domain.choices import PrivacyLevel
from bot.settings import REMEDIES, Settings, SettingsInvalid, load_settings

TOKEN = "4242:made-up_token-that_is_nobodys"


def refused(env_file: Path | None = None, *needs: str) -> SettingsInvalid:
    with pytest.raises(SettingsInvalid) as raised:
        load_settings(needs=needs, env_file=env_file)
    return raised.value


def test_without_anything_set_the_defaults_are_the_safe_ones() -> None:
    settings = load_settings(env_file=None)
    assert settings.privacy_level is PrivacyLevel.NOTICE
    assert settings.database_path == Path("samrad.db")
    assert settings.bot_api_url == "https://api.telegram.org/bot"
    assert settings.webhook_address == Listen(host="127.0.0.1", port=8443)
    assert settings.metrics_address is None
    assert not settings.synthetic_data
    assert not settings.real_token


def test_every_setting_has_a_remedy_and_every_remedy_a_setting() -> None:
    assert {f"SAMRAD_{name}".upper() for name in Settings.model_fields} == set(REMEDIES)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SAMRAD_BOT_TOKEN", "no-colon"),
        ("SAMRAD_BOT_TOKEN", "12:with space"),
        ("SAMRAD_BOT_API_URL", "api.telegram.org/bot"),
        ("SAMRAD_BOT_API_URL", "http://127.0.0.1:8081"),
        ("SAMRAD_BOT_API_URL", "http://127.0.0.1:8081/bot/"),
        ("SAMRAD_BOT_API_URL", "http://telegram.example.org/bot"),
        ("SAMRAD_BOT_API_URL", "http://127.0.0.1:99999/bot"),
        ("SAMRAD_DATABASE_URL", "postgresql://localhost/samrad"),
        ("SAMRAD_DATABASE_URL", "samrad.db"),
        ("SAMRAD_DATABASE_URL", "sqlite:///"),
        ("SAMRAD_DATABASE_URL", "sqlite:///:memory:"),
        ("SAMRAD_PRIVACY_LEVEL", "everything"),
        ("SAMRAD_SYNTHETIC_DATA", "perhaps"),
        ("SAMRAD_PUBLIC_URL", "http://samrad.example.org"),
        ("SAMRAD_PUBLIC_URL", "https://user:word@samrad.example.org"),
        ("SAMRAD_LOG_LEVEL", "LOUD"),
        ("SAMRAD_WEBHOOK_SECRET", "fifteen-letters"),
        ("SAMRAD_WEBHOOK_SECRET", "sixteen characters æ"),
        ("SAMRAD_WEBHOOK_LISTEN", "8443"),
        ("SAMRAD_WEBHOOK_LISTEN", "127.0.0.1:http"),
        ("SAMRAD_METRICS_LISTEN", "127.0.0.1:70000"),
    ],
)
def test_a_wrong_value_is_refused_with_its_name_and_remedy_but_never_quoted(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, value)
    problem = refused()
    assert [mistake.name for mistake in problem.mistakes] == [name]
    assert problem.mistakes[0].remedy == REMEDIES[name]
    assert value not in problem.mistakes[0].wrong


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SAMRAD_BOT_API_URL", "http://127.0.0.1:8081/bot"),
        ("SAMRAD_BOT_API_URL", "http://[::1]:8081/bot"),
        ("SAMRAD_BOT_API_URL", "http://telegram-bot-api:8081/bot"),
        ("SAMRAD_BOT_API_URL", "http://10.0.0.7:8081/bot"),
        ("SAMRAD_PUBLIC_URL", "https://samrad.example.org/"),
        ("SAMRAD_PRIVACY_LEVEL", "Practical"),
        ("SAMRAD_LOG_LEVEL", "debug"),
        ("SAMRAD_SYNTHETIC_DATA", "no"),
        ("SAMRAD_METRICS_LISTEN", "[::1]:0"),
        ("SAMRAD_PROFILE", ""),
    ],
)
def test_a_right_value_is_taken(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, value)
    taken = str(getattr(load_settings(env_file=None), name.removeprefix("SAMRAD_").lower()))
    assert taken.casefold() == (value.casefold().rstrip("/") if value not in {"", "no"} else {"": "none", "no": "false"}[value])


def test_all_mistakes_come_at_once_one_line_each(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMRAD_LOG_LEVEL", "LOUD")
    monkeypatch.setenv("SAMRAD_DATABASE_URL", "samrad.db")
    monkeypatch.setenv("SAMRAD_PROFIL", "lund")
    problem = refused()
    assert [mistake.name for mistake in problem.mistakes] == ["SAMRAD_PROFIL", "SAMRAD_DATABASE_URL", "SAMRAD_LOG_LEVEL"]
    assert len(str(problem).splitlines()) == 3


def test_what_a_command_needs_is_asked_for_by_name() -> None:
    problem = refused(None, "SAMRAD_BOT_TOKEN", "SAMRAD_PROFILE")
    assert [(mistake.name, mistake.wrong) for mistake in problem.mistakes] == [
        ("SAMRAD_BOT_TOKEN", "is not set"),
        ("SAMRAD_PROFILE", "is not set"),
    ]


def test_a_near_miss_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMRAD_TOKEN", TOKEN)
    problem = refused()
    assert str(problem) == "SAMRAD_TOKEN is not a setting of Samråd. Did you mean SAMRAD_BOT_TOKEN?"


def test_an_unknown_name_in_the_env_file_is_a_mistake_too(tmp_path: Path) -> None:
    env_file = tmp_path / ".env"
    env_file.write_text("SAMRAD_LOG_LEVL=DEBUG\nOTHER=1\n")
    assert [mistake.remedy for mistake in refused(env_file).mistakes] == ["Did you mean SAMRAD_LOG_LEVEL?"]


def test_the_environment_goes_before_the_env_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    env_file = tmp_path / ".env"
    env_file.write_text("SAMRAD_PROFILE=lund\nSAMRAD_LOG_LEVEL=ERROR\n")
    monkeypatch.setenv("SAMRAD_PROFILE", "rana")
    settings = load_settings(env_file=env_file)
    assert (settings.profile, settings.log_level) == ("rana", "ERROR")


def test_full_is_refused_with_a_real_token_unless_all_data_is_made_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMRAD_BOT_TOKEN", TOKEN)
    monkeypatch.setenv("SAMRAD_PRIVACY_LEVEL", "full")
    problem = refused()
    assert [mistake.name for mistake in problem.mistakes] == ["SAMRAD_PRIVACY_LEVEL"]
    assert "SAMRAD_SYNTHETIC_DATA=yes" in str(problem)
    monkeypatch.setenv("SAMRAD_SYNTHETIC_DATA", "no")
    assert refused().mistakes == problem.mistakes
    monkeypatch.setenv("SAMRAD_SYNTHETIC_DATA", "yes")
    assert load_settings(env_file=None).privacy_level is PrivacyLevel.FULL


def test_full_is_allowed_against_a_bot_api_on_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMRAD_BOT_TOKEN", TOKEN)
    monkeypatch.setenv("SAMRAD_PRIVACY_LEVEL", "full")
    monkeypatch.setenv("SAMRAD_BOT_API_URL", "http://127.0.0.1:8081/bot")
    settings = load_settings(env_file=None)
    assert settings.privacy_level is PrivacyLevel.FULL
    assert settings.bot_file_url == "http://127.0.0.1:8081/file/bot"


def test_the_token_never_shows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMRAD_BOT_TOKEN", TOKEN)
    monkeypatch.setenv("SAMRAD_WEBHOOK_SECRET", "sixteen-letters-and-more")
    settings = load_settings(env_file=None)
    for shown in (repr(settings), str(settings), settings.model_dump_json()):
        assert "made-up" not in shown
        assert "sixteen" not in shown
    monkeypatch.setenv("SAMRAD_BOT_TOKEN", f"{TOKEN} {TOKEN}")
    problem = refused()
    assert "made-up" not in f"{problem!r} {problem} {problem.__cause__!r}"


def test_not_even_the_library_quotes_a_wrong_value(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMRAD_LOG_LEVEL", TOKEN)
    with pytest.raises(ValidationError) as raised:
        Settings()
    assert "made-up" not in str(raised.value)


@pytest.mark.parametrize(
    ("host", "loopback"),
    [
        ("127.0.0.1", True),
        ("127.9.9.9", True),
        ("::1", True),
        ("localhost", True),
        ("10.0.0.1", False),
        ("127.0.0.1.example.org", False),
        ("", False),
    ],
)
def test_loopback_is_an_address_and_not_a_look_alike(host: str, loopback: bool) -> None:
    assert is_loopback(host) is loopback
