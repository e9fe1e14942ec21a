"""Checks of what the program keeps on the disk, each in files of the self-test's own."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta

from stretchplayer.app.self_test.bench import Bench, CheckError, fail_for
from stretchplayer.i18n import _
from stretchplayer.progress.history import HoldRecord, SessionOutcome, SessionRecord, ended
from stretchplayer.reminders.rules import advise, skipped
from stretchplayer.reminders.slots import ReminderSettings
from stretchplayer.routine.preferences import Preferences
from stretchplayer.routine.routine import DEFAULT_ROUTINE
from stretchplayer.routine.timeline_builder import build_timeline, estimate_speech_ms
from stretchplayer.storage.calendar_file import write_calendar
from stretchplayer.storage.history.reader import HistoryFileReader
from stretchplayer.storage.history.writer import HistoryWriter
from stretchplayer.storage.reminders import ReminderFile
from stretchplayer.storage.routines.routine_folder import RoutineFiles
from stretchplayer.storage.settings import SettingsFile


def check_history(bench: Bench) -> str:
    """A session is written into a real history, on its thread, and read back with every second that was held."""
    started = datetime.now().astimezone().replace(microsecond=0)
    hold = HoldRecord(index=0, stretch="some", title="Some", side=None, planned_ms=30_000, held_ms=29_000)
    record = SessionRecord(
        id=1, routine="some", title="Some", plan="{}", started_at=started, seen_at=started, holds=(hold,)
    )
    problems: list[str] = []
    with closing(HistoryWriter(bench.data_dir)) as history:
        history.on_problem(problems.append)
        history.open()
        history.put(record)
        history.put(ended(record, SessionOutcome.FINISHED, started + timedelta(minutes=1)))
    fail_for(problems)
    found = HistoryFileReader(bench.data_dir).session(record.id)
    if found != ended(record, SessionOutcome.FINISHED, started + timedelta(minutes=1)):
        raise CheckError(_("a saved session was read back as {found}").format(found=found))
    return _("a session saved and read back by SQLite {sqlite_version}").format(sqlite_version=sqlite3.sqlite_version)


def check_reminders(bench: Bench) -> str:
    settings = ReminderSettings()
    now = datetime.combine(datetime.now().astimezone(), settings.slots[0].at).astimezone()
    store = ReminderFile(bench.data_dir)
    before = advise(now, settings, store.load()).due
    store.save(skipped(store.load(), now, settings))
    after = advise(now, settings, ReminderFile(bench.data_dir).load()).due
    fail_for(store.problems)
    if before is None or after is not None:
        raise CheckError(
            _("a reminder that was skipped went from {before} to {after}").format(before=before, after=after)
        )
    return _("due, skipped and saved")


def check_calendar(bench: Bench) -> str:
    timeline = build_timeline(RoutineFiles(bench.data_dir).find(DEFAULT_ROUTINE), Preferences(), estimate_speech_ms)
    path = bench.data_dir / "reminders.ics"
    write_calendar(path, ReminderSettings(), lambda _at: timeline)
    found = path.read_bytes().count(b"BEGIN:VEVENT")
    if found != len(ReminderSettings().slots):
        raise CheckError(_("the calendar has {found} entries").format(found=found))
    return _("{found} entries a day").format(found=found)


def check_settings(bench: Bench) -> str:
    settings = replace(SettingsFile(bench.data_dir).load(), viewing_distance_m=3.0)
    SettingsFile(bench.data_dir).save(settings)
    store = SettingsFile(bench.data_dir)
    if store.load() != settings:
        raise CheckError(_("saved settings can't be read back"))
    fail_for(store.problems)
    return _("written and read back")
