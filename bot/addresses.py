"""The forms of settings that name a place: addresses, and where to listen.

Here: reading and checking them. Not here: which settings there are (`bot.settings`). Guarantee: what is sent over the open network is
encrypted; http is for this machine and its neighbours in a closed network.
"""

import ipaddress
from dataclasses import dataclass
from urllib.parse import urlsplit

from pydantic_core import PydanticCustomError


@dataclass(frozen=True, kw_only=True, slots=True)
class Listen:
    """An address and a port to listen on. Port 0 takes any free one."""

    host: str
    port: int


def is_loopback(host: str) -> bool:
    """Whether a host name or address stays on this machine. A name other than localhost is not looked up, and counts as no."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def wrong(what: str) -> PydanticCustomError:
    return PydanticCustomError("setting", "{what}", {"what": what})


def check_address(url: str, whose: str) -> None:
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        host = None
    if not host or parts.scheme not in {"http", "https"} or parts.query or parts.fragment or parts.username:
        raise wrong("is not a plain http or https address")
    # A name without a dot is a neighbour in the same container network; it never leaves it.
    if parts.scheme == "http" and "." in host and not _inside(host):
        raise wrong(f"is http, so what is sent to {whose} could be read on the way; it must be https")


def _inside(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_private
    except ValueError:
        return is_loopback(host)


def listen_on(text: str) -> Listen:
    host, colon, port = text.rpartition(":")
    if not colon or not host or not port.isascii() or not port.isdigit() or int(port) > 65535:
        raise wrong("is not an address and a port")
    return Listen(host=host.strip("[]"), port=int(port))
