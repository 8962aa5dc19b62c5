"""PDFs as people send them: whole, cut short, under a password, and meant to harm."""

import zlib
from io import BytesIO

import pikepdf


def scan(mark="", **saved):
    """One page; `mark` tells it from others."""
    pdf, written = pikepdf.new(), BytesIO()
    pdf.add_blank_page()
    pdf.docinfo["/Title"] = mark or "A scan"
    pdf.save(written, **saved)
    return written.getvalue()


def locked(*, user):
    return scan(encryption=pikepdf.Encryption(user=user, owner="owner"))


def bomb(unpacked):
    """Its table of objects unpacks to so many bytes, before anything of it can be read."""
    packing = zlib.compressobj(9)
    packed = b"".join(packing.compress(bytes(2**20)) for _ in range(unpacked >> 20)) + packing.flush()
    head = b"%PDF-1.5\n"
    facts = b"/Type/XRef/W[1 2 1]/Size %d/Root 2 0 R/Filter/FlateDecode/Length %d" % (unpacked // 4, len(packed))
    table = b"1 0 obj\n<<%b>>\nstream\n%b\nendstream\nendobj\n" % (facts, packed)
    return head + table + b"startxref\n%d\n%%%%EOF" % len(head)


def nested(depth):
    return b"%PDF-1.4\n1 0 obj\n" + b"[" * depth + b"]" * depth + b"\nendobj\nstartxref\n9\n%%EOF"
