"""File dialogs."""

from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, QSize, QTimer
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
def test_what_the_dialogs_answer(qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert qapp is not None
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    (tmp_path / "a.pdf").touch()
    sizes: list[QSize] = []

    def answer(result: QDialog.DialogCode) -> None:
        dialog = next(each for each in QApplication.topLevelWidgets() if isinstance(each, QFileDialog))
        sizes.append(dialog.size())
        dialog.selectFile("a.pdf")
        dialog.done(result.value)

    def ask(result: QDialog.DialogCode) -> tuple[Path | None, ...]:
        chooser, parent = FileChooser(), QWidget()
        answers = []
        for question in (
            partial(chooser.place_to_save, parent, "Save", "b.pdf", "PDF (*.pdf)"),
            partial(chooser.file_to_open, parent, "Open", "PDF (*.pdf)"),
        ):
            QTimer.singleShot(0, partial(answer, result))
            answers.append(question())
        return tuple(answers)

    assert ask(QDialog.DialogCode.Rejected) == (None, None)
    assert ask(QDialog.DialogCode.Accepted) == (tmp_path / "a.pdf", tmp_path / "a.pdf")
    room = QApplication.primaryScreen().availableSize()
    assert all(size.boundedTo(room) == size for size in sizes)


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
