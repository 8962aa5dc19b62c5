"""QR codes (ISO/IEC 18004) as outlines, to be drawn sharp at any size."""

from __future__ import annotations

from itertools import groupby

import qrcode

QUIET = 4  # modules of paper that the standard wants around it


def outline(text: str) -> tuple[int, str]:
    """Return the side in modules, with the quiet zone, and the dark modules as the data of an SVG path.

    Error correction M: an eighth of it may be soiled or folded. The same text gives the same path.
    """
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=QUIET)
    code.add_data(text)
    code.make()
    rows = code.get_matrix()
    runs = []
    for y, row in enumerate(rows):
        x = 0
        for is_dark, run in groupby(row):
            width = len(list(run))
            if is_dark:
                runs.append(f"M{x} {y}h{width}v1h-{width}z")
            x += width
    return len(rows), "".join(runs)
