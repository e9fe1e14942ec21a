"""What the Progress page shows to a person who has not had a session yet."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QVBoxLayout, QWidget

from stretchplayer.i18n import _
from stretchplayer.progress.report import Report
from stretchplayer.ui.charts.fortnight import Fortnight
from stretchplayer.ui.theme import palette as theme
from stretchplayer.ui.theme.scaling import scale_of, spaced
from stretchplayer.ui.widgets.buttons import WideButton
from stretchplayer.ui.widgets.label import plain_label

_WIDTH_OF_DOTS = 300
"""With what is beside them, in px of the design."""


class EmptyProgress(QWidget):
    """Says what will be here, with today's dots waiting."""

    start_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._dots = Fortnight(labelled=False)
        self._title = plain_label("", wrap=True, px=24, weight=QFont.Weight.Bold)
        self._told = plain_label("", wrap=True, role=theme.MUTED, px=17)
        self._start = WideButton(_("Start"), self, accent=True, px=20)
        self._start.clicked.connect(self.start_requested)
        self._column = spaced(QVBoxLayout(self), 18)
        self._column.addStretch(1)
        self._column.addWidget(self._dots, 0, Qt.AlignmentFlag.AlignHCenter)
        self._column.addSpacing(6)
        for label in (self._title, self._told):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            self._column.addWidget(label)
        self._column.addWidget(self._start, 0, Qt.AlignmentFlag.AlignHCenter)
        self._column.addStretch(2)

    def show_report(self, report: Report) -> None:
        """Show the dots there are, all still to come; who has stopped before the first hold is told so."""
        self._dots.show_days(report.days)
        coming = _(
            "Every session becomes a dot here. After a few days you see your weeks, both legs, and whether pain and "
            "reach change by more than chance. All of it stays on this computer."
        )
        if report.total.sessions:
            self._title.setText(_("It starts with your first hold"))
            stopped = _("You stopped before the first hold, so nothing was counted.")
            coming = f"{stopped} {coming}"
        else:
            self._title.setText(_("It starts with your first session"))
        self._told.setText(coming)

    def fit(self, room: float) -> None:
        """Make the dots as large as they fit into a page so wide, px."""
        self._dots.enlarge(min(1.4, room / (_WIDTH_OF_DOTS * scale_of(self))))
