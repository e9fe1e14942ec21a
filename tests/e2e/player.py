"""Stretch Player running on a virtual desktop: what it was told to play, what it wrote down and what it shows."""

import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self, TypeVar

import msgspec
from PySide6.QtGui import QColor, QImage

from stretchplayer.app.playback import GUIDED_SESSIONS
from stretchplayer.desktop.ipc.address import socket_address
from stretchplayer.desktop.ipc.client import ask
from stretchplayer.desktop.ipc.protocol import Request, Verb
from stretchplayer.routine.preferences import Preferences
from stretchplayer.settings import Settings, SpeechMode, SpeechSettings
from stretchplayer.storage.logfile import FILE_NAME as LOG_NAME
from stretchplayer.storage.settings import SettingsFile
from tests.e2e.desktop import ROOT, Desktop, Window
from tests.e2e.metronome import Metronome
from tests.e2e.waiting import wait_until
from tests.patience import PATIENCE_S

COMMAND: Final = (sys.executable, "-m", "stretchplayer")
TITLE: Final = "Stretch Player"
NS_PER_MS: Final = 1_000_000
ACCENT: Final = "#ff8a4c"
LEGS_ROUTINE: Final = """\
format = 1
title = "Short"

[[stretches]]
title = "Legs"
position = "lying_on_back"
setup = "Lie."
steps = [
    { kind = "move", text = "Up.", seconds = 1 },
    { kind = "hold", text = "Hold your {leg}.", seconds = 6 },
    { kind = "release", text = "Down.", seconds = 1 },
]
"""
LEGS_AND_BACK_ROUTINE: Final = f"""\
{LEGS_ROUTINE}
[[stretches]]
title = "Back"
position = "lying_on_back"
setup = "Lie."
sides = "none"
steps = [{{ kind = "hold", text = "Hold.", seconds = 6 }}]
"""
SLOW_ROUTINE: Final = 'format = 1\ntitle = "Slow"\n' + "".join(
    f"""
[[stretches]]
title = "{title}"
position = "lying_on_back"
setup = "Lie."
steps = [
    {{ kind = "move", text = "Up.", seconds = 1800 }},
    {{ kind = "move", text = "Higher.", seconds = 1800 }},
    {{ kind = "hold", text = "Hold your {{leg}}.", seconds = 1800 }},
    {{ kind = "release", text = "Down.", seconds = 1800 }},
]
"""
    for title in ("Legs", "Legs again")
)
"""Goes on only when it is told to, except from its first phase."""
LONG_LEAD_IN_S: Final = 60
"""In its first phase a test gets everything done, however busy the machine is."""
FIRST_MOVE, SECOND_MOVE, FIRST_HOLD, FIRST_TRANSITION = 1, 2, 3, 10
"""Phases of the slow routine and of the shipped one."""
TINY_ROUTINE: Final = """\
format = 1
title = "Tiny"

[[stretches]]
title = "Back"
position = "lying_on_back"
setup = "Lie."
sides = "none"
steps = [{ kind = "hold", text = "Hold.", seconds = 2 }]
"""
EARLY_MS: Final = 5.0
DRIFT_MS: Final = 100.0
KNOWN_PROBLEMS: Final = (
    # What Qt logs where there is no portal, and when a window of sway's gets or loses the focus.
    r"Failed to register with host portal",
    r"qt\.qpa\.wayland\.textinput: .*Trying to (dis|en)able",
)
_Found = TypeVar("_Found")


class PlannedCue(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A cue of `plan --json`."""

    at_ms: int
    name: str
    say: str | None


class PlannedPhase(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A phase of `plan --json`."""

    index: int
    start_ms: int
    duration_ms: int
    kind: str
    exercise: str = msgspec.field(name="stretch")
    side: str | None
    repetition: int | None = None
    repetitions: int | None = None
    set: int | None = None
    sets: int | None = None
    breaths: int | None = None
    step: int | None
    text: str
    equipment: tuple[str, ...]
    cues: tuple[PlannedCue, ...]

    @property
    def end_ms(self) -> int:
        """The end, which is no longer in this phase."""
        return self.start_ms + self.duration_ms


class Plan(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What `plan --json` prints."""

    routine: str
    total_ms: int
    phases: tuple[PlannedPhase, ...]


class Event(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A line of the trace. What the event has nothing to say about is None."""

    t_ms: int
    mono_ns: int
    event: str
    index: int | None = None
    name: str | None = None
    kind: str | None = None
    exercise: str | None = msgspec.field(default=None, name="stretch")
    side: str | None = None
    repetition: int | None = None
    repetitions: int | dict[str, dict[str, int]] | None = None
    """Of a phase how many there are, of the session those done."""
    set: int | None = None
    sets: int | None = None
    breaths: int | None = None
    at_ms: int | None = None
    say: str | None = None
    outcome: str | None = None
    held_ms: dict[str, dict[str, int]] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """What a session wrote down."""

    events: tuple[Event, ...]

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read the whole lines that are there so far; none when there is no file yet."""
        data = path.read_bytes() if path.exists() else b""
        lines = data[: data.rfind(b"\n") + 1].splitlines()
        return cls(events=tuple(msgspec.json.decode(line, type=Event) for line in lines))

    def of(self, event: str) -> tuple[Event, ...]:
        """The events of one sort."""
        return tuple(each for each in self.events if each.event == event)

    @property
    def states(self) -> list[str]:
        """The states gone through."""
        return [event.name or "" for event in self.of("state")]

    @property
    def state(self) -> str | None:
        """The state the session is in."""
        return next(reversed(self.states), None)

    @property
    def phase(self) -> int | None:
        """The index of the phase the session is in."""
        return next((event.index for event in reversed(self.of("phase"))), None)

    @property
    def outcome(self) -> str | None:
        """How the session ended, or None."""
        return next((event.outcome for event in self.of("session")), None)


def read_plan(routine: str, data_dir: Path) -> Plan:
    """Ask the program what it is going to play."""
    command = [*COMMAND, "plan", routine, "--json", "--data-dir", str(data_dir)]
    done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True)
    assert done.returncode == 0, done.stderr.decode()
    return msgspec.json.decode(done.stdout, type=Plan)


def write_routine(folder: Path, text: str, lead_in_s: int = 3) -> str:
    """Write a routine file, and settings with which it begins soon, or after `lead_in_s`; the file's name is returned.

    The first sessions, which wait for the person between exercises, are over.
    A program without a voice doesn't say so: the notice would be one more thing in the window.
    """
    settings = Settings(
        playing=Preferences(lead_in_s=lead_in_s),
        speech=SpeechSettings(mode=SpeechMode.OFF),
        sessions_guided=GUIDED_SESSIONS,
    )
    SettingsFile(folder / "stretchplayer-data").save(settings)
    path = folder / "routine.toml"
    path.write_text(text, encoding="utf-8")
    return str(path)


def zero_ns(event: Event, rate: float) -> float:
    """The moment of CLOCK_MONOTONIC at which the session's time was zero, had it gone on as since the event."""
    return event.mono_ns - event.t_ms * NS_PER_MS / rate


def lateness_ms(plan: Plan, trace: Trace, rate: float, *, since: int = 0) -> list[float]:
    """By how much each phase, from one on, began later than planned, in ms of real time."""
    phases = plan.phases[since:]
    events = trace.of("phase")[-len(phases) :]
    begun_ns = zero_ns(events[0] if since else trace.events[0], rate)
    return [
        (event.mono_ns - begun_ns) / NS_PER_MS - phase.start_ms / rate
        for event, phase in zip(events, phases, strict=True)
    ]


def planned_tones(plan: Plan, trace: Trace, rate: float, *names: str) -> list[float]:
    """When the tones of these cues are due, in ns of CLOCK_MONOTONIC."""
    begun_ns = zero_ns(trace.events[0], rate)
    cues = [cue for phase in plan.phases for cue in phase.cues]
    return [begun_ns + cue.at_ms * NS_PER_MS / rate for cue in cues if cue.name in names]


def told(phase: PlannedPhase | Event) -> tuple[object, ...]:
    """What both a plan and a trace say of a phase."""
    return (
        phase.index, phase.kind, phase.exercise, phase.side, phase.repetition, phase.repetitions, phase.set, phase.sets,
        phase.breaths,
    )  # fmt: skip


def assert_as_planned(plan: Plan, trace: Trace) -> None:
    """Every phase and every cue of the plan was there once and in order, and nothing else was."""
    begun = trace.of("phase")
    assert list(map(told, begun)) == list(map(told, plan.phases))
    assert all(phase.start_ms <= event.t_ms <= phase.end_ms for event, phase in zip(begun, plan.phases, strict=True))
    cues = [(event.index, event.name, event.at_ms, event.say) for event in trace.of("cue")]
    assert cues == [(phase.index, cue.name, cue.at_ms, cue.say) for phase in plan.phases for cue in phase.cues]
    assert trace.states == [*(phase.kind for phase in plan.phases[:-1]), "finished"]
    assert trace.events[-1].outcome == "finished"


def assert_keeps_time(plan: Plan, trace: Trace, rate: float, machine: Metronome, *, since: int = 0) -> None:
    """No phase from `since` on began early, and what is late is caught up with: the later ones aren't all late.

    Each single one may be late, since the machine may be: how much is what `make bench` tells.
    """
    late = lateness_ms(plan, trace, rate, since=since)
    told = f"ms late: {[round(ms, 1) for ms in late]}; the machine: {machine.latest_ms:.0f}"
    assert min(late) > -EARLY_MS, told
    assert min(late[len(late) // 2 :]) < DRIFT_MS + machine.latest_ms, told


def status_of(desktop: Desktop) -> dict[str, Any] | None:
    """What the program that listens on a desktop says of itself; asked often, it costs no process each time."""
    address = socket_address(Path(desktop.env["STRETCHPLAYER_DATA_DIR"]), desktop.env)
    answer = ask(address, Request(verb=Verb.STATUS), within_s=PATIENCE_S)
    return answer.status if answer is not None else None


class Player:
    """The program on a desktop. Use it in a `with` statement: what it logged as a warning or an error fails the test.

    `args` are those of `start`; without any, the program just opens its window.
    """

    def __init__(self, desktop: Desktop, *args: str, env: Mapping[str, str] | None = None) -> None:
        self.desktop = desktop
        self.allowed_problems: list[str] = []
        """Patterns of warnings and errors that the program may log in this test."""
        self._data_dir = Path(desktop.env["STRETCHPLAYER_DATA_DIR"])
        self._trace_path = self._data_dir.with_name("trace.jsonl")
        command = ["start", *args, "--trace", str(self._trace_path)] if args else []
        self.process = desktop.run(*command, env=env)

    def __enter__(self) -> Self:
        """Nothing is waited for."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Look into the log, unless the test has failed already."""
        if error is None:
            problems = self.logged_problems()
            assert not problems, "\n".join(problems)

    def logged_problems(self) -> list[str]:
        """The lines of the program's own log that are no mere information."""
        problems = [line for line in self._log_lines() if re.search(r" (WARNING|ERROR|CRITICAL) ", line)]
        allowed = (*KNOWN_PROBLEMS, *self.allowed_problems)
        return [line for line in problems if not any(re.search(pattern, line) for pattern in allowed)]

    def has_logged(self, pattern: str) -> bool:
        """Whether a line of the program's own log matches."""
        return any(re.search(pattern, line) for line in self._log_lines())

    def _log_lines(self) -> list[str]:
        log = self._data_dir / LOG_NAME
        return log.read_text(encoding="utf-8").splitlines() if log.exists() else []

    @property
    def trace(self) -> Trace:
        """What has been written down so far."""
        return Trace.read(self._trace_path)

    def wait(self, condition: Callable[[], _Found | None], what: str, timeout_s: float = PATIENCE_S) -> _Found:
        """Wait for something the program does; AssertionError at once when it has ended instead."""

        def look() -> _Found | None:
            ended = self.process.poll() is not None
            found = condition()
            assert found or not ended, f"the program ended before {what}: {self.desktop.errors(self.process)}"
            return found

        return wait_until(look, what, timeout_s)

    def window(self, condition: Callable[[Window], bool] = lambda _: True) -> Window:
        """Wait for the program's window to be as it should be, with the focus."""
        self.wait(self.desktop.windows, "the window")
        return self.desktop.wait_for_window(TITLE, lambda window: window.focused and condition(window))

    def wait_for_beginning(self) -> None:
        """Wait until the session has begun; its first state may be over already."""
        self.wait(lambda: self.trace.states, "the session")

    def wait_for_states(self, *states: str) -> Trace:
        """Wait until these are the last states the session has gone through."""
        last = list(states)

        def look() -> Trace | None:
            trace = self.trace
            return trace if trace.states[-len(last) :] == last else None

        try:
            trace = self.wait(look, f"the states {last}")
        except AssertionError as error:
            error.add_note(f"the states are {self.trace.states}")
            raise
        self.wait(self._has_focus, "the focus")
        return trace

    def _has_focus(self) -> bool:
        """Whether keys reach the program's window, if it has one: the desktop gives it the focus when it likes."""
        windows = [window for window in self.desktop.windows() if window.title == TITLE]
        return not windows or any(window.focused for window in windows)

    def wait_for_outcome(self, outcome: str) -> Trace:
        """Wait until the session has ended so."""
        self.wait(lambda: self.trace.outcome, "the end of the session")
        trace = self.trace
        assert trace.outcome == outcome
        return trace

    def wait_for_phase(self, index: int) -> Trace:
        """Wait until the session is in this phase."""

        def look() -> Trace | None:
            trace = self.trace
            return trace if trace.phase == index else None

        return self.wait(look, f"phase {index}")

    def wait_for_phases(self, *indices: int) -> Trace:
        """Wait until these are the last phases the session has gone through."""

        def look() -> Trace | None:
            trace = self.trace
            return trace if [event.index for event in trace.of("phase")][-len(indices) :] == [*indices] else None

        return self.wait(look, f"the phases {indices}")

    def exit_code(self, timeout_s: float = PATIENCE_S) -> int:
        """Wait for the program to end by itself."""
        wait_until(lambda: self.process.poll() is not None, "the program to end", timeout_s)
        return self.process.wait()

    def picture(self) -> QImage:
        """What is on the screen."""
        return self.desktop.picture()


def longest_accent_run(picture: QImage, window: Window) -> tuple[int, int] | None:
    """The middle of the longest horizontal line in the accent colour: there is the button that stands out."""
    wanted = QColor(ACCENT).rgb()
    inside = picture.copy(window.x, window.y, window.width, window.height).convertToFormat(QImage.Format.Format_RGB32)
    pixels = memoryview(bytes(inside.constBits())).cast("I")
    longest, middle = 0, None
    for y in range(0, window.height, 2):
        end = 0
        for is_accent, run in groupby(pixels[y * window.width : (y + 1) * window.width], wanted.__eq__):
            length = sum(1 for _ in run)
            end += length
            if is_accent and length > longest:
                longest, middle = length, (window.x + end - length // 2, window.y + y)
    return middle
