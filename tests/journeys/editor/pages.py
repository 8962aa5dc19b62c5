"""A page that holds the editor and nothing else, and one that saves by itself; what they need besides."""

from urllib.parse import urlencode

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template import engines
from django.urls import path
from playwright.sync_api import expect

from letters.editor import BodyField

PAGE = """{% load static %}<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Write</title>
<link rel="icon" href="data:,"><link rel="stylesheet" href="{% static 'css/undersigned.css' %}">{{ form.media }}</head>
<body><main><h1>Write</h1><form method="post">{% csrf_token %}{{ form.body.label_tag }}{{ form.body }}
<p><button>Save</button></p></form>{% if saved is not None %}<pre>{{ saved }}</pre>{% endif %}</main></body></html>"""


class LetterForm(forms.Form):
    body = BodyField(label="Text of the letter", required=False)


@login_not_required
def write(request):
    form = LetterForm(request.POST or None, initial={"body": request.GET.get("body", "")})
    form.fields["body"].write_in(request.GET.get("language", "en"))
    saved = form.cleaned_data["body"] if form.is_valid() else None
    return HttpResponse(engines["django"].from_string(PAGE).render({"form": form, "saved": saved}, request))


AUTOSAVED = """{% load static %}<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Write</title>
<link rel="icon" href="data:,">{{ form.media }}<script type="module" src="{% static 'js/autosave.js' %}"></script>
</head><body><form method="post" id="letter-en" data-autosave="/save/">{% csrf_token %}{{ form.version }}
{% include "letters/autosave.html" %}{{ form.body.label_tag }}{{ form.body }}<button>Save</button></form>
</body></html>"""
stored = {}


class AutosavedForm(LetterForm):
    version = forms.IntegerField(widget=forms.HiddenInput)


@login_not_required
def draft(request):
    form = AutosavedForm(initial=stored)
    return HttpResponse(engines["django"].from_string(AUTOSAVED).render({"form": form}, request))


@login_not_required
def save(request):
    form = AutosavedForm(request.POST)
    if stored["signed_out"]:
        return redirect("/accounts/login/")
    if not form.is_valid() or "forbidden" in form.cleaned_data["body"]:
        return JsonResponse({"errors": {"body": ["This word is not allowed."]}}, status=422)
    if form.cleaned_data["version"] != stored["version"]:
        return JsonResponse({"version": stored["version"], "by": "Ana"}, status=409)
    stored.update(body=form.cleaned_data["body"], version=stored["version"] + 1)
    return JsonResponse({"version": stored["version"], "saved_at": "14:02"})


urlpatterns = [path("", write), path("draft/", draft), path("save/", save)]


def is_complaint(message):
    """An answer other than 200 is logged by the browser too; the page deals with those."""
    return message.type in ("error", "warning") and not message.text.startswith("Failed to load resource")


def opened(page, html="", language="en"):
    page.goto("/?" + urlencode({"body": html, "language": language}))
    expect(page.get_by_role("toolbar", name="Formatting")).to_be_visible()
    text = page.get_by_role("textbox", name="Text of the letter")
    text.click()
    return text


def saved(page):
    page.get_by_role("button", name="Save", exact=True).click()
    return page.locator("pre").inner_text()
