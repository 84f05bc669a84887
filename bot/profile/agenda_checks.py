"""What a municipality's own agendas must keep to.

Here: points of its own, and lists of what is put on at once. Not here: types, missing words and unknown kinds (`bot.profile.reading`).
Guarantee: each broken rule gives one sentence with the key and what to do.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import fields
from typing import Final

from bot.domain.agenda import LINES, OWN_WORDS
from bot.domain.agenda_rules import AgendaPoint, AgendaRules
from bot.domain.choices import Disagreement
from bot.domain.meetings import MeetingKind
from bot.domain.rules import Profile
from bot.profile.ids import id_mistakes
from bot.profile.reading import nearest

LONGEST: Final = 40
"""So many characters have room on a button and on one line of an invitation."""


def agenda_mistakes(profile: Profile) -> Iterator[str]:
    """Every rule the agendas break, as sentences without the file's name."""
    rules = profile.agenda
    settles = profile.meetings.disagreement is Disagreement.SETTLED_BEFORE
    yield from id_mistakes("agenda.points", (each.id for each in rules.points))
    for number, point in enumerate(rules.points, start=1):
        before = {*LINES, *(each.id for each in rules.points[: number - 1])}
        yield from (f"agenda.points[{number}]{what}" for what in _point(point, before, settles=settles))
    for field in fields(rules.usual):
        listed: tuple[str, ...] | None = getattr(rules.usual, field.name)
        if listed is not None:
            yield from (f"agenda.usual.{field.name} {what}" for what in _listed(field.name, listed, rules))
    if rules.usual.settle is not None and not settles:
        yield 'agenda.usual.settle is never used: meetings.disagreement is not "settled_before". Delete one, or change the other.'


def _point(point: AgendaPoint, before: set[str], *, settles: bool) -> Iterator[str]:
    if point.id in LINES:
        yield f'.id is "{point.id}", which comes with Samråd. Choose another id, or delete the entry.'
    if not point.kinds:
        yield f".kinds is empty. Name at least one of {', '.join(MeetingKind)}."
    if len(set(point.kinds)) < len(point.kinds):
        yield ".kinds names a kind twice. Name each once."
    if MeetingKind.SETTLE in point.kinds and not settles:
        yield '.kinds names "settle", which is no meeting here: meetings.disagreement is not "settled_before". Delete it.'
    for words in point.words.each():
        if len(words) > LONGEST:
            yield f".words has {len(words)} characters in «{words}», but at most {LONGEST} have room. Make it shorter."
        if "\n" in words:
            yield ".words has more than one line. Write it on one."
    if point.after is not None and point.after not in before:
        guess = nearest(point.after, before)
        meant = f' Did you mean "{guess}"?' if guess else ""
        yield f'.after is "{point.after}", which is no point above it, and none that comes with Samråd.{meant} Correct or delete it.'


def _listed(name: str, listed: tuple[str, ...], rules: AgendaRules) -> Iterator[str]:
    if not listed:
        yield "is empty. List at least one point, or delete the line."
        return
    own = {each.id: each for each in rules.points}
    for code, count in Counter(listed).items():
        if count > 1:
            yield f'has "{code}" {count} times. Keep one.'
        if code not in own and code not in LINES:
            guess = nearest(code, [*own, *LINES])
            meant = f'Did you mean "{guess}"? ' if guess else ""
            yield f'has "{code}", which is no point. {meant}Correct it, or add [[agenda.points]] for it.'
        elif code in own and not _belongs(name, own[code]):
            yield f'has "{code}", which belongs at other meetings. Correct its kinds or meetings, or delete it here.'
    if name != MeetingKind.SETTLE and listed[0] != OWN_WORDS:
        yield f'must begin with "{OWN_WORDS}": what the person wants to bring up comes first. Put it there.'
    for point in rules.points:
        if point.put_on_at_once and _belongs(name, point) and point.id not in listed:
            yield f'leaves out "{point.id}", which is put on at once. Add it to the list, or write put_on_at_once = false.'


def _belongs(name: str, point: AgendaPoint) -> bool:
    """Can the point come on the agenda that this list is for? The first meeting of a group, or on a plan, has a list of its own."""
    kinds = {MeetingKind.GROUP, MeetingKind.PLAN} if name == "first" else {MeetingKind(name)}
    if name in {"first", "group", "plan"}:
        return any(point.fits(kind, first=name == "first") for kind in kinds)
    return bool(kinds & set(point.kinds))
