"""File dialogs."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from stretchplayer.i18n import _


def ask_for_file(parent: QWidget, name: str, take: Callable[[str], None]) -> QFileDialog:
    """Ask without blocking; call `take` with the chosen path."""
    dialog = QFileDialog(parent, _("Save as"))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.selectFile(name)
    dialog.fileSelected.connect(take)
    dialog.open()
    return dialog


def ask_for_file_to_open(parent: QWidget, title: str, kinds: str, take: Callable[[str], None]) -> QFileDialog:
    """Ask without blocking; call `take` with the chosen path."""
    dialog = QFileDialog(parent, title, str(Path.home()), kinds)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.fileSelected.connect(take)
    dialog.open()
    return dialog


class FileChooser:
    """The system's own dialogs; None when cancelled."""

    def place_to_save(self, parent: QWidget, title: str, name: str, kinds: str) -> Path | None:
        """Ask where to save `name`; `kinds` are name filters, separated by ";;"."""
        chosen, kind = QFileDialog.getSaveFileName(parent, title, str(Path.home() / name), kinds)
        return with_ending(Path(chosen), kind) if chosen else None

    def file_to_open(self, parent: QWidget, title: str, kinds: str) -> Path | None:
        chosen, _ = QFileDialog.getOpenFileName(parent, title, str(Path.home()), kinds)
        return Path(chosen) if chosen else None


def with_ending(path: Path, kind: str) -> Path:
    """Add the suffix of a filter such as "PDF (*.pdf)" when the name has none."""
    if path.suffix or "*." not in kind:
        return path
    return path.with_name(f"{path.name}.{kind.rpartition('*.')[2].rstrip(')')}")
