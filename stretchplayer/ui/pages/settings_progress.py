"""The part of the Settings page about progress: what is asked and offered, and everything to take away or delete."""

from dataclasses import replace
from typing import Protocol

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QGridLayout, QWidget

from stretchplayer.i18n import _
from stretchplayer.progress.prompts import SHORT_HOLDS_S
from stretchplayer.settings import ProgressSettings
from stretchplayer.ui.text.player import exact_duration
from stretchplayer.ui.widgets.buttons import WideButton
from stretchplayer.ui.widgets.switch import Switch


class SectionPage(Protocol):
    """What the section needs of the page it is put on."""

    def add_section(self, title: str) -> QFormLayout:
        """Add a heading and a form below it."""

    def add_row(self, form: QFormLayout, words: str, field: QWidget) -> None:
        """Add a field with its label."""

    def add_wide(self, form: QFormLayout, *widgets: QWidget) -> None:
        """Add fields that need no label, below one another where there is no room."""


class ProgressSection(QObject):
    """Builds the section and tells what is wished there."""

    changed = Signal(ProgressSettings)
    short_hold_chosen = Signal(int)
    """Seconds to begin with."""
    export_requested = Signal()
    import_requested = Signal()
    erase_requested = Signal()

    def __init__(self, settings: ProgressSettings, page: SectionPage, parent: QObject) -> None:
        super().__init__(parent)
        self._settings = settings
        form = page.add_section(_("Progress"))
        self.ask_pain = self._switch(_("Ask about pain after a session"), "ask_pain")
        page.add_row(form, _("Pain"), self.ask_pain)
        self.measure_reach = self._switch(_("Measure how far I reach, twice a week"), "measure_reach")
        page.add_row(form, _("Reach"), self.measure_reach)
        self.longer_holds = self._switch(_("Offer 5 s more after a good week"), "offer_longer_holds")
        page.add_row(form, _("Longer holds"), self.longer_holds)
        self.begin_with = QComboBox()
        self.begin_with.addItem(_("What I hold now"))
        for seconds in SHORT_HOLDS_S:
            self.begin_with.addItem(exact_duration(seconds * 1000))
        self.begin_with.setEnabled(settings.offer_longer_holds)
        self.begin_with.activated.connect(self._choose_short)
        self.longer_holds.toggled.connect(self.begin_with.setEnabled)
        page.add_row(form, _("Begin with"), self.begin_with)
        self.export = WideButton(_("Export…"))
        self.export.clicked.connect(self.export_requested)
        self.import_data = WideButton(_("Import…"))
        self.import_data.clicked.connect(self.import_requested)
        self.erase = WideButton(_("Delete everything…"))
        self.erase.clicked.connect(self.erase_requested)
        page.add_wide(form, self.export, self.import_data, self.erase)

    def _switch(self, words: str, field: str) -> Switch:
        switch = Switch(words)
        switch.setChecked(bool(getattr(self._settings, field)))
        switch.toggled.connect(lambda on: self._change(field, on=on))
        return switch

    def _change(self, field: str, *, on: bool) -> None:
        self._settings = replace(self._settings, **{field: on})  # type: ignore[arg-type]  # the switches' own fields
        self.changed.emit(self._settings)

    def _choose_short(self, index: int) -> None:
        if index > 0:
            self.short_hold_chosen.emit(SHORT_HOLDS_S[index - 1])


class Wrapping(QWidget):
    """Puts fields beside one another, or below one another when there is no room."""

    def __init__(self, *widgets: QWidget) -> None:
        super().__init__()
        self._widgets = widgets
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self.arrange(narrow=False)

    def arrange(self, *, narrow: bool) -> None:
        """Lay them out."""
        for place, widget in enumerate(self._widgets):
            row, column = (place, 0) if narrow else (0, place)
            self._grid.addWidget(widget, row, column, Qt.AlignmentFlag.AlignLeft)
        self._grid.setColumnStretch(len(self._widgets), 1)
