"""The table of privacy levels, cell by cell."""

import pytest

from bot.domain.choices import PrivacyLevel
from bot.domain.privacy import level_for, passes
from bot.engine.questions import Sensitivity

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


def test_staff_are_never_looser_and_stay_at_notice_with_real_people() -> None:
    for level in PrivacyLevel:
        assert level_for(level, staff=False) is level
    assert level_for(PrivacyLevel.PRACTICAL, staff=True) is PrivacyLevel.NOTICE
    assert level_for(PrivacyLevel.OFF, staff=True) is PrivacyLevel.OFF
