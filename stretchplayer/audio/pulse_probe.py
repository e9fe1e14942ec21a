"""The state of the sound server on Linux, without asking Qt.

Qt connects to it when first asked for a device. If no server is listening then, or for some seconds after one has
exited, Qt 6.11.3 gives up for the life of the process, and loading another sound after that aborts the process with
"Assertion 'c' failed" in libpulse. So Qt must be asked neither too early nor after it has given up.
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
"""Variables that name a sound server listening somewhere else."""
OPEN_FILES: Final = Path("/proc/self/fd")


def sound_server_expected() -> bool:
    """Whether it makes sense to look for sound devices now: always, except on Linux when no server is listening yet."""
    runtime_dir = os.environ.get("XDG_RUNTIME_DIR")
    is_elsewhere = any(os.environ.get(name) for name in SERVER_VARIABLES)
    if sys.platform == "linux" and runtime_dir and not is_elsewhere:
        places = [Path(runtime_dir, name) for name in SERVER_SOCKETS]
        return any(place.exists() for place in (*places, SYSTEM_SOCKET))
    return True


def connections() -> dict[int, str]:
    """The peers of this process's sockets, by inode; empty on a system that doesn't tell."""
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
    """Watches the connections that Qt opens while looking for devices.

    Create one before Qt looks, and call `opened` afterwards. Qt opens more connections to the same server later.
    """

    def __init__(self) -> None:
        self._others = set(connections().values())
        self._servers: set[str] = set()
        self._links: set[int] = set()
        self._most = 0
        self._cuts = 0

    def opened(self) -> None:
        """Treat every peer connected to since creation as a sound server."""
        self._servers = set(connections().values()) - self._others

    def cuts(self) -> int | None:
        """How many times a connection was lost; None while one is missing. 0 on systems that don't tell."""
        links = {number for number, peer in connections().items() if peer in self._servers}
        if not self._links <= links:
            self._cuts += 1
        self._links = links
        self._most = max(self._most, len(links))
        return self._cuts if len(links) == self._most else None
