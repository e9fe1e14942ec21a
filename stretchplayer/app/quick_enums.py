"""Making large enumerations in a fraction of the time.

PySide6 has `enum` make the enumerations of Qt at run time; importing QtCore alone makes some 900 members, most of them
the languages and countries of QLocale. `enum` treats each as if anything could stand there. Those of Qt are plain
numbers with plain names. So `enum` makes the class without members and it gets them here: the same members, aliases and
order as ever.
"""

import enum
import sys
from typing import Any, Final

KNOWN_PYTHON: Final = (3, 11)
"""The version whose enumerations are known to be made like this; in any other, `enum` goes on doing it all."""
MANY: Final = 8
"""Members from which on it pays."""

_create: Final = vars(enum.EnumMeta)["_create_"]
_TAKEN: Final = frozenset(
    name for base in (enum.IntEnum, enum.EnumMeta) for kind in type.mro(base) for name in vars(kind)
)
"""Names that mean something to every enumeration."""


def make_enums_quickly() -> None:
    """Let `Enum(name, members)` be quick from now on."""
    if sys.version_info[:2] == KNOWN_PYTHON:
        meta: Any = enum.EnumMeta
        meta._create_ = create


def create(cls: Any, class_name: str, names: Any, **options: Any) -> Any:  # noqa: ANN401 -- as the method of EnumMeta
    """Stand in for `EnumMeta._create_`, which gets whatever isn't many plain numbers with plain names."""
    if options.get("module") is None:
        options["module"] = sys._getframe(2).f_globals.get("__name__")  # noqa: SLF001 -- as there, of who calls `Enum`
    if cls not in {enum.Enum, enum.IntEnum} or options.get("type") is not None or not _are_many_plain(names):
        return _create(cls, class_name, names, **options)
    made = _create(cls, class_name, (), **options)
    _fill(made, names)
    return made


def _are_many_plain(names: Any) -> bool:  # noqa: ANN401 -- what `Enum` takes is a lot
    return (
        isinstance(names, list)
        and len(names) >= MANY
        and {*map(type, names)} == {tuple}
        and {*map(len, names)} == {2}
        and {type(value) for _, value in names} == {int}
        and {type(name) for name, _ in names} == {str}
        and all(name[:1] not in {"", "_"} for name, _ in names)
        and _TAKEN.isdisjoint(name for name, _ in names)
        and len({name for name, _ in names}) == len(names)
    )


def _fill(made: Any, members: list[tuple[str, int]]) -> None:  # noqa: ANN401 -- an enumeration without members
    order, by_name, by_value = made._member_names_, made._member_map_, made._value2member_map_
    is_int = issubclass(made, int)
    for name, value in members:
        member = by_value.get(value)
        if member is None:
            member = int.__new__(made, value) if is_int else object.__new__(made)
            member.__dict__ = {"_value_": value, "_name_": name, "__objclass__": made, "_sort_order_": len(order)}
            by_value[value] = member
            order.append(name)
        by_name[name] = member
        type.__setattr__(made, name, member)
