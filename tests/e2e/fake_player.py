"""A media player for tests: python fake_player.py NAME STATUS [deaf]. It prints what it is told to do.

"deaf" never answers. Lines on standard input do what a person does at the player: "Playing", "Paused" or "Stopped".
"""

import sys

from PySide6.QtCore import QCoreApplication, QSocketNotifier
from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusVirtualObject

PATH = "/org/mpris/MediaPlayer2"
PLAYER = "org.mpris.MediaPlayer2.Player"
PROPERTIES = "org.freedesktop.DBus.Properties"


class FakePlayer(QDBusVirtualObject):
    """Answers on the session bus."""

    def __init__(self, status: str, *, is_deaf: bool) -> None:
        super().__init__()
        self._status = status
        self._is_deaf = is_deaf
        self._bus = QDBusConnection.sessionBus()

    def introspect(self, path: str, /) -> str:
        """Say nothing about itself: nobody asks."""
        return ""

    def handleMessage(self, message: QDBusMessage, connection: QDBusConnection, /) -> bool:
        """Take a call."""
        if message.interface() == PLAYER:
            sys.stdout.write(f"{message.member()}\n")
            sys.stdout.flush()
        if self._is_deaf:
            return True
        reply = message.createReply()
        if message.member() == "GetAll":
            metadata = {"mpris:trackid": "/song", "xesam:title": "Song"}
            properties = {"PlaybackStatus": self._status, "CanPause": True, "Metadata": metadata}
            reply.setArguments([properties])
        connection.send(reply)
        if message.member() in {"Pause", "Play"}:
            self.become("Paused" if message.member() == "Pause" else "Playing")
        return True

    def obey(self, line: str, notifier: QSocketNotifier) -> None:
        """Do what a person does."""
        if line:
            self.become(line.strip())
        else:
            notifier.setEnabled(False)

    def become(self, status: str) -> None:
        """Change, and say so."""
        self._status = status
        changed = QDBusMessage.createSignal(PATH, PROPERTIES, "PropertiesChanged")
        changed.setArguments([PLAYER, {"PlaybackStatus": status}, ["Seconds"]])
        self._bus.send(changed)


def main() -> int:
    """Be a player until the process is ended."""
    app = QCoreApplication(sys.argv[:1])
    name, status, *rest = sys.argv[1:]
    player = FakePlayer(status, is_deaf="deaf" in rest)
    bus = QDBusConnection.sessionBus()
    bus.registerVirtualObject(PATH, player)
    bus.registerService(f"org.mpris.MediaPlayer2.{name}")
    notifier = QSocketNotifier(0, QSocketNotifier.Type.Read)
    notifier.activated.connect(lambda: player.obey(sys.stdin.readline(), notifier))
    sys.stdout.write("here\n")
    sys.stdout.flush()
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())
