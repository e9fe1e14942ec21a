"""The settings: kept, checked, and never lost."""

import errno
import json
import os
import tracemalloc
from collections.abc import Callable
from datetime import datetime, time
from pathlib import Path
from stat import S_ISDIR
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from stretchplayer.errors import StorageError
from stretchplayer.figure.side import Side
from stretchplayer.reminders.slots import EVERY_DAY, MAX_SLOTS, ReminderSettings, SlotTime
from stretchplayer.routine.cues import CueName
from stretchplayer.routine.preferences import HOLD_CHOICES_S, Preferences
from stretchplayer.settings import Appearance, Motion, ProgressSettings, Settings, SoundSettings
from stretchplayer.storage.settings import FILE_NAME, SettingsFile
from stretchplayer.storage.versioned_file import MAX_BYTES
from tests.fakes import START
from tests.posix import make_pipe, not_on_windows

CHANGED = Settings(
    playing=Preferences(hold_s=15, pace=1.5, lead_in_s=20, first_side=Side.RIGHT, wait_for_me=True),
    sound=SoundSettings(volume=35, muted=frozenset({CueName.HALF_WAY, CueName.COUNTDOWN})),
    appearance=Appearance.DARK,
    motion=Motion.REDUCED,
    reminders=ReminderSettings(slots=(SlotTime(at=time(7, 5), weekdays=frozenset({0, 6})),), keep_running=False),
    progress=ProgressSettings(measure_reach=True, reach_put_off=START.date(), holds_answered=START.date()),
    introduced=True,
    introduction_step=2,
    safety_shown=True,
)
DAMAGED = "settings.damaged-20260302-080000.json"

any_slots = st.dictionaries(
    st.builds(time, st.integers(0, 23), st.integers(0, 59)),
    st.frozensets(st.sampled_from(sorted(EVERY_DAY)), min_size=1),
    max_size=MAX_SLOTS,
).map(lambda days: tuple(SlotTime(at=at, weekdays=days[at]) for at in sorted(days)))

any_settings = st.builds(
    Settings,
    playing=st.builds(
        Preferences,
        hold_s=st.none() | st.sampled_from(HOLD_CHOICES_S),
        pace=st.floats(0.5, 3),
        lead_in_s=st.integers(0, 60),
        first_side=st.sampled_from(Side),
        wait_for_me=st.booleans(),
        tell_time_left=st.booleans(),
    ),
    sound=st.builds(
        SoundSettings, volume=st.integers(0, 100), muted=st.frozensets(st.sampled_from(CueName), max_size=5)
    ),
    appearance=st.sampled_from(Appearance),
    motion=st.sampled_from(Motion),
    reminders=st.builds(ReminderSettings, slots=any_slots, sound=st.booleans(), start_fullscreen=st.booleans()),
    progress=st.builds(
        ProgressSettings,
        ask_pain=st.booleans(),
        reach_put_off=st.none() | st.dates(),
        holds_answered=st.none() | st.dates(),
    ),
    introduced=st.booleans(),
    introduction_step=st.integers(0, 2),
)
repeated = hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
"""Every example may find the files of the one before."""


@pytest.fixture
def store(data_dir: Path) -> SettingsFile:
    """The settings of a person who has none yet."""
    return SettingsFile(data_dir, now=lambda: START)


@pytest.fixture
def path(data_dir: Path) -> Path:
    """Their file, in its directory."""
    data_dir.mkdir()
    return data_dir / "settings.json"


def changed(key: str, value: object) -> dict[str, Any]:
    """A document in which one key, given with its table, has another value."""
    document: dict[str, Any] = {"version": 1, "playing": {}, "sound": {}}
    *table, name = key.split(".")
    (document[table[0]] if table else document)[name] = value
    return document


def failing(code: int) -> Callable[..., object]:
    """A function of the system that fails."""

    def fail(*_arguments: object, **_keywords: object) -> object:
        raise OSError(code, os.strerror(code))

    return fail


def test_nothing_saved_means_the_defaults_and_leaves_no_trace(store: SettingsFile, data_dir: Path) -> None:
    assert store.load() == Settings()
    assert store.problems == ()
    assert not data_dir.exists()


def test_what_is_saved_is_loaded(store: SettingsFile, data_dir: Path) -> None:
    store.save(CHANGED)
    assert SettingsFile(data_dir).load() == CHANGED
    assert [path.name for path in data_dir.iterdir()] == ["settings.json"]


def test_the_file_can_be_read_by_people(store: SettingsFile, data_dir: Path) -> None:
    store.save(CHANGED)
    document = json.loads((data_dir / "settings.json").read_text(encoding="utf-8"))
    assert document["version"] == 1
    assert document["playing"]["first_side"] == "right"
    assert sorted(document["sound"]["muted"]) == ["countdown", "half_way"]


@repeated
@given(any_settings)
def test_any_settings_come_back_as_they_were(store: SettingsFile, settings: Settings) -> None:
    store.save(settings)
    assert store.load() == settings
    assert store.problems == ()


def test_what_is_missing_is_as_by_default_and_what_is_new_does_no_harm(store: SettingsFile, path: Path) -> None:
    path.write_text('{"version": 1, "playing": {"hold_s": 20, "later": 1}, "more": {}}')
    assert store.load() == Settings(playing=Preferences(hold_s=20))
    assert store.problems == ()


@pytest.mark.parametrize(
    "document",
    [
        changed("version", 0),
        changed("version", "1"),
        changed("playing.hold_s", 0),
        changed("playing.hold_s", "30"),
        changed("playing.pace", 0.4),
        changed("playing.pace", 3.1),
        changed("playing.lead_in_s", -1),
        changed("playing.lead_in_s", 61),
        changed("playing.first_side", "middle"),
        changed("playing.wait_for_me", 1),
        changed("sound.volume", 101),
        changed("sound.volume", -1),
        changed("sound.muted", ["no_such_cue"]),
        changed("appearance", "purple"),
        changed("playing", []),
        {},
        [],
        None,
    ],
    ids=json.dumps,
)
def test_values_that_can_not_be_set_the_file_aside(store: SettingsFile, path: Path, document: object) -> None:
    content = json.dumps(document)
    path.write_text(content)
    assert store.load() == Settings()
    aside = path.with_name(DAMAGED)
    assert aside.read_text() == content
    expected = f"{path} is damaged. It was renamed {DAMAGED}. Default settings are used."
    assert store.problems == (expected,)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b'{"version": 1, "appearance": "\xff"}',
        b'{"version": NaN}',
        b"[" * 200_000,
        b'{"version": 1, "more": ' + b"[" * 200_000,
        b'{"version": 1}' + b" " * MAX_BYTES,
    ],
    ids=lambda data: repr(data[:30]),
)
def test_data_that_are_no_settings_set_the_file_aside(store: SettingsFile, path: Path, data: bytes) -> None:
    path.write_bytes(data)
    assert store.load() == Settings()
    assert path.with_name(DAMAGED).read_bytes() == data
    assert not path.exists()


@repeated
@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_loading_never_fails_and_loses_nothing(store: SettingsFile, data_dir: Path, data: bytes) -> None:
    data_dir.mkdir(exist_ok=True)
    for old in data_dir.iterdir():
        old.unlink()
    (data_dir / "settings.json").write_bytes(data)
    store.load()
    (kept,) = data_dir.iterdir()
    assert kept.read_bytes() == data


def test_a_small_file_takes_little_memory(store: SettingsFile) -> None:
    store.save(Settings())
    tracemalloc.start()
    try:
        store.load()
        assert tracemalloc.get_traced_memory()[1] < MAX_BYTES / 4
    finally:
        tracemalloc.stop()


def test_a_damaged_file_is_told_of_once(store: SettingsFile, path: Path) -> None:
    path.write_text("{")
    store.load()
    assert len(store.problems) == 1
    store.load()
    assert store.problems == ()


def test_no_file_set_aside_is_ever_overwritten(store: SettingsFile, path: Path) -> None:
    for content in ("{1", "{2", "{3"):
        path.write_text(content)
        store.load()
    names = [DAMAGED, *(DAMAGED.replace(".json", f"-{number}.json") for number in (2, 3))]
    assert [path.with_name(name).read_text() for name in names] == ["{1", "{2", "{3"]


def test_a_newer_version_is_set_aside_in_words(store: SettingsFile, path: Path) -> None:
    path.write_text('{"version": 2, "playing": "in a new way"}')
    assert store.load() == Settings()
    kept = "settings.newer-20260302-080000.json"
    assert path.with_name(kept).exists()
    told = f"was written by a newer version of Stretch Player. It was renamed {kept}. Default settings are used."
    assert store.problems == (f"{path} {told}",)


def test_a_folder_of_that_name_is_set_aside(store: SettingsFile, path: Path) -> None:
    path.mkdir()
    assert store.load() == Settings()
    assert path.with_name(DAMAGED).is_dir()
    assert store.problems[0].startswith(f"{path} can't be read (it is a folder). It was renamed")


def test_what_can_not_be_set_aside_is_told_of(store: SettingsFile, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path.write_text("{")
    monkeypatch.setattr(Path, "rename", failing(errno.EROFS))
    assert store.load() == Settings()
    told = "It can't be renamed: it is on a read-only disk; choose another place. Default settings are used."
    assert store.problems == (f"{path} is damaged. {told}",)


def test_a_data_directory_that_is_a_file_has_no_settings_and_takes_none(store: SettingsFile, data_dir: Path) -> None:
    data_dir.touch()
    assert store.load() == Settings()
    assert store.problems == ()
    with pytest.raises(StorageError, match=r"^settings.json can't be saved in .*: .*\.$"):
        store.save(CHANGED)


@pytest.mark.parametrize(
    ("function", "code", "why"),
    [
        ("os.fsync", errno.ENOSPC, "the disk is full; free some space"),
        ("stretchplayer.storage.atomic_write.mkstemp", errno.EROFS, "it is on a read-only disk; choose another place"),
        (
            "stretchplayer.storage.atomic_write.mkstemp",
            errno.EACCES,
            "permission is denied; change its permissions or choose another place",
        ),
        ("pathlib.Path.replace", errno.EIO, f"the system says: {os.strerror(errno.EIO)}"),
    ],
)
def test_what_can_not_be_saved_leaves_the_old_settings_whole(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch, function: str, code: int, why: str
) -> None:
    store = SettingsFile(data_dir)
    store.save(CHANGED)
    monkeypatch.setattr(function, failing(code))
    with pytest.raises(StorageError) as caught:
        store.save(Settings())
    assert str(caught.value) == f"settings.json can't be saved in {data_dir}: {why}."
    monkeypatch.undo()
    assert store.load() == CHANGED
    assert [path.name for path in data_dir.iterdir()] == ["settings.json"]


@pytest.mark.skipif(os.name != "posix", reason="permissions are POSIX's")
def test_a_new_file_is_private_and_an_old_one_keeps_its_permissions(store: SettingsFile, data_dir: Path) -> None:
    store.save(CHANGED)
    path = data_dir / "settings.json"
    assert path.stat().st_mode & 0o777 == 0o600
    path.chmod(0o640)
    store.save(Settings())
    assert path.stat().st_mode & 0o777 == 0o640


@pytest.mark.skipif(os.name != "posix", reason="links need rights elsewhere")
def test_a_link_stays_a_link(store: SettingsFile, path: Path, tmp_path: Path) -> None:
    target = tmp_path / "elsewhere" / "my-settings.json"
    path.symlink_to(target)
    store.save(CHANGED)
    assert path.is_symlink()
    assert target.is_file()
    assert store.load() == CHANGED


@pytest.mark.skipif(os.name != "posix", reason="elsewhere directories are never synced")
@pytest.mark.parametrize("function", ["open", "fsync"])
def test_a_directory_that_can_not_be_synced_is_no_failure(
    store: SettingsFile, monkeypatch: pytest.MonkeyPatch, function: str
) -> None:
    whole: Callable[..., Any] = getattr(os, function)

    def fail_for_directories(what: str | int, *arguments: object) -> object:
        if S_ISDIR(os.fstat(what).st_mode) if isinstance(what, int) else Path(what).is_dir():
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))
        return whole(what, *arguments)

    monkeypatch.setattr(f"stretchplayer.storage.atomic_write.os.{function}", fail_for_directories)
    store.save(CHANGED)
    monkeypatch.undo()
    assert store.load() == CHANGED


def test_the_date_of_a_damaged_file_is_that_of_today(data_dir: Path, path: Path) -> None:
    path.write_text("{")
    before = datetime.now().astimezone().replace(microsecond=0)
    SettingsFile(data_dir).load()
    (aside,) = data_dir.iterdir()
    assert datetime.strptime(aside.name, "settings.damaged-%Y%m%d-%H%M%S.json").astimezone() >= before


@not_on_windows("links and devices are POSIX's")
@pytest.mark.parametrize("other", [make_pipe, Path.mkdir, lambda path: path.symlink_to("/dev/zero")])
def test_what_is_no_file_is_not_opened_but_set_aside(tmp_path: Path, other: Callable[[Path], None]) -> None:
    other(tmp_path / FILE_NAME)
    file = SettingsFile(tmp_path)
    assert file.peek() == Settings()
    assert file.load() == Settings()
    (problem,) = file.problems
    assert "renamed settings.damaged-" in problem
    file.save(Settings())
    assert SettingsFile(tmp_path).load() == Settings()
