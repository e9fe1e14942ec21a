"""A session beside the program that reminds counts as played as long as it gives a sign of life, and no longer."""

from typing import Final

from hypothesis import given
from hypothesis import strategies as st

from stretchplayer.desktop.ipc.beside import BEAT_EVERY_MS, SILENT_AFTER_MS, Beats

NS_PER_MS: Final = 1_000_000
LOOKS_MS: Final = st.lists(st.integers(0, 60_000), min_size=1, max_size=40)
"""From one look to the next; the program that reminds looks once a minute at least."""


def after(gaps_ms: list[int], start_ns: int) -> list[int]:
    """The moments of looks, in ns."""
    moments = [start_ns]
    for gap_ms in gaps_ms:
        moments.append(moments[-1] + gap_ms * NS_PER_MS)
    return moments


def test_where_there_is_no_mark_nobody_plays() -> None:
    beats = Beats()
    assert not beats.is_playing(0)
    assert beats.seen(None, 5) is beats


def test_a_mark_counts_at_once_and_its_silence_later() -> None:
    silent_ns = SILENT_AFTER_MS * NS_PER_MS
    beats = Beats().seen(b"1", 7)
    assert beats.is_playing(7)
    assert beats.seen(b"1", silent_ns).is_playing(silent_ns + 6)
    assert not beats.seen(b"1", silent_ns).is_playing(silent_ns + 7)
    assert beats.seen(b"2", silent_ns).is_playing(silent_ns + 7), "it goes on"
    assert not beats.seen(None, 8).is_playing(8), "it has ended"


@given(gaps_ms=LOOKS_MS, start_ns=st.integers(0, 10**18), ahead_ms=st.integers(-(10**9), 10**9))
def test_who_gives_signs_of_life_is_playing_whatever_their_clock_says(
    gaps_ms: list[int], start_ns: int, ahead_ms: int
) -> None:
    beats = Beats()
    for now_ns in after(gaps_ms, start_ns):
        beat = (now_ns // NS_PER_MS + ahead_ms) // BEAT_EVERY_MS
        beats = beats.seen(b"%d" % beat, now_ns)
        assert beats.is_playing(now_ns)


@given(gaps_ms=LOOKS_MS, start_ns=st.integers(0, 10**18), sessions=st.integers(1, 3))
def test_who_gives_none_silences_nobody_for_ever(gaps_ms: list[int], start_ns: int, sessions: int) -> None:
    beats = Beats().seen(b"before", start_ns).seen(b"%d" % sessions, start_ns)
    for now_ns in after(gaps_ms, start_ns):
        beats = beats.seen(b"%d" % sessions, now_ns)
        assert beats.is_playing(now_ns) is (now_ns - start_ns < SILENT_AFTER_MS * NS_PER_MS)
    beats = beats.seen(None, now_ns)
    assert not beats.is_playing(now_ns)
    assert beats.seen(b"next", now_ns).is_playing(now_ns)
