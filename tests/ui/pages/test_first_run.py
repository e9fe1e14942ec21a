"""The introduction: three steps, none of which has to be taken, and the safety rules, which have to be seen."""

from collections.abc import Callable
from dataclasses import replace
from datetime import time

import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, Qt, QTime, QTimeLine
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QLabel

from stretchplayer.player.state import State
from stretchplayer.reminders.slots import ReminderSettings, SlotTime
from stretchplayer.routine.cues import CueName
from stretchplayer.routine.preferences import Preferences
from stretchplayer.settings import Appearance, ProgressSettings, Settings
from stretchplayer.ui.pages.first_run import SAFETY, SET_UP, STEPS, WHAT, FirstRunPage
from stretchplayer.ui.pages.safety_page import SafetyPage
from stretchplayer.ui.pages.settings_page import SettingsPage
from stretchplayer.ui.text.safety import RED_FLAGS
from tests.ui.stage import HOLD, MOVE, NOWHERE, WindowStage, child, one_exercise, settle, shipped_timeline, timer

Key = Qt.Key
MakeWindow = Callable[..., WindowStage]
NEWCOMER = Settings(appearance=Appearance.DARK)
TITLES = ["Lying leg raise", "Seated hamstring stretch", "Towel stretch"]
LEAVE = {WHAT: "Skip", SAFETY: "Skip", SET_UP: "Start later"}
"""The button that leads to Today from each step."""


@pytest.fixture
def window(make_window: MakeWindow) -> WindowStage:
    """The introduction, as it is shown to a newcomer."""
    window = make_window(settings=NEWCOMER)
    window.view.introduce()
    settle()
    return window


@pytest.fixture
def told(window: WindowStage) -> list[Settings]:
    """The settings emitted."""
    told: list[Settings] = []
    window.view.settings_changed.connect(told.append)
    return told


def introduction(window: WindowStage) -> FirstRunPage:
    return child(window.frame, FirstRunPage)


def go_to(window: WindowStage, step: int) -> FirstRunPage:
    page = introduction(window)
    page.show_step(step)
    settle()
    return page


# From step to step


def test_three_keys_lead_to_the_session(window: WindowStage, told: list[Settings]) -> None:
    for step in STEPS:
        assert introduction(window).step == step
        assert f"{step + 1} of 3" in window.texts()
        assert window.session.phase is None
        window.key(Key.Key_Return)
    assert window.in_state(State.PREPARE)
    assert told[-1] == replace(
        NEWCOMER,
        introduced=True,
        safety_shown=True,
        introduction_step=SET_UP,
        playing=Preferences(hold_s=15),
        progress=ProgressSettings(offer_longer_holds=True),
    )


@pytest.mark.parametrize("step", STEPS)
def test_tab_reaches_everything_in_a_step(window: WindowStage, step: int) -> None:
    page = go_to(window, step)
    reached = set()
    for _press in range(40):
        window.key(Key.Key_Tab)
        focus = window.app.focusWidget()
        assert focus is not None
        assert page.isAncestorOf(focus)
        reached.add(focus)
    names = {"Skip", "Start now", "Next"} if step == WHAT else {LEAVE[step], "Back"}
    assert {window.button(name) for name in names} <= reached
    assert step != SET_UP or {page.set_up.distance, window.button("Play a sample"), window.button("30 s")} <= reached


@pytest.mark.parametrize("back", ["Back", Key.Key_Escape])
def test_back_leads_a_step_back(window: WindowStage, back: str | Key) -> None:
    page = go_to(window, SET_UP)
    for step in (SAFETY, WHAT):
        if isinstance(back, str):
            window.press(back)
        else:
            window.key(back)
        assert page.step == step
        assert window.button("Next").hasFocus()
    assert "Back" not in [button.text() for button in window.buttons()]


def test_it_goes_on_at_the_step_that_was_shown_last(make_window: MakeWindow) -> None:
    window = make_window(settings=replace(NEWCOMER, introduction_step=SAFETY))
    window.view.introduce()
    assert introduction(window).step == SAFETY


@pytest.mark.parametrize("step", STEPS)
def test_skipping_leads_to_today_and_is_remembered(window: WindowStage, told: list[Settings], step: int) -> None:
    go_to(window, step)
    window.press(LEAVE[step])
    assert window.view.today.isVisible()
    assert window.button("Settings").isVisible()
    assert window.view.today.start_button.hasFocus()
    assert told[-1].introduced


def test_it_is_shown_again_when_it_is_asked_for(window: WindowStage, told: list[Settings]) -> None:
    window.press("Skip")
    window.press("Settings")
    window.press("Show the introduction again")
    page = go_to(window, SET_UP)
    window.view.introduce()
    settle()
    assert introduction(window) is not page
    assert introduction(window).step == WHAT
    assert told[-1].introduction_step == WHAT
    window.press("Close")
    assert child(window.frame, SettingsPage).isVisible()


def test_a_session_that_begins_otherwise_ends_it(window: WindowStage, told: list[Settings]) -> None:
    window.play()
    window.session.stop()
    settle()
    assert not introduction(window).isVisible()
    assert [settings.introduced for settings in told] == [True]


# Stay safe


@pytest.mark.parametrize("start", ["Start now", "Start", "Start full screen"])
def test_who_has_not_seen_the_safety_rules_sees_them_before_the_first_session(
    window: WindowStage, told: list[Settings], start: str
) -> None:
    if start != "Start now":
        window.press("Skip")
    window.press(start)
    assert window.session.phase is None
    assert child(window.frame, SafetyPage).isVisible()
    assert set(RED_FLAGS) <= set(window.texts())
    assert told[-1] == replace(NEWCOMER, introduced=True, safety_shown=True)
    window.key(Key.Key_Return)
    assert window.in_state(State.PREPARE)
    assert window.frame.isFullScreen() is (start == "Start full screen")
    assert told[-1].introduced


def test_the_safety_rules_say_who_should_ask_a_professional_first(qapp: QApplication) -> None:
    page = SafetyPage()
    page.show_routine(replace(shipped_timeline().routine, caution="Ask first after a hip replacement."))
    assert "Ask first after a hip replacement." in {label.text() for label in page.findChildren(QLabel)}


def test_a_start_with_a_later_exercise_begins_there_after_the_safety_rules(window: WindowStage) -> None:
    begun: list[int] = []
    window.view.start_here_requested.connect(begun.append)
    window.press("Skip")
    window.view.request_start(2)
    assert child(window.frame, SafetyPage).isVisible()
    assert begun == []
    window.press("Start")
    assert begun == [2]


def test_who_has_seen_them_starts_at_once(window: WindowStage) -> None:
    go_to(window, SAFETY)
    window.press("Back")
    window.press("Start now")
    assert window.in_state(State.PREPARE)


def test_the_red_flags_are_shown_with_every_routine(window: WindowStage) -> None:
    go_to(window, SAFETY)
    rules = [note.text for note in window.timeline.routine.safety[:3]]
    assert {*rules, *RED_FLAGS} <= set(window.texts())
    window.view.show_timeline(one_exercise(HOLD))
    settle()
    assert set(RED_FLAGS) <= set(window.texts())
    assert not set(rules) & set(window.texts())


# What you'll do


def test_the_figure_goes_through_all_exercises(window: WindowStage) -> None:
    figure = introduction(window).what.figure
    loop = child(figure, QTimeLine)
    shown = []
    for moment in range(0, loop.duration(), 500):
        loop.setCurrentTime(moment)
        shown += [text for text in window.texts() if text in TITLES]
    assert list(dict.fromkeys(shown)) == TITLES


def test_it_tells_how_long_it_takes_and_with_what(window: WindowStage) -> None:
    assert {"About 8 minutes", "You need a sturdy chair and a towel"} <= set(window.texts())
    window.view.show_timeline(shipped_timeline(Preferences(hold_s=10)))
    settle()
    assert {"About 6 minutes", "With holds of 10 s, which you can change."} <= set(window.texts())
    go_to(window, SET_UP)
    assert "A session then takes about 6 minutes." in window.texts()
    go_to(window, WHAT)
    window.view.show_timeline(one_exercise(MOVE))
    window.view.show_timeline(one_exercise(HOLD))
    settle()
    assert {"About 2 minutes", "An exercise"} <= set(window.texts())
    assert not any(text.startswith("You need") for text in window.texts())


# Set up


def test_a_short_hold_is_chosen_with_longer_ones_offered(window: WindowStage, told: list[Settings]) -> None:
    go_to(window, SET_UP)
    assert window.button("15 s").isChecked(), "what beginners are recommended"
    window.press("10 s")
    window.press("30 s")
    chosen = [(each.playing.hold_s, each.progress.offer_longer_holds) for each in told[-3:]]
    assert chosen == [(15, True), (10, True), (30, False)]
    window.press("Back")
    go_to(window, SET_UP)
    assert [window.button(f"{seconds} s").isChecked() for seconds in (10, 15, 30)] == [False, False, True]


def test_another_hold_and_distance_are_offered_where_they_are_set(make_window: MakeWindow) -> None:
    playing = Preferences(hold_s=25)
    window = make_window(
        settings=replace(NEWCOMER, playing=playing, viewing_distance_m=2.2), timeline=shipped_timeline(playing)
    )
    window.view.introduce()
    page = go_to(window, SET_UP)
    assert window.button("25 s").isChecked()
    assert page.set_up.distance.currentText() == "2.2 m"


def test_the_sample_is_a_tone_and_then_the_voice(window: WindowStage) -> None:
    page = go_to(window, SET_UP)
    heard: list[object] = []
    page.try_sound_requested.connect(heard.append)
    page.try_voice_requested.connect(lambda: heard.append("voice"))
    window.press("Play a sample")
    assert heard == [CueName.HOLD_START]
    timer(page, "voice").timeout.emit()
    assert heard == [CueName.HOLD_START, "voice"]
    timer(page, "voice").stop()


def test_the_distance_is_kept_and_shown_among_the_settings(window: WindowStage, told: list[Settings]) -> None:
    distance = go_to(window, SET_UP).set_up.distance
    distance.setCurrentIndex(distance.findText("3 m"))
    assert told[-1].viewing_distance_m == 3.0
    window.press(LEAVE[SET_UP])
    window.press("Settings")
    assert child(window.frame, SettingsPage).distance.currentText() == "3 m"


def test_the_wheel_leaves_the_distance_alone(window: WindowStage) -> None:
    distance = go_to(window, SET_UP).set_up.distance
    before = distance.currentIndex()
    no_buttons, phase = Qt.MouseButton.NoButton, Qt.ScrollPhase.NoScrollPhase
    event = QWheelEvent(QPointF(5, 5), QPointF(5, 5), QPoint(), QPoint(0, -120), no_buttons, NOWHERE, phase, False)
    QApplication.sendEvent(distance, event)
    assert distance.currentIndex() == before


def test_the_two_times_of_the_reminders_are_set(window: WindowStage, told: list[Settings]) -> None:
    set_up = go_to(window, SET_UP).set_up
    assert "Add a time" not in [button.text() for button in window.buttons()]
    first, second = set_up.times.rows
    first.edit.setTime(QTime(7, 30))
    assert told[-1].reminders.slots == (SlotTime(at=time(7, 30)), SlotTime(at=time(20)))
    second.edit.setTime(QTime(7, 30))
    assert len(told[-1].reminders.slots) == 2
    assert any("07:30" in text for text in window.texts()), "it says that there is one already"
    window.press("Remind me to exercise")
    reminders = told[-1].reminders
    assert (reminders.enabled, reminders.slots[0].at) == (False, time(7, 30))
    assert not set_up.times.isEnabled()


def test_without_times_one_can_be_added(make_window: MakeWindow) -> None:
    window = make_window(settings=replace(NEWCOMER, reminders=ReminderSettings(slots=())))
    window.view.introduce()
    go_to(window, SET_UP)
    assert window.button("Add a time").isVisible()


def test_it_offers_to_start_at_login_once_that_can_be_asked(window: WindowStage) -> None:
    autostart = go_to(window, SET_UP).set_up.autostart
    assert not autostart.isVisible()
    window.autostart.report(False)
    assert autostart.isVisible()
    autostart.click()
    assert window.autostart.chosen == [True]
    assert not autostart.isChecked()
    window.autostart.report(True)
    assert autostart.isChecked()


def test_it_promises_no_reminders_where_there_are_none(qapp: QApplication) -> None:
    assert qapp is not None
    page = FirstRunPage({}, NEWCOMER, reminder_problem="There are none.")
    texts = [label.text() for label in page.findChildren(QLabel)]
    assert "There are none." in texts
    assert not any("until you have stretched" in text for text in texts)


# Sizes


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("size", [(480, 280), (800, 500), (600, 960), (1920, 1080)])
def test_the_first_button_is_always_there(make_window: MakeWindow, step: int, size: tuple[int, int]) -> None:
    window = make_window(settings=NEWCOMER, size=size)
    window.view.introduce()
    go_to(window, step)
    for name in ("Start now" if step == SET_UP else "Next", LEAVE[step]):
        button = window.button(name)
        assert window.frame.rect().contains(QRect(button.mapTo(window.frame, QPoint(0, 0)), button.size()))
        assert button.width() >= button.sizeHint().width()
