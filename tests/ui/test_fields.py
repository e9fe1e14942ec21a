"""The fields of our own: choice, slider and scroll bar look different, and do what Qt's do."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from stretchplayer.ui import theme
from stretchplayer.ui.choice import Choice
from stretchplayer.ui.scroll_bar import ScrollBar
from stretchplayer.ui.slider import Slider
from tests.ui.stage import settle

LEFT = Qt.MouseButton.LeftButton


def picture(widget: QWidget) -> QImage:
    return widget.grab().toImage()


def has_colour(image: QImage, colour: str) -> bool:
    return any(
        image.pixelColor(x, y).name() == colour.lower() for x in range(image.width()) for y in range(image.height())
    )


@pytest.fixture
def choice(qtbot: QtBot) -> Choice:
    made = Choice()
    qtbot.addWidget(made)
    made.setPalette(theme.palette(theme.DARK))
    for words in ("Left", "Right", "A choice with many more words than there is room for"):
        made.addItem(words)
    made.resize(160, 34)
    made.show()
    settle()
    return made


@pytest.fixture
def slider(qtbot: QtBot) -> Slider:
    made = Slider(0, 100, 30)
    qtbot.addWidget(made)
    made.setPalette(theme.palette(theme.DARK))
    made.resize(220, 30)
    made.show()
    settle()
    return made


def wheel(widget: QWidget) -> bool:
    """Turn the wheel over the widget; whether it took it."""
    here = QPointF(widget.rect().center())
    down, none = QPoint(0, -120), Qt.KeyboardModifier.NoModifier
    buttons, phase = Qt.MouseButton.NoButton, Qt.ScrollPhase.NoScrollPhase
    event = QWheelEvent(here, here, QPoint(), down, buttons, none, phase, False)
    QApplication.sendEvent(widget, event)
    return event.isAccepted()


def test_a_choice_shows_what_is_chosen(choice: Choice) -> None:
    seen = []
    for row in range(choice.count()):
        choice.setCurrentIndex(row)
        seen.append(bytes(picture(choice).constBits()))
    assert len(set(seen)) == choice.count()


def test_a_choice_is_made_by_keys_but_not_by_the_wheel(choice: Choice) -> None:
    choice.setFocus()
    QTest.keyClick(choice, Qt.Key.Key_Down)
    assert choice.currentText() == "Right"
    assert not wheel(choice)
    assert choice.currentText() == "Right"


def test_a_choice_can_be_narrower_than_its_longest_words(choice: Choice) -> None:
    assert choice.minimumSizeHint().width() < choice.sizeHint().width()
    assert choice.sizeHint().height() >= 24


@pytest.mark.parametrize("name", ["choice", "slider"])
def test_focus_and_being_disabled_can_be_seen(request: pytest.FixtureRequest, name: str) -> None:
    field: QWidget = request.getfixturevalue(name)
    field.clearFocus()
    settle()
    plain = picture(field)
    field.setFocus()
    settle()
    assert field.hasFocus()
    assert has_colour(picture(field), theme.DARK.ink)
    assert picture(field) != plain
    field.clearFocus()
    field.setEnabled(False)
    settle()
    assert picture(field) != plain


def test_a_slider_goes_where_it_is_clicked_and_follows_the_pointer(slider: Slider) -> None:
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


def test_a_slider_is_left_alone_by_other_buttons(slider: Slider) -> None:
    QTest.mouseClick(slider, Qt.MouseButton.RightButton, pos=QPoint(200, 15))
    assert slider.value() == 30


def test_a_slider_moves_by_keys(slider: Slider) -> None:
    slider.setFocus()
    QTest.keyClick(slider, Qt.Key.Key_Right)
    QTest.keyClick(slider, Qt.Key.Key_PageUp)
    assert slider.value() == 41


@pytest.mark.parametrize(
    "act",
    [
        pytest.param(lambda area: area.verticalScrollBar().setValue(300), id="scrolled"),
        pytest.param(lambda area: area.widget().setFixedHeight(4000), id="more of it"),
        pytest.param(lambda area: area.widget().setFixedHeight(20), id="nothing to scroll"),
    ],
)
def test_a_scroll_bar_shows_where_one_is(qtbot: QtBot, act: Callable[[QScrollArea], None]) -> None:
    area, body, bar = QScrollArea(), QWidget(), ScrollBar()
    qtbot.addWidget(area)
    body.setFixedSize(100, 1000)
    area.setWidget(body)
    area.setVerticalScrollBar(bar)
    area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
    area.resize(200, 200)
    area.show()
    settle()
    assert bar.width() >= 10
    before = picture(bar)
    act(area)
    settle()
    assert picture(bar) != before
