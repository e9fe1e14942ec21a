"""`history`, which needs no Qt."""

from argparse import Namespace
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path

from stretchplayer.cli.commands.remote import ask_program
from stretchplayer.cli.output import ExitCode, agrees, print_json, print_lines
from stretchplayer.desktop.clock import system_now
from stretchplayer.desktop.ipc.protocol import Reply, Request, Verb
from stretchplayer.errors import StorageError
from stretchplayer.i18n import _, ngettext
from stretchplayer.progress.history import HistoryTotal, SessionOutcome, SessionRecord
from stretchplayer.reminders.log import with_done
from stretchplayer.storage.directories import find_data_dir
from stretchplayer.storage.history.reader import HistoryFileReader
from stretchplayer.storage.history.writer import HistoryWriter
from stretchplayer.storage.reminders import ReminderFile


def history(arguments: Namespace) -> int:
    data_dir = find_data_dir(arguments.data_dir)
    reader = HistoryFileReader(data_dir)
    if arguments.delete is not None:
        _delete(data_dir, reader, arguments.delete, yes=arguments.yes)
        return ExitCode.DONE
    total, sessions = reader.total(), reader.sessions(date.min, date.max, newest=arguments.last)
    if arguments.json:
        print_json(history_as_data(total, sessions))
    else:
        print_lines(history_as_lines(total, sessions))
    return ExitCode.DONE


def _delete(data_dir: Path, reader: HistoryFileReader, session: int, *, yes: bool) -> None:
    record = reader.session(session)
    if record is None or record.outcome is SessionOutcome.OPEN:
        unknown = _("There is no ended session {id}; the ids are in `stretchplayer history --json`.")
        raise StorageError(unknown.format(id=session))
    print_lines([_line(record)])
    if not agrees(_("Delete this session? y for yes, anything else for no:"), yes=yes):
        return
    ask_program(data_dir, Request(verb=Verb.STATUS))  # nothing is deleted beside a program that doesn't answer
    store, problems = HistoryWriter(data_dir, now=system_now), list[str]()
    store.on_problem(problems.append)
    store.open()
    store.delete(session)
    store.close()
    if reader.session(session) is not None:
        raise StorageError(" ".join(problems))
    if record.done and record.slot is not None:
        day = date.fromisoformat(record.slot[:10])
        if record.slot not in reader.slots_done(day, day):
            _free(data_dir, record.slot)


def _free(data_dir: Path, slot: str) -> None:
    """The slot isn't done any more: tell the program that reminds or, where there is none, write it down."""
    answer = ask_program(data_dir, Request(verb=Verb.SESSION_DELETED, slot=slot))
    if answer is None or answer.reply is Reply.ONLY_PLAYS:
        store = ReminderFile(data_dir)
        log = store.load()
        print_lines(store.problems)
        if with_done(log, slot, None) != log:
            store.save(with_done(log, slot, None))


def history_as_data(total: HistoryTotal, sessions: Sequence[SessionRecord]) -> dict[str, object]:
    """The sums and the sessions, newest first; the manual documents this shape."""
    return {
        "total": {
            "first_day": _day(total.first_day),
            "last_day": _day(total.last_day),
            "sessions": total.sessions,
            "finished": total.finished,
            "complete": total.complete,
            "held_ms": asdict(total.held_ms),
            "repetitions": asdict(total.repetitions),
        },
        "sessions": [_session_as_data(session) for session in sessions],
    }


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _session_as_data(session: SessionRecord) -> dict[str, object]:
    return {
        "id": session.id,
        "routine": session.routine,
        "title": session.title,
        "started_at": session.started_at.isoformat(timespec="milliseconds"),
        "ended_at": None if session.ended_at is None else session.ended_at.isoformat(timespec="milliseconds"),
        "slot": session.slot,
        "outcome": session.outcome,
        "rate": session.rate,
        "holds": [
            {
                "stretch": hold.stretch,
                "title": hold.title,
                "side": hold.side,
                "planned_ms": hold.planned_ms,
                "held_ms": hold.held_ms,
            }
            for hold in session.holds
        ],
        "repetitions": [
            {"stretch": run.stretch, "title": run.title, "side": run.side, "planned": run.planned, "done": run.done}
            for run in session.repetitions
        ],
    }


def history_as_lines(total: HistoryTotal, sessions: Sequence[SessionRecord]) -> Iterable[str]:
    """A line for each session, newest first, and the sums."""
    for session in sessions:
        yield _line(session)
    if total.first_day is None:
        yield _("No sessions yet.")
        return
    since = ngettext(
        "{n} session since {first_day}, {complete} complete.",
        "{n} sessions since {first_day}, {complete} complete.",
        total.sessions,
    ).format(n=total.sessions, first_day=total.first_day, complete=total.complete)
    parts = [since]
    if total.held_ms.total or not total.repetitions.total:
        held = _("Held {left} left, {right} right.")
        if total.held_ms.both:
            held = _("Held {left} left, {right} right, {both} without sides.")
        parts.append(held.format(**{name: _clock(held_ms) for name, held_ms in asdict(total.held_ms).items()}))
    if done := total.repetitions.total:
        counted = ngettext("{n} repetition: {left} left, {right} right, {both} without sides.",
                           "{n} repetitions: {left} left, {right} right, {both} without sides.", done)  # fmt: skip
        parts.append(counted.format(n=done, **asdict(total.repetitions)))
    yield " ".join(parts)


def _line(session: SessionRecord) -> str:
    title = session.title if session.counts else _("{title} (rehearsal)").format(title=session.title)
    planned = sum(run.planned for run in session.repetitions)
    parts = []
    if session.planned_ms or not planned:
        held = _("held {held} of {planned}")
        parts.append(held.format(held=_clock(session.held_ms), planned=_clock(session.planned_ms)))
    if planned:
        counted = ngettext("{done} of {n} repetition", "{done} of {n} repetitions", planned)
        parts.append(counted.format(done=session.repetitions_done, n=planned))
    return f"{session.started_at:%Y-%m-%d %H:%M}  {_outcome(session.outcome):11}  {', '.join(parts)}  {title}"


def _outcome(outcome: SessionOutcome) -> str:
    return {
        SessionOutcome.OPEN: _("open"),
        SessionOutcome.FINISHED: _("finished"),
        SessionOutcome.STOPPED: _("stopped"),
        SessionOutcome.INTERRUPTED: _("interrupted"),
    }[outcome]


def _clock(held_ms: int) -> str:
    """Hours, minutes and seconds, rounded down so as not to overstate what was held."""
    minutes, seconds = divmod(held_ms // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
