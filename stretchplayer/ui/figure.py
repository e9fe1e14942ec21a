"""The figure as a widget: it shows the way from one pose to another, and breathes in a hold."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent, QTransform
from PySide6.QtWidgets import QSizePolicy, QWidget

from stretchplayer.domain.movement import Movement, movement_to
from stretchplayer.domain.pose import Pose
from stretchplayer.domain.routine import Side
from stretchplayer.ui import accessible
from stretchplayer.ui.figure_colours import figure_colours
from stretchplayer.ui.figure_painter import (
    CHEST_DEPTH,
    CHEST_SWELLS,
    FigurePainter,
    Scene,
    chest_of,
    fit,
    view_of,
)

SMALLEST_STEP_PX: Final = 0.4
"""Nothing is drawn again before something has moved by this much."""


class Figure(QWidget):
    """Draws one person in one place of a movement. A pose that is missing is drawn as nothing at all."""

    ACCESSIBLE_ROLE = accessible.Role.Graphic

    def __init__(self, poses: Mapping[str, Pose] | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._poses: Mapping[str, Pose] = poses or {}
        self._reduced = False
        self._way: tuple[str | None, str | None] = (None, None)
        self._movement: Movement | None = None
        self._view = QRectF()
        self._scene: Scene | None = None
        self._drawn: Scene | None = None
        self.setMinimumSize(48, 32)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    @property
    def scene(self) -> Scene | None:
        """What is shown, if anything."""
        return self._scene

    def set_poses(self, poses: Mapping[str, Pose]) -> None:
        """Show these poses from the next movement on; until then, nothing."""
        self._poses = poses
        self._way = (None, None)
        self.show_nothing()

    def set_reduced_motion(self, reduced: bool) -> None:
        """Whether only the ends of movements are shown, and no breathing."""
        self._reduced = reduced

    def show_nothing(self) -> None:
        """Take the figure away."""
        if self._scene is not None:
            self._scene = None
            self.update()
        self.setAccessibleName("")

    def show_movement(
        self, start: str | None, end: str | None, *, side: Side | None, progress: float, breath: float | None = None
    ) -> None:
        """Show the way from one named pose to another at `progress`, 0 to 1; without a start the end alone.

        `breath` is how full the chest is, 0 to 1, as `movement.breath_at` says; None is the same as 0. Cheap enough to
        be called 30 times a second: nothing is drawn again before it has visibly changed.
        """
        movement = self._find(start, end)
        if movement is None:
            self.show_nothing()
            return
        self._scene = Scene(
            skeleton=movement.at(1.0 if self._reduced else progress),
            props=movement.end.props,
            side=side,
            breath=0.0 if self._reduced or breath is None else breath,
        )
        self._name(movement.end.words(side))
        region = self._changed(self._drawn, self._scene)
        if region is not None:
            self._drawn = self._scene
            self.update(region)

    def _find(self, start: str | None, end: str | None) -> Movement | None:
        if (start, end) != self._way:
            self._way = (start, end)
            self._drawn = None
            self._movement = movement_to(self._poses, end or "", start)
            if self._movement is not None:
                self._view = view_of(self._movement)
        return self._movement

    def _name(self, words: str) -> None:
        if words != self.accessibleName():
            self.setAccessibleName(words)

    def _to_device(self, scene: Scene) -> QTransform:
        return fit(self._view, QRectF(self.rect()), mirrored=scene.mirrored)

    def _changed(self, before: Scene | None, scene: Scene) -> QRect | None:
        """The part of the widget that has to be drawn again, if any."""
        if before is None or before.side is not scene.side:
            return self.rect()
        to_device = self._to_device(scene)
        scale = abs(to_device.m22())
        points = zip(before.skeleton.points(), scene.skeleton.points(), strict=True)
        if max(abs(one - other) for one, other in points) * scale > SMALLEST_STEP_PX:
            return self.rect()
        if abs(scene.breath - before.breath) * CHEST_SWELLS * CHEST_DEPTH * scale > SMALLEST_STEP_PX:
            return to_device.mapRect(chest_of(scene.skeleton)).toAlignedRect()
        return None

    def sizeHint(self) -> QSize:
        """A figure that can be read from a chair."""
        return QSize(480, 300)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What is shown is drawn again anyway."""
        self._drawn = self._scene

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the scene; Qt clips to what has to be drawn again."""
        if self._scene is None:
            return
        painter = QPainter(self)
        FigurePainter(painter, figure_colours(self.palette()), self._to_device(self._scene)).paint(self._scene)
