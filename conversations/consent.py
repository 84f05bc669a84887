"""Giving consent: the whole text first, then one question for each who may know something, a summary, and a receipt to keep.

Requirement rows: E03, E05, E06, E09 (a press in the chat prepares, it does not sign), E10, E12 (why, what, to whom, from whom, free, can be
taken back), E14 (a no is noted, and nobody presses). Sources: Herøy, Koordinator og planeigar; Rana, Oppstart 5; Tynset's form.
"""

from datetime import date, timedelta

from bot.domain.consent import InfoKind
from bot.domain.consent_commands import Offer, PrepareAnswer, SignConsent
from bot.domain.consent_form import INFO, line_in_words
from bot.domain.consent_queries import ConsentView, RecipientView, TheConsent
from bot.domain.ids import ConsentId
from bot.domain.queries import Now
from bot.engine.ask import Ask
from bot.engine.questions import Sensitivity
from bot.engine.texts import Text, joined, t


async def consent(ask: Ask) -> None:
    """The conversation begun from a notice or from the list."""
    await consent_of(ask, ConsentId(int(ask.given["consent"])))


async def consent_of(ask: Ask, number: ConsentId) -> None:
    """The same from the list of who knows what."""
    view = await ask.look(TheConsent(number))
    if view is None or not view.mine:
        await ask.say(t("This question needs no answer from you now."), sensitivity=Sensitivity.NEUTRAL)
        return
    if view.prepared is not None and await ask_to_sign(ask, view, view.prepared):
        return
    await give(ask, view)


async def ask_to_sign(ask: Ask, view: ConsentView, prepared: tuple[RecipientView, ...]) -> bool:
    """What was prepared, to be signed as it is; False where the person would rather choose anew."""
    for block in view.form:
        await ask.say(block, sensitivity=Sensitivity.HEALTH)
    lines = joined(*(line_in_words(each.name, each.kinds) for each in prepared), by="\n")
    await ask.say(joined(t("You have chosen:"), lines, by="\n"), sensitivity=Sensitivity.HEALTH)
    await ask.say(t("Until {day}.", day=view.prepared_until or view.until), sensitivity=Sensitivity.HEALTH)
    what = await ask.choice(
        "sign",
        t("Do you want to sign it?"),
        {"sign": t("Yes, I sign"), "change": t("Choose anew"), "no": t("No"), "later": t("Not now")},
        sensitivity=Sensitivity.HEALTH,
    )
    if what == "change":
        return False
    if what == "sign":
        await say_result(ask, await ask.do("signed", SignConsent(consent=view.consent)))
    else:
        await say_no_or_later(ask, view, what)
    return True


async def give(ask: Ask, view: ConsentView) -> None:
    """The text, the questions, the summary, the signature."""
    for block in view.form:
        await ask.say(block, sensitivity=Sensitivity.HEALTH)
    what = await ask.choice(
        "answer",
        t("What do you want to do?"),
        {"choose": t("Go on and choose"), "no": t("No"), "later": t("Not now")},
        sensitivity=Sensitivity.HEALTH,
    )
    if what != "choose":
        await say_no_or_later(ask, view, what)
        return
    offers = [await ask_about(ask, each) for each in view.offered]
    until = await ask_until(ask, view)
    await ask.summary("right", t("Is this right? Then it counts as your answer."))
    done = await ask.do("prepare", PrepareAnswer(consent=view.consent, yes=True, offers=tuple(offers), until=until))
    if done == "sign":
        await say_result(ask, await ask.do("sign_now", SignConsent(consent=view.consent)))
    elif done == "sign_on_page":
        await ask.say(t("Your answer is kept. It counts when you sign it on the secure page."), sensitivity=Sensitivity.NEUTRAL)
    elif done == "sign_on_paper":
        await ask.say(t("Your answer is kept. You get a paper to sign from us."), sensitivity=Sensitivity.NEUTRAL)
    else:
        await say_refused(ask)


async def ask_about(ask: Ask, each: RecipientView) -> Offer:
    """One who may know something: each kind can be left out, and so can all of it."""
    options: dict[str, Text] = {str(kind): words for kind, words in INFO.items() if kind in each.kinds}
    chosen = await ask.choices(
        f"who/{each.recipient.code}",
        t("What may {who} know? Choose what you like.", who=each.name),
        options,
        none=t("Nothing"),
        label=each.short,
        sensitivity=Sensitivity.HEALTH,
    )
    return each.recipient, frozenset(InfoKind(kind) for kind in chosen)


async def ask_until(ask: Ask, view: ConsentView) -> date:
    """As long as was asked for, or shorter."""
    length = await ask.choice(
        "length",
        t("How long?"),
        {"asked": t("Until {day}", day=view.until), "shorter": t("Shorter")},
        label=t("How long"),
        sensitivity=Sensitivity.HEALTH,
    )
    if length == "asked":
        return view.until
    tomorrow = (await ask.look(Now())).date() + timedelta(days=1)
    day = await ask.date(
        "until",
        t("Which is the last day?"),
        earliest=tomorrow,
        latest=max(view.until, tomorrow),
        label=t("The last day"),
        sensitivity=Sensitivity.HEALTH,
    )
    return day or view.until


async def say_no_or_later(ask: Ask, view: ConsentView, what: str) -> None:
    """No is an answer like any other; later leaves everything as it is."""
    if what == "no":
        await ask.do("no", PrepareAnswer(consent=view.consent, yes=False))
        await say_refused(ask)
    else:
        await ask.say(t("That is fine. Nothing is changed. You find it again under «Who knows what»."), sensitivity=Sensitivity.HEALTH)


async def say_refused(ask: Ask) -> None:
    """Nothing more than that it is noted (E14)."""
    await ask.say(t("That is noted. Nothing more is shared. You keep all your rights."), sensitivity=Sensitivity.HEALTH)


async def say_result(ask: Ask, result: str) -> None:
    """What follows from the signature."""
    if result == "others":
        await ask.say(t("Thank you. It holds when the other one who decides has said yes too."), sensitivity=Sensitivity.HEALTH)
    elif result == "nothing":
        await ask.say(t("You did not choose the same as the other one. So nothing is shared."), sensitivity=Sensitivity.HEALTH)
    else:
        await ask.say(t("Thank you. It holds from now on. You get a receipt."), sensitivity=Sensitivity.HEALTH)
