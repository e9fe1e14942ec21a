"""The player's buttons: restart, back, pause, next, skip in the middle; steps, stop, full screen in the corner."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QRect, Qt
from PySide6.QtWidgets import QWidget

from stretchplayer.i18n import _
from stretchplayer.player.state import State
from stretchplayer.ui.widgets.buttons import RoundButton
from stretchplayer.ui.widgets.panel import Panel

_LOWEST_WITH_KEYS: Final = 72
"""Lower rows have room for the names only, px."""
_SMALLEST_PX: Final = 11
"""Before letters become smaller, names take two lines and the keys go."""
_CIRCLE_SHARE: Final = 0.62
"""The largest circle's share of the row's height."""
_SMALLER: Final = 0.8
"""The other circles beside the largest."""


class PlayerControls(QObject):
    """The buttons, laid out by their owner."""

    def __init__(self, icons: Path, owner: QWidget) -> None:
        super().__init__(owner)
        self._plate = Panel(owner)  # where the buttons cover something else
        self._plate.radius = 20
        self._plate.setObjectName("controls_plate")
        self._plate.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._fullscreen = False
        self.restart_side = RoundButton(icons, "restart", _("Restart side"), "↑", owner)
        self.back = RoundButton(icons, "back", _("Back"), "←", owner)
        self.toggle = RoundButton(icons, "pause", _("Pause"), _("Space"), owner, accent=True)
        self.next = RoundButton(icons, "next", _("Next"), "→", owner)
        self.skip_exercise = RoundButton(icons, "skip", _("Skip exercise"), "↓", owner)
        self.steps = RoundButton(icons, "list", _("Steps"), "L", owner)
        self.stop = RoundButton(icons, "stop", _("Stop"), _("Esc"), owner)
        self.fullscreen = RoundButton(icons, "fullscreen", _("Full screen"), "F", owner)
        self._middle = (self.restart_side, self.back, self.toggle, self.next, self.skip_exercise)
        self._corner = (self.steps, self.stop, self.fullscreen)

    def show_state(self, state: State) -> None:
        names = {
            State.PAUSED: _("Resume"),
            State.INTERRUPTED: _("Resume"),
            State.WAITING: _("Continue"),
            State.OFFERING: _("Do it now"),
        }
        self.toggle.show_as("play" if state in names else "pause", names.get(state, _("Pause")), _("Space"))

    def show_steps(self, shown: bool) -> None:
        self.steps.show_as("list", _("Hide steps") if shown else _("Steps"), "L")

    def set_fullscreen(self, on: bool) -> None:
        self._fullscreen = on
        self.stop.show_as("stop", _("Stop"), "" if on else _("Esc"))
        if on:
            self.fullscreen.show_as("window", _("Window"), _("Esc"))
        else:
            self.fullscreen.show_as("fullscreen", _("Full screen"), "F")

    def setVisible(self, visible: bool) -> None:
        self._plate.setVisible(visible and self._fullscreen)
        self._plate.raise_()
        for button in (*self._middle, *self._corner):
            button.setVisible(visible and not (self._fullscreen and button is self.steps))
            button.raise_()

    def has_focus(self) -> bool:
        return any(button.hasFocus() for button in (*self._middle, *self._corner))

    def arrange(self, middle: QRect, corner: QRect, *, over: QRect) -> None:
        """Place the buttons in the two rectangles; in full screen they cover all of what they lie `over`."""
        bar = middle.united(corner)
        self._plate.setGeometry(bar.united(over if over.intersects(bar) else QRect()).adjusted(-12, 0, 12, 0))
        largest = round(bar.height() * _CIRCLE_SHARE)
        label = bar.height() - largest
        width = middle.width() // len(self._middle)
        with_key = bar.height() >= _LOWEST_WITH_KEYS
        label_px = self._fitting_px(width, label * (0.4 if with_key else 0.8), wrapped=False)
        if with_key and label_px < _SMALLEST_PX:
            with_key, label_px = False, self._fitting_px(width, label * 0.4, wrapped=True)
        for group, buttons in ((middle, self._middle), (corner, self._corner)):
            for place, button in enumerate(buttons):
                box = QRect(group.left() + place * width, group.top(), width, group.height())
                circle = largest if button is self.toggle else round(largest * _SMALLER)
                button.arrange(box, circle, label_px, label, with_key=with_key)

    def _fitting_px(self, width: int, largest: float, *, wrapped: bool) -> int:
        """The largest font size up to `largest` at which every label is at most `width` wide."""
        sizes = range(int(largest), 1, -1)
        buttons = (*self._middle, *self._corner)
        return next((px for px in sizes if all(one.label_width(px, wrapped=wrapped) <= width for one in buttons)), 1)
