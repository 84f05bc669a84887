"""Ways through the first conversations that many tests need: the welcome, an application, the unit's desk.

Here: presses and words, as people make them. Not here: what is asserted. Guarantee: labels are English msgids or words of the profile, so
that the walks hold in both written forms.
"""

from collections.abc import Sequence
from datetime import timedelta

from bot.domain.access import Role
from bot.domain.cases import TaskKind
from bot.domain.ids import CaseId
from bot.domain.outgoing import SendMessage, from_json
from bot.engine.texts import Text, t
from bot.store import cases, tasks
from bot.store.cases import FIRST_NUMBER, Case, Content
from bot.store.database import Tx
from bot.store.outbox import body_of
from bot.store.seal import KeyOwner
from tests.world import Chat, World

AT_WORK = "Someone I meet at work"
KNOWN = "known"
"""Somebody whose own name is known already is not asked for it."""
FIRST = CaseId(1)
"""The first case of a world. Its number is 1001."""
LONG_AGO = t("This button no longer works. Press Menu to go on.")
NUMBER = str(FIRST + FIRST_NUMBER)


async def welcome(world: World, chat: Chat, language: str = "Bokmål") -> None:
    """The first meeting, to its end."""
    await world.write(chat, "/start")
    await world.press(chat, language, "Yes, go on")


async def newcomer(world: World, language: str = "Bokmål") -> Chat:
    """Somebody who has just been through the welcome."""
    chat = world.newcomer("nn" if language == "Nynorsk" else "nb")
    await welcome(world, chat, language)
    return chat


async def unit(world: World, name: str = "Anne Prøve") -> Chat:
    """Somebody at the coordinating unit."""
    return await world.staff(name, Role.KE)


async def to_be_contacted(world: World, chat: Chat) -> None:
    """The shortest path."""
    await world.press(chat, "Ask for help", "Ask someone to contact me", "Here in Samråd")


async def fill_in(
    world: World,
    chat: Chat,
    whom: str = "Me",
    *,
    name: str | None = "Kari Prøve",
    age: str | None = "18 to 66",
    services: Sequence[str] = (),
    long_lasting: str = "I don't know",
    coordinator: str = "Yes",
    plan: str = "I don't know",
    group: str | None = None,
    wish: str | None = None,
    need: str | None = None,
    important: str | None = None,
    reach: str = "Here in Samråd",
    needs: Sequence[str] = (),
    tongue: str | None = None,
    own_name: str | None = None,
) -> None:
    """Every question of an application, up to the summary. None and nothing: left open."""
    await world.press(chat, whom)
    if whom == AT_WORK:
        await world.press(chat, "Yes, and it is fine")
        reach = "Through me, here in Samråd" if reach == "Here in Samråd" else reach
    if whom != "A child we expect":
        await write_or(world, chat, name, "I would rather not say")
        await world.press(chat, age or "I don't know")
    await tick(world, chat, services, "I don't remember")
    await world.press(chat, long_lasting, coordinator, plan)
    if group is not None:
        await world.press(chat, group)
    if group != "Yes":
        await write_or(world, chat, wish, "No one in mind")
    if need or important:
        await world.press(chat, "Write a little now")
        await write_or(world, chat, need, "Skip this")
        await write_or(world, chat, important, "Skip this")
    else:
        await world.press(chat, "Leave it for the talk")
    await world.press(chat, reach)
    await tick(world, chat, needs, "None of these")
    if "Interpreter" in needs:
        await write_or(world, chat, tongue, "I will tell you later")
    if whom != "Me" and own_name != KNOWN:
        await write_or(world, chat, own_name, "I would rather not say")


async def apply(world: World, chat: Chat, whom: str = "Me", **told: object) -> None:
    """An application from the menu to the receipt."""
    await world.write(chat, "/sok")
    await fill_in(world, chat, whom, **told)  # type: ignore[arg-type]
    await world.press(chat, "Yes, this is right")


async def begun(world: World, chat: Chat, *first: str) -> None:
    """An application with a name in it, left at the question of age."""
    await world.write(chat, "/sok")
    await world.press(chat, *(first or ("Me",)))
    await world.write(chat, "Kari Prøve")


async def days(world: World, count: int) -> None:
    """So many days go by."""
    await world.turn(timedelta(days=count))


async def write_or(world: World, chat: Chat, words: str | None, skip: str) -> None:
    """Write an answer, or leave it open."""
    if words is None:
        await world.press(chat, skip)
    else:
        await world.write(chat, words)


async def tick(world: World, chat: Chat, labels: Sequence[str], none: str) -> None:
    """Tick each and be done, or say that it is none of them."""
    for label in labels:
        await world.press(chat, label)
    await world.press(chat, "Done" if labels else none)


async def open_case(world: World, at_unit: Chat, case: CaseId = FIRST) -> None:
    """Find a case by its number, as somebody at the unit does when it is said on the phone."""
    await world.write(at_unit, "/ansatt")
    await world.press(at_unit, "Find a case by number")
    await world.write(at_unit, str(case + FIRST_NUMBER))


async def grant(world: World, at_unit: Chat, case: CaseId = FIRST, granted: str = "A coordinator") -> None:
    """From the desk: a full yes, without a reason."""
    await open_case(world, at_unit, case)
    await world.press(at_unit, "Decide", "Grant", granted, "No reason needed", "Yes, this is right")


def numbered(label: str, **args: object) -> Text:
    """The first line of a list, as it stands on its button."""
    return t("{place}. {line}", place=1, line=t(label, **args))


async def the_case(world: World, case: CaseId = FIRST) -> Case:
    """A case as it is stored now."""
    return await world.read(lambda tx: cases.get(tx, case))


async def told(world: World, case: CaseId = FIRST) -> Content:
    """What was told in a case."""
    return await world.read(lambda tx: cases.content(tx, case))


async def open_kinds(world: World) -> list[TaskKind]:
    """The kinds of the unit's open tasks, earliest first."""
    return [task.kind for task in await world.read(tasks.open_tasks)]


async def how_many(world: World, table: str) -> int:
    """How many rows a table has."""

    def count(tx: Tx) -> int:
        row = tx.one(f"SELECT count(*) AS n FROM {table}")  # noqa: S608 (a test's own word)
        return 0 if row is None else int(row["n"])

    return await world.read(count)


async def everything_sent(world: World) -> list[str]:
    """The words and the buttons of everything that was ever put in the outbox, edits and short words included."""

    def bodies(tx: Tx) -> list[str]:
        return [
            tx.open(body_of(row["id"]), KeyOwner(row["owner_kind"], row["owner"]), row["body"]) for row in tx.all("SELECT * FROM outbox")
        ]

    return await world.read(bodies)


async def was_told(world: World, chat: Chat, text: Text | str) -> bool:
    """Whether these words ever came to this chat, also in a question that stands there now only with its answer."""
    words = await world.words(chat, text)

    def texts(tx: Tx) -> list[str]:
        rows = tx.all("SELECT * FROM outbox WHERE account = :account AND kind = 'send'", account=chat.account)
        return [sent_words(tx.open(body_of(row["id"]), KeyOwner(row["owner_kind"], row["owner"]), row["body"])) for row in rows]

    return any(words in each for each in await world.read(texts))


def sent_words(body: str) -> str:
    """The words of a stored message; empty where it is none."""
    outgoing = from_json(body)
    return outgoing.text if isinstance(outgoing, SendMessage) else ""
