"""The short lessons for coordinators: one for each part of training, a minute each.

Here: the words. Not here: who reads them when (`conversations.support`), who has had the training (`bot.domain.training`).
Requirement rows: R02, R06. Sources: Rana, Opplæring, Koordinatorrollen, Etiske dilemmaer and Koordinator for barn; Ringerike,
Lovgrunnlaget and Kompetanse; Lund §§ 2, 6, 11; Herøy, Framdrift.
"""

from collections.abc import Mapping
from typing import Final

from bot.domain.training import GuidanceTopic, TrainingPart
from bot.engine.texts import Text, t

PARTS: Final[Mapping[TrainingPart, Text]] = {
    TrainingPart.LAW: t("What the law says"),
    TrainingPart.VALUES: t("Values and ethics"),
    TrainingPart.COMMUNICATION: t("Talking together"),
    TrainingPart.ROLE: t("The coordinator's role"),
    TrainingPart.PLAN: t("Writing a plan"),
    TrainingPart.RESPONSIBILITY: t("Leaders and systems"),
}

LESSONS: Final[Mapping[TrainingPart, Text]] = {
    TrainingPart.LAW: t(
        "The person has the right to a coordinator. They need no individual plan for that. "
        "You decide nothing about services. Each service decides for itself. "
        "Share only what the person has said yes to."
    ),
    TrainingPart.VALUES: t(
        "The person decides what matters. You help them to be heard. "
        "Ask yourself each week: Did I decide something that was theirs? "
        "Talk about hard questions with another coordinator."
    ),
    TrainingPart.COMMUNICATION: t(
        "Ask open questions, and wait for the answer. Say in your own words what you understood. "
        "Write as you speak. Meet children by themselves too, so that you know whom you work for."
    ),
    TrainingPart.ROLE: t(
        "You look after the whole. You do not take over what others do. "
        "Follow up, make the services work together, and keep things moving. "
        "Agree with your leader when you do this work."
    ),
    TrainingPart.PLAN: t(
        "Begin with the person's own words about what matters. Make few goals, and small ones. "
        "Each measure has one who does it, and a day. Look at it together at every meeting."
    ),
    TrainingPart.RESPONSIBILITY: t(
        "Your leader makes room for your work as a coordinator. The unit appoints, trains and guides. "
        "Does something stand still? Tell your leader first, then the unit. You do not stand alone."
    ),
}

TOPICS: Final[Mapping[GuidanceTopic, Text]] = {
    GuidanceTopic.CASE: t("Somebody I coordinate for"),
    GuidanceTopic.ROLE: t("My role"),
    GuidanceTopic.LAW: t("The law and consent"),
    GuidanceTopic.PLAN: t("The plan or a meeting"),
    GuidanceTopic.TOOL: t("The planning tool"),
    GuidanceTopic.OTHER: t("Something else"),
}
