"""Which addresses a letter may link to, and how each is written."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

LONGEST = 2000  # characters; what browsers and PDF readers agree on
KEPT = "%/?#[]@!$&'()*+,;=:~"  # RFC 3986 reserved characters, and the percent sign of what is encoded already
IGNORED = re.compile(r"[\x00-\x20]+$|^[\x00-\x20]+|[\t\n\r]")  # by browsers, WHATWG URL Standard, "basic URL parser"


def safe(href: str) -> str:
    """The address as an ASCII URI (RFC 3986, host by IDNA), or "" for anything but absolute http, https and mailto.

    User names in web addresses are refused too: they serve only to make one host look like another.
    """
    href = IGNORED.sub("", href[: LONGEST + 1])
    scheme, _, rest = href.partition(":")
    if len(href) > LONGEST or "\\" in href:
        return ""
    if scheme.lower() == "mailto":
        return f"mailto:{quote(rest, KEPT)}" if "@" in rest else ""
    if scheme.lower() not in ("http", "https") or not rest.startswith("//"):
        return ""
    try:
        parts = urlsplit(href)
        host = (parts.hostname or "").encode("idna").decode()
        port = parts.port
    except ValueError:  # UnicodeError is one
        return ""
    if not re.fullmatch(r"[a-z0-9._:-]+", host) or "@" in parts.netloc:
        return ""
    host = f"[{host}]" if ":" in host else host
    at = f"{scheme.lower()}://{host}" + (f":{port}" if port is not None else "")
    return at + quote(href[len(scheme) + 3 + len(parts.netloc) :], KEPT)
