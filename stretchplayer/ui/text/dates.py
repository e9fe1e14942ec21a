"""Dates and times as the person's language and region write them, and its text direction.

Qt's formats are used whole: what may be left out of a date, and how, differs from language to language.
"""

from datetime import date, time

from PySide6.QtCore import QCoreApplication, QDate, QLibraryInfo, QLocale, QTime, QTranslator
from PySide6.QtGui import QGuiApplication

from stretchplayer.i18n import ENGLISH, language


def follow_language() -> None:
    """Set locale, layout direction and Qt's own words for the language, keeping the system's territory."""
    system = QLocale.system()
    if system.language() != QLocale.Language.C:
        QLocale.setDefault(QLocale(QLocale(language()).language(), system.territory()))
    elif language() != ENGLISH:
        QLocale.setDefault(QLocale(language()))
    QGuiApplication.setLayoutDirection(QLocale(language()).textDirection())
    _translate_qt()


def _translate_qt() -> None:
    """Translate the buttons, menus and dialogs that are Qt's own."""
    app = QCoreApplication.instance()
    if app is None:
        return
    for installed in app.findChildren(QTranslator):
        app.removeTranslator(installed)
        installed.deleteLater()
    translator = QTranslator(app)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if translator.load(QLocale(language()), "qtbase", "_", folder):
        app.installTranslator(translator)


def to_qdate(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)


def date_format(locale: QLocale) -> str:
    """The locale's numeric date format; Qt's for the C locale has no separators."""
    if locale.language() is QLocale.Language.C:
        return "d MMM yyyy"
    return locale.dateFormat(QLocale.FormatType.ShortFormat)


def time_format(locale: QLocale) -> str:
    """The locale's format of a time of day; Qt's for the C locale has seconds."""
    if locale.language() is QLocale.Language.C:
        return "HH:mm"
    return locale.timeFormat(QLocale.FormatType.ShortFormat)


def clock_time(locale: QLocale, at: time) -> str:
    """A time of day: "20:00", "8:00 PM"."""
    return locale.toString(QTime(at.hour, at.minute), time_format(locale))


def weekday_names(locale: QLocale) -> tuple[str, ...]:
    """The short names of the weekdays, from Monday on."""
    return tuple(locale.standaloneDayName(number, QLocale.FormatType.ShortFormat) for number in range(1, 8))


def short_date(locale: QLocale, day: date) -> str:
    """Day, month and year in digits."""
    return locale.toString(to_qdate(day), date_format(locale))


def long_date(locale: QLocale, day: date) -> str:
    """The weekday and the day in words."""
    return locale.toString(to_qdate(day), QLocale.FormatType.LongFormat)
