"""A day at the municipality: the story, what people send that answers nothing, and Telegram failing.

Here: the order of things, and what is odd. Not here: the cases and the conversations (`tests.privacy.story`).
"""

from collections.abc import Iterable

import httpx

from bot.domain.access import Action
from bot.domain.commands import AskHuman
from bot.domain.ids import CaseId, PersonId
from bot.engine.ask import Ask
from bot.engine.questions import Sensitivity
from bot.engine.registry import Entry, Registry
from bot.engine.texts import t
from bot.store import links
from tests.privacy.story import BROKEN, Story


async def broken(ask: Ask) -> None:
    """A conversation with a fault: what somebody wrote stands in the error."""
    words = await ask.text("number", t("Which number does the case have?"), sensitivity=Sensitivity.NEUTRAL)
    raise RuntimeError(f"cannot do anything with {words}")


def with_faults(entries: Iterable[Entry]) -> Registry:
    """A registry with the broken conversation in it."""
    fault = Entry(name=BROKEN, title=t("Menu"), conversation=broken, action=Action.READ_PUBLIC, commands=("broken",))
    return Registry([*entries, fault])


async def oddities(story: Story) -> None:
    """What people send that answers nothing."""
    world, secrets, chat = story.world, story.secrets, story.people["recipient"]
    await world.write(chat, secrets("typed: to nobody"))
    await world.write(chat, "/info")
    await world.write(chat, secrets("typed: while buttons are shown"))
    await world.write(chat, "/menneske")
    await world.write(chat, f"Jeg vil dø. {secrets('typed: in danger')}")
    await world.write(chat, f"{secrets.number('typed: identity number')} {secrets('typed: beside an identity number')}")
    await world.write(chat, f"/{secrets('command: unknown')} {secrets('command: its argument')}")
    await world.write(chat, f"/hjelp {secrets('help: its argument')}")
    await world.write(chat, f"/start {'x' * 20}{secrets('start: a wrong code')}")
    await world.write(chat, "ACDEF HJKLM")
    code = await world.read(lambda tx: links.issue(tx, PersonId(1)))
    secrets.planted |= {"link code": code.code, "link code: spoken": code.spoken}
    await world.press_data(chat, secrets("press: forged data"))
    await world.message(chat, photo=[{"file_id": secrets("photo: file")}], caption=secrets("photo: caption"))
    await world.message(chat, document={"file_id": "1", "file_name": secrets("document: file name")}, caption=secrets("document: caption"))
    await world.message(chat, contact={"phone_number": secrets.phone("contact: phone"), "first_name": secrets("contact: name")})
    await world.message(chat, venue={"title": secrets("venue: title"), "address": secrets("venue: address")})
    await world.message(chat, poll={"question": secrets("poll: question")})
    await world.message(
        chat, text="Hei", reply_to_message={"text": secrets("reply: quoted words")}, quote={"text": secrets("quote: words")}
    )
    await world.message(chat, story=secrets("message of another kind"))
    edited = {"message_id": 3, "date": 1, "chat": {"id": chat.account, "type": "private"}, "from": world.sender_of(chat)}
    await world.update("edited_message", {**edited, "text": secrets("edited: words")})
    await world.update("callback_query", {"id": "77", "from": world.sender_of(chat), "game_short_name": secrets("game: name")})
    group = {
        "message_id": 4,
        "date": 1,
        "chat": {"id": -7, "type": "group", "title": secrets("group: title")},
        "from": world.sender_of(chat),
    }
    await world.update("message", {**group, "text": secrets("group: words")})
    await world.write(chat, "/broken")
    await world.write(chat, secrets("typed: into a fault"))
    await world.write(chat, "/meny")


async def faults(story: Story) -> None:
    """Telegram fails in every way while something is sent."""

    def failing(method: str, fields: dict[str, str]) -> httpx.Response | Exception | None:
        turn = len(story.world.wire.calls) % 5
        said = {"ok": False, "error_code": 400, "description": f"Bad Request: cannot parse {fields.get('text')}"}
        if method != "sendMessage" or turn == 4:
            return None
        answers = (httpx.Response(400, json=said), httpx.ReadTimeout(str(fields)), httpx.Response(500, text=str(fields)))
        return answers[turn] if turn < 3 else httpx.Response(403, json={"ok": False, "error_code": 403, "description": "Forbidden"})

    story.world.wire.fault = failing
    await story.does("recipient", AskHuman(words=story.secrets("inquiry under faults: words"), phone=None, case=CaseId(1)))
    await story.answers_inquiry("inquiry under faults: answer")
    await story.world.write(story.people["parent"], story.secrets("typed: under faults"))
    story.world.wire.fault = None


async def told(story: Story, *, whole: bool, days: bool = True) -> None:
    """All of it; without `whole` not every conversation of the registry, without `days` only one day."""
    await story.cast()
    await story.applications()
    if days:
        await story.first_case()
        await story.other_cases()
    await oddities(story)
    if whole:
        await story.conversations()
    if days:
        await faults(story)
