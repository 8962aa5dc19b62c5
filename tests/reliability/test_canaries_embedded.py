"""The same words looked for where the embedded site leaves anything: SQLite, and a queue of files."""

import http.client
import re
import signal
import subprocess
import sys
import threading
import time
from contextlib import contextmanager, suppress
from email import message_from_bytes, policy
from urllib.parse import urlencode

import pytest

from config.logs import TOKEN
from signatories import guarding
from tests.reliability.listening import unpacked
from tests.reliability.road import LINK, OPEN, openly
from tests.reliability.searching import files, spelled
from tests.signatories.test_canaries import ANSWERS
from tests.signatories.twin_histories import CANARY, SECRET_CONTACT
from tests.test_supervisor import ROOT, up, wait_until

__all__ = ["up"]  # a fixture

pytestmark = pytest.mark.processes


def post(port, path, **answers):
    site = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        site.request("POST" if answers else "GET", path, urlencode(answers) or None, kind)
        answer = site.getresponse()
        return answer.status, answer.read().decode()
    finally:
        site.close()


def mails(folder):
    return [message_from_bytes(path.read_bytes(), policy=policy.default) for path in folder.glob("mail/*.eml")]


def links_to(address, folder, page):
    words = [one.get_body(("plain",)).get_content() for one in mails(folder) if one["To"] == address]
    return [f"/{page}/{token}/" for said in words for found, token in LINK.findall(said) if found == page]


def content(path):
    with suppress(FileNotFoundError):  # a task that has been done meanwhile
        return unpacked(path.read_bytes().decode(errors="replace")).casefold()
    return ""


def watch(folder, seen, is_over):
    """Keeps the content of every task that stays long enough to be read."""
    while not is_over.wait(0.01):
        for path in folder.glob("*.msg"):
            seen[path.name] = seen.get(path.name) or content(path)


def letter_of_the_demonstration(up):
    """One that can be signed."""
    subprocess.run([sys.executable, "manage.py", "demo"], cwd=ROOT, env=up.environ, check=True, capture_output=True)
    shown = re.findall(r"/letters/([\w-]+)/", post(up.port, "/")[1])
    return next(one for one in shown if 'name="began"' in post(up.port, f"/letters/{one}/sign/")[1])


def sign_both(up, slug):
    """The withheld one, and one that hides nothing; each as slowly as a person."""
    for answers in (ANSWERS, ANSWERS | openly()):
        sent = answers | {"began": guarding.stamp(time.time() - 60), "send": "1"}
        began = re.search(r'name="began" value="([^"]+)"', post(up.port, f"/letters/{slug}/sign/")[1])[1]
        time.sleep(guarding.LEAST + 0.5)
        assert post(up.port, f"/letters/{slug}/sign/", **sent | {"began": began})[0] == 302


def confirm_and_look_at_what_is_held(up, folder, slug):
    wait_until(lambda: links_to(SECRET_CONTACT.email, folder, "confirm"), 60, up.output)
    (confirm,) = links_to(SECRET_CONTACT.email, folder, "confirm")
    assert post(up.port, confirm, choice="confirm")[0] == 302
    wait_until(lambda: links_to(SECRET_CONTACT.email, folder, "mine"), 60, up.output)
    mine = links_to(SECRET_CONTACT.email, folder, "mine")[0]
    assert post(up.port, f"{mine}data/")[0] == 200
    assert post(up.port, f"/letters/{slug}/mine/", email=SECRET_CONTACT.email)[0] == 200


@contextmanager
def watched(folder):
    """The tasks that came into a queue's folder while this lasts, by their files' names."""
    seen, is_over = {}, threading.Event()
    watching = threading.Thread(target=watch, args=[folder, seen, is_over], daemon=True)
    watching.start()
    try:
        yield seen
    finally:
        is_over.set()
        watching.join()


def test_no_canary_is_left_in_a_folder_of_the_embedded_site(up):
    """Neither in the queue's files nor in the database's, free pages and write-ahead log included."""
    folder = up.folder / "var"
    up.start_and_wait()
    with watched(folder / "queue") as queue:
        slug = letter_of_the_demonstration(up)
        sign_both(up, slug)
        confirm_and_look_at_what_is_held(up, folder, slug)
        left = [path for path in folder.rglob("*") if path.is_file() and path.parent.name != "mail"]
        while_up = {str(path): content(path) for path in left}
        up.send(signal.SIGTERM)
    afterwards = {str(path): content(path) for path in left if path.exists()}
    others = [spelled(one.as_bytes(), one) for one in mails(folder) if CANARY not in one["To"]]
    assert [path for path, said in [*while_up.items(), *afterwards.items()] if CANARY in said] == []
    assert not any(CANARY in said.casefold() for said in others)
    assert CANARY not in files(folder).casefold()
    assert CANARY not in up.output().casefold()
    assert not re.search(rf"/(confirm|mine)/{TOKEN.pattern}", up.output())
    assert any(OPEN.casefold() in said for said in while_up.values())  # the control: it can be found
    assert any("campaigns.tasks.send_due" in said for said in queue.values())
    assert not any(CANARY in said for said in queue.values())
