"""The figure as a widget: it moves from one pose to another, and breathes in a hold."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QMargins, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QTransform
from PySide6.QtWidgets import QSizePolicy, QWidget

from stretchplayer.figure.movement import Movement, movement_to
from stretchplayer.figure.pose import Pose
from stretchplayer.figure.side import Side
from stretchplayer.ui.figure.bounds import changed_box, farthest_moved
from stretchplayer.ui.figure.colours import figure_colours
from stretchplayer.ui.figure.layers import Layers
from stretchplayer.ui.figure.painter import CHEST_DEPTH, CHEST_SWELLS, FigurePainter, Scene, chest_of, fit, view_of
from stretchplayer.ui.theme import accessibility as accessible

SMALLEST_STEP_PX: Final = 0.4
"""Movements smaller than this aren't repainted."""
_SOFT_EDGE: Final = QMargins(2, 2, 2, 2)


class Figure(QWidget):
    """Draws one moment of a movement. A missing pose is drawn as nothing."""

    ACCESSIBLE_ROLE = accessible.Role.Graphic

    def __init__(self, poses: Mapping[str, Pose], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._poses = poses
        self._reduced = False
        self._way: tuple[str | None, str | None] = (None, None)
        self._movement: Movement | None = None
        self._view = QRectF()
        self._layers = Layers()
        self._scene: Scene | None = None
        self._place = 0.0
        self.setMinimumSize(48, 32)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def set_reduced_motion(self, reduced: bool) -> None:
        """Show only end poses, and no breathing."""
        self._reduced = reduced

    def show_nothing(self) -> None:
        if self._scene is not None:
            self._scene = None
            self._layers.forget()
            self.update()
        self.setAccessibleName("")

    def show_movement(
        self, start: str | None, end: str | None, *, side: Side | None, progress: float, breath: float | None = None
    ) -> None:
        """Show the movement between two named poses at `progress`, 0 to 1; without `start`, the end pose.

        `breath` is how full the chest is, 0 to 1 (`movement.breath_at`). Cheap enough to be called 30 times a second:
        only visible changes are repainted.
        """
        movement = self._find(start, end)
        if movement is None:
            self.show_nothing()
            return
        place = 1.0 if self._reduced or movement.is_still else progress
        full = 0.0 if self._reduced or breath is None else breath
        before = self._scene
        moved = before is None or place != self._place or side is not before.side
        if not moved and not self._is_seen(full):
            return
        scene = Scene(skeleton=movement.at(place), props=movement.end.props, side=side, breath=full)
        region = self._changed(before, scene, at_end=moved and place >= 1)
        if region is not None:
            if self._layers.follow((self._way, side), scene.skeleton, full):
                region = self.rect()
            self._scene, self._place = scene, place
            self._name(movement.end.words(side))
            self.update(region)

    def _find(self, start: str | None, end: str | None) -> Movement | None:
        if (start, end) != self._way:
            self._way = (start, end)
            self._scene = None
            self._movement = movement_to(self._poses, end or "", start)
            if self._movement is None:
                self.update()
            else:
                self._view = view_of(self._movement)
        return self._movement

    def _name(self, words: str) -> None:
        if words != self.accessibleName():
            self.setAccessibleName(words)

    def _to_device(self, scene: Scene) -> QTransform:
        return fit(self._view, QRectF(self.rect()), mirrored=scene.mirrored)

    def _scale(self) -> float:
        size = self.size()
        return min(size.width() / self._view.width(), size.height() / self._view.height())

    def _is_seen(self, breath: float) -> bool:
        """Whether a chest this full differs visibly from the one shown."""
        shown = self._scene.breath if self._scene is not None else 0.0
        swells = abs(breath - shown) * CHEST_SWELLS * CHEST_DEPTH
        return swells > 0 and swells * self._scale() > SMALLEST_STEP_PX

    def _changed(self, before: Scene | None, scene: Scene, *, at_end: bool) -> QRect | None:
        """The area to repaint, if any. Steps too small to see are skipped, except for the last."""
        if before is None or before.side is not scene.side:
            return self.rect()
        farthest = farthest_moved(before.skeleton, scene.skeleton) * self._scale()
        if farthest <= SMALLEST_STEP_PX and not at_end and not self._is_seen(scene.breath):
            return None
        box = changed_box(before.skeleton, scene.skeleton)
        rect = QRectF() if box is None else box.rect()
        if before.breath != scene.breath:
            rect = rect.united(chest_of(scene.skeleton))
        return QRect() if rect.isEmpty() else self._to_device(scene).mapRect(rect).toAlignedRect() + _SOFT_EDGE

    def sizeHint(self) -> QSize:
        return QSize(480, 300)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._scene is None:
            return
        painter = QPainter(self)
        figure = FigurePainter(painter, figure_colours(self.palette()), self._to_device(self._scene))
        if self.devicePixelRatio().is_integer():
            figure.paint_layered(self._scene, QRectF(event.rect()), self._layers)
        else:  # a cached picture would be blurred at fractional positions
            figure.paint(self._scene, within=QRectF(event.rect()))
