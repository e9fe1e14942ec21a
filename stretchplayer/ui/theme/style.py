"""The style of fields and buttons: Fusion, but flat, easy to hit, and sized by the font."""

from math import ceil
from pathlib import Path
from typing import Final, TypeGuard

from PySide6.QtCore import QEvent, QObject, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFont,
    QFontDatabase,
    QFontMetricsF,
    QGuiApplication,
    QKeyEvent,
    QPainter,
    QPalette,
    QPen,
)
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDateTimeEdit,
    QLineEdit,
    QProxyStyle,
    QStyle,
    QStyleHintReturn,
    QStyleOption,
    QStyleOptionButton,
    QStyleOptionComboBox,
    QStyleOptionComplex,
    QStyleOptionSlider,
    QStyleOptionSpinBox,
    QStyleOptionViewItem,
    QWidget,
)

from stretchplayer.settings import Appearance
from stretchplayer.ui.theme import palette as theme
from stretchplayer.ui.theme.contrast import contrast_colours, has_contrast_theme

FONT_FAMILY: Final = "Inter"
SMALLEST: Final = 28
"""The least width and height of what is hit, px."""
BESIDE_SWITCH: Final = 2.5
"""Room for the switch and before its words, in ems."""
_BEFORE: Final = 0.6
"""Room before the words of a field, in ems."""
_SCROLL_BAR: Final = 14
_FOCUS_EDGE: Final = 4
"""Room for the focus around the knob of a slider, px."""
_FEWEST_LETTERS: Final = 8
"""A choice is at least wide enough for so many; longer words may be cut off, the list that opens shows them whole."""

State = QStyle.StateFlag
Control = QStyle.ComplexControl
Part = QStyle.SubControl


def draw_arrow(painter: QPainter, middle: QPointF, em: float, ink: QColor, *, up: bool = False) -> None:
    """Draw a chevron for text of height `em`."""
    painter.setPen(QPen(ink, max(1.5, em * 0.1), c=Qt.PenCapStyle.RoundCap, j=Qt.PenJoinStyle.RoundJoin))
    arm = 0.26 * em
    tip = QPointF(0, -arm / 2 if up else arm / 2)
    painter.drawPolyline([middle - tip - QPointF(arm, 0), middle + tip, middle - tip + QPointF(arm, 0)])


def draw_rounded(painter: QPainter, box: QRectF, surface: QColor, radius: float, focus: QColor | None = None) -> None:
    """Draw a rounded rectangle and, in `focus` colour, an outline with a gap between."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(surface)
    if focus is None:
        painter.drawRoundedRect(box, radius, radius)
        return
    painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), radius - 1, radius - 1)
    draw_focus(painter, box.adjusted(-1.5, -1.5, 1.5, 1.5), focus, radius + 1.5)


def draw_focus(painter: QPainter, box: QRectF, colour: QColor, radius: float) -> None:
    """Draw the outline of what has the focus."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour, 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box, radius, radius)


def button_colours(option: QStyleOption, *, accent: bool) -> tuple[QColor, QColor]:
    """Background and text colour of a button in its current state."""
    colour = option.palette.color
    if not option.state & State.State_Enabled:
        return colour(theme.RAISED), colour(QPalette.ColorGroup.Disabled, theme.INK)
    if option.state & State.State_On:
        surface, ink = theme.INK, theme.GROUND
    else:
        surface, ink = (theme.ACCENT, theme.ON_ACCENT) if accent else (theme.RAISED, theme.INK)
    shade = colour(surface)
    if option.state & State.State_Sunken:
        shade = shade.darker(115)
    elif option.state & State.State_MouseOver:
        shade = shade.lighter(112)
    return shade, colour(ink)


def shows_focus(widget: QWidget) -> bool:
    """Whether the widget has the focus and got it by a key. Qt tracks that per window."""
    return widget.hasFocus() and widget.window().testAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange)


def draw_area_focus(area: QAbstractScrollArea, event: QEvent) -> None:
    """Draw the focus around what scrolls, where Qt draws none; after the area's own treatment of any event."""
    if event.type() == QEvent.Type.Paint and shows_focus(area):
        draw_focus(QPainter(area), QRectF(area.rect()).adjusted(1, 1, -1, -1), area.palette().color(theme.INK), 8)
    elif event.type() in {QEvent.Type.FocusIn, QEvent.Type.FocusOut}:
        area.update()


def focus_colour(option: QStyleOption) -> QColor | None:
    """The colour of the focus outline; None without focus, or when that came by a click."""
    both = State.State_HasFocus | State.State_KeyboardFocusChange
    return option.palette.color(theme.INK) if option.state & both == both else None


def _bold(font: QFont) -> QFont:
    bold = QFont(font)
    bold.setWeight(QFont.Weight.DemiBold)
    return bold


def _em(option: QStyleOption) -> float:
    return option.fontMetrics.height()


def _is_alone(line: QWidget | None) -> bool:
    """Whether a line edit isn't part of a spin or combo box."""
    return line is None or not isinstance(line.parent(), (QAbstractSpinBox, QComboBox))


def _field_box(option: QStyleOption) -> QRectF:
    """A field's box without the room for its focus outline."""
    return QRectF(option.rect).adjusted(3, 2, -3, -2)


def _mirrored(option: QStyleOption, box: QRectF) -> QRectF:
    """The box, mirrored for right-to-left languages."""
    if option.direction == Qt.LayoutDirection.LeftToRight:
        return box
    area = QRectF(option.rect)
    return box.translated(area.left() + area.right() - box.left() - box.right(), 0)


def _draw_field(painter: QPainter, option: QStyleOption) -> None:
    box = _field_box(option)
    surface = option.palette.color(theme.RAISED)
    pointed_at = option.state & State.State_MouseOver and option.state & State.State_Enabled
    radius = min(box.height() * 0.26, 14.0)
    draw_rounded(painter, box, surface.lighter(112) if pointed_at else surface, radius, focus_colour(option))


def _is_choice(option: QStyleOption, widget: QWidget | None) -> TypeGuard[QStyleOptionViewItem]:
    """Whether it is one of the choices in the list of a field that is open."""
    is_item = isinstance(option, QStyleOptionViewItem)
    return is_item and widget is not None and widget.window().windowType() is Qt.WindowType.Popup


def _arrow_width(option: QStyleOption) -> int:
    return max(SMALLEST, round(1.25 * _em(option)))


class Style(QProxyStyle):
    """Fusion with our own switches, sliders, fields, buttons and scroll bars.

    Fields leave the wheel to the page, so that scrolling never changes a value, and Enter presses every button.
    """

    def __init__(self) -> None:
        super().__init__("Fusion")
        self._by_key = False
        """Whether the person last pressed a key, rather than a button of the mouse."""

    # Painting

    def _draw_switch(self, painter: QPainter, option: QStyleOptionButton) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = option.palette.color
        em = max(_em(option), 16.0)
        height, on = em * 1.05, bool(option.state & State.State_On)
        area = QRectF(option.rect)
        track = QRectF(area.left() + 3, area.top() + (area.height() - height) / 2, height * 1.8, height)
        words = area.adjusted(3 + track.width() + em * 0.6, 0, 0, 0)
        track, words = _mirrored(option, track), _mirrored(option, words)
        painter.setPen(Qt.PenStyle.NoPen if on else QPen(colour(theme.MUTED), 1.5))
        painter.setBrush(colour(theme.DONE) if on else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(track, height / 2, height / 2)
        knob = QRectF(0, 0, height * 0.66, height * 0.66)
        knob.moveCenter(track.center())
        at_right = on == (option.direction == Qt.LayoutDirection.LeftToRight)
        knob.moveLeft(track.right() - height * 0.83 if at_right else track.left() + height * 0.17)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(theme.GROUND) if on else colour(theme.MUTED))
        painter.drawEllipse(knob)
        if focus := focus_colour(option):
            draw_focus(painter, track.adjusted(-2, -2, 2, 2), focus, height / 2 + 2)
        painter.setPen(colour(theme.INK))
        painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap), option.text)

    def _draw_button(self, painter: QPainter, option: QStyleOptionButton, widget: QWidget | None) -> None:
        accent = widget is not None and bool(widget.property("accent"))
        surface, ink = button_colours(option, accent=accent)
        box = QRectF(option.rect).adjusted(3, 3, -3, -3)
        radius = min(option.rect.height() * 0.24, 18)
        draw_rounded(painter, box, surface, radius, focus_colour(option))
        if widget is not None and widget.property("danger"):
            ink = option.palette.color(theme.DANGER)
            painter.setPen(QPen(ink, 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(1.5, 1.5, -1.5, -1.5), radius - 1.5, radius - 1.5)
        painter.setFont(_bold(painter.font()))
        painter.setPen(ink)
        painter.drawText(option.rect, int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextShowMnemonic), option.text)

    def _draw_choice_words(self, painter: QPainter, option: QStyleOptionComboBox) -> None:
        em = _em(option)
        words = _mirrored(option, _field_box(option).adjusted(0.7 * em, 0, -1.7 * em, 0))
        painter.setPen(option.palette.color(theme.INK if option.state & State.State_Enabled else theme.MUTED))
        shown = option.fontMetrics.elidedText(option.currentText, Qt.TextElideMode.ElideRight, int(words.width()))
        painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter), shown)

    def _draw_choice(self, painter: QPainter, option: QStyleOptionComplex) -> None:
        _draw_field(painter, option)
        box, em = _field_box(option), _em(option)
        ink = option.palette.color(theme.INK if option.state & State.State_Enabled else theme.MUTED)
        place = QRectF(box.right() - 1.5 * em, box.top(), em, box.height())
        draw_arrow(painter, _mirrored(option, place).center(), em, ink)

    def _draw_listed_choice(self, painter: QPainter, option: QStyleOptionViewItem, widget: QWidget | None) -> None:
        """One of the choices that are listed, on a plate if it is pointed at or chosen by keys."""
        plain = QStyleOptionViewItem(option)
        plain.rect = option.rect.adjusted(round(_BEFORE * _em(option)), 0, 0, 0)
        if option.state & State.State_Selected:
            draw_rounded(painter, QRectF(option.rect).adjusted(4, 1, -4, -1), option.palette.color(theme.RAISED), 8)
            plain.state &= ~(State.State_Selected | State.State_HasFocus | State.State_MouseOver)
        super().drawControl(QStyle.ControlElement.CE_ItemViewItem, plain, painter, widget)

    def _draw_spin_box(self, painter: QPainter, option: QStyleOptionSpinBox, widget: QWidget | None) -> None:
        _draw_field(painter, option)
        enabled = bool(option.state & State.State_Enabled)
        ways = QAbstractSpinBox.StepEnabledFlag
        for part, way in ((Part.SC_SpinBoxDown, ways.StepDownEnabled), (Part.SC_SpinBoxUp, ways.StepUpEnabled)):
            box = QRectF(self.subControlRect(Control.CC_SpinBox, option, part, widget))
            can = enabled and bool(option.stepEnabled & way)
            if can and option.activeSubControls & part:
                under = option.palette.color(theme.TRACK)
                pressed = option.state & State.State_Sunken
                draw_rounded(painter, box.adjusted(2, 3, -2, -3), under.lighter(130) if pressed else under, 6)
            ink = option.palette.color(theme.INK if can else theme.MUTED)
            if not can:
                ink.setAlphaF(0.45)
            draw_arrow(painter, box.center(), _em(option), ink, up=part == Part.SC_SpinBoxUp)

    def _draw_slider(self, painter: QPainter, option: QStyleOptionSlider, widget: QWidget | None) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour, enabled = option.palette.color, bool(option.state & State.State_Enabled)
        knob = QRectF(self.subControlRect(Control.CC_Slider, option, Part.SC_SliderHandle, widget))
        radius, at = knob.width() / 2, knob.center()
        inset = radius + _FOCUS_EDGE
        left, right = QPointF(option.rect.left() + inset, at.y()), QPointF(option.rect.right() - inset, at.y())
        first, last = (right, left) if option.upsideDown else (left, right)
        for start, end, role, width in (
            (at, last, theme.MUTED, 2.0),
            (first, at, theme.DONE, max(4.0, radius * 0.55)),
        ):
            painter.setPen(QPen(colour(role if enabled else theme.TRACK), width, c=Qt.PenCapStyle.RoundCap))
            painter.drawLine(start, end)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(theme.DONE if enabled else theme.MUTED))
        painter.drawEllipse(at, radius, radius)
        if focus := focus_colour(option):
            draw_focus(painter, knob.adjusted(-2.5, -2.5, 2.5, 2.5), focus, radius + 2.5)

    def _draw_scroll_bar(self, painter: QPainter, option: QStyleOptionSlider, widget: QWidget | None) -> None:
        if option.minimum == option.maximum:
            return
        handle = QRectF(self.subControlRect(Control.CC_ScrollBar, option, Part.SC_ScrollBarSlider, widget))
        upright = option.orientation == Qt.Orientation.Vertical
        handle.adjust(*((4, 0, -2, 0) if upright else (0, 4, 0, -2)))
        colour = option.palette.color(theme.MUTED)
        colour.setAlphaF(0.9 if option.state & (State.State_MouseOver | State.State_Sunken) else 0.6)
        draw_rounded(painter, handle, colour, min(handle.width(), handle.height()) / 2)

    # Qt

    def drawControl(
        self, element: QStyle.ControlElement, option: QStyleOption, painter: QPainter, widget: QWidget | None = None
    ) -> None:
        if element == QStyle.ControlElement.CE_CheckBox and isinstance(option, QStyleOptionButton):
            self._draw_switch(painter, option)
        elif element == QStyle.ControlElement.CE_PushButton and isinstance(option, QStyleOptionButton):
            self._draw_button(painter, option, widget)
        elif element == QStyle.ControlElement.CE_ComboBoxLabel and isinstance(option, QStyleOptionComboBox):
            self._draw_choice_words(painter, option)
        elif element == QStyle.ControlElement.CE_ItemViewItem and _is_choice(option, widget):
            self._draw_listed_choice(painter, option, widget)
        else:
            super().drawControl(element, option, painter, widget)

    def drawComplexControl(
        self, control: Control, option: QStyleOptionComplex, painter: QPainter, widget: QWidget | None = None
    ) -> None:
        if control == Control.CC_ComboBox:
            self._draw_choice(painter, option)
        elif control == Control.CC_SpinBox and isinstance(option, QStyleOptionSpinBox):
            self._draw_spin_box(painter, option, widget)
        elif control == Control.CC_Slider and isinstance(option, QStyleOptionSlider):
            self._draw_slider(painter, option, widget)
        elif control == Control.CC_ScrollBar and isinstance(option, QStyleOptionSlider):
            self._draw_scroll_bar(painter, option, widget)
        else:
            super().drawComplexControl(control, option, painter, widget)

    def drawPrimitive(
        self, element: QStyle.PrimitiveElement, option: QStyleOption, painter: QPainter, widget: QWidget | None = None
    ) -> None:
        """Draw the frame of a line edit, unless it is part of another field."""
        if element != QStyle.PrimitiveElement.PE_PanelLineEdit:
            super().drawPrimitive(element, option, painter, widget)
        elif _is_alone(widget):
            _draw_field(painter, option)

    def subControlRect(
        self, control: Control, option: QStyleOptionComplex, part: Part, widget: QWidget | None = None
    ) -> QRect:
        if control == Control.CC_SpinBox and part != Part.SC_SpinBoxFrame:
            return self.visualRect(option.direction, option.rect, self._part_of_spin_box(option, part))
        if control == Control.CC_ComboBox and part in {Part.SC_ComboBoxArrow, Part.SC_ComboBoxEditField}:
            box, width = _field_box(option).toRect(), _arrow_width(option)
            if part == Part.SC_ComboBoxArrow:
                place = QRect(box.right() + 1 - width, box.top(), width, box.height())
            else:
                place = box.adjusted(round(_BEFORE * _em(option)), 0, -width, 0)
            return self.visualRect(option.direction, option.rect, place)
        if control == Control.CC_Slider and isinstance(option, QStyleOptionSlider):
            return self._part_of_slider(option, part)
        return super().subControlRect(control, option, part, widget)  # type: ignore[arg-type]  # it may be None

    @staticmethod
    def _part_of_spin_box(option: QStyleOption, part: Part) -> QRect:
        """The arrows are side by side at the end, up last."""
        box, width = _field_box(option).toRect(), _arrow_width(option)
        if part == Part.SC_SpinBoxEditField:
            return box.adjusted(round(_BEFORE * _em(option)), 0, -2 * width - 3, 0)
        place = 1 if part == Part.SC_SpinBoxUp else 2
        return QRect(box.right() + 1 - place * width, box.top(), width, box.height())

    def _part_of_slider(self, option: QStyleOptionSlider, part: Part) -> QRect:
        groove = option.rect.adjusted(_FOCUS_EDGE, 0, -_FOCUS_EDGE, 0)
        if part != Part.SC_SliderHandle:
            return groove
        radius = round(min(max(_em(option) * 0.45, 8.0), option.rect.height() / 2 - _FOCUS_EDGE))
        across = 2 * radius + 1  # odd, so that there is a centre px
        room = groove.width() - across
        at = self.sliderPositionFromValue(
            option.minimum, option.maximum, option.sliderPosition, room, option.upsideDown
        )
        return QRect(groove.left() + at, groove.center().y() - radius, across, across)

    def subElementRect(self, element: QStyle.SubElement, option: QStyleOption, widget: QWidget | None = None) -> QRect:
        """A switch can be clicked on its label too, and line edits have inner margins."""
        if element == QStyle.SubElement.SE_CheckBoxClickRect:
            return option.rect
        inner = super().subElementRect(element, option, widget)  # type: ignore[arg-type]  # it may be None
        if element == QStyle.SubElement.SE_LineEditContents and _is_alone(widget):
            margin = round(0.5 * _em(option))
            return inner.adjusted(margin, 0, -margin, 0)
        return inner

    def sizeFromContents(
        self, kind: QStyle.ContentsType, option: QStyleOption, contents: QSize, widget: QWidget | None = None
    ) -> QSize:
        words, em = contents.width(), _em(option)
        across: float
        if kind == QStyle.ContentsType.CT_CheckBox and isinstance(option, QStyleOptionButton):
            em = max(em, 16.0)
            words = option.fontMetrics.horizontalAdvance(option.text)
            across, high = BESIDE_SWITCH * em + 6 + words, max(em * 1.5, 26)
        elif kind == QStyle.ContentsType.CT_PushButton and isinstance(option, QStyleOptionButton):
            metrics = option.fontMetrics if widget is None else QFontMetricsF(_bold(widget.font()))
            across, high = metrics.horizontalAdvance(option.text) + em * 2.2, em * 2.1 + 6
        elif kind == QStyle.ContentsType.CT_ComboBox:
            across, high = words + 3.2 * em, max(1.9 * em, SMALLEST)
        elif kind == QStyle.ContentsType.CT_SpinBox:
            arrows = 1 if isinstance(widget, QDateTimeEdit) and widget.calendarPopup() else 2
            across = words + 2 * _BEFORE * em + 8 + arrows * _arrow_width(option)
            high = max(1.9 * em, SMALLEST + 4)
        elif kind == QStyle.ContentsType.CT_LineEdit and _is_alone(widget):
            across, high = words, max(1.9 * em, SMALLEST)
        elif kind == QStyle.ContentsType.CT_ItemViewItem and _is_choice(option, widget):
            usual = super().sizeFromContents(kind, option, contents, widget)  # type: ignore[arg-type]  # it may be None
            across, high = usual.width() + em, max(1.9 * em, SMALLEST)
        elif kind == QStyle.ContentsType.CT_Slider:
            across, high = 160, max(SMALLEST, 1.3 * em)
        else:
            return super().sizeFromContents(kind, option, contents, widget)  # type: ignore[arg-type]  # it may be None
        return QSize(ceil(across), round(high))

    def pixelMetric(
        self, metric: QStyle.PixelMetric, option: QStyleOption | None = None, widget: QWidget | None = None
    ) -> int:
        return (
            _SCROLL_BAR
            if metric == QStyle.PixelMetric.PM_ScrollBarExtent
            else super().pixelMetric(metric, option, widget)
        )

    def styleHint(
        self,
        hint: QStyle.StyleHint,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
        returned: QStyleHintReturn | None = None,
    ) -> int:
        """A slider jumps to where it is clicked, and the choices of a field open below it."""
        if hint == QStyle.StyleHint.SH_Slider_AbsoluteSetButtons:
            return Qt.MouseButton.LeftButton.value
        if hint == QStyle.StyleHint.SH_ComboBox_Popup:
            return 0
        return super().styleHint(hint, option, widget, returned)

    def polish(self, thing: object) -> object:  # type: ignore[override]  # three functions of one name in Qt
        """Enable hover, and filter events."""
        if isinstance(thing, QWidget) and thing.focusPolicy() is not Qt.FocusPolicy.NoFocus:
            thing.installEventFilter(self)
        if isinstance(thing, (QAbstractButton, QAbstractSlider, QAbstractSpinBox, QComboBox, QLineEdit)):
            thing.setAttribute(Qt.WidgetAttribute.WA_Hover)
            if isinstance(thing, (QAbstractButton, QComboBox)):
                thing.setCursor(Qt.CursorShape.PointingHandCursor)
            if isinstance(thing, QComboBox) and not thing.minimumContentsLength():
                thing.setMinimumContentsLength(_FEWEST_LETTERS)
        return super().polish(thing)  # type: ignore[call-overload]  # whichever it is

    def _follow_focus(self, widget: QWidget, event: QEvent) -> None:
        """Show the focus after keys, not after clicks. Qt does so, except where the program moves the focus."""
        if event.type() in {QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress}:
            self._by_key = event.type() == QEvent.Type.KeyPress
        elif not (isinstance(event, QFocusEvent) and event.reason() is Qt.FocusReason.OtherFocusReason):
            return
        widget.window().setAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange, self._by_key)
        widget.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leave the wheel to the page, let Enter press a button, without repeating, and show what has the focus."""
        if event.type() == QEvent.Type.Wheel and isinstance(watched, (QAbstractSlider, QAbstractSpinBox, QComboBox)):
            event.ignore()
            return True
        if isinstance(watched, QWidget):
            self._follow_focus(watched, event)
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(watched, QAbstractButton)
            and isinstance(event, QKeyEvent)
            and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        ):
            if not event.isAutoRepeat():
                watched.click()
            return True
        return super().eventFilter(watched, event)


def interface_font(fonts: Path, system: QFont) -> QFont:
    """The interface's font, from the files in `fonts`, and for what that lacks, and at its size, the system's."""
    for file in fonts.glob("*.ttf"):
        QFontDatabase.addApplicationFont(str(file))
    font = QFont(system)
    font.setFamilies([FONT_FAMILY, *system.families()])
    return font


class Theme:
    """Applies fonts and style, and keeps the palette in step with the system or the person's choice."""

    def __init__(self, app: QApplication, appearance: Appearance, fonts: Path) -> None:
        """`fonts` is the folder of the interface's font; what that lacks comes from the system's, as does its size."""
        self._app = app
        self._appearance = appearance
        self._hints = QGuiApplication.styleHints()
        if not isinstance(app.style(), Style):
            app.setStyle(Style())
        if FONT_FAMILY not in app.font().families():
            app.setFont(interface_font(fonts, app.font()))
        self.choose(appearance)
        self._hints.colorSchemeChanged.connect(self._apply)
        self._hints.accessibility().contrastPreferenceChanged.connect(self._apply)

    def choose(self, appearance: Appearance) -> None:
        """Follow the system, or stay light or dark; window frames follow where the system supports it."""
        self._appearance = appearance
        if appearance is Appearance.SYSTEM:
            self._hints.unsetColorScheme()
        else:
            dark = appearance is Appearance.DARK
            self._hints.setColorScheme(Qt.ColorScheme.Dark if dark else Qt.ColorScheme.Light)
        self._apply()

    def _is_dark(self) -> bool:
        if self._appearance is Appearance.SYSTEM:
            return self._hints.colorScheme() is not Qt.ColorScheme.Light
        return self._appearance is Appearance.DARK

    def _apply(self) -> None:
        if has_contrast_theme():
            self._app.setPalette(QPalette())  # so that it is the system's
            colours = contrast_colours(self._app.palette())
        else:
            colours = theme.DARK if self._is_dark() else theme.LIGHT
        self._app.setPalette(theme.palette(colours))
