"""The program's own errors. Each message is one sentence that tells the person what to do."""


class StretchPlayerError(Exception):
    """Base of the program's errors; the message can be shown as it is.

    `words` fill the placeholders of the message.
    """

    def __init__(self, message: str, **words: object) -> None:
        super().__init__(message.format(**words) if words else message)


class DomainError(StretchPlayerError):
    """An invalid value in a routine, timeline or setting."""


class StorageError(StretchPlayerError):
    """A file that can't be read, parsed or written."""


class SoundError(StretchPlayerError):
    """A sound file that can't be used."""


class DesktopError(StretchPlayerError):
    """A desktop service that failed."""
