"""Candidates as lines of a list: name, how many they coordinate for now, training, and whether the person wished for them.

Requirement rows: C08 (training), C09 (the count beside each name), C10 (all departments), S10 (nobody is left out, the order is by rule).
Sources: Lund §§ 6, 11.1; Ås, the coordinator's role.
"""

from collections.abc import Sequence

from bot.domain.queries import AssignmentView, CandidateLine
from bot.domain.rules import Profile
from bot.engine.ask import Ask
from bot.engine.questions import Sensitivity
from bot.engine.texts import Language, Text, joined, nt, t, verbatim
from conversations.picking import Line, pick
from conversations.staff_words import shortened
from conversations.words import AGE_GROUPS, WANTED


async def pick_candidate(
    ask: Ask, prompt: Text, candidates: Sequence[CandidateLine], profile: Profile, language: Language
) -> CandidateLine:
    """One of the candidates. There is at least one."""
    lines = [
        Line(
            value=str(each.person),
            button=verbatim(shortened(each.name, 34)),
            details=candidate_details(each, profile, language),
        )
        for each in candidates
    ]
    chosen = await pick(ask, prompt, lines, sensitivity=Sensitivity.PERSONAL)
    return next(each for each in candidates if str(each.person) == chosen)


async def say_which(ask: Ask, asked: AssignmentView) -> None:
    """Which case a candidate or a leader is asked about: never what the person needs help with."""
    await ask.say(
        t(
            "{initials}, case {number}. Age: {group}. Asked for: {what}",
            initials=asked.initials,
            number=str(asked.number),
            group=AGE_GROUPS[asked.age_group],
            what=WANTED[asked.wanted],
        ),
        sensitivity=Sensitivity.PERSONAL,
    )


def load_words(load: int) -> Text:
    """How many somebody coordinates for now, as it stands in a list (C09)."""
    return nt("coordinates for {n} person", "coordinates for {n} people", load) if load else t("coordinates for nobody")


def own_load_words(load: int) -> Text:
    """The same, said to the one who is asked."""
    return (
        nt("You coordinate for {n} person now.", "You coordinate for {n} people now.", load)
        if load
        else t("You coordinate for nobody now.")
    )


def candidate_details(candidate: CandidateLine, profile: Profile, language: Language) -> Text:
    """One line about a candidate."""
    department = profile.department(candidate.department) if candidate.department else None
    facts = [load_words(candidate.load)]
    facts.append(t("trained {day}", day=candidate.trained) if candidate.trained else t("no training yet"))
    if candidate.services:
        facts.append(nt("gives {n} of the services", "gives {n} of the services", candidate.services))
    if candidate.wished:
        facts.append(t("the person's wish"))
    if candidate.at_limit:
        facts.append(t("at the limit"))
    name = verbatim(candidate.name if department is None else f"{candidate.name} ({department.name.in_language(language)})")
    return t("{name}: {facts}", name=name, facts=joined(*facts, by=", "))
