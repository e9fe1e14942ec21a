"""A virtual desktop with X11: Xvfb, and openbox to manage windows."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from Xlib import X
from Xlib.display import Display
from Xlib.error import BadDrawable, BadWindow
from Xlib.protocol import event

from tests.e2e.desktop import Desktop, Window
from tests.e2e.waiting import wait_until

if TYPE_CHECKING:
    from PySide6.QtGui import QImage


class X11Desktop(Desktop):
    """X11, as on many desktops still."""

    needs = (*Desktop.needs, "Xvfb", "openbox", "xdotool", "xrandr")

    def key(self, *keys: str) -> None:
        """Press keys."""
        self.tool("xdotool", "key", "--clearmodifiers", *keys)

    def move(self, x: int, y: int) -> None:
        """Move the pointer."""
        self.tool("xdotool", "mousemove", "--sync", str(x), str(y))

    def click(self, x: int, y: int, times: int = 1) -> None:
        """Click with the left button."""
        self.tool("xdotool", "mousemove", str(x), str(y), "click", "--repeat", str(times), "--delay", "60", "1")

    def windows(self) -> list[Window]:
        """What the window manager lists.

        Which one has the focus is asked of the X server: openbox goes on naming the last active window after it has
        gone, and another one may have its number by then.
        """
        ids = self._property(self._display.screen().root, "_NET_CLIENT_LIST")
        focus = getattr(self._display.get_input_focus().focus, "id", None)  # no window when it is nobody's
        return [window for number in ids if (window := self._window(int(number), focused=number == focus))]

    def unmanaged(self, title: str) -> Window | None:
        """The window of which the title contains that, that is on the screen and that no window manager lists."""
        root = self._display.screen().root
        for each in root.query_tree().children:
            try:
                attributes = each.get_attributes()
            except BadWindow:
                continue  # closed since it was listed
            window = self._window(each.id, focused=False)
            seen = attributes.override_redirect and attributes.map_state == X.IsViewable
            if seen and window is not None and title in window.title:
                return window
        return None

    def states(self, number: int) -> set[str]:
        """What the window manager says of a window: "_NET_WM_STATE_FULLSCREEN" and the like."""
        window = self._display.create_resource_object("window", number)
        return {self._display.get_atom_name(atom) for atom in self._property(window, "_NET_WM_STATE")}

    def picture(self) -> "QImage":
        """The whole screen."""
        from PySide6.QtGui import QImage  # a benchmark of memory must not load what it shares with the program

        root = self._display.screen().root
        got: Any = root.get_image(0, 0, self.width, self.height, X.ZPixmap, 0xFFFFFFFF)
        return QImage(got.data, self.width, self.height, self.width * 4, QImage.Format.Format_RGB32).copy()

    def destroy_window(self, title: str) -> None:
        """Destroy the window of that title, as no program should do to another one's."""
        for number in self._property(self._display.screen().root, "_NET_CLIENT_LIST"):
            window = self._window(int(number), focused=False)
            if window is not None and window.title == title:
                self._display.create_resource_object("window", int(number)).destroy()
        self._display.sync()

    def close_window(self, title: str) -> None:
        """Close the window of that title as its own button does."""
        root = self._display.screen().root
        for number in self._property(root, "_NET_CLIENT_LIST"):
            window = self._window(int(number), focused=False)
            if window is not None and window.title == title:
                message = event.ClientMessage(
                    window=self._display.create_resource_object("window", int(number)),
                    client_type=self._display.intern_atom("_NET_CLOSE_WINDOW"),
                    data=(32, [0, 2, 0, 0, 0]),
                )
                root.send_event(message, event_mask=X.SubstructureRedirectMask | X.SubstructureNotifyMask)
        self._display.sync()

    @contextmanager
    def two_screens(self, left: int | None = None) -> Iterator[Callable[[], None]]:
        """Make two monitors, side by side, of the one; calling what the block gets unplugs the right one.

        `left` is the left one's width in px, half of the whole without it.
        """
        width = self.width // 2 if left is None else left
        self.tool("xrandr", "--setmonitor", "left", f"{width}/250x{self.height}/280+0+0", "screen")
        rest = f"{self.width - width}/250x{self.height}/280+{width}+0"
        self.tool("xrandr", "--setmonitor", "right", rest, "none")
        plugged_in = ["left", "right"]

        def unplug() -> None:
            self.tool("xrandr", "--delmonitor", plugged_in.pop())

        try:
            yield unplug
        finally:
            while plugged_in:
                unplug()

    def atom(self, name: str) -> int:
        """The server's number for a name."""
        number: int = self._display.intern_atom(name)
        return number

    def set_root_property(self, name: str, kind: str, numbers: list[int]) -> None:
        """Say something at the root window, in 32-bit numbers."""
        self._display.screen().root.change_property(self.atom(name), self.atom(kind), 32, numbers)
        self._display.sync()

    @contextmanager
    def window_with(self, name: str, text: str) -> Iterator[None]:
        """Have a window that nobody sees, with a property that is a text."""
        window = self._display.screen().root.create_window(-1, -1, 1, 1, 0, X.CopyFromParent)
        window.change_property(self.atom(name), self.atom("STRING"), 8, text.encode())
        self._display.sync()
        yield
        window.destroy()
        self._display.sync()

    def _window(self, number: int, *, focused: bool) -> Window | None:
        window = self._display.create_resource_object("window", number)
        try:
            geometry = window.get_geometry()
            corner = window.translate_coords(self._display.screen().root, 0, 0)
            title = self._property(window, "_NET_WM_NAME")
            state = self._property(window, "_NET_WM_STATE")
            pid = self._property(window, "_NET_WM_PID")
        except (BadDrawable, BadWindow):
            return None  # closed since it was listed
        return Window(
            title=bytes(title).decode() if title else "",
            pid=int(pid[0]) if pid else 0,
            x=-corner.x,
            y=-corner.y,
            width=geometry.width,
            height=geometry.height,
            fullscreen=self._display.intern_atom("_NET_WM_STATE_FULLSCREEN") in state,
            focused=focused,
        )

    def _property(self, window: Any, name: str) -> Any:  # noqa: ANN401 # python-xlib's values have no fixed type
        found = window.get_full_property(self._display.intern_atom(name), X.AnyPropertyType)
        return found.value if found else ()

    def _put_up_screen(self) -> None:
        reader, writer = os.pipe()
        with os.fdopen(reader, encoding="ascii") as number:
            size = f"{self.width}x{self.height}x24"
            options = ["-screen", "0", size, "-nolisten", "tcp", "-noreset", "-displayfd", str(writer)]
            self._serve(["Xvfb", *options], pass_fds=[writer])
            os.close(writer)
            # Xvfb finds a free display, and writes its number when it is ready; nothing if it ends before.
            shown = number.readline().strip()
        assert shown, "Xvfb did not start"
        self.env |= {"DISPLAY": f":{shown}", "XDG_SESSION_TYPE": "x11", "XDG_CURRENT_DESKTOP": "Openbox"}
        self._display = Display(f":{shown}")
        self._ending.callback(self._display.close)
        # openbox announces itself before it is ready, and forgets a window that wants to be shown in between.
        managed = self.folder / "managed"
        self._serve(["openbox", "--startup", f"touch {managed}"])
        wait_until(managed.exists, "the window manager")
