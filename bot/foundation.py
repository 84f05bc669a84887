"""What everything else stands on: the municipality and the database, as the settings name them.

Here: making these two. Not here: what runs on them (`bot.app`). Guarantee: what cannot start says why and what to do.
"""

from functools import lru_cache

from bot import keyfile
from bot.clock import Clock, WorkingCalendar
from bot.domain.choices import PrivacyLevel
from bot.i18n import Catalogs
from bot.key_halves import KeyHalves, beside
from bot.profile import load_law, load_profile
from bot.services import guarantees
from bot.services.municipality import Municipality
from bot.settings import Settings
from bot.store import purging, rewrapping
from bot.store.database import Database
from bot.store.seal import Keyring
from conversations import REGISTRY


class StartRefused(Exception):
    """Samråd cannot start. Each sentence says what is wrong and what to do, for the operator."""

    def __init__(self, *sentences: str) -> None:
        super().__init__(" ".join(sentences))
        self.sentences = sentences


def municipality_of(settings: Settings) -> Municipality:
    """The municipality as the settings name it. Raises `ProfileInvalid` or `CatalogUnreadable`."""
    if settings.profile is None:
        raise StartRefused("SAMRAD_PROFILE is not set: name a shipped profile (as, lund, heroy, ringerike, rana) or the path of your own.")
    page_url = settings.public_url if settings.page_listen is not None else None
    citizens_log_in = page_url is not None and settings.citizen_issuer is not None
    mail = None if settings.smtp_url is None else PrivacyLevel(settings.mail_level)
    return municipality(
        settings.profile, PrivacyLevel(settings.privacy_level), page_url=page_url, citizens_log_in=citizens_log_in, mail=mail
    )


def municipality(
    profile: str,
    level: PrivacyLevel,
    *,
    page_url: str | None = None,
    citizens_log_in: bool = False,
    mail: PrivacyLevel | None = None,
) -> Municipality:
    """A municipality from its profile's name or path. `page_url`: where its secure page is; `mail`: what may stand in e-mails."""
    return Municipality(
        profile=load_profile(profile),
        law=lru_cache(maxsize=8)(load_law),
        catalogs=Catalogs.load(),
        calendar=WorkingCalendar(),
        registry=REGISTRY,
        level=level,
        page_url=page_url,
        citizens_log_in=citizens_log_in,
        mail=mail,
    )


async def open_database(settings: Settings, clock: Clock, *, alone: bool = False) -> Database:
    """The database with its keys, brought up to date. Raises `KeyFileRefused` or `DatabaseUnusable`.

    `alone`: for the process that works on it from now on. It wraps all keys with the newest one of the file; another that ran meanwhile
    with the file as it was before could open nothing more.
    """
    path = settings.database_path
    keys = keyfile.load_or_create(settings.key_file, database_exists=path.exists())
    halves = KeyHalves(beside(settings.key_file))
    keyring = Keyring(wrapping={key.id: key.secret for key in keys.wrapping}, mac_key=keys.mac_key, halves=halves)
    database = await Database.open(path, clock=clock, keyring=keyring)
    # A backup that was put back may hold rows of cases that have been destroyed since.
    await database.transact(purging.sweep)
    if alone:
        await rewrapping.rewrap(database, keyring)
    return database


def install(database: Database, municipality_: Municipality) -> None:
    """What must hold at the end of every transaction."""
    database.before_commit.append(guarantees.before_commit(municipality_))
