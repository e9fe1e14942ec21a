"""File dialogs."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QPageLayout
from PySide6.QtWidgets import QFileDialog, QWidget

from stretchplayer.i18n import _
from stretchplayer.ui.theme.scaling import room_for

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter


def ask_for_file(parent: QWidget, name: str, take: Callable[[str], None]) -> QFileDialog:
    """Ask without blocking; call `take` with the chosen path."""
    dialog = QFileDialog(parent, _("Save as"))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.selectFile(name)
    dialog.fileSelected.connect(take)
    dialog.resize(dialog.sizeHint().boundedTo(room_for(dialog)))
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
    """The system's own dialogs, or Qt's; None when cancelled."""

    def place_to_save(self, parent: QWidget, title: str, name: str, kinds: str) -> Path | None:
        """Ask where to save `name`; `kinds` are name filters, separated by ";;"."""
        dialog = QFileDialog(parent, title, str(Path.home()), kinds)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile(name)
        chosen = _choose(dialog)
        return chosen and with_ending(chosen, dialog.selectedNameFilter())

    def printer(self, parent: QWidget, layout: QPageLayout) -> "QPrinter | None":
        """Ask where to print pages of this layout."""
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter  # noqa: PLC0415 -- it looks for printers

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setPageLayout(layout)
        dialog = QPrintDialog(printer, parent)
        chosen = dialog.exec()
        dialog.deleteLater()
        return printer if chosen else None

    def file_to_open(self, parent: QWidget, title: str, kinds: str) -> Path | None:
        dialog = QFileDialog(parent, title, str(Path.home()), kinds)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        return _choose(dialog)


def _choose(dialog: QFileDialog) -> Path | None:
    dialog.resize(dialog.sizeHint().boundedTo(room_for(dialog)))
    chosen = Path(dialog.selectedFiles()[0]) if dialog.exec() else None
    dialog.deleteLater()
    return chosen


def with_ending(path: Path, kind: str) -> Path:
    """Add the suffix of a filter such as "PDF (*.pdf)" when the name has none."""
    if path.suffix or "*." not in kind:
        return path
    return path.with_name(f"{path.name}.{kind.rpartition('*.')[2].rstrip(')')}")
