"""The About page: which version this is, whose work it is made of, and under which licences."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, qVersion
from PySide6.QtWidgets import QComboBox

from stretchplayer.i18n import _
from stretchplayer.routine.attribution import Attribution
from stretchplayer.ui.pages.page import Page, ScrollingArea, page_title
from stretchplayer.ui.theme import palette as theme
from stretchplayer.ui.theme.scaling import at_least
from stretchplayer.ui.widgets.boxes import fill, hbox, vbox
from stretchplayer.ui.widgets.buttons import WideButton
from stretchplayer.ui.widgets.label import plain_label


class AboutPage(Page):
    """Lists the program and its components, with the full licence of the selected one."""

    def __init__(self, version: str, parts: Sequence[Attribution]) -> None:
        super().__init__()
        self._credits = parts
        texts = [plain_label(words, wrap=True, px=16) for words in self._paragraphs(version)]
        self.parts = at_least(QComboBox(), 280, 34)
        self.parts.setAccessibleName(_("Licence of"))
        for part in parts:
            self.parts.addItem(_("{name}: {licence}").format(name=part.name, licence=part.licence))
        self.parts.currentIndexChanged.connect(self._show_licence)
        self._where = plain_label("", wrap=True, role=theme.MUTED, px=14)
        self._where.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._licence = plain_label("", wrap=True, px=14)
        parts_row = (self.parts, Qt.AlignmentFlag.AlignLeft)
        body = vbox(*texts, parts_row, self._where, self._licence, 1, gap=10)
        body.setContentsMargins(0, 0, 12, 0)
        self._close = WideButton(_("Back to Settings"), self, clicked=self.closed, accent=True, px=18)
        title = page_title(_("About Stretch Player"), wrap=True)
        fill(self.column, title, (ScrollingArea(body, _("About")), 1), hbox(self._close, 1))
        self._show_licence(0)

    def _paragraphs(self, version: str) -> tuple[str, ...]:
        own = _("Version {version}, under the MIT licence. It is not a medical device.").format(version=version)
        qt = _(
            "It runs on Qt and PySide6 {version}, used unmodified under the GNU Lesser General Public License, version "
            "3. You may change and replace them: where the program came in one folder, their libraries are plain "
            "files below PySide6, and some of your own, built of the sources named below, can be put in their place."
        ).format(version=qVersion())
        fonts = _("Its font is Inter; letters that Inter lacks come from your system's fonts.")
        rest = _("These are its parts, each with its licence:")
        return own, qt, fonts, rest

    def _show_licence(self, place: int) -> None:
        if not 0 <= place < len(self._credits):
            return
        part = self._credits[place]
        source = _("Source: {address}").format(address=part.source) if part.source else ""
        self._where.setText("\n".join(filter(None, (part.home, source))))
        self._where.setVisible(bool(part.home or source))
        self._licence.setText(part.text)

    def focus_close(self) -> None:
        self._close.setFocus(Qt.FocusReason.OtherFocusReason)
