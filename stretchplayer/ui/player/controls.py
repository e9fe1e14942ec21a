"""The player's buttons: restart, back, pause, next and skip in the middle; stop and full screen in the corner."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QRect, Qt
from PySide6.QtWidgets import QWidget

from stretchplayer.i18n import _
from stretchplayer.player.statechart import State
from stretchplayer.ui.widgets.buttons import RoundButton
from stretchplayer.ui.widgets.panel import Panel

_SMALLEST: Final = 48
_GAP: Final = 10


class PlayerControls(QObject):
    """The buttons, laid out by their owner."""

    def __init__(self, icons: Path, owner: QWidget) -> None:
        super().__init__(owner)
        self._plate = Panel(owner)  # where the buttons cover something else
        self._plate.radius = 20
        self._plate.setObjectName("controls_plate")
        self._plate.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._plate_wanted = False
        self.restart_side = RoundButton(icons, "restart", _("Restart this side (Up)"), owner)
        self.back = RoundButton(icons, "back", _("Back (Left)"), owner)
        self.toggle = RoundButton(icons, "pause", _("Pause (Space)"), owner, accent=True)
        self.next = RoundButton(icons, "next", _("Next (Right)"), owner)
        self.skip_stretch = RoundButton(icons, "skip", _("Skip this stretch (Down)"), owner)
        self.stop = RoundButton(icons, "stop", _("Stop (Esc)"), owner)
        self.fullscreen = RoundButton(icons, "fullscreen", _("Full screen (F)"), owner)
        self._middle = (self.restart_side, self.back, self.toggle, self.next, self.skip_stretch)
        self._corner = (self.stop, self.fullscreen)

    def show_state(self, state: State) -> None:
        names = {
            State.PAUSED: _("Resume (Space)"),
            State.INTERRUPTED: _("Resume (Space)"),
            State.WAITING: _("Continue (Space)"),
            State.OFFERING: _("Do it now (Space)"),
        }
        self.toggle.set_icon("play" if state in names else "pause")
        self.toggle.set_name(names.get(state, _("Pause (Space)")))

    def set_fullscreen(self, on: bool) -> None:
        self.fullscreen.set_icon("window" if on else "fullscreen")
        self.fullscreen.set_name(_("Leave full screen (Esc)") if on else _("Full screen (F)"))

    def setVisible(self, visible: bool) -> None:
        self._plate.setVisible(visible and self._plate_wanted)
        if visible:
            self._plate.raise_()
        for button in (*self._middle, *self._corner):
            button.setVisible(visible)
            if visible:
                button.raise_()

    def has_focus(self) -> bool:
        return any(button.hasFocus() for button in (*self._middle, *self._corner))

    def arrange(self, middle: QRect, corner: QRect, scale: float, *, over: QRect | None) -> None:
        """Place the buttons in the two rectangles.

        Where they are `over` text, they are a little smaller and cover all of it: half a line would be useless.
        """
        self._plate_wanted = over is not None
        self._plate.setVisible(self._plate_wanted and self.toggle.isVisible())
        bar = middle.united(corner)
        self._plate.setGeometry(bar.united(over if over and over.intersects(bar) else QRect()).adjusted(-12, 0, 12, 0))
        small = round(min(max(_SMALLEST, 56 * scale), middle.height() * (0.8 if over is None else 0.72)))
        large = round(min(small * 1.28, middle.height()))
        gap = round(_GAP * max(1.0, scale))
        total = 4 * small + large + 4 * gap
        x = middle.center().x() - total // 2
        for button in self._middle:
            size = large if button is self.toggle else small
            button.setFixedSize(size, size)
            button.move(x, middle.center().y() - size // 2)
            x += size + gap
        x = corner.right() - 2 * small - gap
        for button in self._corner:
            button.setFixedSize(small, small)
            button.move(x, corner.center().y() - small // 2)
            x += small + gap
