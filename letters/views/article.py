"""A text with what stands around it, as a page shows it: what templates/letters/article.html needs."""

from __future__ import annotations

from datetime import date

from django.utils.html import format_html_join
from django.utils.safestring import mark_safe

from letters import body, dates
from letters.pdf import writing


def article(text, recipients, front):
    """From what a revision or letters.services.working holds; `front` is {place, date (ISO, or ""), date_precision}."""
    language, page = text["language"], body.for_page(text["body"])
    day = date.fromisoformat(front["date"]) if front["date"] else None
    said = (front["place"], dates.in_words(day, front["date_precision"], language))
    return {
        "text": text,
        "direction": writing.of(language).direction,
        "dateline": format_html_join(writing.of(language).comma, "<bdi>{}</bdi>", ((part,) for part in said if part)),
        "body": mark_safe(page.text),  # noqa: S308 - written anew from a closed schema, see letters.body
        "notes": mark_safe(page.notes),  # noqa: S308
        "to": [one for one in recipients if one["line"] == "to"],
        "cc": [one for one in recipients if one["line"] == "cc"],
    }
