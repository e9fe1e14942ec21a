"""The errors the program raises on purpose. Each message is one sentence that tells the person what to do."""


class StretchPlayerError(Exception):
    """Root of all errors of this program; its text can be shown to the person as it is.

    `words` fill the placeholders of the message.
    """

    def __init__(self, message: str, **words: object) -> None:
        super().__init__(message.format(**words) if words else message)


class DomainError(StretchPlayerError):
    """A value that a routine, a timeline or a preference can't have."""


class StorageError(StretchPlayerError):
    """A file that can't be read, understood or written."""


class DesktopError(StretchPlayerError):
    """A service of the desktop that did not do what it was asked."""
