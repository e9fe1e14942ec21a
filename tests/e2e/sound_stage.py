"""A desktop whose sound server comes, goes and hangs."""

import signal
import subprocess
from collections.abc import Mapping, Sequence
from typing import Final

from tests.e2e.desktop import end
from tests.e2e.waiting import pause, wait_until
from tests.e2e.x11 import X11Desktop

TONE_WITHIN_S: Final = 1.0


class SoundStage(X11Desktop):
    """Its sound server can be started, ended and stopped."""

    def __init__(self, *, has_sound: bool = True) -> None:
        super().__init__()
        self._has_sound = has_sound
        self._servers: list[subprocess.Popen[str]] = []

    def start_sound(self) -> None:
        """Start the sound server."""
        super()._put_up_sound()

    def end_sound(self) -> None:
        """End it; whoever plays something loses their connection."""
        while self._servers:
            end(self._servers.pop())

    def tell_sound(self, number: signal.Signals) -> None:
        """Send it a signal."""
        for server in self._servers:
            server.send_signal(number)

    def wait_for_tone_of_key(self, key: str) -> None:
        """Press a key, again and again, until a tone answers it."""
        with self.record() as heard:

            def press() -> bool:
                self.key(key)
                pause(TONE_WITHIN_S)
                return bool(heard.onsets())

            wait_until(press, "a tone")

    def close(self) -> None:
        self.tell_sound(signal.SIGCONT)
        super().close()

    def _put_up_sound(self) -> None:
        if self._has_sound:
            self.start_sound()

    def _serve(
        self,
        command: Sequence[str],
        env: Mapping[str, str] | None = None,
        *,
        pass_fds: Sequence[int] = (),
        user: str | None = None,
    ) -> "subprocess.Popen[str]":
        process = super()._serve(command, env, pass_fds=pass_fds, user=user)
        if "pulse" in command[0] or "pipe" in command[0] or "plumber" in command[0]:
            self._servers.append(process)
        return process
