"""The catalogs under locale/: whatever a visitor or a signatory reads exists in each language of the site."""

import io
import re

from babel.messages import mofile, pofile
from django.conf import settings
from django.utils.translation import to_locale

CATALOGS = settings.BASE_DIR / "locale"
COMPILED = "LC_MESSAGES/django.mo"  # from then on visitors get the language
LANGUAGES = [code for code, _ in settings.LANGUAGES if (CATALOGS / to_locale(code) / COMPILED).exists()]

# where words stand that the public reads; the desk and the admin may follow
PUBLIC = re.compile(
    r"^(templates/(base|public|[45]\d\d\w*)\.html|templates/(components|emails|signatories|undersigned)/"
    r"|templates/letters/(home|letter|letter_\w+|published_\w+|press|joined|replies|article|call|checks|count_line|amended|amendments|versions|board\w*|embed\w*"
    r"|verify|verdict|in_short|pdf_not_ready|list_not_shared|feed_link|open_graph"
    r"|comment|paragraph|own_remark|remark|unknown_partner|not_for_circulation"  # of partners
    r"|roll\w*|share\w*|typeset|not_written|recipient|recipients_shown|redline|comparison|piece|parts|pdf/\w+)\.html"
    r"|letters/(instants|dates|salutations)\.py|letters/emails/\w+\.py|letters/pdf/(typesetting|sealing)\.py|letters/changes/"
    r"|letters/(services/(cards|publishing|publications)|views/(press|rolls|open_data|comparing|embedding|commenting|remarks))\.py"
    r"|letters/views/verifying\.py"
    r"|letters/(forms/commenting|models/consultations|body/\w+|docx/\w+|templatetags/\w+)\.py"
    r"|signatories/(forms|views|emails|models/(vocabulary|second_contacts|news)|attestations|countries))"
)
DESK = re.compile(
    r"^templates/signatories/(answers|export\w*|import\w*|try\w*|news\w*|mails\w*|order|proof|tell\w*)\.html"
    r"|^signatories/(views/(desk|exporting|import\w*|ordering|proofing)|forms/(exporting|importing|ordering))"
)
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w+\}")


def catalog(language):
    with (CATALOGS / to_locale(language) / "LC_MESSAGES" / "django.po").open("rb") as file:
        return pofile.read_po(file, locale=to_locale(language))


def is_public(message):
    return any(PUBLIC.match(path) and not DESK.match(path) for path, _line in message.locations)


def said(message):
    return message.string if isinstance(message.string, tuple) else (message.string,)


def test_public_words_are_translated():
    missing = {
        language: [
            one.id for one in catalog(language) if one.id and is_public(one) and (one.fuzzy or not all(said(one)))
        ]
        for language in LANGUAGES
    }
    assert {language: found for language, found in missing.items() if found} == {}


def test_translations_keep_the_placeholders():
    wrong = []
    for language in LANGUAGES:
        for one in (one for one in catalog(language) if one.id and any(said(one))):
            asked = set(PLACEHOLDER.findall(one.id[-1] if isinstance(one.id, tuple) else one.id))
            kept = [set(PLACEHOLDER.findall(words)) for words in said(one)]
            if set().union(*kept) != asked or any(each - asked for each in kept):
                wrong.append((language, one.id))
    assert wrong == []


def test_what_the_site_reads_is_what_was_translated():
    for language in LANGUAGES:
        compiled = (CATALOGS / to_locale(language) / "LC_MESSAGES" / "django.mo").read_bytes()
        read = mofile.read_mo(io.BytesIO(compiled))
        translated = [one for one in catalog(language) if one.id and all(said(one)) and not one.fuzzy]
        assert as_pairs(read) == as_pairs(translated)


def as_pairs(messages):
    """What is said for what, apart from how each kind of file holds plurals and contexts."""
    return sorted((str(one.context), *_words(one.id), "=", *_words(one.string)) for one in messages if one.id)


def _words(one):
    return [one] if isinstance(one, str) else list(one)


def test_arabic_says_of_the_name_what_becomes_of_an_organization():
    """Organizations are feminine, people may be either: a verb about the name itself is right for all."""
    subjects = (
        "%(name)s is on the letter “%(title)s”",
        "%(name)s is not on the letter until you agree again",
        "%(name)s has been left out of “%(title)s”",
        "%(name)s has been taken off “%(title)s”",
        "How %(name)s will be printed",
    )
    arabic = catalog("ar")
    assert [subject for subject in subjects if "اسم %(name)s" not in arabic.get(subject).string] == []


def test_words_that_mean_two_things_are_translated_twice():
    for language in LANGUAGES:
        words = catalog(language)
        pairs = [("Yours", "a comment", "a version"), ("position", "of a partner", "in an order")]
        same = [word for word, *uses in pairs if len({words.get(word, context=use).string for use in uses}) == 1]
        assert same == []
        assert all(words.get(word, context=use).string for word, *uses in pairs for use in uses)
