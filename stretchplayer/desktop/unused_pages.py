"""Giving memory back to Linux that a program needed to start, or for a window, and not while it waits.

There are two kinds of it. What was allocated and freed stays with the GNU C library, which returns it when it is asked
to. And of every library some megabytes were read that are not run again before the next window: 60 % of what a waiting
program of Qt's has in memory. They are the same as in the files, so the system would take them away when it runs short;
letting go of them now means that it need not come to that. What is needed again is mapped again, page by page.
"""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from ctypes import CDLL, c_int, c_size_t, c_void_p
from pathlib import Path
from typing import Final

MAPPINGS: Final = Path("/proc/self/smaps")
"""Every mapping of this process, and how much of it is where (proc_pid_smaps(5))."""
DONT_NEED: Final = 4
"""MADV_DONTNEED (madvise(2))."""
_READ_ONLY: Final = frozenset({"r-xp", "r--p"})


def give_pages_back() -> None:
    """Return both kinds; nothing happens with a C library that doesn't know how."""
    library = CDLL(None)
    advise = getattr(library, "madvise", None)
    if advise is not None:
        advise.argtypes = (c_void_p, c_size_t, c_int)
        with suppress(OSError), MAPPINGS.open(encoding="utf-8", errors="replace") as lines:
            for start, end in as_in_files(lines):
                advise(start, end - start, DONT_NEED)
    trim = getattr(library, "malloc_trim", None)
    if trim is not None:
        trim(0)


def as_in_files(lines: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Start and end of all mappings of files that can't be written to and have never been.

    A mapping with a page of its own is left out: the loader has written addresses into it, and they would be lost.
    """
    found: tuple[int, int] | None = None
    for line in lines:
        first, *others = line.split(maxsplit=5)
        if first == "Anonymous:":
            if found is not None and others[0] == "0":
                yield found
            found = None
        elif not first.endswith(":"):  # where a mapping begins: range, access, offset, device, inode and file
            is_file = others[0] in _READ_ONLY and others[-1].startswith("/")
            start, _, end = first.partition("-")
            found = (int(start, 16), int(end, 16)) if is_file else None
