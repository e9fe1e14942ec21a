"""The progress table: its content, copying, and that it is never wider than the page."""

from dataclasses import replace
from datetime import timedelta
from typing import Final

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from stretchplayer.progress.adherence import Facts
from stretchplayer.progress.history import BySide
from stretchplayer.ui.pages.progress_table import ProgressTable
from tests.progress_data import TODAY, a_first_day, a_week, a_year, counted, day_total, nothing, report_of, total_of
from tests.ui.pages.test_progress_page import ENGLISH, NO_GRAB, MakeWindow, shown
from tests.ui.stage import WindowStage, settle


def table_of(facts: Facts, weeks: int = 13) -> list[list[str]]:
    """What is copied."""
    table = ProgressTable(ENGLISH)
    table.show_report(report_of(facts, weeks))
    return [line.split("\t") for line in table.as_text().splitlines()]


def test_the_table_has_everything_and_the_newest_first(window: WindowStage) -> None:
    page = shown(window, report_of(a_year()))
    window.press("Show as a table")
    table = page.table.table
    headings = [table.headerData(n, Qt.Orientation.Horizontal) for n in range(table.columnCount())]
    assert headings == [
        "Day", "Sessions", "Left", "Right", "Back pain", "Leg pain", "Reported", "To the floor (cm)", "Note",
    ]  # fmt: skip
    row = [table.index(0, column).data() for column in range(table.columnCount())]
    assert row[1] == "08:00 done, 20:00 later today"
    assert table.rowCount() == 85
    assert table.headerData(0, Qt.Orientation.Vertical) is None
    page.show_report(report_of(a_week()))
    assert table.rowCount() == 7, "the table stays and shows the next report"
    window.press("Show as charts")
    assert not page.table.isVisible()


def test_a_screen_reader_finds_a_table(window: WindowStage) -> None:
    page = shown(window, report_of(a_week()))
    window.press("Show as a table")
    interface = QAccessible.queryAccessibleInterface(page.table)
    assert interface.role() is QAccessible.Role.Table
    parts = [interface.child(number) for number in range(interface.childCount())]
    headings = [part.text(QAccessible.Text.Name) for part in parts if part.role() is QAccessible.Role.ColumnHeader]
    cells = [part.text(QAccessible.Text.Name) for part in parts if part.role() is QAccessible.Role.Cell]
    assert headings[:2] == ["Day", "Sessions"]
    assert len(cells) == 7 * len(headings)
    assert cells[1] == "08:00 done, 20:00 later today"


NOTE: Final = f"The left leg felt tight in the morning, better after the towel stretch. {'long' * 30}"


@pytest.mark.parametrize("size", [(800, 500), (1920, 1080)])
def test_a_long_note_is_broken_into_lines_and_the_table_never_scrolls_sideways(
    make_window: MakeWindow, size: tuple[int, int]
) -> None:
    window = make_window(size=size)
    page = shown(window, report_of(replace(a_year(), notes={TODAY: NOTE})))
    window.press("Show as a table")
    view, last = page.table, page.table.table.columnCount() - 1
    assert view.horizontalScrollBar().maximum() == 0
    columns = [column for column in range(last + 1) if not view.isColumnHidden(column)]
    assert sum(view.columnWidth(column) for column in columns) == view.viewport().width()
    assert (len(columns) == 2) == (size[0] == 800)
    assert view.rowHeight(0) > 2 * view.rowHeight(1)
    shown_note = view.text_at(view.table.index(0, columns[-1]))
    assert NOTE in shown_note.replace("\u200b", "")
    assert view.table.index(0, last).data(Qt.ItemDataRole.AccessibleTextRole) == NOTE, "a screen reader finds it there"
    for row in range(view.table.rowCount()):
        for column in columns:
            text, room = view.text_at(view.table.index(row, column)), view.columnWidth(column)
            wrap = int(Qt.TextFlag.TextWordWrap)
            box = view.fontMetrics().boundingRect(0, 0, room, 9999, wrap, text)
            assert box.width() <= room
            assert box.height() <= view.rowHeight(row)


def test_where_there_is_no_room_for_columns_a_day_is_told_in_one(make_window: MakeWindow) -> None:
    window = make_window(size=(800, 500))
    facts = a_year()
    page = shown(window, report_of(facts))
    window.press("Show as a table")
    words = [page.table.text_at(page.table.table.index(0, column)).replace("\u00a0", " ") for column in (0, 1)]
    assert words[0] == "2 Mar 2026"
    assert words[1].splitlines()[0] == "08:00 done, 20:00 later today"
    assert words[1].splitlines()[1] == "Left 1 min 12 s · Right 1 min 30 s · To the floor (cm) 10.5"
    window.frame.resize(1920, 1080)
    settle()
    assert not page.table.isColumnHidden(4)


def test_a_day_is_opened_and_its_session_deleted_by_keys_and_mouse(window: WindowStage) -> None:
    page = shown(window, report_of(a_week()))
    window.press("Show as a table")
    told: list[tuple[str, int]] = []
    window.view.progress.day_requested.connect(lambda day: told.append(("open", (TODAY - day).days)))
    window.view.progress.day_delete_requested.connect(lambda day: told.append(("delete", (TODAY - day).days)))
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Down, Qt.Key.Key_Enter, Qt.Key.Key_Delete):
        window.key(key)
    window.press("Open the selected day")
    assert told == [("open", 0), ("open", 1), ("delete", 1), ("open", 1)]
    page.show_report(report_of(a_week()))
    assert page.table.current_day() == TODAY - timedelta(days=1), "the row stays selected"
    told.clear()
    place = page.table.visualRect(page.table.table.index(3, 0)).center()
    for click in (QTest.mouseClick, QTest.mouseDClick):
        click(page.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert told == [("open", 3)]
    page.show_report(report_of(nothing()))
    page.table.open_requested.emit()
    window.key(Qt.Key.Key_Delete)
    assert len(told) == 1


@pytest.mark.qt_log_ignore(NO_GRAB, extend=True)
def test_a_day_without_a_session_opens_its_menu(window: WindowStage) -> None:
    facts = a_week()
    page = shown(window, report_of(replace(facts, days=facts.days[:-2], slots_done=frozenset())))
    window.press("Show as a table")
    window.key(Qt.Key.Key_Return)
    offered = entries()
    assert len(offered) > 1
    assert "Show what was done" not in offered
    place = page.table.visualRect(page.table.table.index(3, 0)).center()
    QTest.mouseClick(page.table.viewport(), Qt.MouseButton.RightButton, pos=place)
    reason, at = QContextMenuEvent.Reason.Mouse, page.table.viewport().mapToGlobal(place)
    QApplication.sendEvent(page.table.viewport(), QContextMenuEvent(reason, place, at))
    assert entries()[-2:] == ["Show what was done", "Delete the session"]


def entries() -> list[str]:
    """What the open menu offers; it is closed."""
    settle()
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    menu.close()
    return [action.text() for action in menu.actions() if action.text()]


def test_what_is_copied_other_programs_can_read() -> None:
    heading, first, *rest = table_of(a_week())
    assert heading[:4] == ["Day", "Sessions", "Left (s)", "Right (s)"]
    assert first[:4] == ["2026-03-02", "08:00 done, 20:00 later today", "90", "90"]
    assert len(rest) == 6
    assert all(len(row) == len(heading) for row in (first, *rest))


def test_a_note_stays_in_its_cell() -> None:
    noted = replace(a_week(), notes={TODAY: "one\ttwo\nthree"})
    assert table_of(noted)[1][-1] == "one two three"


def test_holds_without_sides_have_a_column_where_there_are_any() -> None:
    day = day_total(TODAY, 1)
    both = replace(day, held_ms=BySide(both=61_000))
    facts = replace(nothing(), days=[both], total=total_of([both]))
    assert table_of(facts)[0] == ["Day", "Sessions", "Left (s)", "Right (s)", "No sides (s)"]
    assert table_of(facts)[1][2:] == ["0", "0", "61"]


def test_repetitions_have_columns_of_their_own() -> None:
    headings = ["Day", "Sessions", "Repetitions left", "Repetitions right", "Repetitions, no sides"]
    assert table_of(counted(a_first_day()))[0][:5] == headings
    assert table_of(counted(a_first_day()))[1][2:5] == ["8", "10", "5"]
    assert table_of(counted(a_first_day(), holds=True))[0][2:5] == ["Left (s)", "Right (s)", "Repetitions left"]
    marked = replace(counted(a_week()), notes={TODAY - timedelta(days=9): "a day without a session"})
    assert table_of(marked)[-1][2:5] == ["0", "0", "0"]


def test_copy_takes_the_selected_rows_or_everything(window: WindowStage, qapp: QApplication) -> None:
    page = shown(window, report_of(a_week()))
    window.press("Copy the table")
    assert len(qapp.clipboard().text().splitlines()) == 8
    window.press("Show as a table")
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(page.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert len(qapp.clipboard().text().splitlines()) == 3
    window.press("Copy the table")
    assert len(qapp.clipboard().text().splitlines()) == 3
