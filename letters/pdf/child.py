"""Sets one document in a process of its own: HTML on standard input, PDF on standard output.

The last line on standard error is a JSON report: pages, missing, refused, … or, with exit status 1, cause and detail.
Lines above it may tell how far it is. With --folder the document is a long letter's, in parts: `letters.pdf.press`.
Started by `letters.pdf.engine`; imports no Django and nothing that could reach a database.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import resource
import sys
from pathlib import Path
from typing import Any, NoReturn

from letters.pdf import tether
from letters.pdf.compositor import Compositor, attempted


def main() -> None:
    options = _arguments()
    tether.follow(options.parent)
    _limit(options.seconds, options.megabytes)
    gc.disable()  # short-lived: collecting cycles costs a fifth of the time and frees next to nothing
    failure = attempted(lambda: _make(options))
    if failure:
        _end(failure, 1)


def _make(options: argparse.Namespace) -> None:
    if options.folder:
        from letters.pdf import press

        pdf, report = press.print_parts(Path(options.folder), slow=options.slow, at_once=options.at_once)
    else:
        pdf, report = Compositor(slow=options.slow).set(sys.stdin.buffer.read().decode())
    sys.stdout.buffer.write(pdf)
    sys.stdout.buffer.flush()
    _end(report, 0)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, required=True)
    parser.add_argument("--megabytes", type=int, required=True)
    parser.add_argument("--parent", type=int, default=os.getppid(), help="the process to end with")
    parser.add_argument("--slow", action="store_true", help="leave out the patches that only save time")
    parser.add_argument("--folder", help="where the parts of a long letter are")
    parser.add_argument("--at-once", type=int, default=1, help="how many of them to set at a time")
    return parser.parse_args()


def _limit(seconds: int, megabytes: int) -> None:
    """The parent keeps the wall clock; these hold even if the parent is gone."""
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _end(report: dict[str, Any], status: int) -> NoReturn:
    """The work is done: taking the libraries down in order takes time, and has crashed a busy machine's child."""
    print("\n" + json.dumps(report), file=sys.stderr, flush=True)  # whatever stands on the line so far
    os._exit(status)


if __name__ == "__main__":
    main()
