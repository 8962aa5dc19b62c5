"""The site's seal by certificate: what an independent reader says of it, and that the document stays what it was.

With a certificate of our own making, and a time-stamp authority of our own on loopback.
"""

import hashlib
import threading
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO

import pikepdf
import pytest
from asn1crypto import keys, tsp
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from django.utils import timezone
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from letters import pdf, services
from letters.models import Letter, Rendering
from letters.pdf import certifying
from letters.services import renderings
from tests.factories import OpenLetterFactory, UserFactory
from tests.letters.conformance import failures
from tests.letters.documents import ARABIC, document, roll, text_of

PASSWORD = "correct horse"


def made(name, purpose=None):
    """A key, and a certificate that it has given itself."""
    key, now = rsa.generate_private_key(65537, 2048), datetime.now(UTC)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    usage = x509.KeyUsage(True, True, False, False, False, False, False, False, False)
    building = (
        x509.CertificateBuilder(subject, subject, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=2))
        .not_valid_after(now + timedelta(days=30))
        .add_extension(usage, critical=True)
    )
    if purpose:
        building = building.add_extension(x509.ExtendedKeyUsage([purpose]), critical=True)
    return key, building.sign(key, hashes.SHA256())


@pytest.fixture(scope="module")
def pair():
    return made("The site")


@pytest.fixture
def sealing(pair, settings, tmp_path):
    key, certificate = pair
    settings.SEAL_CERTIFICATE, settings.SEAL_PASSWORD = str(tmp_path / "seal.p12"), PASSWORD
    locked = serialization.BestAvailableEncryption(PASSWORD.encode())
    (tmp_path / "seal.p12").write_bytes(pkcs12.serialize_key_and_certificates(b"seal", key, certificate, None, locked))
    return as_asn1(certificate)


def as_asn1(certificate):
    return asn1.Certificate.load(certificate.public_bytes(serialization.Encoding.DER))


@contextmanager
def authority(key, certificate, answer=None):
    """A server that stamps what it is asked to, or gives `answer`; and what it was told."""
    private = serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    stamper = DummyTimeStamper(as_asn1(certificate), keys.PrivateKeyInfo.load(key.private_bytes(*private)))
    told = []

    class Stamping(BaseHTTPRequestHandler):
        def do_POST(self):
            question = self.rfile.read(int(self.headers["Content-Length"]))
            told.append(question)
            stamped = answer
            if stamped is None:
                stamped = stamper.request_tsa_response(tsp.TimeStampReq.load(question)).dump()
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.end_headers()
            self.wfile.write(stamped)

        def log_message(self, *_said):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Stamping) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/", told
        finally:
            server.shutdown()
            thread.join()


def validated(content, *trusted):
    (signature,) = PdfFileReader(BytesIO(content)).embedded_signatures
    return validate_pdf_signature(signature, ValidationContext(trust_roots=list(trusted)))


def test_without_a_certificate_nothing_is_changed():
    assert certifying.certified(b"as it is") == b"as it is"


@pytest.mark.parametrize("letter", [{}, ARABIC, {"roll": roll({"KE": [f"Name {n}" for n in range(2100)]})}])
def test_sealed_document_is_valid_whole_and_conforms(sealing, letter, tmp_path):
    """The control is another certificate's holder, who did not sign it. Long letters are bound from parts first."""
    plain = pdf.render(document(**letter))
    sealed = certifying.certified(plain)
    status = validated(sealed, sealing)
    assert (status.bottom_line, status.coverage.name, status.docmdp_ok) == (True, "ENTIRE_FILE", True)
    assert not validated(sealed, as_asn1(made("Somebody")[1])).trusted
    assert text_of(sealed) == text_of(plain)
    file = tmp_path / "sealed.pdf"
    file.write_bytes(sealed)
    for profile in ("ua-1", "pdfa-3a"):
        assert failures(file, profile) == []


def test_one_changed_byte_breaks_the_seal(sealing):
    sealed = certifying.certified(pdf.render(document()))
    forged = sealed.replace(b"WeasyPrint", b"VeasyPrint", 1)
    assert forged != sealed
    assert validated(sealed, sealing).intact
    assert not validated(forged, sealing).intact


def test_what_stands_before_the_seal_is_the_same_again(sealing):
    content = pdf.render(document())
    field = certifying.with_field(content)
    assert certifying.with_field(content) == field
    assert certifying.certified(content).startswith(field)
    with pikepdf.open(BytesIO(field)) as file, pikepdf.open(BytesIO(content)) as before:
        assert file.Root.Metadata.read_bytes() == before.Root.Metadata.read_bytes()


def test_time_stamp_is_of_the_authority(sealing, settings):
    key, certificate = made("Clock", ExtendedKeyUsageOID.TIME_STAMPING)
    content = pdf.render(document())
    with authority(key, certificate) as (address, told):
        settings.SEAL_TIMESTAMP_URL = address
        sealed = certifying.certified(content)
    status = validated(sealed, sealing, as_asn1(certificate))
    assert (status.bottom_line, status.timestamp_validity.trusted) == (True, True)
    assert abs(status.timestamp_validity.timestamp - timezone.now()) < timedelta(hours=1)
    assert {len(question) < 100 for question in told} == {True}  # a hash, and what kind it is


REFUSED = bytes.fromhex("30053003020102")  # PKIStatusInfo: rejection


@pytest.mark.parametrize("answer", [b"", b"<html>Busy", REFUSED])
def test_answer_that_is_no_stamp_is_told(sealing, settings, answer):
    with authority(*made("Clock", ExtendedKeyUsageOID.TIME_STAMPING), answer=answer) as (address, _told):
        settings.SEAL_TIMESTAMP_URL = address
        with pytest.raises(pdf.RenderingFailed, match="The time stamp for the seal could not be had"):
            certifying.certified(pdf.render(document()))


def test_authority_that_is_away_is_told(sealing, settings):
    settings.SEAL_TIMESTAMP_URL = "http://127.0.0.1:1/"
    with pytest.raises(pdf.RenderingFailed, match="could not be had"):
        certifying.certified(pdf.render(document()))


@pytest.mark.parametrize(("name", "value"), [("SEAL_PASSWORD", "wrong"), ("SEAL_CERTIFICATE", "/nowhere/seal.p12")])
def test_certificate_that_cannot_be_read_is_told_and_not_its_password(sealing, settings, name, value):
    setattr(settings, name, value)
    with pytest.raises(pdf.RenderingFailed, match="Check SEAL_CERTIFICATE and SEAL_PASSWORD") as failed:
        certifying.certified(pdf.render(document()))
    assert value not in str(failed.value)


@pytest.mark.django_db
def test_edition_is_sealed_before_its_hash_is_taken(sealing):
    closed = OpenLetterFactory(status=Letter.Status.CLOSED, closed_at=timezone.now())
    services.freeze(closed, by=UserFactory())
    assert renderings.render_due() == 1
    content = Rendering.objects.get().file.read()
    assert validated(content, sealing).bottom_line
    assert hashlib.sha256(content).hexdigest() == Rendering.objects.get().sha256
