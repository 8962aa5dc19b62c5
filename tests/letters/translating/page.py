"""The side-by-side page, as tests fill it in."""

from django.urls import reverse

from letters import services
from tests.factories import LetterFactory, UserFactory
from tests.letters.desk import fields

ARABIC = '<h2>المطالب</h2><p>نطلب فتح الجسر</p><p>الجسر هو الوحيد<sup data-footnote="">تقرير</sup></p>'


def letter_with_french(**kwargs):
    arabic = {
        "language": "ar",
        "title": "الجسر",
        "salutation": "سيادة المفوضة",
        "closing": "مع التقدير",
        "body": ARABIC,
    }
    letter = LetterFactory(text=arabic, **kwargs)
    services.add_text(letter, "fr", by=UserFactory())
    return letter


def url(letter, page="translate", language="fr"):
    return reverse(f"letters:{page}", args=[letter.slug, language] if language else [letter.slug])


def french(letter):
    return letter.texts.get(language="fr")


def translated(client, letter):
    page = fields(client.get(url(letter)))
    filled = {name: f"fr {number}" for number, name in enumerate(page) if name.startswith("text-")}
    client.post(url(letter), page | filled)
    return page


def rewritten(letter, old, new):
    body = letter.texts.get(is_authentic=True).body
    assert old in body
    letter.texts.filter(is_authentic=True).update(body=body.replace(old, new))
