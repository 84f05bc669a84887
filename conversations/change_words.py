"""Words for a change of coordinator and for standing in, the same in every conversation.

Here: labels. Not here: what is said with them.
"""

from collections.abc import Mapping
from typing import Final

from bot.domain.changes import ChangeAskState, ChangeReason, ChangeState
from bot.domain.substitutes import SubstituteState
from bot.engine.texts import Text, t

REASONS: Final[Mapping[str, Text]] = {
    ChangeReason.NEED_CHANGED: t("Other help is needed now"),
    ChangeReason.LIFE_TRANSITION: t("A new phase of life"),
    ChangeReason.NEW_JOB: t("The coordinator changes job"),
    ChangeReason.OTHER_SERVICE: t("Another service helps most now"),
    ChangeReason.LONG_SUBSTITUTE: t("A substitute for a long time"),
    ChangeReason.WISH: t("The person would like another"),
    ChangeReason.OTHER: t("Something else"),
}
OWN_REASONS: Final[Mapping[str, Text]] = {
    ChangeReason.NEED_CHANGED: t("I need other help now"),
    ChangeReason.LIFE_TRANSITION: t("A new phase of life"),
    ChangeReason.WISH: t("I would like another"),
    ChangeReason.OTHER: t("I would rather not say"),
}
"""What the person is asked. No reason is better than another, and none is needed."""

STATES: Final[Mapping[str, Text]] = {
    ChangeState.LEADER_ASKED: t("The coordinator's leader is asked."),
    ChangeState.PERSON_ASKED: t("The person is asked whom they wish."),
    ChangeState.ASKING: t("Somebody is asked to take over."),
    ChangeState.LEADERS_MEET: t("Nobody has said yes. The leaders meet."),
    ChangeState.UNIT_DECIDES: t("The coordinating unit decides."),
    ChangeState.DEPARTMENT_NAMES: t("A department is to name somebody."),
    ChangeState.TAKING_OVER: t("The old and the new coordinator work together."),
    ChangeState.DONE: t("The new coordinator has taken over."),
    ChangeState.STOPPED: t("It was stopped. The coordinator stays."),
}

ASKS: Final[Mapping[str, Text]] = {
    ChangeAskState.WAITING: t("not asked yet"),
    ChangeAskState.ASKED: t("is asked"),
    ChangeAskState.LEADER_ASKED: t("has said yes, the leader is asked"),
    ChangeAskState.AGREED: t("takes over"),
    ChangeAskState.DECLINED: t("said no"),
    ChangeAskState.LEADER_REFUSED: t("the leader said no"),
    ChangeAskState.RECALLED: t("need not answer"),
}

SUBSTITUTES: Final[Mapping[str, Text]] = {
    SubstituteState.PROPOSED: t("is asked"),
    SubstituteState.ACCEPTED: t("said yes"),
    SubstituteState.DECLINED: t("said no"),
    SubstituteState.RECALLED: t("need not answer"),
    SubstituteState.ENDED: t("ended"),
}
