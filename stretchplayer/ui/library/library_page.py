"""The Library: all routines to choose from, to search, and to add to."""

from collections.abc import Callable, Container, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QHideEvent, QKeyEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QMenu, QSizePolicy, QStackedWidget, QWidget

from stretchplayer.figure.pose import Pose
from stretchplayer.i18n import _, ngettext
from stretchplayer.routine.library import Place, RoutineFile, folded, main_place
from stretchplayer.routine.routine import Goal, Routine
from stretchplayer.routine.timeline import Timeline
from stretchplayer.ui.library.cards import RoutineCards
from stretchplayer.ui.pages.page import Page, page_title
from stretchplayer.ui.text import library as words
from stretchplayer.ui.text import search
from stretchplayer.ui.text.durations import rounded_minutes
from stretchplayer.ui.theme import accessibility as accessible
from stretchplayer.ui.theme import palette as theme
from stretchplayer.ui.theme.scaling import adopt, at_least, refill
from stretchplayer.ui.widgets.boxes import fill, hbox, turn, vbox, width_of
from stretchplayer.ui.widgets.buttons import WideButton
from stretchplayer.ui.widgets.files import FileChooser
from stretchplayer.ui.widgets.label import plain_label
from stretchplayer.ui.widgets.question import ask_once, forget_questions

_MOST_MINUTES: Final = (5, 10, 15)
_ROOMY: Final = 400
"""From this height on, in design px, the page has a title."""
_SUFFIX: Final = ".toml"
_BAD_DAY: Final = "bad day"
"""In place of a goal."""


def _place_among(file: RoutineFile) -> tuple[bool, bool, str]:
    """Shipped ones first, then the person's own by title, and last what can't be used."""
    return file.routine is None, file.is_own, folded(file.file_name if file.routine is None else file.routine.title)


class _Search(QLineEdit):
    def __init__(self) -> None:
        super().__init__()
        self.setPlaceholderText(_("Search"))
        self.setAccessibleName(_("Search"))
        self.setClearButtonEnabled(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc clears it first."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)


class LibraryPage(Page):
    library_requested = Signal()
    """The page is shown, so its files may have changed."""
    routine_chosen = Signal(str)
    start_requested = Signal(str)
    slot_chosen = Signal(str, Routine)
    """ "mornings" or "evenings", and the routine for them."""
    files_given = Signal(list)
    """Paths of files to be added."""
    folder_requested = Signal()

    largest_scale = 2.4
    widest = 1500

    def __init__(self, poses: Mapping[str, Pose], *, reduced_motion: bool) -> None:
        super().__init__()
        self.setAcceptDrops(True)
        self.files = FileChooser()
        self._mornings = self._evenings = ""
        self._title = page_title(_("Library"))
        self.add = WideButton(_("Add a routine…"), self, clicked=self._ask_for_file, px=16)
        self.folder = WideButton(_("Open my folder"), self, clicked=self.folder_requested, px=16)
        self.search = _Search()
        minutes = ((_("Up to {count} min").format(count=most), most) for most in _MOST_MINUTES)
        self.minutes = self._choice(_("Length"), (_("Any length"), None), *minutes)
        self.place = self._choice(
            _("Place"),
            (_("Anywhere"), frozenset(Place)),
            (_("No floor"), frozenset({Place.CHAIR, Place.STANDING})),
            (_("On a chair"), frozenset({Place.CHAIR})),
            (_("Standing"), frozenset({Place.STANDING})),
            (_("On the floor"), frozenset({Place.FLOOR})),
        )
        goals = ((words.goal_label(goal), goal) for goal in Goal)
        self.goal = self._choice(_("Goal"), (_("Any goal"), None), (_("Bad day"), _BAD_DAY), *goals)
        self._choices = (self.minutes, self.place, self.goal)
        self.chips = [self._chip(self.goal, 1), *(self._chip(self.place, at) for at in range(1, self.place.count()))]
        """What is asked for most, at one click."""
        self.cards = RoutineCards(poses, reduced_motion=reduced_motion)
        self.nothing = plain_label("", wrap=True, role=theme.MUTED, px=18)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.all = WideButton(_("Show all"), self, clicked=self.show_all, px=16)
        self._connect()
        self._lay_out()

    def _choice(self, name: str, *choices: tuple[str, object]) -> QComboBox:
        combo = at_least(QComboBox(), 0, 32)
        combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        combo.setAccessibleName(name)
        for label, value in choices:
            combo.addItem(label, value)
        combo.currentIndexChanged.connect(self._sift)
        return combo

    def _chip(self, combo: QComboBox, choice: int) -> WideButton:
        """A button that makes one choice of a field, or takes it back."""
        chip = WideButton(combo.itemText(choice))
        chip.setCheckable(True)
        chip.clicked.connect(lambda on: combo.setCurrentIndex(choice if on else 0))
        combo.currentIndexChanged.connect(lambda chosen: chip.setChecked(chosen == choice))
        return chip

    def _connect(self) -> None:
        self.search.textChanged.connect(self._sift)
        self.search.returnPressed.connect(self.focus_cards)
        self.cards.chosen.connect(self._choose)
        self.cards.menu_requested.connect(self._open_menu)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self, self.search.setFocus)

    def _lay_out(self) -> None:
        self._head = hbox((self._title, 1), hbox(self.add, self.folder, 0, gap=8), gap=8)
        self._filters = hbox((self.search, 1), hbox(*self._choices, gap=8), gap=8)
        self._ways = vbox(gap=8)
        nothing = QWidget()
        vbox(1, self.nothing, self._ways, (self.all, Qt.AlignmentFlag.AlignHCenter), 1, on=nothing)
        self._stack = QStackedWidget()
        self._stack.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self._stack.addWidget(self.cards)
        self._stack.addWidget(nothing)
        fill(self.column, self._head, self._filters, hbox(*self.chips, 1, gap=8), (self._stack, 1))

    # Content

    def show_files(self, files: Sequence[RoutineFile], timeline_of: Callable[[Routine], Timeline]) -> None:
        """Show these; `timeline_of` says how a routine would be played."""
        self.cards.show_files(sorted(files, key=_place_among), timeline_of)
        self._sift()

    def show_choice(self, mornings: str, evenings: str, own_doses: Container[str] = ()) -> None:
        """Mark the routines with these ids, and those of which the person has an own dose."""
        self._mornings, self._evenings = mornings, evenings

        def marks_of(file: RoutineFile) -> Mapping[str, bool]:
            needs_care = not search.is_found(file, self.search.text())
            return words.marks(file, mornings=mornings, evenings=evenings, own_doses=own_doses, needs_care=needs_care)

        self.cards.show_marks(marks_of)

    def _sift(self) -> None:
        """Show what fits the search and the choices."""
        shown = self.cards.keep(self._fits)
        self._stack.setCurrentIndex(0 if shown else 1)
        if not shown:
            self._show_ways()
        if self.isVisible():
            accessible.announce(self.cards, ngettext("{count} routine", "{count} routines", shown).format(count=shown))

    def _fits(self, file: RoutineFile) -> bool:
        return self._would_fit(file, self.search.text(), [choice.currentIndex() for choice in self._choices])

    def _would_fit(self, file: RoutineFile, wanted: str, chosen: Sequence[int]) -> bool:
        """Whether a file fits what is searched for and this choice of each field."""
        if not search.is_found(file, wanted, in_caution=True):
            return False
        if file.routine is None:
            return not any(chosen)
        most, places, goal = (choice.itemData(index) for choice, index in zip(self._choices, chosen, strict=True))
        return (
            main_place(file.routine) in places
            # Qt gives back the value of an enum, not the enum.
            and (search.is_for_bad_day(file) if goal == _BAD_DAY else goal in {None, file.routine.effective_goal})
            and (most is None or rounded_minutes(self.cards.total_ms(file.routine)) <= most)
        )

    def _show_ways(self) -> None:
        """Where nothing fits, say so, and offer to do without one thing that is asked for, where that helps."""
        wanted, chosen = self.search.text(), [choice.currentIndex() for choice in self._choices]
        ways = [(_("Search for “{words}”").format(words=part), part, chosen) for part in search.parts(wanted)]
        if wanted and any(chosen):
            ways.append((_("Without “{words}”").format(words=wanted), "", chosen))
        for place, (choice, index) in enumerate(zip(self._choices, chosen, strict=True)):
            if index:
                fewer = [*chosen[:place], 0, *chosen[place + 1 :]]
                ways.append((_("Without “{words}”").format(words=choice.itemText(index)), wanted, fewer))
        buttons = []
        for label, text, choices in ways:
            found = [file for file in self.cards.files if self._would_fit(file, text, choices)]
            if found:
                button = WideButton(_("{way}: {found}").format(way=label, found=words.named_or_counted(found)))
                button.clicked.connect(partial(self._ask_for, text, choices))
                buttons.append(button)
        self.nothing.setText(_("No routine fits all of that.") if buttons else _("No routine fits."))
        refill(self._ways, buttons)
        for button in buttons:
            self._ways.setAlignment(button, Qt.AlignmentFlag.AlignHCenter)
        adopt(self)

    def _ask_for(self, wanted: str, chosen: Sequence[int]) -> None:
        self.search.setText(wanted)
        for choice, index in zip(self._choices, chosen, strict=True):
            choice.setCurrentIndex(index)
        self.focus_cards()

    def show_all(self) -> None:
        self.search.clear()
        for choice in self._choices:
            choice.setCurrentIndex(0)
        self.focus_cards()

    def focus_cards(self) -> None:
        self.cards.focus_first()

    # Commands

    def _choose(self, file: RoutineFile) -> None:
        if file.routine is None:
            self.folder_requested.emit()
        else:
            self.routine_chosen.emit(file.routine.id)

    def _open_menu(self, file: RoutineFile, place: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setFont(self.font())
        if file.routine is None:
            menu.addAction(_("Open my routines folder"), self.folder_requested.emit)
        else:
            menu.addAction(_("Start"), partial(self.start_requested.emit, file.routine.id))
            menu.addSeparator()
            for label, slot, chosen in (
                (_("My routine for mornings"), "mornings", self._mornings),
                (_("My routine for evenings"), "evenings", self._evenings),
            ):
                action = menu.addAction(label, partial(self.slot_chosen.emit, slot, file.routine))
                action.setCheckable(True)
                action.setChecked(file.routine.id == chosen)
        menu.popup(place)

    def _ask_for_file(self) -> None:
        title, kinds = _("Add a routine"), _("Routines (*.toml)")
        self.files.file_to_open(self, title, kinds, lambda path: self.files_given.emit([path]))

    def ask_to_replace(self, title: str, agreed: Callable[[], None]) -> None:
        """Ask whether a file may take the place of the person's routine with this title."""

        def on_answer(yes: bool) -> None:
            self.focus_cards()
            if yes:
                agreed()

        detail = _("You have a routine in a file of this name. It would be replaced by the one that you add.")
        words = _("Replace “{routine}”?").format(routine=title), detail
        ask_once(self, words, (_("Replace"), _("Keep mine")), on_answer, self._scale)

    # Layout

    def arrange(self, scale: float) -> None:
        """Put the buttons beside the title or, where there is little room, below it."""
        roomy = self.height() > _ROOMY * scale
        self._title.setVisible(roomy)
        has_chips = roomy and width_of(self._head, *self.chips) <= self.room
        self.place.setHidden(has_chips)
        for chip in self.chips:
            chip.setVisible(has_chips)
        turn(self._head, down=width_of(self._head, self._title, self.add, self.folder) > self.room)
        turn(self._filters, down=width_of(self._head, self.search, *self._choices) > self.room)
        self.cards.fit()

    # Qt

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.library_requested.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        """Leaving the page leaves everything as it is."""
        super().hideEvent(event)
        forget_questions(self)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._routines_in(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self.files_given.emit(self._routines_in(event))

    @staticmethod
    def _routines_in(event: QDropEvent) -> list[Path]:
        paths = (Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile())
        return [path for path in paths if path.suffix.lower() == _SUFFIX]
