"""Whether one may apply on the page without logging in is the municipality's own rule, and the page says so."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.profile import load_profile
from bot.store import logins, people
from bot.web.app import page
from tests.web.conftest import MONDAY, SETTINGS, Place
from tests.web.visitor import Visitor
from tests.world import World

PROFILES = ("as", "demo", "heroy", "lund", "rana", "ringerike")


@pytest.mark.parametrize("profile", PROFILES)
def test_every_shipped_profile_says_it(profile: str) -> None:
    assert load_profile(profile).application.without_login
    file = (Path(__file__).parents[2] / "profiles" / f"{profile}.toml").read_text(encoding="utf-8")
    assert "\nwithout_login = true  # " in file


@pytest.fixture
async def strict(tmp_path: Path) -> AsyncIterator[Place]:
    """A municipality in which one logs in to apply."""
    world = await World.open(tmp_path / "strict.db", start=MONDAY)
    profile = world.municipality.profile
    profile = replace(profile, application=replace(profile.application, without_login=False))
    municipality = replace(world.municipality, profile=profile)
    made = Place(world=world, app=page(world.database, municipality, settings=SETTINGS, clock=world.clock))
    yield made
    for visitor in made.visitors:
        await visitor.client.aclose()
    await world.database.close()


async def test_by_default_one_begins_without_a_login(place: Place) -> None:
    visitor = place.visitor()
    await visitor.get("/")
    assert "Du kan begynne uten å logge inn" in visitor.text
    await visitor.press("Be om hjelp")
    assert visitor.path == "/c/apply"


async def test_where_the_profile_says_so_one_logs_in_first_to_apply_and_to_nothing_else(strict: Place) -> None:
    visitor = strict.visitor()
    await visitor.get("/")
    assert "Du må logge inn for å be om hjelp her" in visitor.text
    assert "uten å logge inn" not in visitor.text
    await visitor.press("Be om hjelp")
    assert visitor.path == "/login"
    assert "__Host-samrad" not in visitor.client.cookies
    await visitor.get("/c/apply")
    assert visitor.path == "/login"
    for name in ("info", "human"):
        other = strict.visitor()
        await other.post(f"/c/{name}", {"do": "begin"})
        assert other.path == f"/c/{name}"


async def test_no_way_round_by_a_visit_that_is_there_already(strict: Place) -> None:
    async def visiting(trust: logins.Trust) -> Visitor:
        who = await strict.world.read(lambda tx: people.create(tx, language=strict.world.municipality.profile.municipality.language))
        return await strict.logged_in(who, trust)

    for trust in ("visitor", "handed", "mini_app"):
        visitor = await visiting(trust)
        await visitor.get("/mine")
        await visitor.press("Be om hjelp")
        assert visitor.path == "/login", trust
    visitor = await visiting("citizen")
    await visitor.get("/mine")
    await visitor.press("Be om hjelp")
    assert visitor.path == "/c/apply"


async def test_where_nobody_can_log_in_that_is_said_instead(strict: Place) -> None:
    profile = strict.world.municipality.profile
    municipality = replace(
        strict.world.municipality, profile=replace(profile, application=replace(profile.application, without_login=False))
    )
    settings = replace(SETTINGS, citizen=None, staff=None)
    other = replace(strict, app=page(strict.world.database, municipality, settings=settings, clock=strict.world.clock))
    visitor = other.visitor("nn")
    await visitor.get("/")
    assert "Ring oss" in visitor.text
    assert "utan å logge inn" not in visitor.text
