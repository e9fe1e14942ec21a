"""Asks the person for a place in the file system."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget


class FileChooser:
    """Asks with the system's own dialogs. None: the person would rather not."""

    def place_to_save(self, parent: QWidget, title: str, name: str, kinds: str) -> Path | None:
        """Where to save something that would be called `name`; `kinds` are name filters, separated by ";;"."""
        chosen, kind = QFileDialog.getSaveFileName(parent, title, str(Path.home() / name), kinds)
        return with_ending(Path(chosen), kind) if chosen else None

    def file_to_open(self, parent: QWidget, title: str, kinds: str) -> Path | None:
        chosen, _ = QFileDialog.getOpenFileName(parent, title, str(Path.home()), kinds)
        return Path(chosen) if chosen else None


def with_ending(path: Path, kind: str) -> Path:
    """The path with the ending of the kind, like "PDF (*.pdf)", when the person gave none."""
    if path.suffix or "*." not in kind:
        return path
    return path.with_name(f"{path.name}.{kind.rpartition('*.')[2].rstrip(')')}")
