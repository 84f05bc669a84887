"""The guard in tests/conftest.py bites: a test cannot reach beyond this machine."""

import socket

import pytest

from tests.conftest import NetworkUsed


def test_a_foreign_address_is_refused() -> None:
    with socket.socket() as opened, pytest.raises(NetworkUsed):
        opened.connect(("192.0.2.1", 80))


def test_a_foreign_name_is_not_looked_up() -> None:
    with pytest.raises(NetworkUsed):
        socket.getaddrinfo("telegram.example.org", 443)


def test_loopback_is_allowed() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as client:
        assert client.getpeername() == server.getsockname()
