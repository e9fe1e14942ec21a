"""Giving memory back to the system: which mappings of a process are as in their files, and that it goes on without."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from stretchplayer.desktop import unused_pages
from stretchplayer.desktop.unused_pages import MAPPINGS, as_in_files, give_pages_back

CODE = "7f0000001000-7f0000003000 r-xp 00001000 fe:01 123                        /usr/lib/lib x.so"
ONLY_LINUX = pytest.mark.skipif(sys.platform != "linux", reason="only Linux shows a process its mappings like this")


def mapping(first: str, anonymous_kb: int = 0) -> list[str]:
    """As the kernel writes it, shortened."""
    return [
        f"{first}\n",
        "Size:                  8 kB\n",
        "Rss:                   8 kB\n",
        f"Anonymous:             {anonymous_kb} kB\n",
        "VmFlags: rd ex mr mw me\n",
    ]


def test_code_and_constants_of_files_are_as_in_the_files() -> None:
    lines = [*mapping(CODE), *mapping(CODE.replace("r-xp", "r--p").replace("7f", "6f"))]
    assert list(as_in_files(lines)) == [(0x7F0000001000, 0x7F0000003000), (0x6F0000001000, 0x6F0000003000)]


@pytest.mark.parametrize(
    "lines",
    [
        mapping(CODE, anonymous_kb=4),
        mapping(CODE.replace("r-xp", "rw-p")),
        mapping(CODE.replace("r-xp", "rwxp")),
        mapping(CODE.replace("r-xp", "r-xs")),
        mapping("7f0000001000-7f0000003000 r-xp 00000000 00:00 0                          [vdso]"),
        mapping("7f0000001000-7f0000003000 r--p 00000000 00:00 0"),
        [f"{CODE}\n"],
        [],
    ],
    ids=["written to by the loader", "data", "both", "shared", "the kernel's", "of no file", "cut off", "nothing"],
)
def test_everything_else_is_let_be(lines: list[str]) -> None:
    assert list(as_in_files(lines)) == []


def test_a_mapping_that_is_let_be_does_not_count_for_the_next(tmp_path: Path) -> None:
    lines = [*mapping(CODE, anonymous_kb=4), *mapping(CODE.replace("7f", "6f"))]
    assert list(as_in_files(lines)) == [(0x6F0000001000, 0x6F0000003000)]


def resident_kb() -> Iterator[int]:
    """How much is in memory of each mapping of a file that can't be written to."""
    is_file = False
    for line in MAPPINGS.read_text(encoding="utf-8").splitlines():
        if " r-xp " in line or " r--p " in line:
            is_file = "/" in line
        elif line.startswith("Rss:") and is_file:
            yield int(line.split()[1])
            is_file = False


@ONLY_LINUX
def test_a_program_goes_on_with_less() -> None:
    before = sum(resident_kb())
    give_pages_back()
    assert sum(resident_kb()) < before
    assert sorted([3, 1, 2]) == [1, 2, 3]


@ONLY_LINUX
def test_where_mappings_are_not_shown_nothing_happens(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(unused_pages, "MAPPINGS", tmp_path / "none")
    give_pages_back()


@ONLY_LINUX
def test_a_c_library_that_knows_neither_is_no_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unused_pages, "CDLL", lambda _name: object())
    give_pages_back()
