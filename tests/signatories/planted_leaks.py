"""Ways in which a withheld signatory could show, each put into the running site for a test that has to notice."""

from __future__ import annotations

import hashlib
import logging
from dataclasses import replace

from django.db.models import Max
from django.http import HttpResponse

from campaigns import health, outbox
from campaigns.models.journal import JournalManager
from letters import finding, indexing
from letters.document import RollGroup
from letters.models.editions import RenderingQuerySet
from letters.open_data import structured
from letters.pdf import typesetting
from letters.services import editions, publishing, verifying
from letters.views import letter_page, rolls
from signatories import roll, services
from signatories.models import Signatory
from signatories.models.querysets import SignatoryQuerySet
from signatories.services import lookalikes


def withheld():
    return Signatory.objects.listed().withheld()


def latest(column):
    return Signatory.objects.aggregate(at=Max(column))["at"]


def addressee_names_in_the_public_document(patch):
    printed = editions.printed

    def leaking(edition, language):
        names = getattr(edition, "addressee_names", None)
        return replace(printed(edition, language), for_addressee=names.roll if names else None)

    patch.setattr(editions, "printed", leaking)


def addressee_copy_in_the_manifest(patch):
    patch.setattr(RenderingQuerySet, "public", lambda self: self)


def addressee_copy_told_by_the_check(patch):
    verdict = verifying.verdict

    def leaking(sha256):
        found = verdict(sha256)
        is_named = found and found.edition and hasattr(found.edition, "addressee_names")
        return replace(found, kind=verifying.Kind.ADDRESSEE) if is_named else found

    patch.setattr(verifying, "verdict", leaking)


def counted_among_the_countries(patch):
    build = SignatoryQuerySet.roll

    def leaking(self, *asked):
        codes = {one.line.country for one in self.listed()}
        return replace(build(self, *asked), countries=len(codes))

    patch.setattr(SignatoryQuerySet, "roll", leaking)


def counted_among_the_organizations(patch):
    count = typesetting.count_line

    def leaking(roll):
        return count(replace(roll, organizations=roll.organizations + roll.withheld))

    for module in (typesetting, letter_page, rolls):
        patch.setattr(module, "count_line", leaking)


def country_without_names(patch):
    build = roll.build

    def leaking(entries, **more):
        built = build(entries, **more)
        codes = {one.line.country for one in withheld()} - {group.code for group in built.groups}
        return replace(built, groups=(*built.groups, *(RollGroup(code, code, ()) for code in sorted(codes))))

    patch.setattr(roll, "build", leaking)


def found_by_searching(patch):
    matching = finding.matching

    def leaking(signed, words):
        found = matching(signed, words)
        hidden = [one for one in withheld() if words and words.casefold() in one.line.name.casefold()]
        return found + list(signed)[: len(hidden)]

    patch.setattr(finding, "matching", leaking)


def asked_about_on_the_form(patch):
    listed_like = services.listed_like

    def leaking(letter, line):
        alike = [one.line for one in Signatory.objects.filter(letter=letter) if one.line.name == line.name]
        return [*listed_like(letter, line), *alike]

    patch.setattr(services, "listed_like", leaking)
    patch.setattr(lookalikes, "listed_like", leaking)


def etag_of_the_whole_table(patch):
    mark = structured.mark

    def leaking(facts):
        return hashlib.sha256(f"{mark(facts)} {Signatory.objects.count()}".encode()).hexdigest()

    patch.setattr(structured, "mark", leaking)


def gap_in_the_order(patch):
    signatories = structured._signatories

    def leaking(roll):
        order = sorted(one.line.name for one in Signatory.objects.listed())
        for line in signatories(roll):
            yield line | {"place": order.index(line["name"])}

    patch.setattr(structured, "_signatories", leaking)


def nothing_where_a_name_is_withheld(patch):
    signatories = structured._signatories
    patch.setattr(structured, "_signatories", lambda roll: [*signatories(roll), *[None] * roll.withheld])


def counts_by_day(patch):
    document = structured._document

    def leaking(facts):
        days = sorted(f"{at:%Y-%m-%d %H}" for at in Signatory.objects.listed().values_list("decided_at", flat=True))
        return document(facts) | {"by_hour": days}

    patch.setattr(structured, "_document", leaking)


def sitemap_moved_by_a_confirmation(patch):
    pages = publishing.pages

    def leaking():
        for page in pages():
            yield replace(page, changed_at=latest("confirmed_at")) if page.changed_at else page

    patch.setattr(publishing, "pages", leaking)


def feed_moved_by_a_confirmation(patch):
    entries = publishing.entries
    patch.setattr(publishing, "entries", lambda now: [replace(one, at=latest("confirmed_at")) for one in entries(now)])


def moment_of_the_last_decision(patch):
    """In the metadata of documents."""
    letter = typesetting._letter

    def leaking(document):
        return letter(document) | {"created": f"{latest('decided_at'):%Y-%m-%dT%H:%M:%SZ}"}

    patch.setattr(typesetting, "_letter", leaking)


def names_in_white_ink(patch):
    """In a script that nothing else is set in, so that the PDF holds one font more."""
    typeset = typesetting.typeset

    def leaking(document):
        names = " ".join(f"ქართული {one.line.name}" for one in withheld() if one.line.country == "IS")
        return typeset(document).replace("</body>", f'<p style="color: white">{names}</p></body>')

    patch.setattr(typesetting, "typeset", leaking)


def named_in_a_mail_to_another(patch):
    worded = outbox.worded

    def leaking(kind, message):
        names = ", ".join(one.line.name for one in Signatory.objects.all())
        words = worded(kind, message)
        return replace(words, text=f"{words.text}\nAlready there: {names}")

    patch.setattr(outbox, "worded", leaking)


def numbered_in_a_mail_to_another(patch):
    worded = outbox.worded

    def leaking(kind, message):
        words = worded(kind, message)
        return replace(words, html=f"{words.html}<!-- {Signatory.objects.count()} -->")

    patch.setattr(outbox, "worded", leaking)


def reference_that_counts(patch):
    """What each sees on its own page and may quote."""
    patch.setattr(Signatory, "reference", property(lambda self: f"{Signatory.objects.count():08}"))


def header_that_counts(patch):
    answered = indexing.Middleware.__call__

    def leaking(self, request) -> HttpResponse:
        response = answered(self, request)
        response["X-Rows"] = str(Signatory.objects.count())
        return response

    patch.setattr(indexing.Middleware, "__call__", leaking)


def health_that_counts(patch):
    at_work = health.at_work

    def leaking():
        yield from at_work()
        yield health.Finding("sign-ons", False, str(Signatory.objects.count()))

    patch.setattr(health, "at_work", leaking)


def named_in_a_log(patch):
    move_to = Signatory.move_to

    def leaking(self, status, **more):
        logging.getLogger("signatories").warning("%s is %s now", self.line.name, status)
        return move_to(self, status, **more)

    patch.setattr(Signatory, "move_to", leaking)


def named_in_the_journal(patch):
    record = JournalManager.record

    def leaking(self, verb, subject, **more):
        words = {"whom": subject.line.name} if isinstance(subject, Signatory) else {}
        return record(self, verb, subject, **more | words)

    patch.setattr(JournalManager, "record", leaking)


LEAKS = {
    plant.__name__: plant
    for plant in (
        addressee_names_in_the_public_document,
        addressee_copy_in_the_manifest,
        addressee_copy_told_by_the_check,
        counted_among_the_countries,
        counted_among_the_organizations,
        country_without_names,
        found_by_searching,
        asked_about_on_the_form,
        etag_of_the_whole_table,
        gap_in_the_order,
        nothing_where_a_name_is_withheld,
        counts_by_day,
        sitemap_moved_by_a_confirmation,
        feed_moved_by_a_confirmation,
        moment_of_the_last_decision,
        names_in_white_ink,
        named_in_a_mail_to_another,
        numbered_in_a_mail_to_another,
        reference_that_counts,
        header_that_counts,
        health_that_counts,
        named_in_a_log,
        named_in_the_journal,
    )
}
