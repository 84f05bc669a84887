"""The agenda of a meeting, and who is called in for single points of it.

Here: the questions, asked where an agenda is made or changed. Not here: ready-made points (`bot.domain.agenda`). Requirement rows: F04,
F07, F11, F14, F15, G11, G16. Sources: Lund § 11.4 (Gruppens funksjon); Herøy, IP-møte (who takes part follows from the agenda).
"""

from collections.abc import Mapping, Sequence
from zlib import crc32

from bot.domain.agenda import NEXT_MEETING, OWN_WORDS, offered, ready_made, usual
from bot.domain.called_in import CalledIn
from bot.domain.ids import MemberId
from bot.domain.meetings import MeetingKind
from bot.domain.queries import TheProfile
from bot.engine.ask import Ask
from bot.engine.questions import SummaryRow
from bot.engine.texts import Text, joined, t, verbatim
from conversations.picking import pick_several

LONGEST = 32
AMONG_PROFESSIONALS = frozenset({MeetingKind.SETTLE, MeetingKind.COOPERATION})
"""Kinds in which services talk with each other, the person's group apart."""


async def ask_agenda(ask: Ask, kind: MeetingKind, *, first: bool, has_plan: bool) -> tuple[dict[str, Text], tuple[str, ...]]:
    """Ready-made points by their names, with their words, and the caller's own. The person's come first, and are asked for after (F11).

    What the group does not discuss is said each time (F14, F15: Lund § 11.4, Gruppens funksjon).
    """
    rules = (await ask.look(TheProfile())).agenda
    ready = usual(kind, rules, first=first, has_plan=has_plan)
    shown = joined(t("The usual agenda:"), *(t("– {line}", line=ready_made(code, rules)) for code in ready), by="\n")
    # The answer names what was shown: where it is another agenda by now, it is asked again.
    this = f"usual_{crc32(' '.join(ready).encode()):x}"
    how = await ask.choice("agenda", shown, {this: t("Use this"), "choose": t("Choose points myself")}, label=t("The usual agenda"))
    if how == "choose":
        options = {code: ready_made(code, rules) for code in offered(kind, rules, first=first, has_plan=has_plan)}
        ready = await pick_several(ask, "points", t("Which points?"), options, none=t("None of these"), label=t("Points"))
    if kind is not MeetingKind.SETTLE:
        await ask.say(t("Leave out health, money and family matters, unless the person wants them on the agenda."))
    if kind not in AMONG_PROFESSIONALS:
        await ask.say(await elsewhere(ask))
    own = await ask.text("own", t("Other points? One a line."), skip=t("No more points"), label=t("Other points"), max_length=1000)
    words = tuple(line.strip() for line in (own or "").splitlines() if line.strip())
    if not ready and not words:
        ready = (OWN_WORDS,)
    return {code: ready_made(code, rules) for code in ready}, words


def whole(ready: Mapping[str, Text], words: Sequence[str]) -> SummaryRow:
    """The agenda as it is going to be, for whoever looks over what they have answered."""
    last = [ready[NEXT_MEETING]] if NEXT_MEETING in ready else []
    lines = [*(each for code, each in ready.items() if code != NEXT_MEETING), *map(verbatim, words), *last]
    points = joined(*(t("– {line}", line=each) for each in lines), by="\n")
    return SummaryRow("agenda/whole", t("Agenda"), Text("\n{points}", {"points": points}))


async def elsewhere(ask: Ask) -> Text:
    """Where professionals discuss what is for professionals alone, as the profile says it (F15: Lund § 11.4)."""
    profile = await ask.look(TheProfile())
    return t("Do professionals need to discuss something among themselves? Do it here: {where}", where=profile.meetings.professional_talk)


def named(ready: Mapping[str, Text], words: Sequence[str]) -> dict[str, Text]:
    """The points of an agenda by the names that commands give them."""
    return dict(ready) | {each: verbatim(each if len(each) <= LONGEST else f"{each[:31]}…") for each in words}


async def ask_called_in(ask: Ask, people: Mapping[str, str], points: Mapping[str, Text]) -> tuple[CalledIn, ...]:
    """Who comes for single points, and for which. `people`: names by the member's number. With one point there is nothing to choose."""
    if not people or len(points) < 2:
        return ()
    options = {value: verbatim(name) for value, name in people.items()}
    prompt = t("Shall anyone come for only a part of the meeting?")
    chosen = await ask.choices("called_in", prompt, options, none=t("No, all of them for all of it"), label=t("Only for a part"))
    return await ask_points(ask, {value: people[value] for value in chosen}, points)


async def ask_points(ask: Ask, people: Mapping[str, str], points: Mapping[str, Text]) -> tuple[CalledIn, ...]:
    """For which points each of these comes. They read of those points alone, in the invitation and in the minutes."""
    # What somebody wrote can be long, and its place is as good a name for an answer.
    names, options = list(points), {str(place): words for place, words in enumerate(points.values())}
    found = []
    for value, name in people.items():
        prompt = t("Which points does {name} come for?", name=name)
        chosen = await ask.choices(f"for/{value}", prompt, options, none=t("All of it"), label=t("Comes for"))
        found.append(CalledIn(member=MemberId(int(value)), points=tuple(names[int(each)] for each in chosen)))
    return tuple(found)
