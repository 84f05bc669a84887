"""I am being sent around: said in one press, and taken hold of by one person.

Requirement row: O05 (and A07). Source: Ås, BTI: nobody is to be thrown from one to another; the leader hears of it at once.
"""

from bot.domain.ids import CaseId, TaskId
from bot.domain.sent_around import SaySentAround, SentAroundView, SentAroundWaiting, TakeSentAround
from bot.engine.ask import Ask
from bot.engine.questions import Sensitivity
from bot.engine.texts import Text, joined, t
from conversations.picking import Line, pick

SENT_AROUND = t("I am being sent around")


async def sent_around(ask: Ask) -> None:
    """Begun from a button."""
    case = ask.given.get("case")
    await say_sent_around(ask, None if case is None else CaseId(int(case)))


async def say_sent_around(ask: Ask, case: CaseId | None) -> None:
    """The same from the case, or from the information."""
    await ask.say(
        t("Nobody should be sent from one to another. Tell us, and one person takes hold of it. You get the name."),
        sensitivity=Sensitivity.PUBLIC,
    )
    words = await ask.text("words", t("What has happened? A few words are enough."), skip=t("I would rather tell it"), max_length=800)
    if not await ask.confirm("sure", t("Shall we tell a leader?")):
        await ask.say(t("Nothing is sent. You can come back at any time."), sensitivity=Sensitivity.NEUTRAL)
        return
    await ask.do("say", SaySentAround(case=case, words=words))
    await ask.say(t("Thank you for telling. A leader knows now. You get a name within two working days."))


async def take_sent_around(ask: Ask) -> None:
    """For the unit and the leader who was told: read it, and take hold of it."""
    await take_sent_around_of(ask, None)


async def take_sent_around_of(ask: Ask, task: TaskId | None) -> None:
    """The same from the unit's list of tasks: the one the task is about."""
    waiting = await ask.look(SentAroundWaiting())
    if not waiting:
        await ask.say(t("Somebody has taken hold of this already."), sensitivity=Sensitivity.NEUTRAL)
        return
    named = next((each for each in waiting if (str(each.sent) == ask.given.get("sent") if task is None else each.task == task)), None)
    if named is None and (task is not None or "sent" in ask.given):
        await ask.say(t("Somebody has taken hold of this already."), sensitivity=Sensitivity.NEUTRAL)
        return
    if named is None and len(waiting) > 1:
        lines = [Line(value=str(each.sent), button=about(each)) for each in waiting]
        chosen = await pick(ask.under("which"), t("Which one do you want to see?"), lines, sensitivity=Sensitivity.PERSONAL)
        named = next(each for each in waiting if str(each.sent) == chosen)
    one = named or waiting[0]
    await ask.say(joined(*told(one), by="\n"), sensitivity=Sensitivity.HEALTH)
    options = {"take": t("I take hold of it"), "no": t("Somebody else must")}
    if await ask.choice(f"take/{one.sent}", t("Do you take hold of it? You have it until it is settled."), options) == "no":
        await ask.say(t("It waits for somebody else."), sensitivity=Sensitivity.NEUTRAL)
        return
    await ask.do("take", TakeSentAround(sent=one.sent))
    await ask.say(t("Thank you. They have got your name. Talk with them within two working days."), sensitivity=Sensitivity.NEUTRAL)


def about(each: SentAroundView) -> Text:
    """One line of a list."""
    if each.number is None:
        return t("No case, {moment}", moment=each.said_at)
    return t("Case {number}, {moment}", number=str(each.number), moment=each.said_at)


def told(each: SentAroundView) -> list[Text]:
    """Who said it, when, and what."""
    lines = [about(each)]
    if each.name:
        lines.append(t("Name: {name}", name=each.name))
    if each.phone:
        lines.append(t("Phone: {phone}", phone=each.phone))
    lines.append(t("«{words}»", words=each.words) if each.words else t("They would rather tell it."))
    lines.append(t("Somebody must have taken hold of it by {day}.", day=each.by))
    return lines
