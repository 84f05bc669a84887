"""The municipality's mail server: where it is, and one connection to it.

Here: connecting, encrypting, logging in, and handing over one message. Not here: what an error means (`bot.mail.signals`), the message
(`bot.mail.message`). Guarantees: where encryption is asked for, nothing, not even a password, is sent without it, and the server's
certificate is checked; an error says at which stage it came, so that nobody takes "perhaps" for "no".
"""

import contextlib
import ssl
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

import aiosmtplib

TIMEOUT: Final = 30.0
"""Seconds to wait for each answer."""
TAKING: Final = 120.0
"""Seconds to wait until the server has taken a message: some look through it first (RFC 5321 § 4.5.3.2.6 allows ten minutes)."""


class Encryption(StrEnum):
    """How the connection is encrypted."""

    FROM_THE_START = "smtps"
    STARTTLS = "smtp+starttls"
    NONE = "smtp"
    """Only to a server on this machine."""


class Stage(StrEnum):
    """How far a delivery had come."""

    CONNECT = "connecting"
    GREET = "logging in"
    SENDER = "naming the sender"
    RECIPIENT = "naming the recipient"
    DATA = "handing over"
    """From here on nobody knows whether it was taken, unless the server says so."""


class Failed(Exception):
    """A delivery that did not succeed, the stage it came to, and what happened there as its cause."""

    def __init__(self, stage: Stage, cause: BaseException) -> None:
        super().__init__(stage.value)
        self.stage, self.cause = stage, cause


@dataclass(frozen=True, kw_only=True, slots=True)
class MailServer:
    """Where the mail server is. `ca_file`: certificates to trust besides the system's own."""

    host: str
    port: int
    encryption: Encryption
    user: str | None = None
    password: str | None = None
    ca_file: Path | None = None

    def tls(self) -> ssl.SSLContext:
        """How its certificate is checked. Raises `OSError` or `ssl.SSLError` where `ca_file` cannot be read."""
        context = ssl.create_default_context()
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        if self.ca_file is not None:
            context.load_verify_locations(cafile=self.ca_file)
        return context


class Connection:
    """One connection, opened when it is needed and kept while there is more to send."""

    def __init__(self, server: MailServer, *, timeout: float = TIMEOUT, taking: float = TAKING) -> None:
        self._server, self._timeout, self._taking = server, timeout, taking
        self._client: aiosmtplib.SMTP | None = None

    async def open(self) -> None:
        """Connect, encrypt and log in. Raises `Failed`."""
        if self._client is not None and self._client.is_connected:
            return
        server = self._server
        plain = server.encryption is Encryption.NONE
        stage, client = Stage.CONNECT, None
        try:
            client = aiosmtplib.SMTP(
                hostname=server.host,
                port=server.port,
                timeout=self._timeout,
                use_tls=server.encryption is Encryption.FROM_THE_START,
                start_tls=False,
                tls_context=None if plain else server.tls(),
            )
            await client.connect()
            stage = Stage.GREET
            await client.ehlo()
            if server.encryption is Encryption.STARTTLS:
                await client.starttls()
                await client.ehlo()
            if server.user is not None:
                await client.login(server.user, server.password or "")
        except (aiosmtplib.SMTPException, OSError, ValueError) as error:
            if client is not None:
                client.close()
            raise Failed(stage, error) from error
        self._client = client

    async def name_sender(self, sender: str, *, wide: bool = False) -> None:
        """Say whom the message is from; `wide`: an address has letters beyond ASCII (RFC 6531). Raises `Failed`."""
        await self.open()
        assert self._client is not None
        try:
            if wide and not self._client.supports_extension("smtputf8"):
                raise aiosmtplib.SMTPNotSupported("SMTPUTF8")
            options = ["SMTPUTF8", "BODY=8BITMIME"] if wide else []
            await self._client.mail(sender, options=options, encoding="utf-8" if wide else "ascii")
        except (aiosmtplib.SMTPException, OSError, ValueError) as error:
            await self._begin_anew(error)
            raise Failed(Stage.SENDER, error) from error

    async def deliver(self, *, sender: str, recipient: str, message: bytes) -> None:
        """Hand over one message. When this returns, the server has taken it. Raises `Failed`."""
        wide = not recipient.isascii()
        await self.name_sender(sender, wide=wide)
        client, stage = self._client, Stage.RECIPIENT
        assert client is not None
        try:
            await client.rcpt(recipient, encoding="utf-8" if wide else "ascii")
            stage = Stage.DATA
            await client.data(message, timeout=self._taking)
        except (aiosmtplib.SMTPException, OSError, ValueError) as error:
            await self._begin_anew(error)
            raise Failed(stage, error) from error

    async def _begin_anew(self, error: BaseException) -> None:
        """After an answer the connection goes on with the next message; after anything else it is not trusted any more."""
        client = self._client
        if client is not None and isinstance(error, aiosmtplib.SMTPResponseException) and client.is_connected:
            try:
                await client.rset()
            except (aiosmtplib.SMTPException, OSError):
                self._drop()
        else:
            self._drop()

    def _drop(self) -> None:
        if self._client is not None:
            self._client.close()
            self._client = None

    async def take_back_sender(self) -> None:
        """Leave a message that was begun: nothing is sent."""
        if self._client is not None:
            with contextlib.suppress(aiosmtplib.SMTPException, OSError):
                await self._client.rset()

    async def close(self) -> None:
        """Say goodbye, if anybody is listening."""
        client, self._client = self._client, None
        if client is not None:
            with contextlib.suppress(aiosmtplib.SMTPException, OSError):
                await client.quit()
            client.close()
