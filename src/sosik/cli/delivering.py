"""Where a build publishes to: a folder, a bucket, or both."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from sosik.cli.output import misused, tell
from sosik.errors import Problem
from sosik.file_names import name_of
from sosik.publish.files import Projection
from sosik.site import Site
from sosik.words import Message

if TYPE_CHECKING:
    from sosik.publish.delivery import Delivery


class Targets(Struct, frozen=True):
    """Where to publish to, and how: `folder` is None and `bucket` empty where it is not to be."""

    folder: Path | None
    bucket: str
    compress: bool
    replace: bool
    durable: bool


def targets_of(
    directory: Path, output: Path | None, bucket: str, *, compress: bool, replace: bool, durable: bool
) -> Targets:
    """Return where a build is to publish to, as its options say: into public/ unless into a bucket."""
    for name, is_given in (("--gzip", compress), ("--durable", durable)):
        if is_given and bucket and output is None:
            raise misused(Message("cli.to-folder-only", option=name))
    folder = output if output or bucket else directory / "public"
    return Targets(folder, bucket, compress, replace, durable)


class Published(Struct, frozen=True):
    """What was published to a folder and to a bucket, each where that was asked for."""

    projection: Projection | None
    delivery: "Delivery | None"

    @property
    def record(self) -> dict[str, object]:
        """What `--json` tells of it."""
        files = self.projection
        record: dict[str, object] = {"files": {"written": files.written, "removed": files.removed} if files else {}}
        if self.delivery:
            record["objects"] = {"written": self.delivery.written, "removed": self.delivery.removed}
        return record


def published(site: Site, targets: Targets) -> tuple[Published, Sequence[Problem]]:
    """Publish, and leave the second memory beside it; return what was found on the way."""
    projection, delivery = None, None
    problems: list[Problem] = []
    if targets.folder:
        how = {"replace": targets.replace, "durable": targets.durable}
        projection = site.publish(targets.folder, compress=targets.compress, **how)
        problems += [*projection.problems, *site.leave_memory(targets.folder, **how)]
    if targets.bucket:
        delivery = site.publish_to(targets.bucket, replace=targets.replace)
        problems += delivery.problems
    return Published(projection, delivery), problems


def tell_published(done: Published, targets: Targets) -> None:
    """Tell how much was written where."""
    if done.projection:
        counts = {"written": done.projection.written, "removed": done.projection.removed}
        tell(Message("cli.written", folder=name_of(str(targets.folder)), **counts))
    if done.delivery:
        counts = {"written": done.delivery.written, "removed": done.delivery.removed}
        tell(Message("cli.written-bucket", bucket=targets.bucket, **counts))
