"""Serving the secure page: what the settings say of it, and the server.

Here: from settings to what the page needs, and one web server that is started and stopped. Not here: the page itself (`bot.web`).
Guarantee: it stops with the bot, after it has answered what it was asked.
"""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator

import uvicorn
from starlette.types import ASGIApp

from bot.addresses import Listen
from bot.domain.choices import PrivacyLevel
from bot.settings import Settings
from bot.store.mini_app import Signers, signers
from bot.web.page_settings import PageSettings, citizens, staff

SECONDS_TO_CLOSE = 5


class PortTaken(Exception):
    """The address cannot be listened on. The message says what to do."""


def page_settings(settings: Settings) -> PageSettings | None:
    """What the page needs to know; None where no page is wanted."""
    if settings.page_listen is None or settings.public_url is None:
        return None
    citizen = staff_ = None
    if settings.citizen_issuer is not None and settings.citizen_client_id is not None:
        secret = settings.citizen_client_secret
        citizen = citizens(
            settings.citizen_issuer,
            settings.citizen_client_id,
            None if secret is None else secret.get_secret_value(),
            made_up_people=settings.synthetic_data,
        )
    if settings.staff_issuer is not None and settings.staff_client_id is not None:
        secret = settings.staff_client_secret
        staff_ = staff(settings.staff_issuer, settings.staff_client_id, None if secret is None else secret.get_secret_value())
    return PageSettings(public_url=settings.public_url, citizen=citizen, staff=staff_, mini_app=_mini_app(settings))


def _mini_app(settings: Settings) -> Signers | None:
    """Telegram opens pages by https only, and only a bot's own."""
    if settings.bot_token is None or settings.public_url is None or not settings.public_url.startswith("https://"):
        return None
    return None if settings.privacy_level is PrivacyLevel.OFF else signers(settings.bot_token.get_secret_value())


def listen(address: Listen) -> socket.socket:
    """The place the page listens on, taken before it is known to anybody. Raises `PortTaken`."""
    try:
        listening = socket.create_server((address.host, address.port), family=socket.AF_INET6 if ":" in address.host else socket.AF_INET)
    except OSError as error:
        raise PortTaken(
            f"{address.host}:{address.port} cannot be listened on ({error.strerror}): choose another in SAMRAD_PAGE_LISTEN."
        ) from error
    # What is accepted inherits it: Nagle's algorithm would hold each page back for 40 ms, and asyncio ends it on its own sockets only.
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listening


@contextlib.asynccontextmanager
async def serving(app: ASGIApp, listening: socket.socket) -> AsyncIterator[None]:
    """Serve a web application while the block runs, and close the socket afterwards."""
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        lifespan="off",
        ws="none",
        server_header=False,
        timeout_graceful_shutdown=SECONDS_TO_CLOSE,
    )
    server = uvicorn.Server(config)
    # Signals are ours: uvicorn's own handlers would stop the web server and leave the rest running.
    server.capture_signals = contextlib.nullcontext  # type: ignore[method-assign,assignment]
    task = asyncio.create_task(server.serve(sockets=[listening]), name="secure page")
    try:
        yield
    finally:
        server.should_exit = True
        await asyncio.gather(task, return_exceptions=True)
        listening.close()
