"""Who knows what: one list the person can always open, with whom, what and until when.

Requirement rows: E06 (who takes part is decided through the consent), E17 (asked, given, in part, no, ended, taken back), T05. Sources:
Herøy, Koordinator og planeigar; Ås, Koordinatorens oppgaver; Ringerike, Forventningar.
"""

from bot.domain.consent import ConsentType
from bot.domain.consent_form import STATES, line_in_words
from bot.domain.consent_queries import ConsentView, SharingView, TheSharing
from bot.domain.ids import CaseId
from bot.engine.ask import Ask
from bot.engine.questions import Sensitivity
from bot.engine.texts import Text, joined, t
from conversations.consent import consent_of
from conversations.which_case import which_case


async def my_sharing(ask: Ask) -> None:
    """The conversation behind /samtykke."""
    await my_sharing_of(ask, await which_case(ask))


async def my_sharing_of(ask: Ask, case: CaseId | None) -> None:
    """The same from the case."""
    view = None if case is None else await ask.look(TheSharing(case))
    if view is None:
        await ask.say(t("There is nothing to show here for you."), sensitivity=Sensitivity.NEUTRAL)
        return
    for part in sharing_card(view):
        await ask.say(part, sensitivity=Sensitivity.HEALTH)
    waiting = [each for each in view.consents if each.mine]
    if not waiting:
        return
    what = await ask.choice(
        "what",
        t("A question waits for you. Do you want to answer?"),
        {"answer": t("Read and answer"), "later": t("Not now")},
        sensitivity=Sensitivity.HEALTH,
    )
    if what == "answer":
        # What is asked stands in the key: what was chosen in one question never counts in another that took its place.
        await consent_of(ask.under(f"answer/{waiting[0].consent}"), waiting[0].consent)


def sharing_card(view: SharingView) -> tuple[Text, ...]:
    """Where it stands, who may know what until when, what waits, and what the person objects to."""
    parts = [joined(t("Case {number}.", number=str(view.number)), STATES[view.state], by=" ")]
    parts += [part for each in view.consents for part in consent_lines(each)]
    if not any(each.holds for each in view.consents):
        parts.append(t("Nobody may know anything through a consent now."))
    if view.objection is not None:
        parts.append(view.objection.words)
    if any(each.documents for each in view.consents):
        parts.append(t("The signed forms are on the secure page, with the case."))
    return tuple(parts)


def consent_lines(each: ConsentView) -> tuple[Text, ...]:
    """One consent in words: what holds, or what is asked."""
    parts: list[Text] = []
    if each.holds:
        head = t("May know something until {day}:", day=each.until)
        if each.type is ConsentType.COOPERATION:
            head = t("May meet about this until {day}:", day=each.until)
        parts.append(joined(head, *(line_in_words(to.name, to.kinds) for to in each.allowed), by="\n"))
    if each.waits_for:
        lines = [line_in_words(to.name, to.kinds) for to in each.offered]
        parts.append(joined(t("Asked on {day}, not answered by all:", day=each.asked_on), *lines, by="\n"))
    return tuple(parts)
