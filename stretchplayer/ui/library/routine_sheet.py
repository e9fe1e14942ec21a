"""A routine on one or two pages, for the fridge and for the physiotherapist: pictures, dose, words, room for notes."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Final

from PySide6.QtCore import QLocale, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QFont, QPagedPaintDevice, QPen

from stretchplayer.figure.pose import Pose
from stretchplayer.figure.side import Side
from stretchplayer.i18n import _
from stretchplayer.routine import phrases
from stretchplayer.routine.routine import Exercise, Routine, StepKind, preview_pose
from stretchplayer.routine.timeline import Timeline
from stretchplayer.ui.charts.paper import Paper, Sheet, as_pdf, draw_on
from stretchplayer.ui.figure.export import render_pose
from stretchplayer.ui.figure.pictures import draw_picture
from stretchplayer.ui.library.personal_routine import PersonalRoutine
from stretchplayer.ui.text import exercise as words
from stretchplayer.ui.text.dates import short_date
from stretchplayer.ui.text.durations import duration
from stretchplayer.ui.text.library import how_often
from stretchplayer.ui.text.safety import URGENT
from stretchplayer.ui.theme import palette as theme

_FITS: Final = (
    *((size, 1) for size in (1.35, 1.2, 1.1, 1.0, 0.92)),
    *((size, 2) for size in (1.1, 1.0, 0.9, 0.8, 0.7, 0.6)),
)
"""The size of the letters, and on how many pages all is to be then; the first that fits, else the last."""
_PICTURE: Final = QSizeF(112, 80)
_ARROW: Final = 18.0
_GAP: Final = 16.0
_BETWEEN: Final = 12.0
_NOTE_LINE: Final = 26.0
_LEAST_NOTES, _MOST_NOTES = 3, 12


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetExercise:
    """`start` and `end` name poses, `picture` a file in place of them.

    `routine_says` is the dose of the file where the person's is another one.
    """

    title: str
    dose: str
    routine_says: str
    steps: tuple[str, ...]
    notes: tuple[str, ...]
    start: str | None
    end: str | None
    picture: str
    side: Side | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RoutineOnPaper:
    routine: Routine
    facts: str
    exercises: tuple[SheetExercise, ...]
    left_out: tuple[str, ...]


def on_paper(
    personal: PersonalRoutine, poses: Mapping[str, Pose], timeline_of: Callable[[Routine], Timeline]
) -> RoutineOnPaper:
    """What is to be on the sheet of a routine."""
    played = timeline_of(personal.dosed)
    exercises: list[SheetExercise] = []
    for own in personal.exercises:
        if own.dose.left_out:
            continue
        as_written = timeline_of(replace(personal.routine, exercises=(own.exercise,), blocks=()))
        timeline = timeline_of(personal.alone(own))
        side = timeline.sides_of(0)[0]
        start, end = _start_and_end(own.played, poses)
        exercises.append(
            SheetExercise(
                title=words.numbered(len(exercises) + 1, own.played),
                dose=" · ".join((words.needs(own.played), *words.dose(timeline, 0))),
                routine_says=_routine_says(own.exercise, own.played, as_written) if own.differs else "",
                steps=(phrases.setup(own.played), *(phase.text for phase in timeline.steps_of(0, side))),
                notes=tuple(_notes(own.played)),
                start=start,
                end=end,
                picture=own.played.picture_path if end is None else "",
                side=own.played.only_side or side,
            )
        )
    facts = [duration(played.total_ms), *filter(None, [how_often(personal.routine)])]
    if played.routine.equipment:
        facts.append(_("have {things} at hand").format(things=phrases.listing(played.routine.equipment)))
    return RoutineOnPaper(
        routine=personal.routine,
        facts=" · ".join(facts),
        exercises=tuple(exercises),
        left_out=tuple(own.exercise.title for own in personal.exercises if own.dose.left_out),
    )


def _routine_says(exercise: Exercise, played: Exercise, as_written: Timeline) -> str:
    said = " · ".join(words.dose(as_written, 0))
    if exercise.id != played.id:
        said = " · ".join(filter(None, (exercise.title, said)))
    return _("The routine says: {dose}").format(dose=said)


def _notes(exercise: Exercise) -> Iterator[str]:
    if exercise.feel:
        yield _("Feel: {text}").format(text=exercise.feel)
    if exercise.avoid:
        yield _("Avoid: {text}").format(text=exercise.avoid)
    if exercise.why:
        yield _("For: {text}").format(text=exercise.why)


def _start_and_end(exercise: Exercise, poses: Mapping[str, Pose]) -> tuple[str | None, str | None]:
    """The poses that an exercise is known by: where its first movement begins, and its hold or where that leads."""
    posed = [step for step in exercise.steps if step.pose in poses]
    if not posed or (exercise.picture and preview_pose(exercise) not in poses):
        return None, None
    first = posed[0].pose
    end = next((step.pose for step in posed if step.kind is StepKind.HOLD), first)
    start = poses[first or ""].comes_from
    return (start if start in poses and start != end else None), end


@dataclass(frozen=True, slots=True, kw_only=True)
class RoutinePrint:
    """How and when a sheet is drawn."""

    content: RoutineOnPaper
    poses: Mapping[str, Pose]
    locale: QLocale
    font: QFont
    made: date

    def as_pdf(self) -> bytes:
        return self._fitted()[0]

    def draw_on(self, device: QPagedPaintDevice, dpi: int) -> None:
        """Draw it on a printer whose pages are laid out."""
        size = self._fitted()[1]
        draw_on(device, dpi, partial(self._draw, size=size, pages=[]))

    def _fitted(self) -> tuple[bytes, float]:
        """The PDF, and the size of its letters."""
        data, size = b"", 1.0
        for size, most in _FITS:
            pages: list[int] = []
            draw = partial(self._draw, size=size, pages=pages)
            data = as_pdf(self.content.routine.title, self.locale, draw)
            if len(pages) <= most:
                break
        return data, size

    def _draw(self, paper: Paper, *, size: float, pages: list[int]) -> None:
        """Draw all; the numbers of the pages are added to `pages`."""
        paper = replace(paper, unit=paper.unit * size)
        RoutineSheet(paper, self, pages).draw()


class RoutineSheet(Sheet):
    """Draws the sheet on as many pages as it takes."""

    def __init__(self, paper: Paper, printed: RoutinePrint, pages: list[int]) -> None:
        """The numbers of the pages are added to `pages`."""
        super().__init__(paper, locale=printed.locale, font=printed.font)
        self._device = paper.device
        self._painter.setLayoutDirection(self._locale.textDirection())
        self._content, self._poses, self._made = printed.content, printed.poses, printed.made
        self._pages = pages
        pages.append(1)

    def draw(self) -> None:
        self._draw_foot()
        routine = self._content.routine
        self._text(routine.title, 22, weight=QFont.Weight.Bold, role=theme.INK)
        self._text(self._content.facts, 12.5, role=theme.INK)
        self._text(routine.description, 11.5)
        self._space(8)
        for exercise in self._content.exercises:
            self._draw_exercise(exercise)
        if self._content.left_out:
            titles = ", ".join(self._content.left_out)
            self._text(_("Left out: {exercises}").format(exercises=titles), 11.5)
            self._space(6)
        self._draw_rules()
        self._draw_note_lines()

    def _draw_foot(self) -> None:
        routine = self._content.routine
        by = _("Written by {author}.").format(author=routine.author) if routine.author else ""
        signed = _("Made with Stretch Player on {day}. It is not a medical device.")
        text = "\n".join(filter(None, (routine.source, by, signed.format(day=short_date(self._locale, self._made)))))
        height = self._height(text, 9, self._size.width())
        self._bottom = self._size.height() - height - 8 * self._unit
        self._write(QRectF(0, self._size.height() - height, self._size.width(), height), text, self._style.font_at(9))

    def _need(self, height: float) -> None:
        """Begin a new page where there is less room than this."""
        if self._y + height > self._bottom and self._y > 0:
            self._device.newPage()
            self._pages.append(len(self._pages) + 1)
            self._y, self._bottom = 0.0, self._size.height()

    def _draw_exercise(self, exercise: SheetExercise) -> None:
        picture = self._picture_size(exercise)
        x = picture.width() + (_GAP * self._unit if picture.width() else 0)
        width = self._size.width() - x
        lines = [
            (exercise.title, 14.0, QFont.Weight.Bold, theme.INK),
            (exercise.dose, 12.0, QFont.Weight.DemiBold, theme.INK),
            (exercise.routine_says, 10.5, QFont.Weight.Normal, theme.MUTED),
            (" ".join(exercise.steps), 11.5, QFont.Weight.Normal, theme.INK),
            *((note, 10.5, QFont.Weight.Normal, theme.MUTED) for note in exercise.notes),
        ]
        heights = [self._height(text, pixels, width, weight) if text else 0.0 for text, pixels, weight, _role in lines]
        height = max(sum(heights), picture.height())
        self._need(height)
        self._draw_pictures(exercise, QRectF(0, self._y, picture.width(), picture.height()))
        y = self._y
        for (text, pixels, weight, role), high in zip(lines, heights, strict=True):
            self._write(self._side(QRectF(x, y, width, high)), text, self._style.font_at(pixels, weight), role)
            y += high
        self._y += height + _BETWEEN * self._unit

    def _side(self, box: QRectF) -> QRectF:
        """The box, mirrored in languages that are written from right to left."""
        if self._locale.textDirection() is Qt.LayoutDirection.LeftToRight:
            return box
        return QRectF(self._size.width() - box.right(), box.top(), box.width(), box.height())

    def _picture_size(self, exercise: SheetExercise) -> QSizeF:
        if exercise.end is None and not exercise.picture:
            return QSizeF(0, 0)
        across = _PICTURE.width() * (2 if exercise.start else 1) + (_ARROW if exercise.start else 0)
        return QSizeF(across, _PICTURE.height()) * self._unit

    def _draw_pictures(self, exercise: SheetExercise, box: QRectF) -> None:
        size = _PICTURE * self._unit
        first = QRectF(box.topLeft(), size)
        last = QRectF(box.right() - size.width(), box.top(), size.width(), size.height())
        for pose, place in ((exercise.start, first), (exercise.end, last)):
            if pose:
                image = render_pose(self._poses, pose, size.toSize(), side=exercise.side)
                self._painter.drawImage(self._side(place), image)
        if exercise.picture:
            draw_picture(self._painter, self._side(first), exercise.picture)
        if exercise.start:
            self._draw_arrow(self._side(QRectF(first.right(), box.top(), last.left() - first.right(), box.height())))

    def _draw_arrow(self, box: QRectF) -> None:
        way = -1 if self._locale.textDirection() is Qt.LayoutDirection.RightToLeft else 1
        middle, arm = box.center(), 4 * self._unit
        self._painter.setPen(QPen(self._style.colour(theme.MUTED), 1.5 * self._unit, c=Qt.PenCapStyle.RoundCap))
        tip, tail = middle + QPointF(way * 1.6 * arm, 0), middle - QPointF(way * 1.6 * arm, 0)
        self._painter.drawLine(tail, tip)
        self._painter.drawPolyline([tip - QPointF(way * arm, arm), tip, tip - QPointF(way * arm, -arm)])

    def _draw_rules(self) -> None:
        """What to heed, in a box."""
        routine = self._content.routine
        rules = [routine.caution, *routine.stop_rules, _(URGENT)]
        text = "\n".join(filter(None, rules))
        edge = 8 * self._unit
        width = self._size.width() - 2 * edge
        height = self._height(text, 11.5, width)
        self._need(height + 2 * edge)
        box = QRectF(0, self._y, self._size.width(), height + 2 * edge)
        self._painter.setPen(QPen(self._style.colour(theme.INK), 1.2 * self._unit))
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        self._painter.drawRoundedRect(box, edge, edge)
        self._write(box.adjusted(edge, edge, -edge, -edge), text, self._style.font_at(11.5), theme.INK)
        self._y = box.bottom() + _BETWEEN * self._unit

    def _draw_note_lines(self) -> None:
        line = _NOTE_LINE * self._unit
        self._need((1 + _LEAST_NOTES) * line)
        self._text(_("Notes"), 11.5, weight=QFont.Weight.DemiBold, role=theme.INK)
        self._painter.setPen(QPen(self._style.colour(theme.MUTED), 0.7 * self._unit))
        for _unused in range(min(_MOST_NOTES, int((self._bottom - self._y) // line))):
            self._y += line
            self._painter.drawLine(QPointF(0, self._y), QPointF(self._size.width(), self._y))
