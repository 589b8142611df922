"""No name leads an announcement into a private network, not even one that says something else when it is asked again.

Tried with a real resolver and a real name server, in a network of the test's own, where an address of the public
Internet is a second one of the loopback device. It proves that what is connected to is what was judged, that a name is
asked for once for each request, and that a redirect is judged as the name of a hub is.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

INSIDE = Path(__file__).with_name("inside.py")
OWN = ("unshare", "--user", "--map-root-user", "--net", "--mount")
PUBLIC = {"1.2.3.4": 1}

INWARD = (
    "http://inner.test/",
    "http://both.test/x",
    "http://hidden.test/",
    "http://127.0.0.1/",
    "http://127.1/",
    "http://2130706433/",
    "http://0x7f.0.0.1/",
    "http://0177.0.0.1/",
    "http://localhost/",
    "http://[::1]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:7f00:1]/",
    "http://[64:ff9b::7f00:1]/",
    "http://0.0.0.0/",
    "http://0/",
    "http://\uff11\uff12\uff17.0.0.1/",
    "http://u:p@127.0.0.1/",
    "//127.0.0.1/",
    "http://127.0.0.1.:80/",
    "http://%31%32%37.0.0.1/",
)


ODD = (
    *(
        "http://[",
        "http://]/",
        "http://[::1",
        "http://[fe80::1%25lo]/",
        "http://[v1.x]/",
        "http://",
        "http:///",
        "//",
        "",
    ),
    *("http://outer.test:99999/", "http://outer.test:-1/", "http://outer.test:80:80/", "http://outer.test:0/"),
    *(
        "//",
        "",
        "http://outer.test:/",
        "http://outer.test:٨٠/",
        "http://a\0b.test/",
        "http://\0/",
        "http://outer.test/\0",
    ),
    *("http://u:p@outer.test/", "http://u@[/", "http://@/", "http://%6Futer.test/", "http://a%00.test/", "http://%/"),
    *("http://소식.test/", "http://xn--a.test/", "http://xn--/", "http://..", f"http://{'a' * 64}.test/", "http://-/"),
    *("http://outer.test/가 나", "http://outer.test/\x7f?\tX: y", "ftp://outer.test/", "http://\ufffe/", "https://["),
)
"""What newsrooms may write for the address of a hub."""


def inside(folder: Path, addresses: list[str]) -> tuple[list[dict[str, Any]], dict[str, int]]:
    """Ask for addresses in a network of its own; return what came of each, and how often each name was asked for."""
    if subprocess.run([*OWN, "true"], capture_output=True, check=False).returncode:
        pytest.skip("this system lets nobody have a network of their own")
    done = subprocess.run(
        [*OWN, sys.executable, INSIDE, folder],
        input="\n".join(addresses),
        capture_output=True,
        encoding="utf-8",
        env=os.environ | {"PYTHONUTF8": "1"},
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    return told["found"], told["asked"]


def test_no_name_and_no_redirect_leads_into_a_private_network(tmp_path: Path) -> None:
    """Each redirect is asked for once, at the public address that sent it, and nobody at a private one hears of it."""
    addresses = [
        "http://outer.test/",
        "http://rebinding.test/",
        "http://rebinding.test/",
        "http://outer.test/?" + quote("http://turning.test/"),
        "http://outer.test/?" + quote("http://turning.test/"),
        "http://inner.test/",
        "http://hidden.test/",
        *(f"http://outer.test/?{quote(target)}" for target in INWARD),
    ]

    found, asked = inside(tmp_path, addresses)

    assert found[0] == {"came": "200", "hits": PUBLIC}
    assert found[1] == {"came": "200", "hits": PUBLIC}, "the name said the public address, once"
    assert found[2]["hits"] == {}, "it says another one now, and that is looked at"
    assert found[3] == {"came": "200", "hits": {"1.2.3.4": 2}}
    assert found[4]["hits"] == PUBLIC
    assert [one["hits"] for one in found[5:7]] == [{}, {}]
    for target, one in zip(INWARD, found[7:], strict=True):
        # A name that has a public address, too, may be asked there.
        assert one["came"] != "200" or "both" in target, target
        assert one["hits"] in ([PUBLIC, {"1.2.3.4": 2}] if "both" in target else [PUBLIC]), target
    assert asked["rebinding.test"] == 2
    assert asked["turning.test"] == 2


def test_no_address_ends_a_run(tmp_path: Path) -> None:
    """Where it names a host that there is, that one is asked; any other is told of, in words."""
    redirects = [f"http://outer.test/?{quote(target)}" for target in ODD if target]

    found, _ = inside(tmp_path, [*ODD, *redirects])

    assert len(found) == len(ODD) + len(redirects)
    assert all(set(one["hits"]) <= {"1.2.3.4"} for one in found), "nobody else is asked"
    assert [one["came"] for one in found[: len(ODD)]].count("200") < 12
    assert all(one["hits"] for one in found[len(ODD) :])
