"""What docs/scaling.md says of several servers is true: its commands run, and its example can be run."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from databases import url_of
from newsrooms import ROOT
from serve.servers import free_port
from serve.web_servers import caddy_command
from sosik.cli.root import sosik

COMPOSE = yaml.safe_load((ROOT / "docs" / "examples" / "compose.yaml").read_text("utf-8"))


def test_the_commands_run(tmp_path: Path) -> None:
    text = (ROOT / "docs" / "scaling.md").read_text("utf-8")
    (commands,) = re.findall(r"<!-- run with a database -->\n *```sh\n(.*?)```", text, re.DOTALL)
    store = "postgresql://desk@db.example/papers?schema=haeoreum"
    for told, ours in ((store, url_of(tmp_path)), ("8000", str(free_port())), ("8001", str(free_port()))):
        assert told in commands
        commands = commands.replace(told, ours)
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}

    done = subprocess.run(
        ["bash", "-muo", "pipefail", "-c", commands], cwd=tmp_path, env=environment, capture_output=True, text=True
    )

    assert '"status": "ok"' in done.stdout, done.stderr
    assert "jsonfeed.org" in done.stdout
    assert not [*(tmp_path / "empty").iterdir()]


def words() -> list[list[str]]:
    """Return the commands of the example that run sosik, cut at its name."""
    found = [service.get("command", []) for service in COMPOSE["services"].values()]
    lines = [" ".join(map(str, command)) for command in found]
    return [re.split(r"[\s;]+", line.partition("sosik ")[2]) for line in lines if "sosik " in line]


@pytest.mark.parametrize("line", words(), ids=" ".join)
def test_every_command_and_option_of_the_example_exists(line: list[str]) -> None:
    (name,) = [word for word in line if word in sosik.list_commands(None)]  # type: ignore[arg-type]
    command = sosik.get_command(None, name)  # type: ignore[arg-type]
    assert command is not None
    known = {option for param in (*command.params, *sosik.params) for option in param.opts}
    assert {word for word in line if re.match(r"--?\w", word)} <= known


def test_the_parts_of_the_example_know_one_another(tmp_path: Path) -> None:
    services = COMPOSE["services"]
    assert {"database", "leader", "standby", "server-1", "server-2", "s3", "front"} <= services.keys()
    for service in services.values():
        assert set(service.get("depends_on", ())) <= services.keys()
        named = {volume.partition(":")[0] for volume in service.get("volumes", ())}
        assert {name for name in named if not name.startswith(".")} <= COMPOSE["volumes"].keys()
    assert all("volumes" not in services[name] for name in ("server-1", "server-2"))

    path = tmp_path / "front"
    path.write_text(COMPOSE["configs"]["front"]["content"])
    program = caddy_command(tmp_path, path)[0]
    subprocess.run([program, "adapt", "--adapter", "caddyfile", "--config", path], check=True, capture_output=True)
