"""Dataclasses that are created in a tenth of the time.

`dataclasses.dataclass` compiles six methods of each class, one after another, and imports what reads and parses code.
For two hundred classes that took a quarter of a build without changes. Here all classes share their methods, and
`__init__` is compiled only when a class has more than a few instances. Type checkers see the dataclass of the standard
library; `replace`, `fields`, copying and pickling work.
"""

import sys
from collections.abc import Callable
from functools import partial
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from dataclasses import asdict as asdict
    from dataclasses import dataclass as dataclass
    from dataclasses import field as field
    from dataclasses import fields as fields
    from dataclasses import replace as replace
else:

    def dataclass(**how: bool) -> Callable[[type], type]:
        """Return what makes a dataclass; one that inherits is made by the standard library."""

        def made(cls: type) -> type:
            is_ours = how.keys() <= _TAKEN and cls.__bases__ == (object,) and not _IS_LATER
            return _made(cls, how) if is_ours else _by_library(cls, how)

        return made

    def field(**given: Any) -> Any:
        """Return what `dataclasses.field` does, as the classes here take it."""
        return _Given(**given)

    def replace(value: Any, /, **changes: Any) -> Any:
        """Return what `dataclasses.replace` does."""
        given = getattr(value.__class__, "__given__", None)
        if given is None:
            import dataclasses

            return dataclasses.replace(value, **changes)
        for name in given:
            if name not in changes:
                changes[name] = getattr(value, name)
        return value.__class__(**changes)

    def fields(cls: type) -> Any:
        """Return what `dataclasses.fields` does."""
        import dataclasses

        return dataclasses.fields(cls)

    def asdict(value: Any) -> dict[str, Any]:
        """Return what `dataclasses.asdict` does."""
        import dataclasses

        return dataclasses.asdict(value)


def names_of(value: Any) -> tuple[str, ...]:
    """Return the names of the fields of a dataclass, or of one that is an instance of it; none where it is neither."""
    given = getattr(value, "__given__", None)
    return tuple(getattr(value, "__dataclass_fields__", ()) if given is None else given)


_TAKEN = frozenset({"frozen", "slots", "kw_only", "init", "eq"})

_IS_LATER = sys.version_info >= (3, 14)
"""Whether annotations are only evaluated when they are asked for, and methods of a class are compiled together."""

_NOTHING: Any = object()
"""What a field without a default has for one."""


class _Given:
    """What is said of a field: by its place in the class, and by `field`."""

    __slots__ = ("compare", "default", "default_factory", "kw_only", "repr")

    def __init__(
        self,
        *,
        default: Any = _NOTHING,
        default_factory: Any = _NOTHING,
        compare: bool = True,
        repr: bool = True,  # noqa: A002  # the library's name
        kw_only: bool | None = None,
    ) -> None:
        self.default, self.default_factory = default, default_factory
        self.compare, self.repr, self.kw_only = compare, repr, kw_only

    def to_library(self) -> Any:
        """Return it as the standard library has it."""
        import dataclasses

        said = {name: getattr(self, name) for name in self.__slots__}
        if self.kw_only is None:
            del said["kw_only"]
        return dataclasses.field(**{name: value for name, value in said.items() if value is not _NOTHING})


class _Factory:
    def __repr__(self) -> str:
        return "<factory>"


_FACTORY = _Factory()
"""What stands for a value that is made for each instance."""


def _by_library(cls: Any, how: dict[str, bool]) -> Any:
    import dataclasses

    for name, value in [*vars(cls).items()]:
        if isinstance(value, _Given):
            setattr(cls, name, value.to_library())
    return dataclasses.dataclass(**how)(cls)


def _made(cls: Any, how: dict[str, bool]) -> type:
    """Return the class anew, with the methods of a dataclass but for those that it has itself."""
    namespace = dict(vars(cls))
    names = namespace.get("__annotations__", {})
    given = {name: _given(namespace.pop(name, _NOTHING), how) for name in names}
    for name in ("__dict__", "__weakref__"):
        namespace.pop(name, None)
    is_frozen, is_compared = how.get("frozen", False), how.get("eq", True)
    if how.get("slots"):
        namespace["__slots__"] = tuple(names)
    namespace["__given__"] = given
    namespace["__match_args__"] = tuple(name for name, one in given.items() if not one.kw_only)
    for name in ("__dataclass_fields__", "__dataclass_params__"):
        namespace[name] = _Description(name, how)
    if how.get("init", True):
        namespace["__init__"] = _Init(is_frozen=is_frozen)
    if is_compared:
        names_compared = [name for name, one in given.items() if one.compare]
        namespace["__compared__"] = attrgetter(*names_compared) if names_compared else staticmethod(lambda _: ())
    methods = {**_METHODS, **(_FROZEN if is_frozen else {}), **(_KEPT if is_frozen and how.get("slots") else {})}
    if is_compared:
        methods |= {"__eq__": _eq, "__hash__": _hash if is_frozen else None}
    made = type(cls)(cls.__name__, cls.__bases__, {**methods, **_own(namespace)})
    made.__qualname__ = cls.__qualname__
    return made  # type: ignore[no-any-return]


def _own(namespace: dict[str, Any]) -> dict[str, Any]:
    """Return what a class has; a hash that it only lacks because it compares is none of its own."""
    if namespace.get("__hash__", _NOTHING) is None:
        del namespace["__hash__"]
    return namespace


def _given(value: Any, how: dict[str, bool]) -> _Given:
    """Return what is said of a field whose value in the class, if it has one, is this."""
    given = value if isinstance(value, _Given) else _Given(default=value)
    if given.kw_only is None:
        given.kw_only = how.get("kw_only", False)
    return given


_FEW = 10
"""So many instances take as long to be made without a compiled `__init__` as compiling it takes."""


class _Init:
    """The `__init__` of a class of which there are few instances, until somebody looks at it: then it is compiled."""

    __slots__ = ("is_frozen", "left")

    def __init__(self, *, is_frozen: bool) -> None:
        self.is_frozen, self.left = is_frozen, _FEW

    def __get__(self, instance: Any, owner: Any) -> Any:
        if instance is not None and self.left:
            self.left -= 1
            return partial(self._begin, instance, owner)
        made = self._compiled(owner)
        return made if instance is None else made.__get__(instance, owner)

    def _compiled(self, owner: Any) -> Any:
        cls = next(each for each in owner.__mro__ if "__given__" in vars(each))
        cls.__init__ = made = _init_of(cls, is_frozen=self.is_frozen)
        return made

    def _begin(self, instance: Any, owner: Any, /, *args: Any, **values: Any) -> None:
        """Set the values of an instance. Where anything is wrong with them, the compiled one says so."""
        told = {**dict(zip(owner.__match_args__, args, strict=False)), **values}
        count = len(told)
        found = {name: _value_of(one, told.pop(name, _NOTHING)) for name, one in owner.__given__.items()}
        is_odd = count != len(args) + len(values) or told or any(value is _NOTHING for value in found.values())
        if is_odd:
            self._compiled(owner)(instance, *args, **values)
            return
        for name, value in found.items():
            object.__setattr__(instance, name, value)
        if hasattr(instance, "__post_init__"):
            instance.__post_init__()


def _value_of(one: _Given, value: Any) -> Any:
    """Return the value of a field of which this one was given."""
    if value is not _NOTHING:
        return value
    return one.default_factory() if one.default_factory is not _NOTHING else one.default


def _init_of(cls: Any, *, is_frozen: bool) -> Any:
    namespace: dict[str, Any] = {"_FACTORY": _FACTORY}
    lines: list[str] = []
    positional: list[str] = []
    named: list[str] = []
    for name, one in cls.__given__.items():
        argument, value = name, name
        if one.default is not _NOTHING:
            namespace[f"_default_{name}"] = one.default
            argument = f"{name}=_default_{name}"
        elif one.default_factory is not _NOTHING:
            namespace[f"_make_{name}"] = one.default_factory
            argument = f"{name}=_FACTORY"
            value = f"_make_{name}() if {name} is _FACTORY else {name}"
        (named if one.kw_only else positional).append(argument)
        if is_frozen and "__slots__" in vars(cls):
            # The slot itself: what sets values of any object looks up whether it may, and takes three times as long.
            namespace[f"_set_{name}"] = vars(cls)[name].__set__
            lines.append(f" _set_{name}(self, {value})")
        elif is_frozen:
            lines.append(f" self.__dict__[{name!r}] = {value}")
        else:
            lines.append(f" self.{name} = {value}")
    if hasattr(cls, "__post_init__"):
        lines.append(" self.__post_init__()")
    arguments = ", ".join(["self", *positional, *(["*", *named] if named else [])])
    exec(f"def __init__({arguments}):\n" + "\n".join(lines or [" pass"]), namespace)  # noqa: S102  # as dataclass does
    made = namespace["__init__"]
    made.__qualname__ = f"{cls.__qualname__}.__init__"
    made.__annotations__ = {**cls.__annotations__, "return": None}
    return made


class _Description:
    """What the standard library keeps of a dataclass under that name, until somebody asks for it."""

    __slots__ = ("how", "name")

    def __init__(self, name: str, how: dict[str, bool]) -> None:
        self.name, self.how = name, how

    def __get__(self, instance: Any, owner: Any) -> Any:
        import dataclasses

        cls: Any = next(each for each in owner.__mro__ if vars(each).get(self.name) is self)
        names = {"__annotations__": cls.__annotations__, "__module__": cls.__module__}
        given = {name: one.to_library() for name, one in cls.__given__.items()}
        like: Any = dataclasses.dataclass(**{**self.how, "slots": False})(type(cls.__name__, (), names | given))
        cls.__dataclass_fields__, cls.__dataclass_params__ = like.__dataclass_fields__, like.__dataclass_params__
        return getattr(cls, self.name)


def _repr(self: Any) -> str:
    shown = ", ".join(f"{name}={getattr(self, name)!r}" for name, one in self.__given__.items() if one.repr)
    return f"{self.__class__.__qualname__}({shown})"


def _eq(self: Any, other: Any) -> Any:
    if other.__class__ is not self.__class__:
        return NotImplemented
    values = self.__class__.__compared__
    return values(self) == values(other)


def _hash(self: Any) -> int:
    return hash(self.__class__.__compared__(self))


def _getstate(self: Any) -> list[Any]:
    return [getattr(self, name) for name in self.__given__]


def _setstate(self: Any, state: list[Any]) -> None:
    for name, value in zip(self.__given__, state, strict=True):
        object.__setattr__(self, name, value)


def _refuse(_: object, name: str, *__: object) -> NoReturn:
    from dataclasses import FrozenInstanceError

    raise FrozenInstanceError(name)


_METHODS: dict[str, Any] = {"__repr__": _repr}
_FROZEN = {"__setattr__": _refuse, "__delattr__": _refuse}
_KEPT = {"__getstate__": _getstate, "__setstate__": _setstate}
"""How a frozen value without a `__dict__` is copied and pickled."""
