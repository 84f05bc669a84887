"""The receipt of a consent, and who may have the document.

Here: telling those who decide that it holds, and reading a document with a check of access. Not here: making it (`consent_forms`).
Guarantee: a document is given to those who may see where sharing stands in the case, and each reading is recorded.
"""

from bot.domain.access import Action
from bot.domain.consent import Consent
from bot.domain.consent_form import line_in_words
from bot.domain.ids import CaseId, DocumentId
from bot.domain.refusal import Refused
from bot.domain.rights import Matter
from bot.engine.texts import joined, t
from bot.services import notices, standing
from bot.services.consent_forms import lines_of
from bot.services.municipality import Context
from bot.store import audit, cases, consent_answers, documents
from bot.store.documents import StoredDocument


def tell_receipt(context: Context, consent: Consent, document: DocumentId) -> None:
    """Everybody who decides gets what holds now, to keep. The document itself is on the secure page."""
    number = str(cases.get(context.tx, consent.case).number)
    lines = joined(*(line_in_words(each.name, each.kinds) for each in lines_of(context, consent.scope)), by="\n")
    text = joined(
        t("Case {number}: this may be shared until {day}:", number=number, day=consent.until),
        lines,
        t("You can stop it at any time. The signed form is on the secure page, with the case."),
    )
    stop = notices.begin(t("Stop sharing"), "stop_sharing", case=consent.case)
    see = notices.begin(t("Who knows what"), "my_sharing", case=consent.case)
    told = {each.person for each in consent_answers.signed(context.tx, consent.id) if each.person is not None}
    told |= {each.person for each in standing.deciders(context, consent.case, Matter.SHARING)}
    for who in sorted(told):
        key = f"consent/{consent.id}/receipt/{document}/{who}"
        notices.tell(context, who, text, case=consent.case, buttons=[see, stop], dedupe_key=key)


def read(context: Context, case: CaseId, document: DocumentId) -> tuple[StoredDocument, bytes] | None:
    """A document and its content, or None where it is not there or not for the reader."""
    found = documents.find(context.tx, document)
    if found is None or found.case != case:
        return None
    try:
        context.require(Action.SEE_SHARING, case)
    except Refused:
        return None
    audit.record(context.tx, "document.read", actor=context.actor, case=case, document=document)
    return found, documents.content(context.tx, found)
