"""Choosing one line of a long list, or several, eight at a time.

Here: the paging. Not here: what is listed. Guarantee: every line of the list can be reached, however long it is, and
two lines that read the same have different numbers.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.engine.ask import Ask
from bot.engine.questions import Sensitivity
from bot.engine.texts import Text, joined, t

PAGE = 8
MORE = "+more"


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One line: the value chosen, the words on its button, and what the message says about it.

    `listed`: it is one of the list, with its number; what else one can do there has none.
    """

    value: str
    button: Text
    details: Text | None = None
    listed: bool = True


async def pick(ask: Ask, prompt: Text, lines: Sequence[Line], *, sensitivity: Sensitivity) -> str:
    """The value of the line chosen. `lines` is never empty. What else one can do there stands on every page, after its lines."""
    others = [line for line in lines if not line.listed]
    if len(lines) <= PAGE or len(others) == len(lines):
        others = []
    else:
        lines = [line for line in lines if line.listed]
    start = 0
    while True:
        page = [(place, line) for place, line in enumerate(lines, start=1) if start < place <= start + PAGE]
        options = {line.value: t("{place}. {line}", place=place, line=line.button) if line.listed else line.button for place, line in page}
        if start + PAGE < len(lines):
            options[MORE] = t("Show more")
        options |= {line.value: line.button for line in others}
        details = [t("{place}. {line}", place=place, line=line.details) for place, line in page if line.details]
        shown = joined(prompt, joined(*details, by="\n")) if details else prompt
        chosen = await ask.choice(f"page/{start // PAGE}", shown, options, sensitivity=sensitivity)
        if chosen != MORE:
            return chosen
        start += PAGE


async def pick_several(
    ask: Ask, key: str, prompt: Text, options: Mapping[str, Text], *, none: Text, label: Text | None = None
) -> tuple[str, ...]:
    """Any number of these, in their order. A long list comes page by page, and what is chosen on each page counts."""
    if len(options) <= PAGE:
        return await ask.choices(key, prompt, options, none=none, label=label)
    values, chosen = list(options), list[str]()
    pages = [values[start : start + PAGE] for start in range(0, len(values), PAGE)]
    for page, shown in enumerate(pages, start=1):
        chosen += await ask.choices(
            f"{key}/page/{page}",
            t("{prompt} Page {page} of {pages}.", prompt=prompt, page=page, pages=len(pages)),
            {value: options[value] for value in shown},
            none=none,
            label=label if label is None or page == 1 else t("{label}, page {page}", label=label, page=page),
        )
    return tuple(chosen)
