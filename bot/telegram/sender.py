"""Emptying the outbox into Telegram.

Here: claiming what may leave, calling, and writing down what came of it. Not here: what an error means (`bot.telegram.signals`), how
much may leave (`bot.telegram.pacer`), or the rows (`bot.store.outbox`). Guarantees: a call is made only for a row that is `sending` on
disk; whatever happens, nothing is lost and no error of one message stops the others.
"""

import asyncio
import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from random import SystemRandom

from telegram import Bot
from telegram.error import TelegramError

from bot.clock import Clock
from bot.domain.incoming import AccountId
from bot.domain.outgoing import AnswerPress, EditMessage, MessageClass, SendMessage
from bot.store import claims, outbox
from bot.store.claims import Claimed
from bot.store.database import Database, Tx
from bot.telegram.pacer import Pacer
from bot.telegram.rendering import call
from bot.telegram.signals import Signal, Verdict, verdict

AT_ONCE = 8
"""Calls at the same time: enough for 30 a second at a quarter of a second each; more makes python-telegram-bot's requests slower."""
LONGEST_LOOK = 1.0
LONGEST_BACKOFF = 300.0
CONFLICT_PAUSE = 30.0
LAST_CALLS = 10.0
RECORD_PAUSES = (0.5, 2.0, 8.0, 30.0)
"""What is not written down after these tries stays `sending`, and is decided at the next start."""

Alarm = Callable[[Tx, str, str], None]
BeforeClaiming = Callable[[Tx], None]
OnLinkDead = Callable[[Tx, AccountId], None]


@dataclass(frozen=True, slots=True)
class Done:
    """Telegram accepted it; `message_id` is what it calls the message."""

    message_id: int | None


class Sender:
    """The one that empties the outbox. One for each database and token."""

    def __init__(
        self,
        bot: Bot,
        database: Database,
        *,
        pacer: Pacer,
        clock: Clock,
        alarm: Alarm,
        on_link_dead: OnLinkDead,
        before_claiming: BeforeClaiming = lambda _tx: None,
    ) -> None:
        self._bot = bot
        self._database = database
        self._pacer = pacer
        self._clock = clock
        self._alarm = alarm
        self._on_link_dead = on_link_dead
        self._before_claiming = before_claiming
        self._news = asyncio.Event()
        self._calls: set[asyncio.Task[None]] = set()
        self._stopping = False
        self._random = SystemRandom()
        self.refused = False
        """Telegram refused the token: nothing is sent until the process is started with another one."""

    def wake(self) -> None:
        """Something was put in the outbox."""
        self._news.set()

    def hold(self, seconds: float) -> None:
        """Send nothing for so long (a second poller was seen, for instance)."""
        self._pacer.hold(seconds)

    def stop(self) -> None:
        """Claim nothing more; `run` ends when the calls under way are written down, or are broken off after ten seconds."""
        self._stopping = True
        self._news.set()

    async def run(self) -> None:
        """Send until stopped or until Telegram refuses the token. First, what was interrupted is decided."""
        await self._database.transact(self._recover)
        try:
            while not self._stopping:
                self._news.clear()
                try:
                    if not await self._start_calls():
                        await self._rest()
                except Exception as error:  # the disk is full for a moment, for instance: it must not end the sending for good
                    self._report("the outbox could not be read", error)
                    await asyncio.sleep(LONGEST_LOOK)
        finally:
            if self._calls:
                # What is broken off here stays `sending`, and is decided at the next start.
                _, late = await asyncio.wait(self._calls, timeout=LAST_CALLS)
                for task in late:
                    task.cancel()
                await asyncio.gather(*late, return_exceptions=True)

    def _recover(self, tx: Tx) -> None:
        for row in outbox.recover(tx):
            self._mourn(tx, row.id, row.message_class, row.reason)

    def _mourn(self, tx: Tx, row: int, message_class: MessageClass, reason: str) -> None:
        """What is not sent is an alarm where it is about rights; a reminder that came too late is only recorded."""
        if message_class is MessageClass.RIGHTS:
            self._alarm(tx, "outbox_given_up", f"outbox row {row}: {reason}")

    async def _start_calls(self) -> bool:
        """Claim what may leave now and start the calls; False when nothing could."""
        room = min(self._pacer.room(), AT_ONCE - len(self._calls))
        if room <= 0:
            return False
        busy = self._pacer.busy()

        def work(tx: Tx) -> tuple[Claimed, ...]:
            self._before_claiming(tx)
            batch = claims.claim(tx, limit=room, busy=busy)
            for row in batch.dropped:
                self._mourn(tx, row.id, row.message_class, row.reason)
            return batch.claimed

        claimed = await self._database.transact(work)
        for each in claimed:
            self._pacer.take(None if isinstance(each.outgoing, AnswerPress) else each.chat)
            task = asyncio.create_task(self._deliver(each))
            self._calls.add(task)
            task.add_done_callback(self._finished)
        return bool(claimed)

    def _finished(self, task: asyncio.Task[None]) -> None:
        self._calls.discard(task)
        self._news.set()

    async def _rest(self) -> None:
        """Wait for news, for the limits, or for the next row's time, whichever comes first."""
        waits = [LONGEST_LOOK]
        if len(self._calls) < AT_ONCE and (wait := self._pacer.wait()) > 0:
            waits.append(wait)
        elif len(self._calls) < AT_ONCE:
            if (chat := self._pacer.next_chat()) is not None:
                waits.append(chat)
            if due := await self._database.transact(claims.next_due):
                waits.append((due - self._clock.now()).total_seconds())
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._news.wait(), max(0.001, min(waits)))

    async def _deliver(self, claimed: Claimed) -> None:
        outcome: Done | Verdict
        try:
            outcome = Done(await call(self._bot, claimed.chat, claimed.outgoing))
        except TelegramError as error:
            outcome = verdict(error, claimed.outgoing)
        except Exception as error:  # a fault of ours, or an answer that is not Telegram's: nobody knows what left
            self._report("a call failed in an unexpected way", error)
            outcome = Verdict(signal=Signal.UNKNOWN, words=f"{type(error).__name__} while calling")
        if isinstance(outcome, Verdict):
            self._heed(outcome)
        for pause in RECORD_PAUSES:
            try:
                await self._database.transact(lambda tx: self._record(tx, claimed, outcome))
            except Exception as error:
                self._report(f"what became of outbox row {claimed.id} could not be written down", error)
                await asyncio.sleep(pause)
            else:
                return

    def _report(self, what: str, error: BaseException) -> None:
        asyncio.get_running_loop().call_exception_handler({"message": what, "exception": error})

    def _heed(self, outcome: Verdict) -> None:
        """What one error means for all lanes."""
        match outcome.signal:
            case Signal.TOO_MANY:
                self._pacer.hold(outcome.wait.total_seconds())
            case Signal.SECOND_POLLER:
                self._pacer.hold(CONFLICT_PAUSE)
            case Signal.MISCONFIGURED:
                self.refused = True
                self.stop()

    def _backoff(self, attempt: int) -> timedelta:
        return timedelta(seconds=min(LONGEST_BACKOFF, 2.0 ** min(attempt, 10)) * self._random.uniform(0.5, 1.0))

    def _record(self, tx: Tx, claimed: Claimed, outcome: Done | Verdict) -> None:
        row = claimed.id
        if isinstance(outcome, Done):
            outbox.sent(tx, row, outcome.message_id)
            return
        words, later = outcome.words, tx.now + self._backoff(claimed.attempt)
        match outcome.signal:
            case Signal.NOT_SENT:
                outbox.retry(tx, row, later, words)
            case Signal.UNKNOWN:
                if outbox.unknown(tx, row, later, words) is outbox.Fate.GIVEN_UP:
                    self._mourn(tx, row, claimed.message_class, words)
            case Signal.TOO_MANY:
                outbox.retry(tx, row, tx.now + outcome.wait, words)
            case Signal.ALREADY_SO:
                message = claimed.outgoing.message_id if isinstance(claimed.outgoing, EditMessage) else None
                outbox.sent(tx, row, message)
            case Signal.MESSAGE_GONE if isinstance(claimed.outgoing, EditMessage):
                self._gone(tx, row, claimed.outgoing, words)
            case Signal.LINK_DEAD:
                self._link_died(tx, claimed, words)
            case Signal.MISCONFIGURED:
                outbox.retry(tx, row, tx.now, words)
                self._alarm(
                    tx, "token_refused", "Telegram refuses the token: nothing is sent or lost; correct SAMRAD_BOT_TOKEN and start again"
                )
            case Signal.SECOND_POLLER:
                outbox.retry(tx, row, tx.now + timedelta(seconds=CONFLICT_PAUSE), words)
                self._alarm(tx, "second_poller", "another process uses the same SAMRAD_BOT_TOKEN: stop one of them")
            case _:
                outbox.dead(tx, row, words)
                self._alarm(tx, "outbox_dead", f"outbox row {row} can never be sent: {words}")

    def _gone(self, tx: Tx, row: int, edit: EditMessage, words: str) -> None:
        """The person has deleted the message. What it should now say must reach them all the same; its buttons are gone with it."""
        if edit.text is None:
            outbox.sent(tx, row, None)
        else:
            outbox.retry_as(tx, row, SendMessage(text=edit.text, rows=edit.rows), tx.now, words)

    def _link_died(self, tx: Tx, claimed: Claimed, words: str) -> None:
        outbox.dead(tx, claimed.id, words)
        if claimed.account is not None and claimed.chat == claimed.account:
            outbox.link_dead(tx, claimed.account)
            self._on_link_dead(tx, claimed.account)
