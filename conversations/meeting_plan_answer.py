"""The person's yes to a meeting before anybody is called: the time, who comes, and what it is about.

Requirement rows: D11, F11, G06, G07, G18, G21. Sources: Ås, Koordinatorens oppgaver; Herøy, IP-møte; Rana, Oppfølging; Lund § 11.4.
Everything can be changed, and no is a full answer.
"""

from bot.domain.ids import MeetingId, MemberId
from bot.domain.meeting_commands import AgreeToMeeting, TalkFirst
from bot.domain.meeting_queries import MeetingView, TheMeeting
from bot.engine.ask import Ask
from bot.engine.questions import Sensitivity
from bot.engine.texts import Text, joined, t
from conversations.as_shown import as_shown
from conversations.meeting_words import lines, who


async def meeting_plan_answer(ask: Ask) -> None:
    """The conversation begun from the notice."""
    await answer_plan(ask, MeetingId(int(ask.given["meeting"])))


async def answer_plan(ask: Ask, which: MeetingId) -> None:
    """The same from the list of meetings."""
    view = await ask.look(TheMeeting(which))
    if view is None or not view.answers:
        await ask.say(t("This question no longer waits for an answer."), sensitivity=Sensitivity.NEUTRAL)
        return
    await ask.say(t("This is the plan for a meeting. You decide whether it is like this. Nobody is invited before you have said yes."))
    await ask.say(joined(*lines(view)))
    times = sorted(each.at for each in view.times if not each.refused)
    if len(times) > 1:
        await ask.say(joined(t("Times to choose among:"), *(t("– {time}", time=each) for each in times), by="\n"))
    # A yes is to what was shown: another time, place or agenda is asked about anew.
    ask = ask.under(f"plan/{as_shown(*lines(view), times)}")
    answer = await ask.choice(
        "answer",
        t("Is this fine with you?"),
        {
            "yes": t("Yes, this is fine"),
            "change": t("Yes, with some changes"),
            "talk": t("I want to talk first"),
            "no": t("I do not want a meeting now"),
        },
    )
    if answer in {"talk", "no"}:
        words = await ask.text("words", t("Do you want to say why? You need not."), skip=t("No, that is all"), max_length=500)
        await ask.do("talk_first", TalkFirst(meeting=view.meeting, words=words))
        await ask.say(t("Thank you. Nobody is invited. Your coordinator gets in touch with you."))
        return
    refused, out, own = await _changes(ask, view) if answer == "change" else ((), (), ())
    await ask.do("agree", AgreeToMeeting(meeting=view.meeting, refused=refused, out=out, lines=own))
    called = len(times) - len(refused) == 1
    await ask.say(
        t("Thank you. The meeting is called now, and the others see that you come.")
        if called
        else t("Thank you. Now the others are asked which time suits. You hear from us when the meeting is called.")
    )


async def _changes(ask: Ask, view: MeetingView) -> tuple[tuple[int, ...], tuple[MemberId, ...], tuple[str, ...]]:
    """Times that do not suit, people who shall not come, and what the person wants to bring up."""
    refused: tuple[int, ...] = ()
    if len(view.times) > 1:
        options = {str(each.place): Text("{time}", {"time": each.at}) for each in sorted(view.times, key=lambda each: each.at)}
        chosen = await ask.choices(
            "refused",
            t("Are there times that do not suit you?"),
            options,
            none=t("They all suit me"),
            sensitivity=Sensitivity.PRACTICAL,
        )
        refused = tuple(int(each) for each in chosen)
    members = {str(each.member): who(each) for each in view.participants if each.member is not None}
    out: tuple[str, ...] = ()
    if members:
        out = await ask.choices("out", t("Is there anyone you do not want there?"), members, none=t("No, everyone can come"))
    own = await ask.text(
        "own", t("What do you want to bring up? One thing a line. It comes first on the agenda."), skip=t("Nothing more"), max_length=1000
    )
    words = tuple(line.strip() for line in (own or "").splitlines() if line.strip())
    return refused, tuple(MemberId(int(each)) for each in out), words
