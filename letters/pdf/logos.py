"""Logos in the letterhead: what is taken of a file that somebody has chosen, and how large each is printed."""

from __future__ import annotations

import hashlib
import warnings
from dataclasses import dataclass
from io import BytesIO
from math import sqrt
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from letters.document import Logo, Picture

if TYPE_CHECKING:
    from PIL.Image import Image

MOST = 6  # in one letterhead
LARGEST = 500_000  # bytes of the file
WIDEST = 4000  # pixels of either side
SCANS = 40  # a picture in so many passes is made to keep its reader busy
KEPT = (1000, 500)  # pixels: 300 to the inch at the size in which the largest is printed
COLORS = 256
NEARLY_WHITE = 250
TOO_WIDE = gettext_noop("The picture is wider or taller than 4,000 points. Save it smaller.")
UNREADABLE = gettext_noop("This picture cannot be read. Save it anew as a PNG file, and choose that.")
# In print, millimetres
EMBLEM = 15.0  # the height of a square one; others have its area, within bounds
LOWEST, TALLEST, LONGEST = 6.0, 18.0, 52.0
BETWEEN = 7.0


class NoLogo(ValueError):
    """The file cannot be a logo; `reason` says why, and what to do."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Size:
    """In print, millimetres."""

    width: float
    height: float


def read(content: bytes) -> Picture:
    """Return what is printed of a PNG or JPEG file: its points on white, without margins, no larger than print can
    show, in at most 256 colours, and nothing else that was in the file. The same file gives the same bytes.

    Raises NoLogo.
    """
    if len(content) > LARGEST:
        raise NoLogo(_("The file is larger than 500 KB. Save the picture smaller, or with fewer colors."))
    if content.count(b"\xff\xda") > SCANS:
        raise NoLogo(_(UNREADABLE))
    from PIL import Image, ImageOps

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # a picture of too many points is a warning first
            with Image.open(BytesIO(content), formats=("PNG", "JPEG")) as found:
                if max(found.size) > WIDEST:
                    raise NoLogo(_(TOO_WIDE))
                found.load()
                plain = _on_white(ImageOps.exif_transpose(found))
    except NoLogo:
        raise
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise NoLogo(_(TOO_WIDE)) from error
    except Image.UnidentifiedImageError as error:
        raise NoLogo(_("This is neither PNG nor JPEG. Save the logo as a PNG file, and choose that.")) from error
    except Exception as error:  # cut off, damaged, or made to hurt: the library has many ways to say so
        raise NoLogo(_(UNREADABLE)) from error
    return _written(_trimmed(plain))


def sizes(logos: tuple[Picture, ...], across: float) -> list[Size]:
    """Return how large each is printed, in a row of at most `across` millimetres: all seem of one weight, for they have
    one area, a long one is lower and a tall one narrower."""
    found = [_size(one.width / one.height) for one in logos]
    room = across - BETWEEN * (len(found) - 1)
    shrunk = min(1.0, room / sum(one.width for one in found)) if found else 1.0
    return [Size(round(one.width * shrunk, 2), round(one.height * shrunk, 2)) for one in found]


def _size(ratio: float) -> Size:
    height = min(max(EMBLEM / sqrt(ratio), LOWEST), TALLEST)
    height = min(height, LONGEST / ratio)
    return Size(height * ratio, height)


def named(logos: tuple[Logo, ...], pictures: dict[str, Picture]) -> tuple[Picture, ...]:
    """The pictures in the order of the logos; one that is not there is left out."""
    return tuple(pictures[logo.digest] for logo in logos if logo.digest in pictures)


def _on_white(picture: Image) -> Image:
    """PDF/A has its own rules for what shines through; a letterhead is white."""
    from PIL import Image

    if not picture.has_transparency_data:
        return picture.convert("RGB")
    seen = picture.convert("RGBA")
    white = Image.new("RGBA", seen.size, (255, 255, 255, 255))
    return Image.alpha_composite(white, seen).convert("RGB")


def _trimmed(picture: Image) -> Image:
    """Without the white around it, which would make it seem smaller than others. Raises NoLogo if all is white."""
    ink = picture.convert("L").point(lambda value: 255 if value < NEARLY_WHITE else 0).getbbox()
    if ink is None:
        raise NoLogo(_("The picture is white all over. Choose the logo as it is printed on white paper."))
    return picture.crop(ink)


def _written(picture: Image) -> Picture:
    picture.thumbnail(KEPT)
    picture = picture.quantize(COLORS).convert("RGB")
    written = BytesIO()
    picture.save(written, "PNG", optimize=False, compress_level=9)
    content = written.getvalue()
    return Picture(hashlib.sha256(content).hexdigest(), content, *picture.size)
