"""Stand-ins for services of the desktop. Each implements a port and can fail."""

from stretchplayer.errors import DesktopError


class FakeAutostart:
    """Starting at login. `moved`: another command would be started; `broken`: nothing can be changed."""

    def __init__(self, *, on: bool = False, available: bool = True) -> None:
        self.on = on
        self.available = available
        self.moved = False
        self.broken = False

    def is_available(self) -> bool:
        """Whether it can be set."""
        return self.available

    def is_on(self) -> bool:
        """Whether the program will be started; what has moved away will not."""
        return self.on and not self.moved

    def set(self, on: bool) -> None:
        """Set it, or raise DesktopError."""
        self._check()
        self.on = on
        self.moved = False

    def repair(self) -> bool:
        """Repair it, or raise DesktopError."""
        if not (self.on and self.moved):
            return False
        self._check()
        self.moved = False
        return True

    def _check(self) -> None:
        if self.broken:
            raise DesktopError("Starting at login can't be changed.")
