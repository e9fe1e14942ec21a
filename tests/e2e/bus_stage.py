"""Our side of a bus, and what tests put on the other."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from pytestqt.qtbot import QtBot

from stretchplayer.desktop.dbus.bus import Address, Body
from stretchplayer.desktop.dbus.connection import BusConnection
from tests.e2e.desktop import Desktop
from tests.e2e.waiting import wait_until

SCRIPT: Final = str(Path(__file__).with_name("stand_in.py"))
MENU: Final = """\
#!/bin/sh
grep -F -m 1 "#$(cat {choice})"
"""
DUNSTRC: Final = """\
[global]
    dmenu = {menu}
    history_length = 20
"""


class StandIn:
    """A service that a test has put on a bus."""

    def __init__(self, stage: "BusStage", process: "subprocess.Popen[str]", name: str) -> None:
        self._stage = stage
        self.process = process
        self._own = Address(service=name, path="/", interface="org.stretchplayer.StandIn")

    @property
    def calls(self) -> list[list[Any]]:
        """What it was asked, each as the method's name and its arguments."""
        lines = self._stage.desktop.output(self.process).split("\n")[1:-1]
        return [json.loads(line) for line in lines]

    def asked(self, member: str) -> list[list[Any]]:
        """The arguments of every call of this method."""
        return [rest for name, *rest in self.calls if name == member]

    def say(self, path: str, interface: str, member: str, signature: str, *values: object, to: str = "") -> None:
        """Let it send a signal, to everyone or to one connection."""
        body = (path, interface, member, signature, json.dumps(values), to)
        self._stage.call(self._own, "Say", "ssssss", *body)

    def answer(self, **answers: object) -> None:
        """Let it answer otherwise from now on."""
        self._stage.call(self._own, "Answer", "s", json.dumps(answers))

    def kill(self) -> None:
        """End it without a farewell."""
        self.process.kill()
        self.process.wait()


class BusStage:
    """A bus as the program has one. Closed by whoever made it."""

    def __init__(self, desktop: Desktop, qtbot: QtBot, address: str | None = None) -> None:
        self.desktop = desktop
        self._qtbot = qtbot
        self.address = address or desktop.env["DBUS_SESSION_BUS_ADDRESS"]
        self.bus = BusConnection(self.address)

    def close(self) -> None:
        """End our side."""
        self.bus.close()
        self.bus.deleteLater()

    def put_on(self, name: str, **answers: object) -> StandIn:
        """Start a service and wait until it is there."""
        process = self.desktop.start([sys.executable, SCRIPT, self.address, name, json.dumps(answers)])
        wait_until(lambda: "ready" in self.desktop.output(process), f"the service {name}")
        return StandIn(self, process, name)

    def call(self, to: Address, member: str, signature: str = "", *body: object) -> Body:
        """Call a method and wait for its answer; AssertionError when it is an error."""
        answers: list[Body | None] = []
        self.bus.call(to, member, answers.append, signature=signature, body=body)
        self.wait_until(lambda: bool(answers))
        assert answers[0] is not None, f"{member} of {to.service} failed"
        return answers[0]

    def wait_until(self, condition: Callable[[], bool]) -> None:
        """Wait for something, with our event loop running."""
        self._qtbot.waitUntil(condition)


class Dunst:
    """A notification server, of which a person can click the buttons."""

    def __init__(self, desktop: Desktop, folder: Path) -> None:
        self._desktop = desktop
        self._choice = folder / "choice"
        menu, self._config = folder / "menu", folder / "dunstrc"
        menu.write_text(MENU.format(choice=self._choice), encoding="utf-8")
        menu.chmod(0o755)
        self._config.write_text(DUNSTRC.format(menu=menu), encoding="utf-8")
        self._process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        """Start it and wait until it answers."""
        self._desktop.allowed_noise.append(r"dunst|^\s*$|^(WARNING|CRITICAL|INFO): ")
        self._process = self._desktop.start(["dunst", "-conf", str(self._config)])
        command = ["dunstctl", "is-paused"]
        wait_until(
            lambda: subprocess.run(command, env=self._desktop.env, capture_output=True, check=False).returncode == 0,
            "dunst",
        )

    def kill(self) -> None:
        """End it without a farewell."""
        assert self._process is not None, "it was not started"
        self._process.kill()
        self._process.wait()

    def ctl(self, *command: str) -> str:
        """Do something to it; its answer is returned."""
        return self._desktop.tool("dunstctl", *command)

    @property
    def displayed(self) -> int:
        """How many notifications are on the screen."""
        return int(self.ctl("count", "displayed"))

    @property
    def last(self) -> dict[str, Any]:
        """The notification that was closed last, as dunst remembers it."""
        entry: dict[str, Any] = json.loads(self.ctl("history"))["data"][0][0]
        return {name: value["data"] for name, value in entry.items()}

    def click(self, label: str) -> None:
        """Click a button, by way of the menu that dunst has for them."""
        self._choice.write_text(label, encoding="utf-8")
        self.ctl("context")

    def click_body(self) -> None:
        """Click the notification itself."""
        self.ctl("action", "0")
