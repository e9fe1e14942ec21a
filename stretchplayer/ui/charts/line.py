"""Line chart: a measure over time, with the band within which a change can't be told from chance."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from PySide6.QtCore import QLocale, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from stretchplayer.progress.trends import Point, Series
from stretchplayer.ui.charts.bars import scale_of
from stretchplayer.ui.charts.chart import Align, ChartStyle, draw_grid, plot_area, write_below
from stretchplayer.ui.text.dates import short_date
from stretchplayer.ui.theme import palette as theme

_GAP_DAYS: Final = 21
"""Points further apart than this aren't joined: nothing is known in between."""
_MANY: Final = 45
"""Above this many points they are drawn faint, with a line through the weekly means."""
_STEPS: Final = (2, 5, 10, 20, 50)


@dataclass(frozen=True, slots=True, kw_only=True)
class LineData:
    """A series, the days it covers, and the least value at the top of the axis."""

    series: Series
    first: date
    last: date
    highest: float

    @property
    def scale(self) -> tuple[float, int]:
        """The step of the axis, and the number of steps."""
        largest = max([self.highest, *(point.value for point in self.series.points)])
        return scale_of(largest, _STEPS, 5)


class _Plot:
    def __init__(self, data: LineData, box: QRectF, style: ChartStyle, locale: QLocale) -> None:
        self.data, self.style = data, style
        step, count = data.scale
        self.top = step * count
        self.area = plot_area(box, style, locale.toString(self.top, "f", 0), right=6 * style.unit)

    def x(self, day: date) -> float:
        share = (day - self.data.first).days / max(1, (self.data.last - self.data.first).days)
        return self.area.left() + share * self.area.width()

    def y(self, value: float) -> float:
        return self.area.bottom() - min(max(value, 0.0), self.top) / self.top * self.area.height()

    def at(self, point: Point) -> QPointF:
        return QPointF(self.x(point.day), self.y(point.value))


def draw_line(painter: QPainter, box: QRectF, style: ChartStyle, data: LineData, locale: QLocale) -> None:
    plot = _Plot(data, box, style, locale)
    _draw_band(painter, plot)
    _draw_axes(painter, plot, locale)
    points = data.series.points
    many = len(points) > _MANY
    _draw_path(painter, plot, weekly_means(points) if many else points)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(style.colour(theme.MOVEMENT, 0.45 if many else 1.0))
    radius = (1.6 if many else 3.2) * style.unit
    for point in points:
        painter.drawEllipse(plot.at(point), radius, radius)


def _draw_band(painter: QPainter, plot: _Plot) -> None:
    series, style, area = plot.data.series, plot.style, plot.area
    if series.before is None:
        return
    upper, lower = plot.y(series.before + series.detectable), plot.y(series.before - series.detectable)
    band = QRectF(area.left(), upper, area.width(), lower - upper)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(style.colour(theme.MOVEMENT, 0.13))
    painter.drawRect(band)
    pen = QPen(style.colour(theme.MOVEMENT, 0.8), max(1.0, style.unit), Qt.PenStyle.DashLine)
    painter.setPen(pen)
    for y in (upper, lower):
        if area.top() < y < area.bottom():
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))


def _draw_axes(painter: QPainter, plot: _Plot, locale: QLocale) -> None:
    draw_grid(painter, plot.area, plot.style, plot.data.scale, locale)
    for day, align in _ticks(plot, locale):
        write_below(painter, plot.area, plot.style, plot.x(day), short_date(locale, day), align=align)


def _ticks(plot: _Plot, locale: QLocale) -> Iterator[tuple[date, Qt.AlignmentFlag]]:
    """Both ends, and as many days in between as fit."""
    first, last = plot.data.first, plot.data.last
    needed = plot.style.width_of(short_date(locale, first)) * 2.2
    parts = min(4, max(1, int(plot.area.width() / needed)), max(1, (last - first).days))
    for number in range(parts + 1):
        align = Align.AlignLeft if number == 0 else Align.AlignRight if number == parts else Align.AlignHCenter
        yield first + timedelta(days=round((last - first).days * number / parts)), align


def weekly_means(points: tuple[Point, ...]) -> tuple[Point, ...]:
    """The mean of each seven-day block with a point, placed at its centre."""
    weeks: dict[int, list[Point]] = {}
    for point in points:
        weeks.setdefault((point.day - points[0].day).days // 7, []).append(point)
    return tuple(
        Point(day=week[0].day + (week[-1].day - week[0].day) / 2, value=sum(point.value for point in week) / len(week))
        for week in weeks.values()
    )


def _draw_path(painter: QPainter, plot: _Plot, points: tuple[Point, ...]) -> None:
    pen = QPen(plot.style.colour(theme.MOVEMENT), 2.2 * plot.style.unit)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for exercise in joined(points):
        painter.drawPolyline(QPolygonF([plot.at(point) for point in exercise]))


def joined(points: tuple[Point, ...]) -> Iterator[tuple[Point, ...]]:
    """The points in runs without a long gap."""
    start = 0
    for number in range(1, len(points) + 1):
        if number == len(points) or (points[number].day - points[number - 1].day).days > _GAP_DAYS:
            yield points[start:number]
            start = number
