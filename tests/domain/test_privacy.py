"""The table of privacy levels, cell by cell."""

from itertools import product

import pytest

from bot.domain.choices import PrivacyLevel
from bot.domain.privacy import Reader, level_for, may_ask, passes, stricter
from bot.engine.questions import Kind, Question, Sensitivity
from bot.engine.texts import t

MAY_PASS = {
    PrivacyLevel.OFF: "",
    PrivacyLevel.NOTICE: "public neutral",
    PrivacyLevel.PRACTICAL: "public neutral practical",
    PrivacyLevel.FULL: "public neutral practical personal health",
}


@pytest.mark.parametrize("level", PrivacyLevel)
@pytest.mark.parametrize("sensitivity", Sensitivity)
def test_every_cell(level: PrivacyLevel, sensitivity: Sensitivity) -> None:
    assert passes(level, sensitivity) == (sensitivity.name.lower() in MAY_PASS[level].split())


def test_nobody_is_ever_looser_than_the_municipality() -> None:
    for level in PrivacyLevel:
        for flags in product((False, True), repeat=4):
            for own in (None, PrivacyLevel.OFF, PrivacyLevel.NOTICE):
                reader = Reader(**dict(zip(("staff", "agreed", "child", "protected"), flags, strict=True)), own=own)
                found = level_for(level, reader)
                assert stricter(found, level) is found
                assert own is None or stricter(found, own) is found
                assert not reader.protected or stricter(found, PrivacyLevel.NOTICE) is found


def test_times_and_places_come_only_to_those_who_have_said_yes() -> None:
    assert level_for(PrivacyLevel.PRACTICAL, Reader()) is PrivacyLevel.NOTICE
    assert level_for(PrivacyLevel.PRACTICAL, Reader(agreed=True)) is PrivacyLevel.PRACTICAL
    assert level_for(PrivacyLevel.PRACTICAL, Reader(agreed=True, staff=True)) is PrivacyLevel.NOTICE
    assert level_for(PrivacyLevel.PRACTICAL, Reader(agreed=True, child=True)) is PrivacyLevel.NOTICE
    assert level_for(PrivacyLevel.FULL, Reader()) is PrivacyLevel.FULL


@pytest.mark.parametrize("level", PrivacyLevel)
@pytest.mark.parametrize("sensitivity", Sensitivity)
def test_below_full_nobody_is_asked_to_write_about_themselves(level: PrivacyLevel, sensitivity: Sensitivity) -> None:
    asked = Question(key="words", kind=Kind.TEXT, prompt=t("Which case do you want to open?"), sensitivity=sensitivity)
    if level is PrivacyLevel.FULL:
        assert may_ask(level, asked)
    else:
        assert may_ask(level, asked) == (level is not PrivacyLevel.OFF and sensitivity <= Sensitivity.NEUTRAL)
