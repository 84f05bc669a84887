"""What the command line shows.

Here: findings, refusals, tables and codes as an operator sees them. Not here: where they come from (`bot.checks`, `bot.services.staff`,
`bot.store`), nor the commands (`bot.cli`). Guarantees: what fails is one readable block on standard error; nothing here shows what
somebody wrote, or whom it was for.
"""

import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any, Final

import segno
import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table

from bot.clock import OSLO
from bot.findings import Finding, State
from bot.foundation import StartRefused
from bot.i18n import CatalogUnreadable
from bot.keyfile import KeyFileRefused
from bot.profile import ProfileInvalid
from bot.services.staff import BroughtIn, Invited, InviteRefused
from bot.services.staff_file import Mistake
from bot.settings import SettingsInvalid
from bot.store.database import DatabaseUnusable
from bot.store.outbox import Line
from bot.store.seal import SealBroken
from bot.store.times import moment

OUT: Final = Console(highlight=False)
ERROR: Final = Console(stderr=True, highlight=False)
MENDABLE: Final = (
    *(SettingsInvalid, KeyFileRefused, DatabaseUnusable, ProfileInvalid, CatalogUnreadable, SealBroken),
    *(StartRefused, InviteRefused),
)
STYLES: Final[Mapping[State, str]] = {State.OK: "green", State.NOTE: "yellow", State.NOT_OK: "bold red"}


def say(words: str, style: str | None = None) -> None:
    """A line on standard output, as it is."""
    OUT.print(words, style=style, markup=False, soft_wrap=True)


def write(content: str) -> None:
    """Lines for another program, as they are."""
    OUT.file.write(content)


def refuse(sentences: Iterable[str]) -> None:
    """Why it does not go on, and what to do: one block on standard error."""
    for sentence in sentences:
        ERROR.print(sentence, style="red", markup=False, soft_wrap=True)


@contextmanager
def mending() -> Iterator[None]:
    """What the operator can mend becomes sentences and exit code 1."""
    try:
        yield
    except MENDABLE as refused:
        sentences = getattr(refused, "mistakes", None) or getattr(refused, "sentences", None) or (refused,)
        refuse(map(str, sentences))
        raise typer.Exit(1) from None


def local(at: datetime) -> str:
    """A moment as operators read it: the clock in Oslo."""
    return f"{at.astimezone(OSLO):%Y-%m-%d %H:%M}"


def _table(*columns: str) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for column in columns:
        table.add_column(column, overflow="fold")
    return table


def findings(found: Sequence[Finding]) -> None:
    """What was looked at, a line each, and how many are not in order."""
    table = _table("what", "", "found", "what to do")
    for each in found:
        table.add_row(each.what, f"[{STYLES[each.state]}]{each.state}[/]", _plain(each.found), _plain(each.remedy))
    OUT.print(table)
    wrong = sum(each.state is State.NOT_OK for each in found)
    say(f"{wrong} not in order." if wrong else "Everything is in order.", "bold")


def _plain(words: str) -> str:
    """Words without rich's markup: a bracket in a path is a bracket."""
    return words.replace("[", r"\[")


@contextmanager
def progress(what: str, total: int, console: Console = ERROR) -> Iterator[Callable[[int], None]]:
    """A bar while something long is done, where somebody sits at a terminal; it is told how many are done."""
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    )
    with bar:
        task = bar.add_task(what, total=total)
        yield lambda done: bar.update(task, completed=done)


def rules(heads: Sequence[str], found: Sequence[Mapping[str, Any]]) -> None:
    """The rules for reminders as a table, a line between each two. Four columns, so that words stay whole on a narrow terminal."""
    table = Table(show_lines=True)
    for head in heads:
        table.add_column(head, overflow="fold")
    for each in found:
        settings = [f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in each["settings"].items()]
        cells = (each["what"], ", ".join(each["to"]), f"{each['when']}\n({each['until']})", "\n".join([each["source"], *settings]))
        table.add_row(*map(_plain, cells))
    OUT.print(table)


def bad_lines(mistakes: Sequence[Mistake]) -> None:
    """Every bad line of a file, on standard error."""
    for each in mistakes:
        place = f"Line {each.line}: " if each.line else ""
        ERROR.print(f"{place}{each.what}. {each.remedy}.", style="red", markup=False, soft_wrap=True)
    lines = len({each.line for each in mistakes})
    refuse([f"Nothing was changed: {lines} {'line is' if lines == 1 else 'lines are'} not right."])


def brought_in(result: BroughtIn, *, dry_run: bool) -> None:
    """Who is new, who has changed, and how many are as they were."""
    for what, names in (("new", result.new), ("changed", result.changed)):
        for name in names:
            say(f"{what:8} {name}")
    counted = f"{len(result.new)} new, {len(result.changed)} changed, {len(result.unchanged)} unchanged."
    say(f"{counted} Nothing was changed: this was a dry run." if dry_run else counted, "bold")


def invitation_json(invited: Invited, link: str | None) -> None:
    """An invitation as one JSON object."""
    fields = {
        "person": invited.person,
        "name": invited.name,
        "new": invited.new,
        "roles": [role.value for role in invited.roles],
        "code": invited.code.code,
        "link": link,
        "spoken": invited.code.spoken,
        "expires_at": invited.code.expires_at.isoformat(),
    }
    OUT.print(json.dumps(fields, ensure_ascii=False), markup=False, soft_wrap=True)


def invitation(invited: Invited, link: str | None, without: str) -> None:
    """An invitation for people: the link with its QR code, and the characters to read out. `without` says why there is no link."""
    roles = f" ({', '.join(invited.roles)})" if invited.roles else ""
    say(f"{invited.name}{roles}, person {invited.person}{', new' if invited.new else ''}", "bold")
    if link is None:
        say(f"No link: {without}")
        say(f"In the bot's chat:  /start {invited.code.code}")
    else:
        say(f"Link:               {link}")
        drawn = io.StringIO()
        segno.make(link, micro=False).terminal(out=drawn, compact=True)
        OUT.out(drawn.getvalue(), highlight=False)
    say(f"Or write in the chat: {invited.code.spoken}")
    say(f"Works once, until {local(invited.code.expires_at)} (Oslo). It is shown only now; a new one makes it worthless.")


def outbox(counts: Mapping[str, int], lines: Sequence[Line]) -> None:
    """What waits and what has become of the rest, without content and without whom it is for."""
    say(", ".join(f"{state} {number}" for state, number in counts.items()), "bold")
    table = _table("row", "state", "way", "kind", "class", "made", "due", "tries", "last error")
    for line in lines:
        made, due = local(line.created_at), local(line.due_at)
        said = (line.state, line.channel, line.kind, line.message_class, made, due, str(line.attempt), _plain(line.last_error or ""))
        table.add_row(str(line.id), *said)
    if lines:
        OUT.print(table)


def alarms(rows: Sequence[Mapping[str, Any]]) -> None:
    """Open alarms, oldest first."""
    table = _table("id", "kind", "what", "times", "first", "last")
    for row in rows:
        first, last = (local(moment(row[name])) for name in ("raised_at", "last_at"))
        table.add_row(str(row["id"]), row["kind"], _plain(row["detail"]), str(row["times"]), first, last)
    if rows:
        OUT.print(table)
        say("What to do about each kind stands in docs/operations.md. Then: samrad alarms --seen ID")
    else:
        say("No open alarms.")
