"""The Settings page. Changes apply at once, by `settings_changed`."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from itertools import combinations, pairwise, product
from operator import attrgetter
from typing import Final

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtGui import QFont, QShowEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QSlider, QWidget

from stretchplayer.figure.side import Side
from stretchplayer.i18n import ENGLISH, _, offered_languages
from stretchplayer.routine.cues import TONE_MS, CueName
from stretchplayer.routine.preferences import HOLD_CHOICES_S, LEAD_IN_CHOICES_S, PACE_CHOICES, SWITCH_CHOICES_S
from stretchplayer.routine.routine import Routine
from stretchplayer.settings import Appearance, Motion, Settings, SpeechMode, Voice
from stretchplayer.ui.pages.page import Page, ScrollingArea, page_title
from stretchplayer.ui.reminders.autostart_switch import AutostartControl
from stretchplayer.ui.reminders.reminder_settings import ReminderCard
from stretchplayer.ui.text.durations import exact_duration
from stretchplayer.ui.theme import palette as theme
from stretchplayer.ui.theme.scaling import at_least, spaced
from stretchplayer.ui.widgets.boxes import fill, hbox, vbox
from stretchplayer.ui.widgets.buttons import WideButton
from stretchplayer.ui.widgets.choices import distance_choices, show_choices
from stretchplayer.ui.widgets.form_card import FormCard
from stretchplayer.ui.widgets.label import plain_label
from stretchplayer.ui.widgets.switch import Switch

_LEAST_CARD: Final = 430
"""A card has at least this width beside others, in design px."""
_EDGES: Final = 56
"""Room at both sides of a card and between what is side by side on it, in design px."""
_GAP: Final = 16
_SCROLLING: Final = 22
"""Room for the scroll bar and the focus, px."""
_MOST_COLUMNS: Final = 3


def _arrange(grid: QGridLayout, widgets: Iterable[QWidget], columns: int) -> None:
    for place, widget in enumerate(widgets):
        # Centred, or the lowest widget of a row would limit the others' height.
        grid.addWidget(widget, place // columns, place % columns, Qt.AlignmentFlag.AlignVCenter)
    grid.setColumnStretch(columns, 1)


def _in_columns(heights: Sequence[int], columns: int) -> Iterable[tuple[int, int]]:
    """Where each column begins and ends, in the order of the cards, so that the tallest is as low as can be."""
    ways = ((0, *cuts, len(heights)) for cuts in combinations(range(1, len(heights)), columns - 1))
    return pairwise(min(ways, key=lambda cuts: max(sum(heights[a:b]) for a, b in pairwise(cuts))))


def _language_name(tag: str) -> str:
    """The language's name for itself; of English, Qt would say which country's."""
    return "English" if tag == ENGLISH else QLocale(tag).nativeLanguageName() or tag


class SettingsPage(Page):
    settings_changed = Signal(Settings)
    try_sound_requested = Signal(CueName)
    own_sound_requested = Signal(CueName)
    shipped_sound_requested = Signal(CueName)
    try_voice_requested = Signal()
    voices_requested = Signal()
    introduction_requested = Signal()
    export_requested = Signal()
    import_requested = Signal()
    erase_requested = Signal()
    about_requested = Signal()

    largest_scale = 1.25
    """A larger window has more columns of cards in place of larger ones."""
    widest = 1560

    def __init__(self, settings: Settings, autostart: AutostartControl | None = None) -> None:
        super().__init__()
        self._settings = settings
        self._own_names: frozenset[CueName] = frozenset()
        self._beside: list[tuple[QGridLayout, tuple[QWidget, ...]]] = []
        self.reminders = ReminderCard(settings.reminders, autostart)
        self.reminders.reminders_changed.connect(lambda chosen: self._change("reminders", chosen))
        for combo, slot in ((self.reminders.mornings, "mornings"), (self.reminders.evenings, "evenings")):
            combo.currentIndexChanged.connect(partial(self._choose_routine, combo, slot))
        self._cards = (
            self._make_session(), self._make_sound(), self.reminders, self._make_looks(), self._make_data(),
        )  # fmt: skip
        self._stacks = [vbox(1, gap=_GAP) for _unused in range(_MOST_COLUMNS)]
        self._columns = hbox(*self._stacks, gap=_GAP)
        self._place_cards(1)
        self.introduction = WideButton(_("Show the introduction again"), clicked=self.introduction_requested)
        self.about = WideButton(_("About Stretch Player"), clicked=self.about_requested)
        self._inside = vbox(self._columns, self._put_beside(self.introduction, self.about), 1, gap=_GAP)
        fill(self.column, page_title(_("Settings")), (ScrollingArea(self._inside, _("Settings")), 1))

    @property
    def settings(self) -> Settings:
        return self._settings

    # Fields. `name` is that of the setting: "motion", "playing.pace".

    def _add_switch(self, card: FormCard, words: str, name: str) -> Switch:
        switch = Switch(words)
        switch.setChecked(attrgetter(name)(self._settings))
        switch.toggled.connect(lambda on: self._change(name, on))
        card.add_whole_row(switch)
        return switch

    def _add_slider(
        self, card: FormCard, words: str, limits: tuple[int, int], name: str, steps_per_unit: int = 1
    ) -> QSlider:
        slider = at_least(QSlider(Qt.Orientation.Horizontal), 150, 28)
        slider.setRange(*limits)
        slider.setPageStep(max(1, (limits[1] - limits[0]) // 10))
        slider.setValue(round(attrgetter(name)(self._settings) * steps_per_unit))
        slider.valueChanged.connect(
            lambda value: self._change(name, value if steps_per_unit == 1 else value / steps_per_unit)
        )
        card.add_row(words, slider)
        return slider

    def _add_choice(self, card: FormCard, words: str, choices: Iterable[tuple[str, object]], name: str) -> QComboBox:
        known, chosen = list(choices), attrgetter(name)(self._settings)
        if chosen not in [value for _words, value in known]:  # edited in the file by hand
            known.append((exact_duration(chosen * 1000) if isinstance(chosen, int) else str(chosen), chosen))
        combo = at_least(QComboBox(), 150, 32)
        combo.addItems([shown for shown, _value in known])
        combo.setCurrentIndex([value for _words, value in known].index(chosen))
        combo.currentIndexChanged.connect(lambda index: self._change(name, known[index][1]))
        card.add_row(words, combo)
        return combo

    def _put_beside(self, *widgets: QWidget) -> QGridLayout:
        """A grid of two columns or, where there is little room, of one."""
        grid = spaced(QGridLayout(), 12, 6)
        grid.setContentsMargins(0, 0, 0, 0)
        self._beside.append((grid, widgets))
        _arrange(grid, widgets, 2)
        return grid

    # Cards

    def _make_session(self) -> FormCard:
        card = FormCard(_("Session"))
        holds: list[tuple[str, int | None]] = [(_("As the routine says"), None)]
        holds += [(exact_duration(seconds * 1000), seconds) for seconds in HOLD_CHOICES_S]
        self.hold = self._add_choice(card, _("Hold each stretch for"), holds, "playing.hold_s")
        lead_ins = [(exact_duration(seconds * 1000), seconds) for seconds in LEAD_IN_CHOICES_S]
        self.lead_in = self._add_choice(card, _("Time to get into position"), lead_ins, "playing.lead_in_s")
        switches = [(exact_duration(seconds * 1000), seconds) for seconds in SWITCH_CHOICES_S]
        self.switch = self._add_choice(card, _("Time to change legs"), switches, "playing.switch_s")
        paces = zip((_("Brisk"), _("Normal"), _("Slow"), _("Very slow")), PACE_CHOICES, strict=True)
        self.pace = self._add_choice(card, _("Movement pace"), paces, "playing.pace")
        sides = ((_("Left"), Side.LEFT), (_("Right"), Side.RIGHT))
        self.first_side = self._add_choice(card, _("First leg"), sides, "playing.first_side")
        waits = ((_("Wait in my first sessions"), None), (_("Wait for a key"), True), (_("Continue"), False))
        self.wait_between = self._add_choice(card, _("Between exercises"), waits, "playing.wait_between")
        self.wait = self._add_switch(card, _("Wait for a key before each hold"), "playing.wait_for_me")
        together = _("Keep exercises in the same position together")
        self.together = self._add_switch(card, together, "playing.same_position_together")
        self._add_longer_holds(card)
        return card

    def _add_longer_holds(self, card: FormCard) -> None:
        longer = _("Offer 5 s more after a good week")
        self._add_switch(card, longer, "progress.offer_longer_holds")
        help_words = _(
            "10 or 15 s is enough at first. After a week with whole sessions on five days you are asked whether to "
            "hold 5 s longer, up to what the routine says."
        )
        card.add_whole_row(plain_label(help_words, wrap=True, role=theme.MUTED))

    def _make_sound(self) -> FormCard:
        card = FormCard(_("Voice and sound"))
        self._add_voice(card)
        self.coaching = self._add_switch(card, _("Talk to me during holds"), "playing.coaching")
        self.time_left = self._add_switch(card, _("Say when ten seconds are left"), "playing.tell_time_left")
        self.volume = self._add_slider(card, _("Tone volume"), (0, 100), "sound.volume")
        self.volume.sliderReleased.connect(lambda: self.try_sound_requested.emit(CueName.HOLD_START))
        self.tick_volume = self._add_slider(card, _("Tick volume"), (0, 100), "sound.tick_volume")
        self.tick_volume.sliderReleased.connect(lambda: self.try_sound_requested.emit(CueName.COUNTDOWN))
        self.quiet = self._add_switch(card, _("Pause other programs' music while I exercise"), "pause_other_media")
        self.advanced = self._make_advanced()
        self.disclose = WideButton("", clicked=self._disclose)
        card.add_whole_row(self.disclose)
        card.add_whole_row(self.advanced)
        self._disclose()
        return card

    def _add_voice(self, card: FormCard) -> None:
        modes = (
            (_("Recorded (fallback: system)"), SpeechMode.AUTOMATIC),
            (_("The system's voice"), SpeechMode.SYSTEM),
            (_("No voice"), SpeechMode.OFF),
        )
        self.speech_mode = self._add_choice(card, _("Voice source"), modes, "speech.mode")
        self.speech_mode.currentIndexChanged.connect(self._allow_voice)
        self.speech_volume = self._add_slider(card, _("Voice volume"), (0, 100), "speech.volume")
        self.voice = at_least(QComboBox(), 150, 32)
        self.voice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.voice.currentIndexChanged.connect(lambda: self._change("speech.voice", self.voice.currentData()))
        card.add_row(_("The system's voice"), self.voice)
        self.speech_rate = self._add_slider(card, _("Speaking rate"), (-10, 10), "speech.rate", steps_per_unit=10)
        self.try_voice = WideButton(_("Try the voice"), clicked=self.try_voice_requested)
        card.add_whole_row(self.try_voice)
        self.show_voices(())

    def show_voices(self, voices: tuple[Voice, ...]) -> None:
        """List the system's voices; the selected one stays selected even when it isn't among them."""
        chosen = self._settings.speech.voice
        known = [(f"{voice.name} ({voice.language})" if voice.language else voice.name, voice.id) for voice in voices]
        if chosen is not None and chosen not in [identity for _name, identity in known]:
            known.append((chosen, chosen))
        show_choices(self.voice, [(_("System default"), None), *known], chosen)
        self._allow_voice()

    def show_routines(self, routines: Sequence[Routine]) -> None:
        """List the routines for mornings and evenings; the chosen one stays chosen even when it isn't among them."""
        known = {routine.id: routine.title for routine in routines}
        for combo, chosen in (
            (self.reminders.mornings, self._settings.mornings),
            (self.reminders.evenings, self._settings.evenings),
        ):
            shown = known | {chosen: known.get(chosen, chosen)}
            show_choices(combo, [(title, routine_id) for routine_id, title in shown.items()], chosen)

    def _choose_routine(self, combo: QComboBox, slot: str, _index: int) -> None:
        self._change(slot, combo.currentData())

    def _allow_voice(self) -> None:
        for field in (self.voice, self.speech_rate):
            field.setEnabled(self._settings.speech.mode is not SpeechMode.OFF)

    def _disclose(self) -> None:
        """Show the advanced settings, or hide them."""
        opens = self.advanced.isHidden()
        self.advanced.setVisible(opens)
        self.disclose.setText(_("Hide advanced settings") if opens else _("Show advanced settings"))

    def _make_advanced(self) -> QWidget:
        advanced = QWidget()
        self.cues = {name: self._cue_box(name) for name in TONE_MS}
        self.own_tone = at_least(QComboBox(), 150, 32)
        self.own_tone.setAccessibleName(_("Own sounds"))
        self.own_tone.currentIndexChanged.connect(self._allow_shipped)
        choose, shipped = self.own_sound_requested, self.shipped_sound_requested
        self.choose_own = WideButton(_("Choose a file…"), clicked=lambda: choose.emit(self._chosen_tone()))
        self.shipped = WideButton(_("Use the built-in sound"), clicked=lambda: shipped.emit(self._chosen_tone()))
        for name in TONE_MS:
            self.own_tone.addItem(self._cue_words(name), name)
        vbox(
            plain_label(_("Tones"), weight=QFont.Weight.DemiBold),
            self._put_beside(*self.cues.values()),
            plain_label(_("Own sounds"), weight=QFont.Weight.DemiBold),
            (self.own_tone, Qt.AlignmentFlag.AlignLeft),
            self._put_beside(self.choose_own, self.shipped),
            gap=8,
            on=advanced,
        )
        return advanced

    def show_own_sounds(self, names: frozenset[CueName]) -> None:
        """Mark the tones that have a sound of the person's own."""
        self._own_names = names
        for index in range(self.own_tone.count()):
            words = self._cue_words(self.own_tone.itemData(index))
            own = _("{tone} (own sound)").format(tone=words)
            self.own_tone.setItemText(index, own if self.own_tone.itemData(index) in names else words)
        self._allow_shipped()

    def _chosen_tone(self) -> CueName:
        return CueName(self.own_tone.currentData())  # Qt gives back its value

    def _allow_shipped(self) -> None:
        self.shipped.setEnabled(self.own_tone.currentData() in self._own_names)

    def _cue_box(self, name: CueName) -> Switch:
        box = Switch(self._cue_words(name))
        box.setChecked(name not in self._settings.sound.muted)
        box.toggled.connect(lambda on: self._change_cue(name, on=on))
        return box

    def _cue_words(self, name: CueName) -> str:
        return {
            CueName.SESSION_START: _("Start of the session"),
            CueName.HOLD_START: _("Start of a hold"),
            CueName.HALF_WAY: _("Half-way"),
            CueName.BREATH_IN: _("Breathe in"),
            CueName.BREATH_OUT: _("Breathe out"),
            CueName.COUNTDOWN: _("Last three seconds"),
            CueName.HOLD_END: _("End of a hold"),
            CueName.SWITCH_SIDES: _("Other leg"),
            CueName.DONE: _("End of the session"),
            CueName.PAUSED: _("Pause"),
            CueName.RESUMING: _("Resume"),
            CueName.WAITING: _("Waiting for me"),
            CueName.INTERRUPTED: _("Interruption"),
        }[name]

    def _make_looks(self) -> FormCard:
        card = FormCard(_("Appearance and distance"))
        schemes = ((_("Match system"), Appearance.SYSTEM), (_("Light"), Appearance.LIGHT), (_("Dark"), Appearance.DARK))
        self.appearance = self._add_choice(card, _("Colour scheme"), schemes, "appearance")
        distances = distance_choices(self._settings.viewing_distance_m, self.locale())
        self.distance = self._add_choice(card, _("Distance from the screen"), distances, "viewing_distance_m")
        motions = ((_("Match system"), Motion.SYSTEM), (_("Full motion"), Motion.FULL), (_("Reduced"), Motion.REDUCED))
        self.motion = self._add_choice(card, _("Motion"), motions, "motion")
        self._add_language(card)
        return card

    def _add_language(self, card: FormCard) -> None:
        tags = sorted({*offered_languages(), *filter(None, (self._settings.language,))})
        names = [(_language_name(tag), tag) for tag in tags]
        chosen = self._settings.language
        self.language = self._add_choice(card, _("Language"), [(_("Match system"), None), *names], "language")
        self.restart_hint = plain_label(
            _("Quit Stretch Player and start it again to see it in this language."), wrap=True
        )
        self.restart_hint.hide()
        self.language.currentIndexChanged.connect(
            lambda: self.restart_hint.setVisible(self._settings.language != chosen)
        )
        card.add_whole_row(self.restart_hint)

    def _make_data(self) -> FormCard:
        card = FormCard(_("Data"))
        self.ask_pain = self._add_switch(card, _("Ask about pain after a session"), "progress.ask_pain")
        reach = _("Measure how far I reach, twice a week")
        self.measure_reach = self._add_switch(card, reach, "progress.measure_reach")
        self.export = WideButton(_("Export…"), clicked=self.export_requested)
        self.import_data = WideButton(_("Import…"), clicked=self.import_requested)
        buttons = QWidget()
        buttons.setLayout(self._put_beside(self.export, self.import_data))
        card.add_whole_row(buttons)
        self.erase = WideButton(_("Delete everything…"), clicked=self.erase_requested)
        self.erase.setProperty("danger", True)
        card.add_whole_row(self.erase)
        return card

    # Changes

    def _change(self, name: str, value: object) -> None:
        section, _dot, field = name.rpartition(".")
        changes = {field: value}
        if section:
            changes = {section: replace(getattr(self._settings, section), **changes)}
        settings = replace(self._settings, **changes)  # type: ignore[arg-type]  # the fields' own values
        if settings != self._settings:
            self._settings = settings
            self.settings_changed.emit(settings)

    def _change_cue(self, name: CueName, *, on: bool) -> None:
        muted = self._settings.sound.muted
        self._change("sound.muted", muted - {name} if on else muted | {name})
        if on:
            self.try_sound_requested.emit(name)

    # Layout

    def arrange(self, scale: float) -> None:
        """Put the cards into as many columns as fit."""
        room = self.room / scale - _SCROLLING
        fitting = min(max(1, int((room + _GAP) // (_LEAST_CARD + _GAP))), _MOST_COLUMNS)
        for columns, across in ((fitting, room / fitting), (1, room), (1, 0)):
            self._arrange_cards(across)
            self._place_cards(columns)
            if self._inside.minimumSize().width() <= self.room - _SCROLLING:
                break

    def _arrange_cards(self, room: float) -> None:
        for card in self._cards:
            card.arrange(room)
        for grid, widgets in self._beside:
            needed = sum(sorted(widget.sizeHint().width() for widget in widgets)[-2:])
            _arrange(grid, widgets, 2 if needed <= (room - _EDGES) * self._scale else 1)

    def _place_cards(self, columns: int) -> None:
        heights = [card.heightForWidth(self.room // columns) for card in self._cards]
        for card, stack in product(self._cards, self._stacks):
            stack.removeWidget(card)
        for stack, (first, end) in zip(self._stacks, _in_columns(heights, columns), strict=False):
            for card in self._cards[first:end]:
                stack.insertWidget(stack.count() - 1, card)  # before the stretch
        for number in range(_MOST_COLUMNS):
            self._columns.setStretch(number, int(number < columns))

    def showEvent(self, event: QShowEvent) -> None:
        """Request the voices when the page is first needed."""
        super().showEvent(event)
        self.voices_requested.emit()
