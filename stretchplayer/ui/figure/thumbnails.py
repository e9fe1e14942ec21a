"""Cached thumbnails of poses."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter, QPalette

from stretchplayer.figure.pose import Pose
from stretchplayer.figure.side import Side
from stretchplayer.ui.figure.colours import figure_colours
from stretchplayer.ui.figure.export import render_pose
from stretchplayer.ui.figure.pictures import draw_picture

KEPT: Final = 64
"""More than the steps of two exercises on both sides; beyond that the cache starts over."""


class Thumbnails:
    def __init__(self, poses: Mapping[str, Pose]) -> None:
        self._poses = poses
        self._kept: dict[tuple[object, ...], QImage] = {}

    def has(self, pose: str | None, picture: str = "") -> bool:
        return pose in self._poses or picture != ""

    def paint(
        self,
        painter: QPainter,
        box: QRectF,
        palette: QPalette,
        pose: str | None,
        side: Side | None,
        *,
        picture: str = "",
    ) -> None:
        """Paint a pose into the box or, if it is unknown, the picture in a file, if any."""
        if pose is None or pose not in self._poses:
            if picture:
                draw_picture(painter, box, picture)
            return
        ratio = painter.device().devicePixelRatio()
        size = (box.size() * ratio).toSize()
        if size.isEmpty():
            return  # a card that is squeezed, by a question above it for instance
        colours = figure_colours(palette)
        key = (pose, side, size.width(), size.height(), colours)
        image = self._kept.get(key)
        if image is None:
            if len(self._kept) >= KEPT:
                self._kept.clear()
            image = self._kept[key] = render_pose(self._poses, pose, size, side=side, colours=colours)
        painter.drawImage(box, image)
