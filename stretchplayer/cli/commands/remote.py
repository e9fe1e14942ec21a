"""The commands to a running program. If none is running, Qt isn't loaded."""

import sys
from argparse import Namespace
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from stretchplayer.cli.output import ExitCode, clock, fail, print_json, print_lines
from stretchplayer.desktop.clock import system_now
from stretchplayer.desktop.ipc.address import no_safe_folder, socket_address
from stretchplayer.desktop.ipc.foreign_lock import LOCK_NAME, foreign_lock, is_foreign
from stretchplayer.desktop.ipc.protocol import Answer, Reply, Request, Verb
from stretchplayer.i18n import N_, _
from stretchplayer.player.status import status_as_data, views_as_data
from stretchplayer.reminders.log import with_start
from stretchplayer.reminders.presence import Presence
from stretchplayer.reminders.rules import advise
from stretchplayer.routine import phrases
from stretchplayer.storage.directories import find_data_dir
from stretchplayer.storage.reminders import ReminderFile
from stretchplayer.storage.routines.offered_routine import offered_id
from stretchplayer.storage.settings import SettingsFile

NOT_RUNNING: Final = N_("Stretch Player is not running; start it with: stretchplayer")


def command(arguments: Namespace) -> int:
    given = {name: getattr(arguments, name, None) for name in ("minutes", "undo")}
    request = Request(verb=Verb(arguments.verb), **given)
    answer = ask_program(find_data_dir(arguments.data_dir), request)
    if answer is None:
        return fail(_(NOT_RUNNING), ExitCode.NOT_RUNNING)
    return _code(answer)


def status(arguments: Namespace) -> int:
    data_dir = find_data_dir(arguments.data_dir)
    answer = ask_program(data_dir, Request(verb=Verb.STATUS))
    if answer is not None and answer.status is None:
        return _code(answer)
    if answer is None or answer.status is None:
        nothing = {"slots": None, "next_reminder": None}
        offered = offered_id(data_dir, SettingsFile(data_dir).peek(), system_now())
        lock = data_dir / LOCK_NAME
        problem = foreign_lock(lock) if is_foreign(lock) else None  # no program that is started can remind either
        found = status_as_data(nothing, running=False, state="idle", routine=offered, problem=problem)
    else:
        found = {**answer.status, "waits_for": answer.status.get("waits_for"), "problem": answer.status.get("problem")}
    if found["slots"] is None:  # not the program that reminds, so ask the files
        found |= slots_as_data(data_dir, system_now())
        if found["problem"] is not None:
            found["next_reminder"] = None
    if arguments.json:
        print_json(found)
    else:
        print_lines(status_as_lines(found))
    return ExitCode.DONE if answer is not None else fail(_(NOT_RUNNING), ExitCode.NOT_RUNNING)


def ask_program(data_dir: Path, request: Request) -> Answer | None:
    address = socket_address(data_dir, make=True)
    if address is None:
        raise no_safe_folder()
    if sys.platform != "win32" and not Path(address).exists():
        return None
    from stretchplayer.desktop.ipc.client import ask  # noqa: PLC0415 -- Qt takes longer than all the rest

    return ask(address, request)


def _code(answer: Answer) -> ExitCode:
    if answer.reply is Reply.DONE:
        return ExitCode.DONE
    return fail(answer.problem or _("Stretch Player refused the request."), ExitCode.FAILURE)


def slots_as_data(data_dir: Path, now: datetime) -> dict[str, object]:
    """The state of the reminders in the data directory at `now`, which is aware and local.

    `{"slots": [{"date": "2026-03-02", "time": "08:00", "state": "due"}, …], "next_reminder": ISO 8601 or None}`.
    Nothing is written; an unusable file counts as absent.
    """
    advice = advise(now, SettingsFile(data_dir).peek().reminders, with_start(ReminderFile(data_dir).peek(), now))
    return views_as_data(advice.slots, advice.next_at, now)


def status_as_lines(status: Mapping[str, Any]) -> Iterable[str]:
    phase = status["phase"]
    if phase is not None:
        facts = [phrases.phase_label(phase["kind"]), phrases.side_label(phase["side"])]
        state = f" ({_state_label(status['state'])})" if status["state"] != phase["kind"] else ""
        left = _("{time} left").format(time=clock(status["remaining_ms"]))
        yield f"{status['routine']}: {', '.join(filter(None, facts))}{state}, {left}"
        yield f"  {phase['text']}"
    elif status["running"]:
        yield _("Nothing is playing.")
    slots = status["slots"]
    if slots:
        one_day = len({slot["date"] for slot in slots}) == 1
        listed = (f"{'' if one_day else slot['date'] + ' '}{slot['time']} {_slot(slot['state'])}" for slot in slots)
        yield _("Reminders: {slots}").format(slots=", ".join(listed))
    if status["problem"]:
        yield status["problem"]
    if status["next_reminder"]:
        yield _("Next reminder: {time}").format(time=status["next_reminder"][:16].replace("T", " "))
    if status["waits_for"]:
        yield _reason(status["waits_for"])


def _reason(presence: str) -> str:
    """Why a reminder that is due waits."""
    reasons: dict[str, str] = {
        Presence.AWAY: _("It waits until you are back."),
        Presence.BUSY: _("It waits while do-not-disturb is on or another program fills the screen."),
        Presence.CALLING: _("It waits while another program uses the microphone or camera, or shares the screen."),
        Presence.PLAYING: _("It waits for the end of the session."),
    }
    return reasons.get(presence, presence)


def _state_label(state: str) -> str:
    return {
        "waiting": _("waiting"),
        "paused": _("paused"),
        "resuming": _("resuming"),
        "interrupted": _("interrupted"),
        "offering": _("offering"),
    }.get(state, state)


def _slot(state: str) -> str:
    return {
        "coming": _("coming"),
        "due": _("due"),
        "snoozed": _("snoozed"),
        "done": _("done"),
        "marked-done": _("marked as done"),
        "skipped": _("skipped"),
        "missed": _("missed"),
        "paused": _("paused"),
    }[state]
