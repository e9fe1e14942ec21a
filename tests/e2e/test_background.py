"""The program without its window: reminders at their minute, the tray, and what closing and killing leave of it."""

import signal
import sys
from pathlib import Path

import pytest

from stretchplayer.desktop.ipc.instance import WAITING_NAME
from stretchplayer.reminders.slots import ReminderSettings
from stretchplayer.routine.preferences import Preferences
from stretchplayer.settings import Settings
from stretchplayer.storage.settings import SettingsFile
from tests.e2e.player import LONG_LEAD_IN_S, SLOW_ROUTINE, TINY_ROUTINE, TITLE, Player, status_of
from tests.e2e.resident import NOISE, NOTE, Clock, Resident, accent_in, button
from tests.e2e.waiting import wait_until
from tests.e2e.wayland import WaylandDesktop
from tests.e2e.x11 import X11Desktop
from tests.patience import PATIENCE_S

pytestmark = pytest.mark.desktop
BUS_LAUNCHERS = (Path("/usr/libexec/at-spi-bus-launcher"), Path("/usr/lib/at-spi-bus-launcher"))
EVENING, MORNING = "2026-03-28 20:00", "2026-03-29 08:00"
"""Before and after a night of 23 hours."""
LISTENING = (
    *("dbus-send", "--print-reply", "--dest=org.a11y.Bus", "/org/a11y/bus", "org.freedesktop.DBus.Properties.Set"),
    *("string:org.a11y.Status", "string:IsEnabled", "variant:boolean:true"),
)
WAYS_OUT = ("quit", "ctrl+q", signal.SIGTERM)
LOOKS = 4
"""At each of them a reminder that is due could come; two are enough for one that isn't held back."""


@pytest.fixture
def clock(tmp_path: Path) -> Clock:
    return Clock(tmp_path)


@pytest.fixture
def read_aloud(x11: X11Desktop, clock: Clock) -> X11Desktop:
    """A desktop with a screen reader, for which Qt makes an accessible object of every widget."""
    launcher = next((path for path in BUS_LAUNCHERS if path.exists()), None)
    assert launcher, "at-spi2-core: not installed; packaging/linux/apt-test.txt lists what the tests need."
    x11.start([str(launcher), "--launch-immediately"])
    x11.allowed_noise += [r"^dbus-daemon\[", r"SpiRegistry daemon", r"at-spi", r"^Failed to launch bus"]
    # The launcher itself, when the bus goes before it.
    x11.allowed_noise += [r"GLib-GIO-CRITICAL .* g_dbus_connection_emit_signal", r"^$"]
    wait_until(lambda: not x11.start(LISTENING).wait(), "the bus of screen readers")
    return x11


def quiet(data_dir: Path) -> None:
    """Let reminders make no sound: nobody listens here. A session goes on when it is told to."""
    reminders = ReminderSettings(sound=False, start_fullscreen=True)
    playing = Preferences(lead_in_s=LONG_LEAD_IN_S)
    settings = Settings(reminders=reminders, playing=playing, introduced=True, safety_shown=True)
    SettingsFile(data_dir).save(settings)


def test_closing_the_window_keeps_the_program_and_starting_it_shows_it_again(x11: X11Desktop) -> None:
    x11.allowed_noise.append(NOISE)
    with Player(x11) as player:
        player.window()
        wait_until(lambda: status_of(x11), "the program to listen")
        x11.close_window(TITLE)
        note = x11.wait_for_window(NOTE)
        assert not note.focused
        assert [window.title for window in x11.windows()] == [NOTE]
        assert x11.run().wait(PATIENCE_S) == 0
        player.window()
        assert [window.title for window in x11.windows()] == [TITLE], "the note has gone"
        x11.destroy_window(TITLE)
        wait_until(lambda: not x11.windows(), "the window to be destroyed")
        assert x11.run().wait(PATIENCE_S) == 0
        player.window()
        x11.close_window(TITLE)
        wait_until(lambda: not x11.windows(), "the window to go")
        assert player.process.poll() is None, "it is told only once"
        assert x11.run("quit").wait(PATIENCE_S) == 0
        assert player.exit_code() == 0


def test_both_reminders_come_at_their_minute_over_a_night_in_which_clocks_change(
    x11: X11Desktop, clock: Clock, data_dir: Path
) -> None:
    quiet(data_dir)
    clock.set("2026-03-28 19:59:52")
    resident = Resident(x11, clock)
    evening = resident.reminder()
    assert not evening.focused
    assert evening.x + evening.width <= x11.width
    assert evening.y + evening.height <= x11.height
    assert evening.x > x11.width / 2
    number = int(x11.tool("xdotool", "search", "--name", "^Time to exercise"))
    wait_until(lambda: "_NET_WM_STATE_SKIP_TASKBAR" in x11.states(number), "taskbars to be told not to list it")
    x11.click(*button(evening, 0.9))
    resident.no_reminder()
    assert resident.slots()[EVENING] == "skipped"
    clock.set("2026-03-29 07:59:58")
    resident.wait_for_slot(MORNING, "due")
    morning = resident.reminder()
    x11.click(*button(morning, 0.5))
    resident.no_reminder()
    assert resident.slots()[MORNING] == "snoozed"
    resident.kill()
    clock.set("2026-03-29 08:01:00")
    resident.start()
    assert resident.slots()[MORNING] == "snoozed"
    clock.set("2026-03-29 08:10:30")
    resident.wait_for_slot(MORNING, "due")
    again = resident.reminder()
    x11.click(*button(again, 0.2))
    playing = x11.wait_for_window(TITLE, lambda window: window.title == TITLE and window.fullscreen)
    assert playing.focused
    resident.no_reminder()
    wait_until(lambda: resident.status["state"] in {"prepare", "move"}, "the session")
    assert resident.ask("quit").returncode == 0


def test_after_ten_hours_asleep_there_is_one_reminder(x11: X11Desktop, clock: Clock, data_dir: Path) -> None:
    quiet(data_dir)
    clock.set("2026-03-30 07:30:00")
    resident = Resident(x11, clock)
    clock.set("2026-03-30 20:10:00")
    resident.wait_for_slot("2026-03-30 20:00", "due")
    assert resident.slots() == {"2026-03-30 08:00": "missed", "2026-03-30 20:00": "due"}
    resident.reminder()
    assert [window.title for window in x11.windows()].count("Time to exercise — Stretch Player") == 1
    assert resident.ask("not-today").returncode == 0
    resident.no_reminder()
    assert resident.ask("quit").returncode == 0


def test_a_session_beside_the_program_settles_its_slot(
    x11: X11Desktop, clock: Clock, data_dir: Path, tmp_path: Path
) -> None:
    quiet(data_dir)
    routine = tmp_path / "tiny.toml"
    routine.write_text(TINY_ROUTINE, encoding="utf-8")
    x11.allowed_noise.append(r"this session plays beside it")
    clock.set("2026-03-30 15:00:00")
    resident = Resident(x11, clock)
    assert resident.slots() == {"2026-03-30 20:00": "coming"}, "nobody has missed what was over before"
    clock.set("2026-03-30 18:30:00")
    with Player(x11, str(routine), "--exit", env=clock.env) as player:
        player.window()
        player.wait_for_states("prepare")
        x11.key("Right")
        assert player.exit_code() == 0
    resident.wait_for_slot("2026-03-30 20:00", "done")
    assert resident.ask("quit").returncode == 0


def test_no_reminder_comes_while_a_session_is_played_in_another_program(
    x11: X11Desktop, clock: Clock, data_dir: Path, tmp_path: Path
) -> None:
    quiet(data_dir)
    x11.allowed_noise.append(r"this session plays beside it")
    clock.set("2026-03-28 19:59:56")
    routine = tmp_path / "slow.toml"
    routine.write_text(SLOW_ROUTINE, encoding="utf-8")
    first = x11.run("start", str(routine), "--exit", env=clock.env)
    wait_until(lambda: status_of(x11), "the session that is there first")
    resident = Resident(x11, clock)
    assert resident.status["state"] in {"prepare", "move"}
    wait_until((data_dir / WAITING_NAME).exists, "the second one to wait for its place")
    assert x11.run("--background").wait(PATIENCE_S) == 0, "one waits already"
    first.send_signal(signal.SIGKILL)
    resident.reminder()
    assert resident.process.poll() is None
    playing = x11.run("start", str(routine), "--exit", env=clock.env)
    resident.no_reminder()
    assert resident.slots()[EVENING] == "due"
    clock.set("2026-03-28 20:31:00")
    resident.kill()
    resident.start()
    resident.be_here()
    for _ in range(LOOKS):
        assert resident.slots()[EVENING] == "due"
        resident.no_reminder()
    playing.send_signal(signal.SIGKILL)
    playing.wait()
    assert resident.slots()[EVENING] == "due"
    clock.set("2026-03-28 20:42:00")  # none comes in the ten minutes after a session
    resident.reminder()
    assert resident.ask("quit").returncode == 0


def test_a_tray_that_comes_late_and_comes_again_has_the_icon(x11: X11Desktop, clock: Clock, data_dir: Path) -> None:
    quiet(data_dir)
    clock.set("2026-03-28 12:00:00")
    resident = Resident(x11, clock)
    x11.allowed_noise.append("tint2|.*")
    corner = (x11.width // 2, x11.height - 40, x11.width // 2, 40)
    for _ in range(2):
        panel = x11.start(["tint2"])
        place = wait_until(lambda: accent_in(x11.picture(), *corner), "the icon in the tray")
        panel.kill()
        panel.wait()
    panel = x11.start(["tint2"])
    place = wait_until(lambda: accent_in(x11.picture(), *corner), "the icon in the tray")
    x11.click(*place)
    x11.wait_for_window(TITLE)
    assert resident.ask("quit").returncode == 0


def wait_for_listener(x11: X11Desktop) -> None:
    """Wait until the screen reader knows the program."""
    send = ["dbus-send", "--print-reply=literal"]
    address = x11.tool(*send, "--dest=org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus.GetAddress").strip()
    root = ["--dest=org.a11y.atspi.Registry", "/org/a11y/atspi/accessible/root"]
    count = ["org.freedesktop.DBus.Properties.Get", "string:org.a11y.atspi.Accessible", "string:ChildCount"]
    wait_until(lambda: "int32 1" in x11.tool(*send, f"--bus={address}", *root, *count), "the screen reader")


def leave(x11: X11Desktop, resident: Resident, way: str | signal.Signals) -> int:
    """End the program in one of the ways there are; its exit code is returned."""
    if way == "quit":
        assert resident.ask("quit").returncode == 0
    elif way == "ctrl+q":
        x11.key("ctrl+q")
    else:
        resident.process.send_signal(int(way))
    wait_until(lambda: resident.process.poll() is not None, "the program to end")
    return resident.process.wait(PATIENCE_S)


@pytest.mark.parametrize("way", WAYS_OUT)
def test_beside_a_screen_reader_it_ends_without_a_crash(
    read_aloud: X11Desktop, clock: Clock, data_dir: Path, way: str | signal.Signals
) -> None:
    quiet(data_dir)
    clock.set("2026-03-28 12:00:00")
    resident = Resident(read_aloud, clock)
    assert resident.ask().returncode == 0
    read_aloud.wait_for_window(TITLE, lambda window: window.focused)
    wait_for_listener(read_aloud)
    assert leave(read_aloud, resident, way) == 0


@pytest.mark.parametrize("life", ["reminded", "following along"])
def test_beside_a_screen_reader_it_ends_without_a_crash_in_the_middle(
    read_aloud: X11Desktop, clock: Clock, data_dir: Path, life: str
) -> None:
    quiet(data_dir)
    clock.set("2026-03-28 19:59:52")
    resident = Resident(read_aloud, clock)
    reminder = resident.reminder()
    wait_for_listener(read_aloud)
    if life == "following along":
        read_aloud.click(*button(reminder, 0.2))
        read_aloud.wait_for_window(TITLE, lambda window: window.fullscreen)
        wait_until(lambda: resident.status["state"] in {"prepare", "move"}, "the session")
    assert leave(read_aloud, resident, signal.SIGTERM) == 0


def test_on_wayland_the_reminder_leaves_the_focus_where_it_is(
    wayland: WaylandDesktop, clock: Clock, data_dir: Path
) -> None:
    quiet(data_dir)
    wayland.start([sys.executable, "-m", "tests.e2e.bare_window"])
    bare = wayland.wait_for_window("bare window", lambda window: window.focused)
    clock.set("2026-03-28 19:59:56")
    resident = Resident(wayland, clock)
    reminder = resident.reminder()
    assert not reminder.focused
    assert next(window for window in wayland.windows() if window.title == bare.title).focused
    wayland.click(*button(reminder, 0.9))
    resident.no_reminder()
    assert resident.slots()[EVENING] == "skipped"
    assert resident.ask("quit").returncode == 0
