"""Prints a long letter from its parts: each set in a process forked from this one, so that the engine is loaded once.

In the folder: `front.html`, `piece-000.html` …, `furniture.html`, `seal.html`. A piece that has its PDF and report
there already is not set again. In the child process only.
"""

from __future__ import annotations

import gc
import json
import os
import signal
from collections.abc import Callable, Sequence
from functools import partial
from html import escape
from pathlib import Path
from typing import Any

from letters.pdf import tether
from letters.pdf.compositor import Compositor, Failure, attempted, peak_megabytes

Report = dict[str, Any]


def print_parts(folder: Path, *, slow: bool, at_once: int) -> tuple[bytes, Report]:
    """Return the whole PDF and the report on it, as Compositor.set does."""
    compositor = Compositor(slow=slow)
    gc.freeze()
    parts = ["front", *sorted(path.stem for path in folder.glob("piece-*.html"))]
    waiting = [part for part in parts if not (folder / f"{part}.json").exists()]
    jobs = [partial(_set, compositor, folder, part, parts.index(part)) for part in waiting]
    _forked(folder, jobs, at_once)
    reports = [json.loads((folder / f"{part}.json").read_text()) for part in parts]
    sheets = _sheets(reports, (folder / "seal.html").read_text())
    _forked(folder, [lambda: _set_furniture(compositor, folder, sheets)], 1)
    from letters.pdf import binding

    pdf = binding.bind(folder, parts, reports)
    return pdf, {
        "pages": sum(report["pages"] for report in reports),
        "missing": sorted({character for report in reports for character in report["missing"]}),
        "refused": [address for report in reports for address in report["refused"]],
        "patches": compositor.patches,
        "peak_megabytes": max(report["peak_megabytes"] for report in reports),
        "bound_megabytes": peak_megabytes(),
        "set": waiting,
    }


def _set(compositor: Compositor, folder: Path, part: str, number: int) -> None:
    pdf, report = compositor.set((folder / f"{part}.html").read_text(), number)
    (folder / f"{part}.pdf").write_bytes(pdf)
    (folder / f"{part}.json").write_text(json.dumps(report))  # last: it says that the other is whole


def _set_furniture(compositor: Compositor, folder: Path, sheets: str) -> None:
    html = (folder / "furniture.html").read_text().replace("<!--sheets-->", sheets)
    (folder / "furniture.pdf").write_bytes(compositor.set_furniture(html))


def _sheets(reports: list[Report], seal: str) -> str:
    """An empty page for each page of the letter; one of the annex knows the first and last heading standing on it."""
    sheets, heading = [], ""
    for is_piece, (name, begins, titles) in (
        (number > 0, head) for number, one in enumerate(reports) for head in one["heads"]
    ):
        first = titles[0] if begins else heading
        heading = titles[-1] if titles and is_piece else heading
        last = f'<i data-last="{escape(heading)}"></i>' if is_piece and heading else ""
        listed = " listed" if name == "annex" else ""
        sheets.append(f'<section class="sheet{listed}" data-first="{escape(first) if is_piece else ""}">{last}')
    return "</section>\n".join([*sheets[:-1], sheets[-1] + seal]) + "</section>"


def _forked(folder: Path, jobs: Sequence[Callable[[], None]], at_once: int) -> None:
    """Do each in a process of its own, so many at a time. The first that fails ends them all."""
    waiting, running = list(reversed(jobs)), set[int]()
    try:
        while waiting or running:
            while waiting and len(running) < at_once:
                running.add(_started(folder, waiting.pop()))
            ended, status = os.wait()
            running.discard(ended)
            if status:
                raise _failure(folder, os.waitstatus_to_exitcode(status))
    finally:
        for one in running:
            os.kill(one, signal.SIGKILL)
            os.waitpid(one, 0)


def _started(folder: Path, job: Callable[[], None]) -> int:
    parent = os.getpid()
    if process := os.fork():
        return process
    tether.follow(parent)
    failure = attempted(job)
    if failure:
        (folder / "failed.json").write_text(json.dumps(failure))
    os._exit(1 if failure else 0)


def _failure(folder: Path, code: int) -> Failure:
    """Why the process of a part ended, as it said itself or as its end tells."""
    told = folder / "failed.json"
    if told.exists():
        return Failure(**json.loads(told.read_text()))
    ends = {-signal.SIGXCPU: "time", -signal.SIGKILL: "memory"}
    return Failure(ends.get(code, "crash"), str(code))
