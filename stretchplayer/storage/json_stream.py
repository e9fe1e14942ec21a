"""Reads a JSON file a value at a time, so that a large one never has to be in memory."""

import json
from collections.abc import Iterator
from typing import Final, TextIO

PIECE: Final = 1 << 16
LONGEST_VALUE: Final = 1 << 24
"""Characters of one value; more than any of ours has."""
_SPACE: Final = " \t\r\n"


class JsonStream:
    """Walks through a file that holds one object. ValueError when it is no JSON, or not the JSON that is asked for."""

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._text = ""
        self._at = 0
        self._decoder = json.JSONDecoder()

    def members(self) -> Iterator[str]:
        """The names of the object's members; the value of each has to be taken before the next."""
        self._take("{")
        for _ in self._items("}"):
            name = self.value()
            if not isinstance(name, str):
                raise ValueError("a member has no name")  # noqa: TRY004  The file is wrong, not the program
            self._take(":")
            yield name
        if self._peek():
            raise ValueError("it goes on after its end")

    def elements(self) -> Iterator[object]:
        """The elements of the list that comes now."""
        self._take("[")
        for _ in self._items("]"):
            yield self.value()

    def value(self) -> object:
        """The whole value that comes now."""
        self._peek()
        while True:
            try:
                value, end = self._decoder.raw_decode(self._text, self._at)
            except json.JSONDecodeError as error:
                if self._fill():
                    continue
                raise ValueError("it is damaged or cut short") from error
            except RecursionError as error:
                raise ValueError("it is nested too deeply") from error
            # A number may go on in the next piece.
            if end == len(self._text) and self._fill():
                continue
            self._at = end
            return value

    def _items(self, end: str) -> Iterator[None]:
        """Once for each item, up to and with the bracket that ends them."""
        if self._peek() != end:
            yield
            while self._peek() == ",":
                self._take(",")
                yield
        self._take(end)

    def _peek(self) -> str:
        """The next character that is no space, not taken; empty at the end of the file."""
        while True:
            while self._at < len(self._text):
                if self._text[self._at] not in _SPACE:
                    return self._text[self._at]
                self._at += 1
            if not self._fill():
                return ""

    def _take(self, character: str) -> None:
        if self._peek() != character:
            raise ValueError("it is damaged or cut short")
        self._at += 1

    def _fill(self) -> bool:
        """Read another piece; False at the end of the file."""
        piece = self._file.read(PIECE)
        self._text = self._text[self._at :] + piece
        self._at = 0
        if len(self._text) > LONGEST_VALUE:
            raise ValueError("a value in it is too long")
        return bool(piece)
