"""Who is at the other end of a connection from inside.

Who uses it: stage (its calls) and probes (check-ins). Over a Unix socket the kernel names who has connected and who has
written each message (SO_PEERCRED and SCM_CREDENTIALS, unix(7)). Over TCP, where there is nothing of the kind, a peer
has the key of the stage, and says its PID; psutil is asked whether that process is the stage's and holds the other end.
What is not seen there: which of several that hold the same end has written.
"""

from __future__ import annotations

import hmac
import socket
import struct
from collections.abc import Callable

from grader import systems
from grader.harness import wire
from grader.kernel import by_psutil

SO_PASSCRED = getattr(socket, "SO_PASSCRED", 16)
SCM_CREDENTIALS = getattr(socket, "SCM_CREDENTIALS", 2)
CREDENTIALS = struct.Struct("3i")
WELCOME = wire.line({"welcome": True})


def attest(connection: socket.socket) -> None:
    """From now on the kernel names the writer of each message, where it can.

    What is sent out of band (MSG_OOB) comes in its turn: left apart, it wakes a reader, who then waits in vain.
    """
    if systems.KERNEL_TELLS:
        connection.setsockopt(socket.SOL_SOCKET, SO_PASSCRED, 1)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_OOBINLINE, 1)


def receive(connection: socket.socket) -> tuple[bytes, int | None]:
    """What can be read (b"" at the end), and the outer PID of its writer: 0 where it is withheld, None if unknown."""
    if not systems.KERNEL_TELLS:
        return connection.recv(1 << 16), None
    data, control, _, _ = connection.recvmsg(1 << 16, socket.CMSG_SPACE(CREDENTIALS.size))
    return data, sender(control)


def sender(control: list[tuple[int, int, bytes]]) -> int:
    """The outer PID of who wrote a message, as the kernel says; 0 where it does not."""
    for level, kind, data in control:
        if level == socket.SOL_SOCKET and kind == SCM_CREDENTIALS:
            return int(CREDENTIALS.unpack(data[: CREDENTIALS.size])[0])
    return 0


class Caller:
    """Someone who has connected to the probes' Unix socket: the kernel says who."""

    def __init__(self, connection: socket.socket, is_inside: Callable[[int], bool]) -> None:
        """Raises OSError where `is_inside` says of the PID that it is nobody's who may call."""
        self._connection = connection
        attest(connection)
        credentials = connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, CREDENTIALS.size)
        self._pid = int(struct.unpack("3i", credentials)[0])
        if not is_inside(self._pid):
            raise PermissionError
        connection.sendall(WELCOME)  # credentials come with what is sent from now on

    def hear(self) -> bytes:
        """What it says; raises BadMessage at the end, and where somebody else has written."""
        data, writer = receive(self._connection)
        if not data or writer != self._pid:
            raise wire.BadMessage("not from who connected")
        return data

    def pid(self, said: int) -> int:
        """Its outer PID, whatever is `said`."""
        return self._pid


class TcpCaller:
    """Someone who has connected to the probes' port: nobody, until it has said the key and its PID is borne out."""

    def __init__(self, connection: socket.socket, key: str) -> None:
        self._connection = connection
        self._key = key.encode("ascii") + b"\n"
        self._begun: bytes | None = b""  # of what should be the key; None once it was

    def hear(self) -> bytes:
        """What it says after the key; raises BadMessage at the end, and for another key."""
        data = self._connection.recv(1 << 16)
        if not data:
            raise wire.BadMessage("it has hung up")
        return data if self._begun is None else self._unlock(self._begun + data)

    def _unlock(self, said: bytes) -> bytes:
        if len(said) < len(self._key) and b"\n" not in said:
            self._begun = said
            return b""
        if not hmac.compare_digest(said[: len(self._key)], self._key):
            raise wire.BadMessage("not the key")
        self._begun = None
        self._connection.sendall(WELCOME)
        return said[len(self._key) :]

    def pid(self, said: int) -> int:
        """`said`, where that process holds the other end; raises BadMessage where it does not."""
        here, there = self._connection.getsockname(), self._connection.getpeername()
        if not by_psutil.has_connection(said, there, here):
            raise wire.BadMessage("it says it is another")
        return said
