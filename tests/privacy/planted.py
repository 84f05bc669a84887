"""Leaks made on purpose: each is a mistake that somebody could make, put in at a seam of the program.

Here: the mistakes. Not here: the story they are made in and the search. Each leaks a secret that the story has planted.
"""

import base64
import gzip
import hashlib
from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final
from urllib.parse import quote

import pytest

from bot.domain.choices import PrivacyLevel
from bot.domain.incoming import TextTyped
from bot.domain.outgoing import AnswerPress, Button, Lane, MessageClass, Outgoing, SendMessage
from bot.engine.texts import Text
from bot.services import delivery, incoming, passage, sending, texts_typed
from bot.store import cases, keyboards, outbox, people
from bot.store.database import Tx
from bot.store.seal import UNIT
from tests.privacy.made_up import Secrets

NEED: Final = Secrets()("recipient: need")
NAME: Final = Secrets()("recipient: name")
PHONE: Final = Secrets().phone("recipient: phone")
Plant = Callable[[pytest.MonkeyPatch], None]
PLANTED: Final[dict[str, Plant]] = {}


def leak(plant: Plant) -> Plant:
    """Put it in the list, under its name in words."""
    PLANTED[plant.__name__.replace("_", " ")] = plant
    return plant


def around(patch: pytest.MonkeyPatch, where: Any, name: str, change: Callable[..., Any]) -> None:
    """Let `change` be called with the original and its arguments."""
    original = getattr(where, name)
    patch.setattr(where, name, lambda *args, **named: change(original, *args, **named))


def in_each_message(patch: pytest.MonkeyPatch, words: Callable[[Tx, sending.To], str | None]) -> None:
    """Something more at the end of every message."""

    def more(original: Any, tx: Tx, to: sending.To, text: str, *rest: Any, **named: Any) -> Any:
        extra = words(tx, to)
        return original(tx, to, f"{text} {extra}" if extra else text, *rest, **named)

    around(patch, sending, "_leave_in_pieces", more)


@leak
def a_template_with_a_name(patch: pytest.MonkeyPatch) -> None:
    in_each_message(patch, lambda tx, to: people.person(tx, to.person).name)


@leak
def a_template_with_a_phone_number(patch: pytest.MonkeyPatch) -> None:
    in_each_message(patch, lambda tx, to: people.person(tx, to.person).phone)


@leak
def a_template_with_what_a_case_is_about(patch: pytest.MonkeyPatch) -> None:
    in_each_message(patch, lambda tx, to: None if to.case is None else cases.content(tx, to.case).need)  # type: ignore[arg-type]


@leak
def the_name_backwards(patch: pytest.MonkeyPatch) -> None:
    in_each_message(patch, lambda tx, to: (people.person(tx, to.person).name or "")[::-1])


@leak
def a_fingerprint_of_the_name(patch: pytest.MonkeyPatch) -> None:
    in_each_message(patch, lambda tx, to: hashlib.sha256((people.person(tx, to.person).name or "").encode()).hexdigest())


@leak
def an_old_fingerprint_of_the_name(patch: pytest.MonkeyPatch) -> None:
    name = "md5"
    in_each_message(patch, lambda tx, to: hashlib.new(name, (people.person(tx, to.person).name or "").encode()).hexdigest())


@leak
def the_level_is_forgotten(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(delivery, "level_of", lambda *_: PrivacyLevel.FULL)


@leak
def only_notices_forget_the_level(patch: pytest.MonkeyPatch) -> None:
    def forgotten(original: Any, context: Any, way: Any, *rest: Any, **named: Any) -> Any:
        return original(context, replace(way, level=PrivacyLevel.FULL), *rest, **named)

    around(patch, delivery, "message", forgotten)
    around(patch, sending, "_open", lambda original, context, to, *rest: original(context, replace(to, level=PrivacyLevel.FULL), *rest))


@leak
def a_button_carries_words(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(keyboards, "data", lambda _token, place: f"{NAME}.{place}")


@leak
def a_button_bears_a_name(patch: pytest.MonkeyPatch) -> None:
    around(
        patch,
        sending,
        "_button",
        lambda original, c, to, label, *rest: original(c, to, f"{label} {people.person(c.tx, to.person).name}", *rest),
    )


@leak
def a_link_carries_a_name(patch: pytest.MonkeyPatch) -> None:
    def named(original: Any, context: Any, to: sending.To, label: str, page: Any, token: Any) -> Button:
        made: Button = original(context, to, label, page, token)
        return made if made.url is None else replace(made, url=f"{made.url}?for={quote(people.person(context.tx, to.person).name or '')}")

    around(patch, sending, "_button", named)


@leak
def a_link_carries_packed_words(patch: pytest.MonkeyPatch) -> None:
    packed = base64.urlsafe_b64encode(gzip.compress(NEED.encode() * 3)).decode().rstrip("=")

    def with_words(original: Any, *args: Any) -> Button:
        made: Button = original(*args)
        return made if made.url is None else replace(made, url=f"{made.url}#{packed}")

    around(patch, sending, "_button", with_words)


@leak
def what_is_typed_is_repeated(patch: pytest.MonkeyPatch) -> None:
    def repeated(original: Any, context: Any, update: TextTyped) -> None:
        original(context, update)
        _say(context.tx, context.account, f"Du skrev: {update.text}")

    around(patch, texts_typed, "_to_ke", repeated)


def _say(tx: Tx, account: Any, words: str) -> None:
    outbox.enqueue(tx, SendMessage(text=words), account=account, lane=Lane.PRESS, message_class=MessageClass.ANSWER, owner=UNIT)


@leak
def a_fault_is_told_with_the_answer(patch: pytest.MonkeyPatch) -> None:
    def told(original: Any, tx: Tx, municipality: Any, update: Any, fault: Exception) -> None:
        original(tx, municipality, update, fault)
        _say(tx, update.account.id, f"Feil: {fault}")

    around(patch, incoming, "_set_aside", told)


@leak
def an_unknown_command_is_repeated(patch: pytest.MonkeyPatch) -> None:
    def repeated(original: Any, context: Any, name: str, argument: str) -> None:
        original(context, name, argument)
        _say(context.tx, context.account, f"Kjenner ikke {argument}")

    around(patch, incoming, "command", repeated)


@leak
def a_press_is_answered_with_a_name(patch: pytest.MonkeyPatch) -> None:
    def named(original: Any, tx: Tx, to: Any, outgoing: Outgoing, *rest: Any, **more: Any) -> Any:
        if isinstance(outgoing, AnswerPress):
            outgoing = replace(outgoing, text=people.person(tx, to.person).name)
        return original(tx, to, outgoing, *rest, **more)

    around(patch, sending, "_leave", named)


@leak
def the_closed_set_takes_any_word(patch: pytest.MonkeyPatch) -> None:
    def anything(original: Any, context: Any, level: Any, lines: Any, *rest: Any, **named: Any) -> Any:
        made = original(context, level, lines, *rest, **named)
        return made or passage.OpenMessage(body=Text("{words}", {"words": lines[0].text}))

    around(patch, passage, "message", anything)
    around(patch, sending, "_open", lambda original, context, to, *rest: original(context, replace(to, level=PrivacyLevel.FULL), *rest))
