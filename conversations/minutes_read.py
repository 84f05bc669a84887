"""Minutes read, and whether they are right: by those who were there before it is sent, and by anyone who gets them afterwards.

Requirement rows: I05 (decisions rightly understood), I06, I13 (the person recognises the meeting, or says that it is not right). Sources:
Lund § 11.4 (Referat); W:FRAX.
"""

from bot.domain.ids import CaseId, MeetingId
from bot.domain.minutes import MinutesState
from bot.domain.minutes_commands import MinutesRight, MinutesWrong
from bot.domain.minutes_queries import MinutesLine, MinutesOfCase, MinutesView, TheMinutes
from bot.engine.ask import Ask
from bot.engine.questions import Sensitivity
from bot.engine.texts import Text, joined, t
from conversations.meeting_words import KINDS
from conversations.minutes_words import shown
from conversations.picking import Line, pick

LONGEST = 500


async def minutes_read(ask: Ask) -> None:
    """Begun from a notice; with `wrong`, by somebody who has read it already and says that it is not right."""
    if "meeting" in ask.given:
        await minutes_read_of(ask, MeetingId(int(ask.given["meeting"])))
    else:
        await minutes_of_case(ask, CaseId(int(ask.given["case"])))


async def minutes_of_case(ask: Ask, case: CaseId) -> None:
    """The minutes of a case, newest first, and one of them."""
    found = await ask.look(MinutesOfCase(case))
    if not found:
        await ask.say(t("There are no minutes here for you now."), sensitivity=Sensitivity.NEUTRAL)
        return
    lines = [Line(value=str(each.meeting), button=Text("{day}", {"day": each.on}), details=_about(each)) for each in found]
    chosen = await pick(ask, t("Which meeting?"), lines, sensitivity=Sensitivity.PERSONAL)
    await minutes_read_of(ask.under(f"meeting/{chosen}"), MeetingId(int(chosen)))


def _about(each: MinutesLine) -> Text:
    about = t("{kind}, {day}", kind=KINDS[each.kind], day=each.on)
    return t("{line} (in the archive)", line=about) if each.archived else about


async def minutes_read_of(ask: Ask, meeting: MeetingId) -> None:
    """One meeting's minutes, and whether they are right."""
    view = await ask.look(TheMinutes(meeting))
    if view is None:
        await ask.say(t("There are no minutes here for you now."), sensitivity=Sensitivity.NEUTRAL)
        return
    # The edition stands in the keys: a yes to what stood there before is never a yes to what stands there now.
    room = ask.under(f"edition/{view.edition}")
    if ask.given.get("wrong"):
        await _wrong(room, view)
        return
    await ask.say(joined(*shown(view)))
    if view.on_page is not None:
        await ask.say(t("To print or keep: {address}", address=view.on_page))
    if view.asked and view.answered is None:
        options = {"right": t("That is right"), "wrong": t("That is not right"), "later": t("Not now")}
        answer = await room.choice("right", t("Is this what was decided?"), options)
    else:
        answer = await room.choice("right", t("Is this as you remember it?"), {"done": t("That is all"), "wrong": t("That is not right")})
    if answer == "right":
        await room.do("confirm", MinutesRight(minutes=view.minutes, edition=view.edition))
        await ask.say(t("Thank you."), sensitivity=Sensitivity.NEUTRAL)
    elif answer == "wrong":
        await _wrong(room, view)


async def _wrong(ask: Ask, view: MinutesView) -> None:
    """What is not right, in own words or none."""
    words = await ask.text("words", t("What is not right? A few words are enough."), skip=t("I would rather talk"), max_length=LONGEST)
    await ask.do("wrong", MinutesWrong(minutes=view.minutes, edition=view.edition, words=words))
    after = (
        t("Thank you. Whoever wrote it is told, and looks at it before it is sent.")
        if view.state is MinutesState.READ_BACK
        else t("Thank you. Whoever wrote it is told. What you said is kept with the minutes.")
    )
    await ask.say(after, sensitivity=Sensitivity.NEUTRAL)
