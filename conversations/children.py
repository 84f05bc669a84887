"""Children around a person: those who are relatives or siblings, and the child the case is about.

Requirement rows: A10 (mapped, with who follows up), D12 (the child is met), D13 (the child's own wishes). Sources: Lund §§ 6 and 9; Rana,
Koordinator for barn.
"""

from bot.domain.circle_commands import AnyChildren, NoteChildMet, NoteChildren, WriteChildsWords
from bot.domain.circle_queries import ChildrenView, TheChildren
from bot.domain.ids import CaseId
from bot.domain.queries import Now
from bot.engine.ask import Ask
from bot.engine.questions import Sensitivity
from bot.engine.texts import Text, joined, t
from conversations.which_case import which_case

ANSWERS = {AnyChildren.YES: t("Yes"), AnyChildren.NO: t("No"), AnyChildren.NOT_YET: t("Not asked yet")}


async def children(ask: Ask) -> None:
    """The conversation begun from a button: the coordinator's, or the child's own."""
    case = await which_case(ask)
    await children_of(ask, case)


async def children_of(ask: Ask, case: CaseId | None) -> None:
    """What is noted, and what can be noted more."""
    view = None if case is None else await ask.look(TheChildren(case))
    if view is None or not (view.may_note or view.child_case):
        await ask.say(t("There is nothing to show here for you."), sensitivity=Sensitivity.NEUTRAL)
        return
    if not view.may_note:
        await own_words(ask, view)
        return
    for part in noted(view):
        await ask.say(part, sensitivity=Sensitivity.HEALTH)
    options = {"asked": t("Children who are relatives")}
    if view.child_case:
        options |= {"met": t("I have met the child"), "words": t("What the child wants")}
    what = await ask.choice("what", t("What do you want to note?"), options | {"done": t("That is all")}, sensitivity=Sensitivity.PERSONAL)
    match what:
        case "asked":
            await ask_about(ask.under(what), view)
        case "met":
            await met(ask.under(what), view)
        case "words":
            await childs_words(ask.under(what), view)
        case _:
            await ask.say(t("Good. Nothing is changed."), sensitivity=Sensitivity.NEUTRAL)


def noted(view: ChildrenView) -> list[Text]:
    """Everything noted so far."""
    head = t("{initials}, case {number}: children", initials=view.initials, number=str(view.number))
    lines = [head]
    if view.asked is None or view.asked_on is None:
        lines.append(t("Are there children who are relatives or siblings? Nobody has asked yet."))
    else:
        answered = ANSWERS[view.asked]
        lines.append(t("Children who are relatives or siblings: {answer} ({day})", answer=answered, day=view.asked_on))
    if view.follow_up:
        lines.append(t("Followed up by: {who}", who=view.follow_up))
    if view.child_case:
        lines.append(t("The child was met {day}.", day=view.met_on) if view.met_on else t("Nobody has met the child yet."))
    return [joined(*lines, by="\n"), *said(view)]


def said(view: ChildrenView) -> list[Text]:
    """What the child wants, in its own words; the last three times."""
    return [t("{moment}: «{words}»", moment=each.at, words=each.words[:800]) for each in view.words[-3:]]


async def ask_about(ask: Ask, view: ChildrenView) -> None:
    """Yes, no or not yet; with a yes, who follows up (Lund § 6)."""
    answer = await ask.choice(
        "answer",
        t("Are there children who are relatives or siblings of the person?"),
        {each.value: words for each, words in ANSWERS.items()},
        sensitivity=Sensitivity.PERSONAL,
    )
    follow_up = None
    if answer == AnyChildren.YES:
        follow_up = await ask.text("follow_up", t("Who follows up the children, and how?"), sensitivity=Sensitivity.HEALTH, max_length=800)
    await ask.do("note", NoteChildren(case=view.case, answer=AnyChildren(answer), follow_up=follow_up))
    await ask.say(t("It is noted."), sensitivity=Sensitivity.NEUTRAL)


async def met(ask: Ask, view: ChildrenView) -> None:
    """The day the coordinator met the child."""
    now = await ask.look(Now())
    day = await ask.date(
        "day", t("Which day did you meet the child?"), latest=now.date(), offered=now.date(), sensitivity=Sensitivity.PERSONAL
    )
    if day is not None:
        await ask.do("met", NoteChildMet(case=view.case, on=day))
    await ask.say(t("It is noted."), sensitivity=Sensitivity.NEUTRAL)


async def childs_words(ask: Ask, view: ChildrenView) -> None:
    """Noted down for the child, as the child said it."""
    words = await ask.text(
        "words", t("What does the child want? Write it as the child says it."), sensitivity=Sensitivity.HEALTH, max_length=2000
    )
    await ask.do("write", WriteChildsWords(case=view.case, words=words or ""))
    await ask.say(t("It is noted."), sensitivity=Sensitivity.NEUTRAL)


async def own_words(ask: Ask, view: ChildrenView) -> None:
    """The child's own page: "What I want" (D13)."""
    for part in said(view):
        await ask.say(part, sensitivity=Sensitivity.HEALTH)
    words = await ask.text(
        "own_words",
        t("What do you want? Write it in your own way. You decide what you write."),
        skip=t("Nothing now"),
        sensitivity=Sensitivity.HEALTH,
        max_length=2000,
    )
    if words is None:
        await ask.say(t("That is fine. You can come back at any time."), sensitivity=Sensitivity.NEUTRAL)
        return
    await ask.do("write", WriteChildsWords(case=view.case, words=words))
    await ask.say(t("Thank you. Your coordinator reads it. Nobody else does, except the unit that helps."), sensitivity=Sensitivity.NEUTRAL)
