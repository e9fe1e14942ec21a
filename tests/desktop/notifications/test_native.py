"""Notifications of Windows and macOS, with a stand-in for the library."""

import asyncio
import ctypes
import importlib
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Final

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from stretchplayer.desktop import app_id
from stretchplayer.desktop.app_id import APP_ID, KEY, claim_app_id
from stretchplayer.desktop.notifications import native
from stretchplayer.desktop.notifications.native import NativeNotifier, desktop_notifier, make_notifier
from stretchplayer.reminders.reminder import Reminder, ReminderAction
from tests.desktop.autostart.test_windows import FakeWinreg
from tests.posix import not_on_windows

REMINDER: Final = Reminder(
    title="Time to exercise", body="Trio.", start="Start", snooze="Snooze", skip="Skip", done="Done", open="Open"
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Button:
    """As the library's."""

    title: str
    on_pressed: Callable[[], None]


class Library:
    """Stands in for the module desktop_notifier. `broken`: nothing can be sent; `absent`: it can't even be set up."""

    Button = Button
    Icon = SimpleNamespace

    def __init__(self) -> None:
        self.icons: list[Any] = []
        self.broken = False
        self.absent = False
        self.names: list[str] = []
        self.sent: list[dict[str, Any]] = []
        self.cleared: list[str] = []

    def DesktopNotifier(self, app_name: str, app_icon: Any) -> "Library":  # noqa: ANN401 -- the library's
        if self.absent:
            raise RuntimeError("no notifications here")
        self.names.append(app_name)
        self.icons.append(app_icon)
        return self

    async def send(self, **what: Any) -> str:  # noqa: ANN401 -- the library's arguments
        if self.broken:
            raise OSError("not now")
        self.sent.append(what)
        return f"n{len(self.sent)}"

    async def clear(self, name: str) -> None:
        self.cleared.append(name)


@pytest.fixture
def library() -> Library:
    return Library()


@pytest.fixture
def notifier(qapp: QApplication, library: Library) -> Iterator[NativeNotifier]:
    notifier = NativeNotifier(qapp, load=lambda: library)
    yield notifier
    notifier.close()
    notifier.deleteLater()


def press(library: Library, title: str) -> None:
    """Press a button of the last notification, or the notification itself."""
    last = library.sent[-1]
    buttons = {button.title: button.on_pressed for button in last["buttons"]}
    buttons.get(title, last["on_clicked"])()


@pytest.mark.parametrize(
    ("title", "action"),
    [
        ("Start", ReminderAction.START),
        ("Snooze", ReminderAction.SNOOZE),
        ("Skip", ReminderAction.SKIP),
        ("itself", ReminderAction.OPEN),
    ],
)
def test_each_button_does_what_it_says_once(
    notifier: NativeNotifier, library: Library, qtbot: QtBot, title: str, action: ReminderAction
) -> None:
    answers: list[ReminderAction] = []
    notifier.on_action(answers.append)
    notifier.show(REMINDER)
    qtbot.waitUntil(lambda: bool(library.sent))
    assert library.names == [APP_ID]
    assert library.sent[0]["message"] == "Trio."
    press(library, title)
    press(library, title)
    qtbot.waitUntil(lambda: library.cleared == ["n1"])
    assert answers == [action]


def test_a_reminder_is_replaced_and_taken_away(notifier: NativeNotifier, library: Library, qtbot: QtBot) -> None:
    notifier.withdraw()
    notifier.show(REMINDER)
    notifier.show(REMINDER)
    qtbot.waitUntil(lambda: len(library.sent) == 2)
    assert library.cleared == ["n1"]
    notifier.close()
    assert library.cleared == ["n1", "n2"]


def test_an_answer_to_a_reminder_that_was_withdrawn_is_none(
    notifier: NativeNotifier, library: Library, qtbot: QtBot
) -> None:
    answers: list[ReminderAction] = []
    notifier.on_action(answers.append)
    notifier.show(REMINDER)
    qtbot.waitUntil(lambda: bool(library.sent))
    notifier.withdraw()
    press(library, "Start")
    qtbot.waitUntil(lambda: bool(library.cleared))
    assert not answers


def test_a_system_that_fails_is_asked_again_the_next_time(
    notifier: NativeNotifier, library: Library, qtbot: QtBot
) -> None:
    library.broken = True
    notifier.show(REMINDER)
    qtbot.waitUntil(lambda: bool(library.names))
    library.broken = False
    notifier.show(REMINDER)
    qtbot.waitUntil(lambda: bool(library.sent))


def test_where_the_library_does_not_work_nothing_happens(notifier: NativeNotifier, library: Library) -> None:
    library.absent = True
    notifier.show(REMINDER)
    notifier.withdraw()
    notifier.close()
    assert not library.sent


def test_its_loop_is_made_in_its_own_thread(
    notifier: NativeNotifier, library: Library, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    makers: list[threading.Thread] = []
    make = asyncio.new_event_loop

    def make_here() -> asyncio.AbstractEventLoop:
        makers.append(threading.current_thread())
        return make()

    monkeypatch.setattr(asyncio, "new_event_loop", make_here)
    notifier.show(REMINDER)
    qtbot.waitUntil(lambda: bool(library.sent))
    assert [thread is threading.main_thread() for thread in makers] == [False], "Ctrl+C would be lost on Windows"


def test_windows_is_told_our_name_and_picture(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    winreg = FakeWinreg()
    monkeypatch.setattr(native, "sys", SimpleNamespace(platform="win32"))
    monkeypatch.setattr(importlib, "import_module", lambda _name: winreg)
    make_notifier(library, tmp_path / "app.png")
    assert library.icons[0].path == tmp_path / "app.png"
    assert winreg.keys == {KEY: {"DisplayName": "Stretch Player", "IconUri": str(tmp_path / "app.png")}}
    make_notifier(library, None)
    assert library.icons[1] is None


def test_windows_knows_the_windows_of_the_program_by_its_id(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    shell = SimpleNamespace(SetCurrentProcessExplicitAppUserModelID=told.append)
    claim_app_id()
    monkeypatch.setattr(app_id, "sys", SimpleNamespace(platform="win32"))
    monkeypatch.setattr(ctypes, "windll", SimpleNamespace(shell32=shell), raising=False)
    claim_app_id()
    assert told == [APP_ID]


@not_on_windows("the library is installed there")
def test_on_linux_the_library_is_not_needed(qapp: QApplication) -> None:
    with pytest.raises(ImportError):
        desktop_notifier()
