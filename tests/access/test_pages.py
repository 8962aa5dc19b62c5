"""Every address × role × method, against the table in pages.txt; and no other campaign's object anywhere."""

import io
import json
import logging

import pikepdf
import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import override_settings

from campaigns.models import JournalEntry
from config import urls
from letters import services
from letters.models import Letter
from tests.access import asking, cast, table

pytestmark = [pytest.mark.once, pytest.mark.django_db]

PAGES = table.read(table.FILE.read_text(encoding="utf-8"))
REFUSED = ["PUT", "DELETE", "PATCH", "OPTIONS"]  # 405 to everybody, where the table says nothing else
METHODS = ["GET", "HEAD", "POST", *REFUSED]
SAFE = {"GET", "HEAD", "OPTIONS"}
REACHED = {"200", "302", "204"}
OF_CAMPAIGNS = [
    one for one in PAGES.values() if one.route.startswith(("/desk/", "/admin/")) and one.thing not in cast.OF_THE_SITE
]


@pytest.fixture(scope="module")
def everybody(django_db_setup, django_db_blocker):
    """One cast for all tests here: nothing that `ask` does stays done."""
    logging.disable(logging.WARNING)  # thousands of refusals
    with django_db_blocker.unblock(), transaction.atomic():
        yield cast.assemble()
        transaction.set_rollback(True)
    logging.disable(logging.NOTSET)


def a_pdf():
    """Of one empty page."""
    written = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(written)
    return written.getvalue()


@pytest.fixture(scope="module")
def site(everybody):
    """In less time: previews are there, none can be set, and "not here" is said without words around it."""
    kept = {}
    for name in ("ours", "theirs"):
        letter = Letter.objects.get(slug=everybody.things[name]["draft"]["slug"])
        key = f"preview:{letter.pk}:en"
        kept[key] = (services.mark_of(letter), a_pdf())
        mark = f"{services.mark_of(letter)}:{letter.printed_look}"
        kept[f"look:{letter.pk}"] = (mark, a_pdf())
    with override_settings(RENDER_MEGABYTES=1), pytest.MonkeyPatch.context() as patch:
        for status in (403, 404):
            patch.setattr(urls, f"handler{status}", lambda *_, status=status, **__: HttpResponse(status=status), False)
        yield asking.Site(kept)


def observed(site, everybody, page):
    """A Page as the site answers now, and what was written by those who may not or by methods that must not."""
    path = asking.address(page.route, everybody.things["ours"].get(page.thing, {}))
    seen, written = table.Page(page.route, page.thing), []
    for method in METHODS:
        answers = {}
        for role in _asking(method, seen):
            answers[role], changes = site.ask(method, path, everybody.cookies.get(role, ""))
            if changes and (method in SAFE or answers[role] not in REACHED):
                written.append((method, role, answers[role], changes))
        seen.answers[method] = [answers.get(role, "as GET") for role in cast.ROLES]
    return _short(seen), written


def _asking(method, seen):
    """All roles; HEAD, which no view answers by itself, is asked by the first of those who are answered alike."""
    if method != "HEAD":
        return cast.ROLES
    alike = dict(zip(reversed(seen.answers["GET"]), reversed(cast.ROLES), strict=True))
    return list(alike.values())


def _short(seen):
    """Without the lines that the table leaves out: HEAD is GET, and what nobody may ask."""
    pairs = zip(seen.answers["HEAD"], seen.answers["GET"], strict=True)
    if all(head in {"as GET", get} for head, get in pairs):
        del seen.answers["HEAD"]
    for method in REFUSED:
        if set(seen.answers[method]) == {"405"}:
            del seen.answers[method]
    return seen


def test_every_page_is_declared():
    there = set(asking.routes())
    assert sorted(there - set(PAGES)) == [], "undeclared: say who gets what, as tests/access/pages.txt tells"
    assert sorted(set(PAGES) - there) == [], "declared, but there no longer: take it out of tests/access/pages.txt"


@pytest.mark.parametrize("route", PAGES)
def test_page_answers_as_declared(site, everybody, route):
    seen, written = observed(site, everybody, PAGES[route])
    assert table.written(seen).splitlines() == table.written(PAGES[route]).splitlines()
    assert written == []


@pytest.mark.parametrize("page", OF_CAMPAIGNS, ids=lambda page: page.route)
def test_what_is_of_another_campaign_is_not_there(site, everybody, page):
    """A team is to the other campaign what a stranger is to ours; its vetter, what the other's vetter is."""
    path = asking.address(page.route, everybody.things["theirs"].get(page.thing, {}))
    alike = dict.fromkeys(("viewer", "translator", "coordinator", "owner"), "stranger") | {"vetter": "elsewhere"}
    for method in ("GET", "POST"):
        declared = dict(zip(cast.ROLES, page.answers[method], strict=True))
        answers = {role: site.ask(method, path, everybody.cookies[role]) for role in alike}
        assert answers == {role: (declared[other], []) for role, other in alike.items()}


@pytest.mark.parametrize("page", [one for one in OF_CAMPAIGNS if "<slug" in one.route and "<int:pk>" in one.route])
def test_what_is_of_another_campaign_is_not_there_under_ones_own_address(site, everybody, page):
    ours, theirs = (everybody.things[name][page.thing] for name in ("ours", "theirs"))
    path = asking.address(page.route, {**theirs, "slug": ours["slug"]})
    answers, written = zip(
        *(site.ask(method, path, everybody.cookies["owner"]) for method in ("GET", "POST")), strict=True
    )
    assert "404" in answers
    assert set(answers) <= {"404", "405"}
    assert written == ([], [])


def test_autocompletion_offers_ones_own(site, everybody):
    path = asking.address("/admin/autocomplete/", everybody.things["ours"]["double"])
    found = {role: site.content(path, everybody.cookies[role]) for role in ("vetter", "elsewhere", "everywhere")}
    ids = {role: {row["id"] for row in json.loads(words)["results"]} for role, words in found.items()}
    assert ids["vetter"]
    assert ids["elsewhere"]
    assert ids["vetter"] & ids["elsewhere"] == set()
    assert ids["vetter"] | ids["elsewhere"] == ids["everywhere"]


def test_what_is_written_is_seen_and_undone(site, everybody):
    """The control: a page that does something is caught doing it."""
    before = JournalEntry.objects.count()
    path = asking.address("/desk/letters/<slug:slug>/pause/", everybody.things["ours"]["open"])
    answer, written = site.ask("POST", path, everybody.cookies["owner"])
    assert (answer, 'INSERT INTO "campaigns_journalentry" ' in written) == ("302", True)
    assert JournalEntry.objects.count() == before
