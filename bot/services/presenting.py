"""How a question looks in a chat: its words and its buttons, before anybody's language and before Telegram.

Here: questions to texts and buttons. Not here: sending (`bot.services.chat`). Guarantee: every question can be answered from what is
shown, and can be left by a button.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from bot.domain.reminders import OSLO
from bot.engine.questions import Kind, Option, Question
from bot.engine.replay import Turn
from bot.engine.texts import Text, joined, t
from bot.services.municipality import TIMES_OFFERED, Context
from bot.services.notices import NoticeButton

DAYS_OFFERED: Final = 6
Rows = tuple[tuple[NoticeButton, ...], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Shown:
    """A question as it is shown."""

    text: Text
    rows: Rows


def question(context: Context, turn: Turn, ticked: Sequence[str] = ()) -> Shown:
    """The question a turn asks, with its buttons."""
    asked = turn.asked
    assert asked is not None
    text = words(asked)
    if asked.kind is Kind.CHOICES:
        text = joined(text, t("You can choose several. Press Done when you are finished."))
    if turn.refused is not None:
        text = joined(turn.refused, text)
    return Shown(text=text, rows=(*_answers(context, asked, ticked), *_skip(asked), _leave(turn)))


def words(asked: Question) -> Text:
    """What is asked, below what has been answered where it is a summary."""
    lines = [t("{label}: {value}", label=row.label, value=row.value) for row in asked.rows]
    return joined(joined(*lines, by="\n"), asked.prompt) if lines else asked.prompt


def _button(label: Text, **meaning: object) -> NoticeButton:
    return NoticeButton(label=label, meaning=meaning)


def _answers(context: Context, asked: Question, ticked: Sequence[str]) -> Rows:
    match asked.kind:
        case Kind.CHOICE:
            return tuple((_button(option.label, answer=option.value),) for option in asked.options)
        case Kind.LANGUAGE:
            return (tuple(_button(option.label, answer=option.value) for option in asked.options),)
        case Kind.CHOICES:
            rows = tuple((_toggle(option, option.value in ticked),) for option in asked.options)
            return (*rows, (_button(t("Done"), done=True),)) if ticked else rows
        case Kind.CONFIRM:
            return ((_button(t("Yes"), answer=True), _button(t("No"), answer=False)),)
        case Kind.SUMMARY:
            change: Rows = ((_button(t("Change an answer"), change=True),),) if asked.rows else ()
            return ((_button(t("Yes, this is right"), answer=True),), *change)
        case Kind.DATE:
            return _days(context, asked)
        case Kind.TIME:
            times = [_button(Text("{time}", {"time": each}), answer=each.replace(".", ":")) for each in TIMES_OFFERED]
            return tuple(tuple(times[start : start + 4]) for start in range(0, len(times), 4))
        case Kind.TEXT:
            return ()


def _toggle(option: Option, ticked: bool) -> NoticeButton:
    return _button(Text("☑ {label}" if ticked else "☐ {label}", {"label": option.label}), toggle=option.value)


def _days(context: Context, asked: Question) -> Rows:
    """The coming working days, or for what has happened the last ones; other days can be typed."""
    if asked.offered is not None and asked.latest is not None and asked.latest <= context.today:
        return _days_back(context, min(asked.offered, asked.latest))
    calendar, day = (
        context.municipality.calendar,
        max(context.tx.now.astimezone(OSLO).date() + timedelta(days=1), asked.offered or asked.earliest or context.today),
    )
    rows = []
    for _ in range(DAYS_OFFERED):
        day = calendar.next_working_day(day)
        if asked.latest is not None and day > asked.latest:
            break
        rows.append((_button(Text("{day}", {"day": day}), answer=day.isoformat()),))
        day += timedelta(days=1)
    return tuple(rows)


def _days_back(context: Context, day: date) -> Rows:
    rows: list[tuple[NoticeButton, ...]] = []
    while len(rows) < DAYS_OFFERED:
        if context.municipality.calendar.is_working_day(day):
            rows.append((_button(Text("{day}", {"day": day}), answer=day.isoformat()),))
        day -= timedelta(days=1)
    return tuple(rows)


def _skip(asked: Question) -> Rows:
    return () if asked.skip is None else ((_button(asked.skip, skip=True),),)


def _leave(turn: Turn) -> tuple[NoticeButton, ...]:
    cancel = _button(t("Cancel"), cancel=True)
    return (_button(t("Back"), back=True), cancel) if turn.back is not None else (cancel,)


def changes(turn: Turn) -> Shown:
    """Which answer to change: one button for each."""
    asked = turn.asked
    keys = set(turn.changeable)
    rows = [row for row in (asked.rows if asked else ()) if row.key in keys]
    buttons = [(_button(row.label, change_key=row.key),) for row in rows]
    return Shown(text=t("Which answer do you want to change?"), rows=(*buttons, (_button(t("Nothing, go back"), show=True),)))
