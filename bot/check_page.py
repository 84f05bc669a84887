"""Is the secure page in order? What an operator's check looks at there.

Here: its two addresses, and the login services behind it. Not here: the rest (`bot.checks`). Guarantees: only what services tell everybody
is asked for; no client's secret leaves this machine; nothing is changed by looking.
"""

import contextlib
import errno
import socket
from collections.abc import AsyncIterator, Iterator
from typing import Final
from urllib.parse import urlsplit

import httpx

from bot.addresses import Listen, is_loopback
from bot.findings import WAIT, Finding, bad, note, ok
from bot.profile import ProfileInvalid, load_profile
from bot.settings import REMEDIES, Settings
from bot.web.page_settings import HIGH

PAGE: Final = "secure page"
CITIZENS: Final = "inhabitants' login"
STAFF: Final = "staff's login"
DISCOVERY: Final = "/.well-known/openid-configuration"
ENDPOINTS: Final = ("authorization_endpoint", "token_endpoint", "jwks_uri")


async def of_page(settings: Settings) -> AsyncIterator[Finding]:
    """The page and its logins. Never raises for what a network can do."""
    address, url = settings.page_address, settings.public_url
    if address is None or url is None:
        yield note(
            PAGE, "there is none", "Everything that may not pass through Telegram needs it. Set SAMRAD_PAGE_LISTEN and SAMRAD_PUBLIC_URL."
        )
        return
    yield of_public_url(url)
    yield of_listen(address)
    async with httpx.AsyncClient(timeout=WAIT, follow_redirects=False) as http:
        yield await of_answer(http, url)
        for what, issuer, prefix in (
            (CITIZENS, settings.citizen_issuer, "SAMRAD_CITIZEN"),
            (STAFF, settings.staff_issuer, "SAMRAD_STAFF"),
        ):
            if issuer is not None:
                for finding in await of_issuer(http, what, issuer, prefix):
                    yield finding
    for finding in of_missing_logins(settings):
        yield finding


def of_public_url(url: str) -> Finding:
    """Encrypted all the way from people's browsers?"""
    if url.startswith("https://"):
        return ok(PAGE, f"people reach it at {url}")
    host = urlsplit(url).hostname or ""
    where = "this machine only" if is_loopback(host) else "a closed network only"
    return note(PAGE, f"{url} is http: for {where}", f"For real people it must be https. {REMEDIES['SAMRAD_PUBLIC_URL']}")


def of_listen(address: Listen) -> Finding:
    """Can it listen there?"""
    where = f"{address.host}:{address.port}"
    family = socket.AF_INET6 if ":" in address.host else socket.AF_INET
    try:
        with contextlib.closing(socket.create_server((address.host, address.port), family=family)):
            pass
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            return note(PAGE, f"{where} is taken", "It is as it should be where Samråd runs now. Else choose another SAMRAD_PAGE_LISTEN.")
        return bad(PAGE, f"{where} cannot be listened on ({error.strerror or 'no such address'})", REMEDIES["SAMRAD_PAGE_LISTEN"])
    return of_reach(address)


def of_reach(address: Listen) -> Finding:
    """Does nobody but the proxy reach it?"""
    where = f"{address.host}:{address.port}"
    if not is_loopback(address.host):
        found = f"{where} can be reached from other machines, by http"
        remedy = "Let it listen on 127.0.0.1 behind a proxy that does TLS, or see that only the proxy's machine reaches it."
        return note(PAGE, found, remedy)
    return ok(PAGE, f"it can listen on {where}, which only this machine reaches")


async def of_answer(http: httpx.AsyncClient, url: str) -> Finding:
    """Does it answer where people are told to go?"""
    try:
        answer = await http.get(f"{url}/healthz")
    except httpx.HTTPError as error:
        found = f"{url} cannot be reached from here ({type(error).__name__})"
        return note(PAGE, found, "Start Samråd and look again. Then check the proxy, its certificate, the name in DNS and the firewall.")
    if answer.status_code != httpx.codes.OK or answer.text != "ok":
        found = f"what answers at {url} is not the page (HTTP {answer.status_code})"
        return bad(PAGE, found, "Let the proxy hand all of that address to SAMRAD_PAGE_LISTEN, and keep the Host header.")
    return ok(PAGE, f"it answers at {url}")


async def of_issuer(http: httpx.AsyncClient, what: str, issuer: str, prefix: str) -> list[Finding]:
    """Is it a login service, is it the one that was meant, and can it do what the page asks of it?"""
    remedy = f"Correct {prefix}_ISSUER, or check the network and the firewall."
    try:
        answer = await http.get(f"{issuer.rstrip('/')}{DISCOVERY}")
        said: object = answer.json() if answer.status_code == httpx.codes.OK else None
    except httpx.HTTPError as error:
        return [bad(what, f"{issuer} cannot be reached ({type(error).__name__})", remedy)]
    except ValueError:
        said = None
    if not isinstance(said, dict):
        return [bad(what, f"{issuer} is no login service (HTTP {answer.status_code})", remedy)]
    if said.get("issuer") != issuer:
        return [bad(what, f"it names itself otherwise than {prefix}_ISSUER does", "Write it exactly as it does, also a slash at the end.")]
    lacking = [name for name in ENDPOINTS if not isinstance(said.get(name), str)]
    if lacking:
        return [
            bad(
                what, f"{issuer} does not say its {', '.join(lacking)}", "Ask whoever runs it: OpenID Connect with the code flow is needed."
            )
        ]
    return [*_cannot(what, said), ok(what, f"{issuer} answers")]


def _cannot(what: str, said: dict[str, object]) -> Iterator[Finding]:
    """What a service says that it can do, where it says so, and what is not among it."""
    pkce, levels, claims = (said.get(f"{name}_supported") for name in ("code_challenge_methods", "acr_values", "claims"))
    if isinstance(pkce, list) and "S256" not in pkce:
        yield bad(what, "it does not take PKCE with S256", "Ask whoever runs it to switch it on.")
    if what == CITIZENS and isinstance(levels, list) and HIGH not in levels:
        yield bad(what, f"it does not offer the level {HIGH}", "Use ID-porten, in its test or real environment.")
    if isinstance(claims, list) and "auth_time" not in claims:
        yield note(
            what, "it does not say that it tells when somebody logged in", "Without auth_time nobody gets to what needs a new login."
        )


def of_missing_logins(settings: Settings) -> Iterator[Finding]:
    """What people cannot do where a login service is missing."""
    if settings.citizen_issuer is None:
        if _login_first(settings):
            found = "there is none, and the profile lets nobody apply without a login"
            yield bad(CITIZENS, found, "Set SAMRAD_CITIZEN_ISSUER, or application.without_login = true in the profile.")
        else:
            yield note(CITIZENS, "there is none: inhabitants see only what they do in one visit", REMEDIES["SAMRAD_CITIZEN_ISSUER"])
    if settings.staff_issuer is None:
        yield note(STAFF, "there is none: staff cannot use the page", REMEDIES["SAMRAD_STAFF_ISSUER"])


def _login_first(settings: Settings) -> bool:
    try:
        return settings.profile is not None and not load_profile(settings.profile).application.without_login
    except ProfileInvalid:
        # Its mistakes are told where the profile is looked at.
        return False
