"""What a report is drawn as, on the Progress page and on paper: charts, with the sentences that sum them up."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Final

from PySide6.QtCore import QLocale, QRectF
from PySide6.QtGui import QPainter

from stretchplayer.i18n import _
from stretchplayer.progress.history import WORST_PAIN
from stretchplayer.progress.report import Report, Week
from stretchplayer.ui.charts.bars import draw_balance, draw_bars
from stretchplayer.ui.charts.chart import ChartStyle
from stretchplayer.ui.charts.line import LineData, draw_line
from stretchplayer.ui.text import progress as words

_LEAST_REACH_AXIS_CM: Final = 20.0
_LEAST_DAYS: Final = 14
"""A line covers at least so many days."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A chart with its title and what it tells; on a screen that stands alone where the chart doesn't yet say much."""

    title: str
    told: str
    draw: Callable[[QPainter, QRectF, ChartStyle], None]
    says_much: bool


def of_holds(report: Report, weeks: Sequence[Week], locale: QLocale) -> tuple[Picture, ...]:
    """The minutes of each week, and both legs; nothing where only repetitions were done."""
    held_ms = report.held_ms
    if not held_ms.total and report.repetitions.total:
        return ()
    legs = partial(draw_balance, legs=(held_ms.left, held_ms.right), labels=words.side_labels(held_ms))
    return (
        Picture(
            title=_("Minutes per week"),
            told=words.weeks_text(report),
            draw=partial(draw_bars, weeks=weeks, locale=locale),
            says_much=report.weeks_known > 1 and held_ms.total > 0,
        ),
        Picture(
            title=_("Left and right"),
            told=words.balance_text(held_ms),
            draw=legs,
            says_much=held_ms.left + held_ms.right > 0,
        ),
    )


def of_repetitions(report: Report, weeks: Sequence[Week], locale: QLocale) -> tuple[Picture, ...]:
    """The repetitions of each week and, where they were done on sides, both legs; nothing without any."""
    done = report.repetitions
    if not done.total:
        return ()
    by_week = Picture(
        title=_("Repetitions per week"),
        told=words.repetition_weeks_text(report),
        draw=partial(draw_bars, weeks=weeks, locale=locale, repetitions=True),
        says_much=report.weeks_known > 1,
    )
    if not done.left + done.right:
        return (by_week,)
    legs = partial(draw_balance, legs=(done.left, done.right), labels=words.side_labels(done, str))
    told = words.repetition_balance_text(done)
    return by_week, Picture(title=_("Repetitions, left and right"), told=told, draw=legs, says_much=True)


def of_measures(report: Report, locale: QLocale) -> tuple[Picture, ...]:
    """Pain and reach, as far as they were recorded: each from its first point on, but at least two weeks."""
    points, cm = words.points_unit(), words.cm_unit()
    pictures = []
    for title, series, unit, highest in (
        (_("Back pain, 0 to 10"), report.back, points, WORST_PAIN),
        (_("Leg pain, 0 to 10"), report.leg, points, WORST_PAIN),
        (_("Fingertips to the floor, cm"), report.reach, cm, _LEAST_REACH_AXIS_CM),
    ):
        if series.points:
            latest = report.today - timedelta(days=_LEAST_DAYS - 1)
            first = min(max(report.first, series.points[0].day), latest)
            data = LineData(series=series, first=first, last=report.today, highest=highest)
            told = words.series_text(locale, series, unit)
            draw = partial(draw_line, data=data, locale=locale)
            pictures.append(Picture(title=title, told=told, draw=draw, says_much=len(series.points) > 1))
    return tuple(pictures)
