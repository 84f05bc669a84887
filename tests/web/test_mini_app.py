"""The page opened inside Telegram: what Telegram signed is believed once, for five minutes, for this bot, and opens what is general."""

import base64
import hashlib
import hmac
import json
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlencode

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from bot.domain.access import Role
from bot.domain.choices import PrivacyLevel
from bot.store import channels, logins, people, sessions
from bot.store.mini_app import LONGEST, OLDEST, SKEW, TELEGRAMS_KEY, signers
from bot.web.app import page
from bot.web.page_settings import PageSettings
from bot.web.security import MINI_APP
from tests.web.conftest import MONDAY, SETTINGS, Place
from tests.web.visitor import Visitor
from tests.world import Chat, World

TOKEN = "4711:our-own-bot"
OURS = Ed25519PrivateKey.generate()
WANTED = signers(TOKEN, OURS.public_key().public_bytes_raw().hex())
INSIDE = PageSettings(public_url=SETTINGS.public_url, citizen=SETTINGS.citizen, staff=SETTINGS.staff, mini_app=WANTED)


def signed(
    account: int, at: float, *, token: str = TOKEN, bot: int | None = None, key: Ed25519PrivateKey = OURS, **more: str
) -> dict[str, str]:
    """What Telegram hands over: its signature first, and the bot's code over all of it."""
    fields = {"auth_date": str(int(at)), "query_id": "AAF", "user": json.dumps({"id": account, "first_name": "Kåre & Co"}), **more}
    said = f"{bot or int(token.partition(':')[0])}:WebAppData\n" + "\n".join(f"{name}={fields[name]}" for name in sorted(fields))
    fields["signature"] = base64.urlsafe_b64encode(key.sign(said.encode())).decode().rstrip("=")
    return fields | {"hash": coded(fields, token)}


def coded(fields: dict[str, str], token: str = TOKEN) -> str:
    """The bot's code over these fields."""
    secret = hmac.new(b"WebAppData", token.encode(), hashlib.sha256).digest()
    said = "\n".join(f"{name}={fields[name]}" for name in sorted(fields) if name != "hash")
    return hmac.new(secret, said.encode(), hashlib.sha256).hexdigest()


@pytest.fixture
async def place(tmp_path: Path) -> AsyncIterator[Place]:
    world = await World.open(tmp_path / "mini.db", start=MONDAY)
    made = Place(world=world, app=page(world.database, world.municipality, settings=INSIDE, clock=world.clock))
    yield made
    for visitor in made.visitors:
        await visitor.client.aclose()
    await world.database.close()


async def resident(place: Place) -> Chat:
    """Somebody who has begun in the chat."""
    chat = place.world.newcomer()
    await place.world.write(chat, "/start")
    await place.world.press(chat, "Bokmål", "Yes, go on")
    return chat


async def come_in(place: Place, said: str | dict[str, str], visitor: Visitor | None = None) -> Visitor:
    """Post what was handed over, as the entry's script does."""
    visitor = visitor or place.visitor()
    await visitor.post(MINI_APP, {"init_data": said if isinstance(said, str) else urlencode(said)})
    return visitor


async def test_what_telegram_signed_opens_what_is_general(place: Place) -> None:
    chat = await resident(place)
    visitor = await come_in(place, signed(chat.account, place.world.clock.now().timestamp()))
    assert visitor.path == "/mine"
    web = await place.world.read(lambda tx: logins.find(tx, visitor.client.cookies["__Host-samrad"]))
    assert web is not None
    assert (web.person, web.trust, web.proved_at) == (await place.world.person(chat), "mini_app", None)
    await visitor.post("/c/info", {"csrf": web.csrf, "do": "begin"})
    assert (visitor.path, visitor.response.status_code) == ("/c/info", 200)


def test_the_key_is_telegrams_unless_a_test_says_otherwise() -> None:
    assert signers(TOKEN).public_key.hex() == TELEGRAMS_KEY
    assert len(bytes.fromhex(TELEGRAMS_KEY)) == 32
    assert TOKEN not in repr(signers(TOKEN))
    assert signers(TOKEN).secret.hex() not in repr(signers(TOKEN))


Spoil = Callable[[int, float], str | dict[str, str]]


def _recoded(fields: dict[str, str], **changed: str) -> dict[str, str]:
    """Changed by somebody who knows the bot's token and not Telegram's key."""
    fields = fields | changed
    return fields | {"hash": coded(fields)}


WRONG: dict[str, Spoil] = {
    "nothing": lambda who, now: "",
    "no fields": lambda who, now: "hello",
    "another code": lambda who, now: signed(who, now) | {"hash": "0" * 64},
    "code in capitals": lambda who, now: signed(who, now) | {"hash": signed(who, now)["hash"].upper()},
    "no code": lambda who, now: {name: said for name, said in signed(who, now).items() if name != "hash"},
    "code that is no ascii": lambda who, now: signed(who, now) | {"hash": "ø" * 64},
    "changed afterwards": lambda who, now: signed(1, now) | {"user": json.dumps({"id": who})},
    "signature of another key": lambda who, now: signed(who, now, key=Ed25519PrivateKey.generate()),
    "signature of something else": lambda who, now: _recoded(signed(1, now), user=json.dumps({"id": who})),
    "signature that is none": lambda who, now: _recoded(signed(who, now), signature="å!"),
    "signature too short": lambda who, now: _recoded(signed(who, now), signature="AAAA"),
    "no signature": lambda who, now: {
        **(fields := {name: said for name, said in signed(who, now).items() if name not in {"hash", "signature"}}),
        "hash": coded(fields),
    },
    "another bot's": lambda who, now: signed(who, now, token="4712:another"),
    "another bot's, with our code": lambda who, now: signed(who, now, bot=4712),
    "too old": lambda who, now: signed(who, now - OLDEST.total_seconds() - 1),
    "from the future": lambda who, now: signed(who, now + SKEW.total_seconds() + 2),
    "no time": lambda who, now: signed(who, now, auth_date="soon"),
    "a time without end": lambda who, now: signed(who, now, auth_date="9" * 40),
    "a field twice": lambda who, now: urlencode(signed(who, now)) + "&auth_date=1",
    "too long": lambda who, now: signed(who, now, start_param="x" * LONGEST),
    "too many fields": lambda who, now: urlencode(signed(who, now)) + "".join(f"&f{number}=1" for number in range(40)),
    "nobody": lambda who, now: signed(who, now, user="null"),
    "no number": lambda who, now: signed(who, now, user='{"id": true}'),
    "a stranger": lambda who, now: signed(who + 7, now),
}


@pytest.mark.parametrize("kind", WRONG)
async def test_what_is_not_believed_opens_nothing_and_is_all_answered_alike(place: Place, kind: str) -> None:
    chat = await resident(place)
    visitor = await come_in(place, WRONG[kind](chat.account, place.world.clock.now().timestamp()))
    other = await come_in(place, "anything=else")
    assert visitor.response.status_code == 403
    assert visitor.response.content == other.response.content
    assert "__Host-samrad" not in visitor.client.cookies
    assert await place.world.read(lambda tx: tx.all("SELECT id FROM web_sessions")) == []


async def test_it_is_believed_until_it_is_five_minutes_old(place: Place) -> None:
    chat, now = await resident(place), place.world.clock.now().timestamp()
    for at in (now - OLDEST.total_seconds() + 2, now + SKEW.total_seconds() - 2):
        assert (await come_in(place, signed(chat.account, at))).path == "/mine"


async def test_it_works_once_also_after_a_restart_and_only_a_code_of_it_is_kept(place: Place) -> None:
    chat = await resident(place)
    said = signed(chat.account, place.world.clock.now().timestamp())
    assert (await come_in(place, said)).path == "/mine"
    again = page(place.world.database, place.world.municipality, settings=INSIDE, clock=place.world.clock)
    restarted = replace(place, app=again, visitors=place.visitors)
    for time in (place, restarted):
        assert (await come_in(time, said)).response.status_code == 403
    turned = dict(reversed(said.items()))
    assert (await come_in(place, turned)).response.status_code == 403, "the order of the fields makes no other one of it"
    rows = await place.world.read(lambda tx: tx.all("SELECT mac FROM mini_app_used"))
    assert len(rows) == 1
    assert bytes(rows[0]["mac"]) not in {bytes.fromhex(said["hash"]), said["hash"].encode()}
    await place.world.turn(OLDEST + timedelta(minutes=1))
    assert await place.world.read(lambda tx: [logins.purge(tx), *tx.all("SELECT mac FROM mini_app_used")]) == [0]
    assert (await come_in(place, said)).response.status_code == 403


async def test_never_staff_neither_now_nor_later(place: Place) -> None:
    chat = await resident(place)
    who = await place.world.person(chat)
    early = await come_in(place, signed(chat.account, place.world.clock.now().timestamp()))
    await place.world.read(lambda tx: people.give_role(tx, who, Role.KE, None))
    late = await come_in(place, signed(chat.account, place.world.clock.now().timestamp(), query_id="AAG"))
    assert late.response.status_code == 403
    await early.get("/mine")
    assert early.path == "/login", "the visit ends with the new role"


async def test_to_whom_nothing_may_pass_in_telegram_it_does_not_open(place: Place) -> None:
    chat = await resident(place)
    who = await place.world.person(chat)
    await place.world.read(lambda tx: channels.set_own(tx, who, PrivacyLevel.OFF))
    visitor = await come_in(place, signed(chat.account, place.world.clock.now().timestamp()))
    assert visitor.response.status_code == 403


async def test_a_personal_step_asks_for_a_login(place: Place) -> None:
    chat = await resident(place)
    who = await place.world.person(chat)
    visitor = await come_in(place, signed(chat.account, place.world.clock.now().timestamp()))
    for path in ("/messages", "/stored", "/c/my_case", "/case/1001", "/desk", "/code"):
        await visitor.get(path)
        assert visitor.path == "/login", path
    await visitor.get("/mine")
    await visitor.press("Be om hjelp")
    assert visitor.path == "/login"
    assert "Du er inne i Telegram nå" in visitor.text
    assert await place.world.read(lambda tx: sessions.open_of(tx, who)) is None, "what was asked for is not begun either"


async def test_what_is_open_in_the_chat_is_not_shown_inside_telegram(place: Place) -> None:
    chat = await resident(place)
    await place.world.press(chat, "Ask for help", "Me")
    visitor = await come_in(place, signed(chat.account, place.world.clock.now().timestamp()))
    assert "Fortsett: Be om hjelp" not in visitor.text
    await visitor.get("/c/apply")
    assert visitor.path == "/login"
    await visitor.get("/c/info")
    assert visitor.path == "/c/info"
    await place.world.write(chat, "/varsel")
    await visitor.get("/c/channel")
    assert visitor.path == "/login", "not even where the question itself tells nothing"


async def test_what_was_told_at_the_end_elsewhere_is_not_shown_inside_telegram(place: Place) -> None:
    chat = await resident(place)
    who = await place.world.person(chat)
    visitor = await come_in(place, signed(chat.account, place.world.clock.now().timestamp()))
    await place.world.read(lambda tx: logins.say_last(tx, who, "apply", ["about Kari"]))
    await visitor.get("/c/apply/end")
    assert visitor.response.status_code == 404
    await place.world.read(lambda tx: logins.say_last(tx, who, "apply", ["about nobody"], neutral=True))
    await visitor.get("/c/apply/end")
    assert "about nobody" in visitor.text


async def test_a_login_that_is_there_stays_as_it_is(place: Place) -> None:
    chat = await resident(place)
    visitor = await place.logged_in(await place.person("Kari Prøve"))
    before = visitor.client.cookies["__Host-samrad"]
    await come_in(place, signed(chat.account, place.world.clock.now().timestamp()), visitor)
    assert visitor.path == "/mine"
    assert visitor.client.cookies["__Host-samrad"] == before


async def test_the_entry_knows_nobody_and_only_it_may_stand_in_telegrams_frame(place: Place) -> None:
    visitor = await place.logged_in(await place.person("Kari Prøve"))
    await visitor.get(MINI_APP)
    assert visitor.response.status_code == 200
    assert visitor.response.headers["content-security-policy"].endswith("frame-ancestors https://web.telegram.org")
    assert "x-frame-options" not in visitor.response.headers
    assert "Logg ut" not in visitor.text
    assert visitor.form(MINI_APP).answers() == [], "only what its script fills in"
    assert "https://telegram.org" not in visitor.response.text
    for path in ("/", "/mine", "/login", "/c/info", "/static/mini_app.js", "/nowhere"):
        response = await visitor.get(path)
        assert "frame-ancestors 'none'" in response.headers["content-security-policy"], path
        assert response.headers["x-frame-options"] == "DENY", path
    await come_in(place, "x=y", visitor)
    refused = await visitor.client.post(MINI_APP, data={}, headers={"Origin": visitor.address})
    assert refused.headers["x-frame-options"] == "DENY"


async def test_without_a_bot_there_is_no_such_address(place: Place) -> None:
    without = replace(place, app=page(place.world.database, place.world.municipality, settings=SETTINGS, clock=place.world.clock))
    visitor = without.visitor()
    for response in (await visitor.get(MINI_APP), await visitor.post(MINI_APP, {"init_data": "x"})):
        assert response.status_code == 404
        assert response.headers["x-frame-options"] == "DENY"
