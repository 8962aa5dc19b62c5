"""Nothing outside the folder is ever written or taken away."""

import pytest

from letters import tasks
from letters.models import Letter, StaticCopy
from letters.services.static_copies import folder as shelf
from tests.letters.publishing.published import over, published
from tests.letters.static_copies.copied import at, copied, grow_old, names, row

TRICKS = [
    "..",
    "../..",
    "a/../..",
    "/etc",
    ".staged",
    "a\0b",
    "a\nb",
    "a b",
    "",
    "a" * 300,
    "é",
    "-rf",
    "~root",
    "%2e%2e",
]


@pytest.mark.parametrize("slug", TRICKS)
def test_address_that_leads_elsewhere_has_no_place(slug):
    with pytest.raises(shelf.Outside):
        shelf.name_of(f"/letters/{slug}/x.json")


@pytest.mark.parametrize("slug", TRICKS)
def test_letter_with_such_an_address_has_none(slug):
    with pytest.raises(shelf.Outside):
        shelf.take_away(slug)


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/letters/a-b_2/", "letters/a-b_2/index.html"),
        ("/zh-hans/letters/x/in/pt-br/", "zh-hans/letters/x/in/pt-br/index.html"),
        ("/letters/x/signatories.json", "letters/x/signatories.json"),
        ("/static/css/undersigned.0123456789ab.css", "static/css/undersigned.0123456789ab.css"),
    ],
)
def test_address_has_the_place_where_a_plain_server_looks(path, name):
    assert shelf.name_of(path) == name


@pytest.mark.django_db
@pytest.mark.parametrize("slug", ["../../outside", "..", "a/../../outside", ".staged"])
def test_slug_that_leads_elsewhere_writes_nothing(slug, folder, clock):
    """No form takes such a slug; the database would."""
    letter = published(over(3)).letter
    Letter.objects.filter(pk=letter.pk).update(slug=slug)
    assert tasks.keep_static_copies() == 0
    assert row(letter).failures == 1
    assert names() == set()
    assert {one.name for one in folder.parent.iterdir()} <= {"published"}


@pytest.mark.django_db
def test_link_in_the_folder_is_not_followed(folder, clock, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "kept.txt").write_text("kept")
    letter = published(over(3)).letter
    folder.mkdir()
    (folder / "letters").symlink_to(elsewhere)
    assert tasks.keep_static_copies() == 0
    assert row(letter).error == f"{folder}/letters is a link"
    assert [one.name for one in elsewhere.iterdir()] == ["kept.txt"]


@pytest.mark.django_db
def test_taking_away_removes_a_link_and_not_what_it_leads_to(clock, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "kept.txt").write_text("kept")
    letter = copied()
    at("de/letters").mkdir(parents=True)
    at(f"de/letters/{letter.slug}").symlink_to(elsewhere)
    assert shelf.take_away(letter.slug)
    assert not at(f"de/letters/{letter.slug}").is_symlink()
    assert (elsewhere / "kept.txt").read_text() == "kept"


@pytest.mark.django_db
def test_what_others_keep_beside_stays(clock):
    letter = copied()
    for name in ("robots.txt", "errors/503.html", "letters/.note", "well-known/letters/x/y.txt"):
        at(name).parent.mkdir(parents=True, exist_ok=True)
        at(name).write_text("theirs")
    StaticCopy.objects.all().delete()
    letter.publications.all().delete()
    grow_old()
    tasks.keep_static_copies()
    assert names() == {"robots.txt", "errors/503.html", "letters/.note", "well-known/letters/x/y.txt"}


def test_put_replaces_a_folder_that_stands_in_the_way(folder):
    at("letters/x/embed/old").mkdir(parents=True)
    with shelf.stage("x") as staged:
        shelf.write(staged / "0", b"new")
        shelf.put(staged / "0", "letters/x/embed")
    assert at("letters/x/embed").read_bytes() == b"new"
    assert list((folder / ".staged").iterdir()) == []
