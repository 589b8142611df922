"""The sample as a publication with a past, and the servers that may stand in front of it."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from newsrooms import ROOT, Newsroom
from serve.clients import Client, Reply, socket_client, wsgi_client
from serve.servers import HOST, free_port, serving
from serve.web_servers import running
from sosik.serve import create_app

RUN_SOSIK = "from sosik.cli import main\nmain()"

WITHDRAWN = "/articles/aaaaaaaaaaaa/"
"""The page of an article that was taken back."""
GONE = ("/철도/rss.xml", "/철도/atom.xml", "/철도/feed.json", "/feeds/철도/")
"""The documents of a feed that was taken away."""


@dataclass(frozen=True, kw_only=True)
class Served:
    """A publication that is answered for: `base` is its feeds_url, `public` the folder of its published files."""

    base: str
    public: Path
    client: Client

    def ask(self, path: str, method: str = "GET", **fields: str) -> Reply:
        """Send one request for a path in plain letters; the names of `fields` are written with underscores."""
        return self.ask_target(quote(path), method, **fields)

    def ask_target(self, target: str, method: str = "GET", **fields: str) -> Reply:
        """Send one request for a path as it is spelled on the wire."""
        sent = {name.replace("_", "-"): value for name, value in fields.items()}
        return self.client(target, sent, method=method)

    def file(self, path: str) -> bytes:
        """Return what was published for a path."""
        return self._place(path).read_bytes()

    def modified(self, path: str) -> float:
        """Return when that last changed, in seconds since 1970-01-01 UTC."""
        return self._place(path).stat().st_mtime

    def picture(self) -> str:
        """Return the path of one of the pictures."""
        return f"/{next((self.public / 'media').rglob('*.jpg')).relative_to(self.public)}"

    def _place(self, path: str) -> Path:
        return self.public / (f"{path}index.html" if path.endswith("/") else path).lstrip("/")


def published(root: Path, feeds_url: str) -> Newsroom:
    """Publish the sample at an address; an article was withdrawn from it, and a feed retired."""
    for name in ("content", "feeds"):
        shutil.copytree(ROOT / name, root / name)
    room = Newsroom(root)
    settings = root / "feeds" / "publication.yaml"
    text = settings.read_text("utf-8").replace("http://127.0.0.1:8000/", feeds_url)
    settings.write_text(text.replace("hubs: []", "hubs: [https://hub.example/]"), "utf-8")
    room.write(
        "-- feeds/철도.yaml --\ntitle: 철도\nselect: {section: [사회]}\n"
        "-- content/withdrawn.yaml --\nid: tag:news.haenuri.example,2010:aaaaaaaaaaaa\ntitle: 거둘 기사\n"
        "published: 2026-11-01 09:00\nbody: 본문입니다.\n"
    )
    room.sosik("build", "--gzip")
    room.write("-- feeds/철도.yaml --\n(gone)\n-- content/withdrawn.yaml --\n(gone)\n")
    room.sosik("retire", "/철도/*")
    room.sosik("build", "--gzip", "--withdraw-now")
    return room


@contextmanager
def by_the_application(scratch: Path) -> Iterator[Served]:
    """Serve by the WSGI application alone, as any server for Python runs it."""
    base = "https://feeds.haenuri.example/"
    room = published(scratch / "신문", base)
    app = create_app(room.root / ".sosik")
    yield Served(base=base, public=room.root / "public", client=wsgi_client(app.wsgi_app))
    app.extensions["sosik"].close()


@contextmanager
def by_sosik_serve(scratch: Path) -> Iterator[Served]:
    """Serve by the command."""
    port = free_port()
    base = f"http://{HOST}:{port}/"
    room = published(scratch / "신문", base)
    command = ("-C", room.root, "serve", "--port", str(port), "--workers", "2")
    with serving(RUN_SOSIK, *command, port=port, said=scratch / "said") as server:
        yield Served(base=base, public=room.root / "public", client=server.ask)


def by_files(name: str) -> Callable[[Path], AbstractContextManager[Served]]:
    """Return what serves the published files by a web server."""

    @contextmanager
    def serve(scratch: Path) -> Iterator[Served]:
        port = free_port()
        base = f"http://{HOST}:{port}/"
        room = published(scratch / "신문", base)
        with running(name, room, scratch, port):
            yield Served(base=base, public=room.root / "public", client=socket_client(HOST, port))

    return serve


SERVERS: dict[str, Callable[[Path], AbstractContextManager[Served]]] = {
    "application": by_the_application,
    "sosik": by_sosik_serve,
    "nginx": by_files("nginx"),
    "caddy": by_files("caddy"),
}
"""Everyone who may answer for a publication: each gives a `Served` for as long as a `with` block runs."""
