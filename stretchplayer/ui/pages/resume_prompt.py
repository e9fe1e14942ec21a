"""Asks whether to resume a session that was cut short."""

from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from stretchplayer.i18n import _
from stretchplayer.ui.widgets.question import Question, floor_scale
from stretchplayer.ui.window.main_window import USUAL


class ResumePrompt(QObject):
    """A question that exists only while it is asked."""

    resume_requested = Signal()
    close_requested = Signal()
    """Discard the rest of the session."""
    start_requested = Signal()
    """Then start a new one."""

    def __init__(self, covered: QWidget) -> None:
        super().__init__(covered)
        self._covered = covered
        self.question: Question | None = None

    def ask(self, title: str, detail: str, *, anew: bool, distance_m: float) -> None:
        """Ask; with `anew` the other answer starts anew, and it can be read from so far away."""
        self.forget()
        no = _("Start over") if anew else _("Discard")
        keys = _("Enter to resume, Space to start over.") if anew else _("Enter to resume, Space to discard.")
        self.question = question = Question(self._covered, yes=_("Resume"), no=no)
        question.answered.connect(partial(self._on_answered, anew))
        scale = self._covered.height() / USUAL.height()
        question.ask(title, f"{detail} {keys}", floor_scale(self._covered, distance_m, scale) if anew else scale)

    def forget(self) -> None:
        """Remove the question, if any."""
        if self.question is not None:
            self.question.hide()
            self.question.deleteLater()
            self.question = None

    def _on_answered(self, anew: bool, yes: bool) -> None:
        self.forget()
        (self.resume_requested if yes else self.close_requested).emit()
        if anew and not yes:
            self.start_requested.emit()
