"""What `history` prints: as data for other programs, and as lines for people."""

from collections.abc import Iterable, Sequence
from datetime import date

from stretchplayer.progress.history import HistoryTotal, SessionRecord


def history_as_data(total: HistoryTotal, sessions: Sequence[SessionRecord]) -> dict[str, object]:
    """The sums of everything, and the sessions, the newest first; the shape that README tells other programs."""
    return {
        "total": {
            "first_day": _day(total.first_day),
            "last_day": _day(total.last_day),
            "sessions": total.sessions,
            "finished": total.finished,
            "complete": total.complete,
            "held_ms": {"left": total.held.left_ms, "right": total.held.right_ms, "both": total.held.both_ms},
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
    }


def history_as_lines(total: HistoryTotal, sessions: Sequence[SessionRecord]) -> Iterable[str]:
    """A line for each session, the newest first, and the sums."""
    for session in sessions:
        rehearsal = "" if session.counts else ", a rehearsal"
        yield (
            f"{session.started_at:%Y-%m-%d %H:%M}  {session.outcome:11}  "
            f"held {_clock(session.held_ms)} of {_clock(session.planned_ms)}  {session.title}{rehearsal}"
        )
    if total.first_day is None:
        yield "No session yet."
    else:
        sessions_since = f"{total.sessions} session{'' if total.sessions == 1 else 's'} since {total.first_day}"
        held = f"held {_clock(total.held.left_ms)} left, {_clock(total.held.right_ms)} right"
        both = f", {_clock(total.held.both_ms)} without sides" if total.held.both_ms else ""
        yield f"{sessions_since}, {total.complete} complete; {held}{both}."


def _clock(held_ms: int) -> str:
    """Hours, minutes and seconds, rounded down: what was held is never said to be more."""
    minutes, seconds = divmod(held_ms // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
