"""The stand-ins for the desktop's services do what their ports say, and are what their ports are."""

import pytest

from stretchplayer.ports import MediaRemote, Notifier
from stretchplayer.reminders.reminder import Reminder, ReminderAction
from stretchplayer.routine.now_playing import MediaCommand, NowPlaying, PlayingStatus
from tests.fake_services import FakeMediaRemote, FakeNotifier

REMINDER = Reminder(title="Time", body="Now", start="Start", snooze="Snooze", skip="Skip", done="Done", open="Open")


def test_a_reminder_is_seen_until_it_is_answered() -> None:
    fake, answers = FakeNotifier(), list[ReminderAction]()
    port: Notifier = fake
    port.on_action(answers.append)
    port.show(REMINDER)
    fake.answer(ReminderAction.SKIP)
    assert (answers, fake.visible) == ([ReminderAction.SKIP], None)
    fake.broken = True
    port.show(REMINDER)
    with pytest.raises(AssertionError, match="no reminder"):
        fake.answer(ReminderAction.SKIP)
    port.close()
    assert fake.closed


def test_a_media_remote_shows_and_commands() -> None:
    fake, commands = FakeMediaRemote(), list[MediaCommand]()
    port: MediaRemote = fake
    playing = NowPlaying(status=PlayingStatus.PLAYING, title="Legs", routine="Short", number=1, length_ms=1)
    port.on_command(commands.append)
    port.ask_position(lambda: 5.0)
    port.show(playing)
    port.show(playing)
    port.jumped()
    fake.command(MediaCommand.NEXT)
    fake.broken = True
    fake.command(MediaCommand.STOP)
    port.jumped()
    port.close()
    assert (fake.shown, fake.jumps, commands) == ([playing, None], [5.0], [MediaCommand.NEXT])
    assert fake.closed
