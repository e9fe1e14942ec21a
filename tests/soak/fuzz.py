"""Spoils routine and pose files, and looks at what `stretchplayer check` says of them.

Whatever is in a file, it is fine or there is one sentence; that takes less than a second and 200 MB.
`python -m tests.soak.fuzz [FILES [SEED]]`; exit code 1 when anything was wrong.
"""

import io
import random
import re
import sys
import time
import traceback
from collections.abc import Callable, Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import mkdtemp
from typing import Final

from stretchplayer.cli import main as stretchplayer
from stretchplayer.cli.output import ExitCode

ROOT: Final = Path(__file__).resolve().parents[2]
FILES: Final = 100_000
LONGEST_S: Final = 1.0
LARGEST_KIB: Final = 200 * 1024
LONGEST_SENTENCE: Final = 600
LARGEST_BYTES: Final = 300_000
"""A little more than may be read."""
MOST_MUTATIONS: Final = 4
VALUES: Final = (
    *r"""
    0 -1 1 3600 1e400 -0.0 nan inf true "" " " "{leg}" "{" "}{" "\u202e" "\u0000" [] [1,2] [2,1] [0,0] [1,2,3]
    ["a"] [[]] {} {left="a",right="b"} {left="a"} {text="a",stop=1} {hand_on="wall"} {foot_on="step",at=1e9}
    2026-11-23 07:30:00 "each" {foot_on="floor",at=0,knee="front"} "alternate" "one" "none" "hold" "wall"
    "floor" ["back","back"] "../a.png"
    """.split(),
    "9" * 40, "9" * 5_000, "0x" + "f" * 300, '"' + "x" * 600 + '"', "'''\na\n'''", "[" * 500,
)  # fmt: skip
KEYS: Final = (
    *"""
    format title stretches exercises blocks rounds id easier harder sides repetitions sets rest_s seconds
    breaths coach short count picture language goal own_hold only_side name torso lumbar contacts props view
    shortening at works via comes_from odd "" "a.b" a.b.c.d.e.f
    """.split(),
    "x" * 300,
)

Check = Callable[[Path], tuple[int, str]]
"""Checks a file: the exit code, and everything printed."""


def check(path: Path) -> tuple[int, str]:
    """What `stretchplayer check` does and says."""
    with io.StringIO() as text, redirect_stdout(text), redirect_stderr(text):
        return stretchplayer(["check", str(path)]), text.getvalue()


@dataclass
class Findings:
    """What was found."""

    files: int = 0
    fine: int = 0
    slowest_s: float = 0.0
    largest_kib: int = 0
    wrong: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return (
            f"{self.files} files, {self.fine} of them fine, the slowest in {self.slowest_s * 1000:.0f} ms, "
            f"{self.largest_kib / 1024:.0f} MiB at most, {len(self.wrong)} mistakes of ours"
        )


def fuzz(
    folder: Path,
    files: int,
    *,
    seed: int,
    check: Check = check,
    longest_s: float = LONGEST_S,
    largest_kib: int = LARGEST_KIB,
    tell: Callable[[str], None] = print,
) -> Findings:
    """Check so many spoilt files. What was wrong is kept in the folder, which is otherwise left empty."""
    models = [path.read_bytes() for path in model_files()]
    rng = random.Random(seed)
    found = Findings()
    for number in range(files):
        path = folder / f"spoilt-{seed}-{number}.toml"
        path.write_bytes(spoilt(rng, models))
        wrong, took_s = _look_at(path, check, found)
        if took_s > longest_s:
            wrong = f"it took {took_s:.1f} s"
        elif found.largest_kib > largest_kib:
            wrong = f"it took {found.largest_kib / 1024:.0f} MiB"
        if wrong:
            found.wrong.append(f"{path}: {wrong}")
        else:
            path.unlink()
        if found.files % 10_000 == 0:
            tell(str(found))
    return found


def _peak_kib() -> int:
    """The most memory that this program had; getrusage would count what started it, too."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0])


def model_files() -> Sequence[Path]:
    """Every shipped routine and pose, and a routine with every key."""
    shipped = [path for name in ("routines", "poses") for path in sorted((ROOT / "assets" / name).glob("*.toml"))]
    return [*shipped, ROOT / "tests" / "routine" / "everything.toml"]


def _look_at(path: Path, check: Check, found: Findings) -> tuple[str, float]:
    """Check the file: what is wrong with the answer, if anything, and the seconds it took."""
    begun_s = time.process_time()  # not what other programs do meanwhile
    try:
        code, told = check(path)
    except BaseException:  # noqa: BLE001  Also what would end the program
        code, told = ExitCode.FAILURE, traceback.format_exc()
    took_s = time.process_time() - begun_s
    found.files += 1
    found.fine += code == ExitCode.DONE
    found.slowest_s = max(found.slowest_s, took_s)
    found.largest_kib = max(found.largest_kib, _peak_kib())
    if code not in {ExitCode.DONE, ExitCode.WRONG_USE}:
        return told, took_s
    sentence = told.removesuffix("\n")
    ends = code == ExitCode.DONE or sentence.endswith((".", "?"))
    if ends and sentence.isprintable() and len(sentence) < LONGEST_SENTENCE:
        return "", took_s
    return f"{code}, {told!r}", took_s


# Spoiling


def spoilt(rng: random.Random, models: Sequence[bytes]) -> bytes:
    """One of the files with some mistakes."""
    data = rng.choice(models)
    for _mutation in range(rng.randint(1, MOST_MUTATIONS)):
        data = rng.choice(MUTATIONS)(rng, data, models)[:LARGEST_BYTES]
    return data


def _bytes(rng: random.Random, data: bytes, _models: Sequence[bytes]) -> bytes:
    at = rng.randint(0, len(data))
    return data[:at] + rng.randbytes(rng.randint(0, 6)) + data[at + rng.randint(0, 6) :]


def _character(rng: random.Random, data: bytes, _models: Sequence[bytes]) -> bytes:
    at = rng.randint(0, len(data))
    return data[:at] + rng.choice("[]{}=\"'.,#\n\\ \t\u202e\ufeff0a").encode() + data[at + rng.randint(0, 1) :]


def _lines(rng: random.Random, data: bytes, _models: Sequence[bytes]) -> bytes:
    """Leave lines out, write them again, or elsewhere."""
    lines = data.split(b"\n")
    start = rng.randrange(len(lines))
    end = min(len(lines), start + rng.choice((1, 1, 2, 5, 20)))
    taken = lines[start:end]
    if rng.random() < 0.6:
        del lines[start:end]
    at = rng.randint(0, len(lines))
    lines[at:at] = taken * rng.choice((0, 1, 1, 2, 3))
    return b"\n".join(lines)


def _value(rng: random.Random, data: bytes, _models: Sequence[bytes]) -> bytes:
    lines = data.split(b"\n")
    places = [number for number, line in enumerate(lines) if b" = " in line] or [0]
    at = rng.choice(places)
    lines[at] = lines[at].partition(b" = ")[0] + b" = " + rng.choice(VALUES).encode()
    return b"\n".join(lines)


def _value_of_another(rng: random.Random, data: bytes, models: Sequence[bytes]) -> bytes:
    """Give a key the value that it has somewhere else."""
    lines = data.split(b"\n")
    at = rng.choice([number for number, line in enumerate(lines) if b" = " in line] or [0])
    key = lines[at].partition(b" = ")[0]
    others = [line for line in rng.choice(models).split(b"\n") if line.startswith(key + b" = ")]
    lines[at] = rng.choice(others or [lines[at]])
    return b"\n".join(lines)


def _number(rng: random.Random, data: bytes, _models: Sequence[bytes]) -> bytes:
    """Change a number."""
    found = rng.choice([*re.finditer(rb"-?\d+(?:\.\d+)?", data)] or [None])
    if found is None:
        return data
    number = float(found[0]) * rng.choice((0.5, 0.9, 1.1, 2, -1, 10)) + rng.choice((0, 0, 1, -1))
    return data[: found.start()] + f"{number:g}".encode() + data[found.end() :]


def _key(rng: random.Random, data: bytes, _models: Sequence[bytes]) -> bytes:
    """Give a key another name, or add one."""
    lines = data.split(b"\n")
    at = rng.randrange(len(lines))
    key, value = rng.choice(KEYS).encode(), rng.choice(VALUES).encode()
    old_value = lines[at].partition(b" = ")[2]
    lines[at : at + rng.randint(0, 1)] = [key + b" = " + (old_value or value)]
    return b"\n".join(lines)


def _header(rng: random.Random, data: bytes, _models: Sequence[bytes]) -> bytes:
    lines = data.split(b"\n")
    name = rng.choice((*KEYS, "exercises.steps", "stretches.steps", "working_arm", "safety")).encode()
    lines.insert(rng.randint(0, len(lines)), rng.choice((b"[%b]", b"[[%b]]")) % name)
    return b"\n".join(lines)


def _part_of_another(rng: random.Random, data: bytes, models: Sequence[bytes]) -> bytes:
    other = rng.choice(models)
    start, at = rng.randint(0, len(other)), rng.randint(0, len(data))
    return data[:at] + other[start : start + rng.choice((20, 200, 2_000))] + data[at:]


def _again_and_again(rng: random.Random, data: bytes, _models: Sequence[bytes]) -> bytes:
    start = rng.randint(0, len(data))
    part = data[start : start + rng.choice((1, 10, 100, 1_000))]
    return data[:start] + part * rng.choice((10, 100, 1_000, 10_000)) + data[start:]


def _blanks(rng: random.Random, data: bytes, _models: Sequence[bytes]) -> bytes:
    lines = data.split(b"\n")
    blanks = rng.choice((b" ", b"\t", b" [", b"[ ")) * rng.choice((10, 1_000, 9_900, LARGEST_BYTES))
    at = rng.randint(0, len(lines))
    lines[at:at] = [blanks] * rng.choice((1, 1, 20))
    return b"\n".join(lines)


def _cut_short(rng: random.Random, data: bytes, _models: Sequence[bytes]) -> bytes:
    return data[: rng.randint(0, len(data))]


MUTATIONS: Final = (
    *[_number] * 4, *[_value_of_another] * 4, *[_value] * 3, *[_lines] * 2, _key, _header, _bytes, _character,
    _part_of_another, _again_and_again, _blanks, _cut_short,
)  # fmt: skip


def main() -> int:
    """Run it and print what it found."""
    files = int(sys.argv[1]) if len(sys.argv) > 1 else FILES
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else int(time.time())
    print(f"{files} spoilt files, seed {seed}", flush=True)
    folder = Path(mkdtemp(prefix="stretchplayer-fuzz-"))
    found = fuzz(folder, files, seed=seed, tell=lambda line: print(line, flush=True))
    if not found.wrong:
        folder.rmdir()
    print(found)
    for wrong in found.wrong:
        print(wrong)
    return bool(found.wrong)


if __name__ == "__main__":
    sys.exit(main())
