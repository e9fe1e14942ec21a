"""The player that makes no sound."""

import pytest

from stretchplayer.audio.null import NullCuePlayer
from stretchplayer.ports import CuePlayer
from stretchplayer.routine.cues import Cue, CueName
from stretchplayer.settings import SoundSettings


@pytest.mark.parametrize("name", CueName)
def test_it_takes_everything(name: CueName) -> None:
    player: CuePlayer = NullCuePlayer()
    player.configure(SoundSettings(volume=0))
    player.play(Cue(at_ms=0, name=name))
    player.silence()
    player.close()
    assert player.lead_ms == 0
