"""Updates that Telegram brings itself.

Here: the address Telegram posts to, and `GET /healthz`. Not here: what is done with an update (`take`, handed in, returns when that is
committed), nor telling Telegram the address (`bot.telegram.setup`). Guarantee: 200 is answered only after the commit; every other answer
makes Telegram bring the update again.
"""

import hmac
import json
from collections.abc import Awaitable, Callable, Sequence

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from bot.domain.incoming import Incoming
from bot.telegram.incoming import decode

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  the header's name, no secret
LARGEST_BODY = 1024 * 1024


def webhook_app(secret: str, take: Callable[[Sequence[Incoming]], Awaitable[None]], *, path: str = "/telegram") -> Starlette:
    """The web application. `secret` is what was given to Telegram as `secret_token`. Raises `ValueError` for an empty one."""
    if not secret:
        raise ValueError("SAMRAD_WEBHOOK_SECRET: a webhook needs a secret, or anybody could bring updates")

    async def updates(request: Request) -> PlainTextResponse:
        given = request.headers.get(SECRET_HEADER)
        if given is None:
            return PlainTextResponse("the secret is missing", 401)
        if not hmac.compare_digest(given.encode(), secret.encode()):
            return PlainTextResponse("the secret is wrong", 403)
        try:
            body = await _body(request)
            if body is None:
                return PlainTextResponse("the update is too large", 413)
            await take([decode(_parsed(body))])
        except Exception:
            return PlainTextResponse("not taken in; bring it again", 503)
        return PlainTextResponse("ok")

    async def healthz(_request: Request) -> PlainTextResponse:
        return PlainTextResponse("ok")

    return Starlette(routes=[Route(path, updates, methods=["POST"]), Route("/healthz", healthz, methods=["GET"])])


async def _body(request: Request) -> bytes | None:
    """The body, or None when it is too large; no more than that is ever held."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > LARGEST_BODY:
            return None
    return body


def _parsed(body: bytes) -> object:
    try:
        parsed: object = json.loads(body)
    except (ValueError, RecursionError):
        # Bringing it again would not make it readable: it is taken as an update that cannot be read.
        return None
    return parsed
