"""The page as it is served: beside the demo's chats with its login services, and as the settings ask for it."""

import socket
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from bot.addresses import Listen
from bot.demo import town
from bot.page_server import PortTaken, listen, page_settings
from bot.settings import SettingsInvalid, load_settings
from bot.store.mini_app import Signers, signers
from bot.web.page_settings import HIGH, TEST_LOGINS

SET = {
    "SAMRAD_PAGE_LISTEN": "127.0.0.1:8080",
    "SAMRAD_PUBLIC_URL": "https://samrad.solvik.example/",
    "SAMRAD_CITIZEN_ISSUER": "https://idporten.no",
    "SAMRAD_CITIZEN_CLIENT_ID": "one",
    "SAMRAD_CITIZEN_CLIENT_SECRET": "a secret",
    "SAMRAD_STAFF_ISSUER": "https://login.solvik.example/tenant/",
    "SAMRAD_STAFF_CLIENT_ID": "two",
}


async def log_in(client: httpx.AsyncClient, page_url: str, who: str, kind: str) -> str:
    """Through the login service and back; the page one comes to."""
    away = await client.get(f"{page_url}/login/{kind}")
    back = await client.post(away.headers["location"], data={"sub": who})
    come_in = await client.get(back.headers["location"])
    assert come_in.headers["location"] == "/mine", come_in.text
    return (await client.get(f"{page_url}/mine")).text


async def _until(lines: AsyncIterator[str], start: str) -> AsyncIterator[str]:
    async for line in lines:
        yield line
        if line.startswith(start):
            return


async def test_the_demo_serves_the_page_with_its_login_services(tmp_path: Path) -> None:
    async with town(port=0, folder=tmp_path, limits=False) as running:
        assert running.page_url.startswith("http://127.0.0.1:")
        async with httpx.AsyncClient() as client, client.stream("GET", f"{running.sandbox.page_url}events") as events:
            first = [line async for line in _until(events.aiter_lines(), "data: ")]
            assert f'"securePage": "{running.page_url}"' in first[-1].replace('":"', '": "'), "the chats link to it"
        for who, kind, words, staff in (
            ("Solveig Myrvang", "citizen", "Mi side", False),
            ("Torhild Aasen", "staff", "Mi side", True),
            ("Marit Holm", "staff", "Min side", True),
        ):
            async with httpx.AsyncClient(headers={"Accept-Language": "nn"}) as client:
                text = await log_in(client, running.page_url, who, kind)
                assert words in text
                assert ("/c/staff" in text) is staff
                assert "samrad" in client.cookies
    with socket.create_server(("127.0.0.1", int(running.page_url.rpartition(":")[2]))) as free:
        assert free.fileno() > 0, "the port is free again"


def test_the_settings_say_how_people_log_in(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in SET.items():
        monkeypatch.setenv(name, value)
    wanted = page_settings(load_settings(env_file=None))
    assert wanted is not None
    assert wanted.public_url == "https://samrad.solvik.example"
    assert wanted.https
    assert wanted.citizen is not None
    assert wanted.citizen.acr == (HIGH,)
    assert wanted.citizen.amr_refused >= TEST_LOGINS
    assert "a secret" not in repr(wanted)
    assert wanted.staff is not None
    assert wanted.staff.issuer == "https://login.solvik.example/tenant/", "an issuer is used exactly as it is written"
    assert wanted.mini_app is None, "there is no bot"
    monkeypatch.setenv("SAMRAD_SYNTHETIC_DATA", "yes")
    made_up = page_settings(load_settings(env_file=None))
    assert made_up is not None
    assert made_up.citizen is not None
    assert not made_up.citizen.amr_refused & TEST_LOGINS


def test_the_page_opens_inside_telegram_where_there_is_a_bot_and_https(monkeypatch: pytest.MonkeyPatch) -> None:
    given = {**SET, "SAMRAD_BOT_TOKEN": "4711:a-token", "SAMRAD_PRIVACY_LEVEL": "notice"}

    def wanted(**changed: str) -> Signers | None:
        for name, value in {**given, **changed}.items():
            monkeypatch.setenv(name, value)
        made = page_settings(load_settings(env_file=None))
        assert made is not None
        assert "a-token" not in repr(made)
        return made.mini_app

    assert wanted() == signers("4711:a-token")
    assert wanted(SAMRAD_BOT_TOKEN="") is None
    assert wanted(SAMRAD_PUBLIC_URL="http://127.0.0.1:8080") is None
    assert wanted(SAMRAD_PRIVACY_LEVEL="off") is None


@pytest.mark.parametrize("left_out", ["SAMRAD_PUBLIC_URL", "SAMRAD_CITIZEN_CLIENT_ID", "SAMRAD_STAFF_CLIENT_ID"])
def test_settings_that_belong_together_are_missed(monkeypatch: pytest.MonkeyPatch, left_out: str) -> None:
    for name, value in SET.items():
        if name != left_out:
            monkeypatch.setenv(name, value)
    with pytest.raises(SettingsInvalid, match=f"{left_out} is not set"):
        load_settings(env_file=None)


def test_without_a_place_to_listen_there_is_no_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMRAD_PUBLIC_URL", SET["SAMRAD_PUBLIC_URL"])
    assert page_settings(load_settings(env_file=None)) is None


def test_a_taken_port_is_said_with_what_to_do() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(PortTaken, match="SAMRAD_PAGE_LISTEN"):
        listen(Listen(host="127.0.0.1", port=taken.getsockname()[1]))


def test_an_answer_is_sent_at_once() -> None:
    """Nagle's algorithm, which waits 40 ms for more to send, is off for each connection to the page."""
    with listen(Listen(host="127.0.0.1", port=0)) as listening, socket.create_connection(listening.getsockname()):
        accepted, _ = listening.accept()
        with accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
