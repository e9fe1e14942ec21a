"""Rows and columns of widgets; sizes are in design px."""

from typing import TypeAlias, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from stretchplayer.ui.theme.scaling import padded, spaced

Part: TypeAlias = QWidget | QLayout | int | tuple[QWidget | QLayout, int | Qt.AlignmentFlag]
"""A widget or layout, alone or with its stretch or alignment; a number is empty room that stretches so much."""
Margins: TypeAlias = tuple[float, float, float, float]
_Box = TypeVar("_Box", bound=QBoxLayout)


def fill(box: _Box, *parts: Part) -> _Box:
    """Add the parts to a box."""
    for part in parts:
        what, how = part if isinstance(part, tuple) else (part, 0)
        if isinstance(what, int):
            box.addStretch(what)
        elif isinstance(what, QLayout):
            box.addLayout(what, how)
        elif isinstance(how, Qt.AlignmentFlag):
            box.addWidget(what, 0, how)
        else:
            box.addWidget(what, how)
    return box


def hbox(
    *parts: Part, gap: float | None = 12, margins: Margins | None = None, on: QWidget | None = None
) -> QHBoxLayout:
    """Put the parts beside one another, as the layout of `on` or for another layout; `gap` None is the style's."""
    return _box(QHBoxLayout(), parts, gap, margins, on)


def vbox(
    *parts: Part, gap: float | None = 12, margins: Margins | None = None, on: QWidget | None = None
) -> QVBoxLayout:
    """Put the parts one below the other, likewise."""
    return _box(QVBoxLayout(), parts, gap, margins, on)


def _box(box: _Box, parts: tuple[Part, ...], gap: float | None, margins: Margins | None, on: QWidget | None) -> _Box:
    if on is not None:
        on.setLayout(box)
    box.setContentsMargins(0, 0, 0, 0)
    if margins is not None:
        padded(box, *margins)
    if gap is not None:
        spaced(box, gap).setSpacing(round(gap))  # which is all where nothing is rescaled
    return fill(box, *parts)


def turn(box: QBoxLayout, *, down: bool) -> None:
    """Put what is in a box one below the other, or beside one another."""
    box.setDirection(QBoxLayout.Direction.TopToBottom if down else QBoxLayout.Direction.LeftToRight)


def width_of(box: QBoxLayout, *widgets: QWidget) -> int:
    """What these need beside one another in a box, px."""
    return sum(widget.sizeHint().width() + box.spacing() for widget in widgets)
