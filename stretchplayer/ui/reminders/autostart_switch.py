"""The switch for starting at login; it shows the system's own state."""

from typing import Protocol

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QWidget

from stretchplayer.ui.theme.scaling import keep_room
from stretchplayer.ui.widgets.switch import Switch


class AutostartControl(Protocol):
    """Whether the system starts the program at login, and the way to change that."""

    @property
    def changed(self) -> SignalInstance:
        """Emitted when `is_on` may have changed, and after every `choose`."""

    @property
    def is_on(self) -> bool | None:
        """None when it can't be known or changed, or isn't known yet."""

    def choose(self, on: bool) -> None:
        """Have the program started at login, or not."""


class AutostartSwitch(Switch):
    """Can't be used while the system can't be asked; then it can be `hidden`, too."""

    def __init__(self, text: str, control: AutostartControl | None, parent: QWidget, *, hidden: bool = False) -> None:
        super().__init__(text, parent)
        self._control = control
        self._hidden = hidden
        keep_room(self)
        self.clicked.connect(self._choose)
        if control is not None:
            control.changed.connect(self.follow)
        self.follow()

    def follow(self) -> None:
        """Show how it is now."""
        on = None if self._control is None else self._control.is_on
        self.setEnabled(on is not None)
        self.setChecked(bool(on))
        if self._hidden:
            self.setVisible(on is not None)

    def _choose(self, on: bool) -> None:
        self.setChecked(not on)  # until the system confirms it
        if self._control is not None:
            self._control.choose(on)
