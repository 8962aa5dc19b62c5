"""The engine, ready to set: loaded, patched, and refused every address. In the child process only."""

from __future__ import annotations

import base64
import hashlib
import json
import logging
import resource
import sys
import warnings
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from letters.pdf import conforming, patches

FONTS = "fonts-noto-core, fonts-noto-cjk"
TOLD_EVERY = 5  # pages


class Failure(Exception):
    """Nothing was set: a cause that the report names, and what is to be said of it, such as what to install."""

    def __init__(self, cause: str, detail: str) -> None:
        super().__init__(cause, detail)
        self.cause = cause
        self.detail = detail


class Compositor:
    """Sets one page of HTML after the other; `part` says which of a letter's parts, to whoever follows the progress."""

    def __init__(self, *, slow: bool = False) -> None:
        fitting = patches.fit()
        if fitting and not slow:
            patches.know_libraries_by_name()
            patches.load_fonttools_late()
        self._engine = _engine()
        self._html, self.patches = self._engine.HTML, list[str]()
        if fitting:
            patches.repair()
            if not slow:
                self._html, self.patches = patches.hasten(self._engine)
        self._missing = MissingCharacters()
        self._engine.LOGGER.addHandler(self._missing)
        self._refusal = _refusal(self._engine)
        self._progress = Progress()
        watched = logging.getLogger("weasyprint.progress")
        watched.addHandler(self._progress)
        watched.setLevel(logging.INFO)

    def set(self, html: str, part: int = 0) -> tuple[bytes, dict[str, Any]]:
        """Return the PDF, as `letters.pdf.conforming` has it, and the report on it."""
        document = self._laid_out(html, part)
        pdf = document.write_pdf(finisher=conforming.finish, **conforming.options(document))
        families = {font.family for font in document.fonts.values()}
        if families and not any(family.startswith("Noto ") for family in families):
            raise Failure("fonts", FONTS)
        return pdf, {
            "pages": len(document.pages),
            "heads": [_head(page) for page in document.pages],
            "bookmarks": [(number, *mark[:3]) for number, page in enumerate(document.pages) for mark in page.bookmarks],
            "missing": sorted(self._missing.found),
            "refused": self._refusal.refused,
            "patches": self.patches,
            "peak_megabytes": peak_megabytes(),
        }

    def set_furniture(self, html: str) -> bytes:
        """Return the PDF without tags: what only repeats is no content."""
        return bytes(self._laid_out(html, -1).write_pdf())

    def _laid_out(self, html: str, part: int) -> Any:
        self._progress.part = part
        page = self._html(string=html, url_fetcher=self._refusal)
        self._refusal.take(
            one.get("content", "") for one in page.etree_element.iter("meta") if one.get("name") == "logo"
        )
        return page.render(pdf_variant=conforming.VARIANT)


class MissingCharacters(logging.Handler):
    """Collects what WeasyPrint otherwise only logs: the characters it printed as boxes."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def emit(self, record: logging.LogRecord) -> None:
        if str(record.msg).startswith(".notdef") and isinstance(record.args, tuple):
            self.found.add(str(record.args[0]))


class Progress(logging.Handler):
    """Tells on standard error, a line of JSON at a time, which page is being laid out."""

    part = 0

    def emit(self, record: logging.LogRecord) -> None:
        if "Creating layout" in str(record.msg) and isinstance(record.args, tuple) and self.part >= 0:
            page = int(str(record.args[0]))
            if page % TOLD_EVERY == 0:
                print(json.dumps({"part": self.part, "page": page}), file=sys.stderr, flush=True)


def _engine() -> Any:
    warnings.filterwarnings("error", "No fonts configured")  # it would go on, and crash
    try:
        import weasyprint
        from weasyprint.text import ffi
    except OSError as error:  # cffi's dlopen
        raise Failure("library", str(error)[:200]) from error
    if ffi.harfbuzz_subset is None:  # without it WeasyPrint still works, twenty times slower
        raise Failure("library", "libharfbuzz-subset0")
    return weasyprint


def _refusal(weasyprint: Any) -> Any:
    class Refusal(weasyprint.URLFetcher):  # type: ignore[misc]
        """Fetches nothing, not even data: and file: addresses. The fonts are the system's, the style is in the page,
        and so are the logos, each named by its hash."""

        def __init__(self) -> None:
            super().__init__()
            self.refused: list[str] = []
            self._held: dict[str, bytes] = {}

        def take(self, pictures: Iterable[str]) -> None:
            """`pictures` are in base64."""
            contents = [base64.b64decode(one) for one in pictures]
            self._held = {f"logo:{hashlib.sha256(one).hexdigest()}": one for one in contents}

        def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
            if url in self._held:
                return weasyprint.urls.URLFetcherResponse(url, self._held[url], {"Content-Type": "image/png"})
            self.refused.append(url[:200])
            raise ValueError("nothing is fetched while rendering")

    return Refusal()


def _head(page: Any) -> tuple[str, bool, list[str]]:
    """Of a page: its name in the style sheet, whether it begins with what its head names (a heading of the list, a name
    that begins a letter), and all of those on it."""
    box = page._page_box
    first = next((one for one in box.descendants() if _counts(one)), None)
    begins = first is not None and (first.element_tag == "h3" or "initial" in first.element.get("class", "").split())
    return box.page_type.name, begins, [label for level, label, _point, _state in page.bookmarks if level == 2]


def _counts(box: Any) -> bool:
    """Whether a page can begin with it; running text is in a paragraph, and begins with a name of it."""
    return box.element_tag in ("h3", "li", "bdi") or (box.element_tag == "p" and bool(box.element.get("class")))


def attempted(work: Callable[[], Any]) -> dict[str, str]:
    """Do it; return why it failed, as cause and detail, or nothing."""
    try:
        work()
    except MemoryError:
        return {"cause": "memory", "detail": ""}
    except Failure as failure:
        return {"cause": failure.cause, "detail": failure.detail}
    except UserWarning:
        return {"cause": "fonts", "detail": FONTS}
    except RecursionError:
        return {"cause": "error", "detail": "the text is nested too deeply"}
    except Exception as error:
        if _is_starved():
            return {"cause": "memory", "detail": ""}
        return {"cause": "error", "detail": f"{type(error).__name__}: {error}"[:300]}
    return {}


def _is_starved() -> bool:
    """Whether it has come near its limit: what the libraries do without memory does not always say so."""
    most, _hard = resource.getrlimit(resource.RLIMIT_AS)
    return most != resource.RLIM_INFINITY and _status("VmPeak") << 20 > most * 0.95


def peak_megabytes() -> int:
    """Resident memory at its highest. ru_maxrss would do if it did not start at the parent's own peak."""
    return _status("VmHWM") or resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10


def _status(name: str) -> int:
    """What the kernel says of this process, in megabytes; 0 if it does not."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1]) >> 10
    return 0
