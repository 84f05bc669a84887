"""A case through random weeks again, with everything else that moves responsibility: no time, the end, beginning again, sent around.

Here: those moves, and who has said yes to what, written down as it happens. Not here: the moves of substitutes and changes
(`tests.requirements.hold_machine`), nor how many weeks.
"""

from bot.domain.cases import CaseState, DecisionKind, Wanted
from bot.domain.change_commands import AnswerChange
from bot.domain.closing import AnswerClosing, CloseCase, ProposeClosing, Reopen, WhyClosed
from bot.domain.commands import AnswerAsCandidate, Decide, NoTime, Recall, Withdraw
from bot.domain.ids import AssignmentId, PersonId, SentAroundId, SubstituteId
from bot.domain.one_press import TimeFound
from bot.domain.sent_around import SaySentAround, TakeSentAround
from bot.domain.substitute_commands import AnswerSubstitute, EndSubstitute
from bot.engine.ask import Command
from bot.store.database import Tx
from tests.requirements.handing_over_walks import Desk
from tests.requirements.hold_machine import LeftAlone, Machine
from tests.requirements.walks import FIRST

ASKED = {
    AnswerAsCandidate: "SELECT candidate AS who FROM assignments WHERE id = :id",
    AnswerChange: "SELECT person AS who FROM change_asks WHERE id = :id",
    AnswerSubstitute: "SELECT person AS who FROM substitutes WHERE id = :id",
}
HOLDING = """
    SELECT candidate AS who FROM assignments WHERE case_id = 1 AND state = 'accepted'
    UNION SELECT person FROM taking_over WHERE case_id = 1 AND ended_at IS NULL
    UNION SELECT person FROM substitutes WHERE case_id = 1 AND state = 'accepted'
"""


class HandingOn(Machine):
    """The same case, with every command that moves responsibility. `accepted`: who has said yes, to whatever it was."""

    def __init__(self, desk: Desk, seed: int) -> None:
        super().__init__(desk, seed)
        self.accepted: set[PersonId] = set()
        self.begun: set[PersonId] | None = None

    async def command(self) -> Command[object]:
        if self.random.random() < 0.6:
            return await super().command()
        sql = (
            "SELECT (SELECT max(id) FROM sent_around) AS sent, (SELECT max(id) FROM assignments) AS asked,"
            " (SELECT max(id) FROM substitutes) AS stands"
        )
        rows = await self.desk.town.rows(sql)
        choices: tuple[Command[object], ...] = (
            NoTime(case=FIRST, words=None),
            TimeFound(case=FIRST),
            ProposeClosing(case=FIRST, why=WhyClosed.NOT_WANTED),
            AnswerClosing(case=FIRST, yes=self.random.random() < 0.3),
            CloseCase(case=FIRST),
            Reopen(case=FIRST),
            Reopen(case=FIRST),
            Decide(case=FIRST, kind=DecisionKind.GRANT, granted=Wanted.COORDINATOR, reason=""),
            Decide(case=FIRST, kind=DecisionKind.GRANT, granted=Wanted.COORDINATOR, reason=""),
            Recall(assignment=AssignmentId(rows[0]["asked"] or 0)),
            SaySentAround(case=FIRST, words=None),
            EndSubstitute(substitute=SubstituteId(rows[0]["stands"] or 0)),
            TakeSentAround(sent=SentAroundId(rows[0]["sent"] or 0)),
        )
        return Withdraw(case=FIRST, reason=None) if self.random.random() < 0.02 else self.random.choice(choices)

    async def forward(self) -> tuple[str, Command[object]] | None:
        state = await self.state()
        if state in {CaseState.CLOSED, CaseState.WITHDRAWN}:
            return "anne", Reopen(case=FIRST)
        if state in {CaseState.RECEIVED, CaseState.CLARIFYING}:
            return "anne", Decide(case=FIRST, kind=DecisionKind.GRANT, granted=Wanted.COORDINATOR, reason="")
        if await self.desk.town.rows("SELECT 1 FROM closings WHERE id = (SELECT max(id) FROM closings) AND state = 'agreed'"):
            return "anne", CloseCase(case=FIRST)
        return await super().forward()

    async def state(self) -> CaseState:
        return (await self.desk.town.case(FIRST)).state

    async def does(self, who: str, command: Command[object]) -> None:
        asked = await self.asked_by(command)
        await super().does(who, command)
        if asked is not None and getattr(command, "yes", False):
            self.accepted.add(asked)

    async def asked_by(self, command: Command[object]) -> PersonId | None:
        """Whose yes a command is."""
        sql = ASKED.get(type(command))
        if sql is None:
            return None
        number = next(value for name in ("assignment", "ask", "substitute") if (value := getattr(command, name, None)) is not None)
        rows = await self.desk.town.rows(sql, id=number)
        return PersonId(rows[0]["who"]) if rows and rows[0]["who"] is not None else None

    async def look(self) -> None:
        """Held, and by nobody who has not said yes."""
        await super().look()
        await self.desk.world.read(self._by_whom)

    def _by_whom(self, tx: Tx) -> None:
        holding = {PersonId(row["who"]) for row in tx.all(HOLDING)}
        if self.begun is None:
            self.begun = holding  # who had the case from the beginning
        if strangers := holding - self.accepted - self.begun:
            raise LeftAlone(f"people {sorted(strangers)} have the case and have never said yes to it")
