"""Frozen dataclasses that are created in a third of the time.

`dataclasses.dataclass` compiles six methods of each class, one after another (until Python 3.13). For a hundred classes
that took a quarter of a build without changes. Here only `__init__` is compiled; all classes share the other methods.
Type checkers see the dataclass of the standard library; `replace`, `fields`, copying and pickling work.
"""

import dataclasses
from collections.abc import Callable
from dataclasses import MISSING, Field, FrozenInstanceError
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
else:

    def dataclass(**how: bool) -> Callable[[type], type]:
        """Return what makes a dataclass; one that is not frozen and with slots is made by the standard library."""

        def made(cls: type) -> type:
            is_ours = how.get("frozen") and how.get("slots") and how.keys() <= _TAKEN
            if not is_ours or "__post_init__" in cls.__dict__:
                return dataclasses.dataclass(**how)(cls)
            plain = dataclasses.dataclass(
                init=False, repr=False, eq=False, slots=True, kw_only=how.get("kw_only", False)
            )
            return _frozen(plain(cls), init=how.get("init", True))

        return made


_TAKEN = frozenset({"frozen", "slots", "kw_only", "init"})


class _Factory:
    def __repr__(self) -> str:
        return "<factory>"


_FACTORY = _Factory()
"""What stands for a value that is made for each instance."""


def _frozen(cls: Any, *, init: bool) -> type:
    """Give a dataclass the methods of a frozen one, but for those that it has itself."""
    given = dataclasses.fields(cls)
    cls.__compared__ = _values_of([one.name for one in given if one.compare])
    cls.__shown__ = tuple(one.name for one in given if one.repr)
    if init:
        cls.__init__ = _init_of(cls, given)
    for name, method in _METHODS.items():
        if cls.__dict__.get(name) is None:
            setattr(cls, name, method)
    cls.__setattr__, cls.__delattr__ = _refuse, _refuse
    return cls  # type: ignore[no-any-return]


def _values_of(names: list[str]) -> Any:
    """Return what gives the values of an instance, as one that can be compared with those of another."""
    return attrgetter(*names) if names else staticmethod(lambda _: ())


def _init_of(cls: type, given: tuple[Field[Any], ...]) -> Any:
    # A slot sets itself in two thirds of the time that `object.__setattr__` takes to find it.
    namespace: dict[str, Any] = {f"_set_{one.name}": getattr(cls, one.name).__set__ for one in given}
    namespace["_FACTORY"] = _FACTORY
    lines: list[str] = []
    positional: list[str] = []
    named: list[str] = []
    for one in given:
        argument, value = one.name, one.name
        if one.default is not MISSING:
            namespace[f"_default_{one.name}"] = one.default
            argument = f"{one.name}=_default_{one.name}"
        elif one.default_factory is not MISSING:
            namespace[f"_make_{one.name}"] = one.default_factory
            argument = f"{one.name}=_FACTORY"
            value = f"_make_{one.name}() if {one.name} is _FACTORY else {one.name}"
        (named if one.kw_only else positional).append(argument)
        lines.append(f" _set_{one.name}(self, {value})")
    arguments = ", ".join(["self", *positional, *(["*", *named] if named else [])])
    exec(f"def __init__({arguments}):\n" + "\n".join(lines or [" pass"]), namespace)  # noqa: S102  # as dataclass does
    made = namespace["__init__"]
    made.__qualname__ = f"{cls.__qualname__}.__init__"
    made.__annotations__ = {**{one.name: one.type for one in given}, "return": None}
    return made


def _repr(self: Any) -> str:
    shown = ", ".join([f"{name}={getattr(self, name)!r}" for name in self.__class__.__shown__])
    return f"{self.__class__.__qualname__}({shown})"


def _eq(self: Any, other: Any) -> Any:
    if other.__class__ is not self.__class__:
        return NotImplemented
    values = self.__class__.__compared__
    return values(self) == values(other)


def _hash(self: Any) -> int:
    return hash(self.__class__.__compared__(self))


def _getstate(self: Any) -> list[Any]:
    return [getattr(self, one.name) for one in dataclasses.fields(self)]


def _setstate(self: Any, state: list[Any]) -> None:
    for one, value in zip(dataclasses.fields(self), state, strict=True):
        object.__setattr__(self, one.name, value)


def _refuse(_: object, name: str, *__: object) -> NoReturn:
    raise FrozenInstanceError(name)


_METHODS = {
    "__repr__": _repr,
    "__eq__": _eq,
    "__hash__": _hash,
    "__getstate__": _getstate,
    "__setstate__": _setstate,
}
