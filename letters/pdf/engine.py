"""The parent's side of the engine: starts the child, feeds it HTML, puts its failures into words."""

from __future__ import annotations

import json
import logging
import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from letters.pdf import MissingGlyphs, RenderingFailed, folders

if TYPE_CHECKING:
    from letters.pdf.kept import Kept
    from letters.pdf.typesetting import Parts

Told = Callable[[int], None]
MOST_AT_ONCE = 4  # parts of a long letter

logger = logging.getLogger(__name__)

ROOT = Path(__file__).resolve().parents[2]  # where `python -m letters.pdf.child` is found
# All the child is given of our environment: no keys, no database address
PASSED_ON = (
    "PATH",
    "HOME",
    "TMPDIR",
    "PYTHONPATH",
    "LD_LIBRARY_PATH",
    "XDG_CACHE_HOME",
    "FONTCONFIG_FILE",
    "FONTCONFIG_PATH",
)
# What the C libraries say before they crash for want of memory
STARVED = ("out of memory", "failed to allocate", "cannot allocate", "error creating thread", "memoryerror")


@dataclass(frozen=True)
class Rendering:
    """What came back. `missing`: characters printed as boxes; `refused`: addresses the engine wanted to fetch."""

    pdf: bytes
    pages: int
    missing: tuple[str, ...]
    refused: tuple[str, ...]
    patches: tuple[str, ...]
    peak_megabytes: int
    bound_megabytes: int = 0  # of a long letter, what binding its parts took
    set: tuple[str, ...] = ()  # of a long letter, the parts that were not there from before
    is_discreet: bool = False

    def complete_pdf(self) -> bytes:
        """The PDF; raises MissingGlyphs if it has boxes in it."""
        if self.missing:
            raise _missing(self.missing, self.is_discreet)
        return self.pdf


def run(
    html: str,
    *,
    seconds: int,
    megabytes: int,
    hastened: bool = True,
    told: Told | None = None,
    is_discreet: bool = False,
) -> Rendering:
    """Set `html` in a child process that may use `seconds` (of clock, of processor) and `megabytes` of address space.

    `hastened=False` leaves out the engine patches that only save time; `told` is called with the number of pages laid
    out so far. `is_discreet`: nothing that stands in it reaches a log or the reason of a failure.
    Raises RenderingFailed.
    """
    options = [] if hastened else ["--slow"]
    given = _encoded(html, is_discreet)
    return _rendering(_Child(options, seconds, megabytes, told).finished(given), seconds, megabytes, is_discreet)


def press(
    parts: Parts,
    *,
    seconds: int,
    megabytes: int,
    kept: Kept | None = None,
    told: Told | None = None,
    is_discreet: bool = False,
) -> Rendering:
    """Set a long letter from its parts, in a child process that forks one for each, as many at a time as there are
    processors. Each may use `seconds` and `megabytes`.

    `kept` holds pieces set before. Raises RenderingFailed.
    """
    with folders.own() as folder:
        for part, html in (("front", parts.front), ("furniture", parts.furniture), ("seal", parts.seal)):
            (folder / f"{part}.html").write_bytes(_encoded(html, is_discreet))
        pieces = {f"piece-{number:03}": html for number, html in enumerate(parts.pieces)}
        for piece, html in pieces.items():
            (folder / f"{piece}.html").write_bytes(_encoded(html, is_discreet))
            if kept:
                kept.fetch(html, folder / piece)
        at_once = min(len(os.sched_getaffinity(0)), MOST_AT_ONCE)
        child = _Child([f"--folder={folder}", f"--at-once={at_once}"], seconds, megabytes, told)
        rendering = _rendering(child.finished(b""), seconds, megabytes, is_discreet)
        if kept:
            for piece in set(rendering.set) & pieces.keys():
                kept.keep(pieces[piece], folder / piece)
        return rendering


def _encoded(html: str, is_discreet: bool) -> bytes:
    """Raises MissingGlyphs for halves of characters, which stand for nothing and can be written in no file."""
    halves = sorted(set(re.findall("[\ud800-\udfff]", html)))
    if halves:
        raise _missing(tuple(halves), is_discreet)
    return html.encode()


def _missing(characters: tuple[str, ...], is_discreet: bool) -> MissingGlyphs:
    if is_discreet:
        return MissingGlyphs(_("No installed font has some of its characters. The proof sheet says which."), ())
    shown = [
        f"U+{ord(one):04X}" if one.isspace() or not one.isprintable() else f"{one} (U+{ord(one):04X})"
        for one in characters
    ]
    reason = ngettext(
        "No installed font has this character: %(characters)s",
        "No installed font has these characters: %(characters)s",
        len(characters),
    )
    return MissingGlyphs(reason % {"characters": ", ".join(shown[:20])}, characters)


def _rendering(
    child: subprocess.CompletedProcess[bytes] | None, seconds: int, megabytes: int, is_discreet: bool
) -> Rendering:
    if child is None:
        raise RenderingFailed(_in_words("time", "", seconds, megabytes))
    report = _report(child.stderr)
    if child.returncode != 0 or "pages" not in report:
        noise = child.stderr.decode(errors="replace")[-2000:]
        cause, detail = report.get("cause") or _cause(child.returncode, noise), report.get("detail")
        if is_discreet and detail:
            detail = detail.partition(":")[0]  # the kind of an exception, not what it says
        logger.error("The typesetter ended with %s: %s", child.returncode, cause if is_discreet else noise)
        raise RenderingFailed(_in_words(cause, detail or str(child.returncode), seconds, megabytes))
    if refused := report["refused"]:
        logger.warning("The typesetter was refused %d addresses: %s", len(refused), [] if is_discreet else refused[:5])
    return Rendering(
        pdf=child.stdout,
        pages=report["pages"],
        missing=tuple(report["missing"]),
        refused=tuple(report["refused"]),
        patches=tuple(report["patches"]),
        peak_megabytes=report["peak_megabytes"],
        bound_megabytes=report.get("bound_megabytes", 0),
        set=tuple(report.get("set", ())),
        is_discreet=is_discreet,
    )


class _Child:
    """The process, and how far it says it is."""

    def __init__(self, options: list[str], seconds: int, megabytes: int, told: Told | None) -> None:
        limits = [f"--seconds={seconds}", f"--megabytes={megabytes}", f"--parent={os.getpid()}"]
        self._command = [sys.executable, "-m", "letters.pdf.child", *limits, *options]
        self._seconds, self._told = seconds, told
        self._pages: dict[int, int] = {}
        self._said: list[bytes] = []

    def finished(self, given: bytes) -> subprocess.CompletedProcess[bytes] | None:
        """None if it took too long; then it is gone, and its own processes with it."""
        environment = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
        process = subprocess.Popen(
            self._command,
            cwd=ROOT,
            env={**environment, "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "0"},
            start_new_session=True,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        noise, process.stderr = process.stderr, None  # read as it comes, and by communicate() no more
        listener = threading.Thread(target=self._listen, args=(noise,), daemon=True)
        listener.start()
        try:
            made, _ = process.communicate(given, timeout=self._seconds)
        except subprocess.TimeoutExpired:
            return None
        finally:
            _end_group(process)
            listener.join()
        return subprocess.CompletedProcess(self._command, process.returncode, made, b"".join(self._said))

    def _listen(self, noise: IO[bytes]) -> None:
        with noise:
            for line in noise:
                self._said.append(line)
                if self._told and line.startswith(b'{"part"'):
                    page = json.loads(line)
                    self._pages[page["part"]] = page["page"]
                    self._told(sum(self._pages.values()))


def _end_group(process: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _report(stderr: bytes) -> dict[str, Any]:
    """The child's last line; the libraries may have written anything above it, or below it when they crash."""
    for line in reversed(stderr.splitlines()):
        if line.startswith(b"{"):
            try:
                return json.loads(line)  # type: ignore[no-any-return]
            except ValueError:
                continue
    return {}


def _cause(status: int, noise: str) -> str:
    """Why a child ended that could not say so itself. Killed from outside it was by the kernel, to free memory."""
    if status == -signal.SIGXCPU:
        return "time"
    starved = any(words in noise.lower() for words in STARVED)
    if starved or status == -signal.SIGKILL:
        return "memory"
    return "crash" if status < 0 else "error"


def _in_words(cause: str, detail: str, seconds: int, megabytes: int) -> str:
    match cause:
        case "time":
            reason = _("Rendering took longer than %(seconds)s seconds and was stopped.")
        case "memory":
            reason = _("Rendering needed more than %(megabytes)s MB of memory and was stopped.")
        case "library":
            reason = _("A library the typesetter needs is not installed: %(detail)s")
        case "fonts":
            reason = _("The fonts of the letter are not installed: %(detail)s")
        case "crash":  # the C libraries do not always say what they lack
            reason = _("The typesetter crashed (%(detail)s); it may need more than %(megabytes)s MB of memory.")
        case _:
            reason = _("The typesetter stopped with an error: %(detail)s")
    return reason % {"detail": detail, "seconds": seconds, "megabytes": megabytes}
