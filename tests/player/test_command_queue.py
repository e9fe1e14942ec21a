"""Commands that wait for their turn."""

import pytest

from stretchplayer.player.command_queue import CommandQueue, queued


def test_an_action_runs_at_once() -> None:
    done: list[int] = []
    CommandQueue().run(lambda: done.append(1))
    assert done == [1]


def test_what_an_action_asks_for_runs_after_it_in_order() -> None:
    queue, done = CommandQueue(), list[str]()

    def first() -> None:
        queue.run(lambda: done.append("second"))
        queue.run(lambda: done.append("third"))
        done.append("first")

    queue.run(first)
    assert done == ["first", "second", "third"]


def test_an_error_comes_out_and_blocks_nothing() -> None:
    queue, done = CommandQueue(), list[str]()

    def fail() -> None:
        queue.run(lambda: done.append("asked for before the error"))
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        queue.run(fail)
    queue.run(lambda: done.append("later"))
    assert done == ["asked for before the error", "later"]


def test_a_marked_method_waits_for_its_turn() -> None:
    class Owner:
        queue = CommandQueue()

        def __init__(self) -> None:
            self.done: list[str] = []

        @queued
        def outer(self) -> None:
            """Go first."""
            self.inner()
            self.done.append("outer")

        @queued
        def inner(self) -> None:
            """Go second."""
            self.done.append("inner")

    owner = Owner()
    owner.outer()
    assert owner.done == ["outer", "inner"]
    assert Owner.outer.__doc__ == "Go first."


def test_what_is_asked_for_while_it_is_held_comes_after_what_releases_it() -> None:
    queue, done = CommandQueue(), list[str]()
    queue.hold()
    queue.run(lambda: done.append("early"))
    assert done == []
    queue.release(lambda: done.append("first"))
    assert done == ["first", "early"]
    queue.release(lambda: done.append("not held"))
    assert done == ["first", "early", "not held"]


def test_what_was_kept_can_be_dropped() -> None:
    queue, done = CommandQueue(), list[str]()
    queue.hold()
    queue.run(lambda: done.append("early"))
    queue.drop()
    queue.run(lambda: done.append("later"))
    assert done == ["later"]
