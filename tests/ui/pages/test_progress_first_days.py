"""The Progress page on the first days, with too little data for charts."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from stretchplayer.progress.adherence import Facts
from tests.progress_data import a_first_day, nothing, report_of, stopped_at_once, stopped_midway
from tests.ui.pages.test_progress_page import assert_whole, drawn, shown
from tests.ui.stage import WindowStage, settle

MakeWindow = Callable[..., WindowStage]


def test_who_has_stopped_at_once_is_told_how_it_begins_too(window: WindowStage) -> None:
    page = shown(window, report_of(stopped_at_once()))
    assert "It starts with your first hold" in window.texts()
    assert any(text.startswith("You stopped before the first hold") for text in window.texts())
    assert [chart.accessibleName() for chart in drawn(page)] == ["The last 14 days"]
    page.show_report(report_of(nothing()))
    settle()
    assert "It starts with your first session" in window.texts()


def test_with_too_little_to_draw_words_say_what_will_come(window: WindowStage) -> None:
    page = shown(window, report_of(stopped_midway()))
    assert [chart.accessibleName() for chart in drawn(page)] == ["Left and right"]
    texts = window.texts()
    assert "Every finished session appears as a dot here, two a day." in texts
    assert "This week 42 s; weekly bars appear from next week." in texts
    page.show_report(report_of(a_first_day()))
    settle()
    assert {chart.accessibleName() for chart in drawn(page)} == {"Sessions by day", "Left and right"}
    texts = window.texts()
    assert "4 points on 2 Mar 2026. One more day starts the chart. Less than 2 points is not a change." in texts
    assert "21 cm on 2 Mar 2026. One more day starts the chart. Less than 5 cm is not a change." in texts
    page.show_report(report_of(replace(a_first_day(), days=[])))  # as after months without a session
    settle()
    assert not {"Left and right", "Minutes per week"} & {chart.accessibleName() for chart in drawn(page)}
    assert "The hold times of your legs are compared here." in window.texts()


@pytest.mark.parametrize("size", [(800, 500), (1060, 720)])
@pytest.mark.parametrize("facts", [stopped_at_once, stopped_midway, a_first_day])
def test_the_first_days_are_not_clipped(
    make_window: MakeWindow, size: tuple[int, int], facts: Callable[[], Facts]
) -> None:
    window = make_window(size=size)
    shown(window, report_of(facts()))
    assert_whole(window, size)
