"""Tries the program on Windows, as far as Wine is one: `make windows`.

Prints a line for each thing that was tried, and what could not be. The exit code is the number of failures.
"""

import argparse
import json
import shutil
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from subprocess import CompletedProcess, Popen, TimeoutExpired
from tempfile import TemporaryDirectory
from typing import Any, Final

from machine import MACHINE, ROOT, WINE, Machine, say, show, windows_path

from stretchplayer.cli.output import ExitCode

BUNDLE: Final = MACHINE / "bundle" / "stretchplayer"
WITHIN_S: Final = 120.0
LOOK_EVERY_S: Final = 0.5
FOLDER_S: Final = 2_400.0
"""How long a folder of tests may take."""
RATE: Final = 20
HOLD_S: Final = 10
"""The shortest there is, for the session that is killed."""
LATE_MS: Final = 500
"""How much later than planned a phase may begin, in real time; this Windows may have to share a busy machine."""
LINUX_ONLY: Final = {"bench", "e2e", "soak"}
"""The folders of tests that tests/conftest.py leaves out on other systems."""
UNTESTABLE: Final = (
    "toasts (Wine has no Windows Runtime); what is asked of them is tested with a fake",
    "the system's voice (no SAPI here) and sound (no sound card)",
    "dark mode and contrast themes as Windows switches them (no UISettings)",
    "screen readers (no UI Automation), real sleep, the real lock",
    'the installer, which needs a 32-bit Wine, and Explorer\'s "Open with"',
)
SETTINGS: Final = {"version": 1, "introduced": True, "safety_shown": True}
VISIBLE_WINDOWS: Final = """
import ctypes
from ctypes import wintypes
user32 = ctypes.windll.user32
@ctypes.WINFUNCTYPE(wintypes.BOOL, wintypes.HWND, wintypes.LPARAM)
def tell(window, _):
    text = ctypes.create_unicode_buffer(256)
    user32.GetWindowTextW(window, text, 256)
    if user32.IsWindowVisible(window) and text.value:
        print(text.value)
    return True
user32.EnumWindows(tell, 0)
"""
CLOSE_WINDOW: Final = VISIBLE_WINDOWS.replace(
    "print(text.value)", 'user32.PostMessageW(window, 0x10, 0, 0) if text.value == "Stretch Player" else None'
)
"""WM_CLOSE, as the button in its corner sends it."""
AUTOSTART: Final = """
from stretchplayer.desktop.autostart.windows import WindowsAutostart
autostart = WindowsAutostart([r"C:\\Program Files\\Stretch Player\\stretchplayer.exe", "--background"])
print(autostart.is_on())
autostart.set(True)
print(autostart.is_on())
"""
AUTOSTART_OFF: Final = AUTOSTART.replace("set(True)", "set(False)")


class FailedError(Exception):
    """Something is not as it should be; the text says what."""


class Trial:
    """The bundle on that Windows, with a data directory of its own."""

    def __init__(self, machine: Machine, data: Path) -> None:
        self.machine = machine
        self.data = data
        self.env = {"STRETCHPLAYER_DATA_DIR": windows_path(data)}

    def configure(self, **settings: object) -> None:
        self.data.mkdir(parents=True, exist_ok=True)
        (self.data / "settings.json").write_text(json.dumps({**SETTINGS, **settings}), encoding="utf-8")

    def command(self, *arguments: str) -> CompletedProcess[str]:
        """Run the twin that prints."""
        return self.machine.run(WINE, str(BUNDLE / "stretchplayer.com"), *arguments, env=self.env)

    def must(self, *arguments: str) -> str:
        done = self.command(*arguments)
        if done.returncode:
            raise FailedError(f"{' '.join(arguments)}: exit code {done.returncode}, {done.stdout.strip()}")
        return done.stdout

    def start(self, *arguments: str) -> Popen[bytes]:
        """Start the program as a double click does, and wait until it can be asked."""
        started = self.machine.start(WINE, str(BUNDLE / "stretchplayer.exe"), *arguments, env=self.env)
        wait_for(lambda: self.status()["running"], "the program can't be asked")
        return started

    def status(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.command("status", "--json").stdout.partition("\nStretch")[0])
        return found

    def windows(self) -> list[str]:
        return self.machine.run_python("-c", VISIBLE_WINDOWS).stdout.splitlines()

    def quit(self, program: Popen[bytes]) -> None:
        self.must("quit")
        wait_for(lambda: program.poll() is not None, "it doesn't end when asked to quit")


def wait_for(condition: Callable[[], object], otherwise: str, within_s: float = WITHIN_S) -> None:
    limit = time.monotonic() + within_s
    while not condition():
        if time.monotonic() > limit:
            raise FailedError(otherwise)
        time.sleep(LOOK_EVERY_S)


def build(machine: Machine) -> str:
    folder = BUNDLE.parent
    shutil.rmtree(folder, ignore_errors=True)
    script = windows_path(ROOT / "packaging" / "bundle" / "make.py")
    done = machine.run_python(script, "--folder-only", windows_path(folder), within_s=7_200)
    if done.returncode:
        raise FailedError(done.stdout[-2_000:])
    size = sum(path.stat().st_size for path in BUNDLE.rglob("*") if path.is_file())
    return f"{size / 1e6:.0f} MB"


def parts_of_tests() -> dict[str, list[str]]:
    """Each folder of tests and the files beside them, for a run of its own: one that crashes takes no other along."""
    tests = ROOT / "tests"
    folders = sorted(each.name for each in tests.iterdir() if any(each.rglob("test_*.py")))
    parts = {f"tests/{name}": [f"tests/{name}"] for name in folders if name not in LINUX_ONLY}
    return {**parts, "tests": [f"tests/{file.name}" for file in sorted(tests.glob("test_*.py"))]}


def run_tests(machine: Machine, paths: Sequence[str]) -> str:
    """What Hypothesis makes up is left to Linux: here everything takes several times as long."""
    options = ("-m", "not desktop", "-q", "-p", "no:cacheprovider", "--numprocesses", "2")
    explicit = {"HYPOTHESIS_PROFILE": "explicit"}
    done = machine.run(WINE, str(machine.python), "-m", "pytest", *options, *paths, env=explicit, within_s=FOLDER_S)
    lines = done.stdout.splitlines()
    if done.returncode:
        show([line for line in lines if line.startswith(("FAILED", "ERROR"))] or lines[-20:])
        raise FailedError(lines[-1].strip("= "))
    return lines[-1].strip("= ")


def self_test(trial: Trial) -> str:
    lines = [line for line in trial.must("self-test").splitlines() if not line.startswith("ALSA")]  # Wine's own words
    show(lines)
    return f"{sum(line.startswith('ok ') for line in lines)} checks are fine"


def whole_session(trial: Trial) -> str:
    trial.configure()
    trace = trial.data / "trace.jsonl"
    plan = json.loads(trial.must("plan", "--json"))["phases"]
    trial.must("start", "--rate", str(RATE), "--exit", "--trace", windows_path(trace))
    events = [json.loads(line) for line in trace.read_text(encoding="utf-8").splitlines()]
    begun = [event for event in events if event["event"] == "phase"]
    if [event["index"] for event in begun] != [phase["index"] for phase in plan]:
        raise FailedError(f"{len(begun)} phases were played of {len(plan)}")
    late_ms = max(event["t_ms"] - phase["start_ms"] for event, phase in zip(begun, plan, strict=True)) / RATE
    if late_ms > LATE_MS:
        raise FailedError(f"a phase began {late_ms:.0f} ms late")
    if events[-1].get("outcome") != "finished":
        raise FailedError(f"the session ended as {events[-1]}")
    return f"{len(begun)} phases, the latest {late_ms:.0f} ms late, in {trial.data.name}"


def paper(trial: Trial) -> str:
    sheet = trial.data.parent / "sheet.pdf"
    trial.data.parent.mkdir(parents=True)
    trial.must("sheet", "--out", windows_path(sheet))
    if not sheet.read_bytes().startswith(b"%PDF"):
        raise FailedError("the sheet is no PDF")
    return f"a routine is written as a PDF of {sheet.stat().st_size / 1e3:.0f} kB"


def second_start(trial: Trial) -> str:
    trial.configure()
    program = trial.start()
    trial.must()
    if program.poll() is not None:
        raise FailedError("the first program has ended")
    trial.quit(program)
    return "shows the first, and ends"


def remote_commands(trial: Trial) -> str:
    trial.configure()
    program = trial.start("start")
    wait_for(lambda: trial.status()["phase"], "no session plays")
    for command, expected in (
        ("pause", {"paused"}), ("resume", None), ("toggle", None), ("next", None), ("back", None), ("stop", None),
        ("quit", None),
    ):  # fmt: skip
        trial.must(command)
        if expected and trial.status()["state"] not in expected:
            raise FailedError(f"after {command} it is {trial.status()['state']}")
    wait_for(lambda: program.poll() is not None, "it doesn't end when asked to quit")
    refused = trial.command("pause")
    if refused.returncode != ExitCode.NOT_RUNNING:
        raise FailedError(f"pause without a program: exit code {refused.returncode}")
    return "pause, resume, toggle, next, back, stop, quit"


def reminder(trial: Trial) -> str:
    answers = {"snooze": "snoozed", "skip": "skipped", "done": "marked-done"}
    for answer, expected in answers.items():
        shutil.rmtree(trial.data, ignore_errors=True)
        due = datetime.now().astimezone() + timedelta(seconds=30)
        slots = [{"at": f"{due:%H:%M}:00", "days": list(range(7))}]
        trial.configure(reminders={"slots": slots})
        program = trial.start("--background")
        wait_for(lambda: _slot(trial) == "due", "the reminder doesn't come")
        wait_for(lambda: any("Time" in title for title in trial.windows()), "its window doesn't come")
        trial.must(answer)
        if _slot(trial) != expected:
            raise FailedError(f"after {answer} it is {_slot(trial)}")
        trial.quit(program)
    return "comes at its minute; snooze, skip and done answer it"


def _slot(trial: Trial) -> str:
    slots = trial.status()["slots"]
    return str(slots[0]["state"]) if slots else ""


def login(trial: Trial) -> str:
    on = trial.machine.run_python("-c", AUTOSTART).stdout.split()
    run = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Run"
    value = trial.machine.run(WINE, "reg", "query", run, "/v", "StretchPlayer").stdout
    off = trial.machine.run_python("-c", AUTOSTART_OFF).stdout.split()
    if on != ["False", "True"] or off != ["True", "False"] or "--background" not in value:
        raise FailedError(f"{on} {off} {value}")
    return "on and off, read back from the registry"


def closing(trial: Trial) -> str:
    trial.configure()
    program = trial.start()
    wait_for(lambda: "Stretch Player" in trial.windows(), "there is no window")
    trial.machine.run_python("-c", CLOSE_WINDOW)
    wait_for(lambda: "Stretch Player" not in trial.windows(), "the window doesn't close")
    wait_for(lambda: any("still running" in title for title in trial.windows()), "it doesn't say that it goes on")
    if not trial.status()["running"]:
        raise FailedError("the program ended with its window")
    trial.must()
    wait_for(lambda: "Stretch Player" in trial.windows(), "the window doesn't come back")
    trial.machine.run(WINE, "taskkill", "/im", "stretchplayer.exe")  # closes the windows that aren't seen, too
    wait_for(lambda: program.poll() is not None, "taskkill doesn't end it")
    return "keeps reminding, a second start brings the window back, and taskkill ends it"


def killed(trial: Trial) -> str:
    trial.configure(playing={"hold_s": HOLD_S})
    program = trial.start("start")
    wait_for(lambda: _holds(trial), "no hold is reached")
    wait_for(lambda: _kept(trial)[1], "no hold is written down")
    program.kill()
    program.wait()
    again = trial.start()
    outcomes, held_ms = _kept(trial)
    if outcomes != ["open"] or not held_ms:
        raise FailedError(f"the sessions are kept as {outcomes}, with {held_ms} ms held")
    trial.quit(again)
    return f"the session is open, to be resumed, with {held_ms / 1000:.0f} s held, and the program starts again"


def _holds(trial: Trial) -> bool:
    """Whether a hold plays; if not, the next step is asked for."""
    phase = trial.status()["phase"]
    if phase is not None and phase["kind"] != "hold":
        trial.must("next")
    return phase is not None and phase["kind"] == "hold"


def _kept(trial: Trial) -> tuple[list[str], int]:
    """The outcomes of the sessions in the history, and how long was held in them."""
    sessions = json.loads(trial.must("history", "--json"))["sessions"]
    held_ms = sum(hold["held_ms"] for session in sessions for hold in session["holds"])
    return [session["outcome"] for session in sessions], held_ms


TRIALS: Final[Sequence[tuple[str, Callable[[Trial], str]]]] = (
    ("self-test", self_test),
    ("session", whole_session),
    ("sheet", paper),
    ("second start", second_start),
    ("remote", remote_commands),
    ("reminder", reminder),
    ("at login", login),
    ("closing", closing),
    ("kill", killed),
)


def try_all(machine: Machine, *, tests: bool, only: Sequence[str]) -> Iterator[bool]:
    """Try everything, or what is named; yields whether it worked."""
    with TemporaryDirectory(prefix="stretchplayer-windows-") as folder:
        everything: list[tuple[str, Callable[[], str]]] = []
        if tests:
            for part, paths in parts_of_tests().items():
                everything.append((part, lambda paths=paths: run_tests(machine, paths)))  # type: ignore[misc]
        everything.append(("bundle", lambda: build(machine)))
        for number, (name, do) in enumerate(TRIALS):
            trial = Trial(machine, Path(folder, str(number), "dät å 中文"))
            everything.append((name, lambda do=do, trial=trial: do(trial)))  # type: ignore[misc]
        for name, do_it in everything:
            if not only or name in only:
                yield told(name, do_it)


def told(name: str, do: Callable[[], str]) -> bool:
    say(name)
    try:
        print(f"ok    {name}: {do()}", flush=True)
    except (FailedError, TimeoutExpired) as failure:
        print(f"FAIL  {name}: {failure}", flush=True)
        return False
    return True


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--no-tests", action="store_true", help="leave out the test suite")
    parser.add_argument("only", nargs="*", help="what to try, by its name in the list; all by default")
    arguments = parser.parse_args()
    with Machine() as machine:
        results = list(try_all(machine, tests=not arguments.no_tests, only=arguments.only))
    for what in UNTESTABLE:
        print(f"–     not tried: {what}")
    return results.count(False)


if __name__ == "__main__":
    sys.exit(main())
