"""Report a need, or apply for a coordinator and a plan.

Requirement rows: A02 to A04, A06, A08, A11, A13, A14, B01 to B09, B13. Sources: Lund §§ 2, 5, 7, 9, 11; Ringerike, Lovgrunnlaget and
Barnekoordinator; Rana, KE og saksbehandling. "I don't know" is a full answer to everything. The shortest path is two presses long: ask
someone to contact me, and how. Nothing here filters or turns anyone away.
"""

from bot.domain.cases import AgeGroup, ForWhom, Wanted
from bot.domain.commands import SetName, Submit
from bot.domain.queries import Me, MeView
from bot.engine.ask import Ask
from bot.engine.questions import LANGUAGE_NAMES, Sensitivity, SummaryRow
from bot.engine.texts import t
from conversations.communication import ask_communication
from conversations.hand_over import say_card
from conversations.need import ask_age, ask_long_lasting, ask_name, ask_own_words, ask_services, is_child
from conversations.reach import ask_reach, ask_reach_other
from conversations.receipt import say_receipt
from conversations.wishes import ask_wanted, ask_wish
from conversations.words import FOR_WHOM


async def apply(ask: Ask) -> None:
    """The conversation behind /sok."""
    await ask.say(
        t(
            "You can ask someone to contact you, or answer a few questions first. Nothing is sent before you say so. "
            "Never write a national identity number here."
        ),
        sensitivity=Sensitivity.PUBLIC,
    )
    whom = await ask.choice(
        "for_whom",
        t("Who is this about?"),
        {"contact": t("Ask someone to contact me"), **FOR_WHOM},
        label=t("Who it is about"),
    )
    if whom == "contact":
        await ask_contact(ask)
    elif whom == ForWhom.AT_WORK:
        await report(ask)
    else:
        await apply_for(ask, ForWhom(whom))


async def ask_contact(ask: Ask) -> None:
    """The shortest path: how, and it is sent (B09)."""
    me = await ask.look(Me())
    reach = await ask_reach(ask, me.phone)
    number = await ask.do(
        "submit",
        Submit(
            for_whom=ForWhom.ME,
            wanted=Wanted.CONTACT,
            age_group=AgeGroup.UNKNOWN,
            subject_name=me.name,
            reach=reach.way,
            reach_details=reach.details,
            language=me.language,
        ),
    )
    await say_receipt(ask, number, ForWhom.ME)


async def report(ask: Ask) -> None:
    """A professional reports a need (A02, A03). The person must have been told, and must not object."""
    await ask.say(t("This takes about two minutes. Report as soon as you can."), sensitivity=Sensitivity.PUBLIC)
    told = await ask.choice(
        "told",
        t("Have you told the person that you report this?"),
        {"agrees": t("Yes, and it is fine"), "objects": t("Yes, but the person says no"), "not_yet": t("No, not yet")},
        label=t("The person has been told"),
    )
    if told == "agrees":
        await apply_for(ask, ForWhom.AT_WORK)
        return
    if told == "objects":
        await ask.say(t("Then we do not register anything. The person decides, and can contact us later."))
    else:
        await ask.say(t("Please tell the person first, and come back. It is for the person to decide."))
    await say_card(ask)


async def apply_for(ask: Ask, whom: ForWhom) -> None:
    """The questions, one at a time, the summary, and the receipt."""
    me = await ask.look(Me())
    application = await ask_application(ask, whom, me)
    applicant = application.subject_name if whom is ForWhom.ME else await ask_applicant(ask, me)
    await ask.summary(
        "right", t("Is this right? Then we send it now."), SummaryRow("written_language", t("Language"), LANGUAGE_NAMES[me.language])
    )
    if applicant and not me.name:
        await ask.do("set_name", SetName(name=applicant))
    number = await ask.do("submit", application)
    await say_receipt(ask, number, whom)


async def ask_application(ask: Ask, whom: ForWhom, me: MeView) -> Submit:
    """Every question about the need and the wishes."""
    for_me, at_work = whom is ForWhom.ME, whom is ForWhom.AT_WORK
    name = me.name if for_me and me.name else await ask_name(ask, whom)
    age = await ask_age(ask, whom)
    child = is_child(age, whom)
    services = await ask_services(ask, child=child)
    long_lasting = await ask_long_lasting(ask)
    wanted = await ask_wanted(ask, for_me=for_me, child=child)
    wish = None if wanted is Wanted.GROUP else await ask_wish(ask, for_me=for_me)
    need, important = await ask_own_words(ask, whom, child=child)
    reach = await (ask_reach_other(ask) if at_work else ask_reach(ask, me.phone))
    communication = await ask_communication(ask)
    return Submit(
        for_whom=whom,
        wanted=wanted,
        age_group=age,
        services=services,
        long_lasting=long_lasting,
        subject_name=name,
        need=need,
        important=important,
        wish=wish,
        reach=reach.way,
        reach_details=reach.details,
        communication=communication,
        told=True if at_work else None,
        language=me.language,
    )


async def ask_applicant(ask: Ask, me: MeView) -> str | None:
    """Who writes, where it is about someone else and we do not know the name."""
    if me.name:
        return me.name
    return await ask.text(
        "your_name", t("What is your own name?"), skip=t("I would rather not say"), label=t("Your own name"), max_length=100
    )
