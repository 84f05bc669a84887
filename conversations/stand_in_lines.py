"""Somebody who can stand in or take over, as a line of a list.

Here: the line and the choosing. Requirement row: N17 (those who know the person first). Source: Ås, Bytte av koordinator.
"""

from collections.abc import Sequence

from bot.domain.change_queries import StandInLine
from bot.domain.queries import Me, TheProfile
from bot.domain.rules import Profile
from bot.engine.ask import Ask
from bot.engine.questions import Sensitivity
from bot.engine.texts import Language, Text, joined, t, verbatim
from conversations.candidate_lines import load_words
from conversations.picking import Line, pick
from conversations.staff_words import shortened


def details(line: StandInLine, profile: Profile, language: Language) -> Text:
    """The name, where they work, whether they know the person, and how many they coordinate for."""
    department = profile.department(line.department) if line.department else None
    facts = [t("knows the person")] if line.knows else []
    facts.append(load_words(line.load))
    name = line.name if department is None else f"{line.name} ({department.name.in_language(language)})"
    return t("{name}: {facts}", name=verbatim(name), facts=joined(*facts, by=", "))


async def pick_stand_in(ask: Ask, prompt: Text, found: Sequence[StandInLine], more: Sequence[Line] = ()) -> str:
    """One of them, or one of the further lines. There is at least one of either."""
    me, profile = await ask.look(Me()), await ask.look(TheProfile())
    lines = [
        Line(value=str(each.person), button=verbatim(shortened(each.name, 34)), details=details(each, profile, me.language))
        for each in found
    ]
    return await pick(ask, prompt, [*lines, *more], sensitivity=Sensitivity.PERSONAL)
