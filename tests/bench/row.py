"""One line of the table that a benchmark prints."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What was measured, in which unit, and the most it may be; None where nobody has set a budget."""

    name: str
    value: float
    unit: str
    budget: float | None = None
    note: str = ""

    @property
    def verdict(self) -> str:
        """Whether the value keeps to its budget."""
        if self.budget is None:
            return ""
        return "ok" if self.value <= self.budget else "over"

    def line(self) -> str:
        """The row as text."""
        budget = "" if self.budget is None else f"{self.budget:.2f}"
        return f"{self.name:44} {self.value:9.2f} {budget:>9} {self.unit:9} {self.verdict:4}  {self.note}".rstrip()


def percentile(values: list[float], percent: float) -> float:
    """The smallest of the values that at least `percent` of them don't exceed; 0 when there are none."""
    ordered = sorted(values)
    if not ordered:
        return 0.0
    return ordered[min(len(ordered) - 1, int(len(ordered) * percent / 100))]
