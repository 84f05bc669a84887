"""Telling people.

Here: one way to tell one person something, whatever chat they have and whatever may pass through it. Not here: who is told what; the
service where it happened says so. Guarantees: what may not pass is never put in the outbox; everything told can be read on the secure
page; whoever would not come to know becomes a task at KE, so that nobody is left untold.
"""

from collections.abc import Sequence
from datetime import datetime

from bot.domain.access import Role
from bot.domain.cases import BEFORE_DECISION
from bot.domain.ids import CaseId, NoticeId, PersonId
from bot.domain.outgoing import MessageClass
from bot.domain.people import Person
from bot.engine.questions import Sensitivity
from bot.engine.texts import Language, Text, t, verbatim
from bot.services import by_phone, delivery, due, mailing, sending_day
from bot.services.delivery import STAFF, Parcel, Way, level_of
from bot.services.municipality import Context
from bot.services.passage import Line, NoticeButton
from bot.services.sending import short
from bot.store import cases, channels, closings, held_messages, people, standings
from bot.store import notices as store

__all__ = ["STAFF", "NoticeButton", "level_of", "short"]


def begin(label: Text, conversation: str, **given: int | str) -> NoticeButton:
    """A button that begins a conversation."""
    return NoticeButton(label=label, meaning={"begin": conversation, "given": {name: str(value) for name, value in given.items()}})


def act(label: Text, command: str, **args: int | str | bool | None) -> NoticeButton:
    """A button that carries a command of its own."""
    return NoticeButton(label=label, meaning={"act": command, "args": args})


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
    nudged_at: datetime | None = None,
    cannot_wait: bool = False,
) -> NoticeId | None:
    """Tell one person something, in their own language: all of it in the chat if it may pass there, else that there is something.

    It waits on the secure page whatever passes. Who has no chat gets it by e-mail, where there is an address (H08, H09). Where nobody would
    come to read it, KE gets a task to phone. After `over_at` a message with a time or a place in it is taken out of the chat again.
    `hint_buttons` stand under the hint, in neutral words. `enclosed`: the meeting it is about. Where a case is halted, nobody hears (P12).
    It leaves now, or waits for a morning's digest (`bot.services.sending_day`): `nudged_at` is when a reminder for staff fell due, and
    `cannot_wait` that it leaves however many have left today. The notice's id; None where nobody was told anything new.
    """
    person = people.person(context.tx, who)
    if case is not None and closings.halted(context.tx, case) is not None:
        return None
    way = delivery.way_to(context, person, case)
    parcel = Parcel(
        line=Line(text, sensitivity),
        buttons=buttons,
        hint_buttons=hint_buttons,
        message_class=message_class,
        dedupe_key=dedupe_key,
        useful_until=useful_until,
        over_at=over_at,
        enclosed=enclosed,
    )
    return _told(context, way, parcel, nudged_at=nudged_at, cannot_wait=cannot_wait)


def _told(context: Context, way: Way, parcel: Parcel, *, nudged_at: datetime | None, cannot_wait: bool) -> NoticeId | None:
    """Keep it for the page, and let it leave, wait for a digest, or be said on the phone."""
    tx, person = context.tx, way.person
    what = delivery.message(context, way, parcel)
    told = delivery.told_by(way, what)
    until = _waits(context, parcel, person, nudged_at, cannot_wait) if told in {"chat", "hint"} else None
    rights = parcel.message_class is MessageClass.RIGHTS and told != "chat"
    phone_now = rights and not _can_read(context, person.id, told)
    words = context.municipality.words(parcel.line.text, person.language, tx.now)
    notice = store.add(
        tx,
        person.id,
        words,
        owner=way.owner,
        message_class=parcel.message_class,
        told="phone" if phone_now else "hint" if until is not None else told,
        case=way.case,
        actions=[_action(context, button, person.language) for button in parcel.buttons],
        dedupe_key=parcel.dedupe_key,
    )
    if notice is None:
        return None
    if until is not None:
        held_messages.add(tx, notice, person.id, until, parcel.last)
    elif told in {"chat", "hint"}:
        delivery.send(context, way, parcel, what)
        sending_day.count(context, person.id)
    if phone_now:
        by_phone.tell(context, person, words, way.case, parcel.dedupe_key)
    elif rights:
        due.of_notice(tx, context.municipality, notice)
    return notice


def _waits(context: Context, parcel: Parcel, person: Person, nudged_at: datetime | None, cannot_wait: bool) -> datetime | None:
    """Until when it waits; None where it leaves now. What the clock reminds staff of comes with their digest."""
    if nudged_at is None and context.actor == 0 and parcel.message_class is MessageClass.REMINDER and person.roles & STAFF:
        nudged_at = context.tx.now
    cannot_wait = cannot_wait or parcel.enclosed is not None
    return sending_day.held_until(context, person.id, nudged_at=nudged_at, useful_until=parcel.last, cannot_wait=cannot_wait)


def _can_read(context: Context, who: PersonId, told: store.Told) -> bool:
    """Will the person come to read it by themselves: by a hint in the chat, or because they log in?"""
    return context.municipality.page_url is not None and (told == "hint" or channels.logs_in(context.tx, who))


def _action(context: Context, button: NoticeButton, language: Language) -> store.NoticeAction:
    return store.NoticeAction(label=context.municipality.words(button.label, language, context.tx.now), meaning=button.meaning)


def mark_read(context: Context, notice: NoticeId) -> bool:
    """The person at the page has read one of their notices; whether that is new. Then KE need not phone about it."""
    if not store.mark_read(context.tx, context.actor, notice):
        return False
    due.of_notice(context.tx, context.municipality, notice)
    return True


def phone_unread(context: Context, notice: NoticeId) -> None:
    """A notice about rights has waited unread: KE is asked to phone, but not about a case that is halted (P12)."""
    found = store.find(context.tx, notice)
    if found is None or (found.case is not None and closings.halted(context.tx, found.case) is not None):
        return
    if found.read_at is None and found.told != "phone":
        store.to_phone(context.tx, notice)
        by_phone.tell(context, people.person(context.tx, found.person), found.words, found.case, f"notice/{notice}")


def tell_ke(
    context: Context,
    text: Text,
    *,
    case: CaseId | None = None,
    buttons: Sequence[NoticeButton] = (),
    dedupe_key: str | None = None,
    nudged_at: datetime | None = None,
    cannot_wait: bool = False,
) -> None:
    """Tell everybody at KE who has a chat. KE's list is the task table, so nobody is phoned about this."""
    for who in people.with_role(context.tx, Role.KE, Role.KE_LEADER):
        if who != context.actor:
            key = f"{dedupe_key}/{who}" if dedupe_key else None
            tell(
                context,
                who,
                text,
                case=case,
                buttons=buttons,
                dedupe_key=key,
                message_class=MessageClass.REMINDER,
                nudged_at=nudged_at,
                cannot_wait=cannot_wait,
            )


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
