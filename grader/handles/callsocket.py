"""The call socket from outside: requests go in to the stage, and replies come out, a line of JSON each.

Who uses it: stage.py, for one check. A reply counts only from the stage itself: the kernel names the writer of each
message (SCM_CREDENTIALS, unix(7)), so that a copy of the stage, made by a raw fork, cannot answer for it. (Where it
does not, see peers.py.) What nobody asked for is not kept, and goes on only so long.
"""

from __future__ import annotations

import socket
from collections.abc import Callable
from typing import Any

from grader.finding import Finding
from grader.handles.said import NO_HARNESS
from grader.harness import wire
from grader.kernel import peers

UNASKED_BYTES = 4 << 20  # that the stage may say in one check beside its replies
CLOSED = "its connection to the check was closed"


class CallSocket:
    """`outer_pid` is the stage's PID; `answered` is told the number of each reply, and "returned" or "raised"."""

    def __init__(
        self, line: socket.socket, outer_pid: int, patience_s: float, answered: Callable[[int, str], None]
    ) -> None:
        self.line, self._outer_pid, self._answered = line, outer_pid, answered
        self._patience_s = patience_s
        self.lost: str | None = None  # why nothing more can be heard from the stage
        self.copy: int | None = None  # the PID of a copy of the stage that has spoken
        self.unasked = 0  # bytes
        self._count = 0
        self._replies: dict[int, dict[str, Any]] = {}
        self._unseen: int | None = None  # the reply in whose `except` block the stage stays
        self._lines = wire.Lines()

    def request(self, do: str, **what: Any) -> int:
        """Asks the stage to do something; the number of the reply to come."""
        self._count += 1
        if self._unseen is not None:
            self._send({"n": self._unseen, "do": "seen"})
            self._unseen = None
        self._send({"n": self._count, "do": do, **what})
        return self._count

    def reply(self, number: int) -> dict[str, Any] | None:
        """The reply with that number, None where it is not there yet."""
        return self._replies.get(number)

    def is_answered(self) -> bool:
        """Whether something was asked, and the last of it is answered."""
        return self._count in self._replies

    def hear(self) -> bool:
        """Takes in what has come; whether more may come: `lost` says why not."""
        try:
            data, writer = peers.receive(self.line)
            texts = self._lines.feed(data)
        except (ConnectionError, wire.BadMessage):
            texts, data, writer = [], b"", 0
        if not data:
            self.lost = CLOSED
            return False
        for text in texts:
            self.unasked += 0 if self._take(text, writer) else len(text)
        if self.unasked > UNASKED_BYTES:
            self.lost = NO_HARNESS
            return False
        return True

    def _send(self, message: dict[str, Any]) -> None:
        try:
            self.line.settimeout(self._patience_s)
            self.line.sendall(wire.line(message))
        except OSError:
            self.lost = CLOSED
        except wire.Unsayable as error:  # what came from inside is handed back
            raise Finding(cause=str(error)) from None

    def _take(self, text: bytes, writer: int | None) -> bool:
        """Takes in a line; whether it is a reply that was asked for."""
        try:
            message = wire.parse(text)
        except wire.BadMessage:
            return False
        if writer is None:
            writer = message["copy"] if type(message.get("copy")) is int else self._outer_pid
        if writer != self._outer_pid:
            self.copy = writer if "copy" in message else self.copy
            return False
        number = message.get("n")
        how = next((how for how in ("raised", "returned") if how in message), None)
        if how is None or type(number) is not int or not self._is_awaited(number):
            return False
        self._replies[number] = message
        self._unseen = number if how == "raised" else None
        self._answered(number, how)
        return True

    def _is_awaited(self, number: int) -> bool:
        """Whether a request has that number, and has no reply yet: what is kept is bounded by what was asked."""
        return 0 < number <= self._count and number not in self._replies
