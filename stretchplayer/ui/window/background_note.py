"""Says, once, that closing the window didn't quit the program."""

from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QFont

from stretchplayer.i18n import _
from stretchplayer.ui.reminders.corner_window import CornerWindow
from stretchplayer.ui.text.slots import ReminderStatus, next_text
from stretchplayer.ui.theme import palette as theme
from stretchplayer.ui.theme.scaling import at_least
from stretchplayer.ui.widgets.boxes import fill, hbox
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
        fine = at_least(WideButton(_("Fine"), self, clicked=self.close, accent=True, px=16), 0, 46)
        leave = at_least(WideButton(_("Quit instead"), self, clicked=self.quit_requested, px=16), 0, 46)
        fill(self.column, self._title, self._words, hbox((fine, 1), (leave, 1), gap=8))
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
