"""The figure as a widget: it moves from one pose to another, and breathes in a hold."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QTransform
from PySide6.QtWidgets import QSizePolicy, QWidget

from stretchplayer.figure.movement import Movement, movement_to
from stretchplayer.figure.pose import Pose
from stretchplayer.figure.side import Side
from stretchplayer.routine.routine import Exercise
from stretchplayer.ui.figure.body import BREATH
from stretchplayer.ui.figure.colours import figure_colours
from stretchplayer.ui.figure.painter import FigurePainter, Scene, fit, trunk_area, view_of
from stretchplayer.ui.figure.pictures import draw_picture, load_picture
from stretchplayer.ui.theme import accessibility as accessible

SMALLEST_STEP_PX: Final = 0.4
"""Movements smaller than this aren't repainted."""


class Figure(QWidget):
    """Draws one moment of a movement, or a picture instead. No leg works on a figure that `rests`."""

    def __init__(self, poses: Mapping[str, Pose], parent: QWidget | None = None, *, rests: bool = False) -> None:
        super().__init__(parent)
        self._rests = rests
        accessible.describe(self, accessible.Role.Graphic)
        self._poses = poses
        self._reduced = False
        self._way: tuple[str | None, str | None] = (None, None)
        self._movement: Movement | None = None
        self._view = QRectF()
        self._scene: Scene | None = None
        self._picture = ""
        self._place = 0.0
        self.setMinimumSize(48, 32)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def set_reduced_motion(self, reduced: bool) -> None:
        """Show only end poses, and no breathing."""
        self._reduced = reduced

    @property
    def aspect(self) -> float:
        """Width of the picture by its height."""
        size = load_picture(self._picture).size() if self._picture else QSize()
        if not size.isEmpty():
            return size.width() / size.height()
        return self._view.width() / self._view.height() if self._view.height() else 1.5

    def _show_picture(self, exercise: Exercise | None) -> None:
        path = "" if exercise is None else exercise.picture_path
        if self._scene is not None or path != self._picture:
            self._scene, self._picture = None, path
            self.update()
        self._name(exercise.title if exercise is not None and path else "")

    def show_movement(
        self,
        start: str | None,
        end: str | None,
        *,
        side: Side | None,
        progress: float,
        breath: float = 0.0,
        instead: Exercise | None = None,
    ) -> None:
        """Show the movement between two named poses at `progress`, 0 to 1; without `start`, the end pose.

        Where there is no such pose, the picture of the exercise `instead` is shown, or nothing. `breath` is how full
        the chest is, 0 to 1 (`breath.breath_at`). Cheap enough to be called 30 times a second: only visible changes
        are repainted.
        """
        movement = self._find(start, end)
        if movement is None:
            self._show_picture(instead)
            return
        self._picture = ""
        place = 1.0 if self._reduced or movement.is_still else progress
        full = 0.0 if self._reduced else breath
        before = self._scene
        scene = Scene(skeleton=movement.at(place), side=side, breath=full)
        # Steps too small to see are skipped, except for the last.
        if before is None or side is not before.side or place >= 1 > self._place or self._is_seen(before, scene):
            self._scene, self._place = scene, place
            self._name(movement.end.words(side))
            self.update(self._changed(before, scene))

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

    def _is_seen(self, before: Scene, scene: Scene) -> bool:
        """Whether the two scenes differ visibly."""
        if (before.skeleton.towel is None) is not (scene.skeleton.towel is None):
            return True
        pairs = zip(before.skeleton.points(), scene.skeleton.points(), strict=True)
        swells = abs(scene.breath - before.breath) * BREATH
        farthest = max(swells, *(abs(one - other) for one, other in pairs))
        scale = min(self.width() / self._view.width(), self.height() / self._view.height())
        return farthest * scale > SMALLEST_STEP_PX

    def _changed(self, before: Scene | None, scene: Scene) -> QRect:
        """Where to paint again: of a body that is still, only the trunk breathes."""
        if before is None or before != replace(scene, breath=before.breath):
            return self.rect()
        return self._to_device(scene).mapRect(trunk_area(scene.skeleton)).toAlignedRect()

    def _to_device(self, scene: Scene) -> QTransform:
        return fit(self._view, QRectF(self.rect()), mirrored=scene.mirrored)

    def sizeHint(self) -> QSize:
        return QSize(480, 300)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self._picture:
            draw_picture(painter, QRectF(self.rect()), self._picture)
        if self._scene is None:
            return
        colours = figure_colours(self.palette())
        if self._rests:
            colours = replace(colours, accent=colours.trousers, accent_outline=colours.trousers)
        FigurePainter(painter, colours, self._to_device(self._scene)).paint(self._scene)
