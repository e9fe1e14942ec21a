"""File dialogs."""

from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QWidget

from stretchplayer.ui.widgets.files import FileChooser, with_ending


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
