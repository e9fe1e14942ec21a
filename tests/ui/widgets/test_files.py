"""File dialogs."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

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


def test_what_the_dialogs_answer(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    assert qapp is not None
    answers = [("", ""), ("/there/a", "PDF (*.pdf)")]
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_arguments: answers[0])
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_arguments: answers[0])
    parent, chooser = QWidget(), FileChooser()
    assert chooser.place_to_save(parent, "Save", "a.pdf", "PDF (*.pdf)") is None
    assert chooser.file_to_open(parent, "Open", "PDF (*.pdf)") is None
    answers.pop(0)
    assert chooser.place_to_save(parent, "Save", "a.pdf", "PDF (*.pdf)") == Path("/there/a.pdf")
    assert chooser.file_to_open(parent, "Open", "PDF (*.pdf)") == Path("/there/a")
