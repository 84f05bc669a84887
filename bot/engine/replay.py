"""Running a conversation from the top with the answers so far.

Here: the loop between a conversation and its stored answers. Not here: where answers are stored and what commands do; both are handed
in. Guarantees: nothing foreign is awaited, no key is used twice, no command runs twice for one key, and every stored answer is read
again by today's question.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from bot.engine.ask import Ask, Command, Do, Look, Query, Request, Said, Summarise
from bot.engine.questions import AnswerRefused, Kind, Question, Sensitivity, SummaryRow
from bot.engine.texts import Text

Conversation = Callable[[Ask], Awaitable[None]]


class ConversationFault(Exception):
    """A conversation is written wrongly: it awaits something foreign or uses a key twice. A bug, not something a person did."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Turn:
    """Where a conversation stands: what it has said since the last answer, and what it asks. `asked` is None when it has ended."""

    asked: Question | None
    said: tuple[Said, ...]
    given: tuple[tuple[Question, object], ...]
    """Every answer on the way here with its question, in order."""
    back: str | None
    """The key to drop to go one question back; None where there is nothing to go back to, or something has been done since."""
    refused: Text | None = None
    """Why the stored answer to the question asked now was not accepted."""
    changeable: tuple[str, ...] = ()
    """The keys of answers that can still be changed: those since the last thing that was done."""

    @property
    def ended(self) -> bool:
        return self.asked is None

    @property
    def answered(self) -> tuple[SummaryRow, ...]:
        """The answers in words."""
        return tuple(_row(question, answer) for question, answer in self.given)


def _row(question: Question, answer: object) -> SummaryRow:
    return SummaryRow(question.key, question.label or question.prompt, question.shown(answer))


class _Replay:
    def __init__(
        self,
        stored: Mapping[str, object],
        look: Callable[[Query[object]], object],
        do: Callable[[str, Command[object]], object],
    ) -> None:
        self.stored, self.look, self.do = stored, look, do
        self.seen: set[str] = set()
        self.said: list[Said] = []
        self.given: list[tuple[Question, object]] = []
        self.back: list[str] = []

    def turn(self, asked: Question | None, refused: Text | None = None) -> Turn:
        return Turn(
            asked=asked,
            said=tuple(self.said),
            given=tuple(self.given),
            back=self.back[-1] if self.back else None,
            refused=refused,
            changeable=tuple(self.back),
        )

    def use(self, key: str) -> None:
        if key in self.seen:
            raise ConversationFault(f"the key {key!r} is used twice; give each question and command its own, or a prefix with ask.under()")
        self.seen.add(key)

    def answer(self, question: Question) -> tuple[object, Turn | None]:
        self.use(question.key)
        if question.key not in self.stored:
            return None, self.turn(question)
        try:
            answer = question.parse(self.stored[question.key])
        except AnswerRefused as refusal:
            return None, self.turn(question, refusal.reason)
        self.said.clear()
        self.back.append(question.key)
        if question.kind is not Kind.SUMMARY:
            self.given.append((question, answer))
        return answer, None

    def done(self, wanted: Do) -> object:
        self.use(wanted.key)
        self.back.clear()
        if wanted.key in self.stored:
            return self.stored[wanted.key]
        return self.do(wanted.key, wanted.command)

    def summary(self, wanted: Summarise) -> Question:
        rows = (*(_row(question, answer) for question, answer in self.given if question.label is not None), *wanted.more)
        return Question(key=wanted.key, kind=Kind.SUMMARY, prompt=wanted.prompt, rows=rows, sensitivity=Sensitivity.HEALTH)


def replay(
    conversation: Conversation,
    *,
    stored: Mapping[str, object],
    look: Callable[[Query[object]], object],
    do: Callable[[str, Command[object]], object],
    given: Mapping[str, str] | None = None,
) -> Turn:
    """Run a conversation from the top until it asks something unanswered or ends.

    `stored` holds answers and results of commands by key; `look` answers queries with today's facts; `do` carries out a command and
    stores its result. Raises `ConversationFault` where the conversation is written wrongly, and whatever `look` and `do` raise.
    """
    state = _Replay(stored, look, do)
    running = conversation(Ask(given)).__await__()
    answer: object = None
    try:
        while True:
            request = running.send(answer)
            if not isinstance(request, Request):
                raise ConversationFault(f"only ask, look, say and do can be awaited in a conversation, not {type(request).__name__}")
            wanted = request.wanted
            if isinstance(wanted, Summarise):
                wanted = state.summary(wanted)
            if isinstance(wanted, Question):
                answer, halt = state.answer(wanted)
                if halt is not None:
                    return halt
            elif isinstance(wanted, Look):
                answer = look(wanted.query)
            elif isinstance(wanted, Do):
                answer = state.done(wanted)
            elif isinstance(wanted, Said):
                state.said.append(wanted)
                answer = None
    except StopIteration:
        return state.turn(None)
    finally:
        running.close()
