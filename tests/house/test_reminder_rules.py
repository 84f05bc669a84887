"""Every rule for reminders stands in one place, in words that a case worker can read, and says no other number than the rule uses."""

import json

import pytest

from bot.cli_rules import lines
from bot.domain.reminder_rules import RULES, settings_of
from bot.domain.reminder_rules.rule import Rule, Setting, by_kind
from bot.domain.reminders import ReminderKind
from bot.engine.texts import WRITTEN_FORMS, Language, t
from bot.i18n import Catalogs
from bot.profile import load_profile, shipped_profiles
from bot.services.reminders import FIRE

CATALOGS = Catalogs.load()
LUND = load_profile("lund")


@pytest.mark.parametrize("kind", ReminderKind)
def test_every_kind_of_reminder_has_a_rule_that_can_be_read(kind: ReminderKind) -> None:
    assert kind in RULES, f"{kind} has no line: add one to the module of its subject in bot/domain/reminder_rules"
    assert RULES[kind].source
    assert RULES[kind].to


@pytest.mark.parametrize("kind", ReminderKind)
def test_every_kind_of_reminder_is_carried_out(kind: ReminderKind) -> None:
    assert kind in FIRE


@pytest.mark.parametrize("language", WRITTEN_FORMS)
@pytest.mark.parametrize("kind", ReminderKind)
def test_every_rule_has_words_in_both_written_forms(kind: ReminderKind, language: Language) -> None:
    rule = RULES[kind]
    texts = (rule.what, *rule.to, rule.when, rule.until)
    assert [each.msgid for each in texts if not CATALOGS.translated(each, language)] == []


@pytest.mark.parametrize("profile", [*shipped_profiles()])
def test_every_rule_is_filled_with_the_municipalitys_own_settings(profile: str) -> None:
    for language in Language:
        for line in lines(load_profile(profile), CATALOGS, language):
            assert "{" not in f"{line['what']}{line['to']}{line['when']}{line['until']}"
            assert "Setting(" not in json.dumps(line, ensure_ascii=False)


def test_a_number_a_profile_sets_is_read_from_it() -> None:
    nudge = next(each for each in lines(LUND, CATALOGS, Language.EN) if each["kind"] == "contact_nudge")
    assert nudge["when"] == f"{LUND.deadlines.contact_nudge_day} days after the coordinator said yes"
    assert nudge["settings"] == {"deadlines.contact_nudge_day": LUND.deadlines.contact_nudge_day}


def test_a_setting_that_does_not_exist_is_found() -> None:
    with pytest.raises(AttributeError):
        Setting("deadlines.no_such_days").value_in(LUND)
    for rule in RULES.values():
        assert [Setting(path).value_in(LUND) is not ... for path in settings_of(rule)] == [True] * len(settings_of(rule))


def test_two_lines_of_one_kind_are_refused() -> None:
    one = Rule(kind=ReminderKind.CLARIFY_SOON, what=t("The plan"), to=(t("the leader"),), when=t("the next morning"), source="x")
    with pytest.raises(ValueError, match="clarify_soon"):
        by_kind((one,), (one,))
