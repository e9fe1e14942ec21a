"""Fields for times, numbers and days: they look like the others, can be hit, and do with keys what Qt's do."""

from datetime import date
from typing import TypeVar

import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, Qt, QTime
from PySide6.QtGui import QColor, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QCalendarWidget, QWidget
from pytestqt.qtbot import QtBot

from stretchplayer.ui import theme
from stretchplayer.ui.date_field import DateField
from stretchplayer.ui.pause_dialog import PauseDialog
from stretchplayer.ui.step_field import NumberField, TimeField
from stretchplayer.ui.text_field import TextField
from tests.ui.stage import settle
from tests.ui.test_fields import has_colour, picture

LEFT = Qt.MouseButton.LeftButton
Field = TypeVar("Field", bound=QWidget)
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
SIZES = [11, 15, 48]
"""Of letters, in px."""


@pytest.fixture
def page(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(640, 480)
    return made


@pytest.fixture
def time_field(page: QWidget) -> TimeField:
    made = TimeField(QTime(8, 0), page)
    made.setDisplayFormat("HH:mm")
    made.setKeyboardTracking(False)
    return shown(made, page)


@pytest.fixture
def number_field(page: QWidget) -> NumberField:
    made = NumberField(page)
    made.setRange(-1, 100)
    made.setDecimals(1)
    made.setSingleStep(0.5)
    made.setSpecialValueText(" ")
    made.setValue(-1)
    return shown(made, page)


@pytest.fixture
def dialog(qtbot: QtBot) -> PauseDialog:
    made = PauseDialog(date(2026, 3, 2))
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(made)
    made.show()
    settle()
    return made


def shown(field: Field, page: QWidget) -> Field:
    """The field away from the corner of the screen, where the pointer is."""
    page.setPalette(theme.palette(theme.DARK))
    field.resize(field.sizeHint())
    field.move(80, 80)
    page.show()
    settle()
    return field


def test_the_arrows_change_the_hour_and_the_keyboard_goes_on_in_the_field(time_field: TimeField) -> None:
    for button, hour in ((time_field.dress.more, 9), (time_field.dress.less, 8), (time_field.dress.less, 7)):
        QTest.mouseClick(button, LEFT)
        assert time_field.time() == QTime(hour, 0)
        assert time_field.hasFocus()
    for key, hour in ((Qt.Key.Key_Up, 8), (Qt.Key.Key_Down, 7), (Qt.Key.Key_Down, 6)):
        QTest.keyClick(time_field, key)
        assert time_field.time() == QTime(hour, 0)
    time_field.setCurrentSection(TimeField.Section.MinuteSection)
    QTest.mouseClick(time_field.dress.more, LEFT)
    QTest.keyClick(time_field, Qt.Key.Key_Up)
    assert time_field.time() == QTime(6, 2)


def test_no_number_is_followed_by_0_and_nothing_is_below(number_field: NumberField) -> None:
    less, more = number_field.dress.less, number_field.dress.more
    assert (less.isEnabled(), more.isEnabled()) == (False, True)
    for button, value in ((more, 0), (more, 0.5), (less, 0), (less, 0), (more, 0.5), (more, 1)):
        QTest.mouseClick(button, LEFT)
        assert number_field.value() == value
        assert less.isEnabled() == (value > 0)
    QTest.keyClick(number_field, Qt.Key.Key_PageDown)
    assert number_field.value() == 0
    QTest.keyClick(number_field, Qt.Key.Key_Down)
    assert number_field.value() == 0
    number_field.setValue(-1)
    number_field.stepBy(-1)
    assert number_field.value() == -1
    number_field.stepBy(1)
    assert number_field.value() == 0
    number_field.setValue(100)
    assert (less.isEnabled(), more.isEnabled()) == (True, False)


def arrows_of(field: QWidget) -> list[QAbstractButton]:
    return field.findChildren(QAbstractButton, options=Qt.FindChildOption.FindDirectChildrenOnly)


@pytest.mark.parametrize("pixels", SIZES)
@pytest.mark.parametrize("name", ["time_field", "number_field", "dialog"])
def test_every_arrow_can_be_hit_and_covers_no_words(request: pytest.FixtureRequest, name: str, pixels: int) -> None:
    widget = request.getfixturevalue(name)
    field = widget.day if isinstance(widget, PauseDialog) else widget
    field.setFont(theme.pixel_font(field.font(), pixels))
    field.setMinimumSize(field.sizeHint())
    field.resize(field.sizeHint())
    settle()
    arrows = arrows_of(field)
    assert len(arrows) == (1 if isinstance(field, DateField) else 2)
    line = field.lineEdit()
    words = QRect(QPoint(), field.fontMetrics().size(0, field.text()))
    left = line.x() + line.textMargins().left()
    for arrow in arrows:
        assert arrow.width() >= 28
        assert arrow.height() >= 28
        assert field.rect().contains(arrow.geometry())
        assert left + words.width() <= arrow.x()
        assert arrow.accessibleName()
        assert arrow.focusPolicy() is Qt.FocusPolicy.NoFocus
    assert not any(
        one.geometry().intersects(other.geometry()) for one in arrows for other in arrows if one is not other
    )


@pytest.mark.parametrize("name", ["time_field", "number_field"])
@pytest.mark.parametrize("colours", [theme.DARK, theme.LIGHT])
def test_they_follow_the_theme(request: pytest.FixtureRequest, name: str, colours: theme.Colours) -> None:
    field = request.getfixturevalue(name)
    field.window().setPalette(theme.palette(colours))
    settle()
    image = picture(field)
    assert has_colour(image, colours.raised)
    assert has_colour(image, colours.ink)
    assert not has_colour(image, colours.panel), "no white box of Qt's"


@pytest.mark.parametrize("name", ["time_field", "number_field"])
def test_an_arrow_that_is_pointed_at_stands_on_a_plate(request: pytest.FixtureRequest, name: str) -> None:
    field = request.getfixturevalue(name)
    arrow = field.dress.more
    assert not has_colour(picture(arrow), theme.DARK.track)
    arrow.setAttribute(Qt.WidgetAttribute.WA_UnderMouse)
    assert has_colour(picture(arrow), theme.DARK.track)
    arrow.setDown(True)
    assert has_colour(picture(arrow), QColor(theme.DARK.track).lighter(130).name())


@pytest.mark.parametrize("name", ["time_field", "number_field"])
def test_the_wheel_is_left_to_the_page(request: pytest.FixtureRequest, qapp: QApplication, name: str) -> None:
    field = request.getfixturevalue(name)
    before = field.text()
    event = QWheelEvent(
        QPointF(5, 5), QPointF(5, 5), QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    qapp.sendEvent(field, event)
    assert not event.isAccepted()
    assert field.text() == before


def test_the_arrow_of_a_day_opens_a_calendar_without_red_days(dialog: PauseDialog, qapp: QApplication) -> None:
    (arrow,) = arrows_of(dialog.day)
    QTest.mouseClick(arrow, LEFT)
    settle()
    popup = qapp.activePopupWidget()
    assert popup is not None
    assert popup.findChild(QCalendarWidget) is not None
    assert not has_colour(picture(popup), "#ff0000")
    popup.close()
    settle()
    QTest.keyClick(dialog.day, Qt.Key.Key_Up)
    assert dialog.day.date().day() == 10


def test_a_line_of_text_stands_on_a_plate_too(page: QWidget) -> None:
    field = shown(TextField(page), page)
    field.setText("It was good")
    field.resize(300, 40)
    settle()
    image = picture(field)
    assert has_colour(image, theme.DARK.raised)
    assert has_colour(image, theme.DARK.ink)
    assert not has_colour(image, theme.DARK.panel)
    assert field.textMargins().left() >= 6
    field.setFocus()
    settle()
    with_focus = picture(field)
    field.clearFocus()
    settle()
    assert picture(field) != with_focus
