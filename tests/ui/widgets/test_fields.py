"""Qt's fields in our style: they look alike, are easy to hit, and leave the wheel to the page."""

from collections.abc import Callable
from datetime import date
from typing import TypeVar

import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, Qt, QTime
from PySide6.QtGui import QColor, QCursor, QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QCalendarWidget,
    QComboBox,
    QDateEdit,
    QDoubleSpinBox,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSlider,
    QStyle,
    QStyleOptionComboBox,
    QStyleOptionSpinBox,
    QTimeEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from stretchplayer.ui.pages.reach_page import ReachPage
from stretchplayer.ui.reminders.pause_dialog import PauseDialog
from stretchplayer.ui.theme import palette as theme
from tests.ui.stage import settle

LEFT = Qt.MouseButton.LeftButton
Control = QStyle.ComplexControl
Part = QStyle.SubControl
Field = TypeVar("Field", bound=QWidget)
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
FIELDS = ["choice", "slider", "time_field", "number_field", "line"]


def picture(widget: QWidget) -> QImage:
    return widget.grab().toImage()


def has_colour(image: QImage, colour: str) -> bool:
    return any(
        image.pixelColor(x, y).name() == colour.lower() for x in range(image.width()) for y in range(image.height())
    )


@pytest.fixture(autouse=True)
def _pointer_elsewhere(qapp: QApplication) -> None:
    QCursor.setPos(0, 0)


@pytest.fixture
def page(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(640, 480)
    made.setPalette(theme.palette(theme.DARK))
    return made


def shown(field: Field, page: QWidget) -> Field:
    """The field at its size hint, away from the pointer in the corner of the screen."""
    field.setParent(page)
    field.resize(field.sizeHint())
    field.move(80, 80)
    page.show()
    settle()
    return field


@pytest.fixture
def choice(page: QWidget) -> QComboBox:
    made = QComboBox()
    made.addItems(["Left", "Right", "A choice with many more words than there is room for"])
    return shown(made, page)


@pytest.fixture
def slider(page: QWidget) -> QSlider:
    made = QSlider(Qt.Orientation.Horizontal)
    made.setRange(0, 100)
    made.setValue(30)
    shown(made, page)
    made.resize(220, 30)
    return made


@pytest.fixture
def time_field(page: QWidget) -> QTimeEdit:
    made = QTimeEdit(QTime(8, 0))
    made.setDisplayFormat("HH:mm")
    return shown(made, page)


@pytest.fixture
def number_field(qtbot: QtBot) -> QDoubleSpinBox:
    reach = ReachPage({})
    qtbot.addWidget(reach)
    reach.setPalette(theme.palette(theme.DARK))
    reach.resize(640, 600)
    reach.show()
    settle()
    reach.begin()
    made = reach.findChild(QDoubleSpinBox)
    assert isinstance(made, QDoubleSpinBox)
    return made


@pytest.fixture
def line(page: QWidget) -> QLineEdit:
    return shown(QLineEdit("It was good"), page)


@pytest.fixture
def dialog(qtbot: QtBot) -> PauseDialog:
    made = PauseDialog(date(2026, 3, 2))
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(made)
    made.show()
    settle()
    return made


@pytest.fixture
def day_field(dialog: PauseDialog) -> QDateEdit:
    made = dialog.findChild(QDateEdit)
    assert isinstance(made, QDateEdit)
    return made


def part_of(field: QAbstractSpinBox, part: Part) -> QRect:
    """The rectangle of a subcontrol."""
    if isinstance(field, QDateEdit):
        choosing = QStyleOptionComboBox()
        choosing.initFrom(field)
        return field.style().subControlRect(Control.CC_ComboBox, choosing, part, field)
    option = QStyleOptionSpinBox()
    option.initFrom(field)
    return field.style().subControlRect(Control.CC_SpinBox, option, part, field)


def hit(field: QAbstractSpinBox, part: Part) -> None:
    QTest.mouseClick(field, LEFT, pos=part_of(field, part).center())


def wheel(widget: QWidget) -> bool:
    """Turn the wheel over the widget; return whether it accepted."""
    here = QPointF(widget.rect().center())
    down, none = QPoint(0, -120), Qt.KeyboardModifier.NoModifier
    buttons, phase = Qt.MouseButton.NoButton, Qt.ScrollPhase.NoScrollPhase
    event = QWheelEvent(here, here, QPoint(), down, buttons, none, phase, False)
    QApplication.sendEvent(widget, event)
    return event.isAccepted()


def test_a_choice_shows_what_is_chosen(choice: QComboBox) -> None:
    seen = []
    for row in range(choice.count()):
        choice.setCurrentIndex(row)
        seen.append(bytes(picture(choice).constBits()))
    assert len(set(seen)) == choice.count()


def test_a_choice_is_made_by_keys(choice: QComboBox) -> None:
    choice.setFocus()
    QTest.keyClick(choice, Qt.Key.Key_Down)
    assert choice.currentText() == "Right"


def test_a_choice_can_be_narrower_than_its_longest_words(choice: QComboBox) -> None:
    assert choice.minimumSizeHint().width() < choice.sizeHint().width()
    assert choice.sizeHint().height() >= 24


@pytest.mark.parametrize("name", FIELDS)
def test_focus_and_being_disabled_can_be_seen(request: pytest.FixtureRequest, name: str) -> None:
    field: QWidget = request.getfixturevalue(name)
    field.clearFocus()
    settle()
    plain = picture(field)
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_Shift)
    settle()
    assert field.hasFocus()
    assert has_colour(picture(field), theme.DARK.ink)
    assert picture(field) != plain
    field.clearFocus()
    field.setEnabled(False)
    settle()
    assert picture(field) != plain


@pytest.mark.parametrize("name", [name for name in FIELDS if name != "line"])
def test_the_wheel_is_left_to_the_page(request: pytest.FixtureRequest, name: str) -> None:
    field: QWidget = request.getfixturevalue(name)
    before = picture(field)
    assert not wheel(field)
    assert picture(field) == before


@pytest.mark.parametrize("name", FIELDS)
@pytest.mark.parametrize("colours", [theme.DARK, theme.LIGHT])
def test_fields_follow_the_theme(request: pytest.FixtureRequest, name: str, colours: theme.Colours) -> None:
    field: QWidget = request.getfixturevalue(name)
    field.window().setPalette(theme.palette(colours))
    settle()
    image = picture(field)
    assert has_colour(image, colours.done if name == "slider" else colours.raised)
    assert not has_colour(image, colours.panel), "no white box of Qt's"


def test_a_slider_goes_where_it_is_clicked_and_follows_the_pointer(slider: QSlider) -> None:
    released: list[int] = []
    slider.sliderReleased.connect(lambda: released.append(slider.value()))
    QTest.mousePress(slider, LEFT, pos=QPoint(slider.width() // 2, 15))
    assert slider.value() == 50
    QTest.mouseMove(slider, QPoint(slider.width() + 40, 15))
    assert slider.value() == 100
    QTest.mouseRelease(slider, LEFT, pos=QPoint(slider.width() + 40, 15))
    assert released == [100]
    QTest.mouseMove(slider, QPoint(0, 15))
    assert slider.value() == 100


def test_a_slider_moves_by_keys(slider: QSlider) -> None:
    slider.setFocus()
    QTest.keyClick(slider, Qt.Key.Key_Right)
    QTest.keyClick(slider, Qt.Key.Key_PageUp)
    assert slider.value() == 41


def test_the_arrows_change_the_hour_and_the_keyboard_goes_on_in_the_field(time_field: QTimeEdit) -> None:
    for part, hour in ((Part.SC_SpinBoxUp, 9), (Part.SC_SpinBoxDown, 8), (Part.SC_SpinBoxDown, 7)):
        hit(time_field, part)
        assert time_field.time() == QTime(hour, 0)
    time_field.setFocus()
    time_field.setCurrentSection(QTimeEdit.Section.HourSection)
    for key, hour in ((Qt.Key.Key_Up, 8), (Qt.Key.Key_Down, 7), (Qt.Key.Key_Down, 6)):
        QTest.keyClick(time_field, key)
        assert time_field.time() == QTime(hour, 0)
    time_field.setCurrentSection(QTimeEdit.Section.MinuteSection)
    hit(time_field, Part.SC_SpinBoxUp)
    QTest.keyClick(time_field, Qt.Key.Key_Up)
    assert time_field.time() == QTime(6, 2)


def test_no_number_is_followed_by_0_and_nothing_is_below(number_field: QDoubleSpinBox) -> None:
    for part, value in (
        (Part.SC_SpinBoxUp, 0),
        (Part.SC_SpinBoxUp, 0.5),
        (Part.SC_SpinBoxDown, 0),
        (Part.SC_SpinBoxDown, 0),
        (Part.SC_SpinBoxUp, 0.5),
        (Part.SC_SpinBoxUp, 1),
    ):
        hit(number_field, part)
        assert number_field.value() == value
    for key in (Qt.Key.Key_PageDown, Qt.Key.Key_Down):
        QTest.keyClick(number_field, key)
        assert number_field.value() == 0
    number_field.setValue(-1)
    number_field.stepBy(-1)
    assert number_field.value() == -1
    number_field.stepBy(1)
    assert number_field.value() == 0


@pytest.mark.parametrize("pixels", [11, 15, 48])
@pytest.mark.parametrize("name", ["time_field", "number_field", "day_field"])
def test_every_arrow_can_be_hit_and_covers_no_words(request: pytest.FixtureRequest, name: str, pixels: int) -> None:
    field: QAbstractSpinBox = request.getfixturevalue(name)
    field.setFont(theme.pixel_font(field.font(), pixels))
    field.setMinimumSize(field.sizeHint())
    field.resize(field.sizeHint())
    settle()
    parts = [Part.SC_ComboBoxArrow] if isinstance(field, QDateEdit) else [Part.SC_SpinBoxUp, Part.SC_SpinBoxDown]
    arrows = [part_of(field, part) for part in parts]
    words = field.findChildren(QLineEdit)[0].x() + field.fontMetrics().horizontalAdvance(field.text())
    for arrow in arrows:
        assert arrow.width() >= 28
        assert arrow.height() >= 28
        assert field.rect().contains(arrow)
        assert words <= arrow.x()
        assert not any(arrow.intersects(other) for other in arrows if other is not arrow)


@pytest.mark.parametrize("name", ["time_field", "number_field"])
def test_an_arrow_that_is_pointed_at_stands_on_a_plate(request: pytest.FixtureRequest, name: str) -> None:
    field = request.getfixturevalue(name)
    assert not has_colour(picture(field), theme.DARK.track)
    arrow = part_of(field, Part.SC_SpinBoxUp).center()
    QTest.mouseMove(field, arrow)
    settle()
    assert has_colour(picture(field), theme.DARK.track)
    QTest.mousePress(field, LEFT, pos=arrow)
    assert has_colour(picture(field), QColor(theme.DARK.track).lighter(130).name())
    QTest.mouseRelease(field, LEFT, pos=arrow)


def test_the_arrow_of_a_day_opens_a_calendar_without_red_days(day_field: QDateEdit, qapp: QApplication) -> None:
    hit(day_field, Part.SC_ComboBoxArrow)
    settle()
    popup = qapp.activePopupWidget()
    assert popup is not None
    assert popup.findChild(QCalendarWidget) is not None
    assert not has_colour(picture(popup), "#ff0000")
    popup.close()
    settle()
    QTest.keyClick(day_field, Qt.Key.Key_Up)
    assert day_field.date().day() == 10


def test_a_line_of_text_keeps_off_the_edge_of_its_plate(line: QLineEdit) -> None:
    line.setCursorPosition(0)
    assert line.cursorRect().center().x() >= 6


@pytest.mark.parametrize(
    "act",
    [
        pytest.param(lambda area: area.verticalScrollBar().setValue(300), id="scrolled"),
        pytest.param(lambda area: area.widget().setFixedHeight(4000), id="more of it"),
        pytest.param(lambda area: area.widget().setFixedHeight(20), id="nothing to scroll"),
    ],
)
def test_a_scroll_bar_shows_where_one_is(qtbot: QtBot, act: Callable[[QScrollArea], None]) -> None:
    area, body = QScrollArea(), QWidget()
    qtbot.addWidget(area)
    body.setFixedSize(100, 1000)
    area.setWidget(body)
    area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
    area.resize(200, 200)
    area.show()
    settle()
    bar = area.verticalScrollBar()
    assert bar.width() >= 10
    before = picture(bar)
    act(area)
    settle()
    assert picture(bar) != before


def test_where_one_reads_from_right_to_left_the_fields_are_mirrored(time_field: QTimeEdit, slider: QSlider) -> None:
    for field in (time_field, slider):
        field.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    settle()
    assert part_of(time_field, Part.SC_SpinBoxUp).right() < time_field.width() / 2
    hit(time_field, Part.SC_SpinBoxUp)
    assert time_field.time() == QTime(9, 0)
    QTest.mouseClick(slider, LEFT, pos=QPoint(6, 15))
    assert slider.value() == 100


def test_a_button_of_qt_s_own_underlines_its_key_instead_of_showing_an_ampersand(qapp: QApplication) -> None:
    assert qapp is not None
    images = []
    for text in ("&Open", "Open"):
        button = QPushButton(text)
        button.resize(120, 40)
        images.append(picture(button))
    upper_half = QRect(0, 0, images[0].width(), images[0].height() // 2)
    assert images[0].copy(upper_half) == images[1].copy(upper_half)


def test_the_choices_of_a_field_open_below_it_and_one_is_on_a_plate(qtbot: QtBot) -> None:
    field = QComboBox()
    qtbot.addWidget(field)
    field.addItems(["Anywhere", "No floor", "Standing"])
    field.setCurrentIndex(2)
    field.show()
    field.showPopup()
    settle()
    listed = field.view().window()
    assert listed.y() >= field.mapToGlobal(QPoint(0, field.height() - 4)).y()
    rows = [field.view().visualRect(field.model().index(row, 0)) for row in range(3)]
    assert all(row.height() >= 28 for row in rows)
    colours = {
        field.view().viewport().grab(row).toImage().pixelColor(row.width() - 12, row.height() // 2).name()
        for row in rows
    }
    assert field.palette().color(theme.RAISED).name() in colours
    assert len(colours) == 2
    field.hidePopup()
