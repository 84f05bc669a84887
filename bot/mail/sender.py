"""Emptying the outbox into the mail server.

Here: claiming one e-mail at a time, handing it over, and writing down what came of it. Not here: what an error means
(`bot.mail.signals`), the connection (`bot.mail.server`), the rows (`bot.store.outbox`), who is told (`bot.services.ladder`). Guarantees: a
message is handed over only when its row is `sending` on disk; whatever happens, none is lost; one that cannot be delivered stops no other.
"""

import asyncio
import contextlib
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from random import SystemRandom
from time import monotonic
from typing import Final

from bot.clock import Clock
from bot.domain.outgoing import MessageClass, SendMail
from bot.mail.message import From, NoAddress, as_bytes, plain_address
from bot.mail.server import Connection, Failed
from bot.mail.signals import Signal, Verdict, verdict
from bot.store import claims, mail_returned, outbox
from bot.store.claims import Claimed
from bot.store.database import Database, Tx
from bot.store.mail_returned import MAIL

IN_A_MINUTE: Final = 60
"""More than a municipality needs, and less than what mail servers take for a flood."""
LONGEST_LOOK: Final = 5.0
FIRST_RETRY: Final = 60.0
"""A server that does not know us yet often says "later" and means some minutes (greylisting)."""
LONGEST_BACKOFF: Final = 3600.0
AWAY: Final = 60.0
MISCONFIGURED: Final = 600.0
LAST_CALL: Final = 10.0
RECORD_PAUSES: Final = (0.5, 2.0, 8.0, 30.0)
"""What is not written down after these tries stays `sending`, and is decided at the next start."""

Alarm = Callable[[Tx, str, str], None]
OnFailed = Callable[[Tx, int, bool], None]
"""An e-mail's row, and whether it surely did not arrive."""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Ready:
    """A claimed e-mail with the code that names it."""

    claimed: Claimed
    mail: SendMail
    tag: str


class MailSender:
    """The one that empties the outbox's channel `mail`. One for each database."""

    def __init__(
        self,
        connection: Connection,
        database: Database,
        *,
        ours: From,
        clock: Clock,
        alarm: Alarm,
        on_failed: OnFailed,
        before_claiming: Callable[[Tx], None] = lambda _tx: None,
        seconds: Callable[[], float] = monotonic,
    ) -> None:
        self._connection, self._database, self._ours, self._clock = connection, database, ours, clock
        self._alarm, self._on_failed, self._before_claiming, self._seconds = alarm, on_failed, before_claiming, seconds
        self._news = asyncio.Event()
        self._stopped = asyncio.Event()
        self._held_until = seconds()
        self._left: deque[float] = deque(maxlen=IN_A_MINUTE)
        self._random = SystemRandom()

    def wake(self) -> None:
        """Something was put in the outbox."""
        self._news.set()

    def stop(self) -> None:
        """Claim nothing more; `run` ends when the message under way is written down, or is broken off after ten seconds."""
        self._stopped.set()
        self._news.set()

    async def run(self) -> None:
        """Send until stopped. First, what was interrupted is decided."""
        recovered = False
        try:
            while not self._stopped.is_set():
                self._news.clear()
                try:
                    if not recovered:
                        await self._database.transact(self._recover)
                        recovered = True
                    if not await self._send_one():
                        await self._connection.close()
                        await self._rest()
                except Exception as error:  # the disk is full for a moment, for instance: it must not end the sending for good
                    self._report("the outbox could not be read", error)
                    await asyncio.sleep(LONGEST_LOOK)
        finally:
            await self._connection.close()

    def _recover(self, tx: Tx) -> None:
        for row in outbox.recover(tx, MAIL):
            self._give_up(tx, row.id, row.message_class, row.reason, sure=False)

    def _give_up(self, tx: Tx, row: int, message_class: MessageClass, reason: str, *, sure: bool) -> None:
        """Somebody is told another way; about rights an operator knows as well."""
        if message_class is MessageClass.RIGHTS:
            self._alarm(tx, "outbox_given_up", f"outbox row {row}: {reason}")
        self._on_failed(tx, row, sure)

    def _waits(self) -> float:
        """Seconds until the server may be asked again, by what it said and by our own limit."""
        now = self._seconds()
        limit = self._left[0] + 60.0 - now if len(self._left) == IN_A_MINUTE else 0.0
        return max(0.0, self._held_until - now, limit)

    async def _send_one(self) -> bool:
        """Claim one e-mail that may leave now and hand it over; False when there is none."""
        if self._waits() > 0:
            return False

        def work(tx: Tx) -> _Ready | None:
            self._before_claiming(tx)
            batch = claims.claim(tx, limit=1, channel=MAIL)
            for row in batch.dropped:
                self._give_up(tx, row.id, row.message_class, row.reason, sure=True)
            for claimed in batch.claimed:
                assert isinstance(claimed.outgoing, SendMail)
                return _Ready(claimed=claimed, mail=claimed.outgoing, tag=mail_returned.tag(tx, claimed.id))
            return None

        ready = await self._database.transact(work)
        if ready is None:
            return False
        self._left.append(self._seconds())
        outcome = await self._hand_over(ready)
        self._heed(outcome)
        await self._write_down(ready.claimed, outcome)
        return True

    async def _hand_over(self, ready: _Ready) -> Verdict | None:
        row = ready.claimed.id
        handing = asyncio.create_task(self._deliver(ready), name=f"e-mail of outbox row {row}")
        stopping = asyncio.create_task(self._stopped.wait())
        try:
            await asyncio.wait({handing, stopping}, return_when=asyncio.FIRST_COMPLETED)
            if not handing.done():
                await asyncio.wait({handing}, timeout=LAST_CALL)
            if not handing.done():
                return Verdict(signal=Signal.UNKNOWN, words="stopped while it was being handed over")
            return handing.result()
        except Exception as error:  # a fault of ours: nobody knows what left
            self._report("an e-mail failed in an unexpected way", error)
            return Verdict(signal=Signal.UNKNOWN, words=f"{type(error).__name__} while handing over")
        finally:
            for task in (handing, stopping):
                task.cancel()
            await asyncio.gather(handing, stopping, return_exceptions=True)

    async def _deliver(self, ready: _Ready) -> Verdict | None:
        row = ready.claimed.id
        try:
            message = as_bytes(ready.mail, self._ours, row=row, tag=ready.tag, at=self._clock.now())
            recipient = plain_address(ready.mail.address)
        except NoAddress:
            return Verdict(signal=Signal.REFUSED, words="this is no e-mail address")
        try:
            await self._connection.deliver(sender=self._ours.envelope(row, ready.tag), recipient=recipient, message=message)
        except Failed as failed:
            return verdict(failed)
        return None

    def _heed(self, outcome: Verdict | None) -> None:
        """What one error means for all that wait."""
        pause = {Signal.AWAY: AWAY, Signal.MISCONFIGURED: MISCONFIGURED}.get(outcome.signal) if outcome is not None else None
        if pause is not None:
            self._held_until = self._seconds() + pause

    async def _write_down(self, claimed: Claimed, outcome: Verdict | None) -> None:
        for pause in RECORD_PAUSES:
            try:
                await self._database.transact(lambda tx: self._record(tx, claimed, outcome))
            except Exception as error:
                self._report(f"what became of outbox row {claimed.id} could not be written down", error)
                await asyncio.sleep(pause)
            else:
                return

    def _record(self, tx: Tx, claimed: Claimed, outcome: Verdict | None) -> None:
        row = claimed.id
        if outcome is None:
            outbox.sent(tx, row, None)
            return
        later = tx.now + self._backoff(claimed.attempt)
        match outcome.signal:
            case Signal.NOT_SENT | Signal.AWAY:
                outbox.retry(tx, row, later, outcome.words)
            case Signal.UNKNOWN:
                if outbox.unknown(tx, row, later, outcome.words) is outbox.Fate.GIVEN_UP:
                    self._give_up(tx, row, claimed.message_class, outcome.words, sure=False)
            case Signal.MISCONFIGURED:
                outbox.retry(tx, row, tx.now + timedelta(seconds=MISCONFIGURED), outcome.words)
                sentence = "the mail server takes nothing from us; nothing is lost: see samrad check, and correct SAMRAD_SMTP_URL"
                self._alarm(tx, "mail_refused", f"{sentence} ({outcome.words})")
            case Signal.REFUSED:
                outbox.dead(tx, row, outcome.words)
                self._give_up(tx, row, claimed.message_class, outcome.words, sure=True)

    def _backoff(self, attempt: int) -> timedelta:
        return timedelta(seconds=min(LONGEST_BACKOFF, FIRST_RETRY * 2.0 ** min(attempt - 1, 10)) * self._random.uniform(0.8, 1.2))

    async def _rest(self) -> None:
        """Wait for news, for the server, or for the next row's time, whichever comes first."""
        waits = [LONGEST_LOOK]
        if (held := self._waits()) > 0:
            waits = [min(held, LONGEST_LOOK)]
        elif due := await self._database.transact(lambda tx: claims.next_due(tx, MAIL)):
            waits.append((due - self._clock.now()).total_seconds())
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._news.wait(), max(0.001, min(waits)))

    def _report(self, what: str, error: BaseException) -> None:
        asyncio.get_running_loop().call_exception_handler({"message": what, "exception": error})
