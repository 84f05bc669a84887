"""Answering a message to a human: write in the chat, or note that it was answered by phone.

Requirement rows: A04 (whoever asks is told), A07 (the unit guides people to the right place), B13 (one may always contact the unit), R05.
Sources: Lund §§ 1, 3 and 5; Rana, KE og saksbehandling.
"""

from typing import Final

from bot.domain.commands import AnswerInquiry
from bot.domain.ids import InquiryId
from bot.domain.phone_numbers import readable
from bot.domain.staff_queries import InquiryView, TheInquiry
from bot.engine.ask import Ask
from bot.engine.questions import Sensitivity
from bot.engine.texts import t
from conversations.staff_words import shortened

HOW: Final = {"write": t("Write an answer"), "phoned": t("I have answered by phone"), "later": t("Later")}


async def answer_inquiry(ask: Ask) -> None:
    """The conversation begun from a task or a button."""
    await answer_inquiry_of(ask, InquiryId(int(ask.given["inquiry"])))


async def answer_inquiry_of(ask: Ask, inquiry: InquiryId) -> None:
    """The same from the desk."""
    view = await ask.look(TheInquiry(inquiry))
    if view is None or view.answered:
        await ask.say(t("This message no longer waits for an answer."), sensitivity=Sensitivity.NEUTRAL)
        return
    await show_message(ask, view)
    options = {way: label for way, label in HOW.items() if way != "write" or view.by_chat}
    how = await ask.choice("how", t("How do you answer?"), options, sensitivity=Sensitivity.NEUTRAL)
    match how:
        case "write":
            words = await ask.text(
                "words",
                t("What is your answer? They read exactly what you write."),
                label=t("Your answer"),
                sensitivity=Sensitivity.HEALTH,
                max_length=1500,
            )
            await ask.summary("send", t("Shall we send this?"))
            await ask.do("answer", AnswerInquiry(inquiry=inquiry, words=words))
            await ask.say(t("Your answer is sent."), sensitivity=Sensitivity.NEUTRAL)
        case "phoned":
            await ask.do("phoned", AnswerInquiry(inquiry=inquiry, words=None))
            await ask.say(t("Noted: answered by phone."), sensitivity=Sensitivity.NEUTRAL)
        case _:
            await ask.say(t("It stays among your tasks."), sensitivity=Sensitivity.NEUTRAL)


async def show_message(ask: Ask, view: InquiryView) -> None:
    """Who wrote, when, about which case, and what."""
    await ask.say(
        t("From {name}, {moment}", name=view.from_name or t("someone without a name"), moment=view.received_at),
        sensitivity=Sensitivity.PERSONAL,
    )
    if view.case_number is not None:
        await ask.say(t("It is about case {number}.", number=str(view.case_number)), sensitivity=Sensitivity.PERSONAL)
    if view.phone:
        await ask.say(t("Phone: {phone}", phone=readable(view.phone)), sensitivity=Sensitivity.PERSONAL)
    if view.words:
        await ask.say(t("«{words}»", words=shortened(view.words, 2000)), sensitivity=Sensitivity.HEALTH)
    else:
        await ask.say(t("They ask to be phoned."), sensitivity=Sensitivity.PERSONAL)
