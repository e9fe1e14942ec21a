"""Checks of what the program is made of: the player, the database, the settings, the speech helper."""

from collections.abc import Callable
from typing import Final

from stretchplayer.app.self_test.bench import Bench, CheckError, fail_for, wait_for

FULL_RATE: Final = 1000.0
SESSION_WITHIN_MS: Final = 20_000


def check_session(bench: Bench) -> str:
    """The state machine plays the default routine at a high rate to its end, and all of it counts as held."""
    from stretchplayer.audio.null import NullCuePlayer
    from stretchplayer.desktop.clock import SystemClock
    from stretchplayer.desktop.ticker import QtTicker
    from stretchplayer.domain.preferences import Preferences
    from stretchplayer.domain.routine import DEFAULT_ROUTINE
    from stretchplayer.domain.timeline_builder import build_timeline, estimate_speech_ms
    from stretchplayer.player.session import Outcome, Session
    from stretchplayer.storage.routines import RoutineFiles

    timeline = build_timeline(RoutineFiles(bench.data_dir).find(DEFAULT_ROUTINE), Preferences(), estimate_speech_ms)
    session = Session(
        clock=SystemClock(), ticker=QtTicker(bench.keep), cues=NullCuePlayer(), rate=FULL_RATE, parent=bench.keep
    )
    outcomes: list[Outcome] = []
    session.ended.connect(outcomes.append)

    def begin(end: Callable[[], None]) -> None:
        session.ended.connect(lambda _outcome: end())
        session.start(timeline)

    if not wait_for(begin, SESSION_WITHIN_MS) or outcomes != [Outcome.FINISHED] or session.held is None:
        raise CheckError(f"a session did not finish: {outcomes or session.state}")
    held, planned = session.held.holds_done, len(timeline.holds())
    if held != planned:
        raise CheckError(f"only {held} of {planned} holds count as done")
    return f"{len(timeline.phases)} phases played, {held} holds done"


def check_database(_bench: Bench) -> str:
    """The database library opens one, and keeps what is put in."""
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(":memory:")) as database:
        database.execute("CREATE TABLE kept (number INTEGER NOT NULL) STRICT")
        database.execute("INSERT INTO kept VALUES (42)")
        kept = database.execute("SELECT number FROM kept").fetchone()
    if kept != (42,):
        raise CheckError(f"what was kept is {kept}")
    return f"SQLite {sqlite3.sqlite_version}"


def check_settings(bench: Bench) -> str:
    """Settings are written and read back."""
    from dataclasses import replace

    from stretchplayer.storage.settings import SettingsFile

    settings = replace(SettingsFile(bench.data_dir).load(), viewing_distance_m=3.0)
    SettingsFile(bench.data_dir).save(settings)
    store = SettingsFile(bench.data_dir)
    if store.load() != settings:
        raise CheckError("settings that were saved are not read back")
    fail_for(store.problems)
    return "written and read back"
