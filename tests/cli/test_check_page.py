"""`samrad check` looks at the secure page: its addresses, and the login services behind it."""

import contextlib
import socket
import threading
from collections.abc import Iterator, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from json import dumps
from pathlib import Path

import pytest

from bot import check_page
from bot.addresses import Listen
from bot.demo_logins import provider
from bot.findings import Finding, State
from bot.settings import load_settings
from tests.cli.conftest import Samrad

ENDPOINTS = dict.fromkeys(check_page.ENDPOINTS, "https://login.example/x")


@contextlib.contextmanager
def answering(answers: Mapping[str, tuple[int, str]]) -> Iterator[str]:
    """Something on loopback that answers these paths; its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            code, text = answers.get(self.path, (404, "nothing"))
            body = text.replace("HERE", here).encode()
            self.send_response(code)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Nothing on the test's standard error."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    here = f"http://127.0.0.1:{server.server_port}"
    running = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    running.start()
    try:
        yield here
    finally:
        server.shutdown()
        running.join()
        server.server_close()


@pytest.fixture
def page(folder: Path, monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Settings with a page on a free port, which nobody serves."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    monkeypatch.setenv("SAMRAD_PAGE_LISTEN", f"127.0.0.1:{port}")
    monkeypatch.setenv("SAMRAD_PUBLIC_URL", "http://127.0.0.1:9")
    return monkeypatch


async def looked() -> list[Finding]:
    return [each async for each in check_page.of_page(load_settings())]


def of(found: list[Finding], what: str, state: State) -> list[str]:
    assert all(each.remedy for each in found if each.state is not State.OK), "what is not in order says what to do"
    return [each.found for each in found if each.what == what and each.state is state]


async def test_without_a_page_that_is_said_with_the_settings_it_takes(folder: Path) -> None:
    found = await looked()
    assert of(found, check_page.PAGE, State.NOTE) == ["there is none"]
    assert "SAMRAD_PAGE_LISTEN" in found[0].remedy


def test_it_is_in_the_table(samrad: Samrad, page: pytest.MonkeyPatch) -> None:
    page.setenv("SAMRAD_CITIZEN_ISSUER", "http://127.0.0.1:9")
    page.setenv("SAMRAD_CITIZEN_CLIENT_ID", "samrad")
    page.setenv("SAMRAD_CITIZEN_CLIENT_SECRET", "a-secret-of-ours")
    result = samrad("check")
    assert result.exit_code == 1
    for words in (
        "it can listen on 127.0.0.1:",
        "for this machine only",
        "cannot be reached from here",
        "http://127.0.0.1:9 cannot be reached",
    ):
        assert words in result.stdout
    assert "a-secret-of-ours" not in result.output


@pytest.mark.parametrize(
    ("url", "state"),
    [("https://samrad.example.no", State.OK), ("http://127.0.0.1:8080", State.NOTE), ("http://samrad:8080", State.NOTE)],
)
def test_the_address_people_use(url: str, state: State) -> None:
    found = check_page.of_public_url(url)
    assert found.state is state
    assert ("https" in found.remedy) is (state is State.NOTE)


def test_where_it_listens() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        found = check_page.of_listen(Listen(host="127.0.0.1", port=taken.getsockname()[1]))
    assert (found.state, "is taken" in found.found) == (State.NOTE, True)
    for host, state in (("127.0.0.1", State.OK), ("192.0.2.1", State.NOT_OK), ("no.such.host.invalid", State.NOT_OK)):
        assert check_page.of_listen(Listen(host=host, port=0)).state is state, host
    for host, state in (("127.0.0.1", State.OK), ("::1", State.OK), ("192.0.2.1", State.NOTE)):
        assert check_page.of_reach(Listen(host=host, port=8080)).state is state, host


async def test_what_answers_at_its_address(page: pytest.MonkeyPatch) -> None:
    for answer, state in (((200, "ok"), State.OK), ((200, "Welcome"), State.NOT_OK), ((502, "Bad Gateway"), State.NOT_OK)):
        with answering({"/healthz": answer}) as url:
            page.setenv("SAMRAD_PUBLIC_URL", url)
            assert any(url in each for each in of(await looked(), check_page.PAGE, state)), answer


async def test_the_demos_login_service_is_in_order(page: pytest.MonkeyPatch) -> None:
    with provider([]) as issuer:
        page.setenv("SAMRAD_STAFF_ISSUER", issuer)
        page.setenv("SAMRAD_STAFF_CLIENT_ID", "samrad")
        found = await looked()
    assert of(found, check_page.STAFF, State.OK) == [f"{issuer} answers"]


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("<html>", "is no login service"),
        ("[]", "is no login service"),
        (dumps({"issuer": "https://another"}), "it names itself otherwise than SAMRAD_CITIZEN_ISSUER does"),
        (dumps({"issuer": "HERE/"}), "it names itself otherwise"),
        (dumps({"issuer": "HERE"}), "does not say its authorization_endpoint, token_endpoint, jwks_uri"),
        (dumps({"issuer": "HERE", **ENDPOINTS, "code_challenge_methods_supported": ["plain"]}), "PKCE with S256"),
        (dumps({"issuer": "HERE", **ENDPOINTS, "acr_values_supported": ["Level3"]}), "the level idporten-loa-high"),
    ],
)
async def test_what_is_wrong_with_a_login_service(page: pytest.MonkeyPatch, said: str, found: str) -> None:
    with answering({check_page.DISCOVERY: (200, said)}) as issuer:
        page.setenv("SAMRAD_CITIZEN_ISSUER", issuer)
        page.setenv("SAMRAD_CITIZEN_CLIENT_ID", "samrad")
        told = of(await looked(), check_page.CITIZENS, State.NOT_OK)
    assert len(told) == 1
    assert found in told[0]


async def test_a_login_service_that_does_not_tell_when_somebody_logged_in_is_noted(page: pytest.MonkeyPatch) -> None:
    with answering({check_page.DISCOVERY: (200, dumps({"issuer": "HERE", **ENDPOINTS, "claims_supported": ["sub"]}))}) as issuer:
        page.setenv("SAMRAD_STAFF_ISSUER", issuer)
        page.setenv("SAMRAD_STAFF_CLIENT_ID", "samrad")
        found = await looked()
    assert len(of(found, check_page.STAFF, State.NOTE)) == 1
    assert len(of(found, check_page.STAFF, State.OK)) == 1


async def test_who_cannot_log_in_is_said_and_that_nobody_could_apply_is_wrong(page: pytest.MonkeyPatch, folder: Path) -> None:
    found = await looked()
    assert len(of(found, check_page.CITIZENS, State.NOTE)) == 1
    assert len(of(found, check_page.STAFF, State.NOTE)) == 1
    shipped = (Path(__file__).parents[2] / "profiles" / "lund.toml").read_text(encoding="utf-8")
    (folder / "ours.toml").write_text(shipped.replace("without_login = true", "without_login = false"), encoding="utf-8")
    page.setenv("SAMRAD_PROFILE", str(folder / "ours.toml"))
    told = of(await looked(), check_page.CITIZENS, State.NOT_OK)
    assert told == ["there is none, and the profile lets nobody apply without a login"]
