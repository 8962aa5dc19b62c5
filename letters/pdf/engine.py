"""The parent's side of the engine: starts the child, feeds it HTML, puts its failures into words."""

from __future__ import annotations

import json
import logging
import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from letters.pdf import MissingGlyphs, RenderingFailed

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

    def complete_pdf(self) -> bytes:
        """The PDF; raises MissingGlyphs if it has boxes in it."""
        if not self.missing:
            return self.pdf
        listed = ", ".join(f"{character} (U+{ord(character):04X})" for character in self.missing[:20])
        reason = ngettext(
            "No installed font has this character: %(characters)s",
            "No installed font has these characters: %(characters)s",
            len(self.missing),
        )
        raise MissingGlyphs(reason % {"characters": listed}, self.missing)


def run(html: str, *, seconds: int, megabytes: int, hastened: bool = True) -> Rendering:
    """Set `html` in a child process that may use `seconds` (of clock, of processor) and `megabytes` of address space.

    `hastened=False` leaves out the engine patches that only save time. Raises RenderingFailed.
    """
    try:
        child = _finished_child(html, seconds, megabytes, [] if hastened else ["--slow"])
    except subprocess.TimeoutExpired:
        raise RenderingFailed(_in_words("time", "", seconds, megabytes)) from None
    report = _report(child.stderr)
    if child.returncode != 0 or "pages" not in report:
        noise = child.stderr.decode(errors="replace")[-2000:]
        logger.error("The typesetter ended with %s: %s", child.returncode, noise)
        cause = report.get("cause") or _cause(child.returncode, noise)
        raise RenderingFailed(_in_words(cause, report.get("detail", str(child.returncode)), seconds, megabytes))
    if report["refused"]:
        logger.warning("The typesetter was refused %d addresses: %s", len(report["refused"]), report["refused"][:5])
    return Rendering(
        pdf=child.stdout,
        pages=report["pages"],
        missing=tuple(report["missing"]),
        refused=tuple(report["refused"]),
        patches=tuple(report["patches"]),
        peak_megabytes=report["peak_megabytes"],
    )


def _finished_child(html: str, seconds: int, megabytes: int, options: list[str]) -> subprocess.CompletedProcess[bytes]:
    limits = [f"--seconds={seconds}", f"--megabytes={megabytes}"]
    environment = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    return subprocess.run(
        [sys.executable, "-m", "letters.pdf.child", *limits, *options],
        input=html.encode(),
        capture_output=True,
        cwd=ROOT,
        env={**environment, "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "0"},
        timeout=seconds,
        check=False,
    )


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
