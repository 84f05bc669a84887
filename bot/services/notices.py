"""Telling people.

Here: one way to tell one person something, whatever chat they have and whatever may pass through it. Not here: who is told what; the
service where it happened says so. Guarantees: what may not pass is never put in the outbox; whoever cannot be told in the chat becomes
a task at KE, so that nobody is left untold.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.domain.access import Role
from bot.domain.cases import TaskKind
from bot.domain.choices import PrivacyLevel
from bot.domain.ids import CaseId, PersonId
from bot.domain.incoming import AccountId
from bot.domain.outgoing import Button, Lane, MessageClass, SendMessage
from bot.domain.people import Person
from bot.domain.privacy import level_for, passes
from bot.engine.questions import Sensitivity
from bot.engine.texts import Language, Text, t, verbatim
from bot.phone import readable
from bot.services.municipality import Context
from bot.store import cases, keyboards, outbox, people, tasks
from bot.store.seal import KeyOwner

BUTTONS_LIVE: Final = timedelta(days=60)
STAFF: Final = frozenset({Role.KE, Role.KE_LEADER, Role.LEADER, Role.COORDINATOR, Role.REPORTER})
LONGEST_LABEL: Final = 60


@dataclass(frozen=True, kw_only=True, slots=True)
class NoticeButton:
    """A button under a notice; it works weeks later, and what it does is checked when it is pressed."""

    label: Text
    meaning: Mapping[str, object]


def begin(label: Text, conversation: str, **given: int | str) -> NoticeButton:
    """A button that begins a conversation."""
    return NoticeButton(label=label, meaning={"begin": conversation, "given": {name: str(value) for name, value in given.items()}})


def act(label: Text, command: str, **args: int | str | bool | None) -> NoticeButton:
    """A button that carries a command of its own."""
    return NoticeButton(label=label, meaning={"act": command, "args": args})


def level_of(context: Context, person: Person) -> PrivacyLevel:
    """What may pass through Telegram to this person."""
    return level_for(context.municipality.level, staff=bool(person.roles & STAFF))


def short(label: str) -> str:
    """A label that fits on a button."""
    return label if len(label) <= LONGEST_LABEL else label[: LONGEST_LABEL - 1].rstrip() + "…"


def keyboard(
    context: Context, account: AccountId, rows: Sequence[Sequence[NoticeButton]], language: Language, *, until: datetime
) -> tuple[str | None, tuple[tuple[Button, ...], ...]]:
    """Store what the buttons mean; the token, and the buttons as they leave."""
    if not rows:
        return None, ()
    token = keyboards.new_token()
    flat = [button for row in rows for button in row]
    keyboards.store(context.tx, token, [button.meaning for button in flat], account=account, session=None, key=None, expires_at=until)
    place = iter(range(len(flat)))
    words = context.municipality.words
    return token, tuple(
        tuple(Button(label=short(words(button.label, language, context.tx.now)), data=keyboards.data(token, next(place))) for button in row)
        for row in rows
    )


def tell(
    context: Context,
    who: PersonId,
    text: Text,
    *,
    sensitivity: Sensitivity = Sensitivity.PERSONAL,
    message_class: MessageClass = MessageClass.RIGHTS,
    case: CaseId | None = None,
    buttons: Sequence[NoticeButton] = (),
    dedupe_key: str | None = None,
    useful_until: datetime | None = None,
) -> None:
    """Tell one person something, in their own language: in the chat if it may pass there, else by a neutral notice and a task at KE."""
    tx, person = context.tx, people.person(context.tx, who)
    level = level_of(context, person)
    owner = KeyOwner("case", case) if case is not None else KeyOwner("person", who)
    number = cases.get(tx, case).number if case is not None else None
    if person.account is not None and passes(level, sensitivity):
        words = context.municipality.words(text, person.language, tx.now)
        token, rows = keyboard(context, person.account, [[button] for button in buttons], person.language, until=tx.now + BUTTONS_LIVE)
        row = outbox.enqueue(
            tx,
            SendMessage(text=words, rows=rows),
            account=person.account,
            lane=Lane.NOTICE,
            message_class=message_class,
            owner=owner,
            case=case,
            number=number,
            dedupe_key=dedupe_key,
            useful_until=useful_until,
        )
        if token is not None:
            keyboards.stands_under(tx, token, row)
        return
    if person.account is not None and level is not PrivacyLevel.OFF:
        _neutral(context, person, case, number, owner, message_class, dedupe_key)
    if message_class is MessageClass.RIGHTS:
        _by_phone(context, person, text, case, dedupe_key)


def _neutral(
    context: Context,
    person: Person,
    case: CaseId | None,
    number: int | None,
    owner: KeyOwner,
    message_class: MessageClass,
    dedupe_key: str | None,
) -> None:
    """Only that there is something, from whom, and a number: it says nothing about why."""
    profile = context.municipality.profile
    phone = context.municipality.phone
    name = profile.municipality.display_name
    text = t("You have a new message from {municipality}, no. {number}.", municipality=name, number=str(number)) if number else None
    text = text or t("You have a new message from {municipality}.", municipality=name)
    if phone:
        text = t("{message} Please phone us on {phone}.", message=text, phone=phone)
    assert person.account is not None
    outbox.enqueue(
        context.tx,
        SendMessage(text=context.municipality.words(text, person.language, context.tx.now)),
        account=person.account,
        lane=Lane.NOTICE,
        message_class=message_class,
        owner=owner,
        case=case,
        number=number,
        dedupe_key=dedupe_key,
    )


def _by_phone(context: Context, person: Person, text: Text, case: CaseId | None, dedupe_key: str | None) -> None:
    words = context.municipality.words(text, person.language, context.tx.now)
    tasks.add(
        context.tx,
        TaskKind.REACH_BY_PHONE,
        due_on=context.municipality.calendar.next_working_day(context.today),
        case=case,
        words="\n".join(part for part in (person.name, person.phone and readable(person.phone, person.language), words) if part),
        dedupe_key=f"reach/{dedupe_key}" if dedupe_key else None,
    )


def tell_ke(
    context: Context, text: Text, *, case: CaseId | None = None, buttons: Sequence[NoticeButton] = (), dedupe_key: str | None = None
) -> None:
    """Tell everybody at KE who has a chat. KE's list is the task table, so nobody is phoned about this."""
    for who in people.with_role(context.tx, Role.KE, Role.KE_LEADER):
        if who != context.actor:
            key = f"{dedupe_key}/{who}" if dedupe_key else None
            tell(context, who, text, case=case, buttons=buttons, dedupe_key=key, message_class=MessageClass.REMINDER)


def tell_parties(
    context: Context,
    case: CaseId,
    text: Text,
    *,
    sensitivity: Sensitivity = Sensitivity.PERSONAL,
    buttons: Sequence[NoticeButton] = (),
    dedupe_key: str | None = None,
    useful_until: datetime | None = None,
    but_not_reporters: bool = False,
    relatives_too: bool = False,
) -> None:
    """Tell the person and those who act for the person; reporters too, unless what is told is none of their business.

    `relatives_too`: a relative who applied arranges the talk with us, so times are told to them as well. Where nobody is left to tell,
    it becomes a task at KE: the person has to be reached another way.
    """
    outside = {Role.REPORTER} if relatives_too else {Role.REPORTER, Role.RELATIVE}
    told = {person for person, role in cases.parties(context.tx, case) if not (but_not_reporters and role in outside)}
    for who in sorted(told):
        key = f"{dedupe_key}/{who}" if dedupe_key else None
        tell(context, who, text, sensitivity=sensitivity, case=case, buttons=buttons, dedupe_key=key, useful_until=useful_until)
    if not told:
        _to_nobody(context, case, text, dedupe_key)


def _to_nobody(context: Context, case: CaseId, text: Text, dedupe_key: str | None) -> None:
    """None of the parties may be told, as where someone reported at work: KE reaches the person as the report says."""
    content = cases.content(context.tx, case)
    language = cases.get(context.tx, case).language
    words = context.municipality.words(text, language, context.tx.now)
    details = readable(content.reach_details, language) if content.reach == "phone" and content.reach_details else content.reach_details
    tasks.add(
        context.tx,
        TaskKind.REACH_BY_PHONE,
        due_on=context.municipality.calendar.next_working_day(context.today),
        case=case,
        words="\n".join(part for part in (content.subject_name, details, words) if part),
        dedupe_key=f"reach/{dedupe_key}" if dedupe_key else None,
    )


def tell_reporters(context: Context, case: CaseId, text: Text, *, dedupe_key: str) -> None:
    """Tell those who reported but may not see what is in the case: only that something has happened."""
    for who in sorted({person for person, role in cases.parties(context.tx, case) if role in {Role.REPORTER, Role.RELATIVE}}):
        tell(context, who, text, case=case, dedupe_key=f"{dedupe_key}/{who}")


def named(person: Person, unknown: Text) -> Text:
    """A person's name, or other words where there is none."""
    return verbatim(person.name) if person.name else unknown
