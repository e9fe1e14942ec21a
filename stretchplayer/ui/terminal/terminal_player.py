"""The second front end: a session in a terminal, for machines without a display."""

import sys
from collections.abc import Callable
from functools import partial
from typing import Final, TextIO

from PySide6.QtCore import QCoreApplication, QLocale
from rich.align import Align
from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.padding import Padding
from rich.progress_bar import ProgressBar
from rich.text import Text

from stretchplayer.errors import plain
from stretchplayer.i18n import _, ngettext
from stretchplayer.player.session import Session
from stretchplayer.player.state import ACTIVE_STATES, Outcome, State
from stretchplayer.routine import phrases
from stretchplayer.routine.routine import Routine
from stretchplayer.routine.timeline import Phase
from stretchplayer.ui.text import player as player_words
from stretchplayer.ui.text.durations import duration
from stretchplayer.ui.text.safety import safety_lines

_BIG: Final = {
    "0": ("█▀█", "█ █", "█▄█"),
    "1": ("▄█ ", " █ ", "▄█▄"),
    "2": ("▀▀█", "█▀▀", "█▄▄"),
    "3": ("▀▀█", " ▀█", "▄▄█"),
    "4": ("█ █", "▀▀█", "  █"),
    "5": ("█▀▀", "▀▀█", "▄▄█"),
    "6": ("█▀▀", "█▀█", "█▄█"),
    "7": ("▀▀█", "  █", "  █"),
    "8": ("█▀█", "█▀█", "█▄█"),
    "9": ("█▀█", "▀▀█", "▄▄█"),
    ":": (" ", "▪", "▪"),
}
_LINE_KEYS: Final = "\r\n\b\x7f"
"""Enter and Backspace, as terminals send them."""
_LATIN: Final = "nbrsqg"
_SAME_KEYS: Final = (
    "тикыйп", "тикійп", "νβρσ;γ", "מנרד/ע", "ى\ufefbقسضل", "دذقسضل", "ნბრსქგ", "լզսվճա",  # noqa: RUF001 -- Greek
)  # fmt: skip
"""What the same keys type on Russian, Ukrainian, Greek, Hebrew, Arabic, Persian, Georgian and Armenian keyboards.

A terminal doesn't tell which key it was.
"""
_BY_LETTER: Final = {
    letter: latin for keys in _SAME_KEYS for letter, latin in zip(keys, _LATIN, strict=True) if letter.isalpha()
}
_BY_MARK: Final = {(QLocale.Language.Greek, ";"): "q", (QLocale.Language.Hebrew, "/"): "q"}
"""Other keyboards have these marks on other keys, so they count only in these languages."""
_ROWS: Final = 3
_MOVEMENT: Final = "cyan"
_HOLD: Final = "bold dark_orange"


def big(digits: str) -> str:
    return "\n".join(" ".join(_BIG[digit][row] for digit in digits) for row in range(_ROWS))


def _text(words: str, style: str = "") -> Text:
    return Text(plain(words), style=style)


class TerminalPlayer:
    """Shows a session and takes single keys.

    If the output isn't a terminal, it writes a line per phase instead of the live display.
    """

    FRAME_MS: Final = 100

    def __init__(self, session: Session, *, output: TextIO | None = None) -> None:
        self._session = session
        self._console = Console(file=output or sys.stdout, highlight=False)
        self._live: Live | None = None
        self._shown: tuple[object, ...] | None = None
        self._notices: list[str] = []
        self._answers: dict[str, Callable[[], None]] = {}
        """What keys do while something is asked."""
        if self._console.is_terminal:
            self._live = Live(console=self._console, screen=True, auto_refresh=False, transient=True)
            self._live.start()
            session.ticked.connect(self._refresh)
            session.state_changed.connect(self._refresh)
        session.phase_started.connect(self._on_phase)
        session.state_changed.connect(self._on_state)
        session.ended.connect(self._on_ended)

    def tell(self, sentence: str) -> None:
        """Show a sentence, once; on the live display it stays at the bottom."""
        if sentence in self._notices:
            return
        self._notices.append(sentence)
        if self._live is None:
            self._line(sentence)
        else:
            self._refresh()

    def withdraw(self, sentence: str) -> None:
        """Remove a sentence that doesn't hold any more from the live display."""
        if sentence in self._notices:
            self._notices.remove(sentence)
            if self._live is not None:
                self._refresh()

    def ask(self, question: str, detail: str, answer: Callable[[bool], None]) -> None:
        """Ask before the session starts: G resumes, N starts a new one, Q quits and leaves it open."""
        self._answers = {"g": partial(answer, True), "n": partial(answer, False)}
        lines = [question, detail, _("g resume · n start a new session · q or Esc leave it for later")]
        if self._live is None:
            for line in lines:
                self._line(line)
        else:
            self._live.update(Padding(Group(*(_text(f"{line}\n", "bold") for line in lines)), (1, 2)), refresh=True)

    def show_safety(self, routine: Routine, start: Callable[[], None]) -> None:
        """Show how to stay safe before the session starts: Enter starts it, Q quits."""

        def go_on() -> None:
            self.return_to_screen()
            start()

        self._answers = dict.fromkeys("\r\n", go_on)
        self.leave_screen()  # where there is as much room as it takes
        for line in safety_lines(routine):
            self._line(line)

    def _on_answer(self, key: str) -> None:
        if key in self._answers:
            act = self._answers[key]
            self._answers = {}
            act()
        elif key in {"q", "escape"}:
            QCoreApplication.quit()

    def on_key(self, key: str) -> None:
        """Take a key, named as by `TerminalKeys`.

        Those without a command pause and resume, but not what is typed with Ctrl. While a question is open, they
        answer it.
        """
        key = key.lower()
        key = _BY_MARK.get((QLocale().language(), key), _BY_LETTER.get(key, key))
        session = self._session
        if self._answers:
            self._on_answer(key)
            return
        commands: dict[str, Callable[[], None]] = {
            "n": session.next,
            "b": session.back,
            "r": session.restart_side,
            "s": session.skip_exercise,
            "q": session.stop,
            "right": session.next,
            "page_down": session.next,
            "left": session.back,
            "page_up": session.back,
            "up": session.restart_side,
            "down": session.skip_exercise,
            "escape": session.decline if session.state is State.OFFERING else session.stop,
        }
        if key.isprintable() or key in _LINE_KEYS:
            commands.get(key, session.toggle)()

    def leave_screen(self) -> None:
        if self._live is not None:
            self._live.stop()

    def return_to_screen(self) -> None:
        if self._live is not None:
            self._live.start(refresh=True)

    def close(self) -> None:
        self.leave_screen()
        self._live = None

    # Facts

    def _on_phase(self, phase: Phase) -> None:
        if self._live is not None:
            self._refresh()
        elif phase.duration_ms:
            seconds = player_words.digits(phase.duration_ms)
            side = f" [{phrases.side_label(phase.side)}]" if phase.side else ""
            count = f"  ({repetition})" if (repetition := player_words.repetition(phase)) else ""
            self._line(f"{seconds:>4} s  {phrases.phase_label(phase.kind)}{side}  {phase.text}{count}")

    def _on_state(self, _state: State) -> None:
        if self._live is None and self._session.offer is not None:
            self._line(f"{player_words.instruction(self._session)} {self._keys()}")

    def _on_ended(self, outcome: Outcome) -> None:
        self.close()
        held = self._session.held
        if held is None:
            return
        words = _("The end.") if outcome is Outcome.FINISHED else _("Stopped.")
        holds = len(held.timeline.holds())
        counted = ngettext("{done} of {n} hold, {time} held.", "{done} of {n} holds, {time} held.", holds).format(
            done=held.holds_done, n=holds, time=player_words.held_summary(held)
        )
        repetitions = player_words.repetitions_done(held.repetitions_done, held.repetitions)
        parts = (words, counted if holds else "", repetitions)
        self._line(" ".join(filter(None, parts)))

    def _line(self, text: str) -> None:
        self._console.print(_text(text), soft_wrap=True)
        self._console.file.flush()

    def _refresh(self, _fact: object = None) -> None:
        if self._live is None or self._session.state not in ACTIVE_STATES:
            return
        face = player_words.face(self._session)
        left = duration(self._session.left_ms)
        shown = (
            self._session.phase,
            face.label,
            face.digits,
            face.count,
            left,
            round(face.filled, 2),
            self._console.size,
            tuple(self._notices),
        )
        if shown != self._shown:
            self._shown = shown
            self._live.update(self._picture(left), refresh=True)

    def _keys(self) -> str:
        if self._session.state is State.OFFERING:
            return _("space do it now · n or Esc finish · q stop")
        return _("space pause · n next · b back · r restart this side · s skip · q or Esc stop")

    def _picture(self, left: str) -> RenderableType:
        session, face = self._session, player_words.face(self._session)
        phase, timeline = session.phase, session.timeline
        if phase is None or timeline is None:
            return Text()
        exercise = timeline.routine.exercise(phase.exercise)
        width = min(self._console.width - 4, 76)
        colour = _HOLD if session.state is State.HOLD else _MOVEMENT
        number = f"{phase.ordinal + 1}/{len(timeline.exercises)}"
        still = session.state in player_words.HALTED_STATES
        time_left = _("{time} left").format(time=left)
        rows: list[RenderableType] = [
            _text(f"{exercise.title}  {number}  ·  {time_left}", style="dim"),
            ProgressBar(total=1, completed=session.position_ms / max(timeline.total_ms, 1), width=width),
            Text(),
            _text(player_words.leg(exercise, phase), style="bold dark_orange"),
            _text(player_words.instruction(session), style="bold"),
            Text(),
            Align.center(_text(face.label, style="bold reverse" if still else colour), width=width),
            Align.center(Text(big(face.digits), style=colour), width=width),
            Align.center(_text(face.count, style=colour), width=width),
            ProgressBar(total=1, completed=face.filled, width=width, complete_style=colour, finished_style=colour),
            Text(),
            _text(player_words.coming(session), style="dim"),
            Text(),
            _text(self._keys(), style="dim"),
            *(_text(sentence, style="yellow") for sentence in self._notices),
        ]
        return Padding(Group(*rows), (1, 2))
