"""Several writers publish to one bucket, each stopping between any two requests for as long as it likes.

The bucket is a model of the worst that there is: its tags are digests of bytes, as those of S3 are, so what lies there
again has the tag that it had before; and it removes whatever it is told to remove.
"""

from dataclasses import dataclass, field
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from sosik.errors import PublishError
from sosik.publish.bucket.opening import Item, Wanted
from sosik.publish.bucket.pointer import NAME, Form, read_pointer
from sosik.publish.bucket.protocol import Conversation, publishing
from sosik.publish.bucket.requests import CREATE, REFUSED, Found, Put, Read, Remove, Reply, Request, Stored, Write
from sosik.publish.delivery import Delivery

TURNS = {"picture": 0, "article": 1, "archive": 1, "feed": 2}
TEXTS = ("", "하나", "둘")
"""What an object may hold; few, so that editions come back to what an earlier one had."""


@dataclass
class Bucket:
    """An object store, and what readers were shown of it."""

    bodies: dict[str, str] = field(default_factory=dict)
    newest: dict[str, int] = field(default_factory=dict)
    complete: int = 0
    removes_late: bool = False
    """Whether a writer may stop between its last look at the pointer and the removal, which nothing can fence."""

    def answer(self, request: Request, writer: "Writer") -> Reply:
        there = self.bodies.get(NAME if isinstance(request, Remove) else request.name)
        if isinstance(request, Remove):
            assert there is not None
            if writer.is_removing or read_pointer(there.encode()).writer == request.writer:
                self.bodies = {name: body for name, body in self.bodies.items() if name not in request.names}
            return Found(f"tag of {there}", there, there.encode())
        if isinstance(request, Read):
            return None if there is None else Found(f"tag of {there}", there, there.encode())
        if request.tag != (CREATE if there is None else f"tag of {there}"):
            return REFUSED
        body = request.body.decode() if isinstance(request, Write) else writer.body(request)
        self.show(request.name, body, writer)
        self.bodies[request.name] = body
        return Stored(f"tag of {body}")

    def show(self, name: str, body: str, writer: "Writer") -> None:
        """Hold what readers will see against the promise."""
        if name == NAME:
            self.complete = writer.number if read_pointer(body.encode()).is_complete else self.complete
            return
        if self.removes_late:
            return
        assert writer.number >= self.complete, f"{name} of {writer.number} after {self.complete} was complete"
        assert writer.number >= self.newest.get(name, 0), f"{name} of {writer.number} after that of {self.newest[name]}"
        self.newest[name] = writer.number


@dataclass
class Writer:
    """A process that publishes one edition. Two that were made one after the other may have the same number of it."""

    number: int
    texts: dict[str, str]
    conversation: Conversation = field(init=False)
    asked: list[Request] = field(default_factory=list)
    replies: dict[int, Reply] = field(default_factory=dict)
    is_removing: bool = False
    outcome: Delivery | None = None
    has_failed: bool = False

    def begin(self, name: str, now: int) -> None:
        items = {one: Item(Form(text, "h"), TURNS[one]) for one, text in self.texts.items() if text}
        padded = lambda one, pad: self.texts.get(one, "") + "\n" * pad  # noqa: E731
        wanted = Wanted(number=self.number // 2, composed=self.number, items=items, padded=padded, content=repr(items))
        self.conversation = publishing(wanted, name, now)
        self.asked = next(self.conversation)

    def body(self, request: Put) -> str:
        return self.texts.get(request.name, "") + "\n" * request.target.pad

    @property
    def is_going(self) -> bool:
        return self.outcome is None and not self.has_failed

    def step(self, bucket: Bucket, choice: int) -> None:
        """Have one of its requests answered, and go on once all are."""
        waiting = [number for number in range(len(self.asked)) if number not in self.replies]
        number = waiting[choice % len(waiting)]
        request = self.asked[number]
        if isinstance(request, Remove) and bucket.removes_late and not self.is_removing:
            self.is_removing = read_pointer(bucket.bodies[NAME].encode()).writer == request.writer
            if self.is_removing:
                return
        self.replies[number] = bucket.answer(request, self)
        self.is_removing = False
        if len(waiting) > 1:
            return
        replies, self.replies = [self.replies[number] for number in range(len(self.asked))], {}
        try:
            self.asked = self.conversation.send(replies)
        except StopIteration as ended:
            self.outcome = ended.value
            assert self.outcome is not None
            assert self.outcome.left == (), "nobody else has put anything"
        except PublishError:
            self.has_failed = True


def run(random: Random, steps: int, *, removes_late: bool = False) -> None:
    """Let writers come and go, then one alone; the bucket must hold what that one has."""
    bucket, writers, number, texts = Bucket(removes_late=removes_late), list[Writer](), 0, dict.fromkeys(TURNS, "")
    for step in range(steps):
        going = [writer for writer in writers if writer.is_going]
        if not going or random.random() < 0.08:
            if random.random() < 0.7:
                number += 1
                texts = {name: random.choice(TEXTS) for name in TURNS}
            going.append(Writer(number, texts))
            writers.append(going[-1])
            going[-1].begin(f"writer {len(writers)}", now=step)
        # Mostly one goes on for a while.
        writer = going[-1] if random.random() < 0.6 else random.choice(going)
        writer.step(bucket, random.randrange(8))
    ends_whole(bucket, Writer(number + 2, {name: random.choice(TEXTS) for name in TURNS}), steps)
    going = [writer for writer in writers if writer.is_going]
    while going:  # the stalled ones go on, all of them
        random.choice(going).step(bucket, random.randrange(8))
        going = [writer for writer in writers if writer.is_going]
    ends_whole(bucket, Writer(number + 4, {name: random.choice(TEXTS) for name in TURNS}), steps)


def ends_whole(bucket: Bucket, last: Writer, now: int) -> None:
    """Let a writer publish alone, twice: nothing hinders it, nothing is lost, nothing is left to do."""
    last.begin(f"the last, {last.number}", now)
    while last.is_going:
        last.step(bucket, 0)
    assert not last.has_failed
    shown = {name: body.rstrip("\n") for name, body in bucket.bodies.items() if name != NAME}
    expected = {name: text for name, text in last.texts.items() if text}
    assert {name: shown.get(name) for name in expected} == expected
    ending = read_pointer(bucket.bodies[NAME].encode()).ending
    assert shown.keys() - expected.keys() <= set(ending), "what is not of the edition is about to go"


@settings(max_examples=300)
@given(st.integers(min_value=0), st.integers(20, 200))
def test_no_reader_gets_an_older_edition_whoever_stops_and_goes_on(seed: int, steps: int) -> None:
    run(Random(seed), steps)  # noqa: S311


@settings(max_examples=100)
@given(st.integers(min_value=0), st.integers(20, 200))
def test_what_a_late_removal_takes_away_is_put_back_by_the_next_build(seed: int, steps: int) -> None:
    run(Random(seed), steps, removes_late=True)  # noqa: S311
