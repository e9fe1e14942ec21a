"""Sizes are given in design px, and a page rescales everything on it at once.

A widget without a font size of its own takes the page's, `USUAL_PX` in the design.
"""

from collections.abc import Iterable
from typing import Final, TypeVar

from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QBoxLayout, QGridLayout, QLayout, QWidget

from stretchplayer.ui.theme.palette import pixel_font

USUAL_PX: Final = 15.0
_SYSTEM_PX: Final = 13.8
"""System fonts up to this size count as normal."""
Widget = TypeVar("Widget", bound=QWidget)
Spaced = TypeVar("Spaced", bound=QWidget | QLayout)
Box = TypeVar("Box", bound=QLayout)


def with_font(widget: Widget, pixels: float = USUAL_PX, weight: QFont.Weight = QFont.Weight.Normal) -> Widget:
    """Set the font size (design px) and weight."""
    widget.setProperty("design_font_px", pixels)
    widget.setProperty("design_weight", weight.value)
    return widget


def at_least(widget: Widget, width: float, height: float) -> Widget:
    """Set the minimum size, in design px."""
    widget.setProperty("design_minimum", [width, height])
    return widget


def fixed(widget: Widget, width: float, height: float) -> Widget:
    """Set the fixed size, in design px."""
    widget.setProperty("design_fixed", [width, height])
    return widget


def keep_room(widget: Widget) -> Widget:
    """Let the layout keep its room while it is hidden, so that nothing moves when it comes and goes."""
    policy = widget.sizePolicy()
    policy.setRetainSizeWhenHidden(True)
    widget.setSizePolicy(policy)
    return widget


def padded(target: Spaced, left: float, top: float, right: float, bottom: float) -> Spaced:
    """Set the margins of a widget or layout, in design px."""
    target.setProperty("design_margins", [left, top, right, bottom])
    return target


def spaced(layout: Box, across: float, down: float | None = None) -> Box:
    """Set the spacing of a layout, in design px; `down` is the row spacing of a grid."""
    layout.setProperty("design_spacing", [across, across if down is None else down])
    return layout


def refill(layout: QBoxLayout, widgets: Iterable[QWidget], start: int = 0) -> None:
    """Put these widgets into a layout in place of all those from `start` on."""
    while (item := layout.takeAt(start)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()  # it goes a little later
            widget.deleteLater()
    for widget in widgets:
        layout.addWidget(widget)


def system_font_scale() -> float:
    """How much larger than usual the system's font is, at least 1."""
    font = QApplication.font()
    screen = QApplication.primaryScreen()
    pixels = font.pixelSize() if font.pixelSize() > 0 else font.pointSizeF() * screen.logicalDotsPerInchY() / 72
    return max(1.0, pixels / _SYSTEM_PX)


def scale_of(widget: QWidget | None) -> float:
    """Px per design px on the widget's page."""
    while widget is not None:
        if scale := widget.property("design_scale"):
            return float(scale)
        widget = widget.parentWidget()
    return 1.0


def rescale(page: QWidget, scale: float) -> None:
    """Rescale a page and everything on it to `scale` px per design px."""
    page.setProperty("design_scale", scale)
    page.setFont(pixel_font(QApplication.font(), USUAL_PX * scale))
    adopt(page)


def adopt(part: QWidget) -> None:
    """Scale a widget that was added to a page later, and its children."""
    scale = scale_of(part)
    for widget in (part, *part.findChildren(QWidget)):
        _rescale_widget(widget, scale)
    for layout in part.findChildren(QLayout):
        if margins := layout.property("design_margins"):
            layout.setContentsMargins(*(round(margin * scale) for margin in margins))
        if spacing := layout.property("design_spacing"):
            across, down = (round(space * scale) for space in spacing)
            if isinstance(layout, QGridLayout):
                layout.setHorizontalSpacing(across)
                layout.setVerticalSpacing(down)
            else:
                layout.setSpacing(across)


def _rescale_widget(widget: QWidget, scale: float) -> None:
    if pixels := widget.property("design_font_px"):
        weight = QFont.Weight(widget.property("design_weight"))
        widget.setFont(pixel_font(QApplication.font(), pixels * scale, weight))
    if size := widget.property("design_minimum"):
        widget.setMinimumSize(*(round(length * scale) for length in size))
    if size := widget.property("design_fixed"):
        widget.setFixedSize(*(round(length * scale) for length in size))
    if margins := widget.property("design_margins"):
        widget.setContentsMargins(*(round(margin * scale) for margin in margins))
    widget.updateGeometry()
