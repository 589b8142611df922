"""What is said of frozen dataclasses holds of those that are made in our way, as of those of the standard library."""

import copy
import dataclasses
import inspect
import pickle
from dataclasses import FrozenInstanceError, field, replace
from typing import Any

import pytest

from sosik import values

HOW = {"frozen": True, "slots": True}


class Point:
    """A place."""

    x: int
    y: int = 0
    marks: list[str] = field(default_factory=list, compare=False, repr=False)


class Named:
    """A place with a name."""

    name: str = field(default="", kw_only=True)
    at: tuple[int, ...] = ()


class Empty:
    """Nothing."""


class Told:
    """Something with an answer of its own to what it is."""

    key: str

    def __repr__(self) -> str:
        return f"told {self.key}"


MADE: dict[str, tuple[type[Any], type[Any]]] = {
    f"{plain.__name__}{'_' * is_named}": (
        dataclasses.dataclass(**HOW, kw_only=is_named)(type(plain.__name__, (), {**_given})),
        values.dataclass(**HOW, kw_only=is_named)(type(plain.__name__, (), {**_given})),
    )
    for plain in (Point, Named, Empty, Told)
    for is_named in (False, True)
    for _given in [{name: value for name, value in vars(plain).items() if name not in ("__dict__", "__weakref__")}]
}
WAYS: dict[str, list[dict[str, Any]]] = {
    "Point": [{"x": 1}, {"x": 1, "y": 2}, {"x": 1, "marks": ["a"]}, {"y": 1}, {"x": 1, "z": 2}],
    "Named": [{}, {"name": "a"}, {"at": (1,)}],
    "Empty": [{}],
    "Told": [{"key": "a"}, {}],
}
CASES = [(name, given) for name in MADE for given in WAYS[name.rstrip("_")]]


def outcome(cls: Any, given: dict[str, Any]) -> Any:
    """Return an instance, or the kind of error that there is none."""
    try:
        return cls(**given)
    except TypeError:
        return TypeError


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
    assert replace(ours) == ours == copy.deepcopy(ours) == copy.copy(ours)
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


def test_what_may_differ_is_not_compared_and_each_has_its_own() -> None:
    point: Any = MADE["Point"][1]

    assert point(1, 2, ["a"]) == point(1, 2, ["b"])
    assert point(1).marks is not point(1).marks


def test_values_are_pickled() -> None:
    from sosik.words import Message

    message = Message("cli.failed", reason="a", other=("b", 1))

    assert pickle.loads(pickle.dumps(message)) == message  # noqa: S301  # made here
