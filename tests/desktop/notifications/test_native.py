"""Notifications of Windows and macOS, with a stand-in for the library."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from stretchplayer.desktop.notifications.native import NativeNotifier, desktop_notifier
from stretchplayer.reminders.reminder import Reminder, ReminderAction

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

    def __init__(self) -> None:
        self.broken = False
        self.absent = False
        self.names: list[str] = []
        self.sent: list[dict[str, Any]] = []
        self.cleared: list[str] = []

    def DesktopNotifier(self, app_name: str) -> "Library":
        if self.absent:
            raise RuntimeError("no notifications here")
        self.names.append(app_name)
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
    assert library.names == ["Stretch Player"]
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


def test_on_linux_the_library_is_not_needed(qapp: QApplication) -> None:
    with pytest.raises(ImportError):
        desktop_notifier()
