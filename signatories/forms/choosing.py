"""What the pages behind a link in a mail ask: each a required choice with nothing selected."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from signatories import attestations
from signatories.forms.fields import AddressField
from signatories.forms.signing import explained
from signatories.models import SecondContact, Signatory, Token


class ChoiceForm(forms.Form):
    """The deliberate act behind the first mail: a required choice with nothing selected."""

    choice = forms.ChoiceField(
        label=_("What do you say?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose one of them."),
            "invalid_choice": _("That cannot be chosen any more. Choose one of these."),  # closed while it was shown
        },
    )
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)  # the number of the one on the screen

    def __init__(self, *args: Any, token: Token, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        signatory = token.signatory
        cast("forms.ChoiceField", self.fields["choice"]).choices = _choices(signatory)


def _choices(signatory: Signatory) -> list[tuple[str, Any]]:
    if signatory.is_individual:
        yes = _attesting(signatory, _("Yes, I sign this letter"))
        return [("confirm", yes), ("refuse", _("No, I did not ask for this"))]
    found: list[tuple[str, Any]] = [("confirm", _attesting(signatory, _("Yes, we sign this letter")))]
    if signatory.may_ask_its_board:
        hint = _("We send you what a board needs and remind you until sign-on closes. You say yes or no then.")
        found.append(("board", explained(_("Our board has to decide first"), hint)))
    no = _("No, our board has decided against it") if signatory.reviewing_since else _("No, we did not ask for this")
    return [*found, ("refuse", no)]


def _attesting(signatory: Signatory, yes: Any) -> Any:
    """Who came in a list has ticked nothing: the answer says what the form would have asked."""
    return explained(yes, attestations.words(signatory.kind)) if signatory.came_in_a_list else yes


class AgreeForm(forms.Form):
    """What an amendment of substance asks: a required choice with nothing selected."""

    choice = forms.ChoiceField(
        label=_("Does your organization agree to the amended letter?"),
        choices=[
            ("agree", _("Yes, we agree to the amended letter")),
            ("withdraw", _("No, take us off the letter")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the two.")},
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, is_individual: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_individual:
            self.fields["choice"].label = _("Do you agree to the amended letter?")
            cast("forms.ChoiceField", self.fields["choice"]).choices = [
                ("agree", _("Yes, I agree to the amended letter")),
                ("withdraw", _("No, take me off the letter")),
            ]


class ObjectionForm(forms.Form):
    """What may be said to a correction. Saying nothing is an answer too."""

    choice = forms.ChoiceField(
        label=_("What do you want to do?"),
        choices=[("object", _("Object to this correction")), ("withdraw", _("Withdraw from this letter"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the two, or close this page: then nothing changes.")},
    )
    words = forms.CharField(
        label=_("What is wrong with it?"),
        max_length=1000,
        required=False,
        help_text=_("Only the campaign’s team reads this. You stay on the letter while it considers your objection."),
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )

    def clean(self) -> dict[str, object]:
        data = super().clean() or {}
        if data.get("choice") == "object" and not data.get("words"):
            self.add_error("words", _("Say in a few words what is wrong with it."))
        return data


class AnswerForm(forms.Form):
    """The answer to a vetter's question."""

    words = forms.CharField(
        label=_("Your answer"),
        max_length=2000,
        error_messages={"required": _("Write your answer.")},
        help_text=_("Only the vetters and the campaign’s team read it."),
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
    )


class WithdrawForm(forms.Form):
    sure = forms.BooleanField(
        label=_("Yes, withdraw this sign-on"),
        error_messages={"required": _("Tick the box to withdraw, or go back: then nothing changes.")},
    )


class EndLinksForm(forms.Form):
    sure = forms.BooleanField(
        label=_("Yes, end all older links to my sign-on"),
        error_messages={"required": _("Tick the box to end them, or go back: then nothing changes.")},
    )


class EraseForm(forms.Form):
    """Nothing is selected: what is erased is gone for good."""

    choice = forms.ChoiceField(
        label=_("What should be deleted?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of them, or go back: then nothing changes.")},
    )

    def __init__(self, *args: Any, keeps: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        everything = explained(
            _("Everything, and withdraw from the letter"),
            _("Nothing is left that leads to you. Editions that were frozen before stay as they are."),
        )
        rest = explained(
            _("Everything but the line on the letter"),
            _("Name, role, address and all you told us are deleted. This link stops working, and no more mail comes."),
        )
        choices = [("keep", rest), ("all", everything)] if keeps else [("all", everything)]
        cast("forms.ChoiceField", self.fields["choice"]).choices = choices


class LinkForm(forms.Form):
    email = AddressField(
        label=_("The e-mail address you signed with"),
        max_length=200,
        error_messages={
            "required": _("Enter the address you signed with."),
            "invalid": _("Enter an e-mail address like name@example.org."),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email", "dir": "ltr"}),
    )


class VouchForm(forms.Form):
    answer = forms.ChoiceField(
        label=_("Is this right?"),
        choices=SecondContact.Answer.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the two, or close this page: then nothing changes.")},
    )


class UnsubscribeForm(forms.Form):
    choice = forms.ChoiceField(
        label=_("Which mails do you want?"),
        choices=[
            ("off", _("Only those that ask me something or say what became of our sign-on")),
            ("on", _("All of them: also reminders and news about this letter")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the two.")},
    )
