"""How a letter is locked: always in turn with those who sign (Letter.objects.locked says why)."""

import re

from django.conf import settings

LETTER_ROW = re.compile(r"Letter\.objects[\w.()]*\.select_for_update|letters[\w.()]*\.select_for_update\(")


def test_nobody_locks_a_letter_past_the_turnstile():
    sources = [
        path for app in ("letters", "signatories", "campaigns") for path in (settings.BASE_DIR / app).rglob("*.py")
    ]
    assert [path for path in sources if LETTER_ROW.search(path.read_text())] == []


def test_the_search_would_find_one():
    assert LETTER_ROW.search("letter = Letter.objects.select_for_update().get(pk=letter.pk)")
