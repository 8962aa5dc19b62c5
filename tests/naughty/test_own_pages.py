"""Naughty names and words one by one, on the pages of who signed and of who reads what was said about it."""

import json
import os
import re

import pytest
from django.test import Client
from django.urls import reverse

from letters.models import Comment
from signatories.models import Line, Objection, Question, Token
from tests.factories import CommentFactory, PartnerFactory, SignatoryFactory
from tests.naughty.lines import NOW
from tests.naughty.reading import Page, differences, kinds, outside, strange
from tests.naughty.strings import STRINGS
from tests.naughty.world import pages
from tests.signing_in import sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.battery, pytest.mark.timeout(1800)]

ALL = bool(os.environ.get("NAUGHTY"))


def sheets(world, names, every):
    """Addresses of what a vetter and the signatory itself see, for some of the names, with the plain one and itself."""
    for number, (kind, country, plain, naughty) in enumerate(names.rows[::every]):
        pair = []
        for line in (plain, naughty):
            signatory = SignatoryFactory(
                letter=world.letter,
                line=Line(country=country, **line),
                kind=kind,
                scope="" if kind == "individual" else "local",
                confirmed=True,
                at=NOW,
                contact_name=line["name"],
                contact_role=line["second_name"],
                contact_email=f"contact{number}@plain.example",
                contact_hash=f"{number} {len(pair)}",
                identity_hash=f"{number} {len(pair)}",
            )
            pair.append(signatory)
        yield number, pair


def test_own_pages_differ_in_names_alone(world, names):
    wrong, client = [], Client()
    routes = [(name, route) for name, route in pages(public=True) if "mine/" in route and ":token>" in route]
    assert len(routes) >= 8
    for number, pair in sheets(world, names, every=1 if ALL else 17):
        name, _ = routes[number % len(routes)]
        for page in {name, "signatories:correct", "signatories:mine"}:
            got = []
            for signatory in pair:
                secret = Token.objects.mine(signatory).secret
                got.append(client.get(reverse(page, args=[secret])))
            if got[0].status_code != got[1].status_code:
                wrong.append((page, [one.status_code for one in got]))
            elif got[0]["Content-Type"].startswith("text/html"):
                one, other = (Page.of(answer.content.decode()) for answer in got)
                if differing := differences(one, other, names.renamed):
                    wrong.append((page, differing))
            else:
                json.loads(got[1].content) if "json" in got[1]["Content-Type"] else None
    assert wrong == []


def test_sheet_of_a_vetter_shows_no_markup(client, world, names):
    sign_in(client, world.owner, with_second_factor=True)
    wrong, known = [], set()
    for _, pair in sheets(world, names, every=1 if ALL else 29):
        got = [
            client.get(reverse("admin:signatories_signatory_change", args=[signatory.pk])).content.decode()
            for signatory in pair
        ]
        known |= kinds(Page.of(got[0]))
        page, line = Page.of(got[1]), pair[1].line
        wrong += [("markup", line.name, one) for one in strange(page, known)]
        own = [words for words in (line.name, line.acronym, line.second_name) if len(words) >= 8]
        wrong += [("not isolated", said) for words in own for said in outside(page, words)]
    assert wrong == []


def test_what_is_said_about_a_sign_on_is_isolated(client, world):
    """Answers to questions, objections, comments and positions, on the pages of those who read them."""
    sign_in(client, world.owner, with_second_factor=True)
    words = [one for one in STRINGS if 8 <= len(one.strip()) <= 1000 and "\0" not in one]
    Comment.objects.all().delete()
    amendment = world.amended.amendments.get()
    readers = [reverse("letters:consultation", args=[world.draft.slug])]
    readers += [reverse("signatories:answers", args=[world.amended.slug])]
    known = kinds(*(Page.of(client.get(url).content.decode()) for url in readers))
    known |= kinds(*_said(client, world, amendment, ["A plain word.\n\nAnd another.\nLine."], readers))
    for page in _said(client, world, amendment, words, readers):
        telling = [
            one.strip() for one in words if not re.search(r"[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]", one.strip())
        ]
        assert strange(page, known) == []
        assert [said for one in telling for said in outside(page, one)] == []


def _said(client, world, amendment, words, readers):
    partners = [PartnerFactory(consultation=world.partner.consultation, organization="Plain") for _ in words]
    for partner, said in zip(partners, words, strict=True):
        CommentFactory(partner=partner, words=said)
        type(partner).objects.filter(pk=partner.pk).update(position="refuse", unless=said, stated_at=NOW)
    for said in words:
        objecting = SignatoryFactory(letter=world.amended, listed=True, decided_by=world.owner)
        Objection.objects.create(signatory=objecting, amendment=amendment, words=said)
    asked = SignatoryFactory(letter=world.letter, confirmed=True)
    for said in words:
        Question.objects.create(signatory=asked, words="Why?", asked_by=world.owner, answer=said, answered_at=NOW)
    readers = [*readers, reverse("admin:signatories_signatory_change", args=[asked.pk])]
    return [Page.of(client.get(url).content.decode()) for url in readers]
