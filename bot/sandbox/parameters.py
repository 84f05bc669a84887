"""A call as it comes over HTTP.

Here: form, multipart and JSON bodies, and each parameter in the type the Bot API gives it. Not here: what a method does with it.
Guarantee: a method sees values of the documented types, or the call is refused in Telegram's words. Parameters the Bot API does not know
are ignored, as Telegram does.

NOTICE: `api_facts.json` is reduced from PaulSonOfLars/telegram-bot-api-spec (MIT licence, Copyright (c) PaulSonOfLars), which is generated
from Telegram's documentation of the Bot API.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.parser import HeaderParser
from importlib.resources import files
from typing import Any, cast
from urllib.parse import parse_qsl

from bot.sandbox.errors import bad_request

Facts = Mapping[str, Mapping[str, Mapping[str, Any]]]
FACTS = cast(Facts, json.loads(files("bot.sandbox").joinpath("api_facts.json").read_text("utf-8"))["methods"])
"""Method name in lower case (Telegram does not mind the case) to parameter name to types and whether it is required."""
METHODS = {name.lower(): name for name in FACTS}
_LIKE_JSON = (
    "Array of",
    "InlineKeyboardMarkup",
    "ReplyParameters",
    "LinkPreviewOptions",
    "BotCommandScope",
    "MenuButton",
    "SuggestedPostParameters",
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Upload:
    """A file in a multipart body."""

    filename: str
    content_type: str
    content: bytes


@dataclass(frozen=True, kw_only=True, slots=True)
class Call:
    """One call: the method's documented name, its values by parameter, and the files that came with it."""

    method: str
    values: Mapping[str, Any]
    uploads: Mapping[str, Upload] = field(default_factory=dict)

    def text(self, name: str) -> str | None:
        value = self.values.get(name)
        return None if value is None else str(value)

    def number(self, name: str, default: int = 0) -> int:
        return int(self.values.get(name, default))

    def flag(self, name: str) -> bool:
        return bool(self.values.get(name, False))

    def upload(self, name: str) -> Upload | None:
        """The file of a parameter: a part of the same name, or the part that `attach://` names."""
        value = self.values.get(name)
        if isinstance(value, str) and value.startswith("attach://"):
            return self.uploads.get(value.removeprefix("attach://"))
        return self.uploads.get(name)


def read_call(method: str, query: bytes, content_type: str, body: bytes) -> Call:
    """The call in its documented types. `method` is one of `FACTS`; raises 400 when the body cannot be read."""
    raw: dict[str, Any] = dict(parse_qsl(query.decode(), keep_blank_values=True))
    uploads: dict[str, Upload] = {}
    kind = content_type.split(";")[0].strip().lower()
    if kind == "application/json":
        raw |= _json_object(body)
    elif kind == "multipart/form-data":
        uploads = _read_multipart(content_type, body, raw)
    elif body:
        raw |= parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True)
    known = FACTS[method]
    values = {name: _typed(name, value, known[name]["types"]) for name, value in raw.items() if name in known and value is not None}
    return Call(method=method, values=values, uploads=uploads)


def _json_object(body: bytes) -> dict[str, Any]:
    try:
        value = json.loads(body or b"{}")
    except ValueError as error:
        raise bad_request("can't parse JSON object") from error
    if not isinstance(value, dict):
        raise bad_request("object expected")
    return value


def _read_multipart(content_type: str, body: bytes, raw: dict[str, Any]) -> dict[str, Upload]:
    boundary = HeaderParser().parsestr(f"Content-Type: {content_type}\n\n").get_param("boundary")
    if not isinstance(boundary, str):
        raise bad_request("boundary is not found in the multipart request")
    uploads = {}
    for part in (b"\r\n" + body).split(b"\r\n--" + boundary.encode())[1:-1]:
        head, _, content = part.removeprefix(b"\r\n").partition(b"\r\n\r\n")
        headers = HeaderParser().parsestr(head.decode("utf-8", "replace").replace("\r\n", "\n") + "\n\n")
        name = str(headers.get_param("name", "", header="content-disposition"))
        filename = headers.get_filename()
        if filename is None:
            raw[name] = content.decode("utf-8", "replace")
        else:
            uploads[name] = Upload(filename=filename, content_type=headers.get_content_type(), content=content)
    return uploads


def _typed(name: str, value: Any, types: list[str]) -> Any:
    if types == ["Integer"]:
        return _integer(name, value)
    if types == ["Boolean"]:
        return value if isinstance(value, bool) else str(value).lower() in ("true", "yes", "1", "t", "y")
    if any(kind.startswith(_LIKE_JSON) for kind in types):
        return _structure(name, _json_value(name, value) if isinstance(value, str) else value, types)
    return value if isinstance(value, str) else json.dumps(value)


def _integer(name: str, value: Any) -> int:
    try:
        return int(value)
    except (TypeError, ValueError, OverflowError) as error:
        raise bad_request(f"invalid {name} specified") from error


def _json_value(name: str, value: str) -> Any:
    if not value:
        return None
    try:
        return json.loads(value)
    except ValueError as error:
        what = "reply keyboard markup" if name == "reply_markup" else name
        raise bad_request(f"can't parse {what} JSON object") from error


def _structure(name: str, value: Any, types: list[str]) -> Any:
    """An array or object of the documented kind; what a keyboard and a command list hold is checked where they are used."""
    if types == ["Array of Integer"] or types == ["Array of String"]:
        if not isinstance(value, list):
            raise bad_request(f"expected an Array of {types[0].removeprefix('Array of ')} in {name}")
        return [_integer(name, item) if types == ["Array of Integer"] else str(item) for item in value]
    if types == ["ReplyParameters"]:
        if not isinstance(value, dict) or "message_id" not in value:
            raise bad_request("object expected as reply parameters")
        return value | {"message_id": _integer("message_id", value["message_id"])}
    return value
