"""The Settings page: what it shows, emits and leaves alone."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QComboBox, QPushButton, QSlider

from stretchplayer.figure.side import Side
from stretchplayer.i18n import install, offered_languages
from stretchplayer.routine.cues import TONE_MS, CueName
from stretchplayer.routine.preferences import HOLD_CHOICES_S, Preferences
from stretchplayer.settings import Appearance, Settings, SoundSettings, SpeechMode, Voice
from stretchplayer.storage.assets import asset_dir
from stretchplayer.ui.pages.settings_page import SettingsPage
from stretchplayer.ui.theme import palette as theme
from stretchplayer.ui.widgets.form_card import FormCard
from stretchplayer.ui.widgets.switch import Switch
from tests.routine.shipped import hamstring_trio
from tests.ui.library.routines import RICH
from tests.ui.stage import WindowStage, child


class Changes:
    """A settings page, and what it emitted."""

    def __init__(self, settings: Settings) -> None:
        self.page = SettingsPage(settings)
        self.page.resize(800, 500)
        self.told: list[Settings] = []
        self.sounds: list[CueName] = []
        self.page.settings_changed.connect(self.told.append)
        self.page.try_sound_requested.connect(self.sounds.append)

    def choose(self, combo: QComboBox, words: str) -> Settings:
        """Choose an entry."""
        combo.setCurrentIndex(combo.findText(words))
        return self.told[-1]


@pytest.fixture
def changes(qapp: QApplication) -> Changes:
    assert qapp is not None
    return Changes(Settings())


def test_the_routines_for_mornings_and_evenings_are_chosen(changes: Changes) -> None:
    page = changes.page
    page.show_routines((RICH, hamstring_trio()))
    assert page.reminders.mornings.currentText() == hamstring_trio().title
    assert changes.told == []
    assert changes.choose(page.reminders.evenings, "All kinds") == Settings(evenings="rich")
    page.show_routines(())
    assert page.reminders.evenings.currentData() == "rich", "even if its file has gone"


def test_the_language_is_chosen_of_those_that_people_speak(changes: Changes) -> None:
    page = changes.page
    install(asset_dir("translations"), "en")
    other = Changes(Settings(language="de")).page
    assert page.language.itemText(0) == "Match system"
    assert "Deutsch" in [other.language.itemText(index) for index in range(other.language.count())]
    assert not {"en-XA", "ar-XB"} & {*offered_languages()}
    assert page.restart_hint.isHidden()
    page.language.setCurrentIndex(1)
    assert not page.restart_hint.isHidden()
    page.language.setCurrentIndex(0)
    assert [settings.language for settings in changes.told] == ["en", None]
    assert page.restart_hint.isHidden()


@pytest.mark.parametrize(
    ("field", "words", "playing"),
    [
        *(
            ("hold", f"{s} s" if s < 60 else "1 min", Preferences(hold_s=s))
            for s in HOLD_CHOICES_S
        ),
        ("lead_in", "15 s", Preferences(lead_in_s=15)),
        ("pace", "Slow", Preferences(pace=1.5)),
        ("pace", "Brisk", Preferences(pace=0.75)),
        ("first_side", "Right", Preferences(first_side=Side.RIGHT)),
    ],
)  # fmt: skip
def test_a_choice_about_playing_is_told(changes: Changes, field: str, words: str, playing: Preferences) -> None:
    combo = getattr(changes.page, field)
    if playing == Preferences():
        combo.setCurrentIndex(combo.count() - 1)
    assert changes.choose(combo, words) == Settings(playing=playing)
    assert changes.page.settings == Settings(playing=playing)


def test_the_routine_s_own_hold_can_be_chosen_again(changes: Changes) -> None:
    changes.choose(changes.page.hold, "10 s")
    assert changes.choose(changes.page.hold, "As the routine says").playing.hold_s is None


def test_waiting_is_a_switch(changes: Changes) -> None:
    changes.page.wait.click()
    assert changes.told[-1].playing.wait_for_me
    changes.page.wait.click()
    assert changes.told[-1] == Settings()


def test_ticks_have_a_volume_of_their_own(changes: Changes) -> None:
    changes.page.tick_volume.setValue(15)
    assert changes.told == [Settings(sound=SoundSettings(tick_volume=15))]
    tried: list[CueName] = []
    changes.page.try_sound_requested.connect(tried.append)
    changes.page.tick_volume.sliderReleased.emit()
    assert tried == [CueName.COUNTDOWN]


def test_a_tone_can_have_a_sound_of_the_person_s_own_and_go_back(changes: Changes) -> None:
    page = changes.page
    asked: list[tuple[str, CueName]] = []
    page.own_sound_requested.connect(lambda name: asked.append(("own", name)))
    page.shipped_sound_requested.connect(lambda name: asked.append(("shipped", name)))
    page.own_tone.setCurrentIndex(page.own_tone.findText("End of a hold"))
    assert not page.shipped.isEnabled()
    page.choose_own.click()
    page.show_own_sounds(frozenset({CueName.HOLD_END}))
    assert page.own_tone.currentText() == "End of a hold (own sound)"
    page.shipped.click()
    assert asked == [("own", CueName.HOLD_END), ("shipped", CueName.HOLD_END)]
    assert {type(name) for _way, name in asked} == {CueName}
    page.show_own_sounds(frozenset())
    assert page.own_tone.currentText() == "End of a hold"
    assert not page.shipped.isEnabled()


def test_telling_the_time_left_is_a_switch(changes: Changes) -> None:
    changes.page.time_left.click()
    assert changes.told[-1].playing.tell_time_left


def test_volume(changes: Changes) -> None:
    changes.page.volume.setValue(35)
    assert changes.told == [Settings(sound=SoundSettings(volume=35))]
    changes.page.volume.sliderReleased.emit()
    assert changes.sounds == [CueName.HOLD_START]


@pytest.mark.parametrize("name", TONE_MS)
def test_every_tone_can_be_turned_off_and_is_heard_when_turned_on(changes: Changes, name: CueName) -> None:
    changes.page.cues[name].click()
    assert changes.told[-1].sound.muted == {name}
    assert changes.sounds == []
    changes.page.cues[name].click()
    assert changes.told[-1].sound.muted == frozenset()
    assert changes.sounds == [name]


@pytest.mark.parametrize(("words", "appearance"), [("Light", Appearance.LIGHT), ("Dark", Appearance.DARK)])
def test_colours(changes: Changes, words: str, appearance: Appearance) -> None:
    assert changes.choose(changes.page.appearance, words) == Settings(appearance=appearance)


def test_speech(changes: Changes) -> None:
    changes.page.speech_mode.setCurrentIndex(2)
    assert changes.told[-1].speech.mode is SpeechMode.OFF
    assert not changes.page.voice.isEnabled()
    changes.page.speech_mode.setCurrentIndex(1)
    assert changes.page.voice.isEnabled()
    changes.page.speech_rate.setValue(-5)
    assert changes.told[-1].speech.rate == -0.5
    changes.page.speech_volume.setValue(10)
    assert changes.told[-1].speech.volume == 10


def test_voices_are_offered_without_changing_anything(changes: Changes) -> None:
    voices = (Voice(id="a", name="Anna <b>", language="en"), Voice(id="b", name="Ben", language=""))
    changes.page.show_voices(voices)
    assert [changes.page.voice.itemText(n) for n in range(3)] == ["System default", "Anna <b> (en)", "Ben"]
    assert changes.told == []
    changes.page.voice.setCurrentIndex(2)
    assert changes.told[-1].speech.voice == "b"
    changes.page.show_voices(voices[:1])
    assert changes.page.voice.currentData() == "b"
    assert changes.page.settings.speech.voice == "b"


def test_choosing_the_same_again_tells_nothing(changes: Changes) -> None:
    changes.page.volume.setValue(changes.page.settings.sound.volume)
    changes.page.hold.setCurrentIndex(0)
    assert changes.told == []


def test_the_page_shows_what_is_set(qapp: QApplication) -> None:
    assert qapp is not None
    playing = Preferences(hold_s=45, pace=2.0, lead_in_s=20, first_side=Side.RIGHT, wait_for_me=True)
    sound = SoundSettings(volume=10, muted=frozenset({CueName.DONE}))
    changes = Changes(Settings(playing=playing, sound=sound, appearance=Appearance.LIGHT))
    page = changes.page
    shown = [combo.currentText() for combo in (page.hold, page.pace, page.lead_in, page.first_side, page.appearance)]
    assert shown == ["45 s", "Very slow", "20 s", "Right", "Light"]
    assert (page.wait.isChecked(), page.volume.value()) == (True, 10)
    assert [name for name, box in page.cues.items() if not box.isChecked()] == [CueName.DONE]
    assert changes.told == []


def test_a_value_from_the_file_that_is_no_choice_is_shown_and_kept(qapp: QApplication) -> None:
    assert qapp is not None
    changes = Changes(Settings(playing=Preferences(hold_s=75, lead_in_s=7, pace=1.2)))
    page = changes.page
    assert [page.hold.currentText(), page.lead_in.currentText(), page.pace.currentText()] == [
        "1 min 15 s",
        "7 s",
        "1.2",
    ]
    page.wait.click()
    assert changes.told[-1].playing == replace(Preferences(hold_s=75, lead_in_s=7, pace=1.2), wait_for_me=True)


def test_scrolling_over_a_field_changes_nothing(window: WindowStage) -> None:
    window.resize(800, 500)
    window.press("Settings")
    page = window.view.findChild(SettingsPage)
    assert isinstance(page, SettingsPage)
    before = page.settings
    for field in (
        page.hold,
        page.lead_in,
        page.pace,
        page.first_side,
        page.volume,
        page.speech_volume,
        page.appearance,
    ):
        middle = QPointF(field.rect().center())
        event = QWheelEvent(
            middle, field.mapToGlobal(middle), QPoint(0, 0), QPoint(0, -120), Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(field, event)
        assert not event.isAccepted(), "what a field doesn't take scrolls the page"
    assert page.settings == before


# Cards


def settings_of(window: WindowStage) -> SettingsPage:
    window.press("Settings")
    return child(window.view, SettingsPage)


def cards_of(page: SettingsPage) -> list[FormCard]:
    """In the order in which Tab walks through them."""
    return page.findChildren(FormCard)


def test_everything_is_on_a_card(window: WindowStage) -> None:
    page = settings_of(window)
    assert [card.accessibleName() for card in cards_of(page)] == [
        "Session", "Voice and sound", "Reminders", "Appearance and distance", "Data",
    ]  # fmt: skip
    fields = page.findChildren(QComboBox) + page.findChildren(QSlider) + page.findChildren(Switch)
    loose = [each for each in fields if not any(card.isAncestorOf(each) for card in cards_of(page))]
    assert not loose


def test_single_tones_are_advanced(window: WindowStage) -> None:
    page = settings_of(window)
    tones = page.cues[CueName.HALF_WAY]
    assert not tones.isVisible()
    assert not page.own_tone.isVisible()
    window.press("Show advanced settings")
    assert tones.isVisible()
    assert page.own_tone.isVisible()
    window.press("Hide advanced settings")
    assert not tones.isVisible()


def test_advanced_settings_open_below_what_opened_them(make_window: Callable[..., WindowStage]) -> None:
    window = make_window(size=(1920, 1080))
    page = settings_of(window)
    places = {card: card.pos() for card in cards_of(page)}
    before = page.disclose.mapTo(page, QPoint(0, 0))
    window.press("Show advanced settings")
    assert page.disclose.mapTo(page, QPoint(0, 0)) == before
    moved = {card.accessibleName() for card, place in places.items() if card.pos() != place}
    assert moved <= {"Reminders", "Appearance and distance", "Data"}
    assert {card.x() for card in cards_of(page)} == {place.x() for place in places.values()}


@pytest.mark.parametrize(
    ("size", "columns"), [((800, 500), 1), ((1080, 1920), 1), ((1366, 768), 2), ((1920, 1080), 2), ((2560, 1440), 3)]
)
def test_a_larger_window_has_more_columns_of_cards(
    make_window: Callable[..., WindowStage], size: tuple[int, int], columns: int
) -> None:
    cards = cards_of(settings_of(make_window(size=size)))
    assert len({card.x() for card in cards}) == columns
    places = [(card.x(), card.y()) for card in cards]
    assert places == sorted(places), "Tab goes down one column after the other"
    tops = dict(reversed(places))
    assert len(set(tops.values())) == 1


def test_letters_of_a_large_window_are_not_huge(make_window: Callable[..., WindowStage]) -> None:
    small, large = (settings_of(make_window(size=size)).hold.font().pixelSize() for size in ((1060, 720), (3840, 2160)))
    assert large <= 1.3 * small


def test_tab_walks_through_the_settings_in_order(window: WindowStage) -> None:
    page = settings_of(window)
    page.hold.setFocus()
    fields = [page.hold, page.lead_in, page.switch, page.pace, page.first_side, page.wait_between, page.wait]
    for field in fields:
        assert window.app.focusWidget() is field
        window.key(Qt.Key.Key_Tab)
    page.quiet.setFocus()
    for field in (page.disclose, page.reminders.enabled):
        window.key(Qt.Key.Key_Tab)
        assert window.app.focusWidget() is field
    page.import_data.setFocus()
    for field in (page.erase, page.introduction, page.about):
        window.key(Qt.Key.Key_Tab)
        assert window.app.focusWidget() is field


def test_deleting_everything_looks_dangerous(window: WindowStage) -> None:
    page = settings_of(window)
    ink = window.app.palette().color(theme.DANGER)

    def has_ink(button: QPushButton) -> bool:
        image = button.grab().toImage()
        return any(image.pixelColor(x, y) == ink for x in range(image.width()) for y in range(image.height()))

    assert has_ink(page.erase)
    assert not has_ink(page.export)
