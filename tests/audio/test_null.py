"""The player that makes no sound."""

import pytest

from stretchplayer.audio.null import NullCuePlayer
from stretchplayer.ports import CuePlayer
from stretchplayer.routine.cues import Cue, CueName
from stretchplayer.settings import SoundSettings


@pytest.mark.parametrize("name", CueName)
def test_it_takes_everything_and_tells_of_no_problem(name: CueName) -> None:
    told: list[str] = []
    player: CuePlayer = NullCuePlayer()
    player.on_problem(told.append, told.remove)
    player.configure(SoundSettings(volume=0))
    player.play(Cue(at_ms=0, name=name))
    player.silence()
    player.close()
    assert player.lead_ms == 0
    assert told == []
