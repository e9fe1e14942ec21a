"""The helper process: the system's speech engine, controlled line by line.

The engine may take seconds for any call, or hang for good, so it must not live in the process that has the window.
Requests come on standard input and answers go to standard output, one JSON object a line. Every request has an `id`, a
whole number, and gets one answer with the same `id`; only `say` gets more.

    {"do": "hello", "id": 0}                                first of all; opens the engine
        {"event": "ready", "id": 0, "engine": "speechd", "voices": [{"id": …, "name": …, "language": "en-US"}, …]}
        {"event": "no_voice", "id": 0, "reason": …}         there is none, and asking again won't help
    {"do": "configure", "id": 1, "voice": null, "language": "en"}
        {"event": "done", "id": 1}                          null, or one of another language: the best for the language
    {"do": "say", "id": 2, "text": …, "rate": 0.0, "volume": 0.9}       rate -1 to 1, volume 0 to 1
        {"event": "accepted", "id": 2}, then {"event": "started", "id": 2}, then {"event": "finished", "id": 2}
                                                            the last one alone if it was stopped before
    {"do": "stop", "id": 3} or "hush", which lets the engine end the word if that is soon, or "ping"
        {"event": "done", "id": 3}
    anything that goes wrong
        {"event": "error", "id": …, "reason": …}            the id is null when it belongs to no request
"""

import faulthandler
import json
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final, NoReturn

from PySide6.QtCore import QLocale, QTimer
from PySide6.QtTextToSpeech import QTextToSpeech, QVoice

from stretchplayer.audio.helper_loop import Answer, Requests, serve

MOCK: Final = "mock"
"""Qt's engine for tests, which makes no sound."""
LONGEST_CALL_S: Final = 60.0
"""A call to the engine that takes longer ends the process: by then nobody is waiting for it, even on a busy machine."""
HUSH_MS: Final = 110
"""How long a word may take to end before it is cut off."""
SETTLE_MS: Final = 300
"""An engine that doesn't confirm a stop is assumed to have stopped after this."""
PLAIN_VOICES: Final = ("English (America)", "English (Great Britain)")
"""Of espeak-ng's many English voices, listed alphabetically, the ones that most people understand."""
VARIANT_MARK: Final = "+"
"""In espeak-ng's names this separates the voice from a variant, of which there are a hundred."""


class NoVoiceError(Exception):
    """There is no speech engine on this system; the text says what was tried."""


def open_engine() -> QTextToSpeech:
    """Open the engine that Qt thinks best; NoVoiceError when there is none."""
    names = set(QTextToSpeech.availableEngines()) - {MOCK}
    if not names:
        raise NoVoiceError("Qt has no speech engine for this system")
    engine = QTextToSpeech()
    if engine.engine() not in names:
        raise NoVoiceError(f"{', '.join(sorted(names))} can't be loaded")
    return engine


class SpeechHelper(Requests):
    def __init__(
        self,
        answer: Answer,
        *,
        open_engine: Callable[[], QTextToSpeech] = open_engine,
        longest_call_s: float = LONGEST_CALL_S,
    ) -> None:
        super().__init__()
        self._answer = answer
        self._open_engine = open_engine
        self._longest_call_s = longest_call_s
        self._engine: QTextToSpeech | None = None
        self._current: int | None = None
        self._has_begun = False
        self._next: Mapping[str, object] | None = None
        self._cut_off = self._alarm(HUSH_MS, self._stop_now)
        self._settled = self._alarm(SETTLE_MS, self._end_current)

    def take(self, line: bytes) -> None:
        """Carry out one request. Never raises: failures are answered with an error."""
        number: int | None = None
        try:
            message = json.loads(line)
            number = int(message["id"])
            self._do(str(message["do"]), number, message)
        except NoVoiceError as error:
            self._answer({"event": "no_voice", "id": number, "reason": str(error)})
        except Exception as error:  # noqa: BLE001 # whatever it is, the other process decides what becomes of it
            self._answer({"event": "error", "id": number, "reason": f"{type(error).__name__}: {error}"})

    def _do(self, what: str, number: int, message: Mapping[str, object]) -> None:
        if what == "hello":
            self._hello(number)
        elif what == "say":
            self._say(message)
        elif what in {"configure", "stop", "hush", "ping"}:
            if what == "configure":
                self._configure(message)
            elif what != "ping":
                self._quieten(at_once=what == "stop")
            self._answer({"event": "done", "id": number})
        else:
            raise ValueError(f"{what} is no request")

    # The engine

    def _hello(self, number: int) -> None:
        with limited(self._longest_call_s):
            engine = self._open_engine()
            voices = plain_voices(engine)
        if engine.state() is QTextToSpeech.State.Error:
            raise RuntimeError(engine.errorString())
        if not voices:
            raise NoVoiceError(f"{engine.engine()} has no voices")
        engine.setParent(self)
        engine.stateChanged.connect(self._on_state)
        self._engine = engine
        found = [{"id": voice_id(voice), "name": voice.name(), "language": language_of(voice)} for voice in voices]
        self._answer({"event": "ready", "id": number, "engine": engine.engine(), "voices": found})

    @property
    def _opened(self) -> QTextToSpeech:
        if self._engine is None:
            raise RuntimeError("no engine is open")
        return self._engine

    def _configure(self, message: Mapping[str, object]) -> None:
        with limited(self._longest_call_s):
            wanted = choose_voice(self._opened, message.get("voice"), str(message["language"]))
            if wanted != self._opened.voice():
                self._opened.setVoice(wanted)

    def _say(self, message: Mapping[str, object]) -> None:
        if self._current is None:
            self._begin(message)
            return
        self._drop_next()
        self._next = message
        self._stop_now()

    def _begin(self, message: Mapping[str, object]) -> None:
        engine = self._opened
        self._current = int(str(message["id"]))
        self._has_begun = False
        with limited(self._longest_call_s):
            engine.setRate(float(str(message["rate"])))
            engine.setVolume(float(str(message["volume"])))
            engine.say(str(message["text"]))
        self._answer({"event": "accepted", "id": self._current})

    def _quieten(self, *, at_once: bool) -> None:
        self._drop_next()
        if self._current is None:
            return
        if at_once:
            self._stop_now()
        else:
            self._cut_off.start()
            with limited(self._longest_call_s):
                self._opened.stop(QTextToSpeech.BoundaryHint.Word)

    def _stop_now(self) -> None:
        self._cut_off.stop()
        self._settled.start()
        with limited(self._longest_call_s):
            self._opened.stop(QTextToSpeech.BoundaryHint.Immediate)

    def _drop_next(self) -> None:
        if self._next is not None:
            self._answer({"event": "finished", "id": self._next["id"]})
            self._next = None

    def _on_state(self) -> None:
        state = self._opened.state()
        if self._current is None:
            return
        if state is QTextToSpeech.State.Error:
            self._answer({"event": "error", "id": self._current, "reason": self._opened.errorString()})
            self._end_current()
        elif state is QTextToSpeech.State.Speaking and not self._has_begun:
            self._has_begun = True
            self._answer({"event": "started", "id": self._current})
        elif state is QTextToSpeech.State.Ready and (self._has_begun or self._is_stopping):
            self._end_current()

    @property
    def _is_stopping(self) -> bool:
        return self._settled.isActive() or self._cut_off.isActive()

    def _end_current(self) -> None:
        self._cut_off.stop()
        self._settled.stop()
        if self._current is not None:
            self._answer({"event": "finished", "id": self._current})
            self._current = None
        if self._next is not None:
            following, self._next = self._next, None
            self._begin(following)

    def shut_down(self) -> None:
        if self._current is not None:
            self._quieten(at_once=True)
        super().shut_down()

    def _alarm(self, delay_ms: int, callback: Callable[[], None]) -> QTimer:
        alarm = QTimer(self, singleShot=True, interval=delay_ms)
        alarm.timeout.connect(callback)
        return alarm


# Voices


def voice_id(voice: QVoice) -> str:
    return f"{language_of(voice)}/{voice.name()}"


def language_of(voice: QVoice) -> str:
    """The voice's language as a BCP 47 tag; empty when Qt doesn't know it."""
    locale = voice.locale()
    return "" if locale.language() is QLocale.Language.C else locale.bcp47Name()


def plain_voices(engine: QTextToSpeech) -> list[QVoice]:
    """The engine's voices in all languages, without variants of a listed voice."""
    named = [(voice.name(), voice) for voice in engine.allVoices(None)]  # type: ignore[arg-type]  # None is all languages
    names = {name for name, _ in named}
    return [voice for name, voice in named if VARIANT_MARK not in name or name.partition(VARIANT_MARK)[0] not in names]


def choose_voice(engine: QTextToSpeech, wanted: object, language: str) -> QVoice:
    """Of the voices that speak the language, the one with the id `wanted`, or else the best; ValueError without any.

    The system's own choice is kept if it speaks the language, except with speechd, where Qt just takes the first.
    """
    voices = [voice for voice in plain_voices(engine) if _speaks(voice, language)]
    chosen = next((voice for voice in voices if voice_id(voice) == wanted), None)
    if chosen is not None:
        return chosen
    own = engine.voice()
    if engine.engine() != "speechd" and _speaks(own, language):
        return own
    system = QLocale.system().bcp47Name()

    def merit(voice: QVoice) -> tuple[bool, bool, bool]:
        return language_of(voice) == system, voice.name() in PLAIN_VOICES, language_of(voice) == language

    return max(voices, key=merit)


def _speaks(voice: QVoice, language: str) -> bool:
    return language_of(voice).partition("-")[0] == language


# The process


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """End the process if the block takes longer.

    Calls to the engine hold Python's GIL, so no Python thread could do that; faulthandler's watchdog needs no GIL.
    """
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        faulthandler.dump_traceback_later(seconds, exit=True, file=nowhere)
        try:
            yield
        finally:
            faulthandler.cancel_dump_traceback_later()


def main(open_engine: Callable[[], QTextToSpeech] = open_engine, longest_call_s: float = LONGEST_CALL_S) -> NoReturn:
    serve(lambda answer: SpeechHelper(answer, open_engine=open_engine, longest_call_s=longest_call_s))


if __name__ == "__main__":
    main()
