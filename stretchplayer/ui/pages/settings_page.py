"""The Settings page. Changes apply at once, by `settings_changed`."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from operator import attrgetter
from typing import Final

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtGui import QFont, QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QGridLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from stretchplayer.figure.side import Side
from stretchplayer.i18n import ENGLISH, _, offered_languages
from stretchplayer.progress.prompts import SHORT_HOLDS_S
from stretchplayer.routine.cues import TONE_MS, CueName
from stretchplayer.routine.preferences import HOLD_CHOICES_S, LEAD_IN_CHOICES_S, PACE_CHOICES, SWITCH_CHOICES_S
from stretchplayer.settings import DISTANCE_CHOICES_M, Appearance, Motion, Settings, SpeechMode, Voice
from stretchplayer.ui.pages.page import Page
from stretchplayer.ui.reminders.autostart_switch import AutostartControl
from stretchplayer.ui.reminders.reminder_settings import ReminderSection
from stretchplayer.ui.text.player import exact_duration
from stretchplayer.ui.theme.scaling import at_least, padded, spaced
from stretchplayer.ui.widgets.buttons import WideButton
from stretchplayer.ui.widgets.label import plain_label
from stretchplayer.ui.widgets.switch import Switch

_NARROW: Final = 620
"""Below this width in design px, fields go below their labels."""


def _arrange(grid: QGridLayout, widgets: Iterable[QWidget], columns: int) -> None:
    for place, widget in enumerate(widgets):
        # Centred, or the lowest widget of a row would limit the others' height.
        grid.addWidget(widget, place // columns, place % columns, Qt.AlignmentFlag.AlignVCenter)
    grid.setColumnStretch(columns, 1)


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

    def __init__(
        self, settings: Settings, autostart: AutostartControl | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._settings = settings
        self._labels: list[QLabel] = []
        self._forms: list[QFormLayout] = []
        self._tones, self._own, self._data = QGridLayout(), QGridLayout(), QGridLayout()
        self._own_names: frozenset[CueName] = frozenset()
        body = QWidget()
        self._sections = spaced(QVBoxLayout(body), 8)
        self._sections.setContentsMargins(0, 0, 9, 9)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setWidget(body)
        scroll.setAccessibleName(_("Settings"))
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.column.addWidget(plain_label(_("Settings"), px=30, weight=QFont.Weight.Bold))
        self.column.addWidget(scroll, 1)
        self._add_playing()
        self._add_sound()
        self._add_speech()
        self._add_looks()
        self._add_reminders(autostart)
        self._add_progress()
        self._sections.addSpacing(12)
        self.introduction = self._button(_("Show the introduction again"), self.introduction_requested.emit)
        self.about = self._button(_("About Stretch Player"), self.about_requested.emit)
        for button in (self.introduction, self.about):
            self._sections.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self._sections.addStretch(1)

    @property
    def settings(self) -> Settings:
        return self._settings

    # Building blocks

    def _add_heading(self, title: str) -> None:
        self._sections.addWidget(padded(plain_label(title, px=18, weight=QFont.Weight.DemiBold), 0, 14, 0, 2))

    def _add_section(self, title: str) -> None:
        """The rows that are added next belong to it."""
        self._add_heading(title)
        self._form = QFormLayout()
        self._form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        self._form.setFormAlignment(Qt.AlignmentFlag.AlignLeft)
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.FieldsStayAtSizeHint)
        self._forms.append(self._form)
        self._sections.addLayout(self._form)

    def _add_row(self, words: str, field: QWidget | QGridLayout) -> None:
        label = plain_label(words)
        if isinstance(field, QWidget):
            label.setBuddy(field)
            field.setAccessibleName(words)
        self._labels.append(label)
        self._form.addRow(label, field)

    # Fields of rows. `name` is that of the setting: "motion", "playing.pace".

    def _add_switch(self, words: str, sentence: str, name: str) -> Switch:
        switch = Switch(sentence)
        switch.setChecked(attrgetter(name)(self._settings))
        switch.toggled.connect(lambda on: self._change(name, on))
        self._add_row(words, switch)
        return switch

    def _add_slider(self, words: str, limits: tuple[int, int], name: str, steps_per_unit: int = 1) -> QSlider:
        slider = at_least(QSlider(Qt.Orientation.Horizontal), 220, 28)
        slider.setRange(*limits)
        slider.setPageStep(max(1, (limits[1] - limits[0]) // 10))
        slider.setValue(round(attrgetter(name)(self._settings) * steps_per_unit))
        slider.valueChanged.connect(
            lambda value: self._change(name, value if steps_per_unit == 1 else value / steps_per_unit)
        )
        self._add_row(words, slider)
        return slider

    def _add_choice(self, words: str, choices: Iterable[tuple[str, object]], name: str) -> QComboBox:
        known, chosen = list(choices), attrgetter(name)(self._settings)
        if chosen not in [value for _words, value in known]:  # edited in the file by hand
            known.append((exact_duration(chosen * 1000) if isinstance(chosen, int) else str(chosen), chosen))
        combo = at_least(QComboBox(), 220, 32)
        combo.addItems([shown for shown, _value in known])
        combo.setCurrentIndex([value for _words, value in known].index(chosen))
        combo.currentIndexChanged.connect(lambda index: self._change(name, known[index][1]))
        self._add_row(words, combo)
        return combo

    def _button(self, words: str, act: Callable[[], None]) -> QPushButton:
        button = WideButton(words)
        button.clicked.connect(act)
        return button

    # Sections

    def _add_playing(self) -> None:
        self._add_section(_("Playing"))
        holds: list[tuple[str, int | None]] = [(_("As the routine says"), None)]
        holds += [(exact_duration(seconds * 1000), seconds) for seconds in HOLD_CHOICES_S]
        self.hold = self._add_choice(_("Hold each stretch for"), holds, "playing.hold_s")
        lead_ins = [(exact_duration(seconds * 1000), seconds) for seconds in LEAD_IN_CHOICES_S]
        self.lead_in = self._add_choice(_("Time to get into position"), lead_ins, "playing.lead_in_s")
        paces = zip((_("Brisk"), _("Normal"), _("Slow"), _("Very slow")), PACE_CHOICES, strict=True)
        self.pace = self._add_choice(_("Movement pace"), paces, "playing.pace")
        sides = ((_("Left"), Side.LEFT), (_("Right"), Side.RIGHT))
        self.first_side = self._add_choice(_("First leg"), sides, "playing.first_side")
        switches = [(exact_duration(seconds * 1000), seconds) for seconds in SWITCH_CHOICES_S]
        self.switch = self._add_choice(_("Time to change legs"), switches, "playing.switch_s")
        self.wait = self._add_switch(_("Wait for me"), _("Wait for a key before each hold"), "playing.wait_for_me")
        waits = ((_("Wait in my first sessions"), None), (_("Wait for a key"), True), (_("Go on"), False))
        self.wait_between = self._add_choice(_("Between exercises"), waits, "playing.wait_between")
        together = _("Keep exercises in the same position together")
        self.together = self._add_switch(_("Order"), together, "playing.same_position_together")

    def _add_sound(self) -> None:
        self._add_section(_("Sound"))
        self.volume = self._add_slider(_("Tone volume"), (0, 100), "sound.volume")
        self.volume.sliderReleased.connect(lambda: self.try_sound_requested.emit(CueName.HOLD_START))
        self.tick_volume = self._add_slider(_("Tick volume"), (0, 100), "sound.tick_volume")
        self.tick_volume.sliderReleased.connect(lambda: self.try_sound_requested.emit(CueName.COUNTDOWN))
        music = _("Pause other programs' music while I stretch")
        self.quiet = self._add_switch(_("Music"), music, "pause_other_media")
        self.cues = {name: self._cue_box(name) for name in TONE_MS}
        self._tones.setHorizontalSpacing(28)
        self._add_row(_("Tones"), self._tones)
        self._add_own_sounds()
        self.coaching = self._add_switch(_("Coaching"), _("Talk to me during holds"), "playing.coaching")
        left = _("Say when ten seconds are left")
        self.time_left = self._add_switch(_("Time left"), left, "playing.tell_time_left")

    def _add_own_sounds(self) -> None:
        self.own_tone = at_least(QComboBox(), 220, 32)
        self.own_tone.setAccessibleName(_("Own sounds"))
        self.own_tone.currentIndexChanged.connect(self._allow_shipped)
        choose, shipped = self.own_sound_requested, self.shipped_sound_requested
        self.choose_own = self._button(_("Choose a file…"), lambda: choose.emit(self.own_tone.currentData()))
        self.shipped = self._button(_("Use the built-in sound"), lambda: shipped.emit(self.own_tone.currentData()))
        self._own.setHorizontalSpacing(12)
        self._add_row(_("Own sounds"), self._own)
        for name in TONE_MS:
            self.own_tone.addItem(self._cue_words(name), name)

    def show_own_sounds(self, names: frozenset[CueName]) -> None:
        """Mark the tones that have a sound of the person's own."""
        self._own_names = names
        for index in range(self.own_tone.count()):
            words = self._cue_words(self.own_tone.itemData(index))
            own = _("{tone} (own sound)").format(tone=words)
            self.own_tone.setItemText(index, own if self.own_tone.itemData(index) in names else words)
        self._allow_shipped()

    def _allow_shipped(self) -> None:
        self.shipped.setEnabled(self.own_tone.currentData() in self._own_names)

    def _cue_box(self, name: CueName) -> Switch:
        box = Switch(self._cue_words(name))
        box.setChecked(name not in self._settings.sound.muted)
        box.toggled.connect(lambda on: self._change_cue(name, on=on))
        return box

    def _add_speech(self) -> None:
        self._add_section(_("Voice"))
        modes = (
            (_("Recorded (fallback: system)"), SpeechMode.AUTOMATIC),
            (_("The system's voice"), SpeechMode.SYSTEM),
            (_("No voice"), SpeechMode.OFF),
        )
        self.speech_mode = self._add_choice(_("Voice source"), modes, "speech.mode")
        self.speech_mode.currentIndexChanged.connect(self._allow_voice)
        self.speech_volume = self._add_slider(_("Voice volume"), (0, 100), "speech.volume")
        self.voice = at_least(QComboBox(), 220, 32)
        self.voice.currentIndexChanged.connect(lambda: self._change("speech.voice", self.voice.currentData()))
        self._add_row(_("The system's voice"), self.voice)
        self.speech_rate = self._add_slider(_("Speaking rate"), (-10, 10), "speech.rate", steps_per_unit=10)
        self.try_voice = self._button(_("Try the voice"), self.try_voice_requested.emit)
        self._form.addRow("", self.try_voice)
        self.show_voices(())

    def show_voices(self, voices: tuple[Voice, ...]) -> None:
        """List the system's voices; the selected one stays selected even when it isn't among them."""
        chosen = self._settings.speech.voice
        known = [(f"{voice.name} ({voice.language})" if voice.language else voice.name, voice.id) for voice in voices]
        if chosen is not None and chosen not in [identity for _name, identity in known]:
            known.append((chosen, chosen))
        before = self.voice.blockSignals(True)
        self.voice.clear()
        self.voice.addItem(_("System default"), None)
        for words, identity in known:
            self.voice.addItem(words, identity)
        self.voice.setCurrentIndex(max(0, self.voice.findData(chosen)))
        self.voice.blockSignals(before)
        self._allow_voice()

    def _allow_voice(self) -> None:
        for field in (self.voice, self.speech_rate):
            field.setEnabled(self._settings.speech.mode is not SpeechMode.OFF)

    def _add_looks(self) -> None:
        self._add_section(_("Appearance"))
        schemes = (
            (_("Match system"), Appearance.SYSTEM),
            (_("Light"), Appearance.LIGHT),
            (_("Dark"), Appearance.DARK),
        )
        self.appearance = self._add_choice(_("Colour scheme"), schemes, "appearance")
        self._add_language()
        motions = (
            (_("Match system"), Motion.SYSTEM),
            (_("Full motion"), Motion.FULL),
            (_("Reduced"), Motion.REDUCED),
        )
        self.motion = self._add_choice(_("Motion"), motions, "motion")
        distances = [
            (_("{distance} m").format(distance=self.locale().toString(each, "g", 3)), each)
            for each in sorted({*DISTANCE_CHOICES_M, self._settings.viewing_distance_m})
        ]
        self.distance = self._add_choice(_("Distance from the screen"), distances, "viewing_distance_m")

    def _add_language(self) -> None:
        tags = sorted({*offered_languages(), *filter(None, (self._settings.language,))})
        names = [(_language_name(tag), tag) for tag in tags]
        chosen = self._settings.language
        self.language = self._add_choice(_("Language"), [(_("Match system"), None), *names], "language")
        self.restart_hint = plain_label(
            _("Quit Stretch Player and start it again to see it in this language."), wrap=True
        )
        self.restart_hint.hide()
        self.language.currentIndexChanged.connect(
            lambda: self.restart_hint.setVisible(self._settings.language != chosen)
        )
        self._form.addRow("", self.restart_hint)

    def _add_reminders(self, autostart: AutostartControl | None) -> None:
        self._add_heading(_("Reminders"))
        self.reminders = ReminderSection(self._settings.reminders, autostart)
        self.reminders.reminders_changed.connect(lambda chosen: self._change("reminders", chosen))
        self._labels += self.reminders.labels
        self._sections.addWidget(self.reminders)

    def _add_progress(self) -> None:
        self._add_section(_("Progress"))
        self.ask_pain = self._add_switch(_("Pain"), _("Ask about pain after a session"), "progress.ask_pain")
        reach = _("Measure how far I reach, twice a week")
        self.measure_reach = self._add_switch(_("Reach"), reach, "progress.measure_reach")
        longer = _("Offer 5 s more after a good week")
        self.longer_holds = self._add_switch(_("Progression"), longer, "progress.offer_longer_holds")
        self.begin_with = at_least(QComboBox(), 220, 32)
        self.begin_with.addItems([_("My current hold"), *(exact_duration(hold_s * 1000) for hold_s in SHORT_HOLDS_S)])
        self.begin_with.setEnabled(self.longer_holds.isChecked())
        self.begin_with.activated.connect(self._begin_with)
        self.longer_holds.toggled.connect(self.begin_with.setEnabled)
        self._add_row(_("Start with"), self.begin_with)
        self.export = self._button(_("Export…"), self.export_requested.emit)
        self.import_data = self._button(_("Import…"), self.import_requested.emit)
        self.erase = self._button(_("Delete everything…"), self.erase_requested.emit)
        self._form.addRow(self._data)

    def _begin_with(self, index: int) -> None:
        if index > 0:
            self.hold.setCurrentIndex(self.hold.findText(exact_duration(SHORT_HOLDS_S[index - 1] * 1000)))

    def _cue_words(self, name: CueName) -> str:
        return {
            CueName.SESSION_START: _("Start of the session"),
            CueName.HOLD_START: _("Start of a hold"),
            CueName.HALF_WAY: _("Half-way"),
            CueName.COUNTDOWN: _("Last three seconds"),
            CueName.HOLD_END: _("End of a hold"),
            CueName.SWITCH_SIDES: _("Other leg"),
            CueName.DONE: _("End of the session"),
            CueName.PAUSED: _("Pause"),
            CueName.RESUMING: _("Resume"),
            CueName.WAITING: _("Waiting for me"),
            CueName.INTERRUPTED: _("Interruption"),
        }[name]

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
        """Align the fields of all sections or, on a narrow page, put each below its label."""
        self._arrange_rows(narrow=self.width() < _NARROW * scale)
        if self._sections.minimumSize().width() > self.room:
            self._arrange_rows(narrow=True)

    def _arrange_rows(self, *, narrow: bool) -> None:
        self.reminders.arrange(narrow=narrow)
        wrap = QFormLayout.RowWrapPolicy.WrapAllRows if narrow else QFormLayout.RowWrapPolicy.DontWrapRows
        widest = 0 if narrow else max(label.sizeHint().width() for label in self._labels)
        for form in self._forms:
            form.setRowWrapPolicy(wrap)
        for label in self._labels:
            label.setMinimumWidth(widest)
        _arrange(self._data, (self.export, self.import_data, self.erase), 1 if narrow else 3)
        _arrange(self._own, (self.own_tone, self.choose_own, self.shipped), 1 if narrow else 2)
        _arrange(self._tones, self.cues.values(), 1 if narrow else 2)

    def showEvent(self, event: QShowEvent) -> None:
        """Request the voices when the page is first needed."""
        super().showEvent(event)
        self.voices_requested.emit()
