"""`samrad figures`: a month as text and as CSV, and what is refused."""

import csv
import io
from datetime import timedelta

from bot.clock import OSLO, SystemClock
from bot.domain.access import Role
from bot.domain.cases import AgeGroup, CaseState, ForWhom, Source, Wanted
from bot.engine.texts import Language
from bot.store import cases, people
from bot.store.database import Tx
from tests.cli.conftest import Samrad
from tests.cli.test_commands import in_database

LAST_MONTH = SystemClock().now().astimezone(OSLO).replace(day=1) - timedelta(days=1)
MONTH = f"{LAST_MONTH:%Y-%m}"


def came_in(tx: Tx) -> None:
    """Six people phoned in the middle of last month."""
    people.give_role(tx, people.create(tx, language=Language.NB, name="Nora Prøve"), Role.COORDINATOR, "hjemmetjenesten")
    for number in range(6):
        told = cases.Content(
            subject_name=f"Test Person{number}",
            applicant_name=None,
            services=(),
            long_lasting="yes",
            need=None,
            important=None,
            wish=None,
            reach="phone",
            reach_details=None,
            communication=None,
            told=None,
        )
        cases.create(
            tx,
            told,
            state=CaseState.RECEIVED,
            source=Source.PHONE,
            for_whom=ForWhom.ME,
            age_group=AgeGroup.ADULT,
            wanted=Wanted.COORDINATOR,
            language=Language.NB,
            answer_by=tx.now.date(),
        )
    tx.execute("UPDATE cases SET received_at = :at", at=f"{MONTH}-15T10:00:00.000000Z")


def test_a_month_is_printed_for_people_and_for_a_spreadsheet_and_stays_the_same(samrad: Samrad) -> None:
    samrad("migrate")
    in_database(came_in)
    lines = list(csv.DictReader(io.StringIO(samrad("figures", "--month", MONTH, "--csv").stdout)))
    found = {(each["series"], each["key"]): each["value"] for each in lines}
    assert (found["came_in", "phone"], found["came_in", "all"], found["stock", "undecided"]) == ("6", "6", "5")
    in_database(lambda tx: tx.execute("DELETE FROM cases WHERE id > 2"))
    assert list(csv.DictReader(io.StringIO(samrad("figures", "--month", MONTH, "--csv").stdout))) == lines
    printed = samrad("figures", "--month", MONTH, "--lang", "nn").stdout
    assert "Saker som kom inn" in printed
    assert "På telefon: 6" in printed or "telefon: 6" in printed.casefold()


def test_a_month_that_has_not_ended_or_is_none_is_refused_with_what_to_do(samrad: Samrad) -> None:
    samrad("migrate")
    in_database(came_in)
    now = f"{SystemClock().now().astimezone(OSLO):%Y-%m}"
    running = samrad("figures", "--month", now)
    assert running.exit_code == 1
    assert "Choose a month that has ended" in running.stderr
    assert samrad("figures", "--month", "mars").exit_code == 2
