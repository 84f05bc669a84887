"""The one door to e-mail: every e-mail is made here and put in the outbox here.

Here: a message as an e-mail, with its links and its calendar part. Not here: who gets one (`bot.services.mailing`), what may pass
(`bot.services.passage`), the sending (`bot.mail`). Guarantees: the words of an e-mail come from a `Message`, and so below `full` from the
closed set alone; the subject is the same whatever it is about, and says nothing about the reader (T07).
"""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.ids import PersonId
from bot.domain.outgoing import CalendarPart, Lane, MessageClass, SendMail
from bot.domain.passing import Passable
from bot.engine.texts import Language, Text, t
from bot.services.municipality import Context
from bot.services.passage import ClosedMessage, Message, OpenMessage, Page
from bot.store import answer_links, meetings, outbox
from bot.store.mail_returned import MAIL
from bot.store.seal import KeyOwner


@dataclass(frozen=True, kw_only=True, slots=True)
class MailTo:
    """Whom an e-mail goes to, and how it travels. `number` is what the reader sees; after `useful_until` it is not sent any more."""

    address: str
    person: PersonId
    language: Language
    owner: KeyOwner
    message_class: MessageClass
    useful_until: datetime
    case: int | None = None
    number: int | None = None
    dedupe_key: str | None = None
    not_before: datetime | None = None


def post(context: Context, to: MailTo, what: Message, calendar: CalendarPart | None = None) -> int | None:
    """Put an e-mail in the outbox; its row, or None where it was there before."""
    mail = SendMail(
        address=to.address,
        subject=_rendered(context, to, _subject(context, to.number)),
        text=_text(context, to, what),
        language=to.language,
        reply_to=context.municipality.profile.contact.email,
        calendar=calendar,
    )
    return outbox.enqueue(
        context.tx,
        mail,
        account=None,
        chat=to.person,
        channel=MAIL,
        lane=Lane.NOTICE,
        message_class=to.message_class,
        owner=to.owner,
        case=to.case,
        number=to.number,
        dedupe_key=to.dedupe_key and f"{to.dedupe_key}/{MAIL}",
        useful_until=to.useful_until,
        due_at=to.not_before,
    )


def _rendered(context: Context, to: MailTo, text: Text) -> str:
    return context.municipality.words(text, to.language, context.tx.now)


def _subject(context: Context, number: int | None) -> Text:
    name = context.municipality.profile.municipality.display_name
    if number is None:
        return t("New message from {municipality}", municipality=name)
    return t("New message from {municipality}, no. {number}", municipality=name, number=str(number))


def _text(context: Context, to: MailTo, what: Message) -> str:
    """The words, the links under them, and that answers to the e-mail itself are not counted."""
    if isinstance(what, ClosedMessage):
        vocabulary = context.municipality.vocabulary(context.today)

        def closed(passable: Passable) -> str:
            return _rendered(context, to, vocabulary.text(passable))

        body = closed(what.body)
        links = [(closed(key.label), key.page) for row in what.keys for key in row]
    else:
        assert isinstance(what, OpenMessage)
        body = _rendered(context, to, what.body)
        links = [(_rendered(context, to, button.label), button.page) for row in what.keys for button in row]
    shown = [f"{label}:\n{_address(context, to, page)}" for label, page in links if page is not None]
    return "\n\n".join((body, *shown, _rendered(context, to, _foot(context)))) + "\n"


def _foot(context: Context) -> Text:
    phone = context.municipality.phone
    if phone is None:
        return t("Answers to this e-mail, or from your calendar, do not reach Samråd.")
    return t("Answers to this e-mail, or from your calendar, do not reach Samråd. You can phone us on {phone}.", phone=phone)


def _address(context: Context, to: MailTo, page: Page) -> str:
    """Where a link leads: the page itself, or the reader's own place to answer one meeting."""
    address = context.municipality.page_url
    assert address is not None
    if page.answers is None:
        return address
    meeting = meetings.find(context.tx, page.answers)
    assert meeting is not None
    return f"{address}{answer_links.PATH}{answer_links.issue(context.tx, to.person, meeting.id, sequence=meeting.sequence)}"
