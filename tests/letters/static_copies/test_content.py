"""What a static copy holds: what the site itself answers to anybody."""

import os
import re
import stat
import subprocess

import pytest

from letters.models import Edition, Letter
from letters.pdf.typesetting import FEW
from letters.services import publications
from letters.views import rolls
from signatories.models import Line
from tests.factories import OpenLetterFactory, SignatoryFactory, UserFactory
from tests.letters.publishing.published import CANARIES, frozen, over, prepared, published, release, soon
from tests.letters.static_copies.copied import (
    address,
    at,
    contents,
    copied,
    copied_in_two_languages,
    names,
    of_letters,
    row,
    sha256,
    swept,
    without_site,
)

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def body(response):
    """The links of a copy that lead out of it have the site's address; apart from that the bytes are the same."""
    return without_site(response.getvalue())


def test_copy_holds_the_page_in_each_language_and_all_it_leads_to(clock):
    slug = copied_in_two_languages().slug
    own = "index.html press/index.html checks/index.html in/fr/index.html in/fr/press/index.html"
    files = "1.pdf in/fr/1.pdf editions/1.json revisions/1.json letter.docx in/fr/letter.docx card.png in/fr/card.png"
    data = "signatories.json signatories.csv signatories.txt embed/index.html in/fr/embed/index.html SHA256SUMS"
    plain = {f"letters/{slug}/{name}" for name in f"{own} {files} {data}".split()}
    prefixed = {f"{code}/letters/{slug}/{name}" for code in ("en", "fr", "es", "ar") for name in own.split()}
    authentic = {f"fr/letters/{slug}/in/en/index.html"}  # for whom the plain address shows the courtesy text
    assert of_letters() == plain | prefixed | authentic
    assert names() - of_letters() == {"static/css/embed.css", "static/css/undersigned.css", "static/js/letter.js"}


def test_every_file_is_what_the_site_answers_at_its_address(client, clock):
    letter = copied_in_two_languages()
    held = {name: without_site(content) for name, content in contents().items()}
    del held[f"letters/{letter.slug}/SHA256SUMS"]
    answered = {name: body(client.get(address(name))) for name in held}
    assert answered == held
    assert len(held) > 40


def test_nothing_of_who_reads_is_in_it(client, clock):
    """The control: signed in, with a cookie for another language, the same addresses are asked for."""
    letter = copied()
    before = contents()
    client.force_login(UserFactory(is_staff=True))
    client.cookies["django_language"] = "fr"
    page = without_site(before[f"letters/{letter.slug}/index.html"])
    assert body(client.get(letter.get_absolute_url())) != page
    row(letter).delete()
    swept(letter)
    assert contents() == before


def test_pages_find_their_style_sheets_in_the_folder(clock):
    letter = copied()
    page = at(f"letters/{letter.slug}/index.html").read_text()
    linked = re.findall(r'(?:rel="stylesheet" href|script src)="/([^"]+)"', page)
    assert {at(name).is_file() for name in linked} == {True}
    assert len(linked) == 2


def test_style_sheets_and_scripts_of_public_pages_lead_to_no_further_file(clock):
    """If one does, asking.everything has to follow it."""
    copied()
    for name in names() - of_letters():
        assert not re.search(r"url\(|@import|^import |import\(", at(name).read_text(), re.MULTILINE), name


def test_sums_are_what_sha256sum_checks(clock):
    letter = copied()
    folder = at(f"letters/{letter.slug}")
    check = ["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"]
    assert subprocess.run(check, cwd=folder, capture_output=True).returncode == 0
    lines = (folder / "SHA256SUMS").read_text().splitlines()
    assert len(lines) == len(names()) - 1
    (folder / "index.html").write_text("another")
    assert subprocess.run(check, cwd=folder, capture_output=True).returncode == 1


def test_row_says_how_much_there_is(clock):
    letter = copied()
    copy = row(letter)
    assert (copy.files, copy.bytes) == (len(names()), sum(map(len, contents().values())))
    assert copy.digest == sha256(at(f"letters/{letter.slug}/SHA256SUMS").read_bytes())


def test_documents_have_the_sha256_that_is_published(client, clock):
    letter = copied()
    rendering = Edition.objects.get().renderings.public().get()
    assert sha256(at(f"letters/{letter.slug}/1.pdf").read_bytes()) == rendering.sha256
    assert rendering.sha256 in at(f"letters/{letter.slug}/editions/1.json").read_text()
    assert rendering.sha256 in at(f"letters/{letter.slug}/SHA256SUMS").read_text()


def test_list_that_is_not_shared_is_in_no_file(client, clock):
    letter = copied(shares_list=False)
    assert client.get(f"/letters/{letter.slug}/signatories.csv").status_code == 403
    assert not any(name.endswith((".csv", ".txt")) for name in names())
    assert b"Org 0" not in at(f"letters/{letter.slug}/signatories.json").read_bytes()
    assert b"Org 0" in at(f"letters/{letter.slug}/index.html").read_bytes()


@pytest.mark.parametrize("visibility", ["recipient", "counted"])
def test_withheld_names_are_in_no_file(visibility, clock):
    letter = over(2)
    Letter.objects.update(status="open", closed_at=None)
    SignatoryFactory(letter=letter, listed=True, visibility=visibility, line=Line("Wrenfold", "WRF", "IS"))
    SignatoryFactory(letter=letter, listed=True, line=Line("Heronfold", "HRF", "IS"))
    Letter.objects.update(status="closed", closed_at=letter.closes_at)
    swept(published(Letter.objects.get()).letter)
    everything = b"".join(contents().values()).lower()
    assert b"wrenfold" not in everything
    assert b"wrf" not in everything
    assert b"heronfold" in everything
    assert b"whose name is withheld" in everything


def test_addressees_copy_is_never_in_it(clock):
    letter = over(2)
    Letter.objects.update(status="open", closed_at=None)
    SignatoryFactory(letter=letter, listed=True, visibility="recipient", line=Line("Wrenfold", "", "IS"))
    Letter.objects.update(status="closed", closed_at=letter.closes_at)
    letter = swept(published(Letter.objects.get()).letter)
    by_variant = {one.variant: one for one in Edition.objects.get().renderings.all()}
    assert set(by_variant) == {"public", "addressee"}
    assert {name for name in names() if name.endswith(".pdf")} == {f"letters/{letter.slug}/1.pdf"}
    held = {sha256(content) for content in contents().values()}
    assert by_variant["public"].sha256 in held
    assert by_variant["addressee"].sha256 not in held


def test_nothing_is_there_before_the_instant(later):
    letter = over()
    release(prepared(letter, comes_at=soon(hours=2)))
    assert later() == 0
    assert names() == set()
    assert later(soon(hours=2) - soon(hours=0)) == 0
    assert publications.publish_due() == 1
    assert later() == 1
    page = at(f"letters/{letter.slug}/index.html").read_text()
    assert all(words in page for words in CANARIES)


def documents(letter):
    own = {name.removeprefix(f"letters/{letter.slug}/") for name in names()}
    return {name for name in own if re.search(r"\d\.(pdf|json)$", name)}


def test_nothing_of_an_edition_that_is_not_published_is_there(later):
    letter = copied()
    Letter.objects.update(status="open", closed_at=None)
    SignatoryFactory(letter=letter, listed=True, line=Line("Late Heron", "", "KE"))
    Letter.objects.update(status="closed", closed_at=letter.closes_at)
    edition = frozen(letter)
    later()
    slug = letter.slug
    assert (edition.number, at(f"letters/{slug}/1.pdf").exists(), at(f"letters/{slug}/2.pdf").exists()) == (
        2,
        True,
        False,
    )
    release(prepared(letter, edition=edition))
    later()
    assert documents(letter) == {"1.pdf", "2.pdf", "editions/1.json", "editions/2.json", "revisions/1.json"}


def test_letters_that_are_not_published_have_none(clock):
    OpenLetterFactory()
    letter = copied()
    assert {name.split("/")[-2] for name in names() if name.endswith("SHA256SUMS")} == {letter.slug}


def test_anybody_may_read_whatever_the_umask(clock):
    before = os.umask(0o077)
    try:
        copied()
    finally:
        os.umask(before)
    folder = at("")
    there = [folder, *(one for one in folder.rglob("*") if one.name != ".staged")]
    modes = {(one.is_dir(), stat.S_IMODE(one.stat().st_mode)) for one in there}
    assert modes == {(True, 0o755), (False, 0o644)}


def test_pages_held_in_memory_are_not_what_is_written(client, settings, clock, monkeypatch):
    monkeypatch.setattr(rolls, "KEPT", 600.0)  # however slow the machine
    settings.HOT_PAGES = True
    letter = copied(FEW + 2)
    found = f"letters/{letter.slug}/signatories/index.html"
    assert without_site(at(found).read_bytes()) == body(client.get(address(found)))
    letter.signatories.get(name="Org 0").move_to("withdrawn")
    row(letter).delete()
    swept(letter)
    assert "Org 0<" not in at(found).read_text()
    assert "Org 0<" in body(client.get(address(found))).decode()  # the site itself holds it
