"""The card on which a person sets their own dose of an exercise."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TypeAlias

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox

from stretchplayer.i18n import _
from stretchplayer.routine.dose import HOLDS_S, REPETITIONS, RESTS_S, SETS, Dose, DoseSides, Variant
from stretchplayer.routine.routine import Exercise, Range, SideMode, StepKind, high_end, low_end
from stretchplayer.ui.library.personal_routine import OwnExercise
from stretchplayer.ui.text.player import exact_duration
from stretchplayer.ui.theme.scaling import at_least
from stretchplayer.ui.widgets.buttons import WideButton
from stretchplayer.ui.widgets.form_card import FormCard
from stretchplayer.ui.widgets.switch import Switch

_Choice: TypeAlias = tuple[str, object]


def _numbers(
    chosen: float | None, ends: tuple[float, float], usual: Iterable[float], words: Callable[[float], str]
) -> list[_Choice]:
    """What the routine says, whose value is None, and then numbers: usual ones, the routine's, and what is chosen."""
    said = "–".join(map(words, dict.fromkeys(ends)))
    values = {*usual, *map(round, ends), *(() if chosen is None else (chosen,))}
    return [_as_written(said), *((words(each), each) for each in sorted(values))]


def _as_written(said: str) -> _Choice:
    return _("Routine: {what}").format(what=said), None


def _seconds(seconds: float) -> str:
    return exact_duration(seconds * 1000) if seconds else _("none")


def _count(number: float) -> str:
    return str(round(number))


def _hold_of(exercise: Exercise) -> tuple[float, float] | None:
    """How many seconds its first timed hold lasts, at least and at most; None without one."""
    held = (step.seconds for step in exercise.steps if step.kind is StepKind.HOLD and step.seconds is not None)
    return next(((low_end(seconds), high_end(seconds)) for seconds in held), None)


def _counts(count: int | Range[int]) -> tuple[int, int]:
    return low_end(count), high_end(count)


def _sides(own: OwnExercise) -> list[_Choice]:
    limb = {"limb": _(own.written.limb)}
    said = {SideMode.ALTERNATE: _("sides in turn"), SideMode.ONE: _("one side")}.get(own.written.sides, _("each side"))
    return [
        _as_written(said),
        (_("Left {limb} only").format(**limb), DoseSides.LEFT),
        (_("Right {limb} only").format(**limb), DoseSides.RIGHT),
        (_("One more set on the left"), DoseSides.EXTRA_LEFT),
        (_("One more set on the right"), DoseSides.EXTRA_RIGHT),
        (_("Both sides"), DoseSides.BOTH),
    ]


class DoseCard(FormCard):
    """Shows only what makes sense for the exercise. Changes apply at once, by `dose_changed`."""

    dose_changed = Signal(Dose)
    reset_requested = Signal()

    def __init__(self, own: OwnExercise, easier: Exercise | None, harder: Exercise | None) -> None:
        super().__init__(_("Your dose"))
        self._easier, self._harder = easier, harder
        self._fields: dict[str, tuple[QComboBox, Callable[[OwnExercise], list[_Choice]]]] = {}
        self._values: dict[str, list[object]] = {}
        if easier or harder:
            self._add_choice(_("Version"), "variant", self._versions)
        if any(_hold_of(each) for each in (own.exercise, easier, harder) if each):
            self._add_choice(
                _("Hold for"),
                "hold_s",
                lambda own: _numbers(own.dose.hold_s, _hold_of(own.written) or (0, 0), HOLDS_S, _seconds),
            )
        self._add_choice(
            _("Repetitions"),
            "repetitions",
            lambda own: _numbers(own.dose.repetitions, _counts(own.written.repetitions), REPETITIONS, _count),
        )
        self._add_choice(
            _("Sets"), "sets", lambda own: _numbers(own.dose.sets, _counts(own.written.sets), SETS, _count)
        )
        self.rest = self._add_choice(
            _("Rest"), "rest_s", lambda own: _numbers(own.dose.rest_s, (own.written.rest_s,) * 2, RESTS_S, _seconds)
        )
        if own.exercise.sides is not SideMode.NONE:
            self._add_choice(_("Sides"), "sides", _sides)
        self.left_out = Switch(_("Leave this exercise out"))
        self.left_out.toggled.connect(lambda on: self._change("left_out", on))
        self.add_whole_row(self.left_out)
        self.reset = WideButton(_("As the routine says"))
        self.reset.clicked.connect(self.reset_requested)
        self.add_whole_row(self.reset)

    def _add_choice(self, words: str, name: str, choices: Callable[[OwnExercise], list[_Choice]]) -> QComboBox:
        combo = at_least(QComboBox(), 150, 32)
        combo.setObjectName(name)
        combo.activated.connect(lambda index: self._change(name, self._values[name][index]))
        self.add_row(words, combo)
        self._fields[name] = combo, choices
        return combo

    def _versions(self, own: OwnExercise) -> list[_Choice]:
        versions = [_as_written(own.exercise.title)]
        if self._easier:
            versions.append((_("Easier: {exercise}").format(exercise=self._easier.title), Variant.EASIER))
        if self._harder:
            versions.append((_("Harder: {exercise}").format(exercise=self._harder.title), Variant.HARDER))
        return versions

    def show_dose(self, own: OwnExercise, *, may_leave_out: bool) -> None:
        """Show this dose of the exercise."""
        self._dose = own.dose
        for name, (combo, choices_of) in self._fields.items():
            chosen, choices = getattr(own.dose, name), choices_of(own)
            self._values[name] = values = [value for _words, value in choices]
            words = [words for words, _value in choices]
            with QSignalBlocker(combo):
                if words != [combo.itemText(index) for index in range(combo.count())]:
                    combo.clear()
                    combo.addItems(words)
                combo.setCurrentIndex(values.index(chosen) if chosen in values else 0)  # a variant may be gone
        self.rest.setEnabled(high_end(own.played.sets) > 1 or own.played.extra_set_on is not None)
        with QSignalBlocker(self.left_out):
            self.left_out.setChecked(own.dose.left_out)
        self.left_out.setEnabled(may_leave_out or own.dose.left_out)
        self.left_out.setToolTip("" if self.left_out.isEnabled() else _("A routine has at least one exercise."))
        self.reset.setEnabled(own.differs)

    def _change(self, name: str, value: object) -> None:
        self.dose_changed.emit(replace(self._dose, **{name: value}))  # type: ignore[arg-type]  # the field's own value
