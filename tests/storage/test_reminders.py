"""The reminders' file: nothing is lost, whatever is in it and whenever the program is killed."""

import errno
import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta, timezone
from pathlib import Path

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, given, settings

from stretchplayer.errors import StorageError
from stretchplayer.reminders.log import LAST_DAY, Pause, ReminderLog, SlotRecord, Snooze
from stretchplayer.reminders.slots import Slot
from stretchplayer.storage.reminders import ReminderFile
from tests.fakes import START
from tests.posix import not_on_windows

DAMAGED = "reminders.damaged-20260302-080000.json"
EIGHT = {"day": "2026-03-02", "at": "08:00:00"}
NOON = datetime(2026, 3, 2, 12, 0, 0, 123456, tzinfo=UTC)
LOG = ReminderLog(
    records=(
        SlotRecord(slot=Slot(day=date(2026, 3, 1), at=time(20)), skipped_at=NOON - timedelta(days=1)),
        SlotRecord(
            slot=Slot(day=date(2026, 3, 2), at=time(8)),
            reminded=3,
            reminded_at=NOON,
            snoozes=2,
            due_until=NOON + timedelta(hours=1),
            done_at=NOON,
        ),
    ),
    ended_days=frozenset({date(2026, 2, 27), date(2026, 2, 28)}),
    snooze=Snooze(since=NOON, until=NOON + timedelta(minutes=5)),
    pause=Pause(since=NOON, until=date(2026, 4, 1)),
    woke_at=NOON - timedelta(hours=2),
    session_ended_at=NOON - timedelta(hours=1),
    steady_since=NOON - timedelta(days=9),
    started_at=NOON - timedelta(days=20),
)
repeated = settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])

moments = st.datetimes(
    min_value=datetime(1970, 1, 1),  # noqa: DTZ001  Hypothesis wants naive ones
    max_value=datetime(2100, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)
days = st.dates(min_value=date(1970, 1, 1), max_value=date(2100, 1, 1))
slots = st.builds(Slot, day=days, at=st.builds(time, st.integers(0, 23), st.integers(0, 59)))
records = st.builds(
    SlotRecord,
    slot=slots,
    reminded=st.integers(0, 9),
    reminded_at=st.none() | moments,
    snoozes=st.integers(0, 9),
    due_until=st.none() | moments,
    done_at=st.none() | moments,
    skipped_at=st.none() | moments,
    added_at=st.none() | moments,
)
logs = st.builds(
    ReminderLog,
    records=st.lists(records, max_size=5, unique_by=lambda record: record.slot).map(
        lambda found: tuple(sorted(found, key=lambda record: record.slot))
    ),
    ended_days=st.frozensets(days, max_size=3),
    snooze=st.none() | st.builds(Snooze, since=moments, until=st.none() | moments, been_away=st.booleans()),
    pause=st.none() | st.builds(Pause, since=moments, until=days),
    woke_at=st.none() | moments,
    session_ended_at=st.none() | moments,
    steady_since=st.none() | moments,
    started_at=st.none() | moments,
)


@pytest.fixture
def store(data_dir: Path) -> ReminderFile:
    return ReminderFile(data_dir, now=lambda: START)


@pytest.fixture
def path(data_dir: Path) -> Path:
    data_dir.mkdir()
    return data_dir / "reminders.json"


def test_without_a_file_nothing_has_happened(store: ReminderFile, data_dir: Path) -> None:
    assert store.load() == ReminderLog()
    assert store.problems == ()
    assert not data_dir.exists()


def test_what_was_saved_is_there_again(store: ReminderFile, data_dir: Path) -> None:
    store.save(LOG)
    assert ReminderFile(data_dir).load() == LOG
    assert ReminderFile(data_dir).peek() == LOG
    assert [path.name for path in data_dir.iterdir()] == ["reminders.json"]


@repeated
@given(logs)
def test_any_log_can_be_saved(store: ReminderFile, log: ReminderLog) -> None:
    store.save(log)
    assert store.load() == log


def test_people_can_read_the_file(store: ReminderFile, data_dir: Path) -> None:
    store.save(LOG)
    document = json.loads((data_dir / "reminders.json").read_text())
    assert document["version"] == 1
    assert document["records"][0]["slot"] == {"day": "2026-03-01", "at": "20:00:00"}
    assert document["records"][0]["skipped_at"] == "2026-03-01T12:00:00.123456Z"
    assert document["ended_days"] == ["2026-02-27", "2026-02-28"]


def test_moments_in_any_zone_are_read(store: ReminderFile, path: Path) -> None:
    path.write_text('{"version": 1, "woke_at": "2026-03-02T09:00:00+02:00"}')
    woke_at = store.load().woke_at
    assert woke_at == datetime(2026, 3, 2, 9, tzinfo=timezone(timedelta(hours=2)))


def test_a_pause_until_the_end_of_time_is_cut_short(store: ReminderFile, path: Path) -> None:
    path.write_text('{"version": 1, "pause": {"since": "2026-03-02T09:00:00Z", "until": "9999-12-31"}}')
    pause = store.load().pause
    assert pause is not None
    assert pause.until == LAST_DAY


@pytest.mark.parametrize(
    "document",
    [
        {},
        [],
        {"version": 0},
        {"version": 1, "records": {}},
        {"version": 1, "records": [{}]},
        {"version": 1, "records": [{"slot": {"day": "2026-03-02", "at": "08:00:01"}}]},
        {"version": 1, "records": [{"slot": {"day": "2026-03-02", "at": "08:00:00Z"}}]},
        {"version": 1, "records": [{"slot": {"day": "2026-02-30", "at": "08:00:00"}}]},
        {"version": 1, "records": [{"slot": EIGHT}] * 2},
        {"version": 1, "records": [{"slot": EIGHT, "reminded": -1}]},
        {"version": 1, "records": [{"slot": EIGHT, "done_at": "2026-03-02T08:00:00"}]},
        {"version": 1, "records": [{"slot": EIGHT, "done_at": "0001-01-01T00:00:00+09:00"}]},
        {"version": 1, "ended_days": ["today"]},
        {"version": 1, "woke_at": "9999-12-31T23:59:59-09:00"},
        {"version": 1, "snooze": {"since": None, "until": None}},
    ],
    ids=json.dumps,
)
def test_a_damaged_file_is_set_aside_and_told_of_once(store: ReminderFile, path: Path, document: object) -> None:
    content = json.dumps(document)
    path.write_text(content)
    assert ReminderFile(path.parent).peek() == ReminderLog()
    assert path.exists(), "peeking changes nothing"
    assert store.load() == ReminderLog()
    assert path.with_name(DAMAGED).read_text() == content
    assert store.problems == (f"{path} is damaged. It was renamed {DAMAGED}. A new reminder log was started.",)
    assert store.load() == ReminderLog()
    assert not store.problems


def test_a_newer_file_is_set_aside_too(store: ReminderFile, path: Path) -> None:
    path.write_text('{"version": 2, "records": "in a new way"}')
    assert ReminderFile(path.parent).peek() == ReminderLog()
    assert store.load() == ReminderLog()
    assert path.with_name("reminders.newer-20260302-080000.json").exists()
    assert "was written by a newer version of Stretch Player" in store.problems[0]


@pytest.mark.parametrize("data", [b"", b"{", b"\xff", b"[" * 200_000, b'{"version": 1}' + b" " * 1024 * 1024])
def test_what_is_no_log_is_set_aside(store: ReminderFile, path: Path, data: bytes) -> None:
    path.write_bytes(data)
    assert store.peek() == ReminderLog()
    assert store.load() == ReminderLog()
    assert path.with_name(DAMAGED).read_bytes() == data


def test_a_log_that_can_not_be_saved_leaves_the_old_one_whole(
    store: ReminderFile, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.save(LOG)

    def full(*_arguments: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(StorageError) as caught:
        store.save(ReminderLog())
    monkeypatch.undo()
    expected = f"reminders.json can't be saved in {data_dir}: the disk is full; free some space."
    assert str(caught.value) == expected
    assert store.load() == LOG


@not_on_windows("directories are never synced there")
def test_the_file_and_its_directory_are_synced_before_saving_is_over(
    store: ReminderFile, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[Path] = []
    sync: Callable[[int], None] = os.fsync

    def note(descriptor: int) -> None:
        synced.append(Path(f"/proc/self/fd/{descriptor}").readlink())
        sync(descriptor)

    if not Path("/proc/self/fd").exists():
        pytest.skip("the system doesn't tell what a descriptor is")
    monkeypatch.setattr("os.fsync", note)
    store.save(LOG)
    assert [path.parent for path in synced[:1]] == [data_dir]
    assert synced[-1] == data_dir


WRITER = """
import sys
from dataclasses import replace
from pathlib import Path
from stretchplayer.storage.reminders import ReminderFile
from tests.storage.test_reminders import LOG

store = ReminderFile(Path(sys.argv[1]))
count = 0
while True:
    count += 1
    record = replace(LOG.records[1], reminded=count)
    store.save(replace(LOG, records=(LOG.records[0], record)))
    print(count, flush=True)
"""


@pytest.mark.parametrize("told", [1, 7, 60])
def test_killed_at_any_moment_the_file_is_as_it_was_last_told(data_dir: Path, told: int) -> None:
    command = [sys.executable, "-c", WRITER, str(data_dir)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2]) as writer:
        assert writer.stdout is not None
        heard = 0
        while heard < told:
            heard = int(writer.stdout.readline())
        writer.kill()
        heard = max([heard, *map(int, writer.stdout.read().split())])
    store = ReminderFile(data_dir)
    log = store.load()
    assert store.problems == ()
    # The last one may have been saved and no longer told.
    assert log.records[1].reminded in {heard, heard + 1}
    assert log.records[0] == LOG.records[0]
