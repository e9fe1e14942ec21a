"""The format of the reminders' file, version 1: which values it may have, and what it is in terms of the domain."""

from datetime import MAXYEAR, MINYEAR, UTC, date, datetime, time
from typing import Annotated, Final

import msgspec
from msgspec import UNSET, Meta, UnsetType

from stretchplayer.domain.reminder_log import LAST_DAY, MAX_RECORDS, Pause, ReminderLog, SlotRecord, Snooze
from stretchplayer.domain.slots import Slot
from stretchplayer.storage.kept_file import DamagedError, NewerVersionError

VERSION: Final = 1
LONG_AGO: Final = datetime(1970, 1, 1, tzinfo=UTC)
"""When reminders began that were kept by a program that didn't write that down."""

_Moment = Annotated[datetime, Meta(tz=True)]
_Count = Annotated[int, Meta(ge=0)]


# As in the settings: what is missing is as in an empty log, and what is unknown is let be.
class _Record(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`slot` is local: "2026-03-02T08:00"."""

    slot: Annotated[str, Meta(pattern="^[0-9]{4}-[0-9]{2}-[0-9]{2}T([01][0-9]|2[0-3]):[0-5][0-9]$")]
    reminded: _Count = 0
    reminded_at: _Moment | None = None
    snoozes: _Count = 0
    owed_until: _Moment | None = None
    done_at: _Moment | None = None
    skipped_at: _Moment | None = None
    added_at: _Moment | None = None


class _Snooze(msgspec.Struct, frozen=True, kw_only=True):
    since: _Moment
    until: _Moment | None
    been_away: bool = False


class _Pause(msgspec.Struct, frozen=True, kw_only=True):
    since: _Moment
    until: date


class _Document(msgspec.Struct, frozen=True, kw_only=True):
    version: Annotated[int, Meta(ge=1)]
    slots: Annotated[tuple[_Record, ...], Meta(max_length=2 * MAX_RECORDS)] = ()
    ended_days: Annotated[tuple[date, ...], Meta(max_length=2 * MAX_RECORDS)] = ()
    snooze: _Snooze | None = None
    pause: _Pause | None = None
    woke_at: _Moment | None = None
    steady_since: _Moment | None = None
    begun_at: _Moment | UnsetType | None = UNSET


class _Version(msgspec.Struct, frozen=True):
    """What files of all versions have in common."""

    version: Annotated[int, Meta(ge=1)]


def decode(data: bytes) -> ReminderLog:
    """Read a log; DamagedError or NewerVersionError when that can't be done."""
    try:
        if msgspec.json.decode(data, type=_Version).version > VERSION:
            raise NewerVersionError
        document = msgspec.json.decode(data, type=_Document)
        return _read(document)
    except (msgspec.MsgspecError, ValueError, OverflowError, RecursionError) as error:
        raise DamagedError(str(error)) from error


def encode(log: ReminderLog) -> bytes:
    """Write a log, so that people can read it, too."""
    snooze, pause = log.snooze, log.pause
    document = _Document(
        version=VERSION,
        slots=tuple(_write_record(record) for record in log.records),
        ended_days=tuple(sorted(log.ended_days)),
        snooze=_Snooze(since=snooze.since, until=snooze.until, been_away=snooze.been_away) if snooze else None,
        pause=_Pause(since=pause.since, until=pause.until) if pause else None,
        woke_at=log.woke_at,
        steady_since=log.steady_since,
        begun_at=log.begun_at,
    )
    return msgspec.json.format(msgspec.json.encode(document), indent=2) + b"\n"


def _read(document: _Document) -> ReminderLog:
    records = {record.slot: _read_record(record) for record in document.slots}
    if len(records) < len(document.slots):
        raise ValueError("a slot is there twice")
    snooze, pause = document.snooze, document.pause
    return ReminderLog(
        records=tuple(sorted(records.values(), key=lambda record: record.slot)),
        ended_days=frozenset(document.ended_days),
        snooze=None
        if snooze is None
        else Snooze(since=_utc(snooze.since), until=_moment(snooze.until), been_away=snooze.been_away),
        pause=None if pause is None else Pause(since=_utc(pause.since), until=min(pause.until, LAST_DAY)),
        woke_at=_moment(document.woke_at),
        steady_since=_moment(document.steady_since),
        begun_at=LONG_AGO if isinstance(document.begun_at, UnsetType) else _moment(document.begun_at),
    )


def _read_record(record: _Record) -> SlotRecord:
    day, _, at = record.slot.partition("T")
    return SlotRecord(
        slot=Slot(day=date.fromisoformat(day), at=time.fromisoformat(at)),
        reminded=record.reminded,
        reminded_at=_moment(record.reminded_at),
        snoozes=record.snoozes,
        owed_until=_moment(record.owed_until),
        done_at=_moment(record.done_at),
        skipped_at=_moment(record.skipped_at),
        added_at=_moment(record.added_at),
    )


def _write_record(record: SlotRecord) -> _Record:
    return _Record(
        slot=record.slot.key,
        reminded=record.reminded,
        reminded_at=record.reminded_at,
        snoozes=record.snoozes,
        owed_until=record.owed_until,
        done_at=record.done_at,
        skipped_at=record.skipped_at,
        added_at=record.added_at,
    )


def _moment(moment: datetime | None) -> datetime | None:
    return None if moment is None else _utc(moment)


def _utc(moment: datetime) -> datetime:
    """In UTC; ValueError for one at the edge of what a date can be, since the rule adds hours to it."""
    if not MINYEAR < moment.year < MAXYEAR:
        raise ValueError(f"{moment.year} is no year")
    return moment.astimezone(UTC)
