"""Named tuples that are made in a fifth of the time.

`typing.NamedTuple` compiles a function for each class, checks its annotations and sets what it has one by one; for our
hundred and fifty classes that took a tenth of a build that finds nothing to do. Here the function is compiled when the
first instance is made. Type checkers see the one of the standard library, and so does whoever uses such a tuple.
"""

import sys
from collections import namedtuple
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

_Getter: Any = type(vars(namedtuple("_One", "value"))["value"])  # what gives a value, for its kind
_tuple_new = tuple.__new__


class _New:
    """The `__new__` of a class until it is asked for the first time: then it is compiled."""

    def __get__(self, _: None, owner: Any) -> Any:
        cls = next(each for each in owner.__mro__ if vars(each).get("__new__") is self)
        values: dict[str, Any] = {"_tuple_new": _tuple_new}
        values |= {f"_default_{name}": value for name, value in cls._field_defaults.items()}
        said = [f"{name}=_default_{name}" if name in cls._field_defaults else name for name in cls._fields]
        value = "".join(f"{name}, " for name in cls._fields)
        exec(f"def __new__({', '.join(['_cls', *said])}):\n return _tuple_new(_cls, ({value}))", values)  # noqa: S102
        made = values["__new__"]
        made.__qualname__ = f"{cls.__qualname__}.__new__"
        cls.__new__ = staticmethod(made)
        return made


def _make(cls: Any, values: Iterable[Any]) -> Any:
    """Make a new tuple of a sequence of its values."""
    made = _tuple_new(cls, values)
    if len(made) != len(cls._fields):
        raise TypeError(f"Expected {len(cls._fields)} arguments, got {len(made)}")
    return made


def _replace(self: Any, /, **changes: Any) -> Any:
    """Return a tuple with other values for these names."""
    made = _make(self.__class__, map(changes.pop, self._fields, self))
    if changes:
        raise ValueError(f"Got unexpected field names: {[*changes]!r}")
    return made


def _asdict(self: Any) -> dict[str, Any]:
    """Return the values by their names."""
    return dict(zip(self._fields, self, strict=True))


def _repr(self: Any) -> str:
    values = ", ".join(f"{name}={value!r}" for name, value in zip(self._fields, self, strict=True))
    return f"{self.__class__.__name__}({values})"


def _getnewargs(self: Any) -> tuple[Any, ...]:
    return tuple(self)


_METHODS: dict[str, Any] = {
    "_make": classmethod(_make),
    "_replace": _replace,
    "_asdict": _asdict,
    "__repr__": _repr,
    "__getnewargs__": _getnewargs,
}


class _Making(type):
    """Makes a tuple of what is said of one: its names and defaults."""

    def __new__(cls, name: str, bases: tuple[type, ...], said: dict[str, Any]) -> type:
        if not bases:
            return super().__new__(cls, name, bases, said)
        names = tuple(said.get("__annotations__", ()))
        made = {
            **_METHODS,
            "__slots__": (),
            "__new__": _New(),
            "__match_args__": names,
            "_fields": names,
            "_field_defaults": {name: said.pop(name) for name in names if name in said},
            **{name: _Getter(at, "") for at, name in enumerate(names)},
        }
        return type.__new__(type, name, (tuple,), {**made, **said})


if TYPE_CHECKING or sys.version_info >= (3, 14):  # where annotations are only evaluated when they are asked for
    from typing import NamedTuple as NamedTuple
else:

    class NamedTuple(metaclass=_Making):
        """What is written as a base, as `typing.NamedTuple` is."""
