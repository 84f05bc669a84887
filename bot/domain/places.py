"""Where a talk takes place, in words that stand inside a sentence.

Here: the words for the recipient and for whoever holds the talk. Not here: the labels of buttons (`conversations.words`).
"""

from collections.abc import Mapping
from typing import Final

from bot.domain.cases import ForWhom, Place
from bot.engine.texts import Text, t

WHERE: Final[Mapping[Place, Text]] = {
    Place.HOME: t("at your home"),
    Place.OFFICE: t("at our office"),
    Place.PHONE: t("by phone"),
    Place.VIDEO: t("by video"),
    Place.OTHER: t("at a place we agree on"),
}
WHERE_FOR_STAFF: Final[Mapping[Place, Text]] = {**WHERE, Place.HOME: t("at the person's home")}
_LIVE_ELSEWHERE: Final = frozenset({ForWhom.WARD, ForWhom.RELATIVE})


def where(place: Place, for_whom: ForWhom) -> Text:
    """To the person and whoever acts for them. A guardian or a relative who reads "at your home" would wait in the wrong place."""
    return (WHERE_FOR_STAFF if for_whom in _LIVE_ELSEWHERE else WHERE)[place]
