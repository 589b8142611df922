"""What docs/scaling.md says of buckets is true: its commands run, and its functions say what `sosik serve` says."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

from browsers import chromium
from newsrooms import ROOT
from publish.object_stores import Bucket
from sosik.render.security import CONTENT_SECURITY

TEXT = (ROOT / "docs" / "scaling.md").read_text("utf-8")

CLOUDFRONT = """
const asked = (uri) => request({request: {uri}});
const said = (fields) => response({response: {statusCode: 200, headers: Object.fromEntries(
  Object.entries(fields).map(([name, value]) => [name, {value}]))}});
const values = ({statusCode, headers}) => [statusCode, Object.fromEntries(
  Object.entries(headers).map(([name, {value}]) => [name, value]))];
return JSON.stringify([
  asked('/'), asked('/rss.xml'), asked('/gone/rss.xml'),
  values(said({'content-type': 'application/rss+xml', 'x-amz-meta-link': '<x>; rel="self"'})),
  values(said({'content-type': 'text/html; charset=utf-8', 'x-amz-meta-status': '410'})),
]);
"""
"""What CloudFront would do with both functions."""

CLOUDFLARE = """
const caches = {default: {match: async () => undefined, put: async () => undefined}};
const there = {
  'feeds/한글/rss.xml': ['application/rss+xml', {link: '<x>; rel="self"'}],
  'feeds/index.html': ['text/html; charset=utf-8', {status: '410'}],
};
const get = async (key) => there[key] ? {
  body: key, httpEtag: '"tag"', customMetadata: there[key][1],
  writeHttpMetadata(headers) { headers.set('Content-Type', there[key][0]); },
} : null;
const answers = [];
for (const path of ['/%ED%95%9C%EA%B8%80/rss.xml', '/', '/gone/rss.xml', '/no.xml']) {
  const request = new Request('https://feeds.example' + path);
  const said = await worker.fetch(request, {BUCKET: {get}}, {waitUntil: () => undefined});
  answers.push([said.status, Object.fromEntries(said.headers)]);
}
return JSON.stringify(answers);
"""
"""What a Worker would answer out of a bucket with two objects."""


def function(name: str) -> str:
    (found,) = re.findall(rf"<!-- function: {name} -->\n```js\n(.*?)```", TEXT, re.DOTALL)
    return str(found)


def test_the_commands_run(tmp_path: Path, bucket: Bucket) -> None:
    (commands,) = re.findall(r"<!-- run with a bucket: \S+ -->\n *```sh\n(.*?)```", TEXT, re.DOTALL)
    environment = {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}", "BUCKET": bucket.name}

    subprocess.run(
        ["bash", "-euo", "pipefail", "-c", commands], cwd=tmp_path, env={**os.environ, **environment}, check=True
    )

    assert Bucket(bucket.endpoint, bucket.name, "feeds").read("rss.xml")


def test_the_functions_protect_pages_as_the_server_does() -> None:
    assert f'"{CONTENT_SECURITY}"' in function("response")
    assert f'"{CONTENT_SECURITY}"' in function("worker")


def test_the_functions_say_what_a_bucket_cannot(tmp_path: Path) -> None:
    gone = {name: function(name).replace("GONE = []", "GONE = ['/gone/rss.xml']") for name in ("request", "worker")}
    parts = {"request": gone["request"], "response": function("response")}
    script = "".join(f"const {name} = (() => {{ {text} return handler; }})();\n" for name, text in parts.items())
    worker = gone["worker"].replace("export default", "const worker =")
    with chromium(tmp_path / "profile") as browser:
        browser.open("about:blank")
        cloudfront = json.loads(browser.run(f"(() => {{ {script} {CLOUDFRONT} }})()"))
        cloudflare = json.loads(browser.run(f"(async () => {{ {worker} {CLOUDFLARE} }})()"))

    folder, feed, ended, *said = cloudfront
    assert (folder["uri"], feed["uri"], ended["statusCode"]) == ("/index.html", "/rss.xml", 410)
    answers = [*said, *cloudflare[:2]]
    assert [status for status, _ in answers] == [200, 410, 200, 410]
    for _, of_feed in answers[::2]:
        assert of_feed["link"] == '<x>; rel="self"'
        assert "x-content-type-options" not in of_feed
    for _, of_page in answers[1::2]:
        assert of_page["content-security-policy"] == CONTENT_SECURITY
        assert of_page["x-content-type-options"] == "nosniff"
        assert of_page["access-control-allow-origin"] == "*"
    assert [status for status, _ in cloudflare[2:]] == [410, 404]
