"""Whether a file from outside opens as a PDF, found out in a process of its own with limits.

Half a megabyte can unpack to half a gigabyte before a reader has seen the first page, and what reads PDFs is written in
C++. Run as a module it is that process: the file on standard input, the answer as its exit status; it knows no Django.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from enum import Enum
from io import BytesIO

SECONDS = 5  # a scan of ten megabytes takes a fifth of one
MEGABYTES = 512  # of address space, of which Python and the library take a fifth
OPENS, NONE, LOCKED = 0, 3, 4  # exit status


class Why(Enum):
    """Why it does not."""

    NONE = "none"
    LOCKED = "locked"
    TOO_MUCH = "too_much"


def doubt(content: bytes) -> Why | None:
    """Return why `content` does not open as a PDF with at least one page; None if it does."""
    from letters.pdf import engine

    try:
        child = subprocess.run(
            [sys.executable, "-m", "letters.pdf.opening"],
            input=content,
            capture_output=True,
            timeout=2 * SECONDS,
            cwd=engine.ROOT,
            env={name: os.environ[name] for name in engine.PASSED_ON if name in os.environ},
        )
    except subprocess.TimeoutExpired:
        return Why.TOO_MUCH
    return {OPENS: None, NONE: Why.NONE, LOCKED: Why.LOCKED}.get(child.returncode, Why.TOO_MUCH)


def main() -> int:
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_AS, (MEGABYTES << 20, MEGABYTES << 20))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    import pikepdf

    try:
        with pikepdf.open(BytesIO(sys.stdin.buffer.read())) as file:
            return OPENS if len(file.pages) else NONE
    except pikepdf.PasswordError:
        return LOCKED
    except pikepdf.PdfError:
        return NONE


if __name__ == "__main__":
    os._exit(main())  # an answer is an answer, whatever the libraries do on their way out
