"""The log that is set up late."""

import logging
from collections.abc import Iterator

import pytest

from stretchplayer import waiting_log
from stretchplayer.waiting_log import WaitingLogger, set_up, when_needed


@pytest.fixture(autouse=True)
def _nothing_waits() -> Iterator[None]:
    set_up()
    yield
    set_up()


def test_it_is_set_up_before_the_first_record_and_once(caplog: pytest.LogCaptureFixture) -> None:
    order: list[str] = []
    when_needed(lambda: order.append("set up"))
    log = WaitingLogger("stretchplayer.some")
    assert order == []
    with caplog.at_level(logging.INFO, "stretchplayer.some"):
        log.info("no %s", "lock")
        log.info("again")
    assert order == ["set up"]
    assert [(record.name, record.getMessage()) for record in caplog.records] == [
        ("stretchplayer.some", "no lock"),
        ("stretchplayer.some", "again"),
    ]


def test_it_can_be_set_up_without_a_record() -> None:
    order: list[str] = []
    when_needed(lambda: order.append("set up"))
    waiting_log.set_up()
    waiting_log.set_up()
    assert order == ["set up"]
