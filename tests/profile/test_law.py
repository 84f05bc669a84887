"""The law profile: what the handbooks cite, in force on a day, with the time limits of today's law."""

from datetime import date

from bot.domain.law import DecisionType, Right
from bot.profile import load_law

TODAY = date(2026, 11, 23)


def test_U01_U02_U03_U04_U05_the_law_profile_answers_for_what_the_handbooks_cite() -> None:
    law = load_law(TODAY)
    assert [citation.row for citation in law.citations] == ["U01", "U02", "U03", "U04", "U05"]
    assert {section.right for section in law.sections} == set(Right)
    assert law.section(Right.CHILDREN_COORDINATOR).since == date(2022, 8, 1)
    assert "§ 7-2 a" in law.section(Right.CHILDREN_COORDINATOR).cited.nb


def test_the_time_limit_for_a_complaint_is_four_weeks_for_every_decision() -> None:
    law = load_law(TODAY)
    assert {law.complaint(decision).weeks for decision in DecisionType} == {4}
    assert law.complaint(DecisionType.INDIVIDUAL_PLAN).cited.nn == "pasient- og brukarrettslova § 7-2"
    assert law.complaint(DecisionType.INDIVIDUAL_PLAN).limit_cited.nb.endswith("§ 7-5")


def test_an_answer_or_word_of_the_delay_comes_within_a_month() -> None:
    assert load_law(TODAY).answer_months == 1


def test_the_law_profile_says_when_somebody_must_read_the_law_again() -> None:
    law = load_law(TODAY)
    assert not law.needs_review(law.review_by)
    assert law.needs_review(date(law.review_by.year + 1, 1, 1))
