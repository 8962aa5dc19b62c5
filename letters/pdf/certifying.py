"""The site's seal on a PDF: a signature by certificate (PAdES, ETSI EN 319 142-1) that allows no change, with the time
stamp of a third party (RFC 3161) where one is asked. Off unless settings.SEAL_CERTIFICATE is set.

Two steps, so that what conforms to PDF/A-3a and PDF/UA-1 goes on to: the field of the signature is put into the
document and its structure first; the signature is then appended and touches nothing else.
"""

from __future__ import annotations

import asyncio
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.request import Request, urlopen

from django.conf import settings
from django.utils.translation import gettext as _

from letters.pdf import RenderingFailed

if TYPE_CHECKING:
    from pyhanko.sign.signers import SimpleSigner

FIELD = "Seal"
NAMED = "Seal of the site that keeps this letter"  # in English and marked so: nothing on the page says it
PRINTED, LOCKED = 4, 128  # flags of an annotation (ISO 32000-1, 12.5.3)
SIGNED, APPEND_ONLY = 1, 2  # of a form (12.7.2)
PATIENCE = 20  # seconds, for the authority that stamps
LONGEST_ANSWER = 100_000  # bytes


def certified(content: bytes) -> bytes:
    """Return the PDF with the site's seal, or as it is where there is none. The seal says when it was put, so it is
    another each time. Raises RenderingFailed."""
    if not settings.SEAL_CERTIFICATE:
        return content
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import fields, signers
    from pyhanko.sign.timestamps.common_utils import TimestampRequestError

    class Untouched(IncrementalPdfFileWriter):
        def _update_meta(self) -> None:
            """What the document says of itself stays: written anew it would not be PDF/A."""

    how = signers.PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        subfilter=fields.SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=fields.MDPPerm.NO_CHANGES,
    )
    sealer = signers.PdfSigner(how, _signer(), timestamper=_authority())
    try:
        writer = Untouched(BytesIO(with_field(content)))
        return bytes(sealer.sign_pdf(writer, existing_fields_only=True).getvalue())
    except (NotStamped, TimestampRequestError) as error:
        raise RenderingFailed(
            _("The time stamp for the seal could not be had: %(detail)s") % {"detail": error}
        ) from error


def with_field(content: bytes) -> bytes:
    """Return the PDF with an empty field for the signature, which shows nothing and is told to who listens to it."""
    import pikepdf
    from pikepdf import Array, Dictionary, Name, String

    with pikepdf.open(BytesIO(content)) as file:
        page, tree = file.pages[-1].obj, file.Root.StructTreeRoot
        parents, named = tree.ParentTree.Nums, String(NAMED)
        key = max(int(one) for one in list(parents)[::2]) + 1
        field = file.make_indirect(
            Dictionary(
                Type=Name.Annot, Subtype=Name.Widget, FT=Name.Sig, T=String(FIELD), TU=named, F=PRINTED | LOCKED,
                Rect=Array([0, 0, 0, 0]), P=page, StructParent=key,
            )
        )  # fmt: skip
        held = Dictionary(Type=Name.OBJR, Obj=field, Pg=page)
        element = file.make_indirect(
            Dictionary(
                Type=Name.StructElem, S=Name.Form, P=tree.K[0], Alt=named, Lang=String("en"), Pg=page, K=Array([held])
            )
        )
        tree.K[0].K.append(element)
        for one in (key, element):
            parents.append(one)
        if Name.ParentTreeNextKey in tree:
            tree.ParentTreeNextKey = key + 1
        page.Annots, page.Tabs = Array([*page.get(Name.Annots, ()), field]), Name.S
        file.Root.AcroForm = file.make_indirect(Dictionary(Fields=Array([field]), SigFlags=SIGNED | APPEND_ONLY))
        written = BytesIO()
        file.save(
            written,
            deterministic_id=True,
            fix_metadata_version=False,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )
    return written.getvalue()


def _signer() -> SimpleSigner:
    from pyhanko.sign.signers import SimpleSigner

    try:
        held = Path(settings.SEAL_CERTIFICATE).read_bytes()
        signer: SimpleSigner = SimpleSigner.load_pkcs12_data(
            held, other_certs=[], passphrase=settings.SEAL_PASSWORD.encode() or None
        )
        return signer
    except (OSError, ValueError) as error:  # what it holds, and its password, stay out of what is said
        raise RenderingFailed(
            _("The certificate for the seal cannot be read. Check SEAL_CERTIFICATE and SEAL_PASSWORD.")
        ) from error


class NotStamped(Exception):
    """No stamp came: what went wrong, in few words."""


def _authority() -> Any:
    """Whom to ask for a stamp, if anybody. It is told the hash of the signature, and nothing else."""
    if not settings.SEAL_TIMESTAMP_URL:
        return None
    from asn1crypto import tsp
    from pyhanko.sign.timestamps.api import TimeStamper

    class Authority(TimeStamper):
        async def async_request_tsa_response(self, req: Any) -> Any:
            answer = await asyncio.to_thread(_asked, req.dump())
            try:
                response = tsp.TimeStampResp.load(answer, strict=True)
                response["status"].native  # noqa: B018 - it is read only when asked for; a refusal has no stamp in it
            except ValueError as error:
                raise NotStamped("the answer is no time stamp") from error
            return response

    return Authority()


def _asked(question: bytes) -> bytes:
    headers = {"Content-Type": "application/timestamp-query", "Accept": "application/timestamp-reply"}
    try:
        asking = Request(settings.SEAL_TIMESTAMP_URL, question, headers)  # noqa: S310 - the operator's own setting
        with urlopen(asking, timeout=PATIENCE) as answer:  # noqa: S310
            return bytes(answer.read(LONGEST_ANSWER))
    except OSError as error:
        raise NotStamped(str(error)) from error
