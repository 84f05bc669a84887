"""Is everything in order? What an operator's check looks at, one finding for each thing.

Here: settings, token, database, key file, clock, profile, law, texts. Not here: the page (`bot.check_page`), e-mail (`bot.check_mail`),
what is loaded later (`bot.packages`), and how findings are shown (`bot.cli`). Guarantees: nothing is changed by looking; the token and the
keys are never in a finding; what is not in order says what to do.
"""

import asyncio
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Final

import httpx
from babel.messages.pofile import read_po

from bot import keyfile
from bot.check_mail import of_mail
from bot.check_page import of_page
from bot.clock import OSLO, Clock
from bot.data import data_directory
from bot.domain.rules import Profile
from bot.engine.texts import Language, Text
from bot.findings import WAIT, Finding, bad, note, ok, several
from bot.i18n import Catalogs, CatalogUnreadable
from bot.key_halves import KeyHalves, beside
from bot.packages import of_packages
from bot.profile import ProfileInvalid, load_law, load_profile, profile_warnings
from bot.settings import REMEDIES, Settings
from bot.store.database import DatabaseUnusable
from bot.store.inspection import Inspection, inspect

LARGEST_DRIFT: Final = timedelta(seconds=30)


@dataclass(frozen=True, kw_only=True, slots=True)
class TelegramSays:
    """What Telegram answered to who the bot is. `fault` says why there is no answer; `at` is the moment in its Date header, in UTC."""

    username: str | None = None
    at: datetime | None = None
    fault: Finding | None = None


async def ask_telegram(settings: Settings) -> TelegramSays:
    """Who is the bot, and what time is it there? Never raises for what a network can do."""
    if settings.bot_token is None:
        return TelegramSays(fault=bad("token", "SAMRAD_BOT_TOKEN is not set", REMEDIES["SAMRAD_BOT_TOKEN"]))
    try:
        async with httpx.AsyncClient(timeout=WAIT) as client:
            answer = await client.get(f"{settings.bot_api_url}{settings.bot_token.get_secret_value()}/getMe")
    except httpx.HTTPError as error:
        # The type only: the message may hold the address, and the address holds the token.
        found = f"Telegram cannot be reached ({type(error).__name__})"
        return TelegramSays(fault=bad("token", found, "Check the network, the firewall and SAMRAD_BOT_API_URL."))
    at = _date_of(answer)
    if answer.status_code in {401, 404}:
        return TelegramSays(
            at=at, fault=bad("token", "Telegram refuses the token", "Correct SAMRAD_BOT_TOKEN; @BotFather shows the right one.")
        )
    username = _username(answer)
    if username is None:
        found = f"the answer is not Telegram's (HTTP {answer.status_code})"
        return TelegramSays(at=at, fault=bad("token", found, "Check SAMRAD_BOT_API_URL, and what stands between: a proxy, a login page."))
    return TelegramSays(username=username, at=at)


def _username(answer: httpx.Response) -> str | None:
    try:
        name: object = answer.json()["result"]["username"]
    except (ValueError, KeyError, TypeError):
        return None
    return name if isinstance(name, str) else None


def _date_of(answer: httpx.Response) -> datetime | None:
    try:
        moment = parsedate_to_datetime(answer.headers["Date"])
    except (KeyError, ValueError):
        return None
    return moment if moment.tzinfo is not None else None


async def look(settings: Settings, clock: Clock) -> tuple[Finding, ...]:
    """Everything there is to look at, with settings that load."""
    says = await ask_telegram(settings)
    drift = of_clock(says.at, clock.now())
    page = [each async for each in of_page(settings)]
    mail = [each async for each in of_mail(settings)]
    rest = await asyncio.to_thread(lambda: [*of_packages(), *of_storage(settings), *of_profile(settings, clock), *of_texts()])
    return (ok("settings", "all of them can be read"), *of_webhook(settings), of_token(says), drift, *page, *mail, *rest)


def of_token(says: TelegramSays) -> Finding:
    """Does Telegram know the token?"""
    return says.fault or ok("token", f"Telegram knows the bot as @{says.username}")


def of_webhook(settings: Settings) -> Iterator[Finding]:
    """Where updates are brought, the two settings for it belong together."""
    if settings.webhook_secret is None:
        return
    if settings.public_url is None or not settings.public_url.startswith("https://"):
        found = "SAMRAD_WEBHOOK_SECRET is set, but SAMRAD_PUBLIC_URL is not an https address"
        yield bad("webhook", found, f"Set it, or leave the secret out and let Samråd fetch. {REMEDIES['SAMRAD_PUBLIC_URL']}")
    else:
        yield ok("webhook", f"ready for samrad run --webhook, listening on {settings.webhook_listen}")


def of_clock(there: datetime | None, here: datetime) -> Finding:
    """Is the computer's clock right? Reminders and time limits follow it."""
    winter, summer = datetime(here.year, 1, 15, 12, tzinfo=OSLO), datetime(here.year, 7, 15, 12, tzinfo=OSLO)
    if (winter.utcoffset(), summer.utcoffset()) != (timedelta(hours=1), timedelta(hours=2)):
        return bad("clock", "the time zone data for Europe/Oslo are wrong", "Install the package tzdata again, and the system's own.")
    if there is None:
        return note("clock", "not compared, since Telegram did not answer with a time", "Check by hand: timedatectl")
    drift = abs(here - there)
    if drift > LARGEST_DRIFT:
        found = f"it is {drift.total_seconds():.0f} seconds off Telegram's"
        return bad("clock", found, "Switch time synchronisation on: timedatectl set-ntp true")
    return ok("clock", "right, as Telegram's; time zone data for Europe/Oslo are there")


def of_storage(settings: Settings) -> Iterator[Finding]:
    """The database and its key file, which belong together."""
    path = settings.database_path
    keys: keyfile.KeyFile | None = None
    if settings.key_file.exists() or settings.key_file.is_symlink() or path.exists():
        try:
            keys = keyfile.load(settings.key_file)
        except keyfile.KeyFileRefused as refused:
            yield bad("key file", str(refused), REMEDIES["SAMRAD_KEY_FILE"])
        else:
            yield ok("key file", f"only its owner can read it; {several(len(keys.wrapping), 'wrapping key')}")
    else:
        yield note("key file", "there is none yet", "It is made at the first start. Then make a backup of it, apart from the database's.")
    if not path.exists():
        yield _not_there(path)
        return
    try:
        inspection = inspect(path)
    except DatabaseUnusable as unusable:
        yield bad("database", str(unusable), REMEDIES["SAMRAD_DATABASE_URL"])
        return
    yield from of_database(inspection, keys)
    yield from of_halves(beside(settings.key_file), inspection.newest_half)


def _not_there(path: Path) -> Finding:
    if not path.absolute().parent.is_dir():
        return bad("database", f"the folder of {path} is not there", "Make it, or correct SAMRAD_DATABASE_URL.")
    return note("database", f"{path} is not there yet", "samrad migrate makes it, and so does the first start.")


def of_database(found: Inspection, keys: keyfile.KeyFile | None) -> Iterator[Finding]:
    """Whole, up to date, and with its own keys?"""
    if found.faults:
        yield bad("database", f"damaged: {'; '.join(found.faults)}", "Stop Samråd and put back the last good backup (docs/operations.md).")
    elif found.unknown:
        what = f"it has migration {found.unknown[-1]}, which this version does not know"
        yield bad("database", what, "Install the newer version again.")
    elif found.pending:
        yield bad("database", f"it lacks {', '.join(found.pending)}", "Make a backup, then: samrad migrate")
    else:
        yield ok("database", "whole, and up to date")
    if found.open_alarms:
        yield note("alarms", f"{several(found.open_alarms, 'open alarm')}", "samrad alarms lists them.")
    if keys is not None and (missing := found.wrapped_by - {key.id for key in keys.wrapping}):
        what = f"the key file lacks {several(len(missing), 'key')} that the database was sealed with"
        yield bad("keys", what, "Let SAMRAD_KEY_FILE name the file that belongs to this database, or put it back from your backup.")


def of_halves(path: Path, newest: int) -> Iterator[Finding]:
    """The other halves of the keys: all there, and readable by their owner alone?"""
    try:
        count = KeyHalves(path).count()
    except keyfile.KeyFileRefused as refused:
        yield bad("key halves", str(refused), f"Put the newest copy of {path} back.")
        return
    if count < newest:
        yield bad("key halves", f"{path} is missing or older than the database", "Put its newest copy back. Nothing opens without it.")
    elif newest:
        yield ok("key halves", f"only their owner can read them; {count} of them")


def of_profile(settings: Settings, clock: Clock) -> Iterator[Finding]:
    """The municipality's profile, and the law it rests on."""
    if settings.profile is None:
        yield bad("profile", "SAMRAD_PROFILE is not set", REMEDIES["SAMRAD_PROFILE"])
    else:
        yield from _invalid("profile", lambda: _profile(load_profile(settings.profile or "")))
    yield from _invalid("law", lambda: _law(clock))


def _invalid(what: str, find: Callable[[], Iterable[Finding]]) -> Iterator[Finding]:
    try:
        yield from find()
    except ProfileInvalid as invalid:
        for mistake in invalid.mistakes:
            yield bad(what, mistake, "Correct the file and start again.")


def _profile(profile: Profile) -> Iterator[Finding]:
    for warning in profile_warnings(profile):
        found, _, remedy = warning.partition(". ")
        yield note("profile", found, remedy)
    yield ok("profile", f"{profile.municipality.display_name} ({profile.id})")


def _law(clock: Clock) -> Iterator[Finding]:
    today = clock.now().astimezone(OSLO).date()
    law = load_law(today)
    if law.needs_review(today):
        found = f"{law.id} was to be compared with the law again by {law.review_by.isoformat()}"
        yield note("law", found, "Install a newer version of Samråd, or let a lawyer compare the file and set checked and review_by.")
    else:
        yield ok("law", f"{law.id}, compared with the law on {law.checked.isoformat()}")


def of_texts() -> Iterator[Finding]:
    """Is every text translated?"""
    try:
        catalogs = Catalogs.load()
        with (data_directory("locales") / "bot.pot").open("rb") as stream:
            ids = [message.id if isinstance(message.id, str) else message.id[0] for message in read_po(stream) if message.id]
    except (CatalogUnreadable, OSError, ValueError) as error:
        yield bad("texts", str(error), "Install Samråd again.")
        return
    for language in Language:
        lacking = sum(not catalogs.translated(Text(msgid), language) for msgid in ids)
        if lacking:
            found = f"{several(lacking, 'text')} of {len(ids)} not translated to {language}"
            yield bad("texts", found, "They are shown in English. Install the released version, or see make texts.")
        else:
            yield ok("texts", f"all {len(ids)} in {language}")
