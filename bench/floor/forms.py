from django import forms


class SignOnForm(forms.Form):
    """The same fields as ours, each of the plainest kind; the country is not compared with a list."""

    name = forms.CharField(max_length=200)
    acronym = forms.CharField(max_length=30, required=False)
    country = forms.CharField(max_length=3)
    scope = forms.CharField(max_length=15)
    website = forms.CharField(max_length=200, required=False)
    contact_name = forms.CharField(max_length=120)
    contact_role = forms.CharField(max_length=120)
    contact_email = forms.EmailField(max_length=200)
    visibility = forms.CharField(max_length=12)
    attested = forms.BooleanField()
