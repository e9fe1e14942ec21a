"""A virtual desktop with Wayland: sway, without a screen, a keyboard or a mouse that anyone could touch."""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from typing import Any, Final

from PySide6.QtGui import QImage

from tests.e2e.desktop import Desktop, Window
from tests.e2e.waiting import wait_until
from tests.e2e.wayland_input import WaylandInput

CONFIG: Final = """\
output HEADLESS-1 resolution {width}x{height}
for_window [app_id=".*"] floating enable, border none
xwayland disable
"""


class WaylandDesktop(Desktop):
    """Wayland, as on most desktops now."""

    needs = (*Desktop.needs, "sway", "swaymsg", "grim")

    def key(self, *keys: str) -> None:
        """Press keys."""
        for combination in keys:
            self._input.key(combination)

    def move(self, x: int, y: int) -> None:
        """Move the pointer."""
        self._input.move(x, y, self.width, self.height)

    def click(self, x: int, y: int, times: int = 1) -> None:
        """Click with the left button."""
        self.move(x, y)
        for _ in range(times):
            self._input.press(down=True)
            self._input.press(down=False)

    def windows(self) -> list[Window]:
        """What the compositor lists."""
        tree = json.loads(self.tool("swaymsg", "-t", "get_tree"))
        return [_window(node) for node in _views(tree)]

    def picture(self) -> QImage:
        """The whole screen."""
        command = ["grim", "-t", "ppm", "-"]
        return QImage.fromData(subprocess.run(command, env=self.env, check=True, capture_output=True).stdout)

    def command(self, command: str) -> None:
        """Tell sway to do something, as its manual describes."""
        self.tool("swaymsg", "--quiet", command)

    def _put_up_screen(self) -> None:
        # sway refuses to run as root, so it then runs as the user that owns nothing.
        user = "nobody" if os.getuid() == 0 else None
        folder = self.folder / "wayland"
        folder.mkdir(mode=0o700)
        if user:
            shutil.chown(folder, user)
        config = self.folder / "sway.conf"
        config.write_text(CONFIG.format(width=self.width, height=self.height), encoding="utf-8")
        headless = {"WLR_BACKENDS": "headless", "WLR_RENDERER": "pixman", "WLR_LIBINPUT_NO_DEVICES": "1"}
        home = {"HOME": str(folder), "XDG_RUNTIME_DIR": str(folder)}
        self._serve(["sway", "--config", str(config)], {**self.env, **headless, **home}, user=user)
        display = wait_until(lambda: next(folder.glob("wayland-?"), None), "the compositor")
        control = wait_until(lambda: next(folder.glob("sway-ipc.*"), None), "the compositor's control")
        self.env |= {
            "WAYLAND_DISPLAY": str(display),
            "SWAYSOCK": str(control),
            "XDG_SESSION_TYPE": "wayland",
            "XDG_CURRENT_DESKTOP": "sway",
        }
        self._input = WaylandInput(display)
        self._ending.callback(self._input.close)


def _views(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if node.get("pid") and node.get("app_id") is not None:
        yield node
    for child in (*node.get("nodes", ()), *node.get("floating_nodes", ())):
        yield from _views(child)


def _window(node: dict[str, Any]) -> Window:
    frame, inside = node["rect"], node["window_rect"]
    return Window(
        title=node["name"] or "",
        pid=node["pid"],
        x=frame["x"] + inside["x"],
        y=frame["y"] + inside["y"],
        width=inside["width"],
        height=inside["height"],
        fullscreen=bool(node["fullscreen_mode"]),
        focused=node["focused"],
    )
