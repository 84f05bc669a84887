"""Words for the facts of a case, the same in every conversation.

Here: the labels of choices, states and places. Not here: what is said with them. The municipality's own words come from the profile
(`Words.text`).
"""

from collections.abc import Mapping
from typing import Final

from bot.domain.cases import AgeGroup, CaseState, ForWhom, Place, TalkKind, Wanted
from bot.engine.texts import Text, t

FOR_WHOM: Final[Mapping[str, Text]] = {
    ForWhom.ME: t("Me"),
    ForWhom.MY_CHILD: t("My child"),
    ForWhom.EXPECTED_CHILD: t("A child we expect"),
    ForWhom.WARD: t("Someone I am guardian for"),
    ForWhom.RELATIVE: t("Someone close to me"),
    ForWhom.AT_WORK: t("Someone I meet at work"),
}

AGE_GROUPS: Final[Mapping[str, Text]] = {
    AgeGroup.UNBORN: t("Not born yet"),
    AgeGroup.UNDER_16: t("Under 16"),
    AgeGroup.FROM_16: t("16 or 17"),
    AgeGroup.ADULT: t("18 to 66"),
    AgeGroup.ELDERLY: t("67 or older"),
    AgeGroup.UNKNOWN: t("I don't know"),
}

WANTED: Final[Mapping[str, Text]] = {
    Wanted.COORDINATOR: t("A coordinator"),
    Wanted.PLAN: t("An individual plan"),
    Wanted.BOTH: t("A coordinator and an individual plan"),
    Wanted.GROUP: t("Only a responsibility group"),
    Wanted.UNSURE: t("Not sure yet"),
    Wanted.CONTACT: t("That someone makes contact"),
}

STATES: Final[Mapping[str, Text]] = {
    CaseState.RECEIVED: t("We have received it."),
    CaseState.CLARIFYING: t("We are looking at it together with you."),
    CaseState.APPOINTING: t("You get help with coordination. We are looking for the right coordinator."),
    CaseState.ACTIVE: t("You have a coordinator."),
    CaseState.REFUSED: t("We have said no. The letter says why."),
    CaseState.WITHDRAWN: t("It has been taken back."),
    CaseState.CLOSED: t("It is finished."),
}

PLACES: Final[Mapping[str, Text]] = {
    Place.HOME: t("At home"),
    Place.OFFICE: t("At our office"),
    Place.PHONE: t("By phone"),
    Place.VIDEO: t("By video"),
    Place.OTHER: t("Another place"),
}

TALKS: Final[Mapping[str, Text]] = {
    TalkKind.CLARIFYING: t("The first talk"),
    TalkKind.STARTUP: t("The start-up talk"),
}

REACH: Final[Mapping[str, Text]] = {
    "chat": t("Here in Samråd"),
    "phone": t("By phone"),
    "letter": t("By letter"),
    "visit": t("Come and meet me"),
}

YES_NO_UNSURE: Final[Mapping[str, Text]] = {"yes": t("Yes"), "no": t("No"), "unsure": t("I don't know")}
