"""The commands about people: inviting one, and bringing the staff in from a file.

Here: what is typed, read and printed for `samrad invite` and `samrad import staff`. Not here: what it changes (`bot.services.staff`).
Guarantee: what is typed wrongly is refused before anything is changed.
"""

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from bot import checks, cli_output, foundation, phone
from bot.cli_database import on_database
from bot.cli_output import mending
from bot.clock import OSLO, SystemClock
from bot.domain.access import Role
from bot.domain.ids import PersonId
from bot.engine.texts import Language
from bot.profile import load_profile
from bot.services import staff, staff_file
from bot.settings import load_settings
from bot.store.database import Tx


@mending()
def invite(
    name: Annotated[str, typer.Argument(help="The person's name, in quotation marks.")],
    role: Annotated[
        list[str] | None, typer.Option(help="ke, ke_leader, leader, coordinator, reporter, admin or auditor; may be repeated.")
    ] = None,
    department: Annotated[str | None, typer.Option(help="Its id in the profile.")] = None,
    lang: Annotated[Language | None, typer.Option(help="For somebody new; without it, the municipality's own.")] = None,
    case: Annotated[int | None, typer.Option(help="The person is a party of the case with this number.")] = None,
    person: Annotated[int | None, typer.Option(help="Which one, where several have the name.")] = None,
    new: Annotated[bool, typer.Option("--new", help="Somebody new, also where the name is known.")] = False,
    bot: Annotated[str | None, typer.Option(help="The bot's user name; without it, Telegram is asked.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> None:
    """Print a link code for one person: link, QR code and ten characters to read out."""
    settings = load_settings(needs=["SAMRAD_PROFILE"])
    profile = load_profile(settings.profile or "")
    roles = _roles(role or [], department, [each.id for each in profile.departments])
    says = checks.TelegramSays(username=bot.removeprefix("@")) if bot else asyncio.run(checks.ask_telegram(settings))

    def work(tx: Tx) -> staff.Invited:
        language = lang or profile.municipality.language
        who = None if person is None else PersonId(person)
        return staff.invite(tx, name, roles=roles, department=department, language=language, person=who, case=case, new=new)

    invited = on_database(settings, work, make=True)
    link = f"https://t.me/{says.username}?start={invited.code.code}" if says.username else None
    if as_json:
        cli_output.invitation_json(invited, link)
    else:
        cli_output.invitation(invited, link, says.fault.found if says.fault else "")


def _roles(words: list[str], department: str | None, departments: list[str]) -> list[Role]:
    """The roles typed. Raises `typer.BadParameter`."""
    known = {role.value: role for role in staff_file.ROLES}
    if wrong := [word for word in words if word not in known]:
        raise typer.BadParameter(f"{', '.join(wrong)} is not a role. The roles are {', '.join(known)}.", param_hint="--role")
    roles = [known[word] for word in words]
    if department is not None and department not in departments:
        raise typer.BadParameter(
            f"{department} is not in the profile. Its departments are {', '.join(departments)}.", param_hint="--department"
        )
    if department is None and staff_file.NEEDS_DEPARTMENT & set(roles):
        raise typer.BadParameter(f"a leader or a coordinator needs one of {', '.join(departments)}.", param_hint="--department")
    return roles


@mending()
def import_staff(
    file: Annotated[
        Path, typer.Argument(exists=True, dir_okay=False, readable=True, help="CSV: name,role,department,language,trained,phone")
    ],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Check everything and change nothing.")] = False,
) -> None:
    """Bring staff in from a CSV file: all of it, or nothing where a line is bad."""
    settings = load_settings(needs=["SAMRAD_PROFILE"])
    profile = load_profile(settings.profile or "")
    rules = staff_file.Rules(
        departments=[department.id for department in profile.departments],
        language=profile.municipality.language,
        phone=phone.phone,
        today=SystemClock().now().astimezone(OSLO).date(),
    )
    reading = staff_file.read(file.read_bytes(), rules)
    if not reading.mistakes:
        with cli_output.progress("Bringing in", len(reading.lines)) as step:
            municipality = foundation.municipality_of(settings)
            result = on_database(
                settings,
                lambda tx: staff.bring_in(tx, municipality, reading.lines, dry_run=dry_run, step=step),
                make=not dry_run,
                municipality=municipality,
            )
    mistakes = reading.mistakes or result.mistakes
    if mistakes:
        cli_output.bad_lines(mistakes)
        raise typer.Exit(1)
    cli_output.brought_in(result, dry_run=dry_run)
