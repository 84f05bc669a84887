"""Settings: what the environment and a `.env` file say, validated at the start.

Here: every SAMRAD_ name, its form, its default and what to do when it is wrong. Not here: what differs between municipalities, which is
the profile (`bot.profile`), and the secrets of the database (`bot.keyfile`). Guarantees: all mistakes are reported at once, each with
its name and the remedy; no value is ever quoted, since one of them may be the token; unknown SAMRAD_ names are mistakes; level `full` is
refused with a real token unless SAMRAD_SYNTHETIC_DATA=yes.

The environment goes before the `.env` file. An empty value counts as not set.
"""

import difflib
import os
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Self
from urllib.parse import urlsplit

from dotenv import dotenv_values
from pydantic import SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import SettingsConfigDict

from bot.addresses import Listen, check_address, is_loopback, listen_on, wrong
from bot.domain.choices import PrivacyLevel
from bot.mail_settings import REMEDIES as MAIL_REMEDIES
from bot.mail_settings import MailSettings

PREFIX = "SAMRAD_"
TELEGRAM = "https://api.telegram.org/bot"
SQLITE = "sqlite:///"
OF_THE_TESTS = frozenset({"SAMRAD_CHROMIUM"})
"""Names that the tests read and the bot does not."""

REMEDIES = MappingProxyType(
    {
        "SAMRAD_BOT_TOKEN": "Get a token from @BotFather in Telegram and set it, for instance in a file called .env.",
        "SAMRAD_BOT_API_URL": "Leave it out for Telegram itself, or give an address to which the token is added: http://127.0.0.1:8081/bot",
        "SAMRAD_DATABASE_URL": "Give sqlite:/// and the path of the file: sqlite:///samrad.db or sqlite:////var/lib/samrad/samrad.db",
        "SAMRAD_PROFILE": "Give the name of a profile that comes with Samråd, such as lund, or the path of your own TOML file.",
        "SAMRAD_PRIVACY_LEVEL": "Set it to off, notice or practical. The level full is for made-up people only.",
        "SAMRAD_SYNTHETIC_DATA": "Set it to yes only where every person is made up. Otherwise leave it out.",
        "SAMRAD_PUBLIC_URL": "Give the address at which people reach the secure page: https://samrad.example.kommune.no",
        "SAMRAD_KEY_FILE": "Give the path of the key file. It is made at the first start.",
        "SAMRAD_LOG_LEVEL": "Set it to DEBUG, INFO, WARNING or ERROR.",
        "SAMRAD_WEBHOOK_SECRET": "Give 16 to 256 letters, digits, - or _, for instance from: openssl rand -hex 32",
        "SAMRAD_WEBHOOK_LISTEN": "Give an address and a port: 127.0.0.1:8443",
        "SAMRAD_METRICS_LISTEN": "Give an address and a port, such as 127.0.0.1:9109, or leave it out for no metrics.",
        "SAMRAD_PAGE_LISTEN": "Give an address and a port for the secure page, such as 127.0.0.1:8080, or leave it out for no page.",
        "SAMRAD_CITIZEN_ISSUER": "Give the address of the inhabitants' login service: https://idporten.no",
        "SAMRAD_CITIZEN_CLIENT_ID": "Give the client id that the inhabitants' login service has given you.",
        "SAMRAD_CITIZEN_CLIENT_SECRET": "Give the client secret that the inhabitants' login service has given you.",
        "SAMRAD_STAFF_ISSUER": "Give the address of the staff's login service, exactly as it names itself as issuer.",
        "SAMRAD_STAFF_CLIENT_ID": "Give the client id that the staff's login service has given you.",
        "SAMRAD_STAFF_CLIENT_SECRET": "Give the client secret that the staff's login service has given you.",
        **MAIL_REMEDIES,
    }
)
"""Every setting, and what to do about it when it is missing or wrong."""


class LogLevel(StrEnum):
    DEBUG = "DEBUG"
    INFO = "INFO"
    WARNING = "WARNING"
    ERROR = "ERROR"


@dataclass(frozen=True, kw_only=True, slots=True)
class SettingMistake:
    """One setting that is missing or wrong."""

    name: str
    wrong: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.name} {self.wrong}. {self.remedy}"


class SettingsInvalid(Exception):
    """The start is refused. `mistakes` has every mistake; the message has one line for each."""

    def __init__(self, mistakes: Iterable[SettingMistake]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__("\n".join(map(str, self.mistakes)))


class Settings(MailSettings):
    """All settings. Made by `load_settings`, which turns what is wrong into `SettingsInvalid`."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_ignore_empty=True, frozen=True, extra="ignore", hide_input_in_errors=True, str_strip_whitespace=True
    )

    bot_token: SecretStr | None = None
    bot_api_url: str = TELEGRAM
    database_url: str = f"{SQLITE}samrad.db"
    profile: str | None = None
    # The default is what is safe, also for a Bot API server of the municipality's own on this machine.
    privacy_level: PrivacyLevel = PrivacyLevel.NOTICE
    synthetic_data: bool = False
    public_url: str | None = None
    key_file: Path = Path("samrad.key")
    log_level: LogLevel = LogLevel.INFO
    webhook_secret: SecretStr | None = None
    webhook_listen: str = "127.0.0.1:8443"
    metrics_listen: str | None = None
    page_listen: str | None = None
    citizen_issuer: str | None = None
    citizen_client_id: str | None = None
    citizen_client_secret: SecretStr | None = None
    staff_issuer: str | None = None
    staff_client_id: str | None = None
    staff_client_secret: SecretStr | None = None

    @property
    def real_token(self) -> bool:
        """Whether messages can reach real people: there is a token, and the Bot API is not on this machine."""
        return self.bot_token is not None and not is_loopback(urlsplit(self.bot_api_url).hostname or "")

    @property
    def bot_file_url(self) -> str:
        """Where files are fetched from, in the form of python-telegram-bot's `base_file_url`."""
        return self.bot_api_url.removesuffix("/bot") + "/file/bot"

    @property
    def database_path(self) -> Path:
        return Path(self.database_url.removeprefix(SQLITE))

    @property
    def webhook_address(self) -> Listen:
        return listen_on(self.webhook_listen)

    @property
    def metrics_address(self) -> Listen | None:
        return None if self.metrics_listen is None else listen_on(self.metrics_listen)

    @property
    def page_address(self) -> Listen | None:
        return None if self.page_listen is None else listen_on(self.page_listen)

    @field_validator("bot_token")
    @classmethod
    def _token_form(cls, token: SecretStr | None) -> SecretStr | None:
        if token is not None and not re.fullmatch(r"[0-9]+:[A-Za-z0-9_-]+", token.get_secret_value()):
            raise wrong("does not have the form of a bot token (digits, a colon, letters and digits)")
        return token

    @field_validator("bot_api_url")
    @classmethod
    def _api_url(cls, url: str) -> str:
        check_address(url, "that address")
        if not urlsplit(url).path.endswith("/bot"):
            raise wrong("does not end with /bot, to which the token is added")
        return url

    @field_validator("public_url")
    @classmethod
    def _public_url(cls, url: str | None) -> str | None:
        if url is None:
            return None
        check_address(url, "the secure page")
        return url.rstrip("/")

    @field_validator("citizen_issuer", "staff_issuer")
    @classmethod
    def _issuer(cls, url: str | None) -> str | None:
        if url is not None:
            check_address(url, "the login service")
        return url

    @field_validator("database_url")
    @classmethod
    def _sqlite_only(cls, url: str) -> str:
        path = url.removeprefix(SQLITE)
        if path == url or not path:
            raise wrong("does not name an SQLite file")
        if path == ":memory:" or "?" in path:
            raise wrong("must name a file: what is kept in memory is lost, and options after ? are not read")
        return url

    @field_validator("privacy_level", mode="before")
    @classmethod
    def _lower(cls, level: object) -> object:
        return level.lower() if isinstance(level, str) else level

    @field_validator("log_level", mode="before")
    @classmethod
    def _upper(cls, level: object) -> object:
        return level.upper() if isinstance(level, str) else level

    @field_validator("webhook_secret")
    @classmethod
    def _secret_form(cls, secret: SecretStr | None) -> SecretStr | None:
        if secret is not None and not re.fullmatch(r"[A-Za-z0-9_-]{16,256}", secret.get_secret_value()):
            raise wrong("is too short, too long, or has a character that Telegram does not take")
        return secret

    @field_validator("webhook_listen", "metrics_listen", "page_listen")
    @classmethod
    def _address_and_port(cls, listen: str | None) -> str | None:
        if listen is not None:
            listen_on(listen)
        return listen

    @model_validator(mode="after")
    def _no_real_people_at_full(self) -> Self:
        if self.privacy_level is PrivacyLevel.FULL and self.real_token and not self.synthetic_data:
            raise wrong("is full, but the token is real: names and needs of real people would pass through Telegram")
        return self


def _go_together(settings: Settings) -> Iterable[str]:
    """What the settings that are there need besides: a page its address, a login service its client."""
    if settings.page_listen is not None:
        yield "SAMRAD_PUBLIC_URL"
    if settings.citizen_issuer is not None:
        yield "SAMRAD_CITIZEN_CLIENT_ID"
    if settings.staff_issuer is not None:
        yield "SAMRAD_STAFF_CLIENT_ID"
    if settings.smtp_url is not None:
        yield "SAMRAD_MAIL_FROM"
    if settings.smtp_user is not None:
        yield "SAMRAD_SMTP_PASSWORD"


def load_settings(*, needs: Collection[str] = (), env_file: Path | None = Path(".env")) -> Settings:
    """Read and check all settings. `needs` are the full names that must be set for what is about to start.

    Raises `SettingsInvalid` with every mistake at once.
    """
    mistakes = [_unknown(name) for name in _unknown_names(env_file)]
    try:
        settings = Settings(_env_file=env_file, _env_file_encoding="utf-8")
    except ValidationError as error:
        mistakes += [_mistake(found["loc"], found["type"], found["msg"]) for found in error.errors(include_input=False, include_url=False)]
        raise SettingsInvalid(mistakes) from None
    for name in (*needs, *_go_together(settings)):
        if getattr(settings, name.removeprefix(PREFIX).lower()) is None:
            mistakes.append(SettingMistake(name=name, wrong="is not set", remedy=REMEDIES[name]))
    if settings.mail_level is PrivacyLevel.FULL and not settings.synthetic_data:
        wrong = "is full: names and needs of real people would stand in e-mails"
        mistakes.append(SettingMistake(name="SAMRAD_MAIL_LEVEL", wrong=wrong, remedy=REMEDIES["SAMRAD_MAIL_LEVEL"]))
    if mistakes:
        raise SettingsInvalid(mistakes)
    return settings


def _unknown_names(env_file: Path | None) -> list[str]:
    written = set(os.environ)
    if env_file is not None and env_file.is_file():
        written |= set(dotenv_values(env_file, encoding="utf-8"))
    return sorted(name for name in written if name.upper().startswith(PREFIX) and name.upper() not in REMEDIES.keys() | OF_THE_TESTS)


def _unknown(name: str) -> SettingMistake:
    near = difflib.get_close_matches(name.upper(), REMEDIES, n=1, cutoff=0.75)
    remedy = f"Did you mean {near[0]}?" if near else f"Remove it. The settings are: {', '.join(REMEDIES)}."
    return SettingMistake(name=name, wrong="is not a setting of Samråd", remedy=remedy)


def _mistake(place: tuple[int | str, ...], kind: str, message: str) -> SettingMistake:
    name = f"{PREFIX}{place[0]}".upper() if place else "SAMRAD_PRIVACY_LEVEL"
    remedy = REMEDIES[name] if place else "Set it to notice or practical. If every person is made up, set SAMRAD_SYNTHETIC_DATA=yes."
    wrong = {"bool_parsing": "is neither yes nor no", "enum": "has a value that is not known"}.get(kind, "has a value of the wrong form")
    return SettingMistake(name=name, wrong=message if kind == "setting" else wrong, remedy=remedy)
