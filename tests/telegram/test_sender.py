"""What leaves, what happens to it, and that no error loses or repeats what it must not."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
import pytest_asyncio

from bot.domain.incoming import AccountId
from bot.domain.outgoing import AnswerPress, Button, DeleteMessage, EditMessage, Lane, LeaveChat, MessageClass, Outgoing, SendMessage
from bot.store import claims, outbox
from bot.store.database import Database, Tx
from bot.store.seal import UNIT
from bot.telegram.pacer import Pacer
from bot.telegram.sender import Sender
from tests.telegram.wire import Hands, Reply, Wire, bot_on, fault, opened

RIGHTS, REMINDER, ANSWER = MessageClass.RIGHTS, MessageClass.REMINDER, MessageClass.ANSWER


@dataclass
class Post:
    """A database, a wire and a sender between them."""

    database: Database
    wire: Wire
    hands: Hands
    path: Path
    alarms: list[str] = field(default_factory=list)
    dead_links: list[int] = field(default_factory=list)
    sender: Sender = field(init=False)

    def __post_init__(self) -> None:
        self.sender = self.new_sender()

    def new_sender(self) -> Sender:
        return Sender(
            bot_on(self.wire.reply),
            self.database,
            pacer=Pacer(self.hands.seconds),
            clock=self.hands,
            alarm=lambda _tx, kind, _sentence: self.alarms.append(kind),
            on_link_dead=lambda _tx, account: self.dead_links.append(account),
        )

    async def put(self, what: Outgoing | str, chat: int = 7, *, lane: Lane = Lane.NOTICE, message_class: MessageClass = REMINDER) -> int:
        outgoing = SendMessage(text=what) if isinstance(what, str) else what

        def work(tx: Tx) -> int | None:
            return outbox.enqueue(tx, outgoing, account=AccountId(chat), lane=lane, message_class=message_class, owner=UNIT)

        row = await self.database.transact(work)
        assert row is not None
        return row

    async def line(self, row: int) -> outbox.Line:
        return next(line for line in await self.database.transact(outbox.lines) if line.id == row)

    async def settle(self) -> None:
        """Run the sender until nothing is under way and nothing may leave at this moment of the standing clock."""
        sender, self.sender = self.sender, self.new_sender()
        run = asyncio.create_task(sender.run())
        await until(lambda: run.done() or (not sender._calls and self._nothing_due()))
        sender.stop()
        await run
        self.refused = sender.refused

    def _nothing_due(self) -> bool:
        sql = "SELECT count(*) FROM outbox WHERE state = 'sending' OR (state IN ('ready', 'retry') AND due_at <= ?)"
        with sqlite3.connect(self.path) as raw:
            counted: int = raw.execute(sql, (self.hands.moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ"),)).fetchone()[0]
        raw.close()
        return counted == 0


async def until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not true():  # noqa: ASYNC110  what is waited for is a state of the database and the wire, not one event
            await asyncio.sleep(0.005)


@pytest_asyncio.fixture
async def post(tmp_path: Path) -> AsyncIterator[Post]:
    hands = Hands()
    async with opened(tmp_path / "x.db", hands) as database:
        yield Post(database, Wire(), hands, tmp_path / "x.db")


SEND, EDIT, DELETE = SendMessage(text="hei"), EditMessage(message_id=9, text="ny"), DeleteMessage(message_id=9)
PRESS = AnswerPress(press_id="p", text="Takk")

# The error table of docs/guarantees.md: signal, what is sent, its class, what becomes of the row, alarms.
TABLE: list[tuple[Reply, Outgoing, MessageClass, str, list[str]]] = [
    (httpx.ConnectError("refused"), SEND, REMINDER, "retry", []),
    (httpx.ConnectError("[Errno -2] Name or service not known"), SEND, ANSWER, "retry", []),
    (httpx.ConnectTimeout("slow"), SEND, RIGHTS, "retry", []),
    (httpx.PoolTimeout("full"), SEND, REMINDER, "retry", []),
    (httpx.ReadTimeout("slow"), SEND, REMINDER, "unknown", []),
    (httpx.ReadTimeout("slow"), SEND, RIGHTS, "retry", []),
    (httpx.ReadError("reset"), SEND, ANSWER, "unknown", []),
    (httpx.RemoteProtocolError("closed"), SEND, REMINDER, "unknown", []),
    (httpx.WriteTimeout("slow"), SEND, REMINDER, "unknown", []),
    (fault(500, "Internal Server Error"), SEND, REMINDER, "unknown", []),
    (fault(502, "Bad Gateway"), SEND, RIGHTS, "retry", []),
    ((504, b"<html>gateway</html>"), SEND, ANSWER, "unknown", []),
    ((200, b"not json"), SEND, REMINDER, "unknown", []),
    (httpx.ReadError("reset"), EDIT, REMINDER, "retry", []),
    (httpx.ReadError("reset"), DELETE, REMINDER, "retry", []),
    (httpx.ReadError("reset"), PRESS, ANSWER, "retry", []),
    (fault(429, "Too Many Requests: retry after 3", retry_after=3), SEND, REMINDER, "retry", []),
    (fault(429, "Too Many Requests"), SEND, REMINDER, "retry", []),
    (fault(400, "Bad Request: message is not modified: specified new message content"), EDIT, REMINDER, "sent", []),
    (fault(400, "Bad Request: query is too old and response timeout expired or query ID is invalid"), PRESS, ANSWER, "sent", []),
    (fault(400, "Bad Request: message to delete not found"), DELETE, REMINDER, "sent", []),
    (fault(400, "Bad Request: message can't be deleted for everyone"), DELETE, REMINDER, "dead", ["outbox_dead"]),
    (fault(400, "Bad Request: BUTTON_DATA_INVALID"), SEND, REMINDER, "dead", ["outbox_dead"]),
    (fault(400, "Bad Request: chat not found"), SEND, REMINDER, "dead", []),
    (fault(403, "Forbidden: bot was blocked by the user"), SEND, RIGHTS, "dead", []),
    (fault(403, "Forbidden: user is deactivated"), SEND, REMINDER, "dead", []),
    (fault(403, "Forbidden: bot is not a member of the supergroup chat"), LeaveChat(), ANSWER, "sent", []),
    (fault(401, "Unauthorized"), SEND, REMINDER, "retry", ["token_refused"]),
    (fault(404, "Not Found"), SEND, ANSWER, "retry", ["token_refused"]),
    (fault(409, "Conflict: terminated by other getUpdates request"), SEND, REMINDER, "retry", ["second_poller"]),
]


@pytest.mark.parametrize(("reply", "outgoing", "message_class", "state", "alarms"), TABLE)
async def test_each_row_of_the_error_table(
    post: Post, reply: Reply, outgoing: Outgoing, message_class: MessageClass, state: str, alarms: list[str]
) -> None:
    methods = {
        "send": "sendMessage",
        "edit": "editMessageText",
        "delete": "deleteMessage",
        "answer": "answerCallbackQuery",
        "leave": "leaveChat",
    }
    row = await post.put(outgoing, message_class=message_class)
    post.wire.will(methods[(await post.line(row)).kind], reply)
    await post.database.transact(lambda tx: claims.claim(tx, limit=0))
    sender = post.sender
    run = asyncio.create_task(sender.run())
    await until(lambda: run.done() or (bool(post.wire.calls) and not sender._calls))
    sender.stop()
    await run
    line = await post.line(row)
    refused = "token_refused" in alarms
    assert (line.state, post.alarms, sender.refused, line.attempt, len(post.wire.calls)) == (state, alarms, refused, 1, 1)
    assert post.dead_links == ([7] if state == "dead" and not alarms else [])
    if state == "retry" and not refused:
        assert line.due_at > post.hands.now()


@pytest.mark.parametrize(("message_class", "texts"), [(RIGHTS, ["nr. 7", "nr. 7"]), (REMINDER, ["nr. 7"]), (ANSWER, ["nr. 7"])])
async def test_what_may_have_arrived_is_sent_again_once_if_it_is_about_rights(
    post: Post, message_class: MessageClass, texts: list[str]
) -> None:
    await post.put("nr. 7", message_class=message_class)
    post.wire.will("sendMessage", *[fault(500, "Internal Server Error")] * 5)
    for _ in range(4):
        await post.settle()
        post.hands.turn(timedelta(minutes=10))
    assert post.wire.texts() == texts
    assert post.alarms == (["outbox_given_up"] if message_class is RIGHTS else [])


@pytest.mark.parametrize(("message_class", "times"), [(RIGHTS, 1), (REMINDER, 0)])
async def test_after_a_crash_while_sending_the_class_decides(post: Post, message_class: MessageClass, times: int) -> None:
    await post.put("hei", message_class=message_class)
    await post.database.transact(lambda tx: claims.claim(tx, limit=1))
    await post.settle()
    assert len(post.wire.texts()) == times


async def test_the_row_is_sending_on_disk_before_the_call(post: Post) -> None:
    states: list[tuple[str, int]] = []

    async def look(_method: str, _fields: dict[str, str]) -> None:
        raw = sqlite3.connect(post.path)
        states.extend(raw.execute("SELECT state, attempt FROM outbox"))
        raw.close()

    post.wire.before = look
    await post.put("hei")
    await post.settle()
    assert states == [("sending", 1)]


async def test_order_in_a_chat_is_kept_through_an_outage(post: Post) -> None:
    for number in range(6):
        await post.put(f"{number}")
    post.wire.will("sendMessage", httpx.ConnectError("refused"), httpx.ConnectError("refused"))
    for _ in range(12):
        await run_briefly(post)
    assert post.wire.texts() == ["0", "0", "0", "1", "2", "3", "4", "5"]


async def run_briefly(post: Post) -> None:
    """Let the sender do what it may at this moment, then turn the clock."""
    sender, calls = post.new_sender(), len(post.wire.calls)
    run = asyncio.create_task(sender.run())
    for _ in range(40):
        await asyncio.sleep(0.002)
        if len(post.wire.calls) > calls and not sender._calls:
            break
    sender.stop()
    await run
    post.hands.turn(timedelta(minutes=6))


async def test_an_edit_leaves_after_the_message_it_edits(post: Post) -> None:
    first = await post.put("Møte torsdag", lane=Lane.BROADCAST)
    await post.put(EditMessage(of=first, text="Møtet er flytta", rows=((Button(label="Greitt", data="tok"),),)), lane=Lane.PRESS)
    await post.settle()
    (_, sent), (method, edited) = post.wire.calls
    assert (method, edited["message_id"], edited["text"]) == ("editMessageText", "101", "Møtet er flytta")
    assert sent["text"] == "Møte torsdag"
    assert '"callback_data": "tok"' in edited["reply_markup"]


async def test_where_the_person_deleted_the_message_its_new_text_is_sent(post: Post) -> None:
    row = await post.put(EditMessage(message_id=5, text="Avlyst"))
    post.wire.will("editMessageText", fault(400, "Bad Request: message to edit not found"))
    await post.settle()
    assert [method for method, _ in post.wire.calls] == ["editMessageText", "sendMessage"]
    line = await post.line(row)
    assert (line.state, line.kind, post.alarms) == ("sent", "send", [])


async def test_buttons_that_are_answered_are_taken_from_their_message(post: Post) -> None:
    first = await post.put(SendMessage(text="Passer det?", rows=((Button(label="Ja", data="tok"),),)))
    await post.put(EditMessage(of=first, text=None), lane=Lane.PRESS)
    await post.settle()
    method, edited = post.wire.calls[-1]
    assert (method, edited["message_id"]) == ("editMessageReplyMarkup", "101")
    assert "text" not in edited
    assert "reply_markup" not in edited


async def test_where_the_message_is_gone_its_buttons_are_gone_too(post: Post) -> None:
    row = await post.put(EditMessage(message_id=5, text=None))
    post.wire.will("editMessageReplyMarkup", fault(400, "Bad Request: message to edit not found"))
    await post.settle()
    assert [method for method, _ in post.wire.calls] == ["editMessageReplyMarkup"]
    assert ((await post.line(row)).state, post.alarms) == ("sent", [])


async def test_after_a_429_every_lane_waits(post: Post) -> None:
    post.wire.will("sendMessage", fault(429, "Too Many Requests: retry after 30", retry_after=30))
    await post.put("først", chat=1)
    run = asyncio.create_task(post.sender.run())
    await until(lambda: len(post.wire.calls) == 1 and not post.sender._calls)
    await post.put("svar", chat=2, lane=Lane.PRESS)
    await post.put(PRESS, chat=3)
    for _ in range(20):
        post.sender.wake()
        await asyncio.sleep(0.002)
    assert len(post.wire.calls) == 1
    post.hands.turn(timedelta(seconds=30))
    post.sender.wake()
    await until(lambda: len(post.wire.calls) == 4)
    assert [method for method, _ in post.wire.calls[1:2]] == ["answerCallbackQuery"]
    post.sender.stop()
    await run


async def test_an_answer_overtakes_a_broadcast_to_five_thousand(post: Post) -> None:
    def many(tx: Tx) -> None:
        for chat in range(1, 5001):
            outbox.enqueue(tx, SendMessage(text="b"), account=AccountId(chat), lane=Lane.BROADCAST, message_class=REMINDER, owner=UNIT)

    await post.database.transact(many)
    run = asyncio.create_task(post.sender.run())
    await until(lambda: len(post.wire.calls) == 4)
    row = await post.put(PRESS)
    post.sender.wake()
    # Two hundredths of a second for each step of the standing clock: the very next message is the answer.
    await until(lambda: step(post) and len(post.wire.calls) >= 5)
    assert post.wire.calls[4][0] == "answerCallbackQuery"
    assert (post.hands.seconds()) < 1.0
    await until(lambda: not post.sender._calls)
    post.sender.stop()
    await run
    rows = await post.database.transact(lambda tx: tx.one("SELECT state FROM outbox WHERE id = :id", id=row))
    assert rows is not None
    assert rows["state"] == "sent"


def step(post: Post) -> bool:
    if len(post.wire.calls) < 5 and not post.sender._calls:
        post.hands.turn(timedelta(milliseconds=1))
        post.sender.wake()
    return True


async def test_a_dead_link_stops_that_account_and_no_other(post: Post) -> None:
    post.wire.will("sendMessage", fault(403, "Forbidden: bot was blocked by the user"))
    first, second = await post.put("a", chat=7), await post.put("b", chat=7)
    other = await post.put("c", chat=8)
    await post.settle()
    assert [(await post.line(row)).state for row in (first, second, other)] == ["dead", "dead", "sent"]
    assert post.dead_links == [7]


async def test_a_refused_token_keeps_everything(post: Post) -> None:
    post.wire.will("sendMessage", *[fault(401, "Unauthorized")] * 3)
    rows = [await post.put("hei", chat=chat, message_class=RIGHTS) for chat in (1, 2, 3)]
    await post.settle()
    assert post.refused
    assert {(await post.line(row)).state for row in rows} <= {"ready", "retry"}
    post.wire.script.clear()
    await post.settle()
    assert {(await post.line(row)).state for row in rows} == {"sent"}


async def test_what_a_person_wrote_is_never_formatting(post: Post) -> None:
    await post.put(SendMessage(text="<b>*_[x](y)", rows=((Button(label="Les", url="https://example.org"),),), quiet=True))
    await post.settle()
    ((_, fields),) = post.wire.calls
    assert fields["text"] == "<b>*_[x](y)"
    assert "parse_mode" not in fields
    assert (fields["protect_content"], fields["disable_notification"]) == ("true", "true")
    assert fields["link_preview_options"] == '{"is_disabled": true}'


async def test_what_cannot_be_written_down_at_once_is_written_down_later(post: Post) -> None:
    row = await post.put("hei")
    reported: list[str] = []
    asyncio.get_running_loop().set_exception_handler(lambda _loop, context: reported.append(context["message"]))
    failures = iter([True])

    def full(tx: Tx) -> None:
        sent = tx.one("SELECT 1 FROM outbox WHERE state = 'sent'")
        if sent is not None and next(failures, False):
            raise sqlite3.OperationalError("database or disk is full")

    post.database.before_commit.append(full)
    await post.settle()
    assert (await post.line(row)).state == "sent"
    assert len(post.wire.calls) == 1
    assert reported == [f"what became of outbox row {row} could not be written down"]
