"""Who can help with what: the directory, its search, its upkeep, and why a rule is as it is.

Here: rows Q01 to Q05, Q07, Q08 and T09. Not here: how to reach the unit (`test_informing`).
"""

from datetime import date, timedelta

import pytest

from bot.domain.cases import TaskKind
from bot.domain.choices import Audience
from bot.domain.commands import FinishTask
from bot.domain.directory import CheckService, Listed, TheDirectory, asks_about_rights, search
from bot.domain.refusal import Refused
from bot.domain.rules import Service
from bot.engine.texts import Language, t
from bot.i18n import Catalogs
from bot.profile import load_profile, shipped_profiles
from bot.services import due
from conversations.contact_card import service_card
from conversations.directory import AGES
from conversations.why import RULES, why
from tests.requirements.meeting_walks import Table
from tests.requirements.walks import newcomer
from tests.world import World

RANA = {each.id: each for each in load_profile("rana").services}
CHILDREN = {
    "barnevern": ("75146340", None, None, None),
    "familiesenteret": ("75146700", None, None, None),
    "helsestasjon": ("75146700", None, None, None),
    "ppt": ("75145440", None, None, None),
    "rus_ungdom": ("75146320", None, None, "Barnevernet"),
    "bakeribygget": ("75144550", 16, 25, None),
    "rehabilitering_barn": ("75146250", None, None, None),
    "utekontakten": ("75146890", 13, 18, None),
    "bup": ("75125290", None, 18, "Lege eller leder i barnevernet"),
    "habilitering_barn": ("75125270", None, 18, None),
    "mta": ("75146400", None, None, None),
    "oppfolgingstjenesten": ("75199676", None, None, None),
}
"""Rana, Oversikt over tjenestetilbud, children: number, ages, who refers."""
ADULTS = {
    "rehabilitering": ("75146250", ("fysioterapi", "ergoterapi", "logoped")),
    "helseparken": ("75146030", ("opptrening",)),
    "frisklivssentralen": ("95254459", ("røyke",)),
    "rus": ("75146320", ("behandling",)),
    "psykisk_helse": ("75146400", ("dagtilbud",)),
    "servicetorget": ("75145180", ("boliglån", "bostøtte")),
    "psykiatrisk_senter": ("75125270", ("habilitering",)),
    "nav": ("55553333", ("gjeld",)),
    "omsorgskontoret": ("75146680", ("hjemmehjelp", "avlastning", "sykehjem", "omsorgsbolig", "personlig assistent")),
}
"""Rana, the same table for adults: number, and what it does."""
INSTANCES = {
    *("avlastning", "stottekontakt", "bpa", "hjemmetjeneste", "fysioterapi", "ergoterapi", "omsorgsstonad", "bolig", "fastlege", "ppt"),
    *("helsestasjon", "dps", "voksenhabilitering", "barnehabilitering", "bup", "nav", "barnehage", "skole", "dagtilbud"),
}
"""Ringerike's map of instances."""


@pytest.fixture
async def table(world: World) -> Table:
    return await Table.of(world)


async def listed(table: Table) -> dict[str, Listed]:
    return {each.service.id: each for each in await table.look(table.kari, TheDirectory())}


async def test_Q01_the_unit_keeps_the_overview_and_nobody_else_changes_it(table: Table) -> None:
    some = next(each for each in table.world.municipality.profile.services if each.phone)
    for other in (table.kari, table.nora, table.town.lars):
        with pytest.raises(Refused):
            await table.town.does(other, CheckService(service=some.id, right=True))
    await table.town.does(table.town.anne, CheckService(service=some.id, right=True))
    rows = await table.town.rows("SELECT service, right FROM directory_checks")
    assert rows == [{"service": some.id, "right": 1}]
    with pytest.raises(Refused, match="no longer on the list"):
        await table.town.does(table.town.anne, CheckService(service="nobody", right=True))


def card_of(listed: Listed) -> str:
    return Catalogs.load().render(service_card(listed, Language.NB), Language.NB)


def test_Q02_a_card_shows_for_whom_who_refers_the_number_and_when_it_was_checked() -> None:
    words = Catalogs.load()
    card = card_of(Listed(service=RANA["bup"], checked_on=date(2027, 3, 1), days_since=3, wrong=False))
    lately = words.render(t("Checked less than a month ago."), Language.NB)
    for part in ("Barne- og ungdomspsykiatrien", "18 år", "Lege eller leder i barnevernet", "75 12 52 90", lately):
        assert part in card, part
    never = card_of(Listed(service=RANA["bup"], checked_on=None, days_since=None, wrong=False))
    assert words.render(t("This may be old. Ask us if it does not work."), Language.NB) in never


async def test_Q02_a_number_found_wrong_is_not_shown_until_it_is_checked_again(table: Table) -> None:
    await table.town.does(table.town.anne, CheckService(service="fastlege", right=False))
    wrong = (await listed(table))["fastlege"]
    assert wrong.wrong
    card = table.world.municipality.words(service_card(wrong, Language.NB), Language.NB, table.world.clock.now())
    assert table.world.municipality.words(t("We are looking for the right number. Ask us."), Language.NB, table.world.clock.now()) in card
    await table.town.does(table.town.anne, CheckService(service="fastlege", right=True))
    assert not (await listed(table))["fastlege"].wrong


@pytest.mark.parametrize("service", CHILDREN)
def test_Q03_the_childrens_services_of_the_handbook_are_there_as_they_stand(service: str) -> None:
    number, from_age, to_age, refers = CHILDREN[service]
    here = RANA[service]
    assert here.phone == f"+47{number}"
    assert (here.from_age, here.to_age) == (from_age, to_age)
    assert (here.referred_by.in_language(Language.NB) if here.referred_by else None) == refers
    assert here.audience in {Audience.CHILD, Audience.BOTH}
    assert here.verified is None, "the numbers of the handbook are old: nobody has checked them"


@pytest.mark.parametrize("service", ADULTS)
def test_Q04_the_adults_services_of_the_handbook_are_there_as_they_stand(service: str) -> None:
    number, does = ADULTS[service]
    here = RANA[service]
    assert here.phone == f"+47{number}"
    assert here.audience is Audience.ADULT
    for part in does:
        assert part in here.does.in_language(Language.NB).lower(), part


def test_Q05_ringerikes_map_of_instances_is_there() -> None:
    assert {each.id for each in load_profile("ringerike").services} >= INSTANCES


async def test_Q05_who_does_what_is_shown_by_age(table: Table) -> None:
    chat = await newcomer(table.world, "Bokmål")
    shown: dict[str, set[str]] = {}
    for age, (label, *_) in AGES.items():
        await table.world.write(chat, "/info")
        await table.world.press(chat, "Who can help with what?", "Choose from the list", label)
        shown[age] = {each.split(". ", 1)[-1] for each in chat.last.labels}
        while await table.world.offers(chat, "Show more"):
            await table.world.press(chat, "Show more")
            shown[age] |= {each.split(". ", 1)[-1] for each in chat.last.labels}
    kindergarten = next(each for each in table.world.municipality.profile.services if each.id == "barnehage").name.in_language(Language.NB)
    assert any(kindergarten in each for each in shown["0-5"])
    assert not any(kindergarten in each for age in ("13-17", "18") for each in shown[age])


async def test_Q07_each_week_the_unit_is_asked_to_check_links_and_numbers(table: Table) -> None:
    await table.world.read(lambda tx: due.of_unit(tx, table.world.municipality))
    await table.world.turn(timedelta(days=15))
    rows = await table.town.rows("SELECT id FROM ke_tasks WHERE kind = :kind", kind=TaskKind.WEEKLY_SOURCES)
    assert len(rows) == 2, "one a week"
    await table.town.does(table.town.anne, FinishTask(task=rows[0]["id"], words=None))


@pytest.mark.parametrize("name", shipped_profiles())
def test_Q07_the_sources_of_the_handbooks_are_linked_safely(name: str) -> None:
    profile = load_profile(name)
    assert {"nav", "helsedirektoratet", "vilbli", "vergemal"} <= {each.id for each in profile.sources}
    addresses = [each.url for each in profile.sources] + [each.url for each in profile.guidelines]
    assert all(each.startswith("https://") for each in addresses)
    assert "weekly_sources" in {each.id for each in profile.recurring}


@pytest.mark.parametrize(
    ("words", "service"),
    [
        ("Jeg trenger rullestol", "rehabilitering"),
        ("eg treng logoped", "rehabilitering"),
        ("gjeld og penger", "nav"),
        ("Hjemmesykepleie til mor", "omsorgskontoret"),
        ("heimesjukepleie", "omsorgskontoret"),
        ("slutte å røyke", "frisklivssentralen"),
        ("barnevernet", "barnevern"),
        ("lesevansker på skolen", "ppt"),
    ],
)
def test_Q08_a_few_words_in_either_form_find_the_service(words: str, service: str) -> None:
    assert service in [each.id for each in search(RANA.values(), words)]


@pytest.mark.parametrize("words", ["xyzzy", "jeg vil ha hjelp", "kan noen hjelpe meg", "", "!!!"])
def test_Q08_words_that_say_nothing_find_nothing(words: str) -> None:
    assert search(RANA.values(), words) == ()


@pytest.mark.parametrize(
    "words",
    [
        "Har jeg krav på avlastning?",
        "har eg rett på BPA",
        "Får jeg omsorgsstønad?",
        "Hva har jeg rett til av avlastning",
        "kan eg krevje logoped",
    ],
)
def test_Q08_what_somebody_is_entitled_to_is_never_answered_by_a_search(words: str) -> None:
    assert asks_about_rights(words)
    assert search(RANA.values(), words) == ()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("Har jeg krav på avlastning?", "What you are entitled to, a person must answer. It is never guessed here."),
        ("xyzzy", "We find nothing by those words. A person can help you further."),
    ],
)
async def test_Q08_then_a_human_is_offered(table: Table, words: str, said: str) -> None:
    chat = await newcomer(table.world, "Nynorsk")
    await table.world.write(chat, "/info")
    await table.world.press(chat, "Who can help with what?", "Write what you need")
    await table.world.write(chat, words)
    assert await table.world.says(chat, said)
    await table.world.press(chat, "Phone me")
    await table.world.write(chat, "55 12 34 56")
    assert await table.town.rows("SELECT id FROM inquiries")


async def test_Q08_what_is_found_leads_to_its_card(table: Table) -> None:
    chat = await newcomer(table.world, "Bokmål")
    await table.world.write(chat, "/info")
    await table.world.press(chat, "Who can help with what?", "Write what you need")
    await table.world.write(chat, "fysioterapi til faren min")
    service: Service = next(each for each in table.world.municipality.profile.services if each.id == "fysioterapi")
    await table.world.press_data(chat, table.world.button(chat, next(each for each in chat.last.labels if "Fysioterapi" in each)))
    assert service.does.in_language(Language.NB) in chat.last.text or await table.world.says(chat, t("For: {whom}", whom=t("everybody")))


@pytest.mark.parametrize("name", shipped_profiles())
def test_T09_a_rule_says_the_routine_behind_it_its_version_and_where_it_is_kept(name: str) -> None:
    profile, words = load_profile(name), Catalogs.load()
    assert profile.guidelines, "each handbook is behind some of the rules"
    for routine in profile.guidelines:
        said = words.render(why(profile, routine.rule, Language.NN), Language.NN)
        assert routine.url in said
        assert routine.name.in_language(Language.NN) in said
        assert routine.version is None or routine.version in said
        assert routine.section is None or routine.section in said


@pytest.mark.parametrize("name", shipped_profiles())
def test_T09_each_routine_is_about_a_rule_there_is_and_what_has_none_says_so(name: str) -> None:
    profile, words = load_profile(name), Catalogs.load()
    have = [each.rule for each in profile.guidelines]
    assert len(have) == len(set(have))
    for rule in have:
        table, key = rule.split(".")
        assert hasattr(getattr(profile, table), key)
        assert rule in RULES
    for rule in set(RULES) - set(have):
        said = words.render(why(profile, rule, Language.NB), Language.NB)
        assert profile.municipality.display_name in said


async def test_T09_why_fourteen_days_is_a_question_anybody_can_press(table: Table) -> None:
    chat = await newcomer(table.world, "Bokmål")
    await table.world.write(chat, "/info")
    await table.world.press(chat, "Rights and rules", "Why is the rule so?", "How early you are called")
    routine = next(each for each in table.world.municipality.profile.guidelines if each.rule == "meetings.notice_days")
    assert any(routine.url in each.text for each in chat.messages[-3:])
