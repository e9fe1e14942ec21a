"""Values that are there because of what has happened before."""

from typing import TypeVar

_Value = TypeVar("_Value")


def certain(value: _Value | None) -> _Value:
    """The value, where the order of events makes sure that there is one; LookupError where it didn't."""
    if value is None:
        raise LookupError("This should have been there by now.")
    return value
