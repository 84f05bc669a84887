"""Answers as a form sends them.

Here: from a form's fields to the value of a question. Not here: whether it fits; the question says that. Guarantees: nothing typed is
guessed at; a national identity number is never handed on.
"""

from datetime import datetime

from starlette.datastructures import FormData

from bot.domain.identity_numbers import find as identity_numbers
from bot.engine.questions import AnswerRefused, Kind, Question
from bot.services.municipality import Municipality
from bot.services.reading import read_date, read_time
from bot.web import words

ANSWER = "answer"


def value(question: Question, form: FormData, municipality: Municipality, now: datetime) -> object:
    """The stored value of what a form says. Raises `AnswerRefused` with the reason."""
    if form.get("do") == "skip" and question.skip is not None:
        return None
    said = str(form.get(ANSWER, "")).strip()
    match question.kind:
        case Kind.CHOICE | Kind.LANGUAGE:
            if not said:
                raise AnswerRefused(words.CHOOSE_ONE_FIRST)
            return said
        case Kind.CHOICES:
            ticked = [str(each) for each in form.getlist(ANSWER)]
            if not ticked:
                raise AnswerRefused(words.CHOOSE_SOME_FIRST)
            return ticked
        case Kind.CONFIRM:
            if said not in {"yes", "no"}:
                raise AnswerRefused(words.CHOOSE_ONE_FIRST)
            return said == "yes"
        case Kind.SUMMARY:
            return True
        case Kind.DATE:
            return read_date(" ".join(said.split()), now.date()).isoformat()
        case Kind.TIME:
            return read_time(" ".join(said.split()))
        case Kind.TEXT:
            if identity_numbers(said):
                raise AnswerRefused(words.IDENTITY_NUMBER)
            # A browser sends line breaks as two characters, and counts them as one.
            return said.replace("\r\n", "\n")
