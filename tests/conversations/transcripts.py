"""Transcripts: whole conversations as a case worker can read them, run as tests.

Here: the form of a transcript, playing one, and recording it again (`python -m tests.conversations.transcripts`). A scene in `scenes/` says
who does what, with English msgids; it is recorded in each language in `transcripts/nb` and `transcripts/nn`. Guarantee: a transcript is
exactly what the real services say today; a changed word shows as a changed transcript.
"""

import asyncio
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.domain.access import Role
from bot.engine.texts import WRITTEN_FORMS, Language
from bot.store.links import SPOKEN
from tests.world import Chat, World

HERE = Path(__file__).parent
SCENES, TRANSCRIPTS = HERE / "scenes", HERE / "transcripts"
START = datetime(2027, 3, 1, 8, 0, tzinfo=UTC)
TITLE = re.compile(r"^# (?:(?P<language>nb|nn): )?(?P<title>.+)$")
WHERE = re.compile(r"^% profile: (?P<profile>[a-z]+)$")
"""A scene in another municipality than the demo's."""
WHO = re.compile(r"^@ (?P<name>[^:]+):\s*(?P<roles>[a-z_+]*)\s*(?P<department>[a-z_]*)$")
DOES = re.compile(r"^(?P<name>[^\s:|>@#(\[][^:]*): (?P<what>.+)$")
CLOCK = re.compile(r"^-- \+(?P<number>\d+) (?P<unit>days|hours) --$")
BUTTON = re.compile(r"\[([^\]]+)\]")
CODE = re.compile(f"[{SPOKEN}]{{5}} [{SPOKEN}]{{5}}")
CODE_HERE = "<kode>"
"""A link code is another each time; whoever writes it, writes the one shown last."""
DEMO = "demo"
BOTH = re.compile(r"\{([^{}|]+)\|([^{}|]+)\}")
"""What a person writes, or a name of the municipality's, that is not the same in both languages: first Bokmål, then Nynorsk."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """One line that does something: somebody presses or writes, or the clock is turned."""

    line: str
    name: str = ""
    what: str = ""
    turn: timedelta | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Scene:
    """Title (in each language, or the one of a transcript under ""), the municipality's profile, people with their roles, and steps."""

    titles: Mapping[str, str]
    profile: str
    people: tuple[tuple[str, str, str], ...]
    steps: tuple[Step, ...]


def read(text: str) -> Scene:
    """A scene, or the steps of a transcript. What Samråd says is left out. Raises ValueError for a line of no known form."""
    titles: dict[str, str] = {}
    people, steps, profile = [], [], DEMO
    for line in text.splitlines():
        if match := TITLE.match(line):
            titles[match["language"] or ""] = match["title"]
        elif match := WHERE.match(line):
            profile = match["profile"]
        elif match := WHO.match(line):
            people.append((match["name"], match["roles"], match["department"]))
        elif match := CLOCK.match(line):
            steps.append(Step(line=line, turn=timedelta(**{match["unit"]: int(match["number"])})))
        elif match := DOES.match(line):
            steps.append(Step(line=line, name=match["name"], what=match["what"]))
        elif line.strip() and not line.startswith((" ", ">")):
            raise ValueError(f"not a line of a transcript: {line!r}")
    return Scene(titles=titles, profile=profile, people=tuple(people), steps=tuple(steps))


class Player:
    """Plays a scene in one language and writes down what everyone sees."""

    def __init__(self, world: World, language: Language) -> None:
        self.world, self.language = world, language
        self.chats: dict[str, Chat] = {}
        self._seen: dict[str, int] = {}
        self._toasts: dict[str, int] = {}
        self._code = ""

    async def enter(self, scene: Scene) -> None:
        for name, roles, department in scene.people:
            if roles:
                each = [Role(role) for role in roles.split("+")]
                self.chats[name] = await self.world.staff(name, *each, department=department or None, language=self.language)
            else:
                self.chats[name] = self.world.newcomer(self.language.value)

    async def play(self, scene: Scene) -> str:
        """The transcript."""
        await self.enter(scene)
        title = scene.titles.get(self.language) or scene.titles[""]
        where = [] if scene.profile == DEMO else [f"% profile: {scene.profile}"]
        lines = [f"# {title}", *where, *(f"@ {name}: {roles} {department}".rstrip() for name, roles, department in scene.people), ""]
        for step in scene.steps:
            lines.append(await self._do(step))
            lines += self._new()
            lines.append("")
        return "\n".join(lines).rstrip() + "\n"

    async def _do(self, step: Step) -> str:
        if step.turn is not None:
            await self.world.turn(step.turn)
            return step.line
        chat = self.chats[step.name]
        what = step.what.replace(CODE_HERE, self._code)
        labels = BUTTON.findall(step.what) if step.what.startswith("[") else []
        if not labels:
            await self.world.write(chat, what)
            return step.line
        pressed = []
        for label in labels:
            data = self.world.button(chat, await self.world.words(chat, label))
            shown = next(found for message in reversed(chat.messages) for row in message.rows for found, carried in row if carried == data)
            pressed.append(f"[{shown}]")
            await self.world.press_data(chat, data)
        return f"{step.name}: {' '.join(pressed)}"

    def _new(self) -> Iterator[str]:
        for name, chat in self.chats.items():
            seen, toasts = self._seen.get(name, 0), self._toasts.get(name, 0)
            for toast in chat.toasts[toasts:]:
                yield f"  ({name}: {toast})"
            for message in chat.messages[seen:]:
                yield f"  > {name}"
                self._code = next(iter(CODE.findall(message.text)), self._code)
                yield from (f"    {line}".rstrip() for line in CODE.sub(CODE_HERE, message.text).splitlines())
                yield from (f"    {' '.join(f'[{label}]' for label, _ in row)}" for row in message.rows)
            self._seen[name], self._toasts[name] = len(chat.messages), len(chat.toasts)


async def played(text: str, language: Language, folder: Path) -> tuple[str, set[str]]:
    """A scene or transcript played now, and the conversations it went through."""
    text = BOTH.sub(lambda both: both[1] if language is Language.NB else both[2], text)
    scene = read(text)
    world = await World.open(folder / "transcript.db", profile=scene.profile, start=START)
    try:
        transcript = await Player(world, language).play(scene)
        rows = await world.database.transact(lambda tx: tx.all("SELECT DISTINCT conversation FROM sessions"))
        return transcript, {row["conversation"] for row in rows}
    finally:
        await world.database.close()


def record(*names: str) -> None:
    """Record every scene, or those named, in both languages."""
    for scene in sorted(each for each in SCENES.glob("*.txt") if not names or each.stem in names):
        for language in WRITTEN_FORMS:
            with TemporaryDirectory() as folder:
                transcript, _ = asyncio.run(played(scene.read_text("utf-8"), language, Path(folder)))
            target = TRANSCRIPTS / language.value / scene.name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(transcript, "utf-8")
            sys.stdout.write(f"{target.relative_to(HERE)}\n")


if __name__ == "__main__":
    record(*sys.argv[1:])
