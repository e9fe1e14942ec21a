"""The person whom the pictures of the README show: their history is a real one, and tells a believable story."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from stretchplayer.app.progress_facts import Question, report_of
from stretchplayer.progress.adherence import DotState
from stretchplayer.progress.trends import Trend
from stretchplayer.routine.timeline_builder import build_timeline
from stretchplayer.settings import Settings
from stretchplayer.storage.history.reader import HistoryFileReader
from tests.routine.shipped import hamstring_trio

SCRIPT = Path(__file__).parent.parent / "packaging" / "assets" / "sample_history.py"


@pytest.fixture
def sample() -> ModuleType:
    """The script's module."""
    spec = importlib.util.spec_from_file_location("sample_history", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_sample_is_a_history_like_any_other(sample: ModuleType, tmp_path: Path) -> None:
    sample.make_history(tmp_path, build_timeline(hamstring_trio()))
    reader = HistoryFileReader(tmp_path)
    question = Question(reader=reader, settings=Settings(), routine=hamstring_trio(), now=sample.NOW)
    report = report_of(question, 13)
    assert 100 < report.total.finished < report.total.sessions < 160
    assert {dot.state for day in report.days for dot in day.dots} == set(DotState)
    assert report.back.trend is Trend.LOWER
    assert report.leg.trend is Trend.STEADY
    assert report.reach.trend is Trend.LOWER
    assert any(row.note for row in report.rows)
    today = report.days[-1].dots
    assert [(dot.slot, dot.state is DotState.DONE) for dot in today] == [
        (view.slot, view.done_at is not None) for view in sample.reminders().slots
    ]
