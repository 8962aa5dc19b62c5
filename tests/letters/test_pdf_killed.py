"""What a process leaves behind that is killed while it sets a letter: no process, and no folder for long."""

import select
import stat
import subprocess
import sys

import pytest

from letters.pdf import engine, folders
from letters.services import renderings

PATIENCE = 60  # seconds; only how long a broken test takes to say so

WORKS = """
import os, sys, django
django.setup()
from letters.pdf import folders
with folders.own() as folder:
    (folder / "piece-000.html").write_text("Wrenfold Circle")
    print(folder, flush=True)
    sys.stdin.read()
"""
SETS = """
import os, subprocess, sys, time
limits = ["--seconds=60", "--megabytes=2000", f"--parent={os.getpid()}"]
child = subprocess.Popen([sys.executable, "-m", "letters.pdf.child", *limits])
while " 60 " not in next(line for line in open(f"/proc/{child.pid}/limits") if line.startswith("Max cpu time")):
    assert child.poll() is None
    time.sleep(0.05)  # until it has its limits, which come after it has asked to end with this process
print("working", flush=True)
child.wait()
"""
FORKS = """
import os, sys, time
from pathlib import Path
from letters.pdf import press
process = press._started(Path(), lambda: (print("working", flush=True), sys.stdin.read()))
os.waitpid(process, 0)
"""


@pytest.fixture
def killed(settings, monkeypatch):
    """Start a program, with what it says first."""
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "tests.settings")
    monkeypatch.setenv("VAR_DIR", str(settings.VAR_DIR))
    running = []

    def start(program):
        command = [sys.executable, "-c", program]
        process = subprocess.Popen(command, cwd=engine.ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        running.append(process)
        return process, process.stdout.readline().decode().strip()

    yield start
    for process in running:
        process.kill()
        process.stdin.close()  # on which all wait
        process.wait()
        process.stdout.close()


@pytest.fixture
def parts(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    return tmp_path / "parts"


def is_held_by_nobody(pipe):
    """Whether all who could write to it have ended."""
    ready, _, _ = select.select([pipe], [], [], PATIENCE)
    return bool(ready) and pipe.read() == b""


@pytest.mark.parametrize("program", [SETS, FORKS])
def test_child_ends_with_its_parent(killed, program):
    """It has its parent's own output, which ends once both have."""
    process, said = killed(program)
    assert (said, select.select([process.stdout], [], [], 0)[0]) == ("working", [])  # the control: it runs
    process.kill()
    process.wait()
    assert is_held_by_nobody(process.stdout)


def test_folder_of_a_killed_process_is_swept(parts, killed):
    process, folder = killed(WORKS)
    piece = parts / folder / "piece-000.html"
    assert (folders.sweep(), piece.read_text()) == (0, "Wrenfold Circle")  # not while it works
    process.kill()
    process.wait()
    assert piece.exists()  # the control: nobody else deletes it
    assert (folders.sweep(), list(parts.iterdir())) == (1, [])


def test_folder_is_closed_to_others_and_goes_when_the_work_is_done(parts):
    with folders.own() as folder:
        assert [stat.S_IMODE(one.stat().st_mode) for one in (parts, folder)] == [0o700, 0o700]
        assert folders.sweep() == 0
    assert list(parts.iterdir()) == []


@pytest.mark.django_db
def test_looking_for_work_sweeps(parts):
    (parts / "left").mkdir(parents=True)
    renderings.render_due()
    assert list(parts.iterdir()) == []


def test_next_letter_sweeps(parts):
    (parts / "left").mkdir(parents=True)
    with folders.own() as folder:
        assert list(parts.iterdir()) == [folder]
