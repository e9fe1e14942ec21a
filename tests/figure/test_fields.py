"""Titles and texts in files, and how they are shown without harm."""

import json

import msgspec
import pytest

from stretchplayer.errors import plain
from stretchplayer.figure.fields import Note, Title

HARMFUL = ["\x1b[31m", "\x1b]0;title\x07", "\x9b2J", "a\nb", "a\u2028b", "a\u202eb", "a\u2066b", "\x7f"]
GOOD = ["Wadi al-Qamar", "a\u200cb", "👨\u200d👩\u200d👧", "à\u00a0part", "a\u200f!", "a\u200e!", "a\u061c!"]


@pytest.mark.parametrize("text", HARMFUL)
def test_what_could_steer_a_terminal_is_refused_and_shown_escaped(text: str) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(text, Title)
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(text, Note)
    shown = plain(text)
    assert shown.isprintable()
    assert json.loads(f'"{shown}"') == text


@pytest.mark.parametrize("text", ["\u200b", " \u2060\ufeff", "\u3164", "\u2800 ", "\u200d\ufe0f", "\u00ad"])
def test_a_title_of_which_nothing_can_be_seen_is_refused(text: str) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(text, Title)


@pytest.mark.parametrize("text", GOOD)
def test_what_languages_need_stays(text: str) -> None:
    assert msgspec.convert(text, Title) == plain(text) == text
