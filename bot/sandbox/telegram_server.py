"""The Bot API over HTTP.

Here: paths, the token, ordered faults and the shape of answers. Not here: what a method does. Guarantee: every call is answered in the
Bot API's form, whatever comes in; a call that is ordered to fail fails before or after it is carried out, as ordered.
"""

import re
from dataclasses import dataclass
from urllib.parse import quote

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.sandbox.chats import Chats
from bot.sandbox.connections import Connections
from bot.sandbox.errors import ApiError, forbidden, too_many_requests
from bot.sandbox.faults import Fault, Faults, Ordered
from bot.sandbox.methods import Methods
from bot.sandbox.objects import Document
from bot.sandbox.parameters import METHODS, read_call

BODY_LIMIT = 50 * 1024 * 1024
_TOKEN = re.compile(r"\d{1,16}:[A-Za-z0-9_-]{20,}")


@dataclass(frozen=True, kw_only=True, slots=True)
class TelegramServer:
    """The routes under `/bot` and `/file/bot`."""

    token: str
    methods: Methods
    chats: Chats
    faults: Faults
    connections: Connections

    def routes(self) -> list[Route]:
        return [
            Route("/bot{token}/{method}", self.call, methods=["GET", "POST"]),
            Route("/file/bot{token}/documents/{file_id}", self.download),
        ]

    async def call(self, request: Request) -> Response:
        """One call of a method."""
        fault: Ordered | None = None
        try:
            self._check_token(request)
            method = METHODS.get(request.path_params["method"].lower())
            if method is None:
                raise ApiError(404, "Not Found: method not found")
            body = await _read_body(request)
            fault = self.faults.take_call(method)
            if fault is not None and fault.fault is not Fault.RESET_AFTER:
                return self._fail(fault, request)
            call = read_call(method, request.scope["query_string"], request.headers.get("content-type", ""), body)
            result = await self.methods.call(call)
        except ApiError as error:
            answer = JSONResponse(error.body(), error.code)
        except ClientDisconnect:
            return Response(status_code=400)
        else:
            answer = JSONResponse({"ok": True, "result": result})
        return answer if fault is None else self._fail(fault, request)

    async def download(self, request: Request) -> Response:
        """The bytes of a file that `getFile` named."""
        try:
            self._check_token(request)
        except ApiError as error:
            return JSONResponse(error.body(), error.code)
        document = self.chats.documents.get(request.path_params["file_id"])
        if document is None:
            return JSONResponse(ApiError(404, "Not Found").body(), 404)
        return as_attachment(document)

    def _check_token(self, request: Request) -> None:
        token = request.path_params["token"]
        if token == self.token:
            return
        raise ApiError(401, "Unauthorized") if _TOKEN.fullmatch(token) else ApiError(404, "Not Found")

    def _fail(self, ordered: Ordered, request: Request) -> Response:
        if ordered.fault in (Fault.RESET_BEFORE, Fault.RESET_AFTER):
            client = request.scope["client"]
            self.connections.cut((client[0], client[1]))
            return Response(status_code=500)
        error = {
            Fault.TOO_MANY_REQUESTS: too_many_requests(ordered.retry_after),
            Fault.SERVER_ERROR: ApiError(500, "Internal Server Error"),
            Fault.BLOCKED: forbidden("bot was blocked by the user"),
        }[ordered.fault]
        return JSONResponse(error.body(), error.code)


async def _read_body(request: Request) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > BODY_LIMIT:
            raise ApiError(413, "Request Entity Too Large")
    return bytes(body)


def as_attachment(document: Document) -> Response:
    """The document as something to save, never to show: it is not the page's own content."""
    name = quote(document.filename)
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{name}", "X-Content-Type-Options": "nosniff"}
    return Response(document.content, media_type="application/octet-stream", headers=headers)
