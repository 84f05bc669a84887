"""OpenID Connect: asking a provider who someone is, and believing the answer only after every check.

Here: the protocol (code flow with PKCE) as a client. Not here: web sessions, and which person a login is. joserfc checks signatures; what
is around it is a handful of requests. Guarantees: no token is used before its signature, issuer, audience, age and nonce are checked;
for inhabitants also the level (`acr`) and the way (`amr`); tokens are neither stored nor logged.
"""

import base64
import hashlib
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Final, cast
from urllib.parse import quote, urlencode, urlsplit

import httpx
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from bot.domain.fresh_login import FRESH
from bot.engine.texts import Language
from bot.web.page_settings import Provider

ALGORITHMS: Final = ("RS256", "RS384", "RS512", "PS256", "ES256", "ES384")
KNOWN_FOR: Final = 3600.0
LEEWAY_S: Final = 30
TIMEOUT_S: Final = 10.0


class Failure(StrEnum):
    """Why a login came to nothing."""

    CANCELLED = "cancelled"
    UNREACHABLE = "unreachable"
    NOT_BELIEVED = "not_believed"
    TOO_WEAK = "too_weak"
    NOT_ASKED = "not_asked"
    """The person was to be asked anew, and the login service does not say that it was done."""


class LoginFailed(Exception):
    """A login came to nothing."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.value)
        self.failure = failure


@dataclass(frozen=True, kw_only=True, slots=True)
class Subject:
    """Who somebody is to a provider. `subject` may be a national identity number: it is only ever made a keyed code of.

    `asked_ago`: how long since the provider asked the person who they are; None where it does not say.
    """

    subject: str
    known_as: tuple[str, ...]
    asked_ago: timedelta | None = None

    def __repr__(self) -> str:
        return "Subject(…)"


@dataclass(frozen=True, kw_only=True, slots=True)
class _Metadata:
    authorization: str
    token: str
    keys: str
    end_session: str | None


class OpenId:
    """One provider, asked from one address of ours. `wall` gives the real time: tokens know no turned clock."""

    def __init__(self, provider: Provider, *, redirect_uri: str, wall: Callable[[], float] = time.time) -> None:
        self.provider, self.redirect_uri, self._wall = provider, redirect_uri, wall
        self._metadata: tuple[float, _Metadata] | None = None
        self._keys: KeySet | None = None

    async def address(self, *, state: str, nonce: str, verifier: str, language: Language, fresh: bool = False) -> str:
        """Where the browser goes to log in. `fresh`: the person is to be asked, however lately that was done. Raises `LoginFailed`."""
        metadata = await self._known()
        challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")
        wanted = {
            "response_type": "code",
            "client_id": self.provider.client_id,
            "redirect_uri": self.redirect_uri,
            "scope": self.provider.scope,
            "state": state,
            "nonce": nonce,
            "code_challenge": challenge,
            "code_challenge_method": "S256",
            "ui_locales": f"{language.value} nb",
        }
        if fresh:
            wanted |= {"prompt": "login", "max_age": str(int(FRESH.total_seconds()))}
        if self.provider.acr:
            wanted["acr_values"] = " ".join(self.provider.acr)
        return f"{metadata.authorization}{'&' if urlsplit(metadata.authorization).query else '?'}{urlencode(wanted)}"

    async def subject(self, *, code: str, nonce: str, verifier: str, fresh: bool = False) -> Subject:
        """Who came back with this code. `fresh`: only if they have just been asked. Raises `LoginFailed`."""
        metadata = await self._known()
        form = {"grant_type": "authorization_code", "code": code, "redirect_uri": self.redirect_uri, "code_verifier": verifier}
        headers = {"Accept": "application/json"}
        if self.provider.client_secret is None:
            form["client_id"] = self.provider.client_id
        else:
            pair = f"{quote(self.provider.client_id, safe='')}:{quote(self.provider.client_secret, safe='')}"
            headers["Authorization"] = f"Basic {base64.b64encode(pair.encode()).decode()}"
        answer = await self._ask("POST", metadata.token, data=form, headers=headers)
        token = answer.get("id_token")
        if not isinstance(token, str):
            raise LoginFailed(Failure.NOT_BELIEVED)
        found = self._believed(await self._claims(token, metadata, nonce))
        if fresh and (found.asked_ago is None or found.asked_ago > FRESH):
            raise LoginFailed(Failure.NOT_ASKED)
        return found

    async def logout_address(self, back_to: str) -> str | None:
        """Where a browser ends its login with the provider too; None where the provider has no such place or cannot be reached.

        No `id_token_hint`: that token can hold a national identity number, so we do not keep it. `client_id` takes its place.
        """
        try:
            end_session = (await self._known()).end_session
        except LoginFailed:
            return None
        return end_session and f"{end_session}?{urlencode({'client_id': self.provider.client_id, 'post_logout_redirect_uri': back_to})}"

    async def _claims(self, token: str, metadata: _Metadata, nonce: str) -> Mapping[str, object]:
        try:
            decoded = jwt.decode(token, await self._key_set(metadata), algorithms=list(ALGORITHMS))
        except (JoseError, ValueError):
            # The provider may have new keys since we asked.
            self._keys = None
            try:
                decoded = jwt.decode(token, await self._key_set(metadata), algorithms=list(ALGORITHMS))
            except (JoseError, ValueError) as error:
                raise LoginFailed(Failure.NOT_BELIEVED) from error
        checks = jwt.JWTClaimsRegistry(
            now=int(self._wall()),
            leeway=LEEWAY_S,
            iss={"essential": True, "value": self.provider.issuer},
            aud={"essential": True, "value": self.provider.client_id},
            nonce={"essential": True, "value": nonce},
            exp={"essential": True},
            iat={"essential": True},
            sub={"essential": True},
        )
        try:
            checks.validate(decoded.claims)
        except JoseError as error:
            raise LoginFailed(Failure.NOT_BELIEVED) from error
        several = isinstance(decoded.claims.get("aud"), list) and len(decoded.claims["aud"]) > 1
        if several and decoded.claims.get("azp") != self.provider.client_id:
            raise LoginFailed(Failure.NOT_BELIEVED)
        return cast("Mapping[str, object]", decoded.claims)

    def _believed(self, claims: Mapping[str, object]) -> Subject:
        provider = self.provider
        if provider.acr and claims.get("acr") not in provider.acr:
            raise LoginFailed(Failure.TOO_WEAK)
        amr = claims.get("amr")
        ways = [amr] if isinstance(amr, str) else amr if isinstance(amr, list) else []
        if provider.amr_needed and not ways:
            raise LoginFailed(Failure.TOO_WEAK)
        if any(str(way).casefold() in provider.amr_refused for way in ways):
            raise LoginFailed(Failure.TOO_WEAK)
        names = [claims.get(name) for name in ("preferred_username", "upn")]
        if claims.get("email_verified") is not False:
            names.append(claims.get("email"))
        pid = claims.get("pid") if provider.name == "citizen" else None
        return Subject(
            subject=pid if isinstance(pid, str) and pid else str(claims["sub"]),
            known_as=tuple(name for name in names if isinstance(name, str) and name),
            asked_ago=self._asked_ago(claims.get("auth_time")),
        )

    def _asked_ago(self, said: object) -> timedelta | None:
        """By the provider's `auth_time`; one from the future says nothing."""
        if not isinstance(said, int | float) or isinstance(said, bool) or said > self._wall() + LEEWAY_S:
            return None
        return timedelta(seconds=max(0.0, self._wall() - said))

    async def _known(self) -> _Metadata:
        now = self._wall()
        if self._metadata is not None and now - self._metadata[0] < KNOWN_FOR:
            return self._metadata[1]
        said = await self._ask("GET", f"{self.provider.issuer.rstrip('/')}/.well-known/openid-configuration")
        if said.get("issuer") != self.provider.issuer:
            raise LoginFailed(Failure.NOT_BELIEVED)
        end_session = said.get("end_session_endpoint")
        metadata = _Metadata(
            authorization=self._endpoint(said.get("authorization_endpoint")),
            token=self._endpoint(said.get("token_endpoint")),
            keys=self._endpoint(said.get("jwks_uri")),
            end_session=None if end_session is None else self._endpoint(end_session),
        )
        self._metadata, self._keys = (now, metadata), None
        return metadata

    def _endpoint(self, address: object) -> str:
        """A place the provider names; never weaker than the provider's own address."""
        if not isinstance(address, str) or (urlsplit(self.provider.issuer).scheme == "https" and not address.startswith("https://")):
            raise LoginFailed(Failure.NOT_BELIEVED)
        return address

    async def _key_set(self, metadata: _Metadata) -> KeySet:
        if self._keys is None:
            said = await self._ask("GET", metadata.keys)
            try:
                self._keys = KeySet.import_key_set(said)  # type: ignore[arg-type]
            except (JoseError, KeyError, TypeError, ValueError) as error:
                raise LoginFailed(Failure.NOT_BELIEVED) from error
        return self._keys

    async def _ask(
        self, method: str, address: str, *, data: Mapping[str, str] | None = None, headers: Mapping[str, str] | None = None
    ) -> dict[str, object]:
        try:
            async with httpx.AsyncClient(timeout=TIMEOUT_S, follow_redirects=False) as http:
                response = await http.request(method, address, data=data, headers=headers)
            said: object = response.json() if response.status_code == httpx.codes.OK else None
        except (httpx.HTTPError, ValueError) as error:
            raise LoginFailed(Failure.UNREACHABLE) from error
        if not isinstance(said, dict):
            raise LoginFailed(Failure.UNREACHABLE if response.status_code >= 500 else Failure.NOT_BELIEVED)
        return said
