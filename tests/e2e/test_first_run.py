"""What a person meets who has just installed the program, with real keys."""

from pathlib import Path

import pytest

from stretchplayer.settings import Settings
from stretchplayer.storage.settings import SettingsFile
from stretchplayer.ui.pages.first_run import SAFETY, SET_UP
from tests.e2e.player import TITLE, Player, longest_accent_run, status_of
from tests.e2e.resident import NOISE
from tests.e2e.waiting import wait_until
from tests.e2e.x11 import X11Desktop
from tests.patience import PATIENCE_S

pytestmark = pytest.mark.desktop
TABS_TO_SAMPLE = 6
"""From the first button, past the others and the lengths of a hold."""


def wait_until_shown(player: Player) -> None:
    """Wait until the page with the one orange button is there, and takes keys."""
    window = player.window()
    player.wait(lambda: longest_accent_run(player.picture(), window), "the page")


def test_three_keys_lead_to_the_session_though_the_window_is_closed_in_between(x11: X11Desktop, data_dir: Path) -> None:
    x11.allowed_noise.append(NOISE)

    def settings() -> Settings:
        return SettingsFile(data_dir).load()

    with x11.record() as heard, Player(x11) as player:
        wait_until_shown(player)
        wait_until(lambda: status_of(x11), "the program to listen")
        x11.key("Return")
        player.wait(lambda: settings().introduction_step == SAFETY, "the second step")
        x11.close_window(TITLE)
        wait_until(lambda: TITLE not in [window.title for window in x11.windows()], "the window to go")
        assert x11.run().wait(PATIENCE_S) == 0
        wait_until_shown(player)
        x11.key("Return")
        player.wait(lambda: settings().introduction_step == SET_UP, "the third step")
        assert heard.peak == 0
        x11.key("Return")
        player.wait(heard.onsets, "the session to be heard")
        assert settings().introduced
        # Space pauses what has begun; a session that had not would not know the key.
        x11.key("space")
        player.wait(lambda: (status_of(x11) or {}).get("state") == "paused", "the pause")


def test_the_sample_is_heard_before_any_session(x11: X11Desktop, data_dir: Path) -> None:
    SettingsFile(data_dir).save(Settings(introduction_step=SET_UP))
    with x11.record() as heard, Player(x11) as player:
        wait_until_shown(player)
        x11.key(*["Tab"] * TABS_TO_SAMPLE, "space")
        player.wait(heard.onsets, "the sample")
