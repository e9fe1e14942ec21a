"""Renders poses into images and files, for the authors of routines and for thumbnails."""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Final

from PySide6.QtCore import QBuffer, QIODevice, QRectF, QSize
from PySide6.QtGui import QColor, QImage, QImageWriter, QPainter
from PySide6.QtSvg import QSvgGenerator

from stretchplayer.errors import DomainError, StorageError, shortened
from stretchplayer.figure.movement import movement_to
from stretchplayer.figure.pose import Pose
from stretchplayer.figure.side import Side
from stretchplayer.i18n import _
from stretchplayer.ui.figure.colours import LIGHT, FigureColours
from stretchplayer.ui.figure.painter import FigurePainter, Scene, fit, view_of
from stretchplayer.ui.theme import palette as theme

NAMED_POSES: Final = 3
"""How many names are told in place of one that no pose has."""
EXPORT_WIDTH: Final = 1200
"""Width of an exported picture, px; the height follows from the pose."""


def render_pose(
    poses: Mapping[str, Pose],
    name: str,
    size: QSize,
    *,
    side: Side | None,
    at: float = 1.0,
    colours: FigureColours = LIGHT,
    ground: QColor | None = None,
) -> QImage:
    """Render a pose, `at` (0 to 1) on the way from the pose it comes from; transparent without a `ground`.

    DomainError when there is no such pose or moment.
    """
    return _image(_picture(poses, name, side, at), size, colours, ground)


def export_pose(poses: Mapping[str, Pose], name: str, out: Path, *, side: Side | None = None, at: float = 1.0) -> None:
    """Write a picture of a pose into a .png or .svg file; see `render_pose`.

    DomainError when there is no such pose, moment or kind of picture, StorageError when the file can't be written.
    """
    make = {".png": _png, ".svg": _svg}.get(out.suffix.lower())
    if make is None:
        raise DomainError(
            _("{name} is not an image that can be made; the name must end in .png or .svg."), name=shortened(out.name)
        )
    data = make(_picture(poses, name, side, at))
    try:
        out.write_bytes(data)
    except OSError as error:
        raise StorageError(
            _("{out} can't be written ({strerror}); choose another place.").format(
                out=shortened(str(out)), strerror=error.strerror
            )
        ) from error


@dataclass(frozen=True, slots=True, kw_only=True)
class _Picture:
    scene: Scene
    view: QRectF
    words: str

    def draw(self, painter: QPainter, size: QSize, colours: FigureColours) -> None:
        to_device = fit(self.view, QRectF(0, 0, size.width(), size.height()), mirrored=self.scene.mirrored)
        FigurePainter(painter, colours, to_device).paint(self.scene)

    @property
    def size(self) -> QSize:
        return QSize(EXPORT_WIDTH, round(EXPORT_WIDTH * self.view.height() / self.view.width()))


def _picture(poses: Mapping[str, Pose], name: str, side: Side | None, at: float) -> _Picture:
    if not 0 <= at <= 1:
        raise DomainError(
            _("The moment must be from 0 (start of the movement) to 1 (its end), not {at:g}.").format(at=at)
        )
    pose = poses.get(name)
    movement = movement_to(poses, name, pose.comes_from if pose else None)
    if movement is None:
        close = get_close_matches(name, poses, n=NAMED_POSES, cutoff=0)
        raise DomainError(
            _('There is no pose "{name}"; the nearest names are {poses}.'),
            name=shortened(name),
            poses=", ".join(close),
        )
    scene = Scene(skeleton=movement.at(at), side=side)
    return _Picture(scene=scene, view=view_of(movement), words=movement.end.words(side))


def _image(picture: _Picture, size: QSize, colours: FigureColours, ground: QColor | None) -> QImage:
    image = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(ground or QColor(0, 0, 0, 0))
    painter = QPainter(image)
    picture.draw(painter, size, colours)
    painter.end()
    return image


def _png(picture: _Picture) -> bytes:
    buffer = _buffer()
    QImageWriter(buffer, b"png").write(_image(picture, picture.size, LIGHT, QColor(theme.LIGHT.panel)))
    return bytes(buffer.data().data())


def _svg(picture: _Picture) -> bytes:
    buffer, generator, size = _buffer(), QSvgGenerator(), picture.size
    generator.setOutputDevice(buffer)
    generator.setSize(size)
    generator.setViewBox(QRectF(0, 0, size.width(), size.height()))
    generator.setTitle(picture.words)
    painter = QPainter(generator)
    picture.draw(painter, size, LIGHT)
    painter.end()
    return bytes(buffer.data().data())


def _buffer() -> QBuffer:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    return buffer
