"""How long tests wait for what happens by itself, before it counts as not happening."""

from collections.abc import Callable
from typing import Any, Final

from pytestqt.qtbot import QtBot

PATIENCE_S: Final = 120.0
"""Long, since a busy machine is no failure; it costs nothing when all is well."""
PATIENCE_MS: Final = int(PATIENCE_S * 1000)


class PatientBot(QtBot):
    """pytest-qt's own patience is five seconds."""

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = PATIENCE_MS) -> None:
        super().waitUntil(callback, timeout=timeout)

    def waitSignal(self, signal: Any, *, timeout: int = PATIENCE_MS, **more: Any) -> Any:  # noqa: ANN401 # pytest-qt's
        return super().waitSignal(signal, timeout=timeout, **more)
