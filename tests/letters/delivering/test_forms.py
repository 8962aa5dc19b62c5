"""What can be typed into the head of a mail."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from letters.forms import DeliveryForm
from letters.forms.files import contents
from letters.services import delivering

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def form(edition, **typed):
    facts = {
        "email": "office@ministry.example",
        "from_name": "Campaign",
        "reply_to": "team@campaign.example",
        "subject": "A letter",
        "note": "Dear all",
        "document": "en:public",
        "follow_up_days": "14",
    }
    return DeliveryForm(facts | typed, channel="email", offered=delivering.documents(edition, 0), has_address=False)


def test_form_takes_what_is_well_formed(edition):
    assert form(edition).is_valid()
    assert form(edition).errors == {}


@pytest.mark.parametrize(
    ("name", "typed", "kept"),
    [
        ("subject", "A letter\r\nBcc: all@site.example", "A letter Bcc: all@site.example"),
        ("from_name", "Our\x00 \u202ecampaign\u2066", "Our campaign"),
        ("from_name", "  تحالف   الجسور ", "تحالف الجسور"),
        ("from_name", "انجمن پل\u200cها", "انجمن پل\u200cها"),
        ("subject", "ශ්\u200dරී ලංකා\u200b", "ශ්\u200dරී ලංකා"),
    ],
)
def test_lines_of_the_head_hold_nothing_unseen(edition, name, typed, kept):
    filled = form(edition, **{name: typed})
    filled.is_valid()
    assert filled.cleaned_data.get(name) == kept


def test_names_of_files_are_spelt_as_they_were():
    file = SimpleUploadedFile("پاسخ\u202eنامه\u200cها.pdf", b"%PDF-")
    assert contents(file) == ("پاسخنامه\u200cها.pdf", b"%PDF-")


@pytest.mark.parametrize(
    ("name", "typed", "said"),
    [
        ("from_name", "President <president@state.example>", "Enter a name without an address"),
        ("from_name", "\u200b", "Enter the name that the recipient sees."),
        ("from_name", "\u200c \u200d", "Enter the name that the recipient sees."),
        ("email", "a@b.example, c@d.example", "Enter an e-mail address, such as office@ministry.example."),
        ("email", "a@b.example\nBcc: c@d.example", "Enter an e-mail address, such as office@ministry.example."),
        ("reply_to", "", "Enter the address at which you read replies."),
        ("subject", " ", "Enter what the mail is about."),
        ("document", "en:other", "Select a valid choice."),
        ("follow_up_days", "-1", "greater than or equal to 0"),
        ("follow_up_days", "", "Enter a number of days, or 0."),
        ("note", "x" * 5001, "at most 5000 characters"),
    ],
)
def test_form_says_what_is_wrong(edition, name, typed, said):
    assert said in str(form(edition, **{name: typed}).errors[name])


def test_parcel_is_what_the_form_says(edition):
    filled = form(edition, document="en:addressee", follow_up_days="0")
    assert filled.is_valid()
    parcel = delivering.Parcel(**filled.parcel())
    assert (parcel.variant, parcel.follow_up_days, parcel.is_attached) == ("addressee", 0, True)
