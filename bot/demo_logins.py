"""The login services of the demo: real OpenID Connect providers on loopback, one for inhabitants and one for staff.

Here: two of them with the made-up people in. Not here: how the page logs in (`bot.web`). Guarantee: they listen on this machine only,
know nobody who exists, and are gone when the block ends.
"""

import contextlib
import threading
import time
import warnings
from collections.abc import Callable, Iterable, Iterator
from typing import Final

import werkzeug.serving
from flask import Response

with warnings.catch_warnings(record=True):
    # The library uses parts of authlib that authlib would rather have us leave.
    from oidc_provider_mock import User, app

HOST: Final = "localhost"
HIGH: Final = "idporten-loa-high"


def inhabitant(name: str) -> User:
    """Somebody who logs in as at ID-porten, at the highest level."""
    return User(sub=name, claims={"name": name, "acr": HIGH, "amr": ["BankID"]})


def employee(name: str, email: str) -> User:
    """Somebody who logs in as staff."""
    return User(sub=name, claims={"name": name, "email": email, "preferred_username": email})


def email(name: str) -> str:
    """What somebody of the made-up staff logs in with."""
    return f"{name.casefold().replace(' ', '.')}@solvik.example"


__all__ = ["User", "email", "employee", "inhabitant", "provider"]


@contextlib.contextmanager
def provider(people: Iterable[User], *, port: int = 0, asked: Callable[[], int | None] = lambda: int(time.time())) -> Iterator[str]:
    """A provider that knows these people; the address by which it names itself.

    `asked`: when it says that it asked somebody who they are, in seconds since 1970; None: it does not say.
    """
    people = tuple(people)
    served = app(require_nonce=True, user_claims=people)
    # The library wraps itself in a debugger that can run code from a browser; nobody needs it here.
    served.debug = False

    def _asked_now() -> None:
        for person in people:
            person.claims["auth_time"] = asked()

    # It asks who one is every time, and does not say when.
    served.before_request(_asked_now)
    # Nor does anything come from outside this machine: its pages would fetch a style sheet.
    served.after_request(_stays_here)
    served.wsgi_app = served.wsgi_app.app
    server = werkzeug.serving.make_server("127.0.0.1", port, served, threaded=True, request_handler=_Quiet)
    running = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, name="login service", daemon=True)
    running.start()
    try:
        yield f"http://{HOST}:{server.server_port}"
    finally:
        server.shutdown()
        running.join()
        server.server_close()


def _stays_here(response: Response) -> Response:
    response.headers["Content-Security-Policy"] = "default-src 'self'; style-src 'self' 'unsafe-inline'"
    return response


class _Quiet(werkzeug.serving.WSGIRequestHandler):
    """Says nothing about who logs in."""

    def log(self, type: str, message: str, *args: object) -> None:
        """Nothing."""
