"""The reminder settings: what they show, emit and refuse."""

from datetime import time

import pytest
from PySide6.QtCore import QLocale, QPoint, QPointF, Qt, QTime
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from stretchplayer.reminders.slots import EVERY_DAY, MAX_SLOTS, ReminderSettings, SlotTime
from stretchplayer.settings import Appearance, Settings
from stretchplayer.ui.pages.settings_page import SettingsPage
from stretchplayer.ui.reminders.reminder_settings import ReminderCard
from stretchplayer.ui.reminders.times_editor import TimeRow, TimesEditor
from stretchplayer.ui.theme.style import Theme
from tests.posix import not_on_windows
from tests.ui.stage import FONTS, FakeAutostartControl, WindowStage, settle

MORNING, EVENING = time(8), time(20)
WEEKEND = frozenset({5, 6})


class Changes:
    """The section, and what it emitted."""

    def __init__(self, settings: ReminderSettings) -> None:
        self.autostart = FakeAutostartControl()
        self.section = ReminderCard(settings, self.autostart)
        self.told: list[ReminderSettings] = []
        self.section.reminders_changed.connect(self.told.append)

    @property
    def editor(self) -> TimesEditor:
        """The list of times."""
        return self.section.times

    @property
    def times(self) -> list[time]:
        """The times last emitted."""
        return [slot.at for slot in self.told[-1].slots]


@pytest.fixture
def changes(qapp: QApplication) -> Changes:
    Theme(qapp, Appearance.DARK, FONTS)  # whose keys press buttons
    return Changes(ReminderSettings())


@pytest.mark.parametrize(
    ("field", "name"),
    [
        ("enabled", "enabled"),
        ("sound", "sound"),
        ("fullscreen", "start_fullscreen"),
        ("keep_running", "keep_running"),
        ("wait_in_calls", "wait_in_calls"),
    ],
)
def test_each_switch_is_told(changes: Changes, field: str, name: str) -> None:
    switch = getattr(changes.section, field)
    before = getattr(ReminderSettings(), name)
    assert switch.isChecked() is before
    switch.click()
    assert getattr(changes.told[-1], name) is not before


def test_without_reminders_the_rest_can_t_be_changed(changes: Changes) -> None:
    changes.section.enabled.click()
    assert not changes.editor.isEnabled()
    assert not changes.section.calendar.isEnabled()
    assert not changes.section.keep_running.isEnabled()
    changes.section.enabled.click()
    assert changes.editor.isEnabled()
    assert changes.section.calendar.isEnabled()


def test_a_time_is_added_changed_and_removed(changes: Changes) -> None:
    changes.editor.add.click()
    assert changes.times == [MORNING, time(13), EVENING]
    changes.editor.rows[2].edit.setTime(QTime(6, 15))
    assert changes.times == [time(6, 15), MORNING, EVENING]
    assert changes.editor.rows[2].edit.accessibleName() == "Reminder at 06:15"
    assert changes.editor.rows[2].remove.accessibleName() == "Remove the reminder at 06:15"
    changes.editor.rows[0].remove.click()
    assert changes.times == [time(6, 15), EVENING]
    for _ in range(2):
        changes.editor.rows[0].remove.click()
    assert changes.times == []
    assert not changes.section.calendar.isEnabled()
    changes.editor.add.click()
    assert changes.times == [MORNING]
    assert changes.section.calendar.isEnabled()


def test_there_is_an_end_to_adding(qapp: QApplication) -> None:
    assert qapp is not None
    changes = Changes(ReminderSettings(slots=()))
    for _ in range(MAX_SLOTS + 3):
        changes.editor.add.click()
    assert len(changes.told[-1].slots) == MAX_SLOTS
    assert not changes.editor.add.isEnabled()


def test_the_weekdays_of_a_time(changes: Changes) -> None:
    row = changes.editor.rows[0]
    for button in row.days:
        if button.day not in WEEKEND:
            button.click()
    assert changes.told[-1].slots[0] == SlotTime(at=MORNING, weekdays=WEEKEND)
    assert changes.told[-1].slots[0].weekdays == WEEKEND
    assert changes.told[-1].slots[1].weekdays == EVERY_DAY
    saturday = next(button for button in row.days if button.day == 5)
    assert saturday.accessibleName() == "Saturday at 08:00"
    assert saturday.text() == "Sat"


def test_the_last_weekday_stays(qapp: QApplication) -> None:
    assert qapp is not None
    changes = Changes(ReminderSettings(slots=(SlotTime(at=MORNING, weekdays=frozenset({2})),)))
    wednesday = next(button for button in changes.editor.rows[0].days if button.isChecked())
    wednesday.click()
    assert wednesday.isChecked()
    assert all(told.slots[0].weekdays == {2} for told in changes.told)


def test_two_times_can_t_be_the_same(changes: Changes) -> None:
    evening = changes.editor.rows[1]
    evening.edit.setTime(QTime(8, 0))
    assert changes.told == []
    assert not changes.editor.hint.isHidden()
    assert "08:00" in changes.editor.hint.text()
    evening.edit.editingFinished.emit()
    assert evening.at == EVENING
    assert changes.editor.hint.isHidden()
    evening.edit.setTime(QTime(8, 0))
    evening.edit.setTime(QTime(8, 1))
    assert changes.editor.hint.isHidden()
    assert changes.times == [MORNING, time(8, 1)]


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return])
def test_a_weekday_is_switched_by_key(changes: Changes, key: Qt.Key) -> None:
    monday = next(button for button in changes.editor.rows[0].days if button.day == 0)
    QTest.keyClick(monday, key)
    assert changes.told[-1].slots[0].weekdays == EVERY_DAY - {0}
    off = monday.grab().toImage()
    QTest.keyClick(monday, key)
    assert changes.told[-1].slots[0].weekdays == EVERY_DAY
    assert monday.grab().toImage() != off


def test_a_calendar_is_wished(changes: Changes) -> None:
    asked_for: list[bool] = []
    changes.section.calendar_requested.connect(lambda: asked_for.append(True))
    changes.section.calendar.click()
    assert asked_for == [True]


def test_starting_at_login_is_shown_as_the_system_says(changes: Changes) -> None:
    asked_for = changes.autostart.chosen
    switch = changes.section.autostart
    assert not switch.isEnabled()
    changes.autostart.report(False)
    switch.click()
    assert asked_for == [True]
    assert not switch.isChecked(), "nothing is on before the system says so"
    changes.autostart.report(True)
    assert switch.isChecked()
    switch.click()
    assert asked_for == [True, False]
    assert switch.isChecked()


def settings_of(window: WindowStage) -> SettingsPage:
    page = window.view.findChild(SettingsPage)
    assert isinstance(page, SettingsPage)
    return page


def test_the_page_tells_all_settings(window: WindowStage) -> None:
    told: list[Settings] = []
    commands: list[object] = []
    window.view.settings_changed.connect(told.append)
    window.autostart.report(False)
    window.press("Settings")
    section = settings_of(window).reminders
    section.calendar_requested.connect(lambda: commands.append("calendar"))
    section.sound.click()
    assert told[-1].reminders == ReminderSettings(sound=False)
    section.autostart.click()
    section.calendar.click()
    assert commands == ["calendar"]
    assert window.autostart.chosen == [True]
    window.autostart.report(True)
    assert section.autostart.isChecked()


def test_the_wheel_changes_no_time(window: WindowStage) -> None:
    window.press("Settings")
    edit = settings_of(window).reminders.times.rows[0].edit
    middle = QPointF(edit.rect().center())
    event = QWheelEvent(
        middle, edit.mapToGlobal(middle), QPoint(0, 0), QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(edit, event)
    assert not event.isAccepted()


@pytest.mark.parametrize("size", [(800, 500), (1060, 720), (1080, 1920)])
def test_every_part_of_a_time_has_room(window: WindowStage, size: tuple[int, int]) -> None:
    window.resize(*size)
    window.press("Settings")
    settle()
    for row in settings_of(window).reminders.times.rows:
        for part in (row.edit, *row.days, row.remove):
            assert part.width() >= 24
            assert part.height() >= 24
            assert part.geometry().right() <= row.width()


@pytest.mark.parametrize(
    ("language", "rows"),
    [
        ("en_GB", 1),
        ("pt_BR", 1),
        ("ja_JP", 1),
        pytest.param("pt_PT", 1, marks=not_on_windows("its letters are a little wider")),
        ("lkt_US", 2),
    ],
)
def test_weekdays_are_named_as_the_language_does_in_as_many_rows_as_they_need(
    qapp: QApplication, language: str, rows: int
) -> None:
    assert qapp is not None
    before = QLocale()
    QLocale.setDefault(QLocale(language))
    try:
        row = TimeRow(SlotTime(at=MORNING, weekdays=EVERY_DAY))
    finally:
        QLocale.setDefault(before)
    row.resize(row.sizeHint())
    row.grab()
    assert len({button.text() for button in row.days}) == 7
    assert len({button.y() for button in row.days}) == rows
    assert all(button.width() >= button.sizeHint().width() for button in row.days)
