"""What a check's student code prints, as far as it is kept: the beginning and the end, the middle left out."""

from __future__ import annotations


class Output:
    """Takes bytes without end and keeps at most `most` of them."""

    def __init__(self, most: int) -> None:
        self.half = most // 2
        self.head = bytearray()
        self.tail = bytearray()
        self.left_out = 0
        self.total = 0  # bytes printed so far

    def add(self, data: bytes) -> None:
        """Keeps what fits of `data`."""
        self.total += len(data)
        room = self.half - len(self.head)
        self.head += data[:room] if room > 0 else b""
        self.tail += data[max(room, 0) :]
        if len(self.tail) > 4 * self.half:
            self._cut()

    def _cut(self) -> None:
        over = len(self.tail) - self.half
        if over > 0:
            self.left_out += over
            del self.tail[:over]

    def text(self) -> str:
        """What is kept, as text; a line tells how many bytes are not."""
        self._cut()
        middle = f"\n[... {self.left_out} bytes left out ...]\n".encode() if self.left_out else b""
        return bytes(self.head + middle + self.tail).decode("utf-8", "backslashreplace")
