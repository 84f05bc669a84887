"""What `samrad check` finds at the mail server, and that it sends nothing; and the settings for it."""

from pathlib import Path

import pytest

from bot.check_mail import of_mail
from bot.findings import Finding, State
from bot.settings import Settings, SettingsInvalid, load_settings
from tests.mail.post_office import HOST, PASSWORD, USER, PostOffice, certificates, open_office


async def looked(settings: Settings) -> list[Finding]:
    return [each async for each in of_mail(settings)]


def settings(monkeypatch: pytest.MonkeyPatch, **given: object) -> Settings:
    for name, value in ({"MAIL_FROM": "samrad@solvik.example"} | given).items():
        monkeypatch.setenv(f"SAMRAD_{name}", str(value))
    return load_settings(env_file=None)


async def test_a_server_that_takes_our_mail_is_in_order_and_gets_none(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    made = certificates(tmp_path)
    async with open_office(PostOffice(), tls=made.server) as office:
        url = f"smtp+starttls://{HOST}:{office.port}"
        found = await looked(settings(monkeypatch, SMTP_URL=url, SMTP_CA_FILE=made.authority, SMTP_USER=USER, SMTP_PASSWORD=PASSWORD))
    assert found[0].state is State.OK
    assert found[0].found == f"{HOST}:{office.port} takes e-mails from samrad@solvik.example, encrypted"
    assert office.taken == []
    assert "DATA" not in office.commands


async def test_without_a_mail_server_it_is_a_note(monkeypatch: pytest.MonkeyPatch) -> None:
    [found] = await looked(settings(monkeypatch))
    assert (found.state, "whoever has no chat is phoned" in found.found) == (State.NOTE, True)


async def test_each_thing_that_is_wrong_says_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    made = certificates(tmp_path)
    [nothing, *_] = await looked(settings(monkeypatch, SMTP_URL="smtp://127.0.0.1:9"))
    assert "cannot be reached" in nothing.found
    async with open_office(PostOffice()) as office:
        office.will("MAIL", "550 5.7.1 not you")
        [sender, *_] = await looked(settings(monkeypatch, SMTP_URL=f"smtp://{HOST}:{office.port}"))
        [starttls, *_] = await looked(settings(monkeypatch, SMTP_URL=f"smtp+starttls://{HOST}:{office.port}"))
    assert "does not take e-mails from SAMRAD_MAIL_FROM (SMTP 550 5.7.1)" in sender.found
    assert "encrypting or logging in failed" in starttls.found
    async with open_office(PostOffice(), tls=made.server) as office:
        url = f"smtp+starttls://{HOST}:{office.port}"
        [unknown, *_] = await looked(settings(monkeypatch, SMTP_URL=url))
        wrong = {"SMTP_CA_FILE": made.authority, "SMTP_USER": USER, "SMTP_PASSWORD": "kanari-feil"}
        [password, *_] = await looked(settings(monkeypatch, SMTP_URL=url, **wrong))
    assert "its certificate is not right" in unknown.found
    assert "SAMRAD_SMTP_CA_FILE" in unknown.remedy
    assert "(SMTP 535" in password.found
    for each in (nothing, sender, starttls, unknown, password):
        assert each.state is State.NOT_OK
        assert each.remedy
        assert "kanari" not in each.found + each.remedy


async def test_the_folder_of_what_came_back_is_looked_at(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    url = "smtp://127.0.0.1:9"
    for part in ("new", "cur"):
        (tmp_path / part).mkdir()
    lacking = (await looked(settings(monkeypatch, SMTP_URL=url, BOUNCE_MAILDIR=tmp_path)))[-1]
    assert (lacking.state, "it has no tmp" in lacking.found) == (State.NOT_OK, True)
    (tmp_path / "tmp").mkdir()
    assert (await looked(settings(monkeypatch, SMTP_URL=url, BOUNCE_MAILDIR=tmp_path)))[-1].state is State.OK


@pytest.mark.parametrize(
    ("name", "value", "wrong"),
    [
        ("SMTP_URL", "mail.example.no", "is not the URL of a mail server"),
        ("SMTP_URL", "https://mail.example.no", "is not the URL of a mail server"),
        ("SMTP_URL", "smtp+starttls://mail.example.no:99999", "is not the URL of a mail server"),
        ("SMTP_URL", "smtps://me:kanari@mail.example.no", "have settings of their own"),
        ("SMTP_URL", "smtp://mail.example.no:25", "without encryption"),
        ("MAIL_FROM", "Samråd <samrad@x.no>", "is not a plain e-mail address"),
        ("MAIL_FROM", "samrad@x", "is not a plain e-mail address"),
        ("MAIL_FROM", "sam+rad@x.no", "is not a plain e-mail address"),
        ("MAIL_LEVEL", "off", "leave SAMRAD_SMTP_URL out"),
        ("MAIL_LEVEL", "full", "names and needs of real people"),
        ("MAIL_LEVEL", "loud", "has a value that is not known"),
    ],
)
def test_a_wrong_setting_stops_the_start(monkeypatch: pytest.MonkeyPatch, name: str, value: str, wrong: str) -> None:
    monkeypatch.setenv(f"SAMRAD_{name}", value)
    with pytest.raises(SettingsInvalid) as raised:
        settings(monkeypatch) if name != "MAIL_FROM" else load_settings(env_file=None)
    [mistake] = raised.value.mistakes
    assert mistake.name == f"SAMRAD_{name}"
    assert wrong in mistake.wrong
    assert "kanari" not in str(mistake)


def test_what_belongs_together_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMRAD_SMTP_URL", "smtp://localhost")
    monkeypatch.setenv("SAMRAD_SMTP_USER", "samrad")
    with pytest.raises(SettingsInvalid) as raised:
        load_settings(env_file=None)
    assert [mistake.name for mistake in raised.value.mistakes] == ["SAMRAD_MAIL_FROM", "SAMRAD_SMTP_PASSWORD"]


def test_made_up_people_may_be_written_about_in_full(monkeypatch: pytest.MonkeyPatch) -> None:
    assert settings(monkeypatch, MAIL_LEVEL="FULL", SYNTHETIC_DATA="yes").mail_level == "full"
