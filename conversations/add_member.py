"""Bring somebody into the circle: who they are, where they come from, how to reach them, what they may know.

Requirement rows: F03, F05, F06 (who comes from the second or third line, or NAV, is called in when needed), F12 (the register's number,
never the person's own), E04 (they learn nothing before a consent covers them), E05. Sources: Ås, Ansvarsgruppe and Enkelt samspill;
Lund § 11.4; Herøy, Framdrift.
"""

from itertools import count

from bot.domain.circle import MemberKind
from bot.domain.circle_commands import AddMember
from bot.domain.circle_queries import TheCircle
from bot.domain.ids import CaseId
from bot.domain.queries import Me, TheProfile
from bot.domain.rules import Profile
from bot.engine.ask import Ask
from bot.engine.questions import Sensitivity
from bot.engine.texts import Language, Text, t, verbatim
from conversations.circle_words import KINDS
from conversations.member_sees import ask_sees
from conversations.picking import Line, pick
from conversations.staff_words import shortened

OTHER = "+other"


async def add_member(ask: Ask) -> None:
    """The conversation begun from a button."""
    await add_member_to(ask, CaseId(int(ask.given["case"])))


async def add_member_to(ask: Ask, case: CaseId) -> None:
    """The same from the desk."""
    view = await ask.look(TheCircle(case))
    if view is None or not view.may_change:
        await ask.say(t("There is nothing to show here for you."), sensitivity=Sensitivity.NEUTRAL)
        return
    me, profile = await ask.look(Me()), await ask.look(TheProfile())
    about = t("{initials}, case {number}: who shall take part?", initials=view.initials, number=str(view.number))
    name = await words(ask, "name", t("{case}\nWrite the name.", case=about), t("Name"))
    title = await words(ask, "title", t("What is their title or profession?"), t("Title"))
    service, service_words = await ask_service(ask, profile, me.language)
    found = None if service is None else profile.service(service)
    when_needed = found is not None and found.when_needed
    order = (MemberKind.WHEN_NEEDED, MemberKind.FIXED) if when_needed else (MemberKind.FIXED, MemberKind.WHEN_NEEDED)
    usual = t("Those from this service usually come when needed.") if when_needed else t("Fixed members take part always.")
    kind = await ask.choice(
        "kind",
        t("{usual} How does {name} take part?", usual=usual, name=name),
        {each.value: KINDS[each] for each in order},
        label=t("Takes part"),
        sensitivity=Sensitivity.PERSONAL,
    )
    email, phone, hpr = await ask_reach(ask)
    sees = await ask_sees(ask, name)
    await ask.summary("right", t("Is this right?"))
    await ask.do(
        "add",
        AddMember(
            case=case,
            name=name,
            title=title,
            service=service,
            service_words=service_words,
            kind=MemberKind(kind),
            email=email,
            phone=phone,
            hpr=hpr,
            sees=sees,
        ),
    )
    await ask.say(
        t("{name} is on the list, and knows nothing yet. First a consent must name them. Then you ask them from the list.", name=name),
        sensitivity=Sensitivity.PERSONAL,
    )


async def words(ask: Ask, key: str, prompt: Text, label: Text) -> str:
    """A few words that must be there."""
    said = await ask.text(key, prompt, label=label, sensitivity=Sensitivity.PERSONAL, max_length=100)
    return said or ""


async def ask_service(ask: Ask, profile: Profile, language: Language) -> tuple[str | None, str | None]:
    """A service of the directory, or where they come from in the coordinator's words."""
    lines = [Line(value=each.id, button=verbatim(shortened(each.name.in_language(language), 34))) for each in profile.services]
    lines.append(Line(value=OTHER, button=t("Another service or place"), listed=False))
    chosen = await pick(ask.under("service"), t("Which service do they come from?"), lines, sensitivity=Sensitivity.PERSONAL)
    if chosen != OTHER:
        return chosen, None
    return None, await words(ask, "service_words", t("Where do they come from?"), t("Service"))


async def ask_reach(ask: Ask) -> tuple[str | None, str | None, str | None]:
    """At least an e-mail address or a phone number; the number of the register only for health personnel."""
    for turn in count():
        room = ask if turn == 0 else ask.under(f"again/{turn}")
        email = await room.text(
            "email",
            t("What is their e-mail address?"),
            skip=t("No e-mail address"),
            label=t("E-mail"),
            sensitivity=Sensitivity.PERSONAL,
            max_length=200,
        )
        phone = await room.text(
            "phone",
            t("What is their phone number?"),
            skip=t("No phone number"),
            label=t("Phone"),
            sensitivity=Sensitivity.PERSONAL,
            max_length=40,
        )
        if email is not None or phone is not None:
            break
        await ask.say(t("We need one of the two, so that they can be reached."), sensitivity=Sensitivity.PERSONAL)
    hpr = await ask.text(
        "hpr",
        t("Are they health personnel? Then write the HPR number. Never write a national identity number."),
        skip=t("No HPR number"),
        label=t("HPR number"),
        sensitivity=Sensitivity.PERSONAL,
        max_length=20,
    )
    return email, phone, hpr
