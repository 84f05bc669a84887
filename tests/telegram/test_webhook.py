"""Updates that Telegram brings: only with the secret, and "ok" only after the commit."""

import asyncio
from collections.abc import AsyncIterator, Sequence

import httpx
import pytest
import pytest_asyncio

from bot.domain.incoming import Incoming, TextTyped, Unreadable
from bot.telegram.webhook import LARGEST_BODY, SECRET_HEADER, webhook_app
from tests.telegram.test_decode import message

SECRET = "a-secret-of-some-length"
HEADERS = {SECRET_HEADER: SECRET}
UPDATE = {"update_id": 8, "message": message(text="hei")}


class Intake:
    def __init__(self) -> None:
        self.committed: list[Incoming] = []
        self.begun, self.let_go = asyncio.Event(), asyncio.Event()
        self.let_go.set()
        self.failing = False

    async def take(self, batch: Sequence[Incoming]) -> None:
        self.begun.set()
        await self.let_go.wait()
        if self.failing:
            raise OSError("disk full")
        self.committed.extend(batch)


@pytest.fixture
def intake() -> Intake:
    return Intake()


@pytest_asyncio.fixture
async def client(intake: Intake) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app=webhook_app(SECRET, intake.take))
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
        yield client


async def test_ok_comes_only_after_the_commit(client: httpx.AsyncClient, intake: Intake) -> None:
    intake.let_go.clear()
    answer = asyncio.create_task(client.post("/telegram", json=UPDATE, headers=HEADERS))
    await intake.begun.wait()
    for _ in range(20):
        await asyncio.sleep(0.001)
    assert not answer.done()
    intake.let_go.set()
    assert (await answer).status_code == 200
    assert [type(each) for each in intake.committed] == [TextTyped]


@pytest.mark.parametrize(
    ("headers", "code"), [({}, 401), ({SECRET_HEADER: ""}, 403), ({SECRET_HEADER: SECRET + "x"}, 403), ({SECRET_HEADER: "ø"}, 403)]
)
async def test_without_the_secret_nothing_is_taken(client: httpx.AsyncClient, intake: Intake, headers: dict[str, str], code: int) -> None:
    encoded = {name: value.encode("latin-1") for name, value in headers.items()}
    assert (await client.post("/telegram", json=UPDATE, headers=encoded)).status_code == code  # type: ignore[arg-type]
    assert not intake.begun.is_set()


async def test_what_could_not_be_taken_is_to_be_brought_again(client: httpx.AsyncClient, intake: Intake) -> None:
    intake.failing = True
    assert (await client.post("/telegram", json=UPDATE, headers=HEADERS)).status_code == 503
    intake.failing = False
    assert (await client.post("/telegram", json=UPDATE, headers=HEADERS)).status_code == 200
    assert len(intake.committed) == 1


async def test_too_large_is_refused(client: httpx.AsyncClient, intake: Intake) -> None:
    assert (await client.post("/telegram", content=b"x" * (LARGEST_BODY + 1), headers=HEADERS)).status_code == 413
    assert not intake.begun.is_set()


@pytest.mark.parametrize("body", [b"", b"not json", b"[" * 100_000, b'{"update_id": 1' + b"0" * 5000 + b"}", b"\xff\xfe"])
async def test_what_is_not_an_update_is_taken_as_unreadable(client: httpx.AsyncClient, intake: Intake, body: bytes) -> None:
    assert (await client.post("/telegram", content=body, headers=HEADERS)).status_code == 200
    assert intake.committed == [Unreadable(update_id=None, reason="no update_id")]


async def test_health_and_other_ways(client: httpx.AsyncClient) -> None:
    assert (await client.get("/healthz")).text == "ok"
    assert (await client.get("/telegram")).status_code == 405
    assert (await client.post("/elsewhere")).status_code == 404


def test_an_empty_secret_is_refused(intake: Intake) -> None:
    with pytest.raises(ValueError, match="SAMRAD_WEBHOOK_SECRET"):
        webhook_app("", intake.take)
