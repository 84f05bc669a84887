"""What is stored about you: see it, get a copy, have it corrected, have it deleted.

Requirement rows: T02 to T05, and the right to see, correct and delete one's own data (personvernforordningen art. 12 and 15 to 17; what
must be kept: arkivlova, and the duty to keep records in health and care). Asked for in the chat, answered where the privacy level allows.
"""

from bot.domain.my_data import (
    KIND_WORDS,
    AskForCopy,
    AskForCorrection,
    CorrectContact,
    DeleteMine,
    KindView,
    LookView,
    MyData,
    MyDataView,
)
from bot.domain.queries import TheLaw
from bot.engine.ask import Ask
from bot.engine.questions import Sensitivity
from bot.engine.texts import Text, joined, nt, t


async def privacy(ask: Ask) -> None:
    """The conversation behind /personvern."""
    what = await ask.choice(
        "what",
        t("What do you want to do with what we have stored about you?"),
        {
            "see": t("See it"),
            "copy": t("Get all of it"),
            "correct": t("Correct something"),
            "delete": t("Delete something"),
            "nothing": t("Nothing now"),
        },
        sensitivity=Sensitivity.NEUTRAL,
    )
    match what:
        case "see":
            await see(ask)
        case "copy":
            await copy(ask)
        case "correct":
            await correct(ask)
        case "delete":
            await delete(ask)
        case _:
            await ask.say(t("Good. You can come back whenever you want."), sensitivity=Sensitivity.NEUTRAL)


async def see(ask: Ask) -> None:
    """In short; all of it stands on the page."""
    mine = await ask.look(MyData())
    await ask.say(contact(mine), sensitivity=Sensitivity.PERSONAL)
    await ask.say(joined(t("This is stored:"), *(kind_line(each) for each in mine.kinds), by="\n"), sensitivity=Sensitivity.PERSONAL)
    if mine.looks:
        await ask.say(
            joined(t("These have opened or changed it last:"), *(look_line(each) for each in mine.looks), by="\n"),
            sensitivity=Sensitivity.PERSONAL,
        )
    else:
        await ask.say(t("Nobody has opened a case of yours."), sensitivity=Sensitivity.PERSONAL)
    if mine.page:
        await ask.say(t("All of it stands on our secure page, under «What is stored about me»."), sensitivity=Sensitivity.NEUTRAL)


def contact(mine: MyDataView) -> Text:
    """What we call the person, and how we reach them."""
    return t(
        "Your name: {name}. Your phone number: {phone}. You have been known here since {moment}.",
        name=mine.name or t("not stored"),
        phone=mine.phone or t("not stored"),
        moment=mine.since,
    )


def kind_line(each: KindView) -> Text:
    """One kind of data: how much, and since when."""
    if each.since is None:
        return t("{kind}: {number}", kind=KIND_WORDS[each.kind], number=each.count)
    return t("{kind}: {number}, since {day}", kind=KIND_WORDS[each.kind], number=each.count, day=each.since)


def look_line(each: LookView) -> Text:
    """Somebody who has looked."""
    return t("{moment}: {who}. {what}, case {number}", moment=each.at, who=each.who, what=each.what, number=str(each.number))


async def copy(ask: Ask) -> None:
    """On the page at once, after a new login; without a page, from a human."""
    mine = await ask.look(MyData())
    if mine.page:
        await ask.say(
            t("You get all of it on our secure page, under «What is stored about me». Log in there, and choose a file."),
            sensitivity=Sensitivity.NEUTRAL,
        )
        return
    if await ask.confirm(
        "sure", t("We gather it for you, and tell you how you get it. Shall we do that?"), sensitivity=Sensitivity.NEUTRAL
    ):
        await ask.do("copy", AskForCopy())
        await say_by_when(ask)
    else:
        await ask.say(t("Nothing is changed."), sensitivity=Sensitivity.NEUTRAL)


async def say_by_when(ask: Ask) -> None:
    """The promise: the law's time."""
    law = await ask.look(TheLaw())
    await ask.say(
        nt("We have got it. You get an answer within one month.", "We have got it. You get an answer within {n} months.", law.data_months),
        sensitivity=Sensitivity.NEUTRAL,
    )


async def correct(ask: Ask) -> None:
    """One's own name and number at once; the rest by a human."""
    which = await ask.choice(
        "which",
        t("What is wrong?"),
        {"name": t("My name"), "phone": t("My phone number"), "other": t("Something else")},
        sensitivity=Sensitivity.NEUTRAL,
    )
    match which:
        case "name":
            name = await ask.text("name", t("What is your name?"), sensitivity=Sensitivity.PERSONAL, max_length=80)
            await ask.do("name_now", CorrectContact(name=name))
            await ask.say(t("Done. This is corrected now."), sensitivity=Sensitivity.NEUTRAL)
        case "phone":
            phone = await ask.phone("phone", t("Which phone number can we reach you on?"))
            await ask.do("phone_now", CorrectContact(phone=phone))
            await ask.say(t("Done. This is corrected now."), sensitivity=Sensitivity.NEUTRAL)
        case _:
            words = await ask.text(
                "words",
                t("What is wrong, and what is right? Tell us in your own words."),
                sensitivity=Sensitivity.HEALTH,
                max_length=1500,
            )
            await ask.do("correct", AskForCorrection(words=words or ""))
            await say_by_when(ask)


async def delete(ask: Ask) -> None:
    """What goes at once, and what a law makes us keep."""
    await ask.say(
        t(
            "We may not delete everything. What belongs to a case must be kept, by the law on archives and the duty to keep records. "
            "What nothing binds us to keep, we delete at once."
        ),
        sensitivity=Sensitivity.NEUTRAL,
    )
    what = await ask.choice(
        "delete",
        t("What do you want to have deleted?"),
        {
            "drafts": t("What I left half way"),
            "phone": t("My phone number"),
            "chat": t("My link to this chat"),
            "rest": t("Something else"),
            "nothing": t("Nothing"),
        },
        sensitivity=Sensitivity.NEUTRAL,
    )
    match what:
        case "nothing":
            await ask.say(t("Nothing is changed."), sensitivity=Sensitivity.NEUTRAL)
        case "rest":
            words = await ask.text(
                "words", t("What do you want to have deleted? Tell us in your own words."), sensitivity=Sensitivity.HEALTH, max_length=1500
            )
            await ask.do("ask", DeleteMine(rest=True, words=words))
            await say_by_when(ask)
        case _:
            if await ask.confirm("sure", t("It cannot be undone. Shall we delete it now?"), sensitivity=Sensitivity.NEUTRAL):
                await ask.do("now", DeleteMine(drafts=what == "drafts", phone=what == "phone", chat=what == "chat"))
                await ask.say(t("Deleted."), sensitivity=Sensitivity.NEUTRAL)
            else:
                await ask.say(t("Nothing is changed."), sensitivity=Sensitivity.NEUTRAL)
