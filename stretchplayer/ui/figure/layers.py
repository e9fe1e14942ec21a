"""Cached pictures of the parts of the figure that rest, so that only what moves is painted in each frame.

In most movements most parts rest, and repainting them would take longer than painting what moves. A picture covers
parts that are adjacent in drawing order, so moving parts are still painted in between.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QPainter, QPixmap

from stretchplayer.figure.skeleton import Skeleton
from stretchplayer.ui.figure.bounds import Part, differing

_Run = tuple[Part, ...]


class Layers:
    """Caches pictures of the parts that have not moved since the movement began."""

    def __init__(self) -> None:
        self._of: object = None
        self._first: tuple[Skeleton, float] | None = None
        self._moving: frozenset[Part] = frozenset()
        self._drawn_with: object = None
        self._pictures: dict[_Run, tuple[QPixmap, QPoint]] = {}

    def forget(self) -> None:
        self._first = None
        self._moving = frozenset()
        self._pictures.clear()

    def follow(self, movement: object, skeleton: Skeleton, breath: float) -> bool:
        """Note what moves; return whether more moves than before, so that everything has to be repainted."""
        if self._first is None or movement != self._of:
            self.forget()
            self._of, self._first = movement, (skeleton, breath)
            return False
        first, first_breath = self._first
        moving = set(differing(first, skeleton)) | ({Part.TORSO} if breath != first_breath else set())
        if moving <= self._moving:
            return False
        self._moving |= moving
        self._pictures.clear()
        return True

    def runs(self, parts: Sequence[Part], drawn_with: object) -> Iterator[tuple[_Run, bool]]:
        """The parts from back to front in runs, and whether each run is cached as a picture.

        The cache is cleared when `drawn_with`, everything else that the pictures depend on, changes.
        """
        if drawn_with != self._drawn_with:
            self._drawn_with = drawn_with
            self._pictures.clear()
        for moves, run in groupby(parts, key=lambda part: not self._moving or part in self._moving):
            yield tuple(run), not moves

    def draw(self, painter: QPainter, run: _Run, box: QRect, draw: Callable[[QPainter], None]) -> None:
        """Draw a run's picture at `box` (whole px), made with `draw` if it isn't cached yet."""
        if run not in self._pictures:
            self._pictures[run] = (_picture(box, painter.device().devicePixelRatio(), draw), box.topLeft())
        picture, corner = self._pictures[run]
        painter.drawPixmap(corner, picture)


def _picture(box: QRect, ratio: float, draw: Callable[[QPainter], None]) -> QPixmap:
    picture = QPixmap(box.size() * ratio)
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.translate(-box.topLeft())
    draw(painter)
    painter.end()
    return picture
