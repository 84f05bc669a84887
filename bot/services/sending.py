"""The one door to the chats: everything that leaves goes through here into the outbox.

Here: messages, edits, deletions and answers to presses, as rows of the outbox. Not here: what may pass (`bot.services.passage`), nor who is
told what. Guarantees: below `full` words leave only through functions that take no words from anybody; at `off` nothing leaves but
deletions, the end of a button's waiting sign, and where to turn when life is in danger.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.domain.choices import PrivacyLevel
from bot.domain.danger import danger_answer
from bot.domain.ids import PersonId, SessionId
from bot.domain.incoming import AccountId
from bot.domain.outgoing import AnswerPress, Button, DeleteMessage, EditMessage, Lane, LeaveChat, MessageClass, Outgoing, SendMessage
from bot.domain.passing import Passable
from bot.engine.questions import Sensitivity
from bot.engine.texts import Language, Text, t
from bot.services.municipality import Context, Municipality
from bot.services.passage import Buttons, ClosedMessage, Line, Message, OpenMessage, Page, message
from bot.store import hand_overs, keyboards, outbox
from bot.store.database import Tx
from bot.store.fleeting import Fleeting
from bot.store.seal import UNIT, KeyOwner

# Telegram takes 4096 characters; some room is left for what an edit adds.
LONGEST: Final = 3800
LONGEST_LABEL: Final = 60
LONGEST_TOAST: Final = 200
HIDDEN: Final = t("This cannot be shown in this chat.")


@dataclass(frozen=True, kw_only=True, slots=True)
class To:
    """Who it goes to and how it travels. Nothing of it is shown to anybody."""

    account: AccountId
    person: PersonId
    language: Language
    level: PrivacyLevel
    owner: KeyOwner
    lane: Lane = Lane.PRESS
    message_class: MessageClass = MessageClass.ANSWER
    case: int | None = None
    number: int | None = None
    dedupe_key: str | None = None
    useful_until: datetime | None = None
    not_before: datetime | None = None
    """At once where it is None."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Pressing:
    """What the buttons mean: kept here, and named outside by a random token. `token` is that of a message whose buttons change."""

    expires_at: datetime
    session: SessionId | None = None
    key: str | None = None
    token: str | None = None


def send(context: Context, to: To, what: Message, buttons: Buttons = (), pressing: Pressing | None = None) -> int | None:
    """Put a message in the outbox; the row that holds its buttons, or None where it was there before."""
    token = _token(buttons, pressing)
    row = _send_closed(context, to, what, token) if isinstance(what, ClosedMessage) else _send_open(context, to, what, token)
    if token is not None and pressing is not None:
        keyboards.store(
            context.tx,
            token.token,
            _meanings(buttons),
            account=to.account,
            session=pressing.session,
            key=pressing.key,
            expires_at=pressing.expires_at,
            outbox=row,
        )
    return row


def _token(buttons: Buttons, pressing: Pressing | None) -> "_Token | None":
    """The token that the buttons will carry; None where none is to be pressed."""
    return None if pressing is None or not _meanings(buttons) else _Token(pressing.token or keyboards.new_token())


def _meanings(buttons: Buttons) -> list[keyboards.Meaning]:
    return [button.meaning for row in buttons for button in row if button.page is None]


class _Token:
    """A random token that was made here, and the places of a message's buttons one after the other."""

    def __init__(self, token: str) -> None:
        self.token, self._place = token, 0

    def next(self) -> str:
        self._place += 1
        return keyboards.data(self.token, self._place - 1)


def _send_closed(context: Context, to: To, what: ClosedMessage, token: _Token | None) -> int | None:
    words, rows = _closed(context, to, what, token)
    return _leave_in_pieces(context.tx, to, words, rows, what.quiet, fleeting=what.fleeting, until=what.until)


def _closed(context: Context, to: To, what: ClosedMessage, token: _Token | None) -> tuple[str, tuple[tuple[Button, ...], ...]]:
    """The words and buttons of a closed message, made here of nothing but what it holds."""
    vocabulary = context.municipality.vocabulary(context.today)

    def shown(passable: Passable) -> str:
        return context.municipality.words(vocabulary.text(passable), to.language, context.tx.now)

    rows = tuple(tuple(_button(context, to, shown(key.label), key.page, token) for key in row) for row in what.keys)
    return shown(what.body), rows


def _open(context: Context, to: To, what: OpenMessage, token: _Token | None) -> tuple[str, tuple[tuple[Button, ...], ...]]:
    """The words and buttons of a message at `full`. Raises `ValueError` at any other level."""
    if to.level is not PrivacyLevel.FULL:
        raise ValueError("an open message below full")

    def shown(text: Text) -> str:
        return context.municipality.words(text, to.language, context.tx.now)

    return shown(what.body), tuple(tuple(_button(context, to, shown(key.label), key.page, token) for key in row) for row in what.keys)


def _send_open(context: Context, to: To, what: OpenMessage, token: _Token | None) -> int | None:
    words, rows = _open(context, to, what, token)
    return _leave_in_pieces(context.tx, to, words, rows, what.quiet)


def _button(context: Context, to: To, label: str, page: Page | None, token: _Token | None) -> Button:
    if page is None:
        assert token is not None
        return Button(label=short(label), data=token.next())
    address = context.municipality.page_url
    assert address is not None
    if not page.hand_over:
        return Button(label=short(label), url=address)
    code = hand_overs.issue(context.tx, to.person, account=to.account, session=page.session)
    return Button(label=short(label), url=f"{address}{hand_overs.PATH}{code}")


def short(label: str) -> str:
    """A label that fits on a button."""
    return label if len(label) <= LONGEST_LABEL else label[: LONGEST_LABEL - 1].rstrip() + "…"


def pieces(words: str) -> Iterator[str]:
    """Words in pieces that fit into a message, cut between paragraphs, lines or words."""
    while len(words) > LONGEST:
        cut = max(words.rfind(mark, LONGEST // 2, LONGEST) for mark in ("\n\n", "\n", " "))
        cut = LONGEST if cut <= 0 else cut
        yield words[:cut].rstrip()
        words = words[cut:].lstrip()
    yield words


def _leave_in_pieces(
    tx: Tx,
    to: To,
    words: str,
    rows: tuple[tuple[Button, ...], ...],
    quiet: bool,
    *,
    fleeting: bool = False,
    until: datetime | None = None,
) -> int | None:
    *before, last = pieces(words)
    for place, piece in enumerate(before):
        key = f"{to.dedupe_key}/part{place}" if to.dedupe_key else None
        _leave(tx, to, SendMessage(text=piece, quiet=quiet), key, fleeting=fleeting, until=until)
    return _leave(tx, to, SendMessage(text=last, rows=rows, quiet=quiet), to.dedupe_key, fleeting=fleeting, until=until)


def _leave(
    tx: Tx, to: To, outgoing: Outgoing, key: str | None = None, *, fleeting: bool = False, until: datetime | None = None
) -> int | None:
    return outbox.enqueue(
        tx,
        outgoing,
        account=to.account,
        lane=to.lane,
        message_class=to.message_class,
        owner=to.owner,
        case=to.case,
        number=to.number,
        dedupe_key=key,
        useful_until=to.useful_until,
        due_at=to.not_before,
        fleeting=fleeting,
        fleeting_until=until,
    )


def edit(context: Context, to: To, of: int, what: Message, buttons: Buttons = (), pressing: Pressing | None = None) -> None:
    """Let the message of that outbox row say this from now on; `pressing` names the token of its buttons. Too long: it stays as it is."""
    token = _token(buttons, pressing)
    if token is not None:
        keyboards.replace(context.tx, token.token, _meanings(buttons))
    fleeting = isinstance(what, ClosedMessage) and what.fleeting
    words, rows = _closed(context, to, what, token) if isinstance(what, ClosedMessage) else _open(context, to, what, token)
    if len(words) <= LONGEST:
        _leave(context.tx, to, EditMessage(of=of, text=words, rows=rows), fleeting=fleeting)


def without_buttons(tx: Tx, to: To, of: int) -> None:
    """Take the buttons from the message of that outbox row: what they ask has been answered."""
    _leave(tx, to, EditMessage(of=of, text=None))


def delete(context: Context, to: To, message_id: int) -> None:
    """Take somebody's own message out of the chat, at any level."""
    _leave(context.tx, to, DeleteMessage(message_id=message_id))


def take_away(tx: Tx, row: Fleeting, until: datetime) -> None:
    """Take a message of ours out of the chat, if that can be done before `until`."""
    outbox.enqueue(
        tx,
        DeleteMessage(of=row.id),
        account=row.account,
        chat=row.chat,
        lane=Lane.NOTICE,
        message_class=MessageClass.REMINDER,
        owner=row.owner,
        dedupe_key=f"fleeting/{row.id}",
        useful_until=until,
    )


def toast(context: Context, to: To, press_id: str, text: Text | None = None, *, alert: bool = False) -> None:
    """End the waiting sign of a pressed button. A word that may not pass is left away; the sign ends all the same."""
    what = None if text is None else message(context, to.level, [Line(text)])
    if what is None and text is not None and to.level is not PrivacyLevel.OFF:
        what = message(context, to.level, [Line(HIDDEN)])
    if what is None:
        _leave(context.tx, to, AnswerPress(press_id=press_id))
        return
    words, _ = _closed(context, to, what, None) if isinstance(what, ClosedMessage) else _open(context, to, what, None)
    _leave(context.tx, to, AnswerPress(press_id=press_id, text=words[:LONGEST_TOAST], alert=alert))


def danger(context: Context, to: To) -> None:
    """Where to turn when life is in danger: at every level, `off` too."""
    level = PrivacyLevel.NOTICE if to.level is PrivacyLevel.OFF else to.level
    what = message(context, level, [Line(danger_answer(), Sensitivity.PUBLIC)])
    assert what is not None
    send(context, to, what)


def end_press(tx: Tx, press_id: str, chat: int = 0) -> None:
    """End the waiting sign of a button, for somebody we do not know."""
    outbox.enqueue(
        tx, AnswerPress(press_id=press_id), account=None, chat=chat, lane=Lane.PRESS, message_class=MessageClass.ANSWER, owner=UNIT
    )


def leave_group(tx: Tx, municipality: Municipality, group: int) -> None:
    """In a group: one neutral sentence, and out. Once an hour, however much is written there meanwhile."""
    sentence = t("I only talk with one person at a time. Please write to me directly.")
    said = SendMessage(text=municipality.words(sentence, municipality.profile.municipality.language, tx.now))
    silent = municipality.level is PrivacyLevel.OFF
    leaving: tuple[tuple[str, Outgoing], ...] = (("leave", LeaveChat()),) if silent else (("say", said), ("leave", LeaveChat()))
    for name, outgoing in leaving:
        outbox.enqueue(
            tx,
            outgoing,
            account=None,
            chat=group,
            lane=Lane.NOTICE,
            message_class=MessageClass.ANSWER,
            owner=UNIT,
            dedupe_key=f"group/{group}/{tx.now:%Y%m%d%H}/{name}",
        )
