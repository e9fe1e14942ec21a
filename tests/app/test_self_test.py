"""The self-test, from source: what it finds, and what becomes of what a check comes upon."""

import re
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Final

import pytest
from PySide6.QtCore import QObject
from PySide6.QtGui import QColorConstants, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from stretchplayer.app import self_test
from stretchplayer.app.self_test import (
    CHECKS,
    Finding,
    Verdict,
    findings,
    player,
    run_self_test,
    shipped,
    storage,
    system,
)
from stretchplayer.app.self_test.bench import Bench, Check, CheckError, Lacking
from stretchplayer.audio.system_voice.voice import speech_helper_command
from stretchplayer.cli import main
from stretchplayer.i18n import install
from stretchplayer.player.session import Session
from stretchplayer.player.state import State
from stretchplayer.storage.assets import asset_dir

NOT_HERE: Final = {"sound", "speech", "notifications", "tray"}
"""What there is none of where the tests run."""


@pytest.fixture
def bench(qapp: QApplication, tmp_path: Path) -> Iterator[Bench]:
    """What checks work with."""
    keep = QObject()
    yield Bench(data_dir=tmp_path, app=qapp, display_problem="There is no display", keep=keep)
    keep.deleteLater()


@pytest.fixture
def assets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of all assets that may be damaged."""
    copy = tmp_path / "assets"
    shutil.copytree(asset_dir("icons").parent, copy)
    monkeypatch.setattr("stretchplayer.storage.routines.routine_folder.asset_dir", copy.joinpath)
    monkeypatch.setattr("stretchplayer.storage.poses.pose_folder.asset_dir", copy.joinpath)
    monkeypatch.setattr("stretchplayer.storage.licences.asset_dir", copy.joinpath)
    monkeypatch.setattr("stretchplayer.app.self_test.shipped.asset_dir", copy.joinpath)
    monkeypatch.setattr("stretchplayer.storage.assets.asset_dir", copy.joinpath)
    return copy


@pytest.mark.usefixtures("no_helper")
def test_all_that_is_shipped_passes(bench: Bench) -> None:
    found = {finding.name: finding for finding in findings(bench)}
    assert list(found) == [name for name, _ in CHECKS]
    assert {name for name, finding in found.items() if finding.verdict is Verdict.LACKING} == NOT_HERE
    assert not [finding for finding in found.values() if finding.verdict is Verdict.FAILED]
    assert found["session"].text == "33 phases played, 6 holds done"


@pytest.fixture
def no_helper(monkeypatch: pytest.MonkeyPatch) -> None:
    """The speech helper answers that there is no voice."""
    answers = [{"event": "done", "id": 0}, {"event": "no_voice", "id": 1, "reason": "none here"}]
    monkeypatch.setattr(system, "ask_helper", lambda *_: answers)


def test_each_finding_is_a_line_and_failure_an_exit_code(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    told = [
        Finding(verdict=Verdict.FINE, name="good", text="yes"),
        Finding(verdict=Verdict.LACKING, name="lame", text="well"),
        Finding(verdict=Verdict.FAILED, name="bad", text="no"),
    ]
    monkeypatch.setattr(self_test, "findings", lambda _bench: iter(told[:2]))
    assert main(["self-test"]) == 0
    monkeypatch.setattr(self_test, "findings", lambda _bench: iter(told))
    assert main(["self-test"]) == 1
    assert capsys.readouterr().out.splitlines()[2:] == [
        "ok    good           yes",
        "note  lame           well",
        "FAIL  bad            no",
    ]


def test_names_and_verdicts_are_translated(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("LANGUAGE", "")  # which the command sets
    found = [
        Finding(verdict=verdict, name=name, text="") for verdict, (name, _check) in zip(Verdict, CHECKS, strict=False)
    ]
    monkeypatch.setattr(self_test, "findings", lambda _bench: iter(found))
    try:
        main(["self-test", "--language", "en-XA"])
    finally:
        install(Path("nowhere"), "en")
    shown = capsys.readouterr().out
    assert shown.count("\n") == len(Verdict)
    assert not re.search("[A-Za-z]{2,}", shown)


def test_a_fault_in_one_check_does_not_keep_the_others_from_being_made(bench: Bench) -> None:
    def wrong(_bench: Bench) -> str:
        raise CheckError("broken")

    def lacking(_bench: Bench) -> str:
        raise Lacking("gone")

    def unforeseen(_bench: Bench) -> str:
        raise ZeroDivisionError("by zero")

    def fine(_bench: Bench) -> str:
        return "there"

    checks: tuple[tuple[str, Check], ...] = (("a", wrong), ("b", lacking), ("c", unforeseen), ("d", fine))
    assert [(each.verdict, each.text) for each in findings(bench, checks)] == [
        (Verdict.FAILED, "broken"),
        (Verdict.LACKING, "gone"),
        (Verdict.FAILED, "ZeroDivisionError: by zero"),
        (Verdict.FINE, "there"),
    ]


@pytest.mark.usefixtures("qapp")
def test_without_a_display_it_does_without(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Bench] = []
    monkeypatch.setattr(self_test, "display_problem", lambda _environ: "There is no display")

    def watch(bench: Bench) -> Iterator[Finding]:
        seen.append(bench)
        yield from ()

    monkeypatch.setattr(self_test, "findings", watch)
    assert run_self_test(lambda _finding: None)
    assert seen[0].display_problem == "There is no display"
    assert not seen[0].data_dir.exists()


# Damage is found


@pytest.mark.parametrize(
    ("damaged", "check", "words"),
    [
        ("routines/hamstring-trio.toml", shipped.check_routines, "hamstring-trio"),
        ("poses/leg-up.toml", shipped.check_figure, "leg-up"),
        ("sounds/done.wav", shipped.check_tones, "done.wav can't be decoded"),
    ],
)
def test_a_damaged_file_is_found(assets: Path, bench: Bench, damaged: str, check: Check, words: str) -> None:
    (assets / damaged).write_text("nonsense", encoding="utf-8")
    with pytest.raises(CheckError, match=words):
        check(bench)


@pytest.mark.parametrize(
    ("folder", "check", "words"),
    [
        ("routines", shipped.check_routines, "no routine"),
        ("poses", shipped.check_figure, "no poses"),
        ("icons", shipped.check_icons, "icons are blank: all"),
        ("sounds", shipped.check_tones, "missing"),
    ],
)
def test_missing_files_are_found(assets: Path, bench: Bench, folder: str, check: Check, words: str) -> None:
    for path in (assets / folder).iterdir():
        path.unlink()
    with pytest.raises(CheckError, match=words):
        check(bench)


def test_a_tone_that_is_cut_short_is_found(assets: Path, bench: Bench) -> None:
    path = assets / "sounds" / "done.wav"
    path.write_bytes(path.read_bytes()[:-100])
    with pytest.raises(CheckError, match=r"done\.wav is cut short"):
        shipped.check_tones(bench)


def test_a_missing_clip_is_found(assets: Path, bench: Bench) -> None:
    next((assets / "voice" / "en-heart").glob("paused-*.ogg")).unlink()
    with pytest.raises(CheckError, match=r"recordings: Paused\."):
        shipped.check_voice(bench)


def test_a_blank_icon_is_found(assets: Path, bench: Bench) -> None:
    (assets / "icons" / "stop.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>')
    with pytest.raises(CheckError, match="these icons are blank: stop"):
        shipped.check_icons(bench)


def test_a_blank_figure_is_found(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    blank = QImage(8, 8, QImage.Format.Format_RGB32)
    blank.fill(QColorConstants.White)
    monkeypatch.setattr("stretchplayer.app.self_test.shipped.render_pose", lambda *_, **__: blank)
    with pytest.raises(CheckError, match=r"these poses are blank: .*leg-up"):
        shipped.check_figure(bench)


def test_an_empty_licence_is_found(assets: Path, bench: Bench) -> None:
    (assets / "licences" / "rich.txt").write_text("", encoding="utf-8")
    with pytest.raises(CheckError, match="no licence text for rich"):
        shipped.check_licences(bench)


def test_a_bundle_says_that_it_is_one(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    assert shipped.check_version(bench).endswith("source")
    monkeypatch.setattr("sys.frozen", True, raising=False)
    assert shipped.check_version(bench).endswith("bundle")


def test_a_session_that_does_not_end_is_found_and_stopped(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(player, "SESSION_WITHIN_MS", 0)
    with pytest.raises(CheckError, match="a session did not finish"):
        player.check_session(bench)
    (session,) = bench.keep.findChildren(Session)
    qtbot.waitUntil(lambda: session.state is State.STOPPED)


def test_a_history_that_forgets_is_found(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("stretchplayer.storage.history.writer.HistoryWriter.put", lambda *_: None)
    with pytest.raises(CheckError, match="read back"):
        storage.check_history(bench)


def test_a_history_that_cannot_be_written_is_found(bench: Bench) -> None:
    (bench.data_dir / "history.db").mkdir()
    with pytest.raises(CheckError, match="history"):
        storage.check_history(bench)


def test_a_calendar_without_entries_is_found(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("stretchplayer.storage.calendar_file.calendar_of", lambda *_, **__: b"")
    with pytest.raises(CheckError, match="the calendar has 0 entries"):
        storage.check_calendar(bench)


def test_a_reminder_that_is_forgotten_is_found(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("stretchplayer.storage.reminders.ReminderFile.save", lambda *_: None)
    with pytest.raises(CheckError, match="a reminder that was skipped"):
        storage.check_reminders(bench)


def test_settings_that_are_not_kept_are_found(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("stretchplayer.storage.settings.SettingsFile.save", lambda *_: None)
    with pytest.raises(CheckError, match="read back"):
        storage.check_settings(bench)


def test_a_hold_that_does_not_count_is_found(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("stretchplayer.routine.held_time.HeldTime.holds_done", 5)
    with pytest.raises(CheckError, match="only 5 of 6 holds count as done"):
        player.check_session(bench)


# The system


def test_a_missing_plugin_is_found(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system, "NEEDED_PLUGINS", {sys.platform: ("platforms/qnowhere",)})
    with pytest.raises(CheckError, match="the plugin platforms/qnowhere is missing"):
        system.check_plugins(bench)


def test_a_plugin_that_cannot_be_loaded_is_found(bench: Bench, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    broken = tmp_path / "libbroken.so"
    broken.write_bytes(b"\x7fELF")
    monkeypatch.setattr(system, "plugin_file", lambda _name: broken)
    with pytest.raises(CheckError, match="broken"):
        system.check_plugins(bench)


@pytest.mark.parametrize(
    ("answers", "verdict", "words"),
    [
        ([], Verdict.FAILED, "the speech helper does not answer"),
        ([{"event": "done", "id": 0}], Verdict.LACKING, "the system's speech service does not answer"),
        (
            [{"event": "done", "id": 0}, {"event": "no_voice", "id": 1, "reason": "no engine"}],
            Verdict.LACKING,
            "no engine",
        ),
        (
            [{"event": "done", "id": 0}, {"event": "ready", "id": 1, "engine": "speechd", "voices": [{}, {}]}],
            Verdict.FINE,
            "2 voices of speechd",
        ),
    ],
)
def test_what_the_speech_helper_says(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, answers: list[object], verdict: Verdict, words: str
) -> None:
    monkeypatch.setattr(system, "ask_helper", lambda *_: answers)
    (finding,) = findings(bench, (("speech", system.check_speech),))
    assert finding.verdict is verdict
    assert words in finding.text


def test_a_speech_plugin_without_its_library_is_no_failure(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(system, "ask_helper", lambda *_: [{"event": "done", "id": 0}])
    monkeypatch.setattr(system, "plugin_file", lambda _name: tmp_path / "libnone.so")
    with pytest.raises(Lacking, match="only the recorded voice works"):
        system.check_speech(bench)


def test_the_real_helper_is_asked() -> None:
    requests = [{"do": "ping", "id": 0}]
    assert system.ask_helper(speech_helper_command(), requests, bool) == [{"event": "done", "id": 0}]


@pytest.mark.parametrize(
    ("verdict", "told"),
    [("broken", r"the audio system rejected \S+\.wav$"), (None, "did not answer in time"), ("loaded", None)],
)
def test_sounds_that_are_not_taken_are_found(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, verdict: str | None, told: str | None
) -> None:
    def ask(_command: object, requests: list[dict[str, object]], is_all: Callable[[object], bool]) -> object:
        device = {"event": "device", "name": "speakers"}
        answers = [device, *({"event": "loaded", "id": request["id"]} for request in requests[1:]), {"event": "beat"}]
        assert not is_all(answers)
        if verdict is not None:
            answers.append({"event": verdict, "id": 0})
            assert is_all(answers)
        return answers

    monkeypatch.setattr(system, "server_listens", lambda: True)
    monkeypatch.setattr(system, "ask_helper", ask)
    if told is None:
        assert system.check_sound(bench).endswith("played to speakers")
    else:
        with pytest.raises(CheckError, match=told):
            system.check_sound(bench)


def test_without_a_device_sessions_are_silent(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    def ask(_command: object, _requests: object, is_all: Callable[[object], bool]) -> object:
        assert is_all([{"event": "no_device", "reason": "none"}])
        return []

    monkeypatch.setattr(system, "ask_helper", ask)
    for listens in (True, False):
        monkeypatch.setattr(system, "server_listens", lambda listens=listens: listens)
        with pytest.raises(Lacking, match="without sound"):
            system.check_sound(bench)


def test_who_shows_notifications_is_told(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system, "sys", SimpleNamespace(platform="linux"))
    monkeypatch.setattr(system, "notification_server", lambda: "dunst 1")
    assert system.check_notifications(bench) == "dunst 1"


class FakeNotifier:
    """The library's; its own stand-in can do nothing."""

    def __init__(self, *capabilities: str) -> None:
        self._capabilities = frozenset(capabilities)

    async def get_capabilities(self) -> frozenset[str]:
        return self._capabilities


def test_the_library_for_notifications_is_tried_where_it_is_needed(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_library: object, _icon: Path) -> None:
        raise OSError("class not registered")

    monkeypatch.setattr(system, "sys", SimpleNamespace(platform="win32"))
    monkeypatch.setitem(sys.modules, "desktop_notifier", None)
    with pytest.raises(ImportError):
        system.check_notifications(bench)
    monkeypatch.setattr(system, "desktop_notifier", object)
    monkeypatch.setattr(system, "make_notifier", lambda _library, _icon: FakeNotifier("title", "buttons"))
    assert system.check_notifications(bench) == "the system's own"
    monkeypatch.setattr(system, "make_notifier", lambda _library, _icon: FakeNotifier())
    with pytest.raises(Lacking, match="no notifications of this program"):
        system.check_notifications(bench)
    monkeypatch.setattr(system, "make_notifier", refuse)
    with pytest.raises(Lacking, match="class not registered"):
        system.check_notifications(bench)


@pytest.mark.parametrize(("there", "verdict"), [(True, Verdict.FINE), (False, Verdict.LACKING)])
def test_whether_there_is_a_tray_is_told(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, there: bool, verdict: Verdict
) -> None:
    monkeypatch.setattr("PySide6.QtWidgets.QSystemTrayIcon.isSystemTrayAvailable", lambda: there)
    shown = Bench(data_dir=bench.data_dir, app=bench.app)
    (finding,) = findings(shown, (("tray", system.check_tray),))
    assert finding.verdict is verdict
