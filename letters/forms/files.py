"""Files that are kept as they came, of what became of a delivery."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from letters.forms.delivering import UNSEEN
from letters.pdf import opening

LARGEST_FILE = 10 * 2**20  # bytes
NO_PDF = {
    opening.Why.NONE: _(
        "This PDF does not open: it is damaged, or only a part of it has come. Save or scan it once more."
    ),
    opening.Why.LOCKED: _("This PDF opens with a password only. Save it without one, and choose that."),
    opening.Why.TOO_MUCH: _(
        "This PDF is so large once it is unpacked that we do not open it. Print it into a new PDF, and choose that."
    ),
}


class KeptFileField(forms.FileField):
    def __init__(self, *, accept: str, **kwargs: Any) -> None:
        empty = {"empty": _("The file is empty. Choose another.")}
        widget = forms.FileInput(attrs={"accept": accept})
        super().__init__(required=False, error_messages=empty, widget=widget, **kwargs)


def contents(file: Any) -> tuple[str, bytes] | None:
    """Name and content; None without one."""
    if not file:
        return None
    if file.size > LARGEST_FILE:
        raise forms.ValidationError(_("The file is larger than 10 MB. Save it smaller, or in parts."))
    return UNSEEN.sub("", file.name)[-150:], file.read()


def refuse_what_does_not_open(content: bytes) -> None:
    """As a PDF."""
    if why := opening.doubt(content):
        raise forms.ValidationError(NO_PDF[why])
