"""Connections that can be cut.

Here: uvicorn's HTTP protocol, with a list of the open connections by the client's address. Not here: when one is cut. Guarantee: a cut
connection gives the client a reset, not an answer, as a broken line does.
"""

import asyncio
import socket
import struct

from uvicorn.protocols.http.h11_impl import H11Protocol

Address = tuple[str, int]
_RESET_ON_CLOSE = struct.pack("ii", 1, 0)


class Connections:
    """The open connections of one server."""

    def __init__(self) -> None:
        self._open: dict[Address, asyncio.Transport] = {}

    def cut(self, client: Address) -> None:
        """Reset the connection of this client."""
        transport = self._open[client]
        line: socket.socket = transport.get_extra_info("socket")
        line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_ON_CLOSE)
        transport.abort()

    def protocol(self) -> type[asyncio.Protocol]:
        """The protocol class for uvicorn that keeps this list."""
        listed = self._open

        class ListedProtocol(H11Protocol):
            def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
                super().connection_made(transport)
                if self.client is not None:
                    listed[self.client] = transport

            def connection_lost(self, exc: Exception | None) -> None:
                if self.client is not None:
                    listed.pop(self.client, None)
                super().connection_lost(exc)

        return ListedProtocol
