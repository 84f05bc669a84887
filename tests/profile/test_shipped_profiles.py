"""The profiles that come with Samråd: they load, say what their handbooks say, and hold nobody's private data."""

import re
import tomllib
from collections.abc import Iterator
from datetime import date, time
from itertools import pairwise
from typing import Any

import pytest

from bot.data import data_directory
from bot.domain.cases import TaskKind
from bot.domain.rules import AppointedBy, Archive, ChangeDecidedBy, Disagreement, PlanOpenedBy, PrivacyLevel, Tool
from bot.engine.texts import Language
from bot.profile import load_law, load_profile, profile_warnings, shipped_profiles

REAL = ("as", "heroy", "lund", "rana", "ringerike")
TODAY = date(2026, 11, 23)


def leaves(value: object, where: str = "") -> Iterator[tuple[str, object]]:
    if isinstance(value, dict):
        for key, one in value.items():
            yield from leaves(one, f"{where}.{key}")
    elif isinstance(value, list):
        for one in value:
            yield from leaves(one, where)
    else:
        yield where, value


def tables(name: str) -> dict[str, Any]:
    return tomllib.loads((data_directory("profiles") / f"{name}.toml").read_text(encoding="utf-8"))


def test_five_municipalities_and_the_demo_are_shipped() -> None:
    assert shipped_profiles() == ("as", "demo", "heroy", "lund", "rana", "ringerike")


@pytest.mark.parametrize("name", [*REAL, "demo"])
def test_each_shipped_profile_loads_and_knows_its_name(name: str) -> None:
    profile = load_profile(name)
    assert profile.id == name
    assert profile.municipality.display_name.endswith(" kommune")
    assert profile.sending.privacy_level is PrivacyLevel.NOTICE


@pytest.mark.parametrize(
    ("name", "language", "at_least", "opened_by", "tool", "changed_by"),
    [
        ("as", Language.NB, 1, PlanOpenedBy.KE, Tool.DIPS_SAMSPILL, ChangeDecidedBy.LEADER),
        ("lund", Language.NB, 2, PlanOpenedBy.COORDINATOR, Tool.UNNAMED_SAMSPILL, ChangeDecidedBy.COORDINATOR_BY_STEPS),
        ("heroy", Language.NN, 2, PlanOpenedBy.COORDINATOR, Tool.VISMA_FLYT_SAMSPILL, ChangeDecidedBy.KE),
        ("ringerike", Language.NB, 2, PlanOpenedBy.KE, Tool.DIPS_SAMSPILL, ChangeDecidedBy.KE),
        ("rana", Language.NB, 2, PlanOpenedBy.COORDINATOR, Tool.NONE, ChangeDecidedBy.LEADER),
    ],
)
def test_what_the_handbooks_answer_differently_differs(
    name: str, language: Language, at_least: int, opened_by: PlanOpenedBy, tool: Tool, changed_by: ChangeDecidedBy
) -> None:
    profile = load_profile(name)
    assert profile.municipality.language is language
    assert profile.meetings.a_year_at_least == at_least
    assert profile.records.plan_opened_by is opened_by
    assert profile.records.tool is tool
    assert profile.appointment.change_decided_by is changed_by


def test_lund_cannot_order_anyone_to_more_than_five_plans() -> None:
    assert load_profile("lund").appointment.plans_at_most == 5


def test_who_appoints_is_the_municipalitys_choice_and_the_unit_takes_part_everywhere() -> None:
    assert load_profile("heroy").appointment.appointed_by is AppointedBy.KE
    assert load_profile("rana").appointment.appointed_by is AppointedBy.KE_WITH_LEADER
    assert load_profile("lund").appointment.appointed_by is AppointedBy.DEPARTMENT_CONFIRMED_BY_KE


def test_lunds_own_rules_for_meetings_and_records() -> None:
    lund, rana, heroy = load_profile("lund"), load_profile("rana"), load_profile("heroy")
    assert lund.meetings.notice_days == 14
    assert (lund.meetings.disagreement, rana.meetings.disagreement) == (Disagreement.MINUTED, Disagreement.SETTLED_BEFORE)
    assert lund.records.tool_is_journal
    assert not heroy.records.tool_is_journal
    assert (heroy.records.archive, lund.records.archive) == (Archive.AUTOMATIC, Archive.BY_HAND)


def test_the_criteria_are_words_in_both_standards_and_differ_between_lund_and_ringerike() -> None:
    lund, ringerike = load_profile("lund").criteria, load_profile("ringerike").criteria
    assert "helsesykepleier" in lund.coordinated.in_language(Language.NB)
    assert "helsesjukepleiar" in lund.coordinated.in_language(Language.NN)
    assert "fastlege" not in ringerike.coordinated.nb
    assert lund.services_needed == ringerike.services_needed == 2


def test_in_lund_the_family_doctor_and_the_health_nurse_do_not_count() -> None:
    for name, counts in (("lund", False), ("ringerike", True)):
        for service_id in ("fastlege", "helsestasjon"):
            service = load_profile(name).service(service_id)
            assert service is not None
            assert service.health_and_care is counts


def test_the_units_contact_data_are_the_handbooks() -> None:
    lund, heroy, ringerike = (load_profile(name).contact for name in ("lund", "heroy", "ringerike"))
    assert (lund.best_phone(), lund.email) == ("+4747908455", "k.enhet@lund.kommune.no")
    assert (heroy.best_phone(), heroy.address) == ("+4770081300", "Eggesbøvegen 11, 6092 Fosnavåg")
    assert (ringerike.best_phone(), ringerike.email) == (None, "k.e@ringerike.kommune.no")


def test_a_missing_phone_and_old_numbers_are_warned_of_and_the_demo_has_no_warnings() -> None:
    assert any(warning.startswith("contact has no phone") for warning in profile_warnings(load_profile("as")))
    assert any("nobody has checked" in warning for warning in profile_warnings(load_profile("rana")))
    assert profile_warnings(load_profile("demo")) == ()


def test_ranas_directory_is_complete_and_says_that_nobody_has_checked_it() -> None:
    rana = load_profile("rana")
    # Kindergarten and school stand beside the handbook's table, for the life phases.
    table = [service for service in rana.services if service.id not in {"barnehage", "skole"}]
    assert len(table) == 21
    assert all(service.phone and service.verified is None for service in table)
    bakeribygget, utekontakten, bup = (rana.service(one) for one in ("bakeribygget", "utekontakten", "bup"))
    assert bakeribygget is not None
    assert (bakeribygget.from_age, bakeribygget.to_age) == (16, 25)
    assert utekontakten is not None
    assert (utekontakten.from_age, utekontakten.to_age) == (13, 18)
    assert bup is not None
    assert bup.referred_by is not None
    assert "barnevernet" in bup.referred_by.nb


@pytest.mark.parametrize("name", [*REAL, "demo"])
def test_the_units_recurring_tasks_are_kinds_of_task(name: str) -> None:
    assert all(TaskKind(task.id) for task in load_profile(name).recurring)


@pytest.mark.parametrize("name", [*REAL, "demo"])
def test_the_unit_has_a_yearly_and_a_weekly_task(name: str) -> None:
    assert {(task.id, task.rhythm.value) for task in load_profile(name).recurring} == {
        ("yearly_parents", "yearly"),
        ("weekly_services", "weekly"),
        ("weekly_sources", "weekly"),
    }


def test_the_checklist_after_an_appointment_follows_the_tool() -> None:
    first = {name: load_profile(name).checklists.after_appointment[0] for name in ("as", "heroy", "rana")}
    assert (first["as"].id, first["heroy"].id, first["rana"].id) == ("plan_opened", "role_given", "plan_ready")
    assert "DIPS Samspill" in first["as"].words.nb
    assert "Visma Flyt Samspill" in first["heroy"].words.nn


@pytest.mark.parametrize("name", [*REAL, "demo"])
def test_the_first_week_has_the_three_main_duties(name: str) -> None:
    assert {"follow_up", "coordinate", "progress"} <= {item.id for item in load_profile(name).checklists.first_week}


@pytest.mark.parametrize("name", [*REAL, "demo"])
def test_no_profile_gives_more_time_to_answer_than_the_law(name: str) -> None:
    assert load_profile(name).deadlines.answer_months <= load_law(TODAY).answer_months


@pytest.mark.parametrize("name", [*REAL, "demo"])
def test_T12_no_staff_mobile_stands_anywhere_in_the_file(name: str) -> None:
    text = (data_directory("profiles") / f"{name}.toml").read_text(encoding="utf-8")
    listed = set(tables(name).get("institutional_mobiles", []))
    found = {re.sub(r"\D", "", number)[-8:] for number in re.findall(r"(?<!\d)(?:\+47 ?)?[49]\d(?: ?\d){6}(?!\d)", text)}
    assert found == {number.removeprefix("+47") for number in listed}


@pytest.mark.parametrize("name", ["lund", "rana"])
def test_T12_each_mobile_that_is_listed_has_a_comment_that_says_whose_it_is(name: str) -> None:
    lines = (data_directory("profiles") / f"{name}.toml").read_text(encoding="utf-8").splitlines()
    place = next(number for number, line in enumerate(lines) if line.startswith("institutional_mobiles"))
    assert lines[place - 1].startswith("#")
    assert "not a staff member's" in lines[place - 1]


@pytest.mark.parametrize("name", [*REAL, "demo"])
def test_T12_mail_addresses_are_the_units_never_a_persons(name: str) -> None:
    mails = [str(value) for where, value in leaves(tables(name)) if where.endswith("email")]
    assert all(mail.split("@")[0] in {"k.enhet", "koordinerende.eining", "k.e", "koordinerende.enhet"} for mail in mails)


@pytest.mark.parametrize("name", REAL)
def test_each_value_of_a_real_municipality_has_its_source_beside_it(name: str) -> None:
    text = (data_directory("profiles") / f"{name}.toml").read_text(encoding="utf-8")
    for heading in ("deadlines", "application", "appointment", "meetings", "records", "sending"):
        block = text.split(f"[{heading}]\n", 1)[1].split("\n\n", 1)[0]
        unsourced = [line for line in block.splitlines() if "#" not in line and not line.startswith(("a_year_usual", "tool_name"))]
        assert unsourced == []


@pytest.mark.parametrize("name", REAL)
def test_each_point_of_a_real_municipalitys_agenda_has_its_source_beside_it(name: str) -> None:
    text = (data_directory("profiles") / f"{name}.toml").read_text(encoding="utf-8")
    entries = [entry.split("\n\n", 1)[0] for entry in text.split("[[agenda.points]]\n")[1:]]
    place = load_profile(name).municipality.name
    assert entries
    assert [entry for entry in entries if f"# {place}" not in entry] == []
    lines = text.split("[agenda.usual]\n", 1)[-1].split("\n\n", 1)[0].splitlines() if "[agenda.usual]" in text else []
    assert all(before.startswith(f"# {place}") for before, line in pairwise(lines) if not line.startswith("#"))


def test_each_question_of_ranas_form_has_its_section_and_the_form_says_whose_words_they_are() -> None:
    text = (data_directory("profiles") / "rana.toml").read_text(encoding="utf-8")
    entries = [entry.split("\n\n", 1)[0] for entry in text.split("[[evaluation.questions]]\n")[1:]]
    assert len(entries) == len(load_profile("rana").evaluation.questions)
    assert [entry for entry in entries if "# Rana, " not in entry] == []
    assert "in our words" in text.split("[[evaluation.questions]]", 1)[0].rsplit("\n\n", 1)[-1]


def test_the_demo_is_made_up_throughout() -> None:
    demo = load_profile("demo")
    numbers = [demo.contact.phone, demo.contact.switchboard, *(service.phone for service in demo.services)]
    assert all(number.startswith("+4700") for number in numbers if number)
    assert demo.links.home.endswith(".example")
    assert demo.contact.email is not None
    assert demo.contact.email.endswith(".example")


def test_quiet_hours_are_from_eight_in_the_evening_to_eight_in_the_morning() -> None:
    sending = load_profile("lund").sending
    assert (sending.earliest, sending.latest) == (time(8), time(20))


def test_an_unfinished_application_is_reminded_after_two_seven_and_twentyone_days() -> None:
    application = load_profile("lund").application
    assert (application.unfinished_reminder_days, application.keep_days, application.kept_days) == ((2, 7, 21), 28, 365)


def test_rana_says_where_the_paper_forms_lie() -> None:
    links = load_profile("rana").links
    assert all((links.application_form, links.consent_form, links.evaluation_form, links.plan_template))


def test_each_profile_links_to_the_film_about_plan_and_coordinator() -> None:
    assert {load_profile(name).links.video for name in REAL} == {"https://www.youtube.com/watch?v=KCR3fsLPpcM"}
