"""The commands about what is kept and for how long: handing a case to the record system, and destroying what is no longer to be kept.

Here: `samrad export` and `samrad purge`. Not here: what is in a case's files (`bot.services.case_file`), nor how long anything is kept
(`bot.services.retention`). Guarantees: files are readable by their owner alone, and an existing one is never overwritten; a dry run
changes nothing.
"""

import os
from pathlib import Path
from typing import Annotated

import typer

from bot import cli_output, foundation
from bot.cli_database import on_database
from bot.cli_output import mending
from bot.keyfile import OWNER_ONLY
from bot.services import case_file, retention
from bot.settings import load_settings
from bot.store.database import Tx


class DryRun(Exception):
    """Undoes a transaction that only shows what would be done."""

    def __init__(self, counts: dict[str, int], cases: list[int]) -> None:
        super().__init__()
        self.counts, self.cases = counts, cases


@mending()
def export(
    case: Annotated[int, typer.Option(help="The case's number.")],
    to: Annotated[Path, typer.Option(help="The folder to write to.")],
) -> None:
    """Hand a case to the record system: one file to read (PDF), one for other programs (JSON)."""
    settings = load_settings(needs=["SAMRAD_PROFILE"])
    assert settings.profile is not None
    municipality = foundation.municipality_of(settings)
    if not to.is_dir():
        raise foundation.StartRefused(f"{to} is not a folder.", "Make it first, readable by you alone.")

    def work(tx: Tx) -> case_file.CaseFile:
        made = case_file.export(tx, municipality, case)
        if made is None:
            raise foundation.StartRefused(
                f"There is no case {case} with content.", "samrad export takes the case's number, as people know it."
            )
        # Inside the transaction: what could not be written is not recorded as handed over.
        for content, kind in ((made.json, "json"), (made.pdf, "pdf")):
            _write(to / f"case-{case}.{kind}", content)
        return made

    made = on_database(settings, work)
    cli_output.say(f"{to / f'case-{case}.json'} and {to / f'case-{case}.pdf'}")
    cli_output.say(f"SHA-256 of both: {made.digest}")


def _write(path: Path, content: bytes) -> None:
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, OWNER_ONLY)
    except FileExistsError:
        raise foundation.StartRefused(f"{path} exists.", "Move it away, or choose another folder.") from None
    except OSError as error:
        raise foundation.StartRefused(f"{path} cannot be written ({error.strerror}).", "Let this user write in the folder.") from None
    with os.fdopen(descriptor, "wb") as opened:
        opened.write(content)
        opened.flush()
        os.fsync(opened.fileno())


@mending()
def purge(dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what would go.")] = False) -> None:
    """Delete what is no longer to be kept, and destroy cases that ended and were exported 30 days ago."""

    def work(tx: Tx) -> tuple[dict[str, int], list[int]]:
        counts, destroyed = retention.purged(tx), retention.destroy_cases(tx)
        if dry_run:
            raise DryRun(counts, destroyed)
        return counts, destroyed

    try:
        counts, destroyed = on_database(load_settings(), work)
    except DryRun as shown:
        counts, destroyed = shown.counts, shown.cases
    for what, number in counts.items():
        cli_output.say(f"{number:6}  {what}")
    cli_output.say(f"{len(destroyed):6}  cases, 30 days after export{''.join(f', {number}' for number in destroyed)}")
    cli_output.say(
        "This was a dry run: nothing was changed." if dry_run else "Done. Backups of the database are yours to delete, after 35 days.",
        "bold",
    )
