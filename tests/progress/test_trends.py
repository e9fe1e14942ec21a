"""Pain and reach over time: a change is only called one beyond what the measure can detect."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stretchplayer.progress.trends import DETECTABLE_PAIN, DETECTABLE_REACH_CM, Point, Trend, series
from tests.progress_data import TODAY


def points(*values: float, every: int = 1) -> list[Point]:
    """Values of days with so many between them."""
    return [Point(day=TODAY + timedelta(days=number * every), value=value) for number, value in enumerate(values)]


def test_what_can_be_detected_is_what_the_sources_say() -> None:
    assert (DETECTABLE_PAIN, DETECTABLE_REACH_CM) == (2.0, 5.0)


def test_without_points_there_is_no_trend() -> None:
    nothing = series([], 2)
    assert (nothing.points, nothing.before, nothing.after, nothing.trend) == ((), None, None, Trend.UNKNOWN)
    assert nothing.difference == 0


def test_two_weeks_have_to_be_apart() -> None:
    early = series(points(*[8] * 7, *[0] * 6), 2)
    assert (early.trend, early.before, early.after) == (Trend.UNKNOWN, 8, None)
    assert early.difference == 0
    late = series(points(*[8] * 7, *[0] * 7), 2)
    assert (late.trend, late.before, late.after, late.difference) == (Trend.LOWER, 8, 0, -8)


@pytest.mark.parametrize(
    ("after", "trend"),
    [(5.0, Trend.STEADY), (3.1, Trend.STEADY), (3.0, Trend.LOWER), (6.9, Trend.STEADY), (7.0, Trend.HIGHER)],
)
def test_a_change_is_one_beyond_what_can_be_detected(after: float, trend: Trend) -> None:
    assert series(points(5.0, after, every=30), 2).trend is trend


def test_the_weeks_are_means_to_a_tenth() -> None:
    found = series(points(4, 5, 5, 0, 0, 0, every=4), 2)
    assert (found.before, found.after) == (4.5, 0)
    third = series([*points(1, 1, 2), Point(day=TODAY + timedelta(days=60), value=3)], 2)
    assert third.before == 1.3
    assert third.difference == 1.7


@given(st.lists(st.floats(0, 10), min_size=1, max_size=60), st.floats(0.1, 5))
def test_a_smaller_difference_is_not_a_change(values: list[float], detectable: float) -> None:
    found = series(points(*values), detectable)
    assert len(found.points) == len(values)
    if found.trend in {Trend.LOWER, Trend.HIGHER}:
        assert abs(found.difference) >= detectable
        assert (found.difference > 0) is (found.trend is Trend.HIGHER)
    elif found.trend is Trend.STEADY:
        assert abs(found.difference) < detectable
