"""What the Library shows, and what comes of a choice there."""

import logging
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices

from stretchplayer.app.playback import Playback
from stretchplayer.errors import StorageError
from stretchplayer.i18n import _
from stretchplayer.routine.routine import Routine
from stretchplayer.storage.doses import own_doses
from stretchplayer.storage.routines.routine_folder import NewRoutine
from stretchplayer.ui.library.library_page import LibraryPage
from stretchplayer.ui.text.library import slot_taken
from stretchplayer.ui.window.main_view import MainView

log = logging.getLogger(__name__)


class LibraryController(QObject):
    def __init__(self, playback: Playback, view: MainView, page: LibraryPage, choose: Callable[[str], None]) -> None:
        """`choose` offers a routine on Today."""
        super().__init__(page)
        self._playback = playback
        self._choose = choose
        self._view = view
        self._page = page
        page.library_requested.connect(self.refresh)
        page.start_requested.connect(self.start)
        page.slot_chosen.connect(self._choose_slot)
        page.files_given.connect(self._add_all)
        page.folder_requested.connect(self._open_folder)

    def refresh(self) -> None:
        """Read what has changed."""
        self._page.show_files(self._playback.routines.files(), self._playback.dosed_timeline)
        self._show_choice()

    def _show_choice(self) -> None:
        settings = self._playback.settings
        self._page.show_choice(settings.mornings, settings.evenings, own_doses(self._playback.options.data_dir))

    def _choose_slot(self, slot: str, routine: Routine) -> None:
        """Take the routine for mornings or evenings, and offer the one before as the way back."""
        before = getattr(self._playback.settings, slot)
        if routine.id != before:
            self._take_for(slot, routine.id)
            undo = partial(self._take_for, slot, before)
            self._view.notice.offer_undo(slot_taken(slot, routine.title), undo)

    def _take_for(self, slot: str, routine_id: str) -> None:
        self._view.change_settings(**{slot: routine_id})
        self._show_choice()

    def start(self, routine: str) -> None:
        """Play this routine now."""
        try:
            self._choose(routine)
        except StorageError as error:
            self._view.notice.tell_of_action(str(error))
            return
        self._view.request_start()

    def _open_folder(self) -> None:
        folder = self._playback.routines.own_dir
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            log.info("%s", error)
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))):
            self._view.notice.tell_of_action(_("Your routines are in {folder}.").format(folder=folder))

    # Adding files

    def _add_all(self, paths: list[Path]) -> None:
        for path in paths:
            self._add(path)

    def _add(self, path: Path) -> None:
        """Copy a file, unless it can't be used, or the person wants to keep what has its name."""
        try:
            new = self._playback.routines.look_at(path)
        except StorageError as error:
            self._view.notice.tell_of_action(str(error))
            return
        if new.is_known:
            known = _("“{routine}” is in your Library already.")
            self._view.notice.tell_of_action(known.format(routine=new.routine.title))
            self._page.cards.go_to(new.routine.id)
        elif new.replaces:
            self._page.ask_to_replace(new.routine.title, partial(self._take, new))
        else:
            self._take(new)

    def _take(self, new: NewRoutine) -> None:
        if self._write(new.files):
            done = _("“{routine}” was replaced.") if new.replaces else _("“{routine}” was added.")
            self._view.notice.offer_undo(done.format(routine=new.routine.title), partial(self._restore, new))
            self._page.cards.go_to(new.routine.id)

    def _restore(self, new: NewRoutine) -> None:
        self._write(new.before)

    def _write(self, files: Mapping[Path, bytes | None]) -> bool:
        try:
            self._playback.routines.write(files)
        except StorageError as error:
            self._view.notice.tell_of_action(str(error))
            return False
        self.refresh()
        return True
