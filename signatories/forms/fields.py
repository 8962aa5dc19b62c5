"""What may be typed where it will be printed, or quoted in a mail to a stranger."""

from __future__ import annotations

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from signatories import countries, names
from signatories.evidence import hosts
from signatories.names import Flaw

WHAT_TO_DO = {
    Flaw.LINK: _("Leave out web addresses here."),
    Flaw.PICTURE: _("Leave out symbols such as %(symbol)s: they cannot be printed in the letter."),
    Flaw.NO_LETTER: _("Enter a name with at least one letter or digit."),
    Flaw.LOOSE_MARK: _("Begin with a letter: the accent or vowel sign at the beginning stands on none."),
    Flaw.PILED: _("Leave out some of the accents on “%(symbol)s”: so many would cover the names above and below."),
}


def printable(value: str) -> str:
    """As names.printable, which says what is wrong; here it is said to who typed it."""
    try:
        return names.printable(value)
    except names.Unprintable as no:
        raise forms.ValidationError(WHAT_TO_DO[no.flaw], code=no.flaw.value, params={"symbol": no.found}) from no


class PrintedField(forms.CharField):
    """One line of text that will be printed or quoted."""

    default_error_messages: ClassVar = {"max_length": _("Use at most %(limit_value)d characters.")}

    def clean(self, value: str | None) -> str:
        cleaned = super().clean(value)
        if not cleaned:
            return ""
        tidy = printable(cleaned)
        self.run_validators(tidy)  # again: composing makes some letters longer
        return tidy


class AddressField(forms.EmailField):
    """A mail address, without what nobody sees and came along when it was pasted."""

    def clean(self, value: str | None) -> str:
        cleaned: str = super().clean(names.UNSEEN.sub("", value or ""))
        if '"' in cleaned or "[" in cleaned:  # one mailbox must not have many spellings
            words = _("Write the address as name@example.org, without quotation marks and brackets.")
            raise forms.ValidationError(words, code="spelling")
        return cleaned


class CountryField(forms.ChoiceField):
    """Its 256 names are looked at only where they are shown, not to check what was chosen."""

    def __init__(self, **kwargs) -> None:
        super().__init__(choices=self.shown, **kwargs)

    @staticmethod
    def shown() -> list[tuple[str, object]]:
        return [("", _("Choose a country")), *countries.choices()]

    def valid_value(self, value: str) -> bool:
        return countries.is_known(value)


class WebsiteField(forms.CharField):
    """An address as people write it, with or without scheme."""

    def clean(self, value: str | None) -> str:
        website = super().clean(value)
        if website and not hosts.is_website(website):
            raise forms.ValidationError(_("Enter an address like www.example.org, or leave it empty."), code="website")
        return website
