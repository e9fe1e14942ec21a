"""The page after a session: what was done, what comes next, and a few questions that nobody has to answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from stretchplayer.figure.pose import Pose
from stretchplayer.figure.side import Side
from stretchplayer.i18n import _, ngettext
from stretchplayer.progress.history import FinishAnswer, PainAnswer
from stretchplayer.progress.trends import DETECTABLE_PAIN, DETECTABLE_REACH_CM, Series, series
from stretchplayer.reminders.slots import SlotState
from stretchplayer.routine.held_time import BOTH, HeldTime
from stretchplayer.ui.figure.widget import Figure
from stretchplayer.ui.pages.page import Page, ScrollingArea
from stretchplayer.ui.pages.pain_questions import PainQuestions
from stretchplayer.ui.player.figure_animator import resting_pose
from stretchplayer.ui.reminders.slot_mark import SlotMark
from stretchplayer.ui.text.durations import exact_duration
from stretchplayer.ui.text.player import done_summary, repetitions_done
from stretchplayer.ui.text.progress import change_text
from stretchplayer.ui.text.safety import URGENT
from stretchplayer.ui.text.slots import ReminderStatus, next_slot_text
from stretchplayer.ui.theme import palette as theme
from stretchplayer.ui.theme.scaling import fixed, spaced
from stretchplayer.ui.widgets.boxes import fill, hbox, vbox, width_of
from stretchplayer.ui.widgets.buttons import WideButton
from stretchplayer.ui.widgets.label import plain_label
from stretchplayer.ui.widgets.yes_no_bar import YesNoBar

_HINT = 200
"""The hint needs as much room beside the buttons, in px of the design."""
_NO_PAIN: Final = series((), DETECTABLE_PAIN)
_NO_REACH: Final = series((), DETECTABLE_REACH_CM)
_SMALL_FIGURE, _LARGE_FIGURE = (230, 130), (330, 190)
_NARROW = 560
"""Below this width, in px of the design, what belongs together is one below the other."""


def times(count: int) -> str:
    return ngettext("{count} time", "{count} times", count).format(count=count)


class HeldTable(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._cells: list[QLabel] = []
        self._grid = spaced(QGridLayout(self), 36, 8)
        self._grid.setContentsMargins(0, 0, 0, 0)
        # Titles take the room they need, then wrap.
        self._grid.setColumnStretch(0, 3)
        self._grid.setColumnStretch(3, 1)

    def show_held(self, rows: Sequence[tuple[str, Mapping[str, str]]]) -> None:
        """Show a row for each exercise: its title, and what was done on "left" and "right" or of BOTH."""
        for cell in self._cells:
            self._grid.removeWidget(cell)
            cell.deleteLater()
        self._cells = []
        if any(BOTH not in sides for _title, sides in rows):
            self._add_cell(plain_label(_("Left"), role=theme.MUTED, px=20), 0, 1)
            self._add_cell(plain_label(_("Right"), role=theme.MUTED, px=20), 0, 2)
        for row, (title, sides) in enumerate(rows, start=1):
            self._add_cell(plain_label(title, wrap=True, px=20), row, 0)
            for side, column in ((BOTH, 1), (Side.LEFT, 1), (Side.RIGHT, 2)):
                if side in sides:
                    self._add_cell(plain_label(sides[side], px=20), row, column)

    def _add_cell(self, label: QLabel, row: int, column: int) -> None:
        if column:
            label.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._cells.append(label)
        self._grid.addWidget(label, row, column)


@dataclass(frozen=True, slots=True, kw_only=True)
class Background:
    """What the history knows that matters now.

    `days_done` is on how many days a session was finished, None if none was today. `back`, `leg` and `reach` tell what
    has changed. `recent` are the answers to compare pain with. `reach_is_due` says whether to offer measuring it.
    `longer_hold_s` is the hold to offer, `hold_s` the current one.
    """

    days_done: int | None = None
    back: Series = _NO_PAIN
    leg: Series = _NO_PAIN
    reach: Series = _NO_REACH
    recent: Sequence[PainAnswer] = ()
    reach_is_due: bool = False
    hold_s: int | None = None
    longer_hold_s: int | None = None


class FinishPage(Page):
    """One key leaves it: Enter on the first question, or Esc anywhere. Answers given so far are kept."""

    takes_answers = True

    answered = Signal(FinishAnswer)
    """What has been answered so far, again with every change."""
    measure_requested = Signal()
    longer_hold_answered = Signal(bool)

    def __init__(self, poses: Mapping[str, Pose]) -> None:
        super().__init__()
        self._poses = poses
        self._asks = False
        self._offers = False
        self._reminders: ReminderStatus | None = None
        self._background = Background()
        self.tick = fixed(SlotMark(), 44, 44)
        self.tick.show_state(SlotState.DONE)
        self._title = plain_label("", wrap=True, px=40, weight=QFont.Weight.Bold)
        self._summary = plain_label("", wrap=True, role=theme.MUTED, px=19)
        self.following = plain_label("", wrap=True, px=20, weight=QFont.Weight.DemiBold)
        self.changes = plain_label("", wrap=True, px=17)
        self._title.setObjectName("title")
        self._summary.setObjectName("summary")
        self._figure = Figure(poses, rests=True)
        self.table = HeldTable()
        self.questions = PainQuestions()
        self.offer = YesNoBar()
        self._measure = WideButton(_("Measure your reach"), self, clicked=self.measure_requested, px=17)
        self._measure.hide()
        self._close = WideButton(_("Done"), self, clicked=self.closed, accent=True, px=22)
        self._hint = plain_label("", role=theme.MUTED, wrap=True, px=14)
        self.questions.changed.connect(self.answered)
        self.questions.settled.connect(self.focus_close)
        # Not after a click: what is under the pointer must not move.
        self.questions.back.key_pressed.connect(lambda: self._scroll.ensureWidgetVisible(self.questions.leg))
        self.questions.rules_shown.connect(lambda: QTimer.singleShot(0, self, self._show_rules))
        self.questions.note.returnPressed.connect(self.closed)
        self.offer.answered.connect(self.longer_hold_answered)
        self._lay_out()

    def _lay_out(self) -> None:
        title = hbox(self.tick, (self._title, 1), gap=14)
        head = hbox((vbox(1, title, self._summary, self.following, 1, gap=8), 1), self._figure, gap=16)
        self._body = vbox(0, head)
        self._body.addSpacing(8)
        # Last what comes from the history a moment later: it must not move what is under the pointer.
        fill(self._body, self.questions, self.table, self.changes, self.offer, 1)
        self._scroll = ScrollingArea(self._body, _("Hold times"))
        self._row = hbox(self._close, self._measure, (self._hint, 1), 0)
        fill(self.column, (self._scroll, 1), self._row)

    def show_held(self, held: HeldTime, *, finished: bool, ask: bool = False) -> None:
        """Show the hold times and, with `ask`, the blank questions."""
        title = _("Well done") if held.complete else _("The end") if finished else _("Stopped")
        self._title.setText(title)
        repetitions = repetitions_done(held.repetitions_done, held.repetitions)
        holds = len(held.timeline.holds())
        self._summary.setText(done_summary(held.holds_done, holds, held.total_ms, repetitions))
        self.tick.setVisible(finished and held.anything_whole)
        routine = held.timeline.routine
        self._show_rest(held)
        done = {
            name: {side: exact_duration(held_ms) for side, held_ms in sides.items()}
            for name, sides in held.by_exercise().items()
            if any(sides.values())
        }
        for name, counts in held.repetitions_by_exercise().items():
            done[name] = {side: times(count) for side, count in counts.items()}
        rows = [(routine.exercise(name).title, sides) for name, sides in done.items()]
        self.table.show_held(rows)
        # More was done on one side than on the other, by what is shown.
        self.table.setVisible(any(len(set(sides.values())) > 1 for _title, sides in rows))
        self._asks = ask
        fixed(self._figure, *(_SMALL_FIGURE if ask else _LARGE_FIGURE))
        self._body.setStretch(0, int(not ask))  # in the middle of the page
        self._offers = held.anything_done
        rules = routine.stop_rules or tuple(note.text for note in routine.safety)
        self.questions.reset((*rules, _(URGENT)))
        self.questions.setVisible(ask)
        self._hint.setText(_("Press 0 to 9, or X for 10. Press Enter or Esc when you are done.") if ask else "")
        self.show_background(Background())
        self._scroll.verticalScrollBar().setValue(0)
        self.rescale()

    def show_background(self, background: Background) -> None:
        """Add what the history knows; focus and answers stay. Nothing is offered after a session without a hold."""
        self._background = background
        self._tell_following()
        changes = change_text(self.locale(), back=background.back, leg=background.leg, reach=background.reach)
        self.changes.setText("\n".join(changes))
        self.changes.setVisible(bool(changes))
        self.questions.compare_with(background.recent)
        self._measure.setVisible(background.reach_is_due and self._offers)
        self.arrange(self._scale)
        if background.longer_hold_s is None or not self._offers:
            self.offer.take_back()
        else:
            self._ask_longer(background.hold_s or 0, background.longer_hold_s)

    def show_reminders(self, shown: ReminderStatus) -> None:
        self._reminders = shown
        self._tell_following()

    def _show_rest(self, held: HeldTime) -> None:
        """Show the figure at rest, as after the last exercise of which something was done."""
        timeline, done = held.timeline, {**held.by_exercise(), **held.repetitions_by_exercise()}
        first, *others = timeline.phases
        last = next((each for each in reversed(others) if any(done.get(each.exercise, {}).values())), first)
        rest = resting_pose(timeline.routine.exercise(last.exercise), self._poses)
        self._figure.show_movement(None, rest, side=None, progress=1)

    def _tell_following(self) -> None:
        """Say which day it was, and when the next reminder comes."""
        days = self._background.days_done
        day = "" if days is None else _("Day {number}.").format(number=days)
        coming = "" if self._reminders is None else next_slot_text(self._reminders)
        self.following.setText(" ".join(filter(None, (day, coming))) or " ")

    def _ask_longer(self, hold_s: int, longer_s: int) -> None:
        self.offer.ask(
            _("A good week! Hold for {seconds} s from now on?").format(seconds=longer_s),
            after_yes=_("Holds are {seconds} s from now on.").format(seconds=longer_s),
            after_no=_("Holds stay at {seconds} s. You can change this in Settings.").format(seconds=hold_s),
        )

    def focus_first(self) -> None:
        """Put the focus on the first question or, where nothing is asked, on the button that leaves."""
        if self._asks:
            self.questions.back.setFocus(Qt.FocusReason.OtherFocusReason)
            self._scroll.ensureWidgetVisible(self.questions.back)
        else:
            self.focus_close()

    def focus_close(self) -> None:
        self._close.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show_rules()

    def _show_rules(self) -> None:
        if not self.questions.rules.isHidden():
            self._scroll.ensureWidgetVisible(self.questions.rules)

    def arrange(self, scale: float) -> None:
        """Where room is short, drop the hint and move the second button into the scroll area."""
        room = self.room
        self.questions.arrange()
        self._figure.setVisible(room >= _NARROW * scale)
        self.offer.arrange(narrow=room < _NARROW * scale)
        shown = [self._close] if self._measure.isHidden() else [self._close, self._measure]
        needed = width_of(self._row, *shown)
        self._hint.setVisible(self._asks and room > needed + _HINT * scale)
        self._row.removeWidget(self._measure)
        self._body.removeWidget(self._measure)
        if needed > room:
            self._body.insertWidget(self._body.count() - 1, self._measure, 0, Qt.AlignmentFlag.AlignLeft)
        else:
            self._row.insertWidget(1, self._measure)
        # Reparented widgets go to the end of the tab order.
        QWidget.setTabOrder(self.questions.note, self._close)
        QWidget.setTabOrder(self._close, self._measure)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the keys that no widget on the page took."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.isAutoRepeat():
            self.closed.emit()
        elif not self.offer.answer_by(event):
            super().keyPressEvent(event)
