"""The short form of the fuzzing of `make soak`."""

import random
import subprocess
import sys
from pathlib import Path

import pytest

from stretchplayer.cli.output import ExitCode
from tests.soak.fuzz import MUTATIONS, Check, check, fuzz, model_files, spoilt

FINE = (int(ExitCode.DONE), "a.toml: fine, a pose\n")


def test_whatever_is_in_a_file_there_is_one_sentence() -> None:
    """In a process of its own, because it measures the memory of the whole process."""
    command = [sys.executable, "-m", "tests.soak.fuzz", "300", "20260302"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "300 files" in done.stdout


@pytest.mark.parametrize("path", model_files(), ids=lambda path: path.stem)
def test_the_models_are_fine(path: Path) -> None:
    code, told = check(path)
    assert code == ExitCode.DONE, told


def test_mistakes_differ_and_a_seed_brings_them_back() -> None:
    models = [path.read_bytes() for path in model_files()]
    once, again = ([spoilt(rng, models) for _file in range(50)] for rng in (random.Random(5), random.Random(5)))
    assert once == again
    assert len(set(once)) == len(once)
    rng = random.Random(7)
    assert all(mutate(rng, b"", models) is not None for mutate in MUTATIONS)


def _raising(path: Path) -> tuple[int, str]:
    raise RuntimeError(path)


@pytest.mark.parametrize(
    ("check", "wrong"),
    [
        (_raising, "RuntimeError"),
        (lambda _path: (1, "Traceback"), "Traceback"),
        (lambda _path: (2, "One. Two\nlines."), "lines"),
        (lambda _path: (2, "No end"), "No end"),
        (lambda _path: (2, ""), "2, ''"),
    ],
)
def test_it_finds_what_is_wrong(check: Check, wrong: str, tmp_path: Path) -> None:
    found = fuzz(tmp_path, 1, seed=1, check=check, largest_kib=1 << 40)
    assert len(found.wrong) == 1
    assert wrong in found.wrong[0]
    assert len([*tmp_path.iterdir()]) == 1


def test_it_finds_a_file_that_takes_too_much_time_or_memory(tmp_path: Path) -> None:
    assert "0.0 s" in fuzz(tmp_path, 1, seed=1, check=lambda _path: FINE, longest_s=-1).wrong[0]
    assert "MiB" in fuzz(tmp_path, 1, seed=1, check=lambda _path: FINE, largest_kib=1).wrong[0]
    assert fuzz(tmp_path, 2, seed=2, check=lambda _path: FINE, largest_kib=1 << 40).fine == 2
