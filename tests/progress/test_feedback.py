"""When an answer calls for the notes about stopping."""

import pytest

from stretchplayer.progress.feedback import calls_for_stop_rules, pain_grew
from stretchplayer.progress.history import FinishAnswer, PainAnswer, WarningSign
from tests.fakes import START


def given(back: int | None = None, leg: int | None = None) -> PainAnswer:
    """An earlier answer."""
    return PainAnswer(session=1, answered_at=START, back=back, leg=leg)


@pytest.mark.parametrize("sign", WarningSign)
def test_any_warning_sign_calls_for_the_rules(sign: WarningSign) -> None:
    assert calls_for_stop_rules(FinishAnswer(signs=frozenset({sign})), ())


@pytest.mark.parametrize(
    ("answer", "recent", "grew"),
    [
        (FinishAnswer(back=10, leg=10), (), False),
        (FinishAnswer(), (given(0, 0),), False),
        (FinishAnswer(back=5), (given(3),), True),
        (FinishAnswer(back=4), (given(3),), False),
        (FinishAnswer(back=5), (given(3), given(4)), False),
        (FinishAnswer(leg=5), (given(0, 2), given(0, 4)), True),
        (FinishAnswer(leg=9), (given(9),), False),
        (FinishAnswer(back=2), (given(9), given(None, 0)), False),
    ],
)
def test_pain_grows_by_a_detectable_difference(
    answer: FinishAnswer, recent: tuple[PainAnswer, ...], grew: bool
) -> None:
    assert pain_grew(answer, recent) is grew
    assert calls_for_stop_rules(answer, recent) is grew
