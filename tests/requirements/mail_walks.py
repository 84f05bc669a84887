"""Ways that tests of e-mail need: a member without a chat, the page on which they answer, a mail server's answers.

Here: what people and servers do. Not here: what is asserted.
"""

import itertools
import re
from dataclasses import dataclass
from typing import Any

from starlette.applications import Starlette

from bot.domain.cases import TaskKind
from bot.domain.circle_commands import AnswerAsMember, InviteMember
from bot.domain.consent import InfoKind
from bot.domain.ids import MemberId
from bot.domain.outgoing import SendMail
from bot.services import ladder
from bot.store import tasks
from bot.store.database import Tx
from bot.web.app import page
from tests.requirements.circle_walks import TROND, Around
from tests.requirements.meeting_walks import Table
from tests.requirements.town import Town
from tests.web.conftest import SETTINGS
from tests.web.visitor import ADDRESS, Visitor
from tests.world import Chat, World

LINK = re.compile(rf"{re.escape(ADDRESS)}/a/([A-Za-z0-9_-]+)")
SHARED = (InfoKind.MEETINGS, InfoKind.MINUTES, InfoKind.TASKS, InfoKind.CONTACT)


@dataclass
class MailTable(Table):
    """As `Table`, but Trond has no chat: only an address."""

    @classmethod
    async def of(cls, world: World, **about_trond: Any) -> "MailTable":
        around = await Around.of(await Town.of(world))
        first = await around.add()
        second = await around.add(TROND, title="Lærer", service=None, service_words="Skolen", **about_trond)
        await around.consent({first: SHARED, second: SHARED})
        solveig = await around.joined(first)
        await around.town.does(around.town.nora, InviteMember(member=second))
        await around.town.does(around.town.anne, AnswerAsMember(member=second, yes=True))
        await world.deliver()
        made = cls(around, solveig, Chat(solveig.account, "nb"), (first, second))
        made.world.letters.clear()
        return made

    @property
    def absent(self) -> MemberId:
        """The one without a chat."""
        return self.members[1]

    @property
    def letters(self) -> list[SendMail]:
        return self.world.letters

    def code(self, letter: SendMail | None = None) -> str:
        """What stands in the personal link of the newest e-mail, or of this one."""
        found = LINK.search((letter or self.letters[-1]).text)
        assert found is not None
        return found[1]

    def visitor(self, language: str | None = None, *, still: bool = False) -> Visitor:
        """A browser that nobody knows. `still`: all it does happens within a minute, else each request a second after the one before."""
        return Visitor(self.app(still=still), language=language)

    def app(self, *, still: bool = False) -> Starlette:
        ticking = itertools.repeat(0) if still else itertools.count()
        return page(
            self.world.database,
            self.world.municipality,
            settings=SETTINGS,
            clock=self.world.clock,
            monotonic=lambda: float(next(ticking)),
        )

    async def rows(self) -> list[int]:
        """The e-mails in the outbox, oldest first."""

        def work(tx: Tx) -> list[int]:
            return [row["id"] for row in tx.all("SELECT id FROM outbox WHERE channel = 'mail' ORDER BY id")]

        return await self.world.read(work)

    async def fails(self, row: int | None = None, *, sure: bool = True) -> None:
        """This e-mail, else the newest, does not arrive."""
        row = (await self.rows())[-1] if row is None else row
        await self.world.read(lambda tx: ladder.mail_failed(tx, self.world.municipality, row, sure=sure))
        await self.world.deliver()

    async def phone_list(self) -> list[str]:
        """What the unit is to phone about."""

        def work(tx: Tx) -> list[str]:
            return [task.words for task in tasks.open_tasks(tx) if task.kind is TaskKind.REACH_BY_PHONE]

        return await self.world.read(work)
