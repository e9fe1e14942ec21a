"""The page about what was done on a day: each session, with answers that can be corrected."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import QComboBox

from stretchplayer.i18n import _
from stretchplayer.progress.history import AnsweredSession, FinishAnswer, SessionRecord
from stretchplayer.routine.held_time import BOTH
from stretchplayer.ui.pages.finish_page import HeldTable, times
from stretchplayer.ui.pages.page import FOCUS_ROOM, Page, ScrollingArea
from stretchplayer.ui.pages.pain_questions import PainQuestions
from stretchplayer.ui.text import progress as words
from stretchplayer.ui.text.dates import long_date
from stretchplayer.ui.text.durations import exact_duration
from stretchplayer.ui.theme import palette as theme
from stretchplayer.ui.theme.scaling import at_least
from stretchplayer.ui.widgets.boxes import fill, hbox, vbox
from stretchplayer.ui.widgets.buttons import WideButton
from stretchplayer.ui.widgets.choices import show_choices
from stretchplayer.ui.widgets.label import plain_label


def _done_by_exercise(record: SessionRecord) -> list[tuple[str, dict[str, str]]]:
    """The title of each exercise, and what was done of it by side: repetitions where they count, else time."""
    titles = {hold.stretch: hold.title for hold in record.holds}
    titles |= {run.stretch: run.title for run in record.repetitions}
    held_ms: dict[tuple[str, str], int] = {}
    for hold in record.holds:
        place = (hold.stretch, str(hold.side or BOTH))
        held_ms[place] = held_ms.get(place, 0) + hold.held_ms
    done: dict[tuple[str, str], int] = {}
    for run in record.repetitions:
        place = (run.stretch, str(run.side or BOTH))
        done[place] = done.get(place, 0) + run.done
    shown = {place: exact_duration(ms) for place, ms in held_ms.items()}
    shown |= {place: times(count) for place, count in done.items()}
    return [
        (title, {side: text for (name, side), text in shown.items() if name == stretch})
        for stretch, title in titles.items()
    ]


class SessionPage(Page):
    """Shows one session of a day at a time. Changed answers are kept at once; Enter and Esc leave."""

    takes_answers = True

    corrected = Signal(AnsweredSession, FinishAnswer)
    delete_requested = Signal(SessionRecord)

    def __init__(self) -> None:
        super().__init__()
        self._sessions: Sequence[AnsweredSession] = ()
        self._answers: dict[int, FinishAnswer] = {}
        """The answers by session, as they are now."""
        self._title = plain_label("", wrap=True, px=26, weight=QFont.Weight.Bold)
        self._title.setContentsMargins(FOCUS_ROOM, 0, FOCUS_ROOM, 0)
        self.choice = at_least(QComboBox(), 130, 36)
        self.choice.setAccessibleName(_("Session"))
        self.choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.choice.setMinimumContentsLength(12)
        self._told = plain_label("", wrap=True, role=theme.MUTED, px=19)
        self.table = HeldTable()
        self.questions = PainQuestions(past=True)
        self._close = WideButton(_("Done"), self, clicked=self.closed, accent=True, px=22)
        delete = WideButton(_("Delete"), self, clicked=self._request_deletion, px=17)
        delete.setAccessibleName(_("Delete this session"))
        self.choice.currentIndexChanged.connect(self._show_session)
        self.questions.changed.connect(self._correct)
        self.questions.note.returnPressed.connect(self.closed)
        self._scroll = ScrollingArea(vbox(self.choice, self._told, self.table, self.questions, 1), _("Session"))
        fill(self.column, self._title, (self._scroll, 1), hbox(self._close, delete, 1))

    def show_sessions(self, day: date, sessions: Sequence[AnsweredSession]) -> None:
        """Show the first of these; the others can be chosen."""
        self._sessions = sessions
        self._answers = {each.record.id: each.answer for each in sessions if each.answer is not None}
        self._title.setText(long_date(self.locale(), day))
        show_choices(self.choice, [(words.session_name(self.locale(), each.record), None) for each in sessions])
        self.choice.setVisible(len(sessions) > 1)
        self._show_session()

    @property
    def _shown(self) -> AnsweredSession:
        return self._sessions[self.choice.currentIndex()]

    def _show_session(self) -> None:
        record = self._shown.record
        told = words.session_text(self.locale(), record)
        if len(self._sessions) == 1:
            told = f"{words.session_name(self.locale(), record)}\n{told}"
        self._told.setText(told)
        self.table.show_held(_done_by_exercise(record))
        self.questions.reset((), self._answers.get(record.id))
        self._scroll.verticalScrollBar().setValue(0)
        self.rescale()

    def focus_first(self) -> None:
        """Put the focus where no key changes an answer."""
        (self._close if len(self._sessions) == 1 else self.choice).setFocus(Qt.FocusReason.OtherFocusReason)

    def _correct(self, answer: FinishAnswer) -> None:
        self._answers[self._shown.record.id] = answer
        self.corrected.emit(self._shown, answer)

    def _request_deletion(self) -> None:
        self.delete_requested.emit(self._shown.record)

    def arrange(self, _scale: float) -> None:
        self.questions.arrange()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the keys that no widget on the page took."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.isAutoRepeat():
            self.closed.emit()
        elif event.key() == Qt.Key.Key_Delete and not event.isAutoRepeat():
            self._request_deletion()
        else:
            super().keyPressEvent(event)
