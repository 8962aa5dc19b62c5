"""What we change in WeasyPrint. Only the child process does, to itself, and only in the versions named here.

`hasten` saves time and memory and alters no byte: `python -m bench.pdf` shows the gain and
tests/letters/test_pdf_patches.py compares the bytes. `repair` is the opposite: it changes what is written, because
text could not be read back.
With any other version neither is applied and the engine runs as it comes.
"""

from __future__ import annotations

import logging
from importlib.util import find_spec
from pathlib import Path

from letters.pdf.patches.hastening import hasten, know_libraries_by_name, load_fonttools_late
from letters.pdf.patches.repairing import repair

__all__ = ["VERSIONS", "fit", "hasten", "know_libraries_by_name", "load_fonttools_late", "repair"]

logger = logging.getLogger(__name__)

VERSIONS = {"weasyprint": "70.0", "pydyf": "0.13.0"}


def fit() -> bool:
    """Whether these are the versions the patches were made and tested for. Asked before the engine is loaded, of the
    folders that say what is installed: importlib.metadata takes a fiftieth of the time of 750 names to load."""
    fitting = all(_installed(package, version) for package, version in VERSIONS.items())
    if not fitting:
        logger.warning("Running without the patches, which were made for %s", VERSIONS)
    return fitting


def _installed(package: str, version: str) -> bool:
    found = find_spec(package)
    if found is None or not found.origin:
        return False
    return (Path(found.origin).parents[1] / f"{package}-{version}.dist-info").is_dir()
