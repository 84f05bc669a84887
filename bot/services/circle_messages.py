"""Short messages among those around a person (Ås, Enkelt samspill).

Here: writing, reading, and the view of one reader. Not here: who may read which (`bot.services.message_readers`). Guarantees: what is told
in a chat or an e-mail is that there is a message, never what stands in it; a member who may no longer know its kind reads it no more;
nothing is told outside the hours in which people are written to; a message is kept as long as the case.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final

from bot.domain.access import Action
from bot.domain.circle_messages import Message, MessagesView, MessageView, ReadMessages, TheMessages, WriteMessage
from bot.domain.consent import InfoKind
from bot.domain.ids import CaseId, MessageId, PersonId
from bot.domain.refusal import Refused
from bot.engine.ask import Command, Query
from bot.engine.texts import t
from bot.services import circle, notices
from bot.services.case_views import initials_of
from bot.services.message_readers import always_reading, members_reading, readers
from bot.services.municipality import EARLIER, NOT_YOURS, Context
from bot.services.visible import NOBODY, may_see
from bot.store import audit, cases
from bot.store import circle_messages as store
from bot.store import members as stored_members
from bot.store.names import known_as

SHOWN: Final = 10
LONGEST: Final = 500


def _kinds(context: Context, case: CaseId) -> frozenset[InfoKind]:
    """What the actor may write about: everything for the person's side and whoever coordinates, what they may know for a member."""
    if context.actor in always_reading(context, case):
        return frozenset(InfoKind)
    return may_see(context, case, context.actor) if context.may(Action.SEE_MESSAGES, case) else frozenset()


def write(context: Context, command: WriteMessage) -> None:
    """Send a message to those who may know that kind now; they are told that there is one."""
    context.require(Action.WRITE_MESSAGE, command.case)
    first = None if command.answers is None else store.find(context.tx, command.answers)
    kind = InfoKind(command.kind) if first is None else first.kind
    if kind not in _kinds(context, command.case) or len(command.words) > LONGEST:
        raise Refused(NOT_YOURS)
    if command.answers is not None and (first is None or first.case != command.case or not _mine(context, first)):
        raise Refused(EARLIER)
    if command.answer_by is not None and command.answer_by <= context.today:
        raise Refused(t("That day has passed. Choose a day to come."))
    receivers = frozenset(readers(context, command.case, kind)) - {context.actor}
    if not receivers:
        raise Refused(t("Nobody may read this now. Ask for consent first, or choose something else."))
    message = store.write(
        context.tx,
        command.case,
        command.words,
        kind,
        sender=context.actor,
        receivers=receivers,
        answer_by=command.answer_by,
        answers=command.answers,
    )
    audit.record(context.tx, "message.sent", actor=context.actor, case=command.case, message=message, kind=kind)
    _tell(context, command, kind, receivers, f"message/{message}")


def _tell(context: Context, command: WriteMessage, kind: InfoKind, receivers: frozenset[PersonId], key: str) -> None:
    # By the clock, not at once: a message from a colleague waits for the hours in which people are written to.
    quiet = replace(context, actor=NOBODY)
    number = str(cases.get(context.tx, command.case).number)
    text = t("You have a message in case {number}.", number=number)
    if command.answer_by is not None:
        text = t("You have a message in case {number}. Please answer by {day}.", number=number, day=command.answer_by)
    button = notices.begin(t("Read the message"), "circle_messages", case=command.case)
    told = circle.tell_members(quiet, command.case, text, kind, dedupe_key=key, buttons=[button], only=receivers)
    for person in sorted(receivers - {each.person for each in told}):
        notices.tell(quiet, person, text, case=command.case, buttons=[button], dedupe_key=f"{key}/{person}")


def _mine(context: Context, message: Message) -> bool:
    """May the actor read this message now?"""
    if context.actor in always_reading(context, message.case):
        return True
    part = message.sender == context.actor or context.actor in {each.person for each in message.receivers}
    return part and message.kind in may_see(context, message.case, context.actor)


def _shown(context: Context, case: CaseId, up_to: MessageId | None = None) -> list[Message]:
    """The newest of those the actor may read now, after as many older ones that they have not read; with `up_to`, of those up to it."""
    found = [each for each in store.of_case(context.tx, case) if (up_to is None or each.id <= up_to) and _mine(context, each)]
    unread = [each for each in found[:-SHOWN] if any(one.person == context.actor and one.read_at is None for one in each.receivers)]
    return [*unread[:SHOWN], *found[-SHOWN:]]


def read(context: Context, command: ReadMessages) -> None:
    """The sender sees that it was read."""
    context.require(Action.SEE_MESSAGES, command.case)
    store.read(context.tx, _shown(context, command.case, command.up_to), context.actor)
    audit.record_look(context.tx, "messages.read", actor=context.actor, case=command.case)


def the_messages(context: Context, query: TheMessages) -> MessagesView | None:
    """What the actor may read now, and may write."""
    if not context.may(Action.SEE_MESSAGES, query.case):
        return None
    found = _shown(context, query.case)
    kinds = _kinds(context, query.case) if context.may(Action.WRITE_MESSAGE, query.case) else frozenset()
    if not found and not kinds:
        return None
    fixed, writes = always_reading(context, query.case), []
    for kind in InfoKind:
        everybody = fixed | members_reading(context, query.case, kind) if kind in kinds else {}
        if names := tuple(name for person, name in everybody.items() if person != context.actor):
            writes.append((kind, names))
    return MessagesView(
        case=query.case,
        number=cases.get(context.tx, query.case).number,
        initials=initials_of(context, query.case),
        messages=tuple(_view(context, each) for each in found),
        writes=tuple(writes),
    )


def _view(context: Context, message: Message) -> MessageView:
    mine = message.sender == context.actor
    own = next((each for each in message.receivers if each.person == context.actor), None)
    names = {each.person: _name(context, message.case, each.person) for each in message.receivers}
    return MessageView(
        message=message.id,
        sender=_name(context, message.case, message.sender),
        mine=mine,
        kind=message.kind,
        words=message.words,
        sent_at=message.sent_at,
        answer_by=message.answer_by,
        asked=own is not None and message.answer_by is not None and own.answered_at is None,
        read=tuple(names[each.person] for each in message.receivers if each.read_at is not None) if mine else (),
        waiting=tuple(names[each.person] for each in message.receivers if each.read_at is None) if mine else (),
        answered=tuple(names[each.person] for each in message.receivers if each.answered_at is not None) if mine else (),
    )


def _name(context: Context, case: CaseId, person: PersonId) -> str:
    return stored_members.name_of(context.tx, case, person) or known_as(context.tx, case, person)


HANDLERS: Final[Mapping[type[Command[object]], Callable[[Context, Any], object]]] = {WriteMessage: write, ReadMessages: read}
ANSWERS: Final[Mapping[type[Query[object]], Callable[[Context, Any], object]]] = {TheMessages: the_messages}
