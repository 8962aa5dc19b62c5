"""The desk: the sign-ons as a file. Contact data and withheld names only to who runs the letter, and on a password."""

from __future__ import annotations

from allauth.account.decorators import reauthentication_required
from django.http import StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods

from letters.models import Letter
from signatories import services
from signatories.forms.exporting import ConfidentialExportForm, ExportForm

TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "csv": "text/csv; charset=utf-8; header=present",
}


@require_http_methods(["GET", "HEAD", "POST"])
def export(request, slug):
    """Lines and states, as the page of sign-ons shows them to everyone in the team."""
    letter = get_object_or_404(Letter.objects.seen_by(request.user).select_related("campaign"), slug=slug)
    form = ExportForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        return _file(letter, form.cleaned_data["form"], "sign-ons", by=request.user)
    may_run = Letter.objects.run_by(request.user).filter(pk=letter.pk).exists()
    return render(request, "signatories/export.html", {"letter": letter, "form": form, "may_run": may_run})


@require_http_methods(["GET", "HEAD", "POST"])
def export_confidential(request, slug):
    letter = get_object_or_404(Letter.objects.run_by(request.user).select_related("campaign"), slug=slug)
    return _confidential(request, letter)


@reauthentication_required
def _confidential(request, letter):
    """Only for who has just shown again who is there: a screen left open gives nothing away."""
    form = ConfidentialExportForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        return _file(letter, name="sign-ons-CONFIDENTIAL", by=request.user, **form.cleaned_data)
    return render(request, "signatories/export_confidential.html", {"letter": letter, "form": form})


def _file(letter, form, name, **asked):
    content = services.export(letter, form, **asked)
    response = StreamingHttpResponse(content, content_type=TYPES[form])
    response["Content-Disposition"] = f'attachment; filename="{letter.slug}-{name}.{form}"'
    response["Cache-Control"] = "private, no-store"
    return response
