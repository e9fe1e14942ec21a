"""The card on which a person sets their own dose of an exercise."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import TypeAlias

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QLabel

from stretchplayer.figure.side import Side
from stretchplayer.i18n import _
from stretchplayer.routine.dose import HOLDS_S, REPETITIONS, RESTS_S, SETS, Dose, DoseSides, Variant
from stretchplayer.routine.routine import Exercise, Range, Routine, SideMode, StepKind, high_end, low_end
from stretchplayer.ui.library.personal_routine import OwnExercise
from stretchplayer.ui.text import exercise as words
from stretchplayer.ui.text.durations import exact_duration
from stretchplayer.ui.theme import palette as theme
from stretchplayer.ui.theme.scaling import at_least, padded
from stretchplayer.ui.widgets.buttons import WideButton
from stretchplayer.ui.widgets.form_card import FormCard
from stretchplayer.ui.widgets.label import plain_label
from stretchplayer.ui.widgets.switch import Switch

_Choice: TypeAlias = tuple[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Offer:
    """What can be chosen in a field, what the routine says, and what the person has in place of that.

    The first choice is what the routine says, whose value is None. `settings` is what comes from the settings instead.
    """

    choices: list[_Choice]
    routine: str
    own: str = ""
    settings: str = ""
    is_range: bool = False

    @property
    def note(self) -> str:
        """What the field itself doesn't say, if anything."""
        if self.own:
            return _("Routine: {what}. Yours: {own}.").format(what=self.routine, own=self.own)
        if self.settings:
            return _("Routine: {what}. Your settings: {own}.").format(what=self.routine, own=self.settings)
        return _("Routine: {what}").format(what=self.routine) if self.is_range else ""


def _numbers(
    chosen: float | None, ends: tuple[float, float], usual: Iterable[float], say: Callable[[float], str]
) -> _Offer:
    """What the routine says, usual numbers, and what is chosen. Of a range, the first one is played."""
    low, high = map(say, ends)
    values = {*usual, *map(round, ends), *(() if chosen is None else (chosen,))}
    choices = [_as_written(low), *((say(each), each) for each in sorted(values) if say(each) != low or each == chosen)]
    is_range = low != high
    said = _("{low}, up to {high}").format(low=low, high=high) if is_range else low
    return _Offer(choices=choices, routine=said, own="" if chosen is None else say(chosen), is_range=is_range)


def _as_written(said: str) -> _Choice:
    return _("{what} (routine)").format(what=said), None


def _holds(own: OwnExercise, usual_s: float | None) -> _Offer:
    """`usual_s` is how long it is held if nothing is chosen here, which the settings may say."""
    ends = _hold_of(own.written) or (0, 0)
    offer = _numbers(own.dose.hold_s, ends, HOLDS_S, _seconds)
    if usual_s is None or _seconds(usual_s) == _seconds(ends[0]):
        return offer
    (as_written, _none), *others = offer.choices
    first = (_("{what} (settings)").format(what=_seconds(usual_s)), None)
    others = [(as_written, ends[0]), *(choice for choice in others if choice[1] != ends[0])]
    return replace(offer, choices=[first, *others], settings=_seconds(usual_s))


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


def _sides(own: OwnExercise) -> _Offer:
    limb = {"limb": _(own.written.limb)}
    each = _("Each {limb}").format(**limb)
    said = {SideMode.ALTERNATE: _("Left and right in turn"), SideMode.ONE: _("One {limb}").format(**limb)}
    choices: list[_Choice] = [
        _as_written(said.get(own.written.sides, each)),
        (_("Left {limb} only").format(**limb), DoseSides.LEFT),
        (_("Right {limb} only").format(**limb), DoseSides.RIGHT),
        (_("One more set on the left"), DoseSides.EXTRA_LEFT),
        (_("One more set on the right"), DoseSides.EXTRA_RIGHT),
    ]
    if own.written.sides is SideMode.ONE or own.dose.sides is DoseSides.BOTH:
        choices.append((each, DoseSides.BOTH))
    return _Offer(choices=choices, routine=_which(own.written), own=_which(own.played) if own.dose.sides else "")


def _which(exercise: Exercise) -> str:
    if exercise.sides is SideMode.ONE and exercise.only_side is None:
        return _("one {limb}").format(limb=_(exercise.limb))
    only = exercise.only_side
    return words.which_sides(exercise, tuple(Side) if only is None else (only,))


class DoseCard(FormCard):
    """Shows only what makes sense for the exercise. Changes apply at once, by `dose_changed`."""

    dose_changed = Signal(Dose)
    reset_requested = Signal()

    def __init__(self, routine: Routine, exercise: Exercise) -> None:
        super().__init__(_("How you do it"))
        variants = (exercise.easier, exercise.harder)
        self._easier, self._harder = (routine.exercise(name) if name else None for name in variants)
        self._usual_hold_s: float | None = None
        self._fields: dict[str, tuple[QComboBox, QLabel, Callable[[OwnExercise], _Offer]]] = {}
        self._values: dict[str, list[object]] = {}
        if self._easier or self._harder:
            self._add_choice(_("Version"), "variant", self._versions)
        if any(_hold_of(each) for each in (exercise, self._easier, self._harder) if each):
            self._add_choice(_("Hold"), "hold_s", lambda own: _holds(own, self._usual_hold_s))
        if exercise.sides is not SideMode.NONE:
            self._add_choice(_("Sides"), "sides", _sides)
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
        self.left_out = Switch(_("Leave this exercise out"))
        self.left_out.toggled.connect(lambda on: self._change("left_out", on))
        self.add_whole_row(self.left_out)
        self.reset = WideButton(words.back_to_routine(), clicked=self.reset_requested)
        self.add_whole_row(self.reset)

    def _add_choice(self, title: str, name: str, offer: Callable[[OwnExercise], _Offer]) -> QComboBox:
        combo = at_least(QComboBox(), 150, 32)
        combo.setObjectName(name)
        combo.activated.connect(lambda index: self._change(name, self._values[name][index]))
        # It has its room even when it is empty, so that nothing moves under the pointer.
        note = padded(at_least(plain_label("", wrap=True, role=theme.MUTED, px=14), 0, 24), 0, 0, 0, 5)
        note.setObjectName(f"{name}_note")
        self.add_row(title, combo, note)
        self._fields[name] = combo, note, offer
        return combo

    def _versions(self, own: OwnExercise) -> _Offer:
        versions = [_as_written(own.exercise.title)]
        if self._easier:
            versions.append((_("Easier: {exercise}").format(exercise=self._easier.title), Variant.EASIER))
        if self._harder:
            versions.append((_("Harder: {exercise}").format(exercise=self._harder.title), Variant.HARDER))
        title = own.exercise.title
        return _Offer(choices=versions, routine=title, own=own.written.title if own.dose.variant else "")

    def show_dose(self, own: OwnExercise, *, usual_hold_s: float | None, may_leave_out: bool) -> None:
        """Show this dose of the exercise, which is held for `usual_hold_s` if no other hold is chosen."""
        self._dose, self._usual_hold_s = own.dose, usual_hold_s
        for name, (combo, note, offer_of) in self._fields.items():
            chosen, offer = getattr(own.dose, name), offer_of(own)
            self._values[name] = values = [value for _words, value in offer.choices]
            texts = [text for text, _value in offer.choices]
            with QSignalBlocker(combo):
                if texts != [combo.itemText(index) for index in range(combo.count())]:
                    combo.clear()
                    combo.addItems(texts)
                combo.setCurrentIndex(values.index(chosen) if chosen in values else 0)  # a variant may be gone
            note.setText(offer.note)
            note.setForegroundRole(theme.MOVEMENT if offer.own else theme.MUTED)
            combo.setAccessibleDescription(offer.note)
        self.show_row(self.rest, high_end(own.played.sets) > 1 or own.played.extra_set_on is not None)
        with QSignalBlocker(self.left_out):
            self.left_out.setChecked(own.dose.left_out)
        self.left_out.setEnabled(may_leave_out or own.dose.left_out)
        self.left_out.setToolTip("" if self.left_out.isEnabled() else _("A routine has at least one exercise."))
        self.reset.setEnabled(own.differs)

    def _change(self, name: str, value: object) -> None:
        self.dose_changed.emit(replace(self._dose, **{name: value}))  # type: ignore[arg-type]  # the field's own value
