"""Every page in the invented languages: nothing is left in English or cut off, and all but the figure is mirrored."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QIODevice, QLocale, QPoint, Qt
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QMenu,
    QWidget,
)

from stretchplayer.figure.side import Side
from stretchplayer.i18n import install
from stretchplayer.player.state import State
from stretchplayer.routine.timeline import PhaseKind, Timeline
from stretchplayer.routine.timeline_builder import build_timeline
from stretchplayer.settings import Motion, Settings
from stretchplayer.storage.assets import asset_dir
from stretchplayer.storage.routines.routine_file import read_routine
from stretchplayer.ui.figure.widget import Figure
from stretchplayer.ui.pages.progress_sheet import sheet_as_pdf
from stretchplayer.ui.reminders.reminder_window import ReminderWindow
from stretchplayer.ui.terminal.terminal_player import TerminalPlayer
from stretchplayer.ui.text.dates import follow_language
from stretchplayer.ui.text.reminder import notification
from stretchplayer.ui.window.navigation import Navigation
from stretchplayer.ui.window.tray import Tray
from tests.player.stage import Stage
from tests.posix import not_on_wine
from tests.progress_data import TODAY, a_year, report_of
from tests.shipped_poses import shipped_poses
from tests.ui.pages.test_large_letters import PAGES
from tests.ui.reminder_stage import DUE
from tests.ui.stage import ICONS, WindowStage, settle

MakeWindow = Callable[..., WindowStage]
ENGLISH = re.compile(r"[A-Za-z]{2,}")
NAMES = re.compile(
    r"Stretch Player|English|PDF|JSON|CSV|MIT|Qt|PySide6|https?://\S+|Childs|Ekedahl|"
    r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|\b(?:Mon?|Tue?|Wed?|Thu?|Fri?|Sat?|Sun?)\b|.*quite a long name.*|"
    r"\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\b|\bAM|PM\b"
)
"""Names of things, of days and months, which come from QLocale, and what the stage itself has put there."""
FROM_ELSEWHERE = ("going on", "about", "progress, as a table", "a day", "exercise, in full", "routine, in full")
"""Pages on which the tests' own English stands."""


@pytest.fixture
def speak(qapp: QApplication) -> Iterator[Callable[[str], None]]:
    """Chooses a language until the end of the test."""
    before = QLocale()

    def choose(language: str) -> None:
        install(asset_dir("translations"), language)
        follow_language()

    yield choose
    choose("en")
    install(Path("nowhere"), "en")
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    QLocale.setDefault(before)


def timeline() -> Timeline:
    """The shipped routine in the language that was chosen."""
    return build_timeline(read_routine(asset_dir("routines") / "hamstring-trio.toml"))


def said(widget: QWidget) -> Iterator[str]:
    """Everything that a widget shows or tells a screen reader."""
    yield from (widget.accessibleName(), widget.accessibleDescription(), widget.toolTip(), widget.windowTitle())
    if isinstance(widget, (QLabel, QAbstractButton)):
        yield widget.text()
    if isinstance(widget, QLineEdit):
        yield widget.placeholderText()
    if isinstance(widget, QComboBox):
        yield from (widget.itemText(index) for index in range(widget.count()))


def unmarked(window: WindowStage) -> set[str]:
    """What is English in the window."""
    widgets = [window.frame, *window.frame.findChildren(QWidget)]
    texts = {text for widget in widgets if widget.isVisible() for text in said(widget)}
    return {text for text in texts if ENGLISH.search(NAMES.sub("", text))}


def cut_off(window: WindowStage) -> set[str]:
    """The labels and buttons whose text has too little room."""
    widgets = [w for w in window.frame.findChildren(QWidget) if isinstance(w, (QLabel, QAbstractButton))]
    return {
        widget.text()
        for widget in widgets
        if widget.isVisible()
        and widget.text()
        and (
            widget.height() < widget.heightForWidth(widget.width())
            if widget.hasHeightForWidth()
            else widget.width() < widget.minimumSizeHint().width()
        )
    }


@pytest.mark.parametrize("page", [page for page in PAGES if page not in FROM_ELSEWHERE])
def test_no_page_has_unmarked_english_or_cuts_off_longer_words(
    make_window: MakeWindow, speak: Callable[[str], None], page: str
) -> None:
    speak("en-XA")
    window = make_window(timeline=timeline(), settings=Settings(motion=Motion.REDUCED))
    PAGES[page](window)
    settle()
    assert not unmarked(window)
    assert not cut_off(window)


def test_a_session_has_no_unmarked_english(make_window: MakeWindow, speak: Callable[[str], None]) -> None:
    speak("en-XA")
    window = make_window(timeline=timeline(), settings=Settings(motion=Motion.REDUCED))
    window.play()
    for kind in (PhaseKind.MOVE, PhaseKind.HOLD, PhaseKind.RELEASE, PhaseKind.SWITCH_SIDES, PhaseKind.TRANSITION):
        window.play_to(kind, into_ms=1_000)
        assert not unmarked(window), kind
        assert not cut_off(window), kind
    window.session.pause()
    settle()
    assert window.in_state(State.PAUSED)
    assert not unmarked(window)
    spoken = {cue.say for cue in window.timeline.cues() if cue.say}
    assert not {words for words in spoken if ENGLISH.search(words)}


def test_pages_are_mirrored_where_the_language_is_read_from_the_right(
    make_window: MakeWindow, speak: Callable[[str], None]
) -> None:
    speak("ar-XB")
    window = make_window(timeline=timeline())
    window.view.show_reminders(DUE)
    navigation = window.view.findChild(Navigation)
    assert navigation is not None
    assert navigation.x() > window.frame.width() / 2
    start, fullscreen = (
        window.button(name).mapTo(window.frame, QPoint(0, 0)) for name in ("Start", "Start full screen")
    )
    assert start.x() > fullscreen.x()
    player = window.play()
    assert player.ring.geometry().center().x() < window.frame.width() / 2


def test_the_figure_is_never_mirrored(qapp: QApplication, speak: Callable[[str], None]) -> None:
    def drawn() -> object:
        figure = Figure(shipped_poses())
        figure.resize(300, 200)
        figure.show_movement("lying", "leg-up", side=Side.LEFT, progress=1.0)
        return figure.grab().toImage()

    usual = drawn()
    speak("ar-XB")
    assert qapp.layoutDirection() is Qt.LayoutDirection.RightToLeft
    assert drawn() == usual


@pytest.mark.parametrize(("wanted", "button"), [("en", "Cancel"), ("ar-XB", "ألغِ")])
def test_qt_s_own_buttons_speak_the_language(
    qapp: QApplication, speak: Callable[[str], None], wanted: str, button: str
) -> None:
    assert qapp is not None
    speak("ar-XB")
    speak(wanted)
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    assert box.buttons()[0].text().replace("&", "") == button


def english(texts: Iterable[str]) -> set[str]:
    """Those of the texts that were left in English."""
    return {text for text in texts if ENGLISH.search(NAMES.sub("", text))}


@pytest.mark.qt_log_ignore("This plugin does not support", "No such signal QPlatformNativeInterface")
def test_reminders_have_no_unmarked_english(qapp: QApplication, speak: Callable[[str], None]) -> None:
    speak("en-XA")
    window, tray = ReminderWindow(shipped_poses()), Tray(ICONS)
    window.invite(DUE.slots[-1], timeline())
    tray.show_reminders(DUE)
    settle()
    told = notification(DUE.slots[-1], timeline(), sound=False)
    assert not english(text for widget in window.findChildren(QWidget) for text in said(widget))
    assert not english(
        action.text() for menu in qapp.allWidgets() if isinstance(menu, QMenu) for action in menu.actions()
    )
    assert not english((told.title, told.body, told.start, told.snooze, told.skip, told.open))
    window.close()
    tray.close()
    window.deleteLater()
    tray.deleteLater()
    settle()


def test_the_terminal_has_no_unmarked_english(
    make_stage: Callable[..., Stage], speak: Callable[[str], None], capsys: pytest.CaptureFixture[str]
) -> None:
    speak("en-XA")
    stage = make_stage()
    player = TerminalPlayer(stage.session)
    stage.session.start(timeline())
    settle()
    for _phase in range(12):
        stage.session.next()
    stage.session.stop()
    settle()
    player.close()
    assert not english(capsys.readouterr().out.splitlines())


@not_on_wine("QtPdf ends the process there")
def test_the_printed_page_has_no_unmarked_english(qapp: QApplication, speak: Callable[[str], None]) -> None:
    speak("en-XA")
    report = report_of(replace(a_year(), notes={}), 53)
    printed = QBuffer()
    printed.setData(sheet_as_pdf(report, QLocale("en_GB"), qapp.font(), TODAY))
    printed.open(QIODevice.OpenModeFlag.ReadOnly)
    document = QPdfDocument()
    document.load(printed)
    assert document.pageCount() == 1
    assert not english(document.getAllText(0).text().splitlines())
