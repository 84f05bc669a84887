"""What may pass: from texts and buttons to a message, by the level of the one it goes to.

Here: the two kinds of message. Not here: the sending (`bot.services.sending`), nor who is told what. Guarantees: below `full` a message is
made of what `bot.domain.passing` can say, and of nothing else; what cannot be said so is held back, and an operator sees it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.choices import PrivacyLevel
from bot.domain.ids import MeetingId, SessionId
from bot.domain.passing import Passable, paragraphs
from bot.domain.privacy import passes
from bot.engine.questions import Sensitivity
from bot.engine.texts import Text, joined
from bot.services.municipality import Context
from bot.store import alarms
from bot.store.database import Tx


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """A way to the secure page: its address alone, or with a one-time code that goes on where the chat may not.

    `answers`: only in an e-mail, a personal link by which its reader says whether that meeting's time suits.
    """

    hand_over: bool = False
    session: SessionId | None = None
    answers: MeetingId | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class NoticeButton:
    """A button under a message; it works weeks later, and what it does is checked when it is pressed. With `page` it opens the page."""

    label: Text
    meaning: Mapping[str, object]
    page: Page | None = None


Buttons = Sequence[Sequence[NoticeButton]]


@dataclass(frozen=True, slots=True)
class Line:
    """A part of a message, with what it tells about the reader."""

    text: Text
    sensitivity: Sensitivity = Sensitivity.NEUTRAL


@dataclass(frozen=True, kw_only=True, slots=True)
class ClosedKey:
    """A button below `full`. Without `page` it is pressed, and carries a random token."""

    label: Passable
    page: Page | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ClosedMessage:
    """A message below `full`. `fleeting`: it holds a time or a place, and is taken away again, at the latest when `until` is past."""

    body: Passable
    keys: tuple[tuple[ClosedKey, ...], ...] = ()
    quiet: bool = False
    fleeting: bool = False
    until: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenMessage:
    """A message at `full`, where all people are made up."""

    body: Text
    keys: tuple[tuple[NoticeButton, ...], ...] = ()
    quiet: bool = False


Message = ClosedMessage | OpenMessage


def message(
    context: Context,
    level: PrivacyLevel,
    lines: Sequence[Line],
    buttons: Buttons = (),
    *,
    about: Sensitivity = Sensitivity.NEUTRAL,
    quiet: bool = False,
    until: datetime | None = None,
) -> Message | None:
    """A message for someone at this level, or None where it may not pass. `about`: what the words on the buttons tell."""
    if level is PrivacyLevel.FULL:
        return OpenMessage(body=joined(*(line.text for line in lines)), keys=tuple(map(tuple, buttons)), quiet=quiet)
    if not all(passes(level, each) for each in (about, *(line.sensitivity for line in lines))):
        return None
    vocabulary = context.municipality.vocabulary(context.today)
    found = [vocabulary.passable(line.text, line.sensitivity) for line in lines]
    body = [each for each in found if each is not None]
    labels = [[vocabulary.passable(button.label, about) for button in row] for row in buttons]
    if len(body) < len(found) or any(label is None for row in labels for label in row):
        held_back(context.tx)
        return None
    keys = tuple(
        tuple(ClosedKey(label=label, page=button.page) for label, button in zip(*pair, strict=True) if label is not None)
        for pair in zip(labels, buttons, strict=True)
    )
    told = max((about, *(line.sensitivity for line in lines)), default=Sensitivity.NEUTRAL)
    return ClosedMessage(body=paragraphs(body), keys=keys, quiet=quiet, fleeting=told is Sensitivity.PRACTICAL, until=until)


def held_back(tx: Tx) -> None:
    """A text says that it may pass and is not made so: somebody must mend it. Nothing of it is repeated."""
    alarms.raise_alarm(tx, "text_held_back", "a text that was to pass through Telegram is not in the closed set")
