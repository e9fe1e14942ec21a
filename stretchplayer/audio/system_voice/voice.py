"""The system's voice, in a separate process because any call to it may take seconds."""

import logging
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from PySide6.QtCore import QObject, Signal

from stretchplayer.audio.helper_process import HelperProcess, helper_command
from stretchplayer.i18n import ENGLISH, N_, _, primary
from stretchplayer.ports import Timer
from stretchplayer.settings import SpeechMode, SpeechSettings, Voice

_log = logging.getLogger(__name__)

LEAD_MS: Final = 20
"""From `say` to the first word: measured with speech-dispatcher, espeak-ng and PulseAudio on a null sink as the median
of 40 short texts, of which nine in ten came within 55 ms."""
MOST_FAILURES: Final = 2
STALE_MS: Final = 4_000
"""Words that could not start within this time, because the helper was still starting, are dropped."""
REST_MS: Final = 60_000
"""The helper is killed after being idle for this long."""
LONG_REST_MS: Final = 300_000
"""The same during a session: longer than the time between two texts."""
OPEN_MS: Final = 8_000
"""How long the engine may take to open: 2 s are usual where the speech service still has to start, 4 s were seen."""
ANSWER_MS: Final = 2_000
"""How long any other answer may take."""
RETRY_MS: Final = 20_000
"""How long after giving up to ask again: the speech service may have been restarted, or have come up late."""
BEGIN_MS: Final = 4_000
"""How long accepted words may take to begin: another program may be speaking at the moment."""
NO_ANSWER: Final = N_(
    "The system's voice isn't responding, so the session continues with tones and the words on the screen."
)
NO_VOICE: Final = N_(
    "This system has no voice, so the session continues with tones and the words on the screen; "
    "install speech-dispatcher to get one."
)
NOT_ITS_LANGUAGE: Final = N_(
    "No voice of this system speaks the routine's language, "
    "so the session continues with tones and the words on the screen."
)


def speech_helper_command() -> list[str]:
    return helper_command("stretchplayer.audio.system_voice.helper", "--speech-helper")


class SpeechProcess(HelperProcess):
    """Starts a helper, sends it requests and emits its answers.

    Every request gets an answer, and as long as one is missing answers must keep coming. A helper that is silent for
    too long, reports an error or exits has failed. The timer is borrowed: the owner lets the process fail when it
    fires, and may reuse it once the process has failed or was killed.
    """

    def __init__(self, command: Sequence[str], timer: Timer, parent: QObject | None = None) -> None:
        super().__init__(command, parent)
        self._timer = timer
        self._awaited: set[int] = set()
        self._last_id = -1
        self.answered.connect(self._on_answer)

    def start(self) -> None:
        super().start()
        if not self.is_over:
            self.request("hello", OPEN_MS)

    def request(self, what: str, within_ms: int = ANSWER_MS, **details: object) -> int:
        self._last_id += 1
        if not self._awaited:
            self._timer.arm(within_ms)
        self._awaited.add(self._last_id)
        self.send({"do": what, "id": self._last_id, **details})
        return self._last_id

    @property
    def is_answering(self) -> bool:
        return not self._awaited

    def kill(self) -> None:
        self._timer.cancel()
        super().kill()

    def _on_answer(self, message: Mapping[str, Any]) -> None:
        event, number = message["event"], message.get("id")
        if event == "error":
            self.fail(str(message.get("reason")))
        elif isinstance(number, int) and number in self._awaited:
            if event != "accepted":
                self._awaited.remove(number)
            if self._awaited:
                self._timer.arm(BEGIN_MS)
            else:
                self._timer.cancel()


def _voices(listed: object) -> list[Voice]:
    """The well-formed entries of the list of voices."""
    return [
        Voice(id=each["id"], name=each["name"], language=each["language"])
        for each in (listed if isinstance(listed, list) else [])
        if isinstance(each, dict) and all(isinstance(each.get(key), str) for key in ("id", "name", "language"))
    ]


class SystemVoice(QObject):
    """Implements `ports.Speaker` with a helper process, started when first needed.

    A helper that fails is replaced once. If that one fails too, nothing is said until `RETRY_MS` later or `try_again`.
    """

    voices_changed = Signal(tuple)
    problem_begun = Signal(str)
    """Nothing can be said; a sentence for the person."""
    problem_over = Signal(str)

    def __init__(
        self,
        make_timer: Callable[[], Timer],
        parent: QObject | None = None,
        *,
        command: Callable[[], Sequence[str]] = speech_helper_command,
    ) -> None:
        super().__init__(parent)
        self._language = ENGLISH
        self._command = command
        self._speech = SpeechSettings()
        self._helper: SpeechProcess | None = None
        self._is_ready = False
        self._failures = 0
        self.problem: str | None = None
        """Why nothing can be said, as a sentence for the person; None if there is no known problem."""
        self._is_wanted = False
        self._reported: str | None = None
        self.voices: tuple[Voice, ...] = ()
        """The voices there are, by language and name; empty until `look_for_voices` was answered."""
        self._expected = False
        self._waiting: str | None = None
        self._saying: int | None = None
        self._stale = make_timer()
        self._stale.connect(self._forget_waiting)
        self._rest = make_timer()
        self._rest.connect(self._dismiss)
        self._watchdog = make_timer()
        self._watchdog.connect(self._on_timeout)
        self._retry = make_timer()
        self._retry.connect(self._allow_one_more)

    @property
    def lead_ms(self) -> int:
        return LEAD_MS

    def can_say(self, text: str) -> bool:
        """Whether the text has words, and the voice has no known problem."""
        return self.problem is None and any(letter.isalnum() for letter in text)

    def speak_in(self, language: str) -> None:
        """Speak this language (BCP 47) from the next text on, or nothing if no voice speaks it, whatever its region."""
        before, self._language = self._language, primary(language)
        if self._language != before:
            self._take_back()
            if self._is_ready:
                self._choose_voice()

    def prepare(self, texts: Sequence[str]) -> None:
        """Start the helper if any of these texts can be said, or check that it still responds."""
        self._expected = any(self.can_say(text) for text in texts)
        if texts:
            self._note_wanted()
        if self._expected:
            self._need()
            if self._helper is not None and self._is_ready and self._helper.is_answering:
                self._helper.request("ping")

    def say(self, text: str) -> None:
        """Say the text instead of the current one; if the helper is still starting, as soon as it is ready."""
        self._forget_waiting()
        self._note_wanted()
        if not self.can_say(text) or self._speech.volume <= 0:
            return
        self._need()
        if self._is_ready:
            self._request_words(text)
        else:
            self._waiting = text
            self._stale.arm(STALE_MS)

    def hush(self) -> None:
        self._quieten("hush")

    def stop(self) -> None:
        self._quieten("stop")

    def configure(self, speech: SpeechSettings) -> None:
        """Apply the settings from the next text on; volume 0 stops the current one."""
        before, self._speech = self._speech, speech
        if self._is_ready and speech.voice != before.voice:
            self._choose_voice()
        if speech.volume <= 0:
            self.stop()
        if speech.mode is SpeechMode.OFF:
            self._take_back()
        self._arm_rest()

    def close(self) -> None:
        self._forget_waiting()
        self._rest.cancel()
        self._retry.cancel()
        self._drop_helper()
        for helper in self.findChildren(SpeechProcess):
            helper.close()

    # For the settings

    def look_for_voices(self) -> None:
        """Find out which voices there are; `voices_changed` is emitted when they are known."""
        self.try_again()
        self._need()
        if self._is_ready:
            self.voices_changed.emit(self.voices)

    def try_again(self) -> None:
        """Forget past failures: a session begins, or the person may have fixed the cause."""
        self._failures = 0
        self.problem = None
        self._is_wanted = False
        self._retry.cancel()

    # The helper

    def _need(self) -> None:
        """Make sure a helper is running, and will be for a while."""
        if self.problem is not None:
            return
        if self._helper is None:
            helper = SpeechProcess(self._command(), self._watchdog, self)
            self._helper = helper
            helper.answered.connect(self._on_answer)
            helper.failed.connect(self._on_failed)
            helper.start()
        self._arm_rest()

    def _arm_rest(self) -> None:
        if self._helper is not None:
            long = self._expected or self._speech.mode is SpeechMode.SYSTEM
            self._rest.arm(LONG_REST_MS if long else REST_MS)

    def _dismiss(self) -> None:
        if self._helper is not None:
            self._helper.kill()
        self._drop_helper()

    def _on_timeout(self) -> None:
        if self._helper is not None:
            self._helper.fail("no answer in time")

    def _drop_helper(self) -> None:
        self._helper = None
        self._is_ready = False
        self._saying = None

    def _on_answer(self, message: Mapping[str, Any]) -> None:
        match message:
            case {"event": "ready", "id": int()}:
                self._on_ready(_voices(message.get("voices")))
            case {"event": "no_voice", "id": int()}:
                _log.info("no voice: %s", message.get("reason"))
                self._dismiss()
                self._give_up(_(NO_VOICE))
            case {"event": "finished", "id": number} if number == self._saying:
                self._saying = None
                self._arm_rest()

    def _on_ready(self, voices: list[Voice]) -> None:
        self._is_ready = True
        self.voices = tuple(sorted(voices, key=lambda voice: (voice.language, voice.name)))
        self._choose_voice()
        if self.problem is None:
            self._take_back()
        if self._waiting is not None:
            waiting = self._waiting
            self._forget_waiting()
            self._request_words(waiting)
        self.voices_changed.emit(self.voices)

    def _on_failed(self, reason: str) -> None:
        self._failures += 1
        _log.info("the speech helper failed for the %d. time: %s", self._failures, reason)
        self._drop_helper()
        if self._failures < MOST_FAILURES:
            self._need()
        else:
            self._give_up(_(NO_ANSWER))
            self._retry.arm(RETRY_MS)

    def _allow_one_more(self) -> None:
        """Let the next words start another helper; what the person was told holds until one is ready."""
        self._failures = MOST_FAILURES - 1
        self.problem = None

    def _give_up(self, problem: str) -> None:
        self._forget_waiting()
        self._rest.cancel()
        self.problem = problem
        self._report()

    def _note_wanted(self) -> None:
        """Note that a session wants this voice; only then is its absence a problem."""
        self._is_wanted = True
        self._report()

    def _report(self) -> None:
        if self.problem is not None and self._is_wanted and self.problem != self._reported:
            self._take_back()
            self._reported = self.problem
            self.problem_begun.emit(self.problem)

    def _take_back(self) -> None:
        if self._reported is not None:
            reported, self._reported = self._reported, None
            self.problem_over.emit(reported)

    # Words

    def _choose_voice(self) -> None:
        """Have the helper choose among the voices of the language; without one, another voice would only babble."""
        if self._language not in {primary(voice.language) for voice in self.voices}:
            self._dismiss()
            self._give_up(_(NOT_ITS_LANGUAGE))
        elif self._helper is not None:
            self._helper.request("configure", voice=self._speech.voice, language=self._language)

    def _request_words(self, text: str) -> None:
        if self._helper is not None:
            volume = min(self._speech.volume, 100) / 100
            rate = min(max(self._speech.rate, -1.0), 1.0)
            self._saying = self._helper.request("say", text=text, rate=rate, volume=volume)

    def _quieten(self, how: str) -> None:
        self._forget_waiting()
        if self._helper is None:
            return
        self._arm_rest()
        if self._saying is not None:
            self._helper.request(how)

    def _forget_waiting(self) -> None:
        self._waiting = None
        self._stale.cancel()
