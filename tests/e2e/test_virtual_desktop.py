"""The virtual desktops themselves: what the other tests of this folder rely on."""

import math
import subprocess
import sys
import time
import wave
from array import array
from pathlib import Path

import pytest

from tests.e2e.desktop import Desktop
from tests.e2e.sound import RATE, Recording
from tests.e2e.waiting import wait_until
from tests.e2e.wayland import WaylandDesktop
from tests.e2e.x11 import X11Desktop
from tests.patience import PATIENCE_S

pytestmark = pytest.mark.desktop

BARE_WINDOW = [sys.executable, str(Path(__file__).with_name("bare_window.py"))]
ACCENT = "#ff8a4c"


@pytest.fixture
def two_beeps(tmp_path: Path) -> Path:
    """A WAV file of silence, a beep of 0.2 s at 0.1 s, silence, and another beep at 0.7 s."""
    samples = array("h", bytes(2 * RATE))
    for start in (0.1, 0.7):
        for index in range(int(0.2 * RATE)):
            samples[int(start * RATE) + index] = int(12_000 * math.sin(index * 440 * 2 * math.pi / RATE))
    path = tmp_path / "beeps.wav"
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, RATE, 0, "NONE", ""))
        file.writeframes(samples.tobytes())
    return path


def test_a_window_is_shown_and_takes_keys_and_clicks(desktop: Desktop) -> None:
    process = desktop.start(BARE_WINDOW)
    window = desktop.wait_for_window("bare window", lambda window: window.focused)
    assert (window.width, window.height, window.fullscreen) == (640, 400, False)
    desktop.key("space", "ctrl+f", "F11")
    wait_until(lambda: "key Key_F11" in desktop.output(process), "the key")
    # On Wayland a modifier is a state of the keyboard rather than a key.
    keys = [line for line in desktop.output(process).splitlines() if line != "key Key_Control"]
    assert keys == ["key Key_Space", "key Key_F", "key Key_F11"]
    desktop.click(window.x + 100, window.y + 50)
    wait_until(lambda: "click (100, 50)" in desktop.output(process), "the click")

    image = desktop.picture()
    assert (image.width(), image.height()) == (desktop.width, desktop.height)
    assert image.pixelColor(window.x + 5, window.y + 5).name() == ACCENT
    assert image.pixelColor(2, 2).name() != ACCENT


def test_a_sound_is_recorded_on_the_clock_of_the_program(desktop: Desktop, two_beeps: Path) -> None:
    with desktop.record() as heard:
        before_ns = time.monotonic_ns()
        desktop.start(["paplay", str(two_beeps)])
        wait_until(lambda: len(heard.onsets()) > 1, "two beeps")
        after_ns = time.monotonic_ns()
    first, second, *_gaps_of_a_busy_machine = heard.onsets()
    assert before_ns < first < second < after_ns
    assert 8_000 < heard.peak < 20_000


def test_a_program_that_crashes_is_noise(x11: X11Desktop) -> None:
    process = x11.start([sys.executable, "-c", "raise SystemExit('broken')"])
    assert process.wait(PATIENCE_S) == 1
    assert x11.end_programs() == ["broken"]


def test_a_desktop_of_another_size_is_gone_afterwards() -> None:
    with X11Desktop(3840, 2160) as desktop:
        assert desktop.picture().width() == 3840
        process = desktop.start(BARE_WINDOW)
        desktop.wait_for_window("bare window")
        folder = desktop.folder
    assert process.returncode is not None
    assert not folder.exists()


def test_a_screen_comes_and_goes(x11: X11Desktop) -> None:
    process = x11.start(BARE_WINDOW)
    x11.wait_for_window("bare window")
    with x11.two_screens() as unplug:
        wait_until(lambda: "screens left right" in x11.output(process), "two screens")
        unplug()
        wait_until(lambda: x11.output(process).endswith("screens left\n"), "the right one to go")
    wait_until(lambda: x11.output(process).endswith("screens screen\n"), "the screen to be whole again")


def test_sway_says_what_it_does_not_know(wayland: WaylandDesktop) -> None:
    with pytest.raises(subprocess.CalledProcessError):
        wayland.command("no such command")


def test_onsets_are_found_where_silence_ends() -> None:
    recording = Recording()
    samples = array("h", bytes(2 * RATE))
    for start in (4_410, 4_500, 22_050):
        samples[start] = -3_000
    recording.add(2_000_000_000, samples.tobytes())
    assert recording.started_ns == 1_000_000_000
    assert recording.onsets() == [1_100_000_000, 1_500_000_000]
    assert recording.onsets(threshold=4_000) == []


def test_it_is_afternoon_there(x11: X11Desktop) -> None:
    """Whatever the hour in which the tests run, no reminder is due."""
    hour = subprocess.run(["date", "+%H"], env=x11.env, check=True, capture_output=True, text=True).stdout
    assert 15 <= int(hour) < 18
