"""The commands about reminder rules: reading them, and computing all cases anew after they have changed.

Here: `samrad rules` and `samrad recompute`. Not here: the rules (`bot.domain.reminder_rules`) and computing (`bot.services.recompute`).
Guarantees: what is printed is filled with the numbers of the municipality asked for; a dry run changes nothing; what is interrupted is
taken up where it stopped.
"""

import json
from collections.abc import Callable
from typing import Annotated, Any, Final

import typer

from bot import cli_output, foundation
from bot.cli_database import on_database
from bot.cli_output import mending
from bot.domain.reminder_rules import RULES, Rule, filled, settings_of, source_in
from bot.domain.rules import Profile
from bot.engine.texts import Language, Text, t
from bot.i18n import Catalogs
from bot.profile import load_profile
from bot.services import recompute as recomputing
from bot.settings import load_settings
from bot.store.database import Tx

HEADS: Final = (t("What about"), t("To whom"), t("When, and until when"), t("Where it comes from, and what sets it"))


@mending()
def rules(
    profile: Annotated[str | None, typer.Option(help="A shipped profile's name, or a path. Without it, SAMRAD_PROFILE.")] = None,
    lang: Annotated[Language | None, typer.Option(help="The language of the table. Without it, the municipality's own.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="For other programs.")] = False,
) -> None:
    """Every rule for reminders: what, to whom, when, until when, where it comes from, and what sets it."""
    catalogs = Catalogs.load()
    read = load_profile(profile or load_settings(needs=["SAMRAD_PROFILE"]).profile or "")
    language = lang or read.municipality.language
    found = lines(read, catalogs, language)
    if as_json:
        cli_output.say(json.dumps(found, ensure_ascii=False, indent=2))
        return
    cli_output.rules([catalogs.render(each, language) for each in HEADS], found)


def lines(profile: Profile, catalogs: Catalogs, language: Language) -> list[dict[str, Any]]:
    """The rules in words, with this municipality's own numbers, in the order of their subjects."""

    def words(text: Text) -> str:
        return catalogs.render(filled(text, profile), language)

    return [_line(rule, profile, words) for rule in RULES.values()]


def _line(rule: Rule, profile: Profile, words: Callable[[Text], str]) -> dict[str, Any]:
    return {
        "kind": rule.kind.value,
        "what": words(rule.what),
        "to": [words(each) for each in rule.to],
        "when": words(rule.when),
        "until": words(rule.until),
        "source": source_in(rule, words),
        "settings": {path: _value(profile, path) for path in settings_of(rule)},
    }


def _value(profile: Profile, path: str) -> object:
    found: object = profile
    for name in path.split("."):
        found = getattr(found, name)
    if isinstance(found, tuple):
        return [each if isinstance(each, int) else getattr(each, "id", str(each)) for each in found]
    return found if isinstance(found, int | bool | None) else str(found)


@mending()
def recompute(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show how many reminders would change.")] = False,
    anew: Annotated[bool, typer.Option("--anew", help="From the first case, also where it was interrupted or is done.")] = False,
) -> None:
    """Compute the reminders of all cases by the profile as it is now. Samråd does so itself when it starts with changed rules."""
    settings = load_settings(needs=["SAMRAD_PROFILE"])
    municipality = foundation.municipality_of(settings)

    def one(cursor: int) -> Callable[[Tx], recomputing.Progress]:
        def work(tx: Tx) -> recomputing.Progress:
            return recomputing.tried(tx, municipality, cursor) if dry_run else recomputing.step(tx, municipality)

        return work

    def start(tx: Tx) -> int:
        return recomputing.tried(tx, municipality, 0, 0).left if dry_run else recomputing.begin(tx, municipality, anew=anew)

    total = on_database(settings, start)
    done = changed = cursor = 0
    with cli_output.progress("cases", total) as show:
        while True:
            progress = on_database(settings, one(cursor))
            done, changed, cursor = done + progress.cases, changed + progress.changed, progress.cursor
            show(done)
            if progress.left == 0:
                break
    cli_output.say(f"{done} cases, {changed} reminders {'would change' if dry_run else 'changed'}.")
    cli_output.say("This was a dry run: nothing was changed." if dry_run else "Done.", "bold")
