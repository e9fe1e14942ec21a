"""Progress as the program wires it: a real history, a real window, and what people answer."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from stretchplayer.app import progress_controller
from stretchplayer.app.playback import Playback
from stretchplayer.app.progress_controller import ProgressController
from stretchplayer.app.progress_facts import Question as ProgressQuestion
from stretchplayer.app.progress_facts import background_of
from stretchplayer.player.state import State
from stretchplayer.progress.adherence import CalendarDay
from stretchplayer.progress.history import AnsweredSession, FinishAnswer, PainAnswer, ended
from stretchplayer.reminders.slots import SlotState, SlotView
from stretchplayer.routine.cues import CueName
from stretchplayer.routine.preferences import Preferences
from stretchplayer.settings import ProgressSettings, Settings
from stretchplayer.storage.assets import asset_dir
from stretchplayer.storage.history.merge import merge
from stretchplayer.storage.history.reader import HistoryFileReader
from stretchplayer.storage.history.transfer import export_history, read_export
from stretchplayer.storage.settings import SettingsFile
from stretchplayer.ui.pages.finish_page import Background
from stretchplayer.ui.pages.settings_page import SettingsPage
from stretchplayer.ui.widgets.question import Question
from stretchplayer.ui.window.main_view import MainView
from stretchplayer.ui.window.main_window import MainWindow
from tests.app.test_progress_facts import session
from tests.progress_data import slot
from tests.ui.stage import FakeRoutines, child, settle


class Wired:
    """The program's progress: everything but the window's frame."""

    def __init__(self, playback: Playback, data_dir: Path, qtbot: QtBot) -> None:
        self.playback = playback
        self.bot = qtbot
        self.history = playback.open_history()
        self.view = MainView(playback.session, asset_dir("icons"), playback.settings, {}, routines=FakeRoutines())
        self.view.settings_changed.connect(playback.take_settings)
        self.main_window = MainWindow()
        self.main_window.set_content(self.view, self.view.today.start_button, self.view.may_close)
        self.progress = ProgressController(playback, self.history, self.view)
        self.reader = HistoryFileReader(data_dir)
        self.told: list[str] = []
        self.view.progress.told.connect(self.told.append)

    def wait(self, done: Callable[[], bool]) -> None:
        """Wait for what is done on other threads."""
        self.bot.waitUntil(done)

    def written(self) -> None:
        """Wait until everything has been written and told."""
        done: list[int] = []
        self.history.store.then(lambda: done.append(1))
        self.wait(lambda: bool(done))
        settle()

    def close(self) -> None:
        """End it."""
        self.progress.close()
        self.main_window.close()
        self.main_window.deleteLater()
        settle()


@pytest.fixture
def make_wired(
    make_playback: Callable[..., Playback], own_app: QApplication, data_dir: Path, qtbot: QtBot
) -> Iterator[Callable[..., Wired]]:
    assert own_app is not None
    made: list[Wired] = []

    def make(settings: Settings | None = None) -> Wired:
        if settings is not None:
            SettingsFile(data_dir).save(settings)
        made.append(Wired(make_playback(), data_dir, qtbot))
        return made[-1]

    yield make
    for wired in made:
        wired.close()


@pytest.fixture
def wired(make_wired: Callable[..., Wired]) -> Wired:
    return make_wired()


def remember(wired: Wired, *days_ago: float) -> None:
    """Remember sessions of these days, by the program's own clock."""
    now = wired.playback.clock.now()
    for number in days_ago:
        started = now - timedelta(days=number)
        one = replace(session(0), started_at=started, seen_at=started, id=int(started.timestamp() * 1000) << 10)
        wired.history.store.put(ended(one, one.outcome, started + timedelta(minutes=5)))
    wired.written()


def test_the_page_shows_what_is_remembered(wired: Wired) -> None:
    wired.view.progress.open()
    page = wired.view.progress.page
    wired.wait(lambda: page.report is not None)
    assert page.report is not None
    assert page.report.empty
    remember(wired, 0, 1)
    wired.main_window.show()
    page.refresh()
    wired.wait(lambda: page.report is not None and page.report.row.now == 2)
    remember(wired, 2)
    wired.wait(lambda: page.report is not None and page.report.row.now == 3)


def test_what_is_answered_is_kept_with_the_session(wired: Wired) -> None:
    wired.view.progress.answered.emit(FinishAnswer(back=3))
    wired.playback.start()
    while wired.playback.session.state is not State.HOLD:
        wired.playback.session.next()
    wired.playback.session.stop()
    wired.view.progress.answered.emit(FinishAnswer(back=3, note="So."))
    wired.view.progress.measured.emit(12.5)
    wired.written()
    (answer,) = wired.reader.answers(*wired_range(wired))
    assert (answer.session, answer.back, answer.note) == (wired.history.recorder.session_id, 3, "So.")
    assert [measure.cm for measure in wired.reader.measures(*wired_range(wired))] == [12.5]


def test_a_session_is_corrected_deleted_and_brought_back(wired: Wired) -> None:
    remember(wired, 0, 1)
    wired.main_window.show()
    pages = wired.view.progress
    pages.open()
    today = wired.playback.clock.now().date()
    wired.wait(lambda: pages.page.report is not None and pages.page.report.row.now == 2)
    pages.page.day_requested.emit(today)
    wired.wait(pages.session.isVisible)
    pages.session.questions.back.set_value(4)
    pages.session.questions.note.setText("So.")
    wired.written()
    (answer,) = wired.reader.answers(*wired_range(wired))
    assert (answer.back, answer.note, answer.answered_at.date()) == (4, "So.", today)
    pages.session.closed.emit()
    wired.wait(lambda: pages.page.report is not None and pages.page.report.rows[0].note == "So.")
    before = wired.reader.sessions(*wired_range(wired))
    pages.page.day_delete_requested.emit(today)
    wired.wait(lambda: pages.page.report is not None and pages.page.report.total.sessions == 1)
    wired.wait(lambda: not wired.view.notice.isHidden())
    assert not wired.reader.answers(*wired_range(wired))
    child(wired.view.notice, QPushButton, "undo").click()
    wired.wait(lambda: pages.page.report is not None and pages.page.report.total.sessions == 2)
    assert wired.reader.sessions(*wired_range(wired)) == before
    assert wired.reader.answers(*wired_range(wired)) == (answer,)


def test_a_later_answer_replaces_the_first_and_keeps_its_time(wired: Wired) -> None:
    remember(wired, 1)
    (one,) = wired.reader.sessions(*wired_range(wired))
    given = PainAnswer(session=one.id, answered_at=one.started_at + timedelta(minutes=7), back=9)
    wired.history.store.answer(given)
    wired.view.progress.session_corrected.emit(AnsweredSession(record=one, answer=given), FinishAnswer(back=2))
    wired.written()
    assert wired.reader.answers(*wired_range(wired)) == (replace(given, back=2),)


def test_where_a_day_has_two_sessions_the_one_to_delete_is_chosen(wired: Wired) -> None:
    remember(wired, 0, 0.001)
    wired.main_window.show()
    pages = wired.view.progress
    pages.open()
    pages.page.day_delete_requested.emit(wired.playback.clock.now().date())
    wired.wait(pages.session.isVisible)
    assert pages.session.choice.count() == 2
    assert wired.reader.total().sessions == 2


def test_the_slot_of_a_deleted_session_is_done_no_longer_unless_by_another(wired: Wired) -> None:
    now = wired.playback.clock.now()
    key = slot(now.date()).key
    for number in (0, 1):
        one = replace(session(0), started_at=now, seen_at=now, id=number)
        wired.history.store.put(ended(one, one.outcome, now, key))
    wired.written()
    pages = wired.view.progress
    changed: list[tuple[str, object]] = []
    pages.slot_changed.connect(lambda slot, at: changed.append((slot, at)))
    undo: list[Callable[[], None]] = []
    pages.undo_offered.connect(lambda _told, back: undo.append(back))
    last, first = wired.reader.sessions(*wired_range(wired))
    assert (last.slot, first.slot) == (key, key)
    for number, one in enumerate((first, last), start=1):
        pages.delete_requested.emit(one)
        wired.wait(lambda number=number: len(undo) == number)  # type: ignore[misc]
    assert changed == [(key, None)]
    undo[1]()
    assert changed[1:] == [(key, last.ended_at)]


def test_a_deletion_that_can_not_be_written_is_not_told_as_done(wired: Wired, monkeypatch: pytest.MonkeyPatch) -> None:
    remember(wired, 0)
    (one,) = wired.reader.sessions(*wired_range(wired))
    monkeypatch.setattr(wired.history.store, "delete", lambda _session: None)
    done: list[int] = []
    wired.view.progress.undo_offered.connect(lambda *_: done.append(1))
    wired.view.progress.delete_requested.emit(one)
    wired.written()
    wired.progress.close()
    settle()
    assert not done


def wired_range(wired: Wired) -> tuple[date, date]:
    today = wired.playback.clock.now().date()
    return today - timedelta(days=3), today


def test_yes_and_no_to_longer_holds_are_remembered(
    make_wired: Callable[..., Wired], data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = ProgressSettings(offer_longer_holds=True, measure_reach=True)
    wired = make_wired(Settings(playing=Preferences(hold_s=15), progress=wanted))
    today = wired.playback.clock.now().date()
    wired.view.progress.longer_hold_answered.emit(False)
    kept = SettingsFile(data_dir).load()
    assert (kept.playing.hold_s, kept.progress.holds_answered) == (15, today)

    def offer(question: ProgressQuestion) -> tuple[tuple[CalendarDay, ...], Background]:
        days, background = background_of(question)
        return days, replace(background, longer_hold_s=20)

    def hold_s_after_yes() -> int | None:
        wired.view.progress.longer_hold_answered.emit(True)
        return SettingsFile(data_dir).load().playing.hold_s

    monkeypatch.setattr(progress_controller, "background_of", offer)
    wired.progress.refresh()
    wired.wait(lambda: hold_s_after_yes() == 20)
    wired.view.progress.put_off.emit()
    assert SettingsFile(data_dir).load().progress.reach_put_off == today


def test_what_becomes_of_slots_is_remembered_once(wired: Wired) -> None:
    day = wired.playback.clock.now().date()
    views = [
        SlotView(slot=slot(day), state=SlotState.SKIPPED),
        SlotView(slot=slot(day - timedelta(days=1)), state=SlotState.DUE),
    ]
    changes: list[int] = []
    wired.history.changed.connect(lambda: changes.append(1))
    wired.progress.note_slots(views)
    wired.progress.note_slots(views)
    wired.written()
    assert wired.reader.slots_settled(day, day) == {slot(day).key: SlotState.SKIPPED}
    assert len(changes) == 1


def test_what_is_marked_on_the_page_is_remembered_and_taken_back(wired: Wired) -> None:
    day = wired.playback.clock.now().date() - timedelta(days=20)
    wired.view.progress.mark_requested.emit(slot(day), True)
    wired.written()
    assert wired.reader.slots_settled(day, day) == {slot(day).key: SlotState.MARKED_DONE}
    assert wired.reader.total().sessions == 0
    wired.view.progress.mark_requested.emit(slot(day), False)
    wired.written()
    assert wired.reader.slots_settled(day, day) == {slot(day).key: SlotState.MISSED}


def test_a_slot_that_is_due_again_is_not_marked_any_more(wired: Wired) -> None:
    day = wired.playback.clock.now().date()
    for state in (SlotState.MARKED_DONE, SlotState.DUE):
        wired.progress.note_slots([SlotView(slot=slot(day), state=state)])
    wired.written()
    assert SlotState.MARKED_DONE not in wired.reader.slots_settled(day, day).values()


def test_of_a_slot_that_nobody_was_asked_for_nothing_is_shown(wired: Wired) -> None:
    remember(wired, 3)
    wired.main_window.show()
    wired.view.progress.open()
    page = wired.view.progress.page
    wired.wait(lambda: page.report is not None)

    def dots_of_yesterday() -> int:
        return len(page.report.rows[1].calendar.dots) if page.report else 0

    assert dots_of_yesterday() == 2
    yesterday = wired.playback.clock.now().date() - timedelta(days=1)
    wired.progress.note_slots([], frozenset({slot(yesterday).key}))
    wired.wait(lambda: dots_of_yesterday() == 1)


def test_everything_can_be_taken_away_deleted_and_brought_back(wired: Wired, tmp_path: Path) -> None:
    pages = wired.view.progress
    remember(wired, 0, 1)
    out = tmp_path / "all.json"
    pages.export_requested.emit(out)
    wired.wait(lambda: bool(wired.told))
    assert wired.told == [f"Everything has been saved in {out}."]
    assert len(json.loads(out.read_bytes())["sessions"]) == 2
    pages.import_requested.emit(out)
    wired.wait(lambda: len(wired.told) == 2)
    assert wired.told[1] == "2 sessions are here already."
    pages.erase_question_requested.emit()
    wired.wait(lambda: wired.main_window.findChild(Question) is not None)
    child(wired.main_window, Question).answered.emit(True)
    wired.written()
    assert wired.told[2] == "All of your progress has been deleted."
    assert wired.reader.total().sessions == 0
    answer(wired, lambda: pages.import_requested.emit(out), yes=False)
    assert wired.reader.total().sessions == 0
    answer(wired, lambda: pages.import_requested.emit(out), yes=True)
    wired.wait(lambda: len(wired.told) == 4)
    assert wired.told[3].startswith("New: 2 sessions")
    assert "To undo it, import" in wired.told[3]
    assert wired.reader.total().sessions == 2


def answer(wired: Wired, ask: Callable[[], None], *, yes: bool) -> None:
    """Answer the question that comes of it."""
    ask()
    wired.wait(lambda: bool(questions(wired)))
    questions(wired)[-1].answered.emit(yes)
    settle()


def questions(wired: Wired) -> list[Question]:
    return [each for each in wired.main_window.findChildren(Question) if each.isVisibleTo(wired.main_window)]


def test_settings_of_an_export_are_asked_for_and_taken(wired: Wired, tmp_path: Path) -> None:
    pages = wired.view.progress
    remember(wired, 0)
    other = tmp_path / "other"
    SettingsFile(other).save(Settings(viewing_distance_m=3.5))
    export_history(other, tmp_path / "all.zip")
    before = wired.playback.settings
    answer(wired, lambda: pages.import_requested.emit(tmp_path / "all.zip"), yes=False)
    assert wired.playback.settings == before
    answer(wired, lambda: pages.import_requested.emit(tmp_path / "all.zip"), yes=True)
    wired.wait(lambda: len(wired.told) == 1)
    assert wired.playback.settings == Settings(viewing_distance_m=3.5)
    assert wired.view.findChild(SettingsPage) is not None
    pages.import_agreed.emit(True)
    settle()
    assert len(wired.told) == 1, "nobody was asked"


def test_own_sounds_of_an_export_are_used_and_shown(wired: Wired, tmp_path: Path) -> None:
    (tmp_path / "other" / "sounds").mkdir(parents=True)
    tone = (asset_dir("sounds") / "paused.wav").read_bytes()
    (tmp_path / "other" / "sounds" / "done.wav").write_bytes(tone)
    export_history(tmp_path / "other", tmp_path / "all.zip")
    wired.view.show_settings()
    before = wired.view.findChild(SettingsPage)
    answer(wired, lambda: wired.view.progress.import_requested.emit(tmp_path / "all.zip"), yes=True)
    wired.wait(lambda: len(wired.told) == 1)
    assert wired.playback.own_sounds.names == {CueName.DONE}
    wired.wait(lambda: wired.view.findChild(SettingsPage) not in {None, before})


def test_news_and_settings_are_two_questions(wired: Wired, tmp_path: Path, data_dir: Path) -> None:
    remember(wired, 0)
    SettingsFile(tmp_path / "other").save(Settings(viewing_distance_m=3.5))
    export_history(data_dir, tmp_path / "all.json")
    merge(tmp_path / "other", read_export(tmp_path / "all.json"))
    export_history(tmp_path / "other", tmp_path / "all.zip")
    wired.history.store.erase()
    wired.written()
    answer(wired, lambda: wired.view.progress.import_requested.emit(tmp_path / "all.zip"), yes=True)
    (question,) = questions(wired)
    question.answered.emit(False)
    wired.wait(lambda: len(wired.told) == 1)
    assert wired.reader.total().sessions == 1
    assert wired.playback.settings.viewing_distance_m == Settings().viewing_distance_m


def test_a_history_that_can_t_be_read_is_told_on_the_page(wired: Wired, data_dir: Path) -> None:
    wired.written()
    wired.history.store.close()
    (data_dir / "history.db").write_bytes(b"no database at all" * 100)
    wired.view.progress.open()
    page = wired.view.progress.page
    wired.wait(lambda: any("can't be read" in label.text() for label in page.findChildren(QLabel)))


@pytest.mark.expected_log("what is shown of progress can't be read")
def test_a_fault_on_the_thread_is_logged_and_told(
    wired: Wired, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress_controller, "report_of", lambda _question, weeks: weeks / 0)
    wired.view.progress.open()
    wired.wait(lambda: any("can't be read" in record.message for record in caplog.records))
    wired.wait(lambda: wired.told == ["A program error prevented that; see the log."])


def test_nothing_is_done_once_it_is_closed(wired: Wired) -> None:
    wired.view.progress.open()
    wired.progress.close()
    wired.progress.refresh()
    settle()
    assert wired.view.progress.page.report is None
