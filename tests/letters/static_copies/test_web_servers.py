"""The configurations in docs/deployment.md: copies answer while the site cannot.

Of nginx and Caddy those are tried that are installed; `make setup` brings neither, as their packages start a server on
port 80. With none of them conftest.py leaves this file out.
"""

import http.client
import os
import re
import signal
import subprocess
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from config.tether import tether
from tests.letters.static_copies.copied import at
from tools.services import find, free_port

pytestmark = pytest.mark.processes

DOCUMENT = Path(__file__).resolve().parents[3] / "docs" / "deployment.md"
HELD = {
    "letters/x/index.html": "page",
    "fr/letters/x/index.html": "page en français",
    "letters/x/embed/index.html": "frame",
    "letters/x/signatories.json": "{}",
    "letters/x/replies/1.pdf": "reply",
    "letters/x/1.pdf": "document",
    "letters/x/SHA256SUMS": "sums",
    "static/css/undersigned.css": "sheet",
}
ADDRESSES = {f"/{name.removesuffix('index.html')}": content for name, content in HELD.items()}
ELSEWHERE = ("/", "/letters/y/", "/letters/x/sign/", "/desk/", "/letters/x")


def blocks():
    """The indented blocks of the section, by the server they are for."""
    section = DOCUMENT.read_text().split("## Static copies")[1].split("\n## ")[0]
    found = re.findall(r"(?:^(?: {4}.*)?\n)+", section, re.MULTILINE)
    long = [re.sub(r"^ {4}", "", block, flags=re.MULTILINE) for block in found if block.count("\n") > 10]
    return dict(zip(("nginx", "caddy"), long, strict=True))


@pytest.fixture
def files(folder):
    for name, content in HELD.items():
        at(name).parent.mkdir(parents=True, exist_ok=True)
        at(name).write_text(content)
    return folder


def get(port, path, method="GET"):
    site = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        site.request(method, path)
        answer = site.getresponse()
        return answer.status, answer.read().decode(), answer.headers
    finally:
        site.close()


def listens(port):
    try:
        get(port, "/")
    except OSError:
        return False
    return True


@contextmanager
def upstream(port, status):
    """A site that answers everything alike."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            content = f"site says {status}".encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_words):
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def as_here(block, files, site):
    return block.replace("/srv/undersigned/published", str(files)).replace("127.0.0.1:8000", f"127.0.0.1:{site}")


def nginx(port, block, home):
    block = block.replace("listen 443 ssl", f"listen 127.0.0.1:{port}")
    block = re.sub(r"\n *ssl_certificate.*", "", block)
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    temporary = " ".join(f"{kind}_temp_path {home}/{kind};" for kind in kinds)
    started = f"daemon off; master_process off; pid {home}/pid; error_log {home}/log; events {{}}"
    (home / "nginx.conf").write_text(f"{started} http {{ {temporary}\n{block}\n}}")
    return [find("nginx"), "-p", str(home), "-c", str(home / "nginx.conf"), "-e", str(home / "log")]


def caddy(port, block, home):
    block = block.replace("letters.example.org {", f"http://127.0.0.1:{port} {{")
    (home / "Caddyfile").write_text(f"{{\nadmin off\nauto_https off\n}}\n{block}")
    return [find("caddy"), "run", "--config", str(home / "Caddyfile"), "--adapter", "caddyfile"]


SERVERS = {"nginx": nginx, "caddy": caddy}


@pytest.fixture(params=[name for name in SERVERS if find(name)])
def ports(request, files, tmp_path):
    """A web server as the document says, in front of a site that is not there."""
    files.chmod(0o755)
    port, site = free_port(), free_port()
    home = tmp_path / "server"
    home.mkdir()
    command = SERVERS[request.param](port, as_here(blocks()[request.param], files, site), home)
    own = {**os.environ, "XDG_DATA_HOME": str(home), "XDG_CONFIG_HOME": str(home)}
    with (home / "output").open("wb") as output:
        server = subprocess.Popen(
            command, cwd=home, env=own, stdout=output, stderr=output, preexec_fn=tether(signal.SIGTERM)
        )
    deadline = time.monotonic() + 30
    while not listens(port):
        assert server.poll() is None, (home / "output").read_text()
        assert time.monotonic() < deadline
        time.sleep(0.05)
    yield port, site
    server.terminate()
    server.wait()


def test_document_has_a_block_for_each_server():
    assert {name: name in SERVERS and "published" in block for name, block in blocks().items()} == {
        "nginx": True,
        "caddy": True,
    }


def test_site_is_shown_while_it_answers(ports):
    port, site = ports
    for status in (200, 404):
        with upstream(site, status):
            answers = {get(port, path)[:2] for path in (*ADDRESSES, *ELSEWHERE)}
        assert answers == {(status, f"site says {status}")}


@pytest.mark.parametrize("status", [0, 500, 502, 503, 504])
def test_copy_is_shown_while_the_site_cannot_answer(ports, status):
    """0: nobody listens."""
    port, site = ports
    if status:
        with upstream(site, status):
            answers = {path: get(port, path)[:2] for path in (*ADDRESSES, *ELSEWHERE)}
    else:
        answers = {path: get(port, path)[:2] for path in (*ADDRESSES, *ELSEWHERE)}
    assert {path: answers[path] for path in ADDRESSES} == {path: (200, content) for path, content in ADDRESSES.items()}
    assert {answers[path][0] for path in ELSEWHERE} == {status or 502}


def test_copies_come_with_the_headers_that_pages_have(ports):
    port, _site = ports
    page, frame, reply = (get(port, f"/letters/x/{name}")[2] for name in ("", "embed/", "replies/1.pdf"))
    assert "script-src 'self'; style-src 'self'" in page["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in page["Content-Security-Policy"]
    assert "frame-ancestors *" in frame["Content-Security-Policy"]
    assert reply["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert reply["Content-Disposition"] == "attachment"
    assert {one["X-Content-Type-Options"] for one in (page, frame, reply)} == {"nosniff"}
    assert {one["X-Robots-Tag"] for one in (page, frame, reply)} == {"noindex"}
    assert page["Content-Type"] == "text/html; charset=utf-8"


def test_nothing_outside_the_folder_is_shown(ports, files):
    port, _site = ports
    (files.parent / "secret.txt").write_text("secret")
    for path in ("/letters/../../secret.txt", "/letters/x/..%2f..%2f..%2fsecret.txt", "/static/../../secret.txt"):
        assert "secret" not in get(port, path)[1]
