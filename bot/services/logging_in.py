"""What a login on the secure page leads to.

Here: from a provider's checked subject to a person and a web session, and whether a web session still holds. Not here: OpenID Connect
(`bot.web`). Guarantees: staff come in by the staff's own provider only, and inhabitants never by it; a web session ends when its rights
end; whoever came without a login takes along what is theirs only where they have said so.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.ids import PersonId, SessionId
from bot.engine.texts import Language
from bot.store import audit, links, logins, people, sessions
from bot.store.database import Tx
from bot.store.logins import Provider, WebSession


@dataclass(frozen=True, kw_only=True, slots=True)
class LoggedIn:
    """A login that led somewhere. `token` is for the cookie. `person` is None where nobody here is known by this login."""

    token: str | None
    person: PersonId | None


def arrive(tx: Tx, token: str) -> WebSession | None:
    """The web session behind a cookie, if it still holds: staff must still be staff, and staff are nobody else here."""
    web = logins.find(tx, token)
    if web is None:
        return None
    staff = bool(people.standing_roles(tx, web.person))
    if (web.trust == "staff") != staff and web.trust in {"staff", "citizen", "mini_app"}:
        logins.end(tx, web.id)
        return None
    return web


def visit(tx: Tx, language: Language) -> str:
    """Somebody begins without a login: a new person without a name. The token for the cookie."""
    return logins.begin(tx, people.create(tx, language=language), "visitor")


def log_in(
    tx: Tx,
    *,
    provider: Provider,
    subject: str,
    known_as: Sequence[str],
    takes: int | None,
    language: Language,
    proved_at: datetime | None = None,
) -> LoggedIn:
    """A provider has said who this is. `known_as`: what the staff file may call them. `takes`: the web session that comes along.

    `proved_at`: when the provider last asked the person, where it says so.
    """
    found = logins.identity(tx, provider, subject)
    came_as = None if takes is None else logins.came_as(tx, takes)
    if provider == "staff":
        found = found or _first_of_staff(tx, subject, known_as)
        if found is None or not people.standing_roles(tx, found[1]):
            audit.record(tx, "login.refused", actor=None if found is None else found[1], provider=provider)
            return LoggedIn(token=None, person=None)
    elif found is None:
        found = _first_of_citizen(tx, subject, None if came_as is None else came_as[0], language)
    identity, person = found
    if provider == "citizen" and people.standing_roles(tx, person):
        audit.record(tx, "login.refused", actor=person, provider=provider)
        return LoggedIn(token=None, person=None)
    if takes is not None:
        if came_as is not None and provider == "citizen":
            _bring_along(tx, came_as[0], person, came_as[2])
        logins.end(tx, takes)
    audit.record(tx, "login.done", actor=person, provider=provider)
    return LoggedIn(token=logins.begin(tx, person, provider, identity=identity, proved_at=proved_at), person=person)


def _first_of_staff(tx: Tx, subject: str, known_as: Sequence[str]) -> tuple[int, PersonId] | None:
    """Staff are known by what the staff file says they log in with."""
    for login in known_as:
        if (person := logins.staff_login(tx, login)) is not None:
            return logins.add_identity(tx, "staff", subject, person), person
    return None


def _first_of_citizen(tx: Tx, subject: str, came_as: PersonId | None, language: Language) -> tuple[int, PersonId]:
    """The first login makes a person, or says who the one is that came without a login."""
    if came_as is None or logins.has_identity(tx, came_as) or people.standing_roles(tx, came_as):
        came_as = people.create(tx, language=language)
    return logins.add_identity(tx, "citizen", subject, came_as), came_as


def _bring_along(tx: Tx, came_as: PersonId, person: PersonId, handed: int | None) -> None:
    """What was begun before the login is the person's own; the chat it came from is known to be theirs."""
    if came_as != person:
        if logins.has_identity(tx, came_as) or people.standing_roles(tx, came_as):
            return
        logins.take_over(tx, came_as, person)
    session = None if handed is None else sessions.find(tx, SessionId(handed))
    if session is not None and session.account is not None:
        logins.confirm_chat(tx, session.account, person)


def use_code(tx: Tx, web: WebSession, code: str) -> bool:
    """A code from KE says which person known here an inhabitant's login is; False for every code that does not work.

    A code of staff does not work here, nor one of somebody who has a login already.
    """
    person = links.use_on_page(tx, web.person, code) if web.trust == "citizen" else None
    if person is None or person == web.person or people.standing_roles(tx, person) or logins.has_identity(tx, person):
        audit.record(tx, "link.refused", actor=web.person)
        return False
    logins.is_person(tx, web.person, person)
    audit.record(tx, "link.used", actor=person)
    return True
