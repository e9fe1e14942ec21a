"""The table of the benchmarks: what was not measured never counts as passed."""

import subprocess
import sys
from collections.abc import Iterator

import pytest

from tests.bench import __main__ as bench
from tests.bench.row import Row, Verdict, largest, median, percentile, summary


@pytest.mark.parametrize(
    ("value", "budget", "verdict"),
    [
        (1.0, 2.0, Verdict.OK),
        (2.0, 2.0, Verdict.OK),
        (2.1, 2.0, Verdict.OVER),
        (1.0, None, Verdict.NONE),
        (None, 2.0, Verdict.NOT_MEASURED),
        (None, None, Verdict.NOT_MEASURED),
    ],
)
def test_the_verdict(value: float | None, budget: float | None, verdict: Verdict) -> None:
    row = Row(name="a frame", value=value, unit="ms", budget=budget)
    assert row.verdict is verdict
    assert row.line().endswith(verdict or "ms")
    assert ("–" in row.line()) is (value is None)


def test_a_program_that_is_not_installed_is_no_failure() -> None:
    row = Row(name="another program", value=None, unit="MiB", is_missing=True)
    assert row.verdict is Verdict.NOT_INSTALLED
    assert row.line().endswith("not installed")


def test_of_nothing_there_is_no_figure() -> None:
    assert percentile([], 99) is None
    assert median([]) is None
    assert largest([]) is None
    assert percentile([3.0, 1.0, 2.0], 50) == 2.0
    assert percentile([3.0, 1.0, 2.0], 99) == 3.0
    assert largest([1.0, 3.0]) == 3.0


def row(value: float | None) -> Row:
    """A row with a budget of 1."""
    return Row(name="a frame", value=value, unit="ms", budget=1.0)


def test_the_summary() -> None:
    assert summary([row(1.0), row(2.0), row(None), row(0.5)]) == "2 ok, 1 over, 1 not measured"


@pytest.mark.parametrize(("values", "code"), [([1.0, 2.0], 0), ([1.0, None], 1), ([], 1)])
def test_what_was_not_measured_has_failed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], values: list[float | None], code: int
) -> None:
    def measure() -> Iterator[Row]:
        return (row(value) for value in values)

    monkeypatch.setitem(bench.BENCHMARKS, "made-up", measure)
    assert bench.main(["made-up"]) == code
    assert f"{values.count(None)} not measured" in capsys.readouterr().out


def test_what_a_command_that_fails_writes_is_shown(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def measure() -> Iterator[Row]:
        command = [sys.executable, "-c", "import sys; sys.exit('no room')"]
        subprocess.run(command, check=True, capture_output=True, text=True)
        yield row(1.0)

    monkeypatch.setitem(bench.BENCHMARKS, "made-up", measure)
    with pytest.raises(subprocess.CalledProcessError):
        bench.main(["made-up"])
    assert "no room" in capsys.readouterr().err


def test_a_benchmark_that_is_not_known(capsys: pytest.CaptureFixture[str]) -> None:
    assert bench.main(["made-up"]) == 2
    assert "made-up" in capsys.readouterr().err
