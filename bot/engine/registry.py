"""Which conversations there are.

Here: the list from which the menu, /help and the command list are made. Not here: who may begin which (`bot.domain.access`).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.engine.replay import Conversation
from bot.engine.texts import Text


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """A conversation with its name, how it is found, and how long it waits for an answer."""

    name: str
    title: Text
    conversation: Conversation
    action: str
    """What one must be allowed to do in order to begin it: a row of the access table."""
    commands: tuple[str, ...] = ()
    menu: int | None = None
    """Place in everybody's menu; None where it is begun from a button or a task."""
    staff: bool = False
    """Listed under "For staff"."""
    keeps: bool = False
    """Left half way, it is worth a reminder (an application); others just expire."""


class Registry:
    """All conversations by name and command. Raises `ValueError` where two share one."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._by_name: dict[str, Entry] = {}
        self._by_command: dict[str, Entry] = {}
        for entry in entries:
            if entry.name in self._by_name or any(command in self._by_command for command in entry.commands):
                raise ValueError(f"two conversations share the name or a command of {entry.name}")
            self._by_name[entry.name] = entry
            self._by_command.update(dict.fromkeys(entry.commands, entry))

    def __iter__(self) -> Iterator[Entry]:
        return iter(self._by_name.values())

    def named(self, name: str) -> Entry | None:
        """The conversation of this name, or None."""
        return self._by_name.get(name)

    def for_command(self, command: str) -> Entry | None:
        """The conversation begun by this command, without slash, or None."""
        return self._by_command.get(command)
