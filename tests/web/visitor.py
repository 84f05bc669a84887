"""Somebody at a browser without JavaScript: loads pages, fills in forms as they stand, and presses buttons by their words.

Here: the browser. Not here: what must hold. It is the real application behind it, without a network between.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser

import httpx
from starlette.types import ASGIApp

ADDRESS = "https://samrad.solvik.example"


@dataclass(slots=True)
class Control:
    """Something one can fill in, with the words beside it."""

    name: str
    kind: str
    value: str
    checked: bool = False
    label: str = ""


@dataclass(slots=True)
class Form:
    """A form as it stands on the page."""

    action: str
    controls: list[Control] = field(default_factory=list)
    buttons: list[Control] = field(default_factory=list)

    def hidden(self) -> dict[str, str]:
        return {each.name: each.value for each in self.controls if each.kind == "hidden"}

    def answers(self) -> list[Control]:
        return [each for each in self.controls if each.kind != "hidden"]

    def button(self, value: str) -> Control | None:
        return next((each for each in self.buttons if each.value == value), None)


class _Reader(HTMLParser):
    """Forms, headings and words of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.words: list[str] = []
        self.foreign: list[tuple[str, str]] = []
        """Words in another language than the page, by that language."""
        self._spans: list[str] = []
        self.ids: list[str] = []
        self.language = ""
        self._form: Form | None = None
        self._into: Control | None = None
        self._labelled: list[Control] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if "id" in given:
            self.ids.append(given["id"])
        match tag:
            case "html":
                self.language = given["lang"]
            case "span":
                self._spans.append(given.get("lang", self._spans[-1] if self._spans else ""))
            case "script" | "style" | "head":
                self._silent += tag != "script"
            case "form":
                self._form = Form(action=given["action"])
                self.forms.append(self._form)
            case "input" | "textarea" if self._form is not None:
                kind = given.get("type", tag)
                control = Control(name=given["name"], kind=kind, value=given.get("value", ""), checked="checked" in given)
                self._form.controls.append(control)
                self._labelled.append(control)
                self._into = control if tag == "textarea" else None
            case "button" if self._form is not None:
                self._into = Control(name=given.get("name", ""), kind="button", value=given.get("value", ""))
                self._form.buttons.append(self._into)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        if tag in {"button", "textarea"}:
            self._into = None
        if tag == "span":
            self._spans.pop()
        if tag in {"style", "head"}:
            self._silent -= 1

    def handle_data(self, data: str) -> None:
        if self._silent or not data.strip():
            return
        self.words.append(data.strip())
        if self._spans and self._spans[-1]:
            self.foreign.append((self._spans[-1], data.strip()))
        if self._into is not None:
            self._into.label += data.strip()
            if self._into.kind == "textarea":
                self._into.value += data.lstrip("\n")
        elif self._labelled and self._labelled[-1].kind in {"radio", "checkbox"} and not self._labelled[-1].label:
            self._labelled[-1].label = data.strip()


class Visitor:
    """A browser with its cookies, and the page that stands in it now."""

    def __init__(self, app: ASGIApp | None, *, address: str = ADDRESS, language: str | None = None, broken: bool = False) -> None:
        """`app`: what is behind it, or None where it is served at that address."""
        headers = {"Accept-Language": language} if language else {}
        transport = None if app is None else httpx.ASGITransport(app=app, raise_app_exceptions=not broken, client=("192.0.2.1", 1))
        self.client = httpx.AsyncClient(transport=transport, base_url=address, headers=headers)
        self.address = address
        self.response = httpx.Response(200)
        self.page = _Reader()

    @property
    def path(self) -> str:
        return self.response.url.path

    @property
    def text(self) -> str:
        return " ".join(self.page.words)

    @property
    def own_words(self) -> str:
        """What stands on the page in the page's own language."""
        foreign = [words for _, words in self.page.foreign]
        return " ".join(words for words in self.page.words if words not in foreign)

    async def get(self, path: str, **options: object) -> httpx.Response:
        """Load a page, and follow where it leads."""
        return await self._see(await self.client.get(path))

    async def post(self, path: str, fields: Mapping[str, object], *, origin: str | None = None, follow: bool = True) -> httpx.Response:
        """Send a form, and follow where it leads."""
        response = await self.client.post(path, data=fields, headers={"Origin": origin or self.address})
        return await self._see(response) if follow else response

    async def _see(self, response: httpx.Response) -> httpx.Response:
        for _ in range(5):
            if not response.is_redirect or not response.headers["location"].startswith("/"):
                break
            response = await self.client.get(response.headers["location"])
        self.response, self.page = response, _Reader()
        if response.headers.get("content-type", "").startswith("text/html"):
            self.page.feed(response.text)
        return response

    def form(self, action: str | None = None, *, holding: str | None = None) -> Form:
        """The form that goes there, or that has a button with that value."""
        for form in self.page.forms:
            if (action is None or form.action == action) and (holding is None or form.button(holding) is not None):
                return form
        raise AssertionError(f"no form to {action} with {holding}; there are {[form.action for form in self.page.forms]}")

    async def press(self, label: str, **more: object) -> httpx.Response:
        """Press a button by its words, with its form as it stands."""
        for form in self.page.forms:
            for button in form.buttons:
                if button.label == label:
                    return await self.post(form.action, {**form.hidden(), button.name: button.value, **more})
        raise AssertionError(f"no button {label!r} on {self.path}: {[b.label for f in self.page.forms for b in f.buttons]}")

    @property
    def question(self) -> Form:
        """The form of the question asked."""
        return next(form for form in self.page.forms if form.button("cancel") is not None)

    async def answer(self, *values: str, do: str = "answer") -> httpx.Response:
        """Answer the question that stands there."""
        form = self.question
        return await self.post(form.action, {**form.hidden(), "do": do, "answer": list(values)})
