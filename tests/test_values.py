"""What is said of frozen dataclasses holds of those that are made in our way, as of those of the standard library."""

import copy
import dataclasses
import inspect
import pickle
import typing
from dataclasses import FrozenInstanceError, replace
from typing import Any

import pytest

from sosik import tuples, values

HOW = {"frozen": True, "slots": True}


def classes(field: Any) -> tuple[type[Any], ...]:
    """Return classes whose fields are told of by this `field`, that of the library or ours."""

    class Point:
        """A place."""

        x: int
        y: int = 0
        marks: list[str] = field(default_factory=list, compare=False, repr=False)

    class Named:
        """A place with a name."""

        name: str = field(default="", kw_only=True)
        at: tuple[int, ...] = ()
        by: str | None = field(default=None, compare=False)

    class Empty:
        """Nothing."""

    class Told:
        """Something with an answer of its own to what it is."""

        key: str

        def __repr__(self) -> str:
            return f"told {self.key}"

    class Checked:
        """Something that looks at what it is given."""

        key: str

        def __post_init__(self) -> None:
            if not self.key:
                raise TypeError

    return Point, Named, Empty, Told, Checked


def made(how: Any, field: Any, **more: bool) -> dict[str, type[Any]]:
    """Return classes made in one way, by their names; those that only take names have a `_` behind theirs."""
    return {
        f"{cls.__name__}{'_' * is_named}": how(**more, kw_only=is_named)(cls)
        for is_named in (False, True)
        for cls in classes(field)
    }


THEIRS = made(dataclasses.dataclass, dataclasses.field, **HOW)
OURS = made(values.dataclass, values.field, **HOW)
MADE = {name: (THEIRS[name], OURS[name]) for name in THEIRS}
WAYS: dict[str, list[dict[str, Any]]] = {
    "Point": [{"x": 1}, {"x": 1, "y": 2}, {"x": 1, "marks": ["a"]}, {"y": 1}, {"x": 1, "z": 2}],
    "Named": [{}, {"name": "a"}, {"at": (1,)}, {"by": "b"}],
    "Empty": [{}],
    "Told": [{"key": "a"}, {}],
    "Checked": [{"key": "a"}, {"key": ""}],
}
CASES = [(name, given) for name in MADE for given in WAYS[name.rstrip("_")]]


def outcome(cls: Any, given: dict[str, Any]) -> Any:
    """Return an instance, or the kind of error that there is none."""
    try:
        return cls(**given)
    except TypeError:
        return TypeError


def test_it_is_made_alike_before_and_after_it_is_compiled() -> None:
    fresh: Any = made(values.dataclass, values.field, **HOW)
    ways: list[tuple[tuple[Any, ...], dict[str, Any]]] = [
        ((1,), {}),
        ((1, 2, ["a"]), {}),
        ((), {"x": 1, "marks": []}),
        ((1,), {"x": 1}),
        ((1, 2, [], 4), {}),
        ((), {}),
        ((1,), {"z": 1}),
    ]

    def said(cls: Any, args: tuple[Any, ...], given: dict[str, Any]) -> str:
        try:
            return repr(cls(*args, **given))
        except TypeError as error:
            return str(error)

    for args, given in ways:
        cls = made(values.dataclass, values.field, **HOW)["Point"]
        assert said(cls, args, given) == said(THEIRS["Point"], args, given)
    assert [fresh["Point"](number).x for number in range(100)] == [*range(100)]


@pytest.mark.parametrize(("name", "given"), CASES)
def test_it_is_a_frozen_dataclass(name: str, given: dict[str, Any]) -> None:
    theirs, ours = (outcome(cls, given) for cls in MADE[name])

    if theirs is TypeError:
        assert ours is TypeError
        return
    assert repr(ours) == repr(theirs)
    assert dataclasses.asdict(ours) == dataclasses.asdict(theirs)
    assert ours == outcome(MADE[name][1], given)
    assert ours != theirs
    assert hash(ours) == hash(outcome(MADE[name][1], given))
    assert replace(ours) == values.replace(ours) == ours == copy.deepcopy(ours) == copy.copy(ours)
    with pytest.raises(FrozenInstanceError):
        ours.x = 5
    with pytest.raises(FrozenInstanceError):
        del ours.key
    assert not hasattr(ours, "__dict__")


@pytest.mark.parametrize("name", MADE)
def test_it_is_called_as_the_other_is(name: str) -> None:
    theirs, ours = MADE[name]

    assert str(inspect.signature(ours)) == str(inspect.signature(theirs))
    assert [one.name for one in dataclasses.fields(ours)] == [one.name for one in dataclasses.fields(theirs)]
    assert [*values.names_of(ours)] == [one.name for one in dataclasses.fields(theirs)]
    assert ours.__match_args__ == theirs.__match_args__
    assert ours.__doc__ == theirs.__doc__


@pytest.mark.parametrize("more", [{"slots": True}, {"slots": True, "eq": False}, {"frozen": True}, {}])
def test_those_of_other_kinds_are_like_the_others_too(more: dict[str, bool]) -> None:
    theirs: Any = made(dataclasses.dataclass, dataclasses.field, **more)
    ours: Any = made(values.dataclass, values.field, **more)

    for each in (theirs, ours):
        each["one"] = each["Point"](1, marks=["a"])
    assert (ours["one"] == ours["Point"](1)) is (theirs["one"] == theirs["Point"](1))
    assert hasattr(ours["one"], "__dict__") is hasattr(theirs["one"], "__dict__")
    assert (ours["Point"].__hash__ is None) is (theirs["Point"].__hash__ is None)
    assert dataclasses.asdict(copy.deepcopy(ours["one"])) == dataclasses.asdict(theirs["one"])
    if not more.get("frozen"):
        ours["one"].y = 5
        assert (ours["one"].y, values.replace(ours["one"], x=2).y) == (5, 5)


def test_what_may_differ_is_not_compared_and_each_has_its_own() -> None:
    point: Any = MADE["Point"][1]

    assert point(1, 2, ["a"]) == point(1, 2, ["b"])
    assert point(1).marks is not point(1).marks


def test_values_are_pickled() -> None:
    from sosik.words import Message

    message = Message("cli.failed", reason="a", other=("b", 1))

    assert pickle.loads(pickle.dumps(message)) == message  # noqa: S301  # made here


class _Theirs(typing.NamedTuple):
    """A row."""

    id: str
    number: int = 0
    marks: tuple[str, ...] = ()

    @property
    def all(self) -> str:
        """All marks."""
        return "".join(self.marks)


class _Ours(tuples.NamedTuple):
    """A row."""

    id: str
    number: int = 0
    marks: tuple[str, ...] = ()

    @property
    def all(self) -> str:
        """All marks."""
        return "".join(self.marks)


def test_a_named_tuple_is_that_of_the_standard_library() -> None:
    ways: list[tuple[tuple[Any, ...], dict[str, Any]]] = [
        (("a",), {}),
        (("a", 1, ("b",)), {}),
        ((), {"id": "a", "marks": ("b", "c")}),
        ((), {}),
        (("a",), {"id": "b"}),
        (("a", 1, (), 4), {}),
        (("a",), {"other": 1}),
    ]

    def said(cls: Any, args: tuple[Any, ...], given: dict[str, Any]) -> str:
        try:
            one = cls(*args, **given)
        except TypeError as error:
            return str(error).replace("_Ours", "_Theirs")
        assert pickle.loads(pickle.dumps(one)) == copy.copy(one) == copy.deepcopy(one) == one  # noqa: S301
        shown = (
            tuple(one),
            one.id,
            one.number,
            one.all,
            one._asdict(),
            one._replace(number=9),
            hash(one),
            cls._make(one),
        )
        return repr(shown).replace("_Ours", "_Theirs")

    assert [said(_Ours, *way) for way in ways] == [said(_Theirs, *way) for way in ways]
    for name in (
        "_fields",
        "_field_defaults",
        "__match_args__",
        "__doc__",
        "__annotations__",
        "__bases__",
        "__slots__",
    ):
        assert getattr(_Ours, name) == getattr(_Theirs, name)
    assert list(inspect.signature(_Ours).parameters) == list(inspect.signature(_Theirs).parameters)
    for wrong in (
        lambda cls: cls("a")._replace(other=1),
        lambda cls: cls._make("a"),
        lambda cls: setattr(cls("a"), "id", ""),
    ):
        for cls in (_Ours, _Theirs):
            with pytest.raises((ValueError, TypeError, AttributeError)):
                wrong(cls)
