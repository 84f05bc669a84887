"""The form of a consent, filled in: in words, and as a document to keep.

Here: names, the form as one reader gets it, and the document. Not here: the fixed words (`bot.domain.consent_form`). Guarantee: what is
kept is what was shown, in the language it was shown in.
"""

import hashlib
from typing import Final

from bot.domain.consent import Capacity, Consent, ConsentTrust, Recipient, Scope
from bot.domain.consent_form import CAPACITIES, PURPOSES, Form, Line, form, kinds_in_words
from bot.domain.documents import Document, Heading, Lines, Paragraph, Table
from bot.domain.documents import Line as Fact
from bot.domain.ids import DocumentId
from bot.domain.reminders import OSLO
from bot.engine.texts import Language, Text, joined, t, verbatim
from bot.pdf import pdf
from bot.services.municipality import Context
from bot.store import cases, consent_answers, consents, documents, members, people

TRUSTED: Final = {
    ConsentTrust.CHAT_UNCONFIRMED: t("in the chat"),
    ConsentTrust.CHAT_CONFIRMED: t("in the chat, by somebody who had logged in before"),
    ConsentTrust.PAGE: t("on the secure page"),
    ConsentTrust.ORAL: t("said aloud"),
    ConsentTrust.PAPER: t("signed on paper"),
    ConsentTrust.LOGIN: t("logged in on the secure page"),
}
"""How we know who it was."""


def name_of(context: Context, recipient: Recipient) -> Text:
    """A recipient in words: a person by name and title, a service by its name (E11)."""
    member = None if recipient.member is None else members.find(context.tx, recipient.member)
    service = None if recipient.service is None else context.municipality.profile.service(recipient.service)
    if member is not None:
        named = service or (context.municipality.profile.service(member.service) if member.service else None)
        place = Text("{service}", {"service": named.name}) if named else verbatim(member.service_words or "")
        parts = [verbatim(member.name), verbatim(member.title), place]
        return joined(*(each for each in parts if each.msgid), by=", ")
    if service is not None:
        return t("{service}, whoever works with this there", service=service.name)
    return t("A service that is no longer in the list")


def short_name_of(context: Context, recipient: Recipient) -> Text:
    """A recipient in few words, for a button: the person's name, or the service's."""
    member = None if recipient.member is None else members.find(context.tx, recipient.member)
    service = None if recipient.service is None else context.municipality.profile.service(recipient.service)
    if member is not None:
        return verbatim(member.name)
    return name_of(context, recipient) if service is None else Text("{service}", {"service": service.name})


def purpose_of(context: Context, consent: Consent) -> Text:
    """What it is for."""
    own = consents.purpose_words(context.tx, consent)
    return PURPOSES[consent.purpose] if own is None else verbatim(own)


def lines_of(context: Context, scope: Scope) -> tuple[Line, ...]:
    """Everybody in a scope, by name."""
    return tuple(Line(name=name_of(context, recipient), kinds=kinds) for recipient, kinds in scope.items())


def form_for(context: Context, consent: Consent, capacity: Capacity) -> tuple[Text, ...]:
    """The whole form as somebody in this capacity reads it."""
    return form(
        Form(
            type=consent.type,
            capacity=capacity,
            unit=context.municipality.profile.municipality.unit,
            purpose=purpose_of(context, consent),
            lines=lines_of(context, consent.offered),
            until=consent.until,
        )
    )


def shown(context: Context, consent: Consent, capacity: Capacity, language: Language) -> tuple[str, str]:
    """The form in this language, and its hash."""
    words = context.municipality.words(joined(*form_for(context, consent, capacity)), language, context.tx.now)
    return words, hashlib.sha256(words.encode()).hexdigest()


def keep(context: Context, consent: Consent) -> DocumentId:
    """Make the document of a consent that has just been given, in the language of its form, and keep it sealed."""
    language = consent.language or cases.get(context.tx, consent.case).language
    file = pdf(_document(context, consent), language, context.municipality.catalogs, context.today)
    return documents.add(context.tx, consent.case, file, language=language, consent=consent.id)


def _document(context: Context, consent: Consent) -> Document:
    tx, profile = context.tx, context.municipality.profile
    case = cases.get(tx, consent.case)
    answers = consent_answers.signed(tx, consent.id)
    words = [consent_answers.words(tx, case.id, each) for each in answers[:1]]
    given = t("Given")
    return Document(
        title=t("Consent in case {number}", number=str(case.number)),
        author=verbatim(profile.municipality.display_name),
        marker=t("Case {number}, consent {consent}", number=str(case.number), consent=str(consent.id)),
        parts=(
            Heading(text=t("What was asked")),
            *(Paragraph(text=verbatim(part)) for whole in words for part in whole.split("\n\n")),
            Heading(text=t("What was allowed")),
            Table(
                columns=(t("Who"), t("What")),
                rows=tuple((line.name, kinds_in_words(line.kinds)) for line in lines_of(context, consent.scope)),
            ),
            Lines(lines=(Fact(label=t("Until"), value=Text("{day}", {"day": consent.until})),)),
            Heading(text=t("Who said yes")),
            *(_signature(context, consent, each, given) for each in answers),
        ),
    )


def _signature(context: Context, consent: Consent, answer: consent_answers.StoredAnswer, given: Text) -> Lines:
    person = None if answer.person is None else people.person(context.tx, answer.person)
    name = person.name if person is not None else None
    noted = consent_answers.details(context.tx, consent.case, answer)
    facts = [
        Fact(label=t("Who"), value=joined(verbatim(name or "–"), CAPACITIES[answer.capacity], by=", ")),
        Fact(label=given, value=Text("{day}", {"day": answer.answered_on})),
        Fact(label=t("How"), value=TRUSTED[answer.trust]),
        Fact(label=t("Written down"), value=Text("{time}", {"time": answer.answered_at.astimezone(OSLO)})),
        Fact(label=t("Text"), value=t("version {version}, {hash}", version=consent.text_version, hash=answer.text_hash)),
    ]
    if noted is not None:
        facts.append(Fact(label=t("Noted"), value=verbatim(noted)))
    return Lines(lines=tuple(facts))
