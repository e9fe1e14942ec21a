"""Letters and digits by their place."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from stretchplayer.ui.widgets.latin_keys import latin_key, matches

Key = Qt.Key
NONE = Qt.KeyboardModifier.NoModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
US = {"1": (10, 2, 18), "5": (14, 6, 23), "0": (19, 11, 29), "Q": (24, 16, 12), "F": (41, 33, 3), "N": (57, 49, 45)}
"""The keys' numbers on Linux, Windows and macOS, from a US keyboard's letters."""


def press(key: int, scan_code: int = 0, virtual: int = 0, modifiers: Qt.KeyboardModifier = NONE) -> QKeyEvent:
    return QKeyEvent(QEvent.Type.KeyPress, key, modifiers, scan_code, virtual, 0)


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ("Й", "Q"),
        ("\N{CYRILLIC CAPITAL LETTER A}", "F"),
        ("\N{CYRILLIC CAPITAL LETTER TE}", "N"),
        ("Φ", "F"),
        ("ض", "Q"),
        ("כ", "F"),
        ("&", "1"),
        ("(", "5"),
        ("À", "0"),
        ("\N{EXTENDED ARABIC-INDIC DIGIT FIVE}", "5"),
    ],
)
def test_another_letter_is_the_one_in_its_place_and_any_text_the_digit(typed: str, place: str) -> None:
    linux, windows, mac = US[place]
    assert latin_key(press(ord(typed), linux), "linux") == ord(place)
    assert latin_key(press(ord(typed), windows), "win32") == ord(place)
    assert latin_key(press(ord(typed), 1, mac), "darwin") == ord(place)


@pytest.mark.parametrize(
    ("typed", "place"),
    [("A", "Q"), ("B", "N"), ("5", "5"), ("4", "5"), ("/", "Q"), (" ", "Q")],
)
def test_what_types_a_latin_letter_a_digit_or_a_mark_is_that(typed: str, place: str) -> None:
    assert latin_key(press(ord(typed), US[place][0]), "linux") == ord(typed)


@pytest.mark.parametrize("key", [0, Key.Key_End, Key.Key_CapsLock, Key.Key_unknown, 0x419])
def test_a_key_elsewhere_stays_what_it_is(key: int) -> None:
    assert latin_key(press(key), "linux") == key
    assert latin_key(press(key, 1, 200), "darwin") == key


def test_a_shortcut_is_known_by_its_place_too() -> None:
    copy = QKeySequence.StandardKey.Copy
    assert matches(press(Key.Key_C, 54, 0, CONTROL), copy, "linux")
    assert matches(press(0x421, 54, 0, CONTROL), copy, "linux")
    assert not matches(press(0x421, 54), copy, "linux")
    assert not matches(press(Key.Key_X, 53, 0, CONTROL), copy, "linux")


def test_a_shortcut_may_be_any_sequence() -> None:
    quits = QKeySequence("Ctrl+Q")
    assert matches(press(Key.Key_Q, 24, 0, CONTROL), quits, "linux")
    assert matches(press(0x419, 24, 0, CONTROL), quits, "linux")
    assert not matches(press(Key.Key_Q, 24), quits, "linux")
