"""Days as the person's language writes them, and from which side it is read."""

from datetime import date
from functools import lru_cache

from PySide6.QtCore import QDate, QLocale
from PySide6.QtGui import QGuiApplication

from stretchplayer.i18n import ENGLISH, language


def follow_language() -> None:
    """Write dates and numbers, and lay widgets out, as the language does; the country's habits are the system's."""
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
    """A short pattern of a date without its year and what ties it on: "d.M.yy" becomes "d.M.", "M/d/yy" "M/d"."""
    return pattern.replace("y", "").lstrip(" ./-,").rstrip(" /-,")


def _pattern(locale: QLocale) -> str:
    """How the language writes a date in digits; what Qt gives for the C locale has no marks between them."""
    if locale.language() is QLocale.Language.C:
        return "d MMM yyyy"
    return locale.dateFormat(QLocale.FormatType.ShortFormat)


def short_day(locale: QLocale, day: date) -> str:
    """Day and month in digits, in the language's order."""
    return locale.toString(to_qdate(day), _without_year(_pattern(locale)))


def short_date(locale: QLocale, day: date) -> str:
    """Day, month and year in digits."""
    return locale.toString(to_qdate(day), _pattern(locale))


def long_date(locale: QLocale, day: date) -> str:
    """The weekday and the day in words."""
    return locale.toString(to_qdate(day), QLocale.FormatType.LongFormat)
