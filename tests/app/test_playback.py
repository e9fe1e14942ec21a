"""What both front ends share."""

import json
import logging
import os
import signal
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer, qCritical, qDebug, qWarning
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from stretchplayer.app.playback import Playback
from stretchplayer.audio.announcer import NullCuePlayer
from stretchplayer.errors import StorageError
from stretchplayer.player.state import State
from stretchplayer.routine.preferences import Preferences
from stretchplayer.routine.timeline import PhaseKind
from stretchplayer.settings import Settings
from stretchplayer.storage.settings import SettingsFile
from tests.posix import not_on_windows

MakePlayback = Callable[..., Playback]


def test_above_a_listener_s_speed_there_is_no_sound(make_playback: MakePlayback) -> None:
    playback = make_playback(rate=2.5)
    assert playback.sound is None
    assert isinstance(playback.cues, NullCuePlayer)
    playback.warm()


def test_the_voice_is_tried_in_the_language_of_the_interface_after_a_routine_in_another(
    make_playback: MakePlayback, monkeypatch: pytest.MonkeyPatch
) -> None:
    sound = make_playback(rate=1.0).sound
    assert sound is not None
    done: list[object] = []
    monkeypatch.setattr(sound.system_voice, "speak_in", done.append)
    monkeypatch.setattr(sound.cues, "play", lambda cue: done.append(cue.say))
    sound.try_voice()
    assert done == ["en", "Now the left leg."]


def test_the_session_plays_the_routine_with_the_settings(make_playback: MakePlayback) -> None:
    playback = make_playback()
    playback.take_settings(Settings(playing=Preferences(hold_s=10)))
    assert {hold.duration_ms for hold in playback.timeline().holds()} == {10_000}
    playback.start()
    assert playback.session.timeline is not None
    assert playback.session.timeline.routine.id == "hamstring-trio"


def test_a_session_that_starts_in_the_middle_counts_only_what_is_held(make_playback: MakePlayback) -> None:
    playback = make_playback()
    playback.start(2)
    session = playback.session
    assert session.phase is not None
    assert session.held is not None
    assert (session.phase.kind, session.phase.ordinal) == (PhaseKind.PREPARE, 2)
    assert session.phase.duration_ms > playback.timeline().begin_of(2).duration_ms, "there is time to get there"
    assert len(session.held.timeline.holds()) == 6
    assert session.held.total_ms == 0


def test_settings_are_kept_for_the_next_time(make_playback: MakePlayback, data_dir: Path) -> None:
    settings = Settings(playing=Preferences(hold_s=45, wait_for_me=True))
    make_playback().take_settings(settings)
    assert SettingsFile(data_dir).load() == settings
    assert make_playback().settings == settings


def test_a_routine_that_is_none_is_said_so(make_playback: MakePlayback) -> None:
    with pytest.raises(StorageError, match="no-such-routine"):
        make_playback(routine="no-such-routine")


def test_a_trace_that_can_t_be_written_is_said_so(make_playback: MakePlayback, tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="trace"):
        make_playback(trace=tmp_path / "no" / "such" / "folder")


def test_a_whole_session_is_traced_as_planned(make_playback: MakePlayback, tmp_path: Path, qtbot: QtBot) -> None:
    playback = make_playback(trace=tmp_path / "trace.jsonl")
    playback.start()
    qtbot.waitUntil(lambda: playback.session.state is State.FINISHED)
    playback.close()
    events = [json.loads(line) for line in (tmp_path / "trace.jsonl").read_text(encoding="utf-8").splitlines()]
    timeline = playback.timeline()
    assert [event["index"] for event in events if event["event"] == "phase"] == [p.index for p in timeline.phases]
    planned = [(str(cue.name), cue.at_ms) for cue in timeline.cues()]
    assert [(event["name"], event["at_ms"]) for event in events if event["event"] == "cue"] == planned
    assert events[-1]["event"] == "session"
    assert events[-1]["outcome"] == "finished"
    assert all(side == 30_000 for sides in events[-1]["held_ms"].values() for side in sides.values())


def test_the_program_ends_with_the_session(make_playback: MakePlayback, own_app: QApplication) -> None:
    playback = make_playback()
    playback.end_with_session()
    playback.start()
    QTimer.singleShot(0, playback.session.stop)
    assert own_app.exec() == 0
    assert playback.session.state is State.STOPPED


@not_on_windows("to send a signal ends a process there at once")
def test_a_signal_stops_the_session_and_ends_the_program(make_playback: MakePlayback, own_app: QApplication) -> None:
    playback = make_playback(rate=3.0)
    playback.start()
    QTimer.singleShot(0, lambda: os.kill(os.getpid(), signal.SIGTERM))
    assert own_app.exec() == 0
    assert playback.session.state is State.STOPPED


def test_closing_ends_a_session_and_the_trace_says_so(make_playback: MakePlayback, tmp_path: Path) -> None:
    playback = make_playback(rate=3.0, trace=tmp_path / "trace.jsonl")
    playback.start()
    while playback.session.phase is None or playback.session.phase.kind is not PhaseKind.HOLD:
        playback.session.next()
    playback.close()
    last = json.loads((tmp_path / "trace.jsonl").read_text(encoding="utf-8").splitlines()[-1])
    assert (last["event"], last["outcome"]) == ("session", "stopped")


def test_qt_s_messages_go_to_the_log(
    make_playback: MakePlayback, caplog: pytest.LogCaptureFixture, expected_log: Callable[[str], None]
) -> None:
    expected_log("a warning")
    expected_log("an error")
    make_playback()
    caplog.set_level(logging.DEBUG, "stretchplayer.qt")
    qDebug("a detail")
    qWarning("a warning")
    qWarning("No QtMultimedia backends found. Only tones.")
    qCritical("an error")
    levels = {record.message.split(": ")[-1]: record.levelno for record in caplog.records if "qt" in record.name}
    assert levels["a detail"] == logging.DEBUG
    assert levels["a warning"] == logging.WARNING
    assert levels["No QtMultimedia backends found. Only tones."] == logging.INFO
    assert levels["an error"] == logging.ERROR


def test_settings_that_can_t_be_kept_hold_all_the_same(make_playback: MakePlayback, data_dir: Path) -> None:
    playback = make_playback()
    data_dir.write_text("a file where the folder should be", encoding="utf-8")
    changed = replace(playback.settings, playing=Preferences(hold_s=10))
    with pytest.raises(StorageError):
        playback.take_settings(changed)
    assert playback.settings == changed
