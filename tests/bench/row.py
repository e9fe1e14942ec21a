"""One line of the table that a benchmark prints."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """What a row says. A row without a budget that was measured has nothing to say."""

    NONE = ""
    OK = "ok"
    OVER = "over"
    NOT_MEASURED = "not measured"
    NOT_INSTALLED = "not installed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What was measured, in which unit, and the most it may be; None where nobody has set a budget.

    A value of None means that there was nothing to measure, which is a failure, whatever the budget, unless it is about
    a program that `is_missing` on this machine.
    """

    name: str
    value: float | None
    unit: str
    budget: float | None = None
    note: str = ""
    is_missing: bool = False

    @property
    def verdict(self) -> Verdict:
        """Whether there is a value, and it keeps to its budget."""
        if self.value is None:
            return Verdict.NOT_INSTALLED if self.is_missing else Verdict.NOT_MEASURED
        if self.budget is None:
            return Verdict.NONE
        return Verdict.OK if self.value <= self.budget else Verdict.OVER

    def line(self) -> str:
        """The row as text."""
        value = "–" if self.value is None else f"{self.value:.2f}"
        budget = "" if self.budget is None else f"{self.budget:.2f}"
        return f"{self.name:44} {value:>9} {budget:>9} {self.unit:9} {self.verdict:4}  {self.note}".rstrip()


def summary(rows: Sequence[Row]) -> str:
    """How many rows came to which verdict."""
    verdicts = [row.verdict for row in rows]
    told = [Verdict.OK, Verdict.OVER, Verdict.NOT_MEASURED]
    if Verdict.NOT_INSTALLED in verdicts:
        told.append(Verdict.NOT_INSTALLED)
    return ", ".join(f"{verdicts.count(verdict)} {verdict}" for verdict in told)


def percentile(values: Sequence[float], percent: float) -> float | None:
    """The smallest of the values that at least `percent` of them don't exceed; None when there are none."""
    ordered = sorted(values)
    if not ordered:
        return None
    return ordered[min(len(ordered) - 1, int(len(ordered) * percent / 100))]


def median(values: Sequence[float]) -> float | None:
    """The middle one of the values; None when there are none."""
    return percentile(values, 50)


def largest(values: Sequence[float]) -> float | None:
    """The largest of the values; None when there are none."""
    return max(values, default=None)
