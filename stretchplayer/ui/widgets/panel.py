"""A rounded panel for things that belong together."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from stretchplayer.ui.theme import palette as theme


class Panel(QWidget):
    """An `edged` panel is outlined: it asks for something to be done."""

    edged = False
    edge_role = theme.MOVEMENT
    radius = 14

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.palette().color(self.edge_role), 2) if self.edged else Qt.PenStyle.NoPen)
        painter.setBrush(self.palette().color(theme.PANEL))
        inside = 1 if self.edged else 0
        box = QRectF(self.rect()).adjusted(inside, inside, -inside, -inside)
        painter.drawRoundedRect(box, self.radius - inside, self.radius - inside)
