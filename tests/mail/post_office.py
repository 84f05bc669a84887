"""A real mail server on loopback that does what it is told: aiosmtpd, in the test's own loop.

Here: the server, its certificates, and what it took. Not here: what is asserted.
"""

import asyncio
import email
import ipaddress
import ssl
from collections import defaultdict, deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import policy
from email.message import EmailMessage
from functools import cache
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

HOST = "127.0.0.1"
USER, PASSWORD = "samrad", "kanari-passord"


@dataclass
class Taken:
    """A message as it came: its envelope and every byte."""

    sender: str
    recipients: list[str]
    raw: bytes
    encrypted: bool
    user: str | None

    @property
    def message(self) -> EmailMessage:
        found = email.message_from_bytes(self.raw, policy=policy.default)
        assert isinstance(found, EmailMessage)
        return found

    @property
    def text(self) -> str:
        body = self.message.get_body(("plain",))
        assert body is not None
        content: str = body.get_content()
        return content


@dataclass
class PostOffice:
    """What the server took, and what it is to answer: for each verb a row of answers, then 250. `None` hangs up, a number waits so long."""

    taken: list[Taken] = field(default_factory=list)
    script: defaultdict[str, deque[str | float | None]] = field(default_factory=lambda: defaultdict(deque))
    commands: list[str] = field(default_factory=list)
    port: int = 0
    after_data: Callable[[], None] | None = None

    def will(self, verb: str, *answers: str | float | None) -> None:
        self.script[verb].extend(answers)

    async def _answer(self, verb: str, server: SMTP, fine: str) -> str:
        self.commands.append(verb)
        if not self.script[verb]:
            return fine
        answer = self.script[verb].popleft()
        if isinstance(answer, float):
            await asyncio.sleep(answer)
            return fine
        if answer is None:
            assert isinstance(server.transport, asyncio.WriteTransport)
            server.transport.abort()
            return "421 gone"
        return answer

    async def handle_EHLO(self, server: SMTP, session: Session, _envelope: Envelope, hostname: str, responses: list[str]) -> list[str]:
        session.host_name = hostname
        self.commands.append("EHLO")
        return responses

    async def handle_MAIL(self, server: SMTP, _session: Session, envelope: Envelope, address: str, options: list[str]) -> str:
        answer = await self._answer("MAIL", server, "250 2.1.0 fine")
        if answer.startswith("2"):
            envelope.mail_from = address
            envelope.mail_options.extend(options)
        return answer

    async def handle_RCPT(self, server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]) -> str:
        answer = await self._answer("RCPT", server, "250 2.1.5 fine")
        if answer.startswith("2"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        taken = Taken(
            sender=str(envelope.mail_from),
            recipients=list(envelope.rcpt_tos),
            raw=bytes(envelope.content or b""),  # type: ignore[arg-type]
            encrypted=server.transport is not None and server.transport.get_extra_info("sslcontext") is not None,
            user=session.auth_data.decode() if isinstance(session.auth_data, bytes) else None,  # type: ignore[redundant-expr]
        )
        answer = await self._answer("DATA", server, "250 2.0.0 taken")
        # What it hangs up on after the last byte may have been taken, as real servers do.
        if answer.startswith(("2", "421 gone")):
            self.taken.append(taken)
        if self.after_data is not None:
            self.after_data()
        return answer


def _authenticator(_server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, given: Any) -> AuthResult:
    right = isinstance(given, LoginPassword) and (given.login, given.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=right, handled=False, auth_data=given.login if right else None)


@asynccontextmanager
async def open_office(office: PostOffice, *, tls: ssl.SSLContext | None = None, at_once: bool = False) -> AsyncIterator[PostOffice]:
    """Let it be open while this lasts. `tls`: STARTTLS is offered, and asked for before a login; `at_once`: from the first byte."""

    def session() -> SMTP:
        given: dict[str, Any] = {"enable_SMTPUTF8": True, "hostname": "localhost", "ident": "made-up", "loop": asyncio.get_running_loop()}
        if tls is not None:
            given |= {"authenticator": _authenticator, "auth_require_tls": not at_once}
        if tls is not None and not at_once:
            given |= {"tls_context": tls}
        return SMTP(office, **given)

    server = await asyncio.get_running_loop().create_server(session, HOST, office.port, ssl=tls if at_once else None)
    office.port = server.sockets[0].getsockname()[1]
    try:
        yield office
    finally:
        server.close()
        await server.wait_closed()


@dataclass(frozen=True)
class Certificates:
    """A made-up authority and a server's certificate by it."""

    authority: Path
    server: ssl.SSLContext


@cache
def _key() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


def certificates(folder: Path, *, host: str = HOST, days: int = 30) -> Certificates:
    """Certificates for this host, valid for so many days from yesterday (a negative number: they have run out)."""
    now = datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Made-up authority")])
    key = _key()
    begins, ends = now - timedelta(days=90), now + timedelta(days=days)

    def begun(subject: x509.Name) -> x509.CertificateBuilder:
        made = x509.CertificateBuilder().subject_name(subject).issuer_name(name).public_key(key.public_key())
        return made.serial_number(x509.random_serial_number()).not_valid_before(begins).not_valid_after(ends)

    usage = x509.KeyUsage(
        digital_signature=True,
        key_cert_sign=True,
        crl_sign=True,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )
    identifier = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    authority = (
        begun(name)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(identifier, critical=False)
        .sign(key, hashes.SHA256())
    )
    at: x509.GeneralName = x509.IPAddress(ipaddress.ip_address(host)) if host[0].isdigit() else x509.DNSName(host)
    leaf = begun(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "mail")])).add_extension(
        x509.SubjectAlternativeName([at]), critical=False
    )
    signed = leaf.sign(key, hashes.SHA256())
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "authority.pem").write_bytes(authority.public_bytes(serialization.Encoding.PEM))
    private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / "server.pem").write_bytes(signed.public_bytes(serialization.Encoding.PEM) + private)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "server.pem")
    return Certificates(authority=folder / "authority.pem", server=context)
