"""What is done when something does not reach somebody (H08): the chat, then e-mail, then the unit's phone list; the coordinator is told.

Here: the steps down, for members of a circle. Not here: people whose case it is, whom the unit phones at once (`bot.services.notices`),
and sending. Guarantees: a step down shows nobody more than the step above; what is no longer shared, or is about a case that is halted,
goes no step further; nobody is asked for twice about the same message.
"""

from collections.abc import Iterable

from bot.domain.cases import TaskKind
from bot.domain.choices import PrivacyLevel
from bot.domain.circle import Member
from bot.domain.ids import CaseId, MeetingId, PersonId
from bot.domain.incoming import AccountId
from bot.engine.questions import Sensitivity
from bot.engine.texts import Text, joined, t, verbatim
from bot.phone import readable
from bot.services import mailing, notices
from bot.services.municipality import Context, Municipality
from bot.store import assignments, audit, cases, channels, closings, mail_returned, members, outbox, people, tasks
from bot.store import notices as stored
from bot.store.database import Tx
from bot.store.notices import Notice
from bot.store.seal import KeyOwner

SAMRAD = PersonId(0)
"""Samråd itself, when it tells somebody by the clock and not because of what anybody did."""


def out_of_reach(context: Context, case: CaseId, who: PersonId) -> bool:
    """Would this person learn nothing by any way of ours: no chat, no e-mail, no login?"""
    person = people.person(context.tx, who)
    chat = person.account is not None and notices.level_of(context, person) is not PrivacyLevel.OFF
    return not chat and mailing.address_of(context, person, case) is None and not channels.logs_in(context.tx, who)


def phone_instead(context: Context, case: CaseId, told: Iterable[PersonId], key: str) -> None:
    """Those of the told members whom nothing reaches: the unit phones them, and the coordinator knows."""
    for who in told:
        member = members.in_circle(context.tx, case, who)
        if member is not None and out_of_reach(context, case, who):
            notice = stored.by_key(context.tx, f"{key}/member/{member.id}")
            _phone(context, member, t("{name} has no chat and no e-mail here.", name=member.name), notice, f"{key}/member/{member.id}")


def chat_closed(context: Context, who: PersonId, account: AccountId) -> None:
    """A chat was closed while messages were on their way to it: each that is still shared goes by e-mail, or somebody phones."""
    for key in outbox.given_up_now(context.tx, account):
        notice = stored.by_key(context.tx, key)
        if notice is None or notice.case is None or notice.person != who or not notice.words or notice.read_at is not None:
            continue
        if closings.halted(context.tx, notice.case) is not None:
            continue
        member, person = members.in_circle(context.tx, notice.case, who), people.person(context.tx, who)
        address = mailing.address_of(context, person, notice.case)
        if member is None:
            continue
        if address is None:
            _phone(context, member, t("{name} has closed the chat.", name=member.name), notice, key)
            continue
        mailing.send(
            context,
            person,
            verbatim(notice.words),
            address=address,
            sensitivity=Sensitivity.HEALTH,
            message_class=notice.message_class,
            owner=KeyOwner("case", notice.case),
            case=notice.case,
            dedupe_key=key,
            enclosed=_enclosed(notice),
        )


def _enclosed(notice: Notice) -> mailing.Enclosed | None:
    """The meeting that a notice asks about, by its own buttons."""
    for action in notice.actions:
        args = action.meaning.get("args")
        if action.meaning.get("act") == "AnswerInvitation" and isinstance(args, dict):
            return mailing.Enclosed(meeting=MeetingId(args["meeting"]), calendar=True)
    return None


def mail_failed(tx: Tx, municipality: Municipality, row: int, *, sure: bool = True) -> None:
    """An e-mail was refused, came back or could not be sent in time; `sure` is False where nobody knows whether it arrived."""
    letter = mail_returned.letter(tx, row)
    if letter is None or letter.case is None or closings.halted(tx, letter.case) is not None:
        return
    context = Context(tx=tx, municipality=municipality, actor=SAMRAD)
    member = members.in_circle(tx, letter.case, letter.person)
    notice = None if letter.key is None else stored.by_key(tx, letter.key)
    if member is None or (notice is not None and (not notice.words or notice.read_at is not None)):
        return
    audit.record(tx, "mail.failed", actor=None, case=letter.case, member=member.id, sure=sure)
    why = t("The e-mail to {name} did not arrive.", name=member.name)
    if not sure:
        why = t("We do not know whether the e-mail to {name} arrived.", name=member.name)
    _phone(context, member, why, notice, f"mail/{row}")


def mail_came_back(tx: Tx, municipality: Municipality, row: int, status: str | None) -> bool:
    """A mail server had taken an e-mail and sent it back later; whether that is new."""
    if not mail_returned.note(tx, row, status):
        return False
    mail_failed(tx, municipality, row)
    return True


def _phone(context: Context, member: Member, why: Text, notice: Notice | None, key: str) -> None:
    """The last step: the unit's list, and a word to the coordinator."""
    tx, municipality = context.tx, context.municipality
    phone = None if member.reach.phone is None else readable(member.reach.phone, municipality.profile.municipality.language)
    words = municipality.words(why, municipality.profile.municipality.language, tx.now)
    tasks.add(
        tx,
        TaskKind.REACH_BY_PHONE,
        due_on=municipality.calendar.next_working_day(context.today),
        case=member.case,
        words="\n".join(part for part in (member.name, phone, words, "" if notice is None else notice.words) if part),
        dedupe_key=f"reach/{key}",
    )
    told = t("Case {number}: {news}", number=str(cases.get(tx, member.case).number), news=why)
    ask = t("The unit has it on its list to phone.")
    if phone is not None:
        ask = t("You can phone {phone}. The unit has it on its list too.", phone=phone)
    accepted = assignments.accepted(tx, member.case)
    if accepted is not None and accepted.candidate is not None:
        button = notices.begin(t("See the circle"), "circle", case=member.case)
        # Two e-mails of one day that fail are one piece of news; the unit's list has a line for each.
        told_once = f"reach/{member.id}/{context.today}/coordinator-told"
        notices.tell(context, accepted.candidate, joined(told, ask), case=member.case, buttons=[button], dedupe_key=told_once)
    else:
        notices.tell_ke(context, told, case=member.case, dedupe_key=f"{key}/unit-told")
