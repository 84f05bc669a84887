"""Playing one conversation in the terminal, without Telegram.

Here: a made-up municipality in a temporary folder, a case brought as far as the conversation needs, and one player at the keyboard. Not
here: anything a conversation says or does; the real intake and the real outbox run, and rows are taken out as a sender would. Guarantee:
nothing is kept when it ends.
"""

import signal
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from rich.console import Console

from bot.clock import TurnableClock
from bot.domain.choices import PrivacyLevel
from bot.domain.incoming import Account, AccountId, CommandGiven, Incoming, Pressed, TextTyped
from bot.domain.outgoing import AnswerPress, DeleteMessage, EditMessage, Outgoing, SendMessage
from bot.engine.texts import Language
from bot.foundation import StartRefused, install, municipality
from bot.keyfile import load_or_create
from bot.services import presses
from bot.services.incoming import Intake
from bot.services.municipality import Context, Municipality
from bot.store import claims, outbox, people
from bot.store.database import Database, Tx
from bot.store.seal import Keyring
from bot.talk_cast import Player
from bot.talk_setting import scene_of, settle
from conversations import REGISTRY

BATCH: Final = 50
PROMPT: Final = "> "
HELP: Final = """  a number     press that button of the last message that has buttons
  words        write them; put = before a number that is meant as words
  /hjelp       any command, as in Telegram
  ?            this help
  Ctrl-D       end"""

Show = Callable[[str, str], None]
"""Shows some lines in a style."""


class TalkRefused(StartRefused):
    """The conversation cannot be played as asked. The message says what to do."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Arrived:
    """What reached somebody's chat."""

    account: AccountId | None
    message: int
    outgoing: Outgoing


class Stage:
    """The municipality of one evening: its people, and what reaches them."""

    def __init__(self, database: Database, municipality_: Municipality, accounts: Mapping[Player, AccountId], me: Player) -> None:
        self.database, self.municipality, self.accounts, self.me = database, municipality_, accounts, me
        self._intake = Intake(database, municipality_)
        self._updates, self._messages = count(1), count(1)

    @property
    def _account(self) -> Account:
        return Account(id=self.accounts[self.me], language_code=None)

    async def begin(self, conversation: str, given: Mapping[str, str]) -> None:
        """Begin a conversation for the player, as its button or its menu line would."""

        def work(tx: Tx) -> None:
            account = self.accounts[self.me]
            who = people.of_account(tx, account)
            assert who is not None
            presses.begin(Context(tx=tx, municipality=self.municipality, actor=who, account=account), conversation, given)

        await self.database.transact(work)

    async def press(self, data: str) -> None:
        """Press a button by what it carries."""
        number, chat = next(self._updates), self.accounts[self.me]
        await self._take(
            Pressed(update_id=number, account=self._account, chat=chat, press_id=f"press-{number}", data=data, message_id=None)
        )

    async def write(self, words: str) -> None:
        """Write words, or a command."""
        number, chat, message = next(self._updates), self.accounts[self.me], next(self._messages)
        if words.startswith("/"):
            name, _, argument = words[1:].partition(" ")
            await self._take(
                CommandGiven(
                    update_id=number, account=self._account, chat=chat, message_id=message, name=name.casefold(), argument=argument.strip()
                )
            )
        else:
            await self._take(TextTyped(update_id=number, account=self._account, chat=chat, message_id=message, text=words))

    async def _take(self, update: Incoming) -> None:
        await self._intake.take([update])

    async def arrived(self) -> list[Arrived]:
        """Take everything out of the outbox that may leave now, in order."""
        found: list[Arrived] = []
        while batch := await self.database.transact(self._sent):
            found += batch
        return found

    def _sent(self, tx: Tx) -> list[Arrived]:
        found = []
        for row in claims.claim(tx, limit=BATCH).claimed:
            message = next(self._messages)
            if isinstance(row.outgoing, EditMessage | DeleteMessage) and row.outgoing.message_id is not None:
                message = row.outgoing.message_id
            outbox.sent(tx, row.id, message if isinstance(row.outgoing, SendMessage | EditMessage) else None)
            found.append(Arrived(account=row.account, message=message, outgoing=row.outgoing))
        return found


class Screen:
    """What the player sees, and which buttons the numbers stand for."""

    def __init__(self, stage: Stage, show: Show) -> None:
        self._stage, self._show = stage, show
        self._under: int | None = None
        self.buttons: list[str | None] = []

    async def update(self) -> None:
        """Show what has arrived meanwhile."""
        mine = self._stage.accounts[self._stage.me]
        told = {account: player for player, account in self._stage.accounts.items()}
        for each in await self._stage.arrived():
            if each.account == mine:
                self._mine(each)
            elif isinstance(each.outgoing, SendMessage) and each.account in told:
                self._show(f"  (to {told[each.account]}: {each.outgoing.text.splitlines()[0]})", "dim")

    def _mine(self, each: Arrived) -> None:
        match each.outgoing:
            case SendMessage(text=text, rows=rows) if rows:
                self._number(each.message, [button.data for row in rows for button in row])
                self._message(text, [button.label for row in rows for button in row])
            case SendMessage(text=text):
                self._message(text, [])
            case EditMessage(text=str(text), rows=rows) if rows:
                self._number(each.message, [button.data for row in rows for button in row])
                self._message(text, [button.label for row in rows for button in row])
            case EditMessage(text=str(text)):
                if each.message == self._under:
                    self._under, self.buttons = None, []
                self._show(f"  {text.splitlines()[-1]}", "green")
            case AnswerPress(text=str(text)):
                self._show(f"  ({text})", "yellow")
            case DeleteMessage():
                self._show("  (what you wrote was taken out of the chat)", "yellow")

    def _number(self, message: int, data: list[str | None]) -> None:
        self._under, self.buttons = message, data

    def _message(self, text: str, labels: list[str]) -> None:
        self._show("", "")
        self._show(text, "bold")
        for number, label in enumerate(labels, start=1):
            self._show(f"  [{number}] {label}", "cyan")


def listed() -> list[tuple[str, str, Player]]:
    """Every conversation: its name, its title, and who usually plays it."""
    return [(entry.name, entry.title.msgid, scene_of(entry).player) for entry in REGISTRY]


async def talk(
    conversation: str,
    *,
    language: Language,
    profile: str,
    player: Player | None,
    console: Console,
    read: Callable[[str], str] | None = None,
) -> None:
    """Play a conversation until it is ended with Ctrl-D. Raises `TalkRefused`, and `ProfileInvalid` for the profile.

    `read` shows a prompt and gives what was typed (default: at the keyboard); `EOFError` ends.
    """
    entry = REGISTRY.named(conversation)
    if entry is None:
        raise TalkRefused(f"There is no conversation {conversation}. Choose one of: {', '.join(name for name, _, _ in listed())}.")
    scene, municipality_ = scene_of(entry), municipality(profile, PrivacyLevel.FULL)
    me = player or scene.player

    def show(lines: str, style: str) -> None:
        console.print(lines, style=style or None, markup=False, highlight=False)

    with TemporaryDirectory(prefix="samrad-talk-") as folder:
        clock = TurnableClock()
        database = await _opened(Path(folder), municipality_, clock)
        try:
            setting = await settle(database, clock, municipality_, language, scene.far)
            stage = Stage(database, municipality_, setting.cast.accounts, me)
            await stage.arrived()
            show(f"{conversation}, played as {me} in {municipality_.profile.municipality.display_name}. ? for help, Ctrl-D ends.", "dim")
            await stage.begin(conversation, setting.given(scene, me))
            await _play(stage, show, read or at_keyboard)
        finally:
            await database.close()


def at_keyboard(prompt: str) -> str:
    """One line typed. Raises `EOFError` at Ctrl-D, and at Ctrl-C."""
    # asyncio's own handler would only note a Ctrl-C and let the reading go on.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        return input(prompt)
    except KeyboardInterrupt:
        raise EOFError from None


async def _opened(folder: Path, municipality_: Municipality, clock: TurnableClock) -> Database:
    keys = load_or_create(folder / "talk.key", database_exists=False)
    keyring = Keyring(wrapping={key.id: key.secret for key in keys.wrapping}, mac_key=keys.mac_key)
    database = await Database.open(folder / "talk.db", clock=clock, keyring=keyring)
    install(database, municipality_)
    return database


async def _play(stage: Stage, show: Show, read: Callable[[str], str]) -> None:
    screen = Screen(stage, show)
    while True:
        await screen.update()
        try:
            typed = read(PROMPT).strip()
        except EOFError:
            show("", "")
            return
        number = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 4 else None
        if typed == "?":
            show(HELP, "dim")
        elif number is not None and screen.buttons:
            if not 1 <= number <= len(screen.buttons):
                show(f"  There is no button {number}. To send the number itself, write ={number}.", "yellow")
            elif data := screen.buttons[number - 1]:
                await stage.press(data)
        elif typed:
            await stage.write(typed.removeprefix("="))
