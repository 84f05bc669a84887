"""One request to the page: who it comes from, in which transaction, and what is shown in answer.

Here: the browser's cookie, the reader's language, forms with their tokens, and rendering. Not here: what single pages do. Guarantees:
every request is one transaction; a form without its token changes nothing; what a button means is proved by a keyed code bound to the
person, so nothing can be begun that was not offered.
"""

import hmac
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path as File
from typing import Final, TypeVar

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

import bot.formats as formats
from bot.clock import Clock
from bot.domain.fresh_login import FRESH
from bot.domain.people import Person
from bot.engine.questions import Sensitivity
from bot.engine.texts import WRITTEN_FORMS, Language, Text
from bot.logs import Log
from bot.services import logging_in
from bot.services.fresh_login import FreshLoginNeeded
from bot.services.municipality import Context, Municipality
from bot.services.page import LoginNeeded
from bot.store import logins, notices, people
from bot.store.database import Database, Tx
from bot.store.logins import WebSession
from bot.web import foreign, words
from bot.web.page_settings import PageSettings
from bot.web.phones import pressable

HERE: Final = File(__file__).parent
LANGUAGE_COOKIE: Final = "language"
MOST_FIELDS: Final = 200
READ: Final = "read"
NUMBERED: Final = re.compile(r"\d+\. ")
"""The message a button stood under, in what the button means: pressed, the message is read."""
T = TypeVar("T")


class Forbidden(Exception):
    """A form does not carry the token of its browser."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Offer:
    """A button on the page: its words, what it means, and the proof that we offered it to this person."""

    label: Text
    meaning: str
    proof: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Seen:
    """What the frame around every page needs to know of the reader."""

    language: Language
    web: WebSession | None = None
    name: str | None = None
    unread: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Visit:
    """A request inside its transaction."""

    tx: Tx
    municipality: Municipality
    settings: PageSettings
    web: WebSession | None
    person: Person | None
    language: Language

    @property
    def known(self) -> WebSession:
        """The web session. Raises `LoginNeeded` where there is none."""
        if self.web is None:
            raise LoginNeeded
        return self.web

    @property
    def context(self) -> Context:
        """The person as one who does something. Raises `LoginNeeded` where nobody is known."""
        most = Sensitivity.NEUTRAL if self.known.trust == "mini_app" else Sensitivity.HEALTH
        return Context(tx=self.tx, municipality=self.municipality, actor=self.known.person, most=most, fresh_login=self.has_just_logged_in)

    def as_browser(self, token: str) -> "Visit":
        """The same request once its browser has become somebody."""
        web = logging_in.arrive(self.tx, token)
        return replace(self, web=web, person=None if web is None else people.person(self.tx, web.person))

    @property
    def citizens_log_in(self) -> bool:
        return self.settings.citizen is not None

    def must_be_logged_in(self) -> None:
        """Raise `LoginNeeded` unless the person has logged in, or is an inhabitant where there is nothing to log in with."""
        if self.limited:
            raise LoginNeeded

    @property
    def has_just_logged_in(self) -> bool:
        """Has the login service asked lately who this is? Where there is nothing to log in with, a visit is all an inhabitant has."""
        if self.known.trust not in logins.LOGGED_IN:
            return not self.limited
        return self.known.proved_at is not None and self.tx.now - self.known.proved_at <= FRESH

    def must_have_just_logged_in(self) -> None:
        """Raise `LoginNeeded` or `FreshLoginNeeded` for whoever has not."""
        self.must_be_logged_in()
        if not self.has_just_logged_in:
            raise FreshLoginNeeded

    @property
    def limited(self) -> bool:
        """Does this browser see only what it began itself? Where nobody can log in, a visit is all an inhabitant has."""
        web = self.known
        if web.trust in logins.LOGGED_IN:
            return False
        return web.trust in logins.FROM_TELEGRAM or self.citizens_log_in or bool(people.standing_roles(self.tx, web.person))

    def offer(self, label: Text, meaning: Mapping[str, object]) -> Offer:
        """A button for this person."""
        said = json.dumps(meaning, sort_keys=True)
        return Offer(label=label, meaning=said, proof=self._proof(said))

    def meant(self, form: FormData) -> Mapping[str, object]:
        """What the button of a form means. Raises `Forbidden` where we did not offer it to this person."""
        said, proof = str(form.get("meaning", "")), str(form.get("proof", ""))
        if not hmac.compare_digest(proof.encode(), self._proof(said).encode()):
            raise Forbidden
        meaning: Mapping[str, object] = json.loads(said)
        return meaning

    def _proof(self, said: str) -> str:
        return self.tx.mac("page-button", f"{self.known.person} {said}").hex()


@cache
def templates() -> Environment:
    """The templates of all pages, read and compiled once: that takes longer than all else at a start.

    All are read now: a mistake stops the start, and files that are replaced later change nothing in what runs.
    """
    found = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    found.globals["w"] = words
    for name in found.list_templates():
        found.get_template(name)
    return found


class Page:
    """What all pages share: the database, the municipality, the settings and the way to show something."""

    def __init__(
        self,
        database: Database,
        municipality: Municipality,
        *,
        settings: PageSettings,
        clock: Clock,
        log: Log,
        changed: Callable[[], None],
    ) -> None:
        self.database, self.municipality, self.settings, self.clock = database, municipality, settings, clock
        self.log, self._changed = log, changed
        self.cookie = "__Host-samrad" if settings.https else "samrad"
        self._templates = templates()

    async def read(self, request: Request, work: Callable[[Visit], T]) -> tuple[Seen, T]:
        """Run `work` for whoever the request comes from, as one transaction. What a page said once is taken away."""

        def run(tx: Tx) -> tuple[Seen, T]:
            visit = self._visit(tx, request)
            result = work(visit)
            if visit.web is not None and visit.web.flash is not None:
                logins.flash(tx, visit.web.id, None)
            return self._seen(visit), result

        return await self.database.transact(run)

    async def post(self, request: Request, work: Callable[[Visit, FormData], T]) -> tuple[Seen, T]:
        """The same for a form, with its token checked. A browser that is nobody yet has no token; where it comes from is checked."""
        form = await request.form(max_fields=MOST_FIELDS, max_files=0)

        def run(tx: Tx) -> tuple[Seen, T]:
            visit = self._visit(tx, request)
            if visit.web is not None and not hmac.compare_digest(str(form.get("csrf", "")).encode(), visit.web.csrf.encode()):
                raise Forbidden
            result = work(visit, form)
            return self._seen(visit), result

        found = await self.database.transact(run)
        self._changed()
        return found

    async def seen(self, request: Request) -> Seen:
        """Only who is reading."""
        return (await self.read(request, lambda _visit: None))[0]

    def _visit(self, tx: Tx, request: Request) -> Visit:
        token = request.cookies.get(self.cookie)
        web = None if token is None else logging_in.arrive(tx, token)
        person = None if web is None else people.person(tx, web.person)
        return Visit(
            tx=tx,
            municipality=self.municipality,
            settings=self.settings,
            web=web,
            person=person,
            language=self.language(request) if person is None else person.language,
        )

    def _seen(self, visit: Visit) -> Seen:
        if visit.web is None:
            return Seen(language=visit.language)
        person = people.person(visit.tx, visit.web.person)
        unread = 0 if visit.limited else notices.unread(visit.tx, person.id)
        return Seen(language=person.language, web=visit.web, name=person.name, unread=unread)

    def language(self, request: Request) -> Language:
        """The language of somebody we do not know: what a link says, what was chosen here, what the browser prefers, our own."""
        for said in (request.query_params.get("language"), request.cookies.get(LANGUAGE_COOKIE)):
            if said in set(Language):
                return Language(said)
        for part in request.headers.get("accept-language", "").split(","):
            code = part.partition(";")[0].strip().casefold().partition("-")[0]
            if code == "no":  # Norwegian, in whichever form: ours
                break
            if code in set(Language):
                return Language(code)
        return self.municipality.profile.municipality.language

    def show(self, seen: Seen, template: str, *, status: int = 200, **values: object) -> Response:
        """A page in its reader's language."""
        now = self.clock.now()

        def say(text: Text) -> str:
            return self.municipality.words(text, seen.language, now)

        def shown(text: Text) -> Markup:
            """Words in the text of a page, where those in another language than the reader's are marked with it."""
            return foreign.marked(self.municipality.catalogs, text, seen.language, now)

        def lines(text: Text | str) -> Markup:
            """Words with their paragraphs and lines."""
            said = escape(text) if isinstance(text, str) else shown(text)
            parts = [Markup("<br>").join(part.split("\n")) for part in pressable(said).split("\n\n") if part.strip()]
            return Markup("").join(Markup("<p>{}</p>").format(part) for part in parts)

        frame = {"seen": seen, "say": say, "shown": shown, "lines": lines, "settings": self.settings, "profile": self.municipality.profile}
        frame["apart"] = apart
        frame["phone"] = self.municipality.phone
        frame["written_forms"] = WRITTEN_FORMS
        frame["direction"] = formats.direction
        frame["others"] = [language for language in Language if language is not seen.language]
        return HTMLResponse(self._templates.get_template(template).render(**frame, **values), status)

    def let_in(self, response: Response, token: str) -> Response:
        """Give a browser its cookie: no script reads it, and it is gone when the browser is closed."""
        response.set_cookie(self.cookie, token, httponly=True, secure=self.settings.https, samesite="lax", path="/")
        return response

    def let_out(self, response: Response) -> Response:
        """Take a browser's cookie away."""
        response.delete_cookie(self.cookie, httponly=True, secure=self.settings.https, samesite="lax", path="/")
        return response


def go(path: str) -> Response:
    """After a form: to the page that shows what it led to."""
    return RedirectResponse(path, 303)


def apart(prompt: Markup) -> tuple[Markup, Markup]:
    """A question, and the numbered list below it, which is read in ordinary letters; without a list, the question alone."""
    asked, _, listed = prompt.partition("\n\n")
    whole = asked.count("<span") == asked.count("</span>") and NUMBERED.match(listed)
    return (asked, listed) if whole else (prompt, Markup(""))
