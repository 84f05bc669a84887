"""The outbox's moves: nothing leaves twice, nothing overtakes, nothing is forgotten."""

import sqlite3
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
import pytest_asyncio

from bot.domain.incoming import AccountId
from bot.domain.outgoing import (
    AnswerPress,
    Button,
    DeleteMessage,
    EditMessage,
    Lane,
    LeaveChat,
    MessageClass,
    Outgoing,
    SendMessage,
    from_json,
    to_json,
)
from bot.store import claims, outbox
from bot.store.database import Database, Tx
from bot.store.outbox import Fate
from bot.store.seal import UNIT, KeyOwner
from tests.telegram.wire import START, Hands, opened

RIGHTS, REMINDER, ANSWER = MessageClass.RIGHTS, MessageClass.REMINDER, MessageClass.ANSWER


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest_asyncio.fixture
async def database(tmp_path: Path, hands: Hands) -> AsyncIterator[Database]:
    async with opened(tmp_path / "x.db", hands) as database:
        yield database


def put(
    tx: Tx, what: Outgoing | str = "hei", chat: int = 7, *, lane: Lane = Lane.NOTICE, message_class: MessageClass = REMINDER, **more: object
) -> int:
    outgoing = SendMessage(text=what) if isinstance(what, str) else what
    named = {"account": AccountId(chat), "lane": lane, "message_class": message_class, "owner": UNIT} | more
    row = outbox.enqueue(tx, outgoing, **named)  # type: ignore[arg-type]
    assert row is not None
    return row


def claimed(tx: Tx, limit: int = 10, busy: tuple[int, ...] = ()) -> list[int]:
    return [each.id for each in claims.claim(tx, limit=limit, busy=busy).claimed]


def state(tx: Tx, row: int) -> str:
    found = tx.one("SELECT state FROM outbox WHERE id = :id", id=row)
    assert found is not None
    return str(found["state"])


@pytest.mark.parametrize(
    "outgoing",
    [
        SendMessage(
            text="Hei «du» {x} 😀",
            rows=((Button(label="Ja", data="a"), Button(label="Nei", data="b")), (Button(label="Les", url="https://x.no"),)),
        ),
        SendMessage(text="", quiet=True),
        EditMessage(of=3, text="ny"),
        EditMessage(message_id=9, text="ny", rows=((Button(label="Ja", data="x" * 64),),)),
        DeleteMessage(of=1),
        DeleteMessage(message_id=1),
        AnswerPress(press_id="p", text="Takk", alert=True),
        LeaveChat(),
    ],
)
def test_what_is_stored_is_read_back_equal(outgoing: Outgoing) -> None:
    assert from_json(to_json(outgoing)) == outgoing


@pytest.mark.parametrize("data", [None, "", "x" * 65, "ø" * 33])
def test_a_button_carries_what_telegram_takes(data: str | None) -> None:
    with pytest.raises(ValueError, match="button"):
        Button(label="Ja", data=data)


async def test_a_key_that_was_ever_there_is_not_put_in_again(database: Database, hands: Hands) -> None:
    def work(tx: Tx) -> None:
        row = put(tx, dedupe_key="meeting/1")
        again = outbox.enqueue(
            tx, SendMessage(text="x"), account=AccountId(7), lane=Lane.NOTICE, message_class=RIGHTS, owner=UNIT, dedupe_key="meeting/1"
        )
        assert again is None
        assert claimed(tx) == [row]
        outbox.sent(tx, row, 55)
        assert outbox.message_of(tx, row) == 55

    def later(tx: Tx) -> None:
        assert outbox.purge(tx, tx.now) == 1
        assert outbox.purge(tx, tx.now) == 0
        again = outbox.enqueue(
            tx, SendMessage(text="x"), account=AccountId(7), lane=Lane.NOTICE, message_class=RIGHTS, owner=UNIT, dedupe_key="meeting/1"
        )
        assert again is None

    await database.transact(work)
    hands.turn(timedelta(days=91))
    await database.transact(later)


def everything_in(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.iterdir())


async def test_the_content_is_sealed(database: Database, tmp_path: Path) -> None:
    await database.transact(lambda tx: put(tx, "hemmeleg innhald"))
    stored = everything_in(tmp_path)
    assert b"hemmeleg" not in stored


@pytest.mark.parametrize("state_", ["ready", "sending", "retry", "dead"])
async def test_a_sent_row_stays_sent_whatever_sql_is_run(database: Database, state_: str) -> None:
    def work(tx: Tx) -> int:
        row = put(tx)
        claimed(tx)
        outbox.sent(tx, row, 1)
        return row

    row = await database.transact(work)
    with pytest.raises(sqlite3.IntegrityError):
        await database.transact(lambda tx: tx.execute("UPDATE outbox SET state = :s, finished_at = NULL WHERE id = :id", s=state_, id=row))
    for move in (lambda tx: outbox.sent(tx, row, 2), lambda tx: outbox.retry(tx, row, tx.now, "x"), lambda tx: outbox.dead(tx, row, "x")):
        with pytest.raises(ValueError, match="state"):
            await database.transact(move)
    assert await database.transact(claimed) == []


async def test_what_was_not_claimed_cannot_become_sent(database: Database) -> None:
    row = await database.transact(put)
    with pytest.raises(ValueError, match="state"):
        await database.transact(lambda tx: outbox.sent(tx, row, 1))
    with pytest.raises(sqlite3.IntegrityError, match="claimed"):
        await database.transact(lambda tx: tx.execute("UPDATE outbox SET state = 'sent', finished_at = due_at WHERE id = :id", id=row))


async def test_order_within_chat_and_lane(database: Database, hands: Hands) -> None:
    def work(tx: Tx) -> None:
        first, _, other = put(tx, "1"), put(tx, "2"), put(tx, "3", chat=8)
        assert claimed(tx) == [first, other]
        assert claimed(tx) == []
        outbox.retry(tx, first, tx.now + timedelta(seconds=9), "refused")
        assert claimed(tx) == []
        pressed = put(tx, "4", lane=Lane.PRESS)
        assert claimed(tx) == [pressed]
        assert claims.next_due(tx) == START + timedelta(seconds=9)
        hands.turn(timedelta(seconds=9))

    def later(tx: Tx) -> None:
        assert claimed(tx) == [1]
        outbox.sent(tx, 1, 1)
        assert claimed(tx) == [2]

    await database.transact(work)
    await database.transact(later)


async def test_a_row_for_tomorrow_holds_up_nothing_today(database: Database) -> None:
    def work(tx: Tx) -> None:
        put(tx, "tomorrow", due_at=tx.now + timedelta(days=1))
        today = put(tx, "today")
        assert claimed(tx) == [today]

    await database.transact(work)


async def test_answers_go_first_and_behind_nothing(database: Database) -> None:
    def work(tx: Tx) -> None:
        broadcast = [put(tx, chat=chat, lane=Lane.BROADCAST) for chat in range(10, 15)]
        notice = put(tx, chat=7)
        pressed, answer = put(tx, chat=7, lane=Lane.PRESS), put(tx, AnswerPress(press_id="p"), lane=Lane.BROADCAST)
        assert claimed(tx, 1, busy=(7,)) == [answer]
        assert claimed(tx, 2) == [pressed, broadcast[0]]
        # One message a chat in each claim: the notice waits for the next one.
        assert claimed(tx, 2) == [notice, broadcast[1]]
        assert claimed(tx, 9, busy=(12, 13)) == [broadcast[4]]

    await database.transact(work)


async def test_an_edit_waits_for_its_message_and_holds_up_nothing_else(database: Database) -> None:
    def work(tx: Tx) -> None:
        first = put(tx, "invitation")
        assert claimed(tx) == [first]
        edit = put(tx, EditMessage(of=first, text="coming"), lane=Lane.PRESS)
        later = put(tx, DeleteMessage(of=first), lane=Lane.BROADCAST)
        pressed = put(tx, "next", lane=Lane.PRESS)
        assert claimed(tx) == [pressed]
        outbox.sent(tx, first, 501)
        batch = claims.claim(tx, limit=9)
        assert [(each.id, each.outgoing) for each in batch.claimed] == [(edit, EditMessage(message_id=501, text="coming"))]
        # The deletion came later, so it waits for the edit, though it travels in another lane.
        outbox.retry(tx, edit, tx.now + timedelta(seconds=1), "refused")
        assert claimed(tx) == []
        tx.execute("UPDATE outbox SET state = 'sending' WHERE id = :id", id=edit)
        outbox.sent(tx, edit, 501)
        assert [each.outgoing for each in claims.claim(tx, limit=9).claimed] == [DeleteMessage(message_id=501)]
        assert state(tx, later) == "sending"

    await database.transact(work)


async def test_where_the_edited_message_never_arrived_the_new_text_is_sent(database: Database) -> None:
    def work(tx: Tx) -> None:
        first = put(tx, "invitation")
        edit = put(tx, EditMessage(of=first, text="moved"))
        gone = put(tx, DeleteMessage(of=first), lane=Lane.BROADCAST)
        outbox.dead(tx, first, "never")
        assert [(each.id, each.outgoing) for each in claims.claim(tx, limit=9).claimed] == [(edit, SendMessage(text="moved"))]
        assert outbox.unknown(tx, edit, tx.now, "reset") is Fate.GIVEN_UP
        assert claimed(tx) == []
        assert state(tx, gone) == "sent"

    await database.transact(work)


@pytest.mark.parametrize(("message_class", "times"), [(RIGHTS, 2), (REMINDER, 1), (ANSWER, 1)])
async def test_unknown_is_decided_by_class(database: Database, message_class: MessageClass, times: int) -> None:
    def work(tx: Tx) -> None:
        row, left = put(tx, message_class=message_class), 0
        while claimed(tx) == [row]:
            left += 1
            fate = outbox.unknown(tx, row, tx.now, "reset")
            assert (fate is Fate.AGAIN) == (left < times)
        assert left == times
        assert state(tx, row) == "unknown"
        assert outbox.counts(tx)["repeats"] == times - 1

    await database.transact(work)


async def test_an_edit_is_repeated_since_that_does_no_harm_but_not_for_ever(database: Database) -> None:
    def work(tx: Tx) -> None:
        row = put(tx, EditMessage(message_id=1, text="x"))
        attempts = 0
        while claimed(tx) == [row]:
            attempts += 1
            outbox.unknown(tx, row, tx.now, "500")
        assert (attempts, state(tx, row), outbox.counts(tx)["repeats"]) == (8, "unknown", 0)

    await database.transact(work)


async def test_recovery_decides_what_was_interrupted(database: Database) -> None:
    def work(tx: Tx) -> None:
        rows = [put(tx, message_class=each, chat=chat) for chat, each in enumerate((RIGHTS, REMINDER, ANSWER), 1)]
        waiting = put(tx, chat=9, due_at=tx.now + timedelta(hours=1))
        assert claimed(tx) == rows
        assert [each.id for each in outbox.recover(tx)] == rows[1:]
        assert [state(tx, row) for row in (*rows, waiting)] == ["retry", "unknown", "unknown", "ready"]
        assert claimed(tx) == rows[:1]
        assert [each.id for each in outbox.recover(tx)] == rows[:1]

    await database.transact(work)


async def test_too_late_and_unreadable_rows_are_dropped_with_a_reason(database: Database, hands: Hands) -> None:
    owner = KeyOwner("case", 4)

    def work(tx: Tx) -> None:
        put(tx, "late", useful_until=tx.now + timedelta(hours=1), message_class=RIGHTS)
        put(tx, "destroyed", chat=8, owner=owner, case=4)
        put(tx, "moved", chat=9)
        tx.destroy_key(owner)
        tx.execute("UPDATE outbox SET body = (SELECT body FROM outbox WHERE id = 1) WHERE id = 3")

    await database.transact(work)
    hands.turn(timedelta(hours=1))
    batch = await database.transact(lambda tx: claims.claim(tx, limit=9))
    assert batch.claimed == ()
    assert [(each.id, each.reason) for each in batch.dropped] == [
        (1, "too late to be useful"),
        (2, "its content was destroyed with its owner's key"),
        (3, "its seal is broken: check SAMRAD_KEY_FILE"),
    ]
    assert (await database.transact(outbox.counts))["dead"] == 3


async def test_a_dead_link_stops_what_waits_for_it_only(database: Database) -> None:
    def work(tx: Tx) -> None:
        mine, other = [put(tx), put(tx)], put(tx, chat=8)
        assert outbox.link_dead(tx, AccountId(7)) == 2
        assert claimed(tx) == [other]
        assert [line.state for line in outbox.lines(tx) if line.id in mine] == ["dead", "dead"]

    await database.transact(work)


async def test_lines_show_no_content_and_purge_keeps_what_waits(database: Database, hands: Hands) -> None:
    def work(tx: Tx) -> None:
        put(tx, "hemmeleg"), put(tx, "hemmeleg", chat=8)
        outbox.sent(tx, claimed(tx, 1)[0], 1)

    await database.transact(work)
    hands.turn(timedelta(days=90, seconds=1))
    assert await database.transact(lambda tx: outbox.purge(tx, tx.now - timedelta(days=90))) == 1
    lines = await database.transact(outbox.lines)
    assert [(line.id, line.state, line.kind) for line in lines] == [(2, "ready", "send"), (1, "sent", "send")]
    assert "hemmeleg" not in repr(lines)
    assert [each.outgoing for each in (await database.transact(lambda tx: claims.claim(tx, limit=1))).claimed] == [
        SendMessage(text="hemmeleg")
    ]


async def test_needs_somebody_to_send_to(database: Database) -> None:
    def work(tx: Tx) -> None:
        outbox.enqueue(tx, LeaveChat(), account=None, lane=Lane.NOTICE, message_class=ANSWER, owner=UNIT)

    with pytest.raises(ValueError, match="account or a chat"):
        await database.transact(work)

    def to_a_group(tx: Tx) -> None:
        outbox.enqueue(tx, LeaveChat(), account=None, chat=-5, lane=Lane.NOTICE, message_class=ANSWER, owner=UNIT)
        assert [(each.chat, each.account) for each in claims.claim(tx, limit=1).claimed] == [(-5, None)]

    await database.transact(to_a_group)
