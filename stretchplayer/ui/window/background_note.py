"""Says, once, that closing the window didn't quit the program."""

from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout

from stretchplayer.i18n import _
from stretchplayer.ui.reminders.corner_window import CornerWindow
from stretchplayer.ui.text.slots import ReminderStatus, next_text
from stretchplayer.ui.theme import palette as theme
from stretchplayer.ui.theme.scaling import at_least, spaced
from stretchplayer.ui.widgets.buttons import WideButton
from stretchplayer.ui.widgets.label import plain_label

STAYS_MS: Final = 30_000


class BackgroundNote(CornerWindow):
    """Appears when the window is closed for the first time, and disappears by itself."""

    quit_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle(_("Stretch Player is still running"))
        self._title = plain_label(_("Reminders keep running"), wrap=True, px=20, weight=QFont.Weight.Bold)
        self._words = plain_label("", wrap=True, role=theme.MUTED)
        self._fine = at_least(WideButton(_("Fine"), self, accent=True, px=16), 0, 46)
        self._quit = at_least(WideButton(_("Quit instead"), self, px=16), 0, 46)
        self._fine.clicked.connect(self.close)
        self._quit.clicked.connect(self.quit_requested)
        self._buttons = spaced(QHBoxLayout(), 8)
        self._buttons.addWidget(self._fine, 1)
        self._buttons.addWidget(self._quit, 1)
        self.column.addWidget(self._title)
        self.column.addWidget(self._words)
        self.column.addLayout(self._buttons)
        self._gone = QTimer(self, singleShot=True, interval=STAYS_MS)
        self._gone.setObjectName("gone")
        self._gone.timeout.connect(self.close)

    def tell(self, shown: ReminderStatus, *, has_tray: bool) -> None:
        """Say when the next reminder comes and how to open the window again."""
        way = (
            _("Click the tray icon, or start Stretch Player again, to open it.")
            if has_tray
            else _("Start Stretch Player again to open it.")
        )
        change = _("You can change this in Settings.")
        self._words.setText(f"{next_text(shown)}. {way} {change}")
        self.setAccessibleName(f"{self._title.text()}. {self._words.text()}")
        self.come_up()
        self._gone.start()
