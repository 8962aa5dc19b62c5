"""Sets one document in a process of its own: HTML on standard input, PDF on standard output.

The last line on standard error is a JSON report: pages, missing, refused, … or, with exit status 1, cause and detail.
Started by `letters.pdf.engine`; imports no Django and nothing that could reach a database.
"""

from __future__ import annotations

import argparse
import gc
import json
import logging
import os
import resource
import sys
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    import pydyf
    import weasyprint

OPTIONS = {"pdf_variant": "pdf/ua-1"}
FONTS = "fonts-noto-core, fonts-noto-cjk"


class Unprepared(Exception):
    """The machine lacks something: a cause for the report and what to install."""

    def __init__(self, cause: str, detail: str) -> None:
        super().__init__(cause, detail)
        self.cause = cause
        self.detail = detail


class MissingCharacters(logging.Handler):
    """Collects what WeasyPrint otherwise only logs: the characters it printed as boxes."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def emit(self, record: logging.LogRecord) -> None:
        if str(record.msg).startswith(".notdef") and isinstance(record.args, tuple):
            self.found.add(str(record.args[0]))


def main() -> None:
    options = _arguments()
    _limit(options.seconds, options.megabytes)
    gc.disable()  # short-lived: collecting cycles costs a fifth of the time and frees next to nothing
    html = sys.stdin.buffer.read().decode()
    try:
        pdf, report = _set(html, slow=options.slow)
    except MemoryError:
        _fail("memory", "")
    except Unprepared as lack:
        _fail(lack.cause, lack.detail)
    except UserWarning:
        _fail("fonts", FONTS)
    except RecursionError:
        _fail("error", "the text is nested too deeply")
    except Exception as error:
        _fail("error", f"{type(error).__name__}: {error}"[:300])
    sys.stdout.buffer.write(pdf)
    sys.stdout.buffer.flush()
    print("\n" + json.dumps(report), file=sys.stderr, flush=True)
    os._exit(
        0
    )  # the work is done: taking the libraries down in order takes time, and has crashed a busy machine's child


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, required=True)
    parser.add_argument("--megabytes", type=int, required=True)
    parser.add_argument("--slow", action="store_true", help="leave out the patches that only save time")
    return parser.parse_args()


def _limit(seconds: int, megabytes: int) -> None:
    """The parent keeps the wall clock; these hold even if the parent is gone."""
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _set(html: str, *, slow: bool) -> tuple[bytes, dict[str, Any]]:
    from letters.pdf import patches

    fitting = patches.fit()
    if fitting and not slow:
        patches.load_fonttools_late()
    weasyprint = _engine()
    missing = MissingCharacters()
    weasyprint.LOGGER.addHandler(missing)
    refusal = _refusal(weasyprint)
    source, applied = weasyprint.HTML, list[str]()
    if fitting:
        patches.repair()
        if not slow:
            source, applied = patches.hasten(weasyprint)
    document = source(string=html, url_fetcher=refusal).render(**OPTIONS)
    pdf = document.write_pdf(finisher=_finish, **OPTIONS)
    families = {font.family for font in document.fonts.values()}
    if families and not any(family.startswith("Noto ") for family in families):
        raise Unprepared("fonts", FONTS)
    return pdf, {
        "pages": len(document.pages),
        "missing": sorted(missing.found),
        "refused": refusal.refused,
        "patches": applied,
        "peak_megabytes": _peak_megabytes(),
    }


def _engine() -> Any:
    warnings.filterwarnings("error", "No fonts configured")  # it would go on, and crash
    try:
        import weasyprint
        from weasyprint.text import ffi
    except OSError as error:  # cffi's dlopen
        raise Unprepared("library", str(error)[:200]) from error
    if ffi.harfbuzz_subset is None:  # without it WeasyPrint still works, twenty times slower
        raise Unprepared("library", "libharfbuzz-subset0")
    return weasyprint


def _refusal(weasyprint: Any) -> Any:
    class Refusal(weasyprint.URLFetcher):  # type: ignore[misc]
        """Fetches nothing, not even data: and file: addresses. The fonts are the system's, the style is in the page."""

        def __init__(self) -> None:
            super().__init__()
            self.refused: list[str] = []

        def fetch(self, url: str, headers: dict[str, str] | None = None) -> NoReturn:
            self.refused.append(url[:200])
            raise ValueError("nothing is fetched while rendering")

    return Refusal()


def _finish(document: weasyprint.Document, pdf: pydyf.PDF) -> None:
    """Tell viewers that a right-to-left letter's pages are turned that way; WeasyPrint leaves it out."""
    if document._html.etree_element.get("dir") == "rtl":
        pdf.catalog["ViewerPreferences"]["Direction"] = "/R2L"


def _peak_megabytes() -> int:
    """Resident memory at its highest. ru_maxrss would do if it did not start at the parent's own peak."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) >> 10
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10


def _fail(cause: str, detail: str) -> NoReturn:
    print("\n" + json.dumps({"cause": cause, "detail": detail}), file=sys.stderr)  # whatever stands on the line so far
    sys.exit(1)


if __name__ == "__main__":
    main()
