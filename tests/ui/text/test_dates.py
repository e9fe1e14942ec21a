"""Dates and times as the language and region write them."""

from datetime import date, time

import pytest
from PySide6.QtCore import QDate, QLocale

from stretchplayer.ui.text.dates import clock_time, long_date, short_date, weekday_names

DAY = date(2026, 9, 28)
LOCALES = QLocale.matchingLocales(QLocale.Language.AnyLanguage, QLocale.Script.AnyScript, QLocale.Country.AnyCountry)


def test_weekdays_differ_in_every_locale() -> None:
    alike = {locale.name() for locale in LOCALES if len({*filter(None, weekday_names(locale))}) < 7}
    assert len(LOCALES) > 500
    assert not alike


def test_dates_and_times_are_whole_in_every_locale() -> None:
    """Nothing is cut out of what Qt writes, and it can be read back."""
    for locale in LOCALES:
        if locale.language() is not QLocale.Language.C:
            written = locale.toString(QDate(2026, 9, 28), QLocale.FormatType.ShortFormat)
            assert short_date(locale, DAY) == written, locale.name()
        assert clock_time(locale, time(8)) != clock_time(locale, time(20)), locale.name()


@pytest.mark.parametrize(
    ("language", "short", "morning"),
    [
        ("C", "28 Sep 2026", "08:00"),
        ("en_US", "9/28/26", "8:00\u202fAM"),
        ("en_GB", "28/09/2026", "08:00"),
        ("de_DE", "28.09.26", "08:00"),
        ("hr_HR", "28. 09. 2026.", "08:00"),
        ("sv_SE", "2026-09-28", "08:00"),
        ("ko_KR", "26. 9. 28.", "오전 8:00"),
    ],
)
def test_dates_are_written_as_people_there_do(language: str, short: str, morning: str) -> None:
    locale = QLocale(language)
    assert short_date(locale, DAY) == short
    assert clock_time(locale, time(8)) == morning
    assert "2026" in long_date(locale, DAY)
