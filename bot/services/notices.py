"""Telling people.

Here: one way to tell one person something, whatever chat they have and whatever may pass through it. Not here: who is told what; the
service where it happened says so. Guarantees: what may not pass is never put in the outbox; everything told can be read on the secure
page; whoever would not come to know becomes a task at KE, so that nobody is left untold.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from bot.domain.access import Role
from bot.domain.cases import BEFORE_DECISION
from bot.domain.choices import PrivacyLevel
from bot.domain.ids import CaseId, NoticeId, PersonId
from bot.domain.outgoing import Lane, MessageClass
from bot.domain.people import Person
from bot.domain.privacy import Reader, level_for
from bot.engine.questions import Sensitivity
from bot.engine.texts import Language, Text, t, verbatim
from bot.services import by_phone, due, hints, mailing, passage, sending
from bot.services.municipality import Context
from bot.services.passage import Line, NoticeButton
from bot.services.sending import Pressing, To, short
from bot.store import cases, channels, closings, people, standings
from bot.store import notices as store
from bot.store.channels import Channel
from bot.store.seal import KeyOwner

__all__ = ["NoticeButton", "short"]

BUTTONS_LIVE: Final = timedelta(days=60)
STAFF: Final = frozenset({Role.KE, Role.KE_LEADER, Role.LEADER, Role.COORDINATOR, Role.REPORTER})


def begin(label: Text, conversation: str, **given: int | str) -> NoticeButton:
    """A button that begins a conversation."""
    return NoticeButton(label=label, meaning={"begin": conversation, "given": {name: str(value) for name, value in given.items()}})


def act(label: Text, command: str, **args: int | str | bool | None) -> NoticeButton:
    """A button that carries a command of its own."""
    return NoticeButton(label=label, meaning={"act": command, "args": args})


def level_of(context: Context, person: Person) -> PrivacyLevel:
    """What may pass through Telegram to this person."""
    channel = channels.of(context.tx, person.id)
    reader = Reader(
        staff=bool(person.roles & STAFF),
        agreed=channel.practical,
        child=channels.child(context.tx, person.id),
        protected=channel.protected,
        own=channel.own,
    )
    return level_for(context.municipality.level, reader)


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
    over_at: datetime | None = None,
    hint_buttons: Sequence[NoticeButton] = (),
    enclosed: mailing.Enclosed | None = None,
) -> None:
    """Tell one person something, in their own language: all of it in the chat if it may pass there, else that there is something.

    It waits on the secure page whatever passes. Who has no chat gets it by e-mail, where there is an address (H08, H09). Where nobody would
    come to read it, KE gets a task to phone. After `over_at` a message with a time or a place in it is taken out of the chat again.
    `hint_buttons` stand under the hint, in neutral words. `enclosed`: the meeting it is about. Where a case is halted, nobody hears (P12).
    """
    tx, person = context.tx, people.person(context.tx, who)
    if case is not None and closings.halted(tx, case) is not None:
        return
    channel, level = channels.of(tx, who), level_of(context, person)
    owner = KeyOwner("case", case) if case is not None else KeyOwner("person", who)
    rows = [[button] for button in buttons]
    what = None if person.account is None else _message(context, level, [Line(text, sensitivity)], rows, sensitivity, channel, over_at)
    no_chat = person.account is None or level is PrivacyLevel.OFF
    address = mailing.address_of(context, person, case) if no_chat else None
    told: store.Told = "chat" if what is not None else "page" if no_chat and address is None else "hint"
    rights = message_class is MessageClass.RIGHTS and told != "chat"
    phone_now = rights and not _can_read(context, who, told)
    words = context.municipality.words(text, person.language, tx.now)
    notice = store.add(
        tx,
        who,
        words,
        owner=owner,
        message_class=message_class,
        told="phone" if phone_now else told,
        case=case,
        actions=[_action(context, button, person.language) for button in buttons],
        dedupe_key=dedupe_key,
    )
    if notice is None:
        return
    to = None if person.account is None else _to(context, person, level, useful_until, owner, message_class, case, dedupe_key)
    if address is not None:
        _mail(context, person, Line(text, sensitivity), address, message_class, owner, case, dedupe_key, useful_until or over_at, enclosed)
    elif what is None and to is not None and told == "hint":
        rows = [*hints.to_the_page(context), *([button] for button in hint_buttons)]
        what = _message(context, level, [Line(hints.hint(context, to.number))], rows, Sensitivity.NEUTRAL, channel, None)
    if what is not None and to is not None:
        sending.send(context, to, what, rows, Pressing(expires_at=tx.now + BUTTONS_LIVE))
    if phone_now:
        by_phone.tell(context, person, words, case, dedupe_key)
    elif rights:
        due.of_notice(tx, context.municipality, notice)


def _mail(
    context: Context,
    person: Person,
    line: Line,
    address: str,
    message_class: MessageClass,
    owner: KeyOwner,
    case: CaseId | None,
    dedupe_key: str | None,
    useful_until: datetime | None,
    enclosed: mailing.Enclosed | None,
) -> None:
    mailing.send(
        context,
        person,
        line.text,
        address=address,
        sensitivity=line.sensitivity,
        message_class=message_class,
        owner=owner,
        case=case,
        dedupe_key=dedupe_key,
        not_before=_morning(context),
        useful_until=useful_until,
        enclosed=enclosed,
    )


def _message(
    context: Context,
    level: PrivacyLevel,
    lines: Sequence[Line],
    rows: Sequence[Sequence[NoticeButton]],
    about: Sensitivity,
    channel: Channel,
    over_at: datetime | None,
) -> passage.Message | None:
    return passage.message(context, level, lines, rows, about=about, quiet=channel.muted, until=over_at)


def _can_read(context: Context, who: PersonId, told: store.Told) -> bool:
    """Will the person come to read it by themselves: by a hint in the chat, or because they log in?"""
    return context.municipality.page_url is not None and (told == "hint" or channels.logs_in(context.tx, who))


def _action(context: Context, button: NoticeButton, language: Language) -> store.NoticeAction:
    return store.NoticeAction(label=context.municipality.words(button.label, language, context.tx.now), meaning=button.meaning)


def _to(
    context: Context,
    person: Person,
    level: PrivacyLevel,
    useful_until: datetime | None,
    owner: KeyOwner,
    message_class: MessageClass,
    case: CaseId | None,
    dedupe_key: str | None,
) -> To:
    assert person.account is not None
    return To(
        account=person.account,
        person=person.id,
        language=person.language,
        level=level,
        owner=owner,
        lane=Lane.NOTICE,
        message_class=message_class,
        case=case,
        number=hints.number_of(context, case),
        dedupe_key=dedupe_key,
        useful_until=useful_until,
        not_before=_morning(context),
    )


def _morning(context: Context) -> datetime | None:
    """What the clock itself does at night is told in the hours people are written to; an answer to somebody comes at once."""
    if context.actor != 0:
        return None
    hours = context.municipality.profile.sending
    return context.municipality.calendar.sending_time(context.tx.now, earliest=hours.earliest, latest=hours.latest)


def mark_read(context: Context, notice: NoticeId) -> bool:
    """The person at the page has read one of their notices; whether that is new. Then KE need not phone about it."""
    if not store.mark_read(context.tx, context.actor, notice):
        return False
    due.of_notice(context.tx, context.municipality, notice)
    return True


def phone_unread(context: Context, notice: NoticeId) -> None:
    """A notice about rights has waited unread: KE is asked to phone."""
    found = store.find(context.tx, notice)
    if found is not None and found.read_at is None and found.told != "phone":
        store.to_phone(context.tx, notice)
        by_phone.tell(context, people.person(context.tx, found.person), found.words, found.case, f"notice/{notice}")


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
    over_at: datetime | None = None,
    but_not_reporters: bool = False,
    relatives_too: bool = False,
) -> None:
    """Tell the person and those who act for the person; reporters too, unless what is told is none of their business.

    Whoever says to be a parent or guardian is told like a relative once it is decided, until the unit has seen it (E03).
    `relatives_too`: a relative who applied arranges the talk with us, so times are told to them as well. Where nobody is left to tell,
    it becomes a task at KE: the person has to be reached another way.
    """
    outside = {Role.REPORTER} if relatives_too else {Role.REPORTER, Role.RELATIVE}
    if not relatives_too and cases.get(context.tx, case).state not in BEFORE_DECISION:
        outside.add(Role.APPLICANT)
    told = {person for person, role in standings.acting(context.tx, case) if not (but_not_reporters and role in outside)}
    for who in sorted(told):
        key = f"{dedupe_key}/{who}" if dedupe_key else None
        tell(
            context,
            who,
            text,
            sensitivity=sensitivity,
            case=case,
            buttons=buttons,
            dedupe_key=key,
            useful_until=useful_until,
            over_at=over_at,
        )
    if not told:
        _to_nobody(context, case, text, dedupe_key)


def _to_nobody(context: Context, case: CaseId, text: Text, dedupe_key: str | None) -> None:
    """None of the parties may be told, as where someone reported at work: KE reaches the person as the report says."""
    by_phone.reach(context, case, text, dedupe_key)
    phone = context.municipality.phone
    if cases.content(context.tx, case).reach == "chat" and phone and dedupe_key:
        # "Through me, here in Samråd": whoever reported is the only way to the person, and is asked to pass it on, never what it is.
        number = str(cases.get(context.tx, case).number)
        ask = t("Please tell the person in case {number} that we have news. They can phone us on {phone}.", number=number, phone=phone)
        tell_reporters(context, case, ask, dedupe_key=f"{dedupe_key}/through")


def tell_reporters(context: Context, case: CaseId, text: Text, *, dedupe_key: str) -> None:
    """Tell those who reported but may not see what is in the case: only that something has happened."""
    for who in sorted({person for person, role in cases.parties(context.tx, case) if role in {Role.REPORTER, Role.RELATIVE}}):
        tell(context, who, text, case=case, dedupe_key=f"{dedupe_key}/{who}")


def named(person: Person, unknown: Text) -> Text:
    """A person's name, or other words where there is none."""
    return verbatim(person.name) if person.name else unknown
