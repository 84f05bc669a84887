"""Short messages among those around a person: reading them, answering, writing one.

Requirement row: D15 (Ås, Enkelt samspill: simple communication among those who take part, in a safe room). What a message
says is shown where health may be shown, and nowhere else. Everybody sees who will read it before it is sent.
"""

from datetime import date, timedelta

from bot.domain.circle_messages import MessagesView, MessageView, ReadMessages, TheMessages, WriteMessage
from bot.domain.consent import InfoKind
from bot.domain.consent_form import INFO
from bot.domain.ids import CaseId, MessageId
from bot.domain.queries import Now
from bot.engine.ask import Ask
from bot.engine.questions import Sensitivity
from bot.engine.texts import Text, joined, t, verbatim
from conversations.as_shown import as_shown

LATEST_DAYS = 60
ANSWERED_AT_MOST = 5


async def circle_messages(ask: Ask) -> None:
    """Begun from a notice or a button."""
    await circle_messages_of(ask, CaseId(int(ask.given["case"])))


async def circle_messages_of(ask: Ask, case: CaseId) -> None:
    """The same from the case: what has come, and what to do with it."""
    view = await ask.look(TheMessages(case))
    if view is None:
        await ask.say(t("There are no messages for you here."), sensitivity=Sensitivity.NEUTRAL)
        return
    await ask.say(t("Messages, case {number}, {initials}", number=str(view.number), initials=view.initials))
    for place, each in enumerate(view.messages, start=1):
        await ask.say(shown(place, each), sensitivity=Sensitivity.HEALTH)
    if not view.messages:
        await ask.say(t("Nobody has written yet."), sensitivity=Sensitivity.NEUTRAL)
    what = await ask.choice("what", t("What do you want to do?"), _options(view))
    if what == "write":
        await _write(ask, view)
    elif what.startswith("answer/"):
        await _answer(ask, view, next(each for each in view.messages if str(each.message) == what.removeprefix("answer/")))
    else:
        await _read(ask, view)
        await ask.say(t("Good. You find them here again."), sensitivity=Sensitivity.NEUTRAL)


async def _read(ask: Ask, view: MessagesView) -> None:
    """Noted by the first press after they were shown, so that nobody seems to have read what never came to them."""
    if view.messages:
        newest = max(each.message for each in view.messages)
        await ask.do(f"read/{newest}", ReadMessages(case=view.case, up_to=newest))


def _options(view: MessagesView) -> dict[str, Text]:
    options: dict[str, Text] = {}
    if view.writes:
        for place, each in enumerate(view.messages, start=1):
            if not each.mine and place > len(view.messages) - ANSWERED_AT_MOST:
                options[f"answer/{each.message}"] = t("Answer no. {place}", place=place)
        options["write"] = t("Write a message")
    return options | {"done": t("That is all")}


def shown(place: int, each: MessageView) -> Text:
    """One message with who has read it."""
    lines = [t("{place}. {name}, {moment}:", place=place, name=each.sender, moment=each.sent_at), t("«{words}»", words=each.words)]
    if each.answer_by is not None:
        lines.append(t("Needs an answer by {day}.", day=each.answer_by))
    if each.read:
        lines.append(t("Read by: {names}", names=[verbatim(name) for name in each.read]))
    if each.waiting:
        lines.append(t("Not read yet: {names}", names=[verbatim(name) for name in each.waiting]))
    if each.answered:
        lines.append(t("Has answered: {names}", names=[verbatim(name) for name in each.answered]))
    return joined(*lines, by="\n")


async def _write(ask: Ask, view: MessagesView) -> None:
    kinds = dict(view.writes)
    kind = next(iter(kinds))
    if len(kinds) > 1:
        options = {str(each): INFO[each] for each in kinds}
        kind = InfoKind(await ask.choice("kind", t("What is it about? It decides who can read it."), options))
    words = await _words(ask)
    by = await _needs_answer(ask)
    names = kinds.get(kind, ())
    # The yes is to these readers: where somebody else may read it by now, it is asked for anew.
    question = t("These can read the message: {names}. Shall we send it?", names=[verbatim(name) for name in names])
    if not await ask.confirm(f"send/{as_shown(kind, names)}", question):
        await _read(ask, view)
        await ask.say(t("Nothing is sent. You can come back at any time."), sensitivity=Sensitivity.NEUTRAL)
        return
    await _read(ask, view)
    await ask.do("write", WriteMessage(case=view.case, kind=kind, words=words, answer_by=by))
    await ask.say(t("The message is sent. You can see here who has read it."), sensitivity=Sensitivity.NEUTRAL)


async def _words(ask: Ask) -> str:
    prompt = t("What do you want to say? Keep it short. Write no more about health than they must know.")
    return await ask.text("words", prompt, sensitivity=Sensitivity.HEALTH, max_length=500) or ""


async def _needs_answer(ask: Ask) -> date | None:
    options = {"no": t("No, they only need to read it"), "yes": t("Yes, by a day")}
    if await ask.choice("needs", t("Do you need an answer?"), options) == "no":
        return None
    today = (await ask.look(Now())).date()
    earliest, latest = today + timedelta(days=1), today + timedelta(days=LATEST_DAYS)
    return await ask.date("by", t("By which day do you need an answer?"), earliest=earliest, latest=latest)


async def _answer(ask: Ask, view: MessagesView, one: MessageView) -> None:
    words = await _words(ask.under(f"to/{one.message}"))
    await _read(ask, view)
    await ask.do(f"answer/{one.message}", WriteMessage(case=view.case, kind=one.kind, words=words, answers=MessageId(one.message)))
    await ask.say(t("Your answer is sent to those who could read the message."), sensitivity=Sensitivity.NEUTRAL)
