from django import forms

SCOPES = [(word, f"It works {word}ly") for word in ("local", "national", "regional", "international")]
VISIBILITIES = [("public", "Print our name"), ("counted", "Withhold our name")]


class SignOnForm(forms.Form):
    """The same fields as ours, each of the plainest kind; the country is not compared with the list of 256."""

    name = forms.CharField(max_length=200)
    acronym = forms.CharField(max_length=30, required=False)
    country = forms.CharField(max_length=3)
    scope = forms.ChoiceField(choices=SCOPES)
    website = forms.CharField(max_length=200, required=False)
    contact_name = forms.CharField(max_length=120)
    contact_role = forms.CharField(max_length=120)
    contact_email = forms.EmailField(max_length=200)
    visibility = forms.ChoiceField(choices=VISIBILITIES)
    attested = forms.BooleanField()
