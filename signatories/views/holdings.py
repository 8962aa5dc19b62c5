"""What is held about a sign-on, to see, to take along and to have erased."""

from __future__ import annotations

from dataclasses import asdict

from django.http import JsonResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from campaigns.models import Mail
from letters.pdf import writing
from signatories import countries, services
from signatories.forms import EraseForm
from signatories.models import Import, Purpose, Signatory
from signatories.models.lines import LINE
from signatories.models.vocabulary import AGREED_AGAIN, SAID_BY_TEAM
from signatories.services import importing
from signatories.views import in_print
from signatories.views.behind_links import behind, context_of

LABELS = {
    "name": _("Name"),
    "acronym": _("Acronym"),
    "second_name": _("Name in another language or script"),
    "reading": _("Sorted by"),
    "affiliation": _("Role and organization"),
    "country": _("Country"),
    "website": _("Website"),
    "submitted": _("As you first wrote it"),
    "kind": _("Who signs"),
    "scope": _("It works"),
    "visibility": _("How it is listed"),
    "status": _("How it stands"),
    "contact_name": _("Your name"),
    "contact_role": _("Your role"),
    "contact_email": _("Your e-mail"),
    "second_contact": _("Second contact"),
    "attested": _("What you have ticked"),
    "language": _("Language of our mails"),
    "agreed_revision": _("Revision agreed to"),
    "signed_at": _("Form sent"),
    "reviewing_since": _("With your board since"),
    "confirmed_at": _("Confirmed"),
    "decided_at": _("Decided"),
    "withdrawn_at": _("Withdrawn"),
    "unsubscribed_at": _("Without reminders and news since"),
    "decline_note": _("What the vetters wrote"),
    "questions": _("Questions and answers"),
    "objections": _("Objections"),
    "corrections": _("Lines you have asked for"),
    "lists": _("Lists that the campaign’s team took in, and that name you"),
    "proposed": _("Lines that such a list would have printed"),
    "in_print": _("In print"),
    "earlier": _("Lines kept because an edition has them"),
    "waited": _("Waited before our first mail went out"),
    "released_at": _("Let through"),
    "decline_reason": _("Reason"),
    "source": _("Where the form came from: a mark that is thrown away after two days"),
    "mails": _("Mails written to you"),
}
OF_A_LIST = {  # of what the team has brought, and nobody has sent or ticked
    "submitted": _("As the list had it"),
    "signed_at": _("Added from a list"),
}
SAID_FOR_IT = {
    "attested": _("What the team has said for you"),
    "confirmed_at": _("Taken as signed, on the team’s word"),
}
MAILS = {
    "confirm": _("Please confirm"),
    "reminder": _("One step left"),
    "already_signed": _("Already signed"),
    "mine_link": _("A new link"),
    "board_pack": _("For your board"),
    "review_reminder": _("Has your board decided?"),
    "received": _("Received"),
    "question": _("A question"),
    "listed": _("You are on the letter"),
    "not_accepted": _("Not accepted"),
    "printed_as": _("How you will be printed"),
    "agree_again": _("The text changed"),
    "agree_reminder": _("Reminder: the text changed"),
    "corrected": _("The text was corrected"),
    "left_out": _("Left out"),
    "closing_moved": _("Another closing time"),
    "closes_soon": _("Closes soon"),
    "withdrawn": _("Withdrawn"),
    "delivered": _("Delivered"),
    "published": _("Published"),
    "reply_received": _("There is an answer"),
    "taken_back": _("The publication was taken back"),
    "data_will_be_deleted": _("Data will be deleted"),
}
INSTANTS = ("signed_at", "released_at", "reviewing_since", "confirmed_at", "withdrawn_at", "unsubscribed_at")
CHOICES = {
    "kind": Signatory.Kind,
    "scope": Signatory.Scope,
    "visibility": Signatory.Visibility,
    "status": Signatory.Status,
}


@behind(Purpose.MINE)
def holdings(request, token):
    """Every datum; by POST, all of it gone, or all but the printed line."""
    signatory = token.signatory
    form = EraseForm(request.POST if request.method == "POST" else None, keeps=services.may_keep_line(signatory))
    if form.is_valid():
        services.erase(token, keeps_line=form.cleaned_data["choice"] == "keep")
        return render(request, "signatories/erased.html", {"letter": signatory.letter, **form.cleaned_data})
    found = held_about(signatory)
    labels = _labels(signatory, found)
    held = [(name, labels[name], _in_words(name, value)) for name, value in found.items()]
    context = {**context_of(signatory), "form": form, "held": held}
    context["has_shared_proof"] = any(
        one["proof_file_kept"] and one["shows_others"] for one in found.get("lists", ()) if one["you_came_in_it"]
    )
    return render(request, "signatories/holdings.html", context | in_print.warned(signatory))


@behind(Purpose.MINE)
def holdings_file(request, token):
    """The same as a file."""
    response = JsonResponse(held_about(token.signatory), json_dumps_params={"ensure_ascii": False, "indent": 2})
    response["Content-Disposition"] = 'attachment; filename="sign-on.json"'
    return response


def held_about(signatory):
    """Every field that was given or came about, by the names under which it is kept; what is empty is left out."""
    line = signatory.line
    second = getattr(signatory, "second_contact", None)
    corrections = list(signatory.corrections.all())
    found = {
        **{part: getattr(line, part) for part in LINE},
        "submitted": asdict(signatory.submitted_line) if signatory.submitted_line != line else None,
        "kind": signatory.kind,
        "scope": signatory.scope,
        "visibility": signatory.visibility,
        "status": _status_told(signatory),
        "contact_name": signatory.contact_name,
        "contact_role": signatory.contact_role,
        "contact_email": signatory.contact_email,
        "second_contact": second.email if second else "",
        "attested": signatory.attested_words,
        "language": signatory.language,
        "agreed_revision": signatory.agreed_revision.number if signatory.agreed_revision else None,
        **{name: at.isoformat() for name in INSTANTS if (at := getattr(signatory, name))},
        "decided_at": signatory.decided_at.isoformat() if _is_told(signatory) else "",
        "decline_reason": signatory.told_reason,
        "decline_note": signatory.decline_note,
        "waited": bool(signatory.held_because),  # not for what: that would teach how to get round it
        "source": signatory.source,
        "questions": [{"question": one.words, "answer": one.answer} for one in signatory.questions.all()],
        "objections": [one.words for one in signatory.objections.all()],
        "corrections": [one.sealed for one in corrections if one.is_own],
        "lists": [_list(one) for one in importing.lists_naming(signatory)],
        "proposed": [one.sealed for one in corrections if not one.is_own],
        **in_print.held(signatory),
        "mails": [
            {"kind": mail.kind.partition(".")[2], "written_at": mail.created_at.isoformat(), "state": mail.state}
            for mail in Mail.objects.about(signatory).order_by("created_at").defer("to", "data")
        ],
    }
    return {name: value for name, value in found.items() if value}


def _labels(signatory, found):
    """Not as if a form had been sent where none was."""
    came_in = any(one["you_came_in_it"] for one in found.get("lists", ()))
    is_said_for_it = signatory.attestation in {SAID_BY_TEAM, AGREED_AGAIN}
    return LABELS | (OF_A_LIST if came_in else {}) | (SAID_FOR_IT if is_said_for_it else {})


def _list(one):
    """Where it is from; of its rows, this sign-on's alone."""
    told = {
        "source": one.of.source,
        "came": one.of.origin,
        "taken_in_at": one.of.made_at.isoformat(),
        "you_came_in_it": one.came_in,
        "is_the_proof": one.of.is_proof,
        "proof_file_kept": one.of.has_proof,
        "shows_others": one.of.shows_others,
    }
    return told | ({"filled_in": one.filled} if one.filled else {}) | ({"its_row": one.words} if one.words else {})


def _status_told(signatory):
    """That another mailbox of the organization was first would tell who has signed."""
    is_double = signatory.status == Signatory.Status.DUPLICATE
    return Signatory.Status.CONFIRMED.value if is_double else signatory.status


def _is_told(signatory):
    """Whether a vetter has decided what the signatory was told of."""
    return bool(signatory.decided_at) and signatory.status != Signatory.Status.DUPLICATE


def _in_words(name, value):
    if name == "waited":
        return _("yes")
    if name == "decline_reason":
        return Signatory.DeclineReason(value).told
    if name in CHOICES:
        return CHOICES[name](value).label
    if name == "country":
        return countries.name(value)
    if name in {*INSTANTS, "decided_at"}:
        return f"{value[:16].replace('T', ' ')} UTC"
    if name == "language":
        return writing.name_of(value, translation.get_language())
    if name == "lists":
        return [_list_in_words(one) for one in value]
    if name == "mails":
        return [{**mail, "words": MAILS.get(mail["kind"], mail["kind"])} for mail in value]
    return value


def _list_in_words(one):
    shown = {part: countries.name(words) if part == "country" else words for part, words in _row(one).items()}
    filled = [LABELS[part] for part in one.get("filled_in", ())]
    return {**one, "came": Import.Origin(one["came"]).label, "filled_in": filled, "row": list(shown.values())}


def _row(one):
    """The row in words: as it stood there; without that, what was read out of it."""
    row = one.get("its_row", {})
    return {"raw": row["raw"]} if "raw" in row else row
