"""Values made anew for every check, outside, so that no submission can know them beforehand. The fixture `fresh`."""

from __future__ import annotations

import operator
import secrets
from collections.abc import Callable
from typing import TypeVar

Value = TypeVar("Value", int, str)
LETTERS = b"bdfghjkmnqrstvwxz"  # "cpu" and "io" begin with none of them; without vowels no word is in another by chance
LETTER = bytes(LETTERS[byte % len(LETTERS)] for byte in range(256))  # of each random byte
SMALLEST_BLOCK = 512
STRIPPED = (b"\0", b"\n", b" ", b"\r")


class Fresh:
    """Gives random values, no two alike."""

    def __init__(self) -> None:
        self._given: set[object] = {0, 1}

    def integer(self) -> int:
        """An int of seven digits: as texts, they sort as they do as numbers."""
        return self._new(lambda: 1_000_000 + secrets.randbelow(9_000_000))

    def integers(self, count: int) -> list[int]:
        """`count` of them; none of them where it would stand if sorted, so that sorting shows."""
        return self._unsorted(self.integer, count)

    def word(self) -> str:
        """A str of eight letters, with none of the kinds of job in it and the first letter of none."""
        return self._new(lambda: secrets.token_bytes(8).translate(LETTER).decode())

    def name(self) -> str:
        """A str as people write names: capitals, blanks, Chinese; longer than what the kernel keeps of a name."""
        return f" {self.word().title()} 数 {self.word()} "

    def words(self, count: int) -> list[str]:
        """`count` of them, likewise."""
        return self._unsorted(self.word, count)

    def texts(self, count: int, length: int) -> list[str]:
        """`count` strs of `length` letters, a multiple of eight."""
        return [word * (length // 8) for word in self.words(count)]

    def size(self) -> int:
        """An int from 2 to 9, for a size; sizes can be alike."""
        return 2 + secrets.randbelow(8)

    def exit_code(self) -> int:
        """An int from 2 to 99, but for the numbers of the signals that end a process: 9 is not to be taken for -9."""
        return self._new(lambda: secrets.choice([code for code in range(2, 100) if code not in (9, 15)]))

    def _unsorted(self, make: Callable[[], Value], count: int) -> list[Value]:
        values = [make() for _ in range(count)]
        while count > 1 and any(map(operator.eq, values, sorted(values))):
            secrets.SystemRandom().shuffle(values)
        return values

    def text(self, size: int) -> bytes:
        """`size` bytes of a text file: lines of letters, each ended as Linux ends them."""
        words = b" ".join(secrets.token_hex(16).encode() for _ in range(size // 33 + 1))
        return words.replace(b"7 ", b".\n")[:size]

    def binary(self, size: int, end: bytes = b"\0") -> bytes:
        """`size` bytes, at least 300, that are no text: all 256 of them, other systems' line ends, no UTF-8.

        Whatever the size of a block is, blocks begin and end with what one might strip, and so does the whole.
        """
        begin = b"\r\n\n\r\0\x1a" + bytes(range(256)) + b"\r\n"
        data = bytearray(begin + secrets.token_bytes(size - len(begin)))
        for count in range(1, size // SMALLEST_BLOCK):
            at = count * SMALLEST_BLOCK
            odd = count // (count & -count)  # so that blocks of every size end with each of them in turn
            data[at - 1 : at + 1] = STRIPPED[odd // 2 % len(STRIPPED)] * 2
        data[-len(end) :] = end
        return bytes(data)

    def _new(self, make: Callable[[], Value]) -> Value:
        while (value := make()) in self._given:
            pass
        self._given.add(value)
        return value
