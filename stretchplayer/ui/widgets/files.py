"""File dialogs."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QPageLayout
from PySide6.QtWidgets import QFileDialog, QWidget

from stretchplayer.ui.theme.screen_room import room_for

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter


class FileChooser:
    """The system's own dialogs, or Qt's. They don't block: a file that is chosen is handed to `take`."""

    def place_to_save(self, parent: QWidget, title: str, name: str, kinds: str, take: Callable[[Path], object]) -> None:
        """Ask where to save `name`; `kinds` are name filters, separated by ";;"."""
        dialog = _dialog(parent, title, kinds)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile(name)
        dialog.fileSelected.connect(lambda chosen: take(with_ending(Path(chosen), dialog.selectedNameFilter())))
        dialog.open()

    def file_to_open(self, parent: QWidget, title: str, kinds: str, take: Callable[[Path], object]) -> None:
        dialog = _dialog(parent, title, kinds)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda chosen: take(Path(chosen)))
        dialog.open()

    def printer(self, parent: QWidget, layout: QPageLayout) -> "QPrinter | None":
        """Ask where to print pages of this layout; None when cancelled."""
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter  # noqa: PLC0415 -- it looks for printers

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setPageLayout(layout)
        dialog = QPrintDialog(printer, parent)
        chosen = dialog.exec()
        dialog.deleteLater()
        return printer if chosen else None


def _dialog(parent: QWidget, title: str, kinds: str) -> QFileDialog:
    dialog = QFileDialog(parent, title, str(Path.home()), kinds)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.resize(dialog.sizeHint().boundedTo(room_for(dialog)))
    return dialog


def with_ending(path: Path, kind: str) -> Path:
    """Add the suffix of a filter such as "PDF (*.pdf)" when the name has none."""
    if path.suffix or "*." not in kind:
        return path
    return path.with_name(f"{path.name}.{kind.rpartition('*.')[2].rstrip(')')}")
