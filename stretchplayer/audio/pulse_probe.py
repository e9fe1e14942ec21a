"""What can be known of the sound server that Linux has, without asking Qt.

Qt connects to it when it is first asked for a device. If no server listens then, or for some seconds after one has
gone, Qt 6.11.3 gives up for the life of the process; and the next sound that is loaded after that ends the process,
with "Assertion 'c' failed" in libpulse. So Qt must be asked neither too early, nor once it has given up.
"""

import contextlib
import os
import socket
import stat
import sys
from pathlib import Path
from typing import Final

SERVER_SOCKETS: Final = ("pulse/native", "pipewire-0")
"""Where PulseAudio and PipeWire listen, below the user's runtime directory."""
SYSTEM_SOCKET: Final = Path("/run/pulse/native")
"""Where a PulseAudio that serves the whole machine listens."""
SERVER_VARIABLES: Final = ("PULSE_SERVER", "PIPEWIRE_REMOTE", "PIPEWIRE_RUNTIME_DIR")
"""What names a sound server that listens somewhere else."""
OPEN_FILES: Final = Path("/proc/self/fd")


def sound_server_expected() -> bool:
    """Whether looking for sound devices makes sense now: always, but on a Linux where no server listens yet."""
    runtime_dir = os.environ.get("XDG_RUNTIME_DIR")
    if sys.platform != "linux" or not runtime_dir or any(os.environ.get(name) for name in SERVER_VARIABLES):
        return True
    places = [Path(runtime_dir, name) for name in SERVER_SOCKETS]
    return any(place.exists() for place in (*places, SYSTEM_SOCKET))


def connections() -> dict[int, str]:
    """Whom this process is connected to, by the number of the socket; empty on a system that doesn't tell."""
    found: dict[int, str] = {}
    with contextlib.suppress(OSError):
        for entry in OPEN_FILES.iterdir():
            with contextlib.suppress(OSError):  # closed by now, or a socket that is not connected
                file = os.fstat(int(entry.name))
                if stat.S_ISSOCK(file.st_mode):
                    with socket.socket(fileno=os.dup(int(entry.name))) as copy:
                        found[file.st_ino] = str(copy.getpeername())
    return found


class ServerLink:
    """Watches the connections that were opened while Qt looked for devices.

    Make one before Qt looks and call `opened` after that. Qt opens more of them to the same server later on.
    """

    def __init__(self) -> None:
        self._others = set(connections().values())
        self._servers: set[str] = set()
        self._links: set[int] = set()
        self._most = 0
        self._cuts = 0

    def opened(self) -> None:
        """Take every address connected to since the start for that of a sound server."""
        self._servers = set(connections().values()) - self._others

    def cuts(self) -> int | None:
        """How often a connection was cut until now; None while one is missing. On systems that don't tell, 0."""
        links = {number for number, peer in connections().items() if peer in self._servers}
        if not self._links <= links:
            self._cuts += 1
        self._links = links
        self._most = max(self._most, len(links))
        return self._cuts if len(links) == self._most else None
