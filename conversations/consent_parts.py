"""The parts that asking for consent and writing one down share: what for, about whom, what, until when.

Requirement rows: E05 (each may know something else), E10 (how long, and the same for fixed members), E11 (services and persons). Sources:
Herøy, Framdrift; Lund § 11.4; Tynset's form.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from bot.domain.consent import InfoKind, Purpose
from bot.domain.consent_commands import Offer
from bot.domain.consent_form import INFO, PURPOSES, kinds_in_words
from bot.domain.consent_queries import AskingView, PossibleRecipient
from bot.domain.queries import Now
from bot.engine.ask import Ask
from bot.engine.questions import Sensitivity
from bot.engine.texts import Text, joined, t


@dataclass(frozen=True, kw_only=True, slots=True)
class Chosen:
    """What is asked for, or was allowed."""

    purpose: Purpose
    purpose_words: str | None
    offers: tuple[Offer, ...]
    until: date


async def ask_parts(ask: Ask, view: AskingView) -> Chosen:
    """The questions, one at a time."""
    purpose, words = await ask_purpose(ask)
    who = await ask_who(ask, view)
    return Chosen(purpose=purpose, purpose_words=words, offers=await ask_what(ask, who), until=await ask_until(ask, view))


async def ask_purpose(ask: Ask) -> tuple[Purpose, str | None]:
    """What it is for: ready-made words, or a few of one's own."""
    options = {**{str(each): words for each, words in PURPOSES.items()}, str(Purpose.OTHER): t("Something else")}
    chosen = Purpose(await ask.choice("purpose", t("What is it for?"), options, label=t("What it is for"), sensitivity=Sensitivity.HEALTH))
    if chosen is not Purpose.OTHER:
        return chosen, None
    words = await ask.text(
        "purpose_words",
        t("Write in a few words what it is for. Those who are asked read it."),
        label=t("What it is for"),
        sensitivity=Sensitivity.HEALTH,
        max_length=200,
    )
    return chosen, words


async def ask_who(ask: Ask, view: AskingView) -> tuple[PossibleRecipient, ...]:
    """Persons and services, any number of them."""
    listed = joined(*(t("{place}. {line}", place=place, line=each.name) for place, each in enumerate(view.possible, 1)), by="\n")
    options = {each.recipient.code: t("{place}. {line}", place=place, line=each.short) for place, each in enumerate(view.possible, 1)}
    chosen = await ask.choices(
        "who", joined(t("Who is it about?"), listed), options, label=t("Who may know something"), sensitivity=Sensitivity.PERSONAL
    )
    return tuple(each for each in view.possible if each.recipient.code in chosen)


async def ask_what(ask: Ask, who: tuple[PossibleRecipient, ...]) -> tuple[Offer, ...]:
    """The same for all of them, or something else for each."""
    kinds: dict[str, Text] = {str(kind): words for kind, words in INFO.items()}
    how = "same"
    if len(who) > 1:
        how = await ask.choice(
            "how",
            t("May all of them know the same?"),
            {"same": t("The same for all"), "each": t("Choose for each")},
            sensitivity=Sensitivity.NEUTRAL,
        )
    if how == "same":
        chosen = await ask.choices("kinds", t("What may they know?"), kinds, label=t("What"), sensitivity=Sensitivity.PERSONAL)
        return tuple((each.recipient, frozenset(InfoKind(kind) for kind in chosen)) for each in who)
    offers = []
    for each in who:
        prompt = t("What may {who} know?", who=each.name)
        if each.sees:
            prompt = joined(prompt, t("Set for them: {what}", what=kinds_in_words(each.sees)))
        chosen = await ask.choices(
            f"kinds/{each.recipient.code}", prompt, kinds, label=t("{who}: what", who=each.short), sensitivity=Sensitivity.PERSONAL
        )
        offers.append((each.recipient, frozenset(InfoKind(kind) for kind in chosen)))
    return tuple(offers)


async def ask_until(ask: Ask, view: AskingView) -> date:
    """The usual length, advised for all fixed members alike, or another last day."""
    usual = t("Until {day}, as usual", day=view.usual_until)
    chosen = await ask.choice(
        "length",
        t("Until when? Take the same day for all fixed members."),
        {"usual": usual, "other": t("Another day")},
        label=t("How long"),
        sensitivity=Sensitivity.PERSONAL,
    )
    if chosen == "usual":
        return view.usual_until
    tomorrow = (await ask.look(Now())).date() + timedelta(days=1)
    day = await ask.date(
        "until",
        t("Which is the last day?"),
        earliest=tomorrow,
        latest=max(view.latest, tomorrow),
        label=t("The last day"),
        sensitivity=Sensitivity.PERSONAL,
    )
    return day or view.usual_until
