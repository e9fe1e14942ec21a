"""The Progress page: as charts, as a table, on the clipboard and on paper."""

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QLocale, QPoint, QPointF, QSizeF, Qt
from PySide6.QtGui import QAccessible, QAction, QContextMenuEvent, QFont, QImage, QPageSize, QPainter, QPdfWriter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from stretchplayer.progress.adherence import Facts
from stretchplayer.progress.history import BySide, DayPain, HistoryTotal, WarningSign
from stretchplayer.progress.report import Report
from stretchplayer.reminders.slots import SlotState
from stretchplayer.ui.charts.calendar import CalendarChart
from stretchplayer.ui.charts.chart import Chart
from stretchplayer.ui.charts.paper import Paper, paper_of
from stretchplayer.ui.pages.progress_page import PERIODS_WEEKS, ProgressPage
from stretchplayer.ui.pages.progress_pages import ProgressPages
from stretchplayer.ui.pages.progress_sheet import ProgressSheet, sheet_as_pdf
from tests.progress_data import (
    EVENING,
    NOW,
    TODAY,
    a_week,
    a_year,
    counted,
    nothing,
    report_of,
    slot,
    total_of,
)
from tests.ui.stage import WindowStage, assert_nothing_is_clipped, child, settle, told
from tests.ui.window.test_navigation import NAMES

MakeWindow = Callable[..., WindowStage]
ENGLISH = QLocale("en_GB")
NO_GRAB = "This plugin does not support"
"""Offscreen, Qt can't grab the keyboard for a menu and warns."""


def shown(window: WindowStage, report: Report) -> ProgressPage:
    """The page with a report, opened as a person would."""
    window.press("Progress")
    window.view.progress.show_report(report)
    settle()
    return window.view.progress.page


# What is shown


def test_the_page_asks_for_what_it_shows(window: WindowStage) -> None:
    asked: list[int] = []
    window.view.progress.report_requested.connect(asked.append)
    window.press("Progress")
    page = window.view.progress.page
    assert page.report is None
    assert not page.period.isVisible()
    page.show_report(report_of(a_year()))
    page.period.setCurrentIndex(2)
    assert asked == [PERIODS_WEEKS[0], PERIODS_WEEKS[2]]


def test_a_new_person_is_told_how_it_begins(window: WindowStage) -> None:
    shown(window, report_of(nothing()))
    assert "It starts with your first session" in window.texts()
    assert {button.text() for button in window.buttons()} == {*NAMES, "Start"}
    window.press("Start")
    assert window.session.phase is not None


def drawn(page: ProgressPage) -> list[Chart]:
    """The charts that are shown."""
    return [chart for chart in page.findChildren(Chart) if chart.isVisible()]


def test_a_year_is_told_in_words_and_charts(window: WindowStage) -> None:
    page = shown(window, report_of(a_year(), 53))
    texts = window.texts()
    assert "568 sessions" in texts
    assert "322 days" in texts
    assert any(text.startswith("First week 5.7, last week 2.4 points: 3.3 points lower. This is") for text in texts)
    assert any("No measurable change (needs 2 points or more)." in text for text in texts)
    assert any("not a diagnosis" in text for text in texts)
    charts = [chart for chart in page.findChildren(Chart) if chart.isVisible()]
    assert len(charts) == 6
    for chart in charts:
        interface = QAccessible.queryAccessibleInterface(chart)
        assert interface.role() is QAccessible.Role.Chart
        assert interface.text(QAccessible.Text.Name)
        assert interface.text(QAccessible.Text.Value)


def test_what_was_not_asked_has_no_chart(window: WindowStage) -> None:
    page = shown(window, report_of(replace(a_week(), pain=[], reach=[])))
    assert len([chart for chart in page.findChildren(Chart) if chart.isVisible()]) == 3
    assert not any("diagnosis" in text for text in window.texts())
    page.show_report(report_of(a_week()))
    settle()
    assert len(drawn(page)) == 5, "all but the reach, of which there is one only"


@pytest.mark.parametrize(("holds", "charts"), [(False, 3), (True, 5)])
def test_repetitions_are_shown_with_holds_or_in_place_of_them(window: WindowStage, holds: bool, charts: int) -> None:
    facts = replace(counted(a_week(), holds=holds), pain=[], reach=[])
    page = shown(window, report_of(facts))
    texts = window.texts()
    assert ("Minutes per week" in texts) is ("Total hold time" in texts) is holds
    assert {"Repetitions", "161", "Repetitions per week", "The left leg did 14 fewer repetitions."} <= set(texts)
    assert len(drawn(page)) == charts
    page.show_report(report_of(a_week()))
    settle()
    assert "Repetitions per week" not in window.texts()
    without_legs = replace(report_of(facts), repetitions=BySide(both=7))
    page.show_report(without_legs)
    settle()
    assert "Repetitions, left and right" not in window.texts()


def test_a_history_that_can_t_be_read_is_told(window: WindowStage) -> None:
    page = shown(window, report_of(a_week()))
    window.view.progress.show_report_problem("The history can't be read: it is locked.")
    settle()
    assert "The history can't be read: it is locked." in window.texts()
    assert not page.table.isVisible()
    assert "Start" not in [button.text() for button in window.buttons()]


SIZES = [(800, 500), (1060, 720), (1920, 1080), (3840, 2160), (1080, 1920)]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("facts", [nothing, a_week, a_year])
def test_nothing_is_clipped(make_window: MakeWindow, size: tuple[int, int], facts: Callable[[], Facts]) -> None:
    window = make_window(size=size)
    shown(window, report_of(facts(), 53))
    assert_whole(window, size)


def assert_whole(window: WindowStage, size: tuple[int, int]) -> None:
    """Nothing is clipped or needs sideways scrolling."""
    assert (window.frame.width(), window.frame.height()) == size
    assert_nothing_is_clipped(window)


@pytest.fixture
def large_letters(qapp: QApplication) -> object:
    """Double-size fonts."""
    usual = qapp.font()
    large = QFont(usual)
    large.setPointSizeF(usual.pointSizeF() * 2)
    qapp.setFont(large)
    yield large
    qapp.setFont(usual)


@pytest.mark.parametrize("facts", [nothing, a_year])
@pytest.mark.usefixtures("large_letters")
def test_nothing_is_clipped_in_letters_twice_as_large(make_window: MakeWindow, facts: Callable[[], Facts]) -> None:
    window = make_window(size=(800, 500))
    shown(window, report_of(facts()))
    assert_whole(window, (800, 500))


# Keys


def walk(window: WindowStage, steps: int) -> list[str]:
    """The names of the focused widgets, Tab by Tab."""
    names = []
    for _ in range(steps):
        window.key(Qt.Key.Key_Tab)
        focused = window.app.focusWidget()
        assert focused is not None
        names.append(focused.accessibleName() or getattr(focused, "text", str)())
    return names


def test_everything_can_be_reached_by_keys(window: WindowStage) -> None:
    page = shown(window, report_of(a_year()))
    page.period.setFocus()
    assert walk(window, 6) == [
        "Charts", "Sessions by day", "Show as a table", "Copy the table",
        "Save as a PDF of one page, to print or to send", "Today",
    ]  # fmt: skip
    window.button("Show as a table").setFocus()
    window.key(Qt.Key.Key_Return)
    assert page.table.hasFocus()
    window.key(Qt.Key.Key_Down)
    assert page.table.currentIndex().row() == 1
    window.key(Qt.Key.Key_Tab)
    assert not page.table.hasFocus()


# The menu of a day


class Marked:
    """What is asked for when a day's menu is opened and one entry of it chosen."""

    def __init__(self, page: ProgressPage) -> None:
        self.page = page
        self.asked: list[tuple[str, bool]] = []
        self.days: list[tuple[str, date]] = []
        page.mark_requested.connect(lambda slot, done: self.asked.append((slot.key, done)))
        page.day_requested.connect(lambda day: self.days.append(("open", day)))
        page.day_delete_requested.connect(lambda day: self.days.append(("delete", day)))

    def entries(self) -> dict[str, QAction]:
        """The menu that is open now."""
        settle()
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        return {action.text(): action for action in menu.actions() if action.text()}

    def choose(self, entry: str) -> None:
        action = self.entries()[entry]
        assert action.isEnabled()
        action.trigger()
        menu = QApplication.activePopupWidget()
        assert menu is not None
        menu.close()


@pytest.mark.qt_log_ignore(NO_GRAB, extend=True)
def test_a_slot_of_the_calendar_is_marked_by_click_and_by_key(window: WindowStage) -> None:
    page = shown(window, report_of(a_week()))
    marked = Marked(page)
    calendar = child(page, CalendarChart)
    missed = TODAY - timedelta(days=3)
    places = (QPoint(x, y) for x in range(0, calendar.width(), 8) for y in range(0, 150, 8))
    place = next(place for place in places if (day := calendar.day_at(QPointF(place))) and day.day == missed)
    QTest.mouseClick(calendar, Qt.MouseButton.LeftButton, pos=place)
    what = ["Show what was done", "Delete the session"]
    assert list(marked.entries()) == ["Friday, 27 February 2026", "08:00 done", "20:00: I did it already", *what]
    assert not marked.entries()["08:00 done"].isEnabled()
    marked.choose("20:00: I did it already")
    calendar.setFocus()
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Return):
        window.key(key)
    marked.choose("20:00: I did it already")
    assert marked.asked == [("2026-02-27T20:00", True)] * 2
    for entry in what:
        window.key(Qt.Key.Key_Return)
        marked.choose(entry)
    assert marked.days == [("open", missed), ("delete", missed)]


@pytest.mark.qt_log_ignore(NO_GRAB, extend=True)
def test_what_was_marked_is_undone_from_the_table_too(window: WindowStage) -> None:
    key = slot(TODAY - timedelta(days=3), EVENING).key
    facts = replace(a_week(), settled={key: SlotState.MARKED_DONE})
    page = shown(window, report_of(facts))
    marked = Marked(page)
    window.button("Show as a table").click()
    for _unused in range(3):
        window.key(Qt.Key.Key_Down)
    by_key = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(), QPoint())
    QApplication.sendEvent(page.table.viewport(), by_key)
    marked.choose("20:00: Undo “I did it already”")
    assert marked.asked == [(key, False)]
    assert page.table.table.in_words(3).startswith("08:00 done, 20:00 marked as done")


# On paper


@pytest.mark.parametrize(
    ("language", "paper"),
    [
        ("en_US", QPageSize.PageSizeId.Letter),
        ("es_MX", QPageSize.PageSizeId.Letter),
        ("de_DE", QPageSize.PageSizeId.A4),
    ],
)
def test_the_paper_is_what_people_have_there(language: str, paper: QPageSize.PageSizeId) -> None:
    assert paper_of(QLocale(language)) is paper


def noisy_year() -> Facts:
    """A year with every kind of data."""
    signs = frozenset(WarningSign)
    pain = [DayPain(day=each.day, back=each.back, leg=each.leg, signs=signs) for each in a_year().pain]
    notes = {each.day: "A long note. " * 60 for each in a_year().days}
    return replace(a_year(), pain=pain, notes=notes)


def counted_year() -> Facts:
    """The same with repetitions beside the holds."""
    return counted(noisy_year(), holds=True)


def only_counted_year() -> Facts:
    """The same with repetitions in place of holds."""
    return counted(noisy_year())


@pytest.mark.parametrize("facts", [nothing, a_week, a_year, noisy_year, counted_year, only_counted_year])
@pytest.mark.parametrize("language", ["en_US", "de_DE"])
def test_the_sheet_is_one_page(qapp: QApplication, facts: Callable[[], Facts], language: str) -> None:
    data = sheet_as_pdf(report_of(facts(), 53), QLocale(language), qapp.font(), TODAY)
    assert data.startswith(b"%PDF")
    assert data.count(b"/Type /Page\n") == 1


@pytest.mark.parametrize("facts", [noisy_year, counted_year])
def test_the_sheet_has_room_for_everything_that_has_to_be_on_it(qapp: QApplication, facts: Callable[[], Facts]) -> None:
    image = QImage(697, 950, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    paper = Paper(device=QPdfWriter(QBuffer()), painter=painter, size=QSizeF(697, 950), unit=1)
    sheet = ProgressSheet(paper, report_of(facts(), 53), locale=ENGLISH, font=qapp.font())
    left = sheet.draw(NOW.date())
    painter.end()
    assert left >= 0, "even on the lower of both papers"


class Chooser:
    """Answers as told, and records what it was asked."""

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self.asked: list[str] = []

    def place_to_save(self, parent: object, _title: str, name: str, kinds: str, take: Callable[[Path], object]) -> None:
        self.file_to_open(parent, name, kinds, take)

    def file_to_open(self, _parent: object, title: str, _kinds: str, take: Callable[[Path], object]) -> None:
        self.asked.append(title)
        if self.path is not None:
            take(self.path)


def choose(pages: ProgressPages, path: Path | None) -> Chooser:
    """Let the person choose this path from now on."""
    chooser = Chooser(path)
    pages.files = chooser  # type: ignore[assignment]  # it answers the same questions
    return chooser


def test_the_sheet_is_saved_where_the_person_says(window: WindowStage, tmp_path: Path) -> None:
    shown(window, report_of(a_week()))
    chooser = choose(window.view.progress, None)
    window.press("Save as PDF…")
    assert chooser.asked == ["stretching-2026-03-02.pdf"]
    choose(window.view.progress, tmp_path / "a.pdf")
    window.press("Save as PDF…")
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF")
    assert os.name == "nt" or (tmp_path / "a.pdf").stat().st_mode & 0o777 == 0o600
    assert told(window.view.notice) == [f"Saved as {tmp_path / 'a.pdf'}."]
    choose(window.view.progress, tmp_path / "none" / "a.pdf")
    window.press("Save as PDF…")
    assert "can't be written" in told(window.view.notice)[-1]


# To take away, to bring back, to delete


def test_settings_lead_to_export_and_import(window: WindowStage, tmp_path: Path) -> None:
    told: list[tuple[str, Path]] = []
    pages = window.view.progress
    pages.export_requested.connect(lambda path: told.append(("export", path)))
    pages.import_requested.connect(lambda path: told.append(("import", path)))
    window.press("Settings")
    choose(pages, None)
    window.button("Export…").click()
    window.button("Import…").click()
    assert told == []
    choose(pages, tmp_path / "all.json")
    window.button("Export…").click()
    window.button("Import…").click()
    assert told == [("export", tmp_path / "all.json"), ("import", tmp_path / "all.json")]


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_Return])
def test_deleting_asks_first_and_means_no_by_default(window: WindowStage, key: Qt.Key) -> None:
    commands: list[int] = []
    pages = window.view.progress
    pages.erase_requested.connect(lambda: commands.append(1))
    pages.erase_question_requested.connect(lambda: pages.ask_to_erase(total_of(a_year().days)))
    window.press("Settings")
    window.button("Delete everything…").click()
    settle()
    assert any(text.startswith("568 sessions since 26 Jan 2025, with all answers") for text in window.texts())
    window.key(key)
    assert commands == []
    window.button("Delete everything…").click()
    settle()
    window.press("Delete everything")
    assert len(commands) == 1


def test_without_sessions_the_question_names_none(window: WindowStage) -> None:
    window.view.progress.ask_to_erase(HistoryTotal())
    settle()
    assert any(text.startswith("0 sessions, with all") for text in window.texts())
