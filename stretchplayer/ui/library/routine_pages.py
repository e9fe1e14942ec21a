"""The pages of a routine and of its exercises, and what a person changes on them."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from functools import cached_property, partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from stretchplayer.errors import DomainError, StorageError
from stretchplayer.figure.pose import Pose
from stretchplayer.i18n import _
from stretchplayer.routine.dose import OwnDoses
from stretchplayer.routine.routine import DEFAULT_ROUTINE, Routine
from stretchplayer.settings import Settings
from stretchplayer.ui.charts.paper import offer_pdf, page_layout
from stretchplayer.ui.library.exercise_page import ExercisePage
from stretchplayer.ui.library.personal_routine import AS_WRITTEN, PersonalRoutine, PersonalRoutines
from stretchplayer.ui.library.routine_page import RoutinePage
from stretchplayer.ui.library.routine_sheet import RoutinePrint, on_paper
from stretchplayer.ui.text.library import slot_taken
from stretchplayer.ui.theme.reduced_motion import reduces_motion
from stretchplayer.ui.widgets.files import FileChooser

Leave = Callable[[], None]


class RoutinePages(QObject):
    """Shows one routine at a time; `show` puts a page into the window."""

    start_requested = Signal(str, int)
    """A routine's id, and the exercise to start with, as its timeline counts them from 0."""
    only_requested = Signal(Routine)
    """The routine with nothing but the one exercise to play."""
    slot_chosen = Signal(str, str)
    """ "mornings" or "evenings", and the id of the routine for them."""
    doses_changed = Signal(str)
    """The person's doses of that routine are others now."""
    told = Signal(str)
    undo_offered = Signal(str, object)

    def __init__(
        self,
        window: QWidget,
        poses: Mapping[str, Pose],
        routines: PersonalRoutines,
        settings: Callable[[], Settings],
        show: Callable[[QWidget], None],
    ) -> None:
        super().__init__(window)
        self._window = window
        self.files = FileChooser()
        self._poses = poses
        self._routines = routines
        self._settings = settings
        self._show = show
        self._personal: PersonalRoutine
        """What is shown; there is none before the first page is opened."""
        self._exercise: ExercisePage | None = None
        """The page that is open."""
        self._leave: Leave = lambda: None

    @cached_property
    def page(self) -> RoutinePage:
        page = RoutinePage(self._poses)
        page.closed.connect(self._go_back)
        page.start_requested.connect(lambda: self.start_requested.emit(self._personal.routine.id, 0))
        page.exercise_requested.connect(self._open_from_page)
        page.moved.connect(lambda exercise, place: self._keep(self._personal.moved(exercise, place)))
        page.mornings_chosen.connect(partial(self._choose_slot, "mornings"))
        page.evenings_chosen.connect(partial(self._choose_slot, "evenings"))
        page.reset_requested.connect(self._reset_all)
        page.print_requested.connect(self._print)
        page.save_requested.connect(self._save)
        return page

    def _go_back(self) -> None:
        self._leave()

    def open(self, routine_id: str, leave: Leave) -> None:
        """Show the page of a routine; `leave` goes back to where it was opened."""
        if self._find(routine_id):
            self._leave = leave
            self.forget_exercise()
            self.refresh()
            self._show(self.page)
            self.page.focus_start()

    def open_exercise(self, routine_id: str, exercise_id: str, leave: Leave) -> None:
        """Show the page of an exercise, which is named by its own id or by that of its variant."""
        if self._find(routine_id):
            self._open_exercise(exercise_id, leave)

    def _find(self, routine_id: str) -> bool:
        try:
            self._personal = self._routines.find(routine_id)
        except StorageError as error:
            self.told.emit(str(error))
            return False
        return True

    def _open_from_page(self, exercise_id: str) -> None:
        def leave() -> None:
            self._show(self.page)
            self.page.focus_exercise(exercise_id)

        self._open_exercise(exercise_id, leave)

    def _open_exercise(self, exercise_id: str, leave: Leave) -> None:
        exercise = self._personal.find(exercise_id).exercise
        name, reduced = exercise.id, reduces_motion(self._settings().motion)
        page = ExercisePage(self._personal, exercise, self._routines.timeline_of, self._poses, reduced_motion=reduced)
        page.closed.connect(leave)
        page.start_requested.connect(partial(self._start_here, name))
        page.only_requested.connect(lambda: self.only_requested.emit(self._personal.only(name)))
        page.dose_changed.connect(lambda dose: self._keep(self._personal.with_dose(name, dose)))
        page.reset_requested.connect(partial(self._reset, name))
        self.forget_exercise()
        self._exercise = page
        self._show(page)
        page.focus_start()

    def forget_exercise(self) -> None:
        if self._exercise is not None:
            self._exercise.deleteLater()
            self._exercise = None

    # What the pages show

    def refresh(self) -> None:
        """Show the routine as it would be played now, on the pages that are there."""
        if self._exercise is not None:
            self._exercise.show_dose(self._personal)
        self.page.show_routine(self._personal, self._routines.timeline_of, self._settings())

    # What the person does

    def _start_here(self, exercise_id: str) -> None:
        personal = self._personal
        played = personal.find(exercise_id).played.id
        phases = self._routines.timeline_of(personal.dosed).phases
        ordinal = next(phase.ordinal for phase in phases if phase.exercise == played)
        self.start_requested.emit(personal.routine.id, ordinal)

    def _reset(self, exercise_id: str) -> None:
        title = self._personal.routine.exercise(exercise_id).title
        done = _("{exercise} is as the routine says again.").format(exercise=title)
        self._replace(self._personal.with_dose(exercise_id, AS_WRITTEN), done)

    def _reset_all(self) -> None:
        title = self._personal.routine.title
        self._replace(OwnDoses(), _("{routine} is as it was written again.").format(routine=title))

    def _replace(self, own: OwnDoses, done: str) -> None:
        """Keep these doses, and offer those before as the way back."""
        before = self._personal
        if self._keep(own):
            self.undo_offered.emit(done, lambda: self._find(before.routine.id) and self._keep(before.own))

    def _keep(self, own: OwnDoses) -> bool:
        routine, kept = self._personal.routine, False
        try:
            replace(self._personal, own=own).check()
            self._routines.keep(routine.id, own)
        except DomainError as error:
            self.told.emit(_("That is too much: {why}.").format(why=error))
        except StorageError as error:
            self.told.emit(str(error))
        else:
            self._personal = replace(self._personal, own=own)
            self.doses_changed.emit(routine.id)
            kept = True
        self.refresh()
        return kept

    # On paper

    def _sheet(self) -> RoutinePrint:
        return RoutinePrint(
            content=on_paper(self._personal, self._poses, self._routines.timeline_of),
            poses=self._poses,
            locale=self.page.locale(),
            font=self.page.font(),
            made=datetime.now().astimezone().date(),
        )

    def _save(self) -> None:
        name = f"{self._personal.routine.id}.pdf"
        offer_pdf(self.files, self._window, name, lambda: self._sheet().as_pdf(), self.told.emit)

    def _print(self) -> None:
        printer = self.files.printer(self._window, page_layout(self.page.locale()))
        if printer is not None:
            self._sheet().draw_on(printer, printer.resolution())

    def _choose_slot(self, slot: str, chosen: bool) -> None:
        """Take the routine for that part of the day or, in place of one taken before, the one that comes first."""
        before, routine = getattr(self._settings(), slot), self._personal.routine
        self.slot_chosen.emit(slot, routine.id if chosen else DEFAULT_ROUTINE)
        self.refresh()
        if chosen:
            self.undo_offered.emit(slot_taken(slot, routine.title), partial(self._take_slot_back, slot, before))

    def _take_slot_back(self, slot: str, before: str) -> None:
        self.slot_chosen.emit(slot, before)
        self.refresh()
