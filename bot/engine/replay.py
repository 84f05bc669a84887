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


class Running:
    """A conversation that has been run from the top with its stored answers. `turn` is where it stands.

    It can go on from there once, with the answer to what it asks. Raises as `replay` does.
    """

    def __init__(
        self,
        conversation: Conversation,
        stored: Mapping[str, object],
        look: Callable[[Query[object]], object],
        do: Callable[[str, Command[object]], object],
        given: Mapping[str, str] | None,
    ) -> None:
        self._stored, self._look, self._do = stored, look, do
        self._steps = conversation(Ask(given)).__await__()
        self._seen: set[str] = set()
        self._said: list[Said] = []
        self._given: list[tuple[Question, object]] = []
        self._back: list[str] = []
        self.turn = self._run(None)

    def go_on(self, value: object, do: Callable[[str, Command[object]], object]) -> Turn:
        """Where it stands when this is stored as the answer to what it asks. Raises `AnswerRefused` where it does not fit."""
        assert self.turn.asked is not None
        self._do = do
        return self._run(self._accepted(self.turn.asked, value))

    def _turn(self, asked: Question | None, refused: Text | None = None) -> Turn:
        return Turn(
            asked=asked,
            said=tuple(self._said),
            given=tuple(self._given),
            back=self._back[-1] if self._back else None,
            refused=refused,
            changeable=tuple(self._back),
        )

    def _use(self, key: str) -> None:
        if key in self._seen:
            raise ConversationFault(f"the key {key!r} is used twice; give each question and command its own, or a prefix with ask.under()")
        self._seen.add(key)

    def _accepted(self, question: Question, value: object) -> object:
        answer = question.parse(value)
        self._said.clear()
        self._back.append(question.key)
        if question.kind is not Kind.SUMMARY:
            self._given.append((question, answer))
        return answer

    def _done(self, wanted: Do) -> object:
        self._use(wanted.key)
        self._back.clear()
        return self._stored[wanted.key] if wanted.key in self._stored else self._do(wanted.key, wanted.command)

    def _summary(self, wanted: Summarise) -> Question:
        rows = (*(_row(question, answer) for question, answer in self._given if question.label is not None), *wanted.more)
        return Question(key=wanted.key, kind=Kind.SUMMARY, prompt=wanted.prompt, rows=rows, sensitivity=Sensitivity.HEALTH)

    def _run(self, answer: object) -> Turn:
        try:
            while True:
                request = self._steps.send(answer)
                if not isinstance(request, Request):
                    raise ConversationFault(f"only ask, look, say and do can be awaited in a conversation, not {type(request).__name__}")
                wanted = request.wanted
                if isinstance(wanted, Summarise):
                    wanted = self._summary(wanted)
                if isinstance(wanted, Question):
                    self._use(wanted.key)
                    if wanted.key not in self._stored:
                        return self._turn(wanted)
                    try:
                        answer = self._accepted(wanted, self._stored[wanted.key])
                    except AnswerRefused as refusal:
                        return self._turn(wanted, refusal.reason)
                elif isinstance(wanted, Look):
                    answer = self._look(wanted.query)
                elif isinstance(wanted, Do):
                    answer = self._done(wanted)
                elif isinstance(wanted, Said):
                    self._said.append(wanted)
                    answer = None
        except StopIteration:
            return self._turn(None)


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
    return Running(conversation, stored, look, do, given).turn
