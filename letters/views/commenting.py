"""A partner's private page: the draft, what the partner says about it, and what everyone was answered."""

from __future__ import annotations

import re
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from letters import body, services
from letters.changes.alignment import assembled
from letters.forms import CommentForm, PositionForm, TakeBackForm
from letters.models import Comment, Partner
from letters.pdf import writing
from letters.services import placing
from letters.views.article import article
from letters.views.remarks import remarks, shown

NUMBER = re.compile(r"[0-9]{1,9}")
TYPED = ("unit-words", "unit-wording", "whole-words", "unless")
NO_FRONT = {"place": "", "date": "", "date_precision": "day"}


@login_not_required
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def comment(request, token):
    partner = Partner.objects.found(token)
    if partner is None:
        return render(request, "letters/unknown_partner.html", status=404)
    page = Page(request, partner)
    act = ACTS.get(request.POST.get("act", "")) if request.method == "POST" else None
    if act is None:
        return page.shown()
    try:
        return act(page)
    except services.NotConsulting:
        return page.shown(unsent=_("The round has ended meanwhile."))
    except services.NotShown:
        return page.shown(unsent=_("The text you read is no longer there. Look at it again, then send what you wrote."))
    except services.TooManyComments:
        return page.shown(unsent=_("You have made more comments than can be taken here. Write to the team instead."))
    except services.AnsweredMeanwhile:
        messages.info(request, _("The team has just answered this comment, so it stays."))
        return page.back("answers")


class Page:
    """What the partner has before it: one text of the newest revision, and the form that is open, if one is."""

    def __init__(self, request, partner):
        self.request, self.partner, self.consultation = request, partner, partner.consultation
        self.letter = self.consultation.letter
        self.revision = self.consultation.revisions.order_by("number").last()
        self.languages = [text["language"] for text in self.revision.texts]
        chosen = request.GET.get("text", "")
        mine = partner.language or get_language() or ""
        self.text = self.revision.text_in(chosen) if chosen in self.languages else self.revision.text_for(mine)
        self.language = self.text["language"]
        self.units = placing.paragraphs(self.text["body"])
        self.takes_comments = self.consultation.takes_comments and self.letter.is_draft
        self.bound = {}

    def back(self, anchor):
        """To the same text after sending something."""
        query = urlencode({"text": self.language}) if self.language != self.revision.authentic["language"] else ""
        return redirect(f"{self.request.path}{'?' if query else ''}{query}#{anchor}")

    def shown(self, unsent=""):
        held = [*self.partner.comments.standing().select_related("revision", "answered_in")]
        own = remarks(held, self.text)
        context = {
            "partner": self.partner,
            "consultation": self.consultation,
            "letter": self.letter,
            "campaign": self.letter.campaign,
            "takes_comments": self.takes_comments,
            "unsent": unsent,
            "typed": [self.request.POST.get(name, "") for name in TYPED] if unsent else [],
            "texts": self._texts(held),
            "general": [remark for remark in own if remark.comment.unit is None],
            "gone": [remark for remark in own if remark.is_gone],
            "whole": self.bound.get("whole") or self._form_on(None),
            "position": self.bound.get("position") or PositionForm(initial=_position(self.partner)),
            "bound": next(iter(self.bound.values()), None),
            "log": self._log(),
            **article(self.text, self.revision.recipients, NO_FRONT | self.revision.front),
            "body": self._body(own),
            "notes": "",
        }
        return render(self.request, "letters/comment.html", context)

    def _texts(self, held):
        """For choosing between the languages, with how many of one's own comments stand on each."""
        return [
            {
                "language": language,
                "name": writing.name_of(language, language),
                "comments": sum(comment.language == language for comment in held),
                "is_chosen": language == self.language,
            }
            for language in self.languages
        ]

    def _body(self, own):
        """The paragraphs in their places, each with what the partner said about it and the way to say something."""
        on, pieces, first = self._on(), [], 1
        for place, unit in enumerate(self.units):
            context = {
                "html": shown(unit.html, f"p{place + 1}-", first),
                "number": place + 1,
                "remarks": [remark for remark in own if remark.number == place + 1],
                "form": (self.bound.get("unit") or self._form_on(place)) if place == on else None,
                "takes_comments": self.takes_comments,
                "language": self.language,
                "words_language": get_language(),
            }
            pieces.append((unit.place, unit.opens, render_to_string("letters/paragraph.html", context, self.request)))
            first += unit.html.count("<sup ")
        return mark_safe(assembled(pieces))  # noqa: S308 - templates, around paragraphs of a closed schema

    def _on(self):
        """The place of the paragraph whose form is open; after a mistake, where it went since it was read."""
        if "unit" in self.bound:
            sent = self.bound["unit"].cleaned_data
            read = self.consultation.revisions.filter(number=sent.get("revision")).first()
            return placing.place_now(read, self.language, sent.get("unit"), self.text) if read else None
        on = _number(self.request.GET.get("on"))
        return on - 1 if on and self.takes_comments else None

    def _form_on(self, place):
        initial = {"unit": place, "revision": self.revision.number}
        if place is None:
            return CommentForm(initial=initial, prefix="whole")
        html = self.units[place].html
        return self.comment_form(html, initial=initial | {"wording": body.to_text(html)})

    def comment_form(self, html, *args, **kwargs):
        direction = writing.of(self.language).direction
        return CommentForm(*args, html=html, language=self.language, direction=direction, prefix="unit", **kwargs)

    def _log(self):
        """Everyone's answered comments; whose they are is known to the team alone, and to the partner of its own."""
        answered = Comment.objects.answered().filter(partner__consultation=self.consultation)
        answered = answered.select_related("revision", "answered_in").order_by("answered_at", "pk")
        texts = {text["language"]: text for text in self.revision.texts}
        lost = {comment.language for comment in answered} - set(texts)
        return [
            remark
            for language in [*texts, *lost]
            for remark in remarks(answered, texts.get(language) or {"language": language, "body": ""})
        ]


def _say(page):
    """A comment on a paragraph or on the whole."""
    part = "unit" if page.request.POST.get("part") == "unit" else "whole"
    read = _read(page) if part == "unit" else ""
    form = page.comment_form(read, page.request.POST) if read else CommentForm(page.request.POST, prefix="whole")
    if part == "unit" and not read:
        raise services.NotShown
    if not form.is_valid():
        page.bound[part] = form
        return page.shown()
    sent = form.cleaned_data
    services.comment(
        page.partner,
        revision=_sent_revision(page, sent["revision"]),
        language=page.language,
        unit=sent["unit"] if part == "unit" else None,
        words=sent["words"],
        wording=sent.get("wording", ""),
    )
    return page.back(f"unit-{page.request.GET.get('on', '')}" if part == "unit" else "whole")


def _read(page):
    """The paragraph as the partner read it, or "" if there is no such."""
    sent = page.request.POST
    revision = _sent_revision(page, sent.get("unit-revision", ""))
    texts = [text for text in revision.texts if text["language"] == page.language]
    read = placing.paragraphs(texts[0]["body"]) if texts else ()
    place = _number(sent.get("unit-unit"))
    return read[place].html if place is not None and place < len(read) else ""


def _sent_revision(page, number):
    revision = page.consultation.revisions.filter(number=_number(number)).first()
    if revision is None:
        raise services.NotShown
    return revision


def _number(sent):
    return int(sent) if sent is not None and NUMBER.fullmatch(str(sent)) else None


def _state(page):
    form = PositionForm(page.request.POST)
    if not form.is_valid():
        page.bound["position"] = form
        return page.shown()
    services.state_position(page.partner, **form.cleaned_data)
    messages.success(page.request, _("Thank you: your position is with the team. You can change it until the end."))
    return page.back("position")


def _take_back(page):
    form = TakeBackForm(page.request.POST)
    made = page.partner.comments.filter(pk=_number(form.data.get("comment"))).first() if form.is_valid() else None
    if made is None:
        messages.error(page.request, _("Tick the box to take the comment back."))
        return page.back("content")
    services.withdraw_comment(made)
    messages.success(page.request, _("The comment is taken back."))
    return page.back("content")


def _position(partner):
    return {"position": partner.position, "unless": partner.unless}


ACTS = {"comment": _say, "position": _state, "take_back": _take_back}
