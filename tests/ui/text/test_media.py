"""What lock screens and phones show of a session."""

from stretchplayer.routine.timeline import PhaseKind
from stretchplayer.ui.text.media import media_title
from tests.ui.stage import shipped_timeline


def test_the_title_names_stretch_and_leg() -> None:
    timeline = shipped_timeline()
    titles = {kind: media_title(timeline, next(p for p in timeline.phases if p.kind is kind)) for kind in PhaseKind}
    stretch = timeline.routine.stretches[0].title
    assert titles[PhaseKind.PREPARE] == stretch
    assert titles[PhaseKind.MOVE] == f"{stretch} · left leg"
    assert titles[PhaseKind.HOLD] == f"{stretch} · left leg · hold"
    assert titles[PhaseKind.SWITCH_SIDES] == f"{stretch} · right leg"
    assert titles[PhaseKind.TRANSITION] == f"Next: {timeline.routine.stretches[1].title}"
