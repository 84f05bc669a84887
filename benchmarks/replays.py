"""What it costs to run a conversation from the top with its stored answers."""

from pathlib import Path

from benchmarks.figures import Figure, at_most, seconds_of
from bot.engine.ask import Ask
from bot.engine.replay import Conversation, replay
from bot.engine.texts import verbatim

GOALS = {10: 60, 30: 150, 100: 450}


def asking(number: int) -> Conversation:
    """A conversation of so many questions, every third a choice."""

    async def conversation(ask: Ask) -> None:
        for place in range(number):
            if place % 3:
                await ask.text(f"key{place}", verbatim("Question?"), label=verbatim("Label"))
            else:
                await ask.choice(f"key{place}", verbatim("Question?"), {"a": verbatim("One"), "b": verbatim("Other")})
        await ask.text("last", verbatim("Question?"))

    return conversation


def no_effect(*_: object) -> object:
    """Nothing is looked up or done in these."""
    raise AssertionError


async def measure(_folder: Path, quick: bool) -> list[Figure]:
    """Microseconds for one replay."""
    figures = []
    for number, goal in GOALS.items():
        stored = {f"key{place}": "some words" if place % 3 else "a" for place in range(number)}
        conversation = asking(number)

        def once(conversation: Conversation = conversation, stored: dict[str, str] = stored) -> object:
            return replay(conversation, stored=stored, look=no_effect, do=no_effect)

        took = seconds_of(once, (2_000 if quick else 20_000) // number)
        figures.append(at_most("replays", f"{number} answers", took * 1e6, "µs", goal))
    return figures
