"""Questions about standing in and taking over that wait for an answer, as lines beside the questions of an appointment.

Here: the lines and where they lead. Requirement rows: N02, N04, N05, N17.
"""

from bot.domain.change_queries import AskedOfMe
from bot.engine.ask import Ask
from bot.engine.texts import t
from conversations.change_answer import change_answer_in
from conversations.change_leader import change_leader_in
from conversations.picking import Line
from conversations.substitute_answer import substitute_answer_to


def key_of(asked: AskedOfMe) -> str:
    """What the line is called among the others."""
    if asked.substitute is not None:
        return f"substitute_{asked.substitute}"
    return f"change_{asked.change}" if asked.ask is None else f"ask_{asked.ask}"


def line_of(asked: AskedOfMe) -> Line:
    """What it is about, by initials and number."""
    number = str(asked.number)
    if asked.substitute is not None:
        return Line(value=key_of(asked), button=t("Stand in: {initials}, no. {number}", initials=asked.initials, number=number))
    if asked.ask is not None:
        return Line(value=key_of(asked), button=t("Take over: {initials}, no. {number}", initials=asked.initials, number=number))
    return Line(value=key_of(asked), button=t("New coordinator: {initials}, no. {number}", initials=asked.initials, number=number))


async def answer_one(ask: Ask, asked: AskedOfMe) -> None:
    """The question itself."""
    if asked.substitute is not None:
        await substitute_answer_to(ask, asked.substitute)
    elif asked.ask is not None:
        await change_answer_in(ask, asked.case, asked.ask)
    else:
        await change_leader_in(ask, asked.case)
