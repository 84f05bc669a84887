"""Writing down a consent that was signed on paper or said aloud.

Requirement rows: B17 (the paper is an equal way), E09 (signed on paper), E12 (said aloud counts when it is noted where and when).
Sources: Rana, For mer informasjon and Oppstart 5; Tynset's form.
"""

from bot.domain.access import Role
from bot.domain.consent import Capacity, ConsentType
from bot.domain.consent_commands import RecordConsent, Recorded
from bot.domain.consent_form import CAPACITIES
from bot.domain.consent_queries import AskingView
from bot.domain.ids import CaseId, PersonId
from bot.domain.queries import Me, Now
from bot.engine.ask import Ask
from bot.engine.questions import Sensitivity
from bot.engine.texts import Text, joined, t
from conversations.ask_consent import asking_view
from conversations.consent_parts import ask_parts


async def paper_consent(ask: Ask) -> None:
    """The conversation begun from a task or a button."""
    await paper_consent_case(ask, CaseId(int(ask.given["case"])))


async def paper_consent_case(ask: Ask, case: CaseId) -> None:
    """The same from the desk."""
    view = await asking_view(ask, case)
    if view is None:
        return
    if view.gap is not None and not view.paper_only:
        await ask.say(view.gap, sensitivity=Sensitivity.PERSONAL)
        return
    how = await ask_how(ask)
    signers, other = await ask_signers(ask, view)
    today = (await ask.look(Now())).date()
    on = await ask.date("on", t("On which day was it?"), latest=today, offered=today, label=t("The day"), sensitivity=Sensitivity.PERSONAL)
    prompt = t("Where is the paper kept?") if how is Recorded.PAPER else t("Where was it said?")
    place = await ask.text("place", prompt, label=t("Where"), sensitivity=Sensitivity.PERSONAL, max_length=200)
    chosen = await ask_parts(ask, view)
    await ask.summary("right", t("Is this what they said yes to?"))
    command = RecordConsent(
        case=case,
        how=how,
        on=on or today,
        place=place or "",
        signers=signers,
        other=other,
        purpose=chosen.purpose,
        purpose_words=chosen.purpose_words,
        offers=chosen.offers,
        until=chosen.until,
        type=ConsentType.SHARING,
    )
    result = await ask.do("record", command)
    if result == "others":
        await ask.say(
            t("Noted. It holds when the others who decide have said yes too. They are asked now."), sensitivity=Sensitivity.PERSONAL
        )
    else:
        await ask.say(t("Noted. It holds from now on, and they get a receipt."), sensitivity=Sensitivity.PERSONAL)


async def ask_how(ask: Ask) -> Recorded:
    """On paper, which only the unit writes down, or said aloud."""
    me = await ask.look(Me())
    if not me.roles & {Role.KE, Role.KE_LEADER}:
        await ask.say(t("You write down what was said aloud. A signed paper goes to the unit."), sensitivity=Sensitivity.NEUTRAL)
        return Recorded.ORAL
    options: dict[str, Text] = {str(Recorded.PAPER): t("Signed on paper"), str(Recorded.ORAL): t("Said aloud")}
    return Recorded(await ask.choice("how_given", t("How was it given?"), options, label=t("How"), sensitivity=Sensitivity.PERSONAL))


async def ask_signers(ask: Ask, view: AskingView) -> tuple[tuple[PersonId, ...], tuple[str, Capacity] | None]:
    """Who of those who decide; or the person, who is not known here."""
    if not view.deciders:
        name = await ask.text(
            "name", t("What is the name of the person?"), label=t("Name"), sensitivity=Sensitivity.PERSONAL, max_length=100
        )
        return (), (name or "", Capacity.SELF)
    if len(view.deciders) == 1:
        return (view.deciders[0].person,), None
    options = {str(each.person): joined(each.name_or(t("The person")), CAPACITIES[each.capacity], by=", ") for each in view.deciders}
    chosen = await ask.choices("signers", t("Who said yes?"), options, label=t("Who said yes"), sensitivity=Sensitivity.PERSONAL)
    return tuple(PersonId(int(each)) for each in chosen), None
