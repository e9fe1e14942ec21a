"""The Settings page. What is changed holds at once and is told by `settings_changed`."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QShowEvent
from PySide6.QtWidgets import QComboBox, QFormLayout, QGridLayout, QLabel, QScrollArea, QSlider, QVBoxLayout, QWidget

from stretchplayer.figure.side import Side
from stretchplayer.i18n import _
from stretchplayer.routine.cues import TONE_MS, CueName
from stretchplayer.routine.preferences import HOLD_CHOICES_S, LEAD_IN_CHOICES_S, PACE_CHOICES
from stretchplayer.routine.voice import Voice
from stretchplayer.settings import DISTANCE_CHOICES_M, Appearance, Motion, Settings, SpeechMode
from stretchplayer.ui.pages.page import Page, plain_label
from stretchplayer.ui.pages.settings_progress import ProgressSection, Wrapping
from stretchplayer.ui.reminders.reminder_settings import ReminderSection
from stretchplayer.ui.text.player import exact_duration
from stretchplayer.ui.theme import palette as theme
from stretchplayer.ui.widgets.buttons import WideButton
from stretchplayer.ui.widgets.switch import Switch

_NARROW: Final = 620
"""Below this width in px, fields stand below their labels."""


def _slider(lowest: int, highest: int, value: int) -> QSlider:
    slider = QSlider(Qt.Orientation.Horizontal)
    slider.setRange(lowest, highest)
    slider.setPageStep(max(1, (highest - lowest) // 10))
    slider.setValue(value)
    return slider


class SettingsPage(Page):
    """Shows the settings and takes the person's choices."""

    settings_changed = Signal(Settings)
    try_sound_requested = Signal(CueName)
    try_voice_requested = Signal()
    voices_requested = Signal()
    introduction_requested = Signal()
    autostart_requested = Signal(bool)
    calendar_requested = Signal()
    about_requested = Signal()

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._headings: list[QLabel] = [plain_label(_("Settings"))]
        self._fields: list[QWidget] = []
        self._labels: list[QLabel] = []
        self._forms: list[QFormLayout] = []
        self._wrapping: list[Wrapping] = []
        self._tones = QGridLayout()
        self._body = QWidget()
        self._sections = QVBoxLayout(self._body)
        self._sections.setContentsMargins(0, 0, 9, 9)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        self._scroll.setWidget(self._body)
        self._scroll.setAccessibleName(_("Settings"))
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.column.addWidget(self._headings[0])
        self.column.addWidget(self._scroll, 1)
        self._add_playing()
        self._add_sound()
        self._add_speech()
        self._add_looks()
        self._add_reminders()
        self._add_progress()
        self._add_introduction()
        self._sections.addStretch(1)

    @property
    def settings(self) -> Settings:
        """The settings as they are shown."""
        return self._settings

    # Sections

    def add_section(self, title: str) -> QFormLayout:
        """Add a heading and a form below it."""
        heading = plain_label(title)
        self._headings.append(heading)
        form = QFormLayout()
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        form.setFormAlignment(Qt.AlignmentFlag.AlignLeft)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.FieldsStayAtSizeHint)
        self._forms.append(form)
        self._sections.addWidget(heading)
        self._sections.addLayout(form)
        return form

    def add_row(self, form: QFormLayout, words: str, field: QWidget) -> None:
        """Add a field with its label."""
        label = plain_label(words)
        label.setBuddy(field)
        field.setAccessibleName(words)
        self._labels.append(label)
        self._fields += [label, field]
        form.addRow(label, field)

    def add_wide(self, form: QFormLayout, *widgets: QWidget) -> None:
        """Add fields that need no label, below one another where there is no room."""
        row = Wrapping(*widgets)
        self._wrapping.append(row)
        self._fields += widgets
        form.addRow(row)

    def _add_progress(self) -> None:
        self.progress = ProgressSection(self._settings.progress, self, self)
        self.progress.changed.connect(lambda progress: self._change(replace(self._settings, progress=progress)))
        self.progress.short_hold_chosen.connect(
            lambda seconds: self.hold.setCurrentIndex(self.hold.findText(exact_duration(seconds * 1000)))
        )

    def _add_playing(self) -> None:
        form = self.add_section(_("Playing"))
        playing = self._settings.playing
        holds: list[tuple[str, object]] = [(_("As the routine says"), None)]
        holds += [(exact_duration(seconds * 1000), seconds) for seconds in HOLD_CHOICES_S]
        self.hold = self._combo(holds, playing.hold_s, "hold_s")
        self.add_row(form, _("Hold each stretch for"), self.hold)
        lead_ins = [(exact_duration(seconds * 1000), seconds) for seconds in LEAD_IN_CHOICES_S]
        self.lead_in = self._combo(lead_ins, playing.lead_in_s, "lead_in_s")
        self.add_row(form, _("Time to get into position"), self.lead_in)
        names = (_("Brisk"), _("Normal"), _("Slow"), _("Very slow"))
        self.pace = self._combo(zip(names, PACE_CHOICES, strict=True), playing.pace, "pace")
        self.add_row(form, _("Pace of the movements"), self.pace)
        sides = ((_("Left"), Side.LEFT), (_("Right"), Side.RIGHT))
        self.first_side = self._combo(sides, playing.first_side, "first_side")
        self.add_row(form, _("First leg"), self.first_side)
        self.wait = Switch(_("Wait for a key before each hold"))
        self.wait.setChecked(playing.wait_for_me)
        self.wait.toggled.connect(lambda on: self._change_playing("wait_for_me", on))
        self.add_row(form, _("Wait for me"), self.wait)

    def _add_sound(self) -> None:
        form = self.add_section(_("Sound"))
        self.volume = _slider(0, 100, self._settings.sound.volume)
        self.volume.valueChanged.connect(self._change_volume)
        self.volume.sliderReleased.connect(lambda: self.try_sound_requested.emit(CueName.HOLD_START))
        self.add_row(form, _("Volume of the tones"), self.volume)
        self.quiet = Switch(_("Pause other programs' music while I stretch"))
        self.quiet.setChecked(self._settings.pause_other_media)
        self.quiet.toggled.connect(lambda on: self._change(replace(self._settings, pause_other_media=on)))
        self.add_row(form, _("Music"), self.quiet)
        self.cues = {name: self._cue_box(name) for name in TONE_MS}
        self._tones.setHorizontalSpacing(28)
        tones = plain_label(_("Tones"))
        self._labels.append(tones)
        self._fields.append(tones)
        form.addRow(tones, self._tones)

    def _cue_box(self, name: CueName) -> Switch:
        box = Switch(self._cue_words(name))
        box.setChecked(name not in self._settings.sound.muted)
        box.toggled.connect(lambda on: self._change_cue(name, on=on))
        self._fields.append(box)
        return box

    def _add_speech(self) -> None:
        form = self.add_section(_("Voice"))
        speech = self._settings.speech
        modes = (
            (_("Recorded voice, else the system's"), SpeechMode.AUTOMATIC),
            (_("The system's voice"), SpeechMode.SYSTEM),
            (_("Nobody"), SpeechMode.OFF),
        )
        self.speech_mode = QComboBox()
        for words, _unused in modes:
            self.speech_mode.addItem(words)
        self.speech_mode.setCurrentIndex([mode for _unused, mode in modes].index(speech.mode))
        self.speech_mode.currentIndexChanged.connect(lambda index: self._change_speech(mode=modes[index][1]))
        self.add_row(form, _("Who speaks"), self.speech_mode)
        self.speech_volume = _slider(0, 100, speech.volume)
        self.speech_volume.valueChanged.connect(lambda volume: self._change_speech(volume=volume))
        self.add_row(form, _("Volume of the voice"), self.speech_volume)
        self.voice = QComboBox()
        self.voice.currentIndexChanged.connect(lambda _unused: self._change_speech(voice=self.voice.currentData()))
        self.add_row(form, _("The system's voice"), self.voice)
        self.speech_rate = _slider(-10, 10, round(speech.rate * 10))
        self.speech_rate.valueChanged.connect(lambda rate: self._change_speech(rate=rate / 10))
        self.add_row(form, _("How fast it speaks"), self.speech_rate)
        self.try_voice = WideButton(_("Try the voice"))
        self.try_voice.clicked.connect(self.try_voice_requested)
        self._fields.append(self.try_voice)
        form.addRow("", self.try_voice)
        self.show_voices(())

    def show_voices(self, voices: tuple[Voice, ...]) -> None:
        """Offer these voices of the system's; the chosen one stays chosen, even when it is not among them."""
        chosen = self._settings.speech.voice
        known = [(f"{voice.name} ({voice.language})" if voice.language else voice.name, voice.id) for voice in voices]
        if chosen is not None and chosen not in [identity for _unused, identity in known]:
            known.append((chosen, chosen))
        before = self.voice.blockSignals(True)
        self.voice.clear()
        self.voice.addItem(_("The system's choice"), None)
        for words, identity in known:
            self.voice.addItem(words, identity)
        self.voice.setCurrentIndex(max(0, self.voice.findData(chosen)))
        self.voice.blockSignals(before)
        system = self._settings.speech.mode is not SpeechMode.OFF
        self.voice.setEnabled(system)
        self.speech_rate.setEnabled(system)

    def _add_looks(self) -> None:
        form = self.add_section(_("Looks"))
        choices = (
            (_("Like the system"), Appearance.SYSTEM),
            (_("Light"), Appearance.LIGHT),
            (_("Dark"), Appearance.DARK),
        )
        self.appearance = QComboBox()
        for words, value in choices:
            self.appearance.addItem(words, value)
        self.appearance.setCurrentIndex([value for _unused, value in choices].index(self._settings.appearance))
        self.appearance.currentIndexChanged.connect(
            lambda index: self._change(replace(self._settings, appearance=choices[index][1]))
        )
        self.add_row(form, _("Colours"), self.appearance)
        motions = (
            (_("Like the system"), Motion.SYSTEM),
            (_("Everything moves"), Motion.FULL),
            (_("Reduced"), Motion.REDUCED),
        )
        self.motion = QComboBox()
        for words, _unused in motions:
            self.motion.addItem(words)
        self.motion.setCurrentIndex([value for _unused, value in motions].index(self._settings.motion))
        self.motion.currentIndexChanged.connect(
            lambda index: self._change(replace(self._settings, motion=motions[index][1]))
        )
        self.add_row(form, _("Motion"), self.motion)
        # A distance that was written into the file by hand is offered, too.
        distances = sorted({*DISTANCE_CHOICES_M, self._settings.viewing_distance_m})
        self.distance = QComboBox()
        for distance in distances:
            self.distance.addItem(_("{distance} m").format(distance=self.locale().toString(distance, "g", 3)))
        self.distance.setCurrentIndex(distances.index(self._settings.viewing_distance_m))
        self.distance.currentIndexChanged.connect(
            lambda index: self._change(replace(self._settings, viewing_distance_m=distances[index]))
        )
        self.add_row(form, _("Distance to the screen"), self.distance)

    def _add_reminders(self) -> None:
        heading = plain_label(_("Reminders"))
        self.reminders = ReminderSection(self._settings.reminders)
        self.reminders.reminders_changed.connect(lambda chosen: self._change(replace(self._settings, reminders=chosen)))
        self.reminders.autostart_requested.connect(self.autostart_requested)
        self.reminders.calendar_requested.connect(self.calendar_requested)
        self._headings.append(heading)
        self._labels += self.reminders.labels
        self._sections.addWidget(heading)
        self._sections.addWidget(self.reminders)

    def show_autostart(self, on: bool | None) -> None:
        """Show whether the system starts the program at login; None when that can't be known or changed."""
        self.reminders.show_autostart(on)

    def _add_introduction(self) -> None:
        self.introduction = WideButton(_("Show the introduction again"))
        self.introduction.clicked.connect(self.introduction_requested)
        self._fields.append(self.introduction)
        self._sections.addSpacing(12)
        self._sections.addWidget(self.introduction, 0, Qt.AlignmentFlag.AlignLeft)
        self.about = WideButton(_("About Stretch Player"))
        self.about.clicked.connect(self.about_requested)
        self._fields.append(self.about)
        self._sections.addWidget(self.about, 0, Qt.AlignmentFlag.AlignLeft)

    def _combo(self, choices: Iterable[tuple[str, object]], chosen: object, field: str) -> QComboBox:
        combo = QComboBox()
        values = []
        for words, value in choices:
            combo.addItem(words)
            values.append(value)
        if chosen not in values:  # written into the file by hand
            combo.addItem(exact_duration(chosen * 1000) if isinstance(chosen, int) else str(chosen))
            values.append(chosen)
        combo.setCurrentIndex(values.index(chosen))
        combo.currentIndexChanged.connect(lambda index: self._change_playing(field, values[index]))
        return combo

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

    def _change(self, settings: Settings) -> None:
        if settings != self._settings:
            self._settings = settings
            self.settings_changed.emit(settings)

    def _change_playing(self, field: str, value: object) -> None:
        playing = replace(self._settings.playing, **{field: value})  # type: ignore[arg-type]  # the combo's own values
        self._change(replace(self._settings, playing=playing))

    def _change_volume(self, volume: int) -> None:
        self._change(replace(self._settings, sound=replace(self._settings.sound, volume=volume)))

    def _change_speech(self, **changes: object) -> None:
        speech = replace(self._settings.speech, **changes)  # type: ignore[arg-type]  # the fields' own values
        self._change(replace(self._settings, speech=speech))
        self.voice.setEnabled(speech.mode is not SpeechMode.OFF)
        self.speech_rate.setEnabled(speech.mode is not SpeechMode.OFF)

    def showEvent(self, event: QShowEvent) -> None:
        """Ask which voices there are, now that they are to be seen."""
        super().showEvent(event)
        self.voices_requested.emit()

    def _change_cue(self, name: CueName, *, on: bool) -> None:
        muted = self._settings.sound.muted - {name} if on else self._settings.sound.muted | {name}
        self._change(replace(self._settings, sound=replace(self._settings.sound, muted=muted)))
        if on:
            self.try_sound_requested.emit(name)

    def apply_scale(self, scale: float) -> None:
        """Set the letters and the spaces."""
        font = self.font()
        title, *sections = self._headings
        title.setFont(theme.pixel_font(font, 30 * scale, QFont.Weight.Bold))
        for heading in sections:
            heading.setFont(theme.pixel_font(font, 18 * scale, QFont.Weight.DemiBold))
            heading.setContentsMargins(0, round(14 * scale), 0, round(2 * scale))
        for field in self._fields:
            field.setFont(theme.pixel_font(font, 15 * scale))
        for field in (
            self.hold,
            self.lead_in,
            self.pace,
            self.first_side,
            self.appearance,
            self.motion,
            self.distance,
            self.speech_mode,
            self.voice,
            self.progress.begin_with,
        ):
            field.setMinimumWidth(round(220 * scale))
            field.setMinimumHeight(round(32 * scale))
        for slider in (self.volume, self.speech_volume, self.speech_rate):
            slider.setMinimumWidth(round(220 * scale))
            slider.setMinimumHeight(round(28 * scale))
        self._sections.setSpacing(round(8 * scale))
        narrow = self.width() < _NARROW * scale
        self.reminders.set_letters(theme.pixel_font(font, 15 * scale), scale, narrow=narrow)
        self._fit_width(narrow=narrow)

    def _fit_width(self, *, narrow: bool) -> None:
        """Let all sections share one column of labels or, where that leaves no room, put each field below its label."""
        wrap = QFormLayout.RowWrapPolicy.WrapAllRows if narrow else QFormLayout.RowWrapPolicy.DontWrapRows
        widest = 0 if narrow else max(label.sizeHint().width() for label in self._labels)
        for form in self._forms:
            form.setRowWrapPolicy(wrap)
        for label in self._labels:
            label.setMinimumWidth(widest)
        for row in self._wrapping:
            row.arrange(narrow=narrow)
        columns = 1 if narrow else 2
        for place, box in enumerate(self.cues.values()):
            self._tones.addWidget(box, place // columns, place % columns)
