"""Draws poses on one sheet: `python packaging/assets/make_pose_sheet.py OUT.png ROUTINE_OR_POSE ... [--dark]`.

A row per pose: five moments of the movement that leads to it, on the left side and on the right. A routine stands for
the poses of its steps; without any, the sheet has every pose.
"""

import argparse
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter

from stretchplayer.figure.pose import Pose
from stretchplayer.figure.side import Side
from stretchplayer.storage.poses.pose_folder import PoseFiles
from stretchplayer.storage.routines.routine_folder import RoutineFiles
from stretchplayer.ui.figure.colours import DARK, LIGHT
from stretchplayer.ui.figure.export import render_pose
from stretchplayer.ui.theme import palette

MOMENTS: Final = (0.0, 0.25, 0.5, 0.75, 1.0)
CELL: Final = QSize(230, 180)
NAME_HEIGHT: Final = 22


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--dark", action="store_true")
    parser.add_argument("--data-dir", type=Path, default=Path("no-such-folder"), help="the folder of your own poses")
    arguments = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QGuiApplication([])
    store = PoseFiles(arguments.data_dir)
    poses = store.poses()
    for problem in store.problems:
        parser.exit(1, f"{problem}\n")
    names = names_of(arguments.names, arguments.data_dir) or sorted(poses)
    draw(poses, names, dark=arguments.dark).save(str(arguments.out))
    app.quit()


def names_of(given: list[str], data_dir: Path) -> list[str]:
    """The poses that are meant, each once."""
    routines = {routine.id: routine for routine in RoutineFiles(data_dir).routines()}
    found: dict[str, None] = {}
    for name in given:
        if name not in routines:
            found[name] = None
            continue
        steps = (step for exercise in routines[name].exercises for step in exercise.steps)
        found |= dict.fromkeys(step.pose for step in steps if step.pose)
    return list(found)


def draw(poses: Mapping[str, Pose], names: list[str], *, dark: bool) -> QImage:
    colours, theme = (DARK, palette.DARK) if dark else (LIGHT, palette.LIGHT)
    columns = len(MOMENTS) * len(Side)
    row = CELL.height() + NAME_HEIGHT
    sheet = QImage(columns * CELL.width(), len(names) * row, QImage.Format.Format_RGB32)
    sheet.fill(QColor(theme.panel))
    painter = QPainter(sheet)
    painter.setPen(QColor(theme.ink))
    for number, name in enumerate(names):
        top = number * row
        painter.drawText(QRectF(6, top, sheet.width(), NAME_HEIGHT), Qt.AlignmentFlag.AlignVCenter, name)
        moments = ((side, at) for side in (Side.RIGHT, Side.LEFT) for at in MOMENTS)
        for column, (side, at) in enumerate(moments):
            image = render_pose(poses, name, CELL, side=side, at=at, colours=colours)
            painter.drawImage(column * CELL.width(), top + NAME_HEIGHT, image)
    painter.end()
    return sheet


if __name__ == "__main__":
    main()
