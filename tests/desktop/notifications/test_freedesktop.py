"""What a notification server is told, and what is made of what it says. Real ones are in tests/desktop."""

from dataclasses import replace
from typing import Final

import pytest

from stretchplayer.desktop.notifications.freedesktop import SERVER, FreedesktopNotifier
from stretchplayer.reminders.reminder import Reminder, ReminderAction
from tests.desktop.dbus.fake_bus import FakeBus

REMINDER: Final = Reminder(
    title="Time <to> stretch", body="Trio & more", start="Start", snooze="Snooze", skip="Skip", done="Done", open="Open"
)  # fmt: skip


def server(*capabilities: str, number: object = 7) -> FakeBus:
    """A bus with a notification server."""
    bus = FakeBus()
    bus.answer(SERVER.service, "GetCapabilities", list(capabilities))
    bus.answer(SERVER.service, "Notify", number)
    bus.appear(SERVER.service)
    return bus


def make(bus: FakeBus) -> tuple[FreedesktopNotifier, list[ReminderAction]]:
    """A notifier, and what it is answered."""
    notifier, answers = FreedesktopNotifier(bus), list[ReminderAction]()
    notifier.on_action(answers.append)
    return notifier, answers


def test_buttons_come_with_their_keys_and_names() -> None:
    bus = server("actions", "body")
    make(bus)[0].show(REMINDER)
    [(_app, _id, _icon, title, body, buttons, _hints, _expires)] = bus.asked("Notify")
    assert (title, body) == ("Time <to> stretch", "Trio & more")
    assert buttons == ["start", "Start", "snooze", "Snooze", "skip", "Skip", "default", "Open"]


def test_where_more_than_three_would_be_a_list_there_are_three() -> None:
    bus = server("actions")
    FreedesktopNotifier(bus, few=True).show(REMINDER)
    assert bus.asked("Notify")[0][5] == ["start", "Start", "snooze", "Snooze", "skip", "Skip"]


def test_without_a_window_beside_it_has_all_the_answers() -> None:
    bus = server("actions")
    FreedesktopNotifier(bus, stays=True).show(REMINDER)
    buttons = ["start", "Start", "snooze", "Snooze", "skip", "Skip", "done", "Done", "default", "Open"]
    assert bus.asked("Notify")[0][5] == buttons


@pytest.mark.parametrize(("stays", "urgency"), [(False, 1), (True, 2)])
def test_what_is_to_stay_says_so(stays: bool, urgency: int) -> None:
    bus = server("actions")
    FreedesktopNotifier(bus, stays=stays).show(REMINDER)
    [(*_, hints, _expires)] = bus.asked("Notify")
    assert isinstance(hints, dict)
    assert hints["urgency"] == ("y", urgency)


@pytest.mark.parametrize(("capability", "text"), [("body", "Trio & more"), ("body-markup", "Trio &amp; more")])
def test_text_is_no_markup(capability: str, text: str) -> None:
    bus = server(capability)
    make(bus)[0].show(REMINDER)
    assert bus.asked("Notify")[0][4] == text


@pytest.mark.parametrize("action", list(ReminderAction))
def test_an_answer_is_told_once_and_takes_the_reminder_away(action: ReminderAction) -> None:
    bus = server("actions")
    notifier, answers = make(bus)
    notifier.show(REMINDER)
    key = "default" if action is ReminderAction.OPEN else action.value
    bus.signal(SERVER, "ActionInvoked", 7, key)
    bus.signal(SERVER, "ActionInvoked", 7, key)
    assert answers == [action]
    assert bus.asked("CloseNotification") == [(7,)]


def test_what_is_said_of_other_notifications_is_nothing_to_us() -> None:
    bus = server("actions")
    notifier, answers = make(bus)
    bus.signal(SERVER, "ActionInvoked", 0, "start")
    notifier.show(REMINDER)
    bus.signal(SERVER, "ActionInvoked", 8, "start")
    bus.signal(SERVER, "ActionInvoked", 7, "eat")
    bus.signal(SERVER, "ActionInvoked", 7)
    bus.signal(SERVER, "NotificationClosed", 8, 2)
    bus.signal(SERVER, "ActivationToken", 8, "token")
    bus.appear(SERVER.service, ":1.8")
    assert not answers
    assert len(bus.asked("Notify")) == 2


def test_a_reminder_that_ran_out_is_due_to_the_next_server_and_one_that_was_closed_is_not() -> None:
    bus = server()
    notifier, _answers = make(bus)
    notifier.show(REMINDER)
    bus.signal(SERVER, "NotificationClosed", 7, 1)
    bus.appear(SERVER.service, "")
    bus.appear(SERVER.service, ":1.8")
    bus.signal(SERVER, "NotificationClosed", 7, 2)
    bus.appear(SERVER.service, ":1.9")
    assert [body[1] for body in bus.asked("Notify")] == [0, 0]


def test_a_reminder_withdrawn_while_it_is_being_shown_is_taken_away() -> None:
    bus = server()
    bus.slow = True
    notifier, _answers = make(bus)
    notifier.show(REMINDER)
    bus.deliver()
    notifier.withdraw()
    bus.deliver()
    assert bus.asked("CloseNotification") == [(7,)]


def test_reminders_that_come_while_one_is_being_shown_replace_it() -> None:
    bus = server()
    bus.slow = True
    notifier, _answers = make(bus)
    notifier.show(REMINDER)
    bus.deliver()
    notifier.show(replace(REMINDER, title="second"))
    notifier.show(replace(REMINDER, title="third"))
    bus.deliver()
    bus.deliver()
    assert [(body[1], body[3]) for body in bus.asked("Notify")] == [(0, REMINDER.title), (7, "third")]


@pytest.mark.parametrize("nonsense", ["seven", None])
def test_a_server_that_answers_nonsense_does_no_harm(nonsense: object) -> None:
    bus = server(number=nonsense)
    bus.answer(SERVER.service, "GetCapabilities", 5)
    notifier, answers = make(bus)
    notifier.show(REMINDER)
    notifier.withdraw()
    assert not answers
    assert not bus.asked("CloseNotification")


def test_without_a_server_the_reminder_waits_for_one() -> None:
    bus = FakeBus()
    notifier, _answers = make(bus)
    notifier.show(REMINDER)
    assert not bus.asked("Notify")
    bus.answer(SERVER.service, "GetCapabilities", [])
    bus.appear(SERVER.service)
    assert len(bus.asked("Notify")) == 1
    notifier.close()
    bus.appear(SERVER.service, ":1.9")
    assert len(bus.asked("Notify")) == 1
