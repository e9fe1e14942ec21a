"""File dialogs."""

from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, QTimer
from PySide6.QtGui import QPageSize
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QWidget

from stretchplayer.ui.charts.paper import draw_on, page_layout
from stretchplayer.ui.widgets.files import FileChooser, with_ending
from tests.posix import not_on_windows


@pytest.mark.parametrize(
    ("name", "kind", "expected"),
    [
        ("all", "JSON (*.json)", "all.json"),
        ("all.zip", "JSON (*.json)", "all.zip"),
        ("all", "Tables in CSV (*.zip)", "all.zip"),
        ("all", "", "all"),
    ],
)
def test_a_name_without_an_ending_gets_that_of_its_kind(name: str, kind: str, expected: str) -> None:
    assert with_ending(Path("home") / name, kind) == Path("home") / expected


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_what_is_chosen_is_taken(qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    chooser, parent, room = FileChooser(), QWidget(), qapp.primaryScreen().availableSize()
    taken: list[Path] = []
    for ask in (
        partial(chooser.place_to_save, parent, "Save", "b.pdf", "PDF (*.pdf)", taken.append),
        partial(chooser.file_to_open, parent, "Open", "PDF (*.pdf)", taken.append),
    ):
        for answer in ("reject", "choose"):
            ask()
            dialog = next(each for each in parent.findChildren(QFileDialog) if each.isVisible())
            assert dialog.size().boundedTo(room) == dialog.size()
            if answer == "choose":
                dialog.fileSelected.emit(str(tmp_path / "a.pdf"))
            dialog.reject()
    assert taken == [tmp_path / "a.pdf"] * 2


@not_on_windows("the dialog is the system's own, which no test can answer")
@pytest.mark.qt_log_ignore("This plugin does not support")
def test_the_printer_has_the_paper_that_is_asked_for(qapp: QApplication, tmp_path: Path) -> None:
    parent = QWidget()
    letter = page_layout(QLocale("en_US"))

    def answer(result: QDialog.DialogCode) -> None:
        dialog = next(each for each in QApplication.topLevelWidgets() if isinstance(each, QPrintDialog))
        if result is QDialog.DialogCode.Accepted:
            dialog.printer().setOutputFileName(str(tmp_path / "printed.pdf"))
        QDialog.done(dialog, result.value)

    def ask(result: QDialog.DialogCode) -> QPrinter | None:
        QTimer.singleShot(0, partial(answer, result))
        return FileChooser().printer(parent, letter)

    assert ask(QDialog.DialogCode.Rejected) is None
    printer = ask(QDialog.DialogCode.Accepted)
    assert printer is not None
    assert printer.pageLayout().pageSize().id() is QPageSize.PageSizeId.Letter
    draw_on(printer, printer.resolution(), lambda paper: paper.painter.drawLine(0, 0, 100, 100))
    assert (tmp_path / "printed.pdf").read_bytes().startswith(b"%PDF")
