"""Sessions are recorded and resumed by the program as it is wired."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from stretchplayer.app.playback import Playback
from stretchplayer.desktop.clock import SystemClock
from stretchplayer.player.reminder_scheduler import ReminderScheduler
from stretchplayer.player.state import State
from stretchplayer.progress.history import HoldRecord, SessionOutcome, SessionRecord, new_session_id, with_progress
from stretchplayer.reminders.log import ReminderLog
from stretchplayer.reminders.presence import Presence
from stretchplayer.reminders.rules import session_finished
from stretchplayer.reminders.slots import ReminderSettings
from stretchplayer.routine.timeline import PhaseKind, Timeline
from stretchplayer.routine.timeline_builder import build_timeline
from stretchplayer.storage.history.database import FILE_NAME
from stretchplayer.storage.history.reader import HistoryFileReader
from stretchplayer.storage.history.writer import HistoryWriter
from stretchplayer.storage.plan_snapshot import plan_as_text
from stretchplayer.storage.reminders import ReminderFile
from stretchplayer.ui.terminal.terminal_player import TerminalPlayer
from stretchplayer.ui.text.safety import URGENT
from tests.fakes import FakeClock, FakeTimer
from tests.routine.shipped import hamstring_trio

MakePlayback = Callable[..., Playback]


def sessions(data_dir: Path) -> list[SessionRecord]:
    """What is remembered, the newest first."""
    reader = HistoryFileReader(data_dir)
    return list(reader.sessions(date.min, date.max))


def leave(data_dir: Path, plan: Timeline, *, plan_text: str | None = None, minutes: int = 10) -> SessionRecord:
    """Leave a session in the second hold, some minutes ago, as a program does that is killed."""
    now = SystemClock().now()
    first, second, *_ = plan.holds()
    started_at = now - timedelta(minutes=minutes)
    record = SessionRecord(
        id=new_session_id(started_at, 1),
        routine=plan.routine.id,
        title=plan.routine.title,
        plan=plan_as_text(plan) if plan_text is None else plan_text,
        started_at=started_at,
        seen_at=started_at,
        holds=tuple(
            HoldRecord(
                index=hold.index,
                stretch=hold.exercise,
                title=hold.exercise,
                side=hold.side,
                planned_ms=hold.duration_ms,
                held_ms=0,
            )
            for hold in plan.holds()
        ),
    )
    held_ms = {first.index: first.duration_ms, second.index: 9_000}
    store = HistoryWriter(data_dir)
    store.put(with_progress(record, at=started_at, phase=second.index, held_ms=held_ms))
    store.open()
    store.close()
    return record


def test_a_session_is_remembered_and_the_trace_tells_nothing_before(
    make_playback: MakePlayback, data_dir: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    playback = make_playback(trace=tmp_path / "trace.jsonl")
    history = playback.open_history()
    assert playback.open_history() is history
    with qtbot.waitSignal(playback.session.ended):
        playback.start()
    playback.open_history().store.close()
    (record,) = sessions(data_dir)
    assert record.outcome is SessionOutcome.FINISHED
    assert record.held_ms == record.planned_ms
    assert not record.counts
    told = [json.loads(line) for line in (tmp_path / "trace.jsonl").read_text().splitlines()]
    assert told[-1]["event"] == "session"
    assert record.id == history.recorder.session_id


def test_a_session_that_began_before_the_history_was_open_is_remembered_too(
    make_playback: MakePlayback, data_dir: Path
) -> None:
    playback = make_playback(rate=2.5)
    playback.start()
    assert not (data_dir / FILE_NAME).exists()
    playback.open_history()
    playback.open_history().store.close()
    (record,) = sessions(data_dir)
    assert record.outcome is SessionOutcome.OPEN
    assert record.phase == 0


def test_the_slot_of_a_session_is_remembered(make_playback: MakePlayback, data_dir: Path, qtbot: QtBot) -> None:
    playback = make_playback()
    playback.open_history().recorder.slot_of = lambda started, _ended: f"{started:%Y-%m-%d}T08:00"
    playback.start()
    qtbot.waitUntil(lambda: playback.session.held is not None and playback.session.held.total_ms > 0)
    playback.session.stop()
    playback.open_history().store.close()
    (record,) = sessions(data_dir)
    assert record.slot == f"{record.day}T08:00"
    assert record.outcome is SessionOutcome.STOPPED


@pytest.mark.parametrize(("hour", "expected"), [(7, "T08:00"), (10, None), (19, "T20:00")])
def test_a_session_has_the_same_slot_whether_this_program_reminds_or_not(
    make_playback: MakePlayback, data_dir: Path, hour: int, expected: str | None
) -> None:
    morning = FakeClock().now().replace(hour=8, minute=10)
    started, ended = morning.replace(hour=hour, minute=30), morning.replace(hour=hour, minute=40)
    if hour > morning.hour:
        settings = ReminderSettings()
        done = session_finished(ReminderLog(), settings, started=morning - timedelta(minutes=9), ended=morning)
        ReminderFile(data_dir).save(done)
    clock = FakeClock(started)
    scheduler = ReminderScheduler(
        clock=clock,
        timer=FakeTimer(clock),
        presence=lambda: Presence.FREE,
        store=ReminderFile(data_dir),
        settings=ReminderSettings(),
    )
    found = make_playback().open_history().recorder.slot_of(started, ended)
    assert found == scheduler.slot_of(started, ended)
    assert found == (expected and f"{started:%Y-%m-%d}{expected}")


def found_by(playback: Playback, qtbot: QtBot) -> SessionRecord | None:
    """What the history finds unfinished."""
    history = playback.open_history()
    with qtbot.waitSignal(history.unfinished_found) as looked:
        pass
    assert looked.args is not None
    found = looked.args[0]
    assert found is None or isinstance(found, SessionRecord)
    assert history.unfinished == found
    return found


def test_a_session_is_gone_on_with_where_it_was(
    make_playback: MakePlayback, data_dir: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("stretchplayer.app.playback.LOUDEST_RATE", 0.5)  # no sound
    plan = build_timeline(hamstring_trio())
    left = leave(data_dir, plan)
    playback = make_playback(rate=1.0)
    found = found_by(playback, qtbot)
    assert found is not None
    assert found.id == left.id
    playback.resume_session()
    playback.resume_session()
    assert playback.session.phase is not None
    assert playback.session.phase.kind is PhaseKind.SWITCH_SIDES
    assert playback.session.phase.index < plan.holds()[1].index
    assert playback.session.held is not None
    assert playback.session.held.total_ms == 39_000
    assert playback.open_history().unfinished is None
    playback.session.stop()
    playback.open_history().store.close()
    (record,) = sessions(data_dir)
    assert (record.id, record.outcome, record.held_ms) == (left.id, SessionOutcome.STOPPED, 39_000)


def test_it_can_be_closed_as_it_was(make_playback: MakePlayback, data_dir: Path, qtbot: QtBot) -> None:
    left = leave(data_dir, build_timeline(hamstring_trio()))
    playback = make_playback()
    assert found_by(playback, qtbot) is not None
    for _ in range(2):
        playback.open_history().close_unfinished()
    playback.open_history().store.close()
    (record,) = sessions(data_dir)
    assert record.outcome is SessionOutcome.INTERRUPTED
    assert record.ended_at == replace(left, seen_at=record.seen_at).seen_at


def test_one_of_long_ago_is_closed_without_asking(make_playback: MakePlayback, data_dir: Path, qtbot: QtBot) -> None:
    leave(data_dir, build_timeline(hamstring_trio()), minutes=130)
    assert found_by(make_playback(), qtbot) is None
    assert [record.outcome for record in sessions(data_dir)] == [SessionOutcome.INTERRUPTED]


def test_one_whose_plan_can_t_be_read_is_closed(make_playback: MakePlayback, data_dir: Path, qtbot: QtBot) -> None:
    leave(data_dir, build_timeline(hamstring_trio()), plan_text="{}")
    playback = make_playback()
    assert found_by(playback, qtbot) is not None
    playback.resume_session()
    playback.open_history().store.close()
    assert [record.outcome for record in sessions(data_dir)] == [SessionOutcome.INTERRUPTED]


def test_what_goes_wrong_is_told_on_the_gui_s_thread(make_playback: MakePlayback, data_dir: Path, qtbot: QtBot) -> None:
    playback = make_playback()
    data_dir.mkdir(parents=True, exist_ok=True)
    (data_dir / FILE_NAME).write_bytes(b"no database " * 1_000)
    history = playback.open_history()
    told: list[str] = []
    history.problem_told.connect(told.append)
    with qtbot.waitSignal(history.unfinished_found):
        pass
    (sentence,) = told
    assert "renamed" in sentence
    assert history.problems == told, "for who listens from now on"


def test_pages_are_told_of_changes(make_playback: MakePlayback, qtbot: QtBot) -> None:
    playback = make_playback()
    history = playback.open_history()
    with qtbot.waitSignal(history.changed):
        playback.start()
    playback.session.stop()


# The terminal


def test_a_question_takes_one_key(capsys: pytest.CaptureFixture[str], make_playback: MakePlayback) -> None:
    answers: list[bool] = []
    playback = make_playback()
    player = TerminalPlayer(playback.session)
    for key in ("x", "g"):
        player.ask("Resume at Towel stretch, right leg?", "It ended in the middle.", answers.append)
        player.on_key(key)
        player.on_key("N")
    assert answers == [False, True]
    assert playback.session.state is State.IDLE
    shown = capsys.readouterr().out
    assert "Resume at Towel stretch, right leg?\n" in shown
    assert "g resume" in shown


def test_the_safety_rules_are_shown_until_enter(
    capsys: pytest.CaptureFixture[str], make_playback: MakePlayback
) -> None:
    started: list[bool] = []
    playback = make_playback()
    player = TerminalPlayer(playback.session)
    player.show_safety(playback.routine, lambda: started.append(True))
    shown = capsys.readouterr().out
    assert all(f"• {note.text}\n" in shown for note in playback.routine.safety)
    assert URGENT in shown
    for key in ("x", " ", "\r", "n"):
        player.on_key(key)
    assert started == [True]


def test_a_question_can_be_left_for_later(make_playback: MakePlayback, monkeypatch: pytest.MonkeyPatch) -> None:
    ended: list[bool] = []
    monkeypatch.setattr(QCoreApplication, "quit", lambda: ended.append(True))
    player = TerminalPlayer(make_playback().session)
    player.ask("Go on?", "It ended in the middle.", lambda _yes: None)
    player.on_key("q")
    assert ended == [True]
