"""Telegram's limits are used, and never broken by us."""

from bisect import bisect_right
from collections import deque
from datetime import timedelta
from itertools import pairwise

import pytest

from bot.telegram.pacer import Pacer
from tests.telegram.wire import Hands


def drain(pacer: Pacer, hands: Hands, queues: dict[int, int], late: float = 0.0) -> list[tuple[float, int]]:
    """Send what the pacer lets, chat by chat in turn, each wake-up `late` seconds too late; when each left, and to whom."""
    left, waiting = [], deque(chat for chat, number in queues.items() for _ in range(number))
    while waiting:
        busy, passed = set(pacer.busy()), []
        while waiting and pacer.room():
            chat = waiting.popleft()
            if chat in busy:
                passed.append(chat)
                continue
            pacer.take(chat)
            busy = set(pacer.busy())
            left.append((hands.seconds(), chat))
        waiting.extendleft(reversed(passed))
        pause = pacer.wait() or pacer.next_chat() or 0.0
        hands.turn(timedelta(seconds=max(pause, 0.0001) + late))
    return left


def most_within(times: list[float], window: float) -> int:
    return max(bisect_right(times, at + window - 1e-9) - index for index, at in enumerate(times))


@pytest.mark.parametrize("late", [0.0, 0.004])
def test_a_broadcast_uses_the_limit_and_never_passes_it(late: float) -> None:
    hands = Hands()
    left = drain(Pacer(hands.seconds), hands, dict.fromkeys(range(1, 5001), 1), late)
    times = [at for at, _ in left]
    assert len(left) == 5000
    assert most_within(times, 1.0) <= 30
    # At least 97 % of 30 a second, even when each wake-up comes 4 ms late.
    assert 5000 / (times[-1] + 1 / 30) >= 0.97 * 30


def test_a_stall_of_a_quarter_of_a_second_is_made_up_for_within_the_limit() -> None:
    hands, times = Hands(), []
    pacer = Pacer(hands.seconds)
    stalls = deque(range(2, 60, 2))
    for chat in range(1, 1501):
        while not pacer.room():
            hands.turn(timedelta(seconds=max(pacer.wait(), 0.0001)))
        if stalls and hands.seconds() >= stalls[0]:
            stalls.popleft()
            hands.turn(timedelta(seconds=0.25))
        pacer.take(chat)
        times.append(hands.seconds())
    assert most_within(times, 1.0) <= 30
    assert 1500 / (times[-1] + 1 / 30) >= 0.97 * 30


def test_it_goes_evenly_so_that_a_press_waits_for_one_message_only() -> None:
    hands = Hands()
    times = [at for at, _ in drain(Pacer(hands.seconds), hands, dict.fromkeys(range(1, 301), 1))]
    assert max(later - earlier for earlier, later in pairwise(times)) < 0.2


def test_a_chat_gets_one_a_second_after_three_and_holds_up_nobody() -> None:
    hands = Hands()
    left = drain(Pacer(hands.seconds), hands, {1: 12, **dict.fromkeys(range(2, 102), 1)})
    busy, others = [at for at, chat in left if chat == 1], [at for at, chat in left if chat != 1]
    assert most_within(busy, 1.0) <= 3
    assert 8.9 <= busy[-1] <= 9.2
    assert others[-1] <= 4.0


def test_a_group_gets_twenty_a_minute() -> None:
    hands = Hands()
    times = [at for at, _ in drain(Pacer(hands.seconds), hands, {-100: 60})]
    assert most_within(times, 60.0) <= 20


def test_after_a_429_nothing_leaves_in_any_lane_until_the_time_is_over() -> None:
    hands = Hands()
    pacer = Pacer(hands.seconds)
    pacer.hold(7)
    pacer.hold(3)
    assert (pacer.room(), pacer.wait()) == (0, 7.0)
    hands.turn(timedelta(seconds=6.9))
    assert pacer.room() == 0
    hands.turn(timedelta(seconds=0.1))
    assert pacer.room() > 0


def test_answers_to_presses_count_in_all_but_in_no_chat() -> None:
    hands = Hands()
    pacer = Pacer(hands.seconds)
    rooms = [pacer.room()]
    for _ in range(4):
        pacer.take(None)
        rooms.append(pacer.room())
    assert rooms == [4, 3, 2, 1, 0]
    assert pacer.busy() == []


def test_chats_that_have_rested_are_forgotten() -> None:
    hands = Hands()
    pacer = Pacer(hands.seconds)
    for chat in range(1, 2001):
        hands.turn(timedelta(seconds=0.05))
        pacer.take(chat)
        pacer.busy()
    assert len(pacer._chats) < 30
