"""Dates in the person's language, and its text direction."""

from datetime import date
from functools import lru_cache

from PySide6.QtCore import QDate, QLocale
from PySide6.QtGui import QGuiApplication

from stretchplayer.i18n import ENGLISH, language


def follow_language() -> None:
    """Set locale and layout direction for the language, keeping the system's territory."""
    system = QLocale.system()
    if system.language() != QLocale.Language.C:
        QLocale.setDefault(QLocale(QLocale(language()).language(), system.territory()))
    elif language() != ENGLISH:
        QLocale.setDefault(QLocale(language()))
    QGuiApplication.setLayoutDirection(QLocale(language()).textDirection())


def to_qdate(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)


@lru_cache(maxsize=8)
def _without_year(pattern: str) -> str:
    """A short date pattern without the year and its separator: "d.M.yy" becomes "d.M.", "M/d/yy" "M/d"."""
    return pattern.replace("y", "").lstrip(" ./-,").rstrip(" /-,")


def date_format(locale: QLocale) -> str:
    """The locale's numeric date format; Qt's for the C locale has no separators."""
    if locale.language() is QLocale.Language.C:
        return "d MMM yyyy"
    return locale.dateFormat(QLocale.FormatType.ShortFormat)


def short_day(locale: QLocale, day: date) -> str:
    """Day and month in digits, in the language's order."""
    return locale.toString(to_qdate(day), _without_year(date_format(locale)))


def short_date(locale: QLocale, day: date) -> str:
    """Day, month and year in digits."""
    return locale.toString(to_qdate(day), date_format(locale))


def long_date(locale: QLocale, day: date) -> str:
    """The weekday and the day in words."""
    return locale.toString(to_qdate(day), QLocale.FormatType.LongFormat)
