"""What a letter still needs before it can be opened, in words, each with the page where it is mended."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaigns.models import Mail
from letters import body, courtesy, instants
from letters.models import Letter, Text
from letters.pdf import writing

DONE, MISSING, DOUBTFUL = "yes", "no", "warn"


@dataclass(frozen=True)
class Check:
    """One line of the list: `state` is "yes", "no" (cannot open) or "warn" (can, but look)."""

    state: str
    label: str
    words: str
    url: str
    act: str = ""  # the words of a button that does it, at `url`, by POST

    @property
    def is_missing(self) -> bool:
        return self.state == MISSING


def checks(letter: Letter) -> list[Check]:
    """Everything that is looked at, in the order one would mend it."""
    write, timetable = (reverse(f"letters:{page}", args=[letter.slug]) for page in ("write", "timetable"))
    campaign = reverse("campaigns:campaign", args=[letter.campaign.slug])
    words = {"title": letter.text.title, "body": letter.text.body} if letter.text else {"title": "", "body": ""}
    return [
        Check(*_title(words), write),
        Check(*_body(words), write),
        Check(*_recipients(letter), write),
        Check(*_translations(letter), reverse("letters:texts", args=[letter.slug])),
        Check(*_closing(letter), timetable),
        Check(*_contact(letter), campaign),
        Check(*_privacy(letter), campaign),
        _delivery(letter),
        Check(*_trial(letter), reverse("signatories:try_out", args=[letter.slug])),
    ]


def missing(letter: Letter) -> list[str]:
    """What forbids opening, one sentence each; empty when nothing does."""
    return [f"{check.label}: {check.words}" for check in checks(letter) if check.is_missing]


def missing_words(texts: Iterable[Mapping[str, Any]]) -> list[str]:
    """The same for the words alone, in all languages, which are all that an amendment can spoil."""
    found = [(text["language"], line) for text in texts for line in (_title(text), _body(text))]
    return [f"{label} ({language}): {words}" for language, (state, label, words) in found if state == MISSING]


def _title(text: Mapping[str, Any]) -> tuple[str, str, str]:
    if text["title"].strip():
        return DONE, _("Title"), text["title"]
    return MISSING, _("Title"), _("Give the letter a title.")


def _body(text: Mapping[str, Any]) -> tuple[str, str, str]:
    words = body.word_count(text["body"])
    if words:
        return DONE, _("Text"), _("%(n)s words") % {"n": words}
    return MISSING, _("Text"), _("Write or paste the text.")


def _recipients(letter: Letter) -> tuple[str, str, str]:
    names = [str(one) for one in letter.recipients.all() if one.line == "to"]
    if names:
        return DONE, _("Recipients"), "; ".join(names)
    return DOUBTFUL, _("Recipients"), _("Nobody is named. A statement has no recipients; a letter should have one.")


def _translations(letter: Letter) -> tuple[str, str, str]:
    """An empty one would be published as it is; a part of one may be better than none."""
    label, authentic, others = _("Translations"), letter.text, letter.texts.exclude(is_authentic=True)
    if authentic is None or not others:
        return DONE, label, _("None. Add a language if some should read the letter in another.")
    found = [(_in(text), text, courtesy.progress(courtesy.beside(text.held, authentic.held))) for text in others]
    if empty := [name for name, text, _progress in found if not (text.title.strip() and body.word_count(text.body))]:
        return MISSING, label, _("%(names)s: translate title and text, or remove it.") % {"names": ", ".join(empty)}
    behind = [_behind(name, progress) for name, _text, progress in found if progress.stale or progress.missing]
    return (DOUBTFUL, label, " ".join(behind)) if behind else (DONE, label, ", ".join(name for name, *_rest in found))


def _behind(name: str, progress: courtesy.Progress) -> str:
    said = []
    if progress.missing:
        words = ngettext(
            "%(n)s paragraph of the text in %(name)s is not translated.",
            "%(n)s paragraphs of the text in %(name)s are not translated.",
            progress.missing,
        )
        said.append(words % {"n": progress.missing, "name": name})
    if progress.stale:
        words = ngettext(
            "%(n)s paragraph of the text in %(name)s is older than the authentic one.",
            "%(n)s paragraphs of the text in %(name)s are older than the authentic one.",
            progress.stale,
        )
        said.append(words % {"n": progress.stale, "name": name})
    return " ".join(said)


def _in(text: Text) -> str:
    return writing.name_of(text.language, translation.get_language() or "en")


def _closing(letter: Letter) -> tuple[str, str, str]:
    label, closes_at = _("Closing time"), letter.closes_at
    if closes_at is None:
        return MISSING, label, _("Say until when organizations can sign.")
    if closes_at <= timezone.now():
        return MISSING, label, _("It lies in the past. Set a later one.")
    if letter.opens_at and letter.opens_at >= closes_at:
        return MISSING, label, _("It comes before sign-on opens. Set a later one.")
    return DONE, label, instants.in_words(closes_at, letter.zone)


def _contact(letter: Letter) -> tuple[str, str, str]:
    address = letter.campaign.contact_email
    if address:
        return DONE, _("Contact address"), address
    return MISSING, _("Contact address"), _("Say where organizations can write to.")


def _privacy(letter: Letter) -> tuple[str, str, str]:
    if letter.campaign.privacy_notice.strip():
        return DONE, _("Privacy notice"), _("It stands on the sign-on form.")
    return (
        MISSING,
        _("Privacy notice"),
        _("Say who keeps what organizations enter, for what, and until when. There is a model to start from."),
    )


def _delivery(letter: Letter) -> Check:
    """By a mail to the contact address: that answers reach somebody is tested with it."""
    label, url = _("Mail delivery"), reverse("letters:test_delivery", args=[letter.slug])
    tests = Mail.objects.filter(kind="campaigns.delivery_test", about_id=str(letter.campaign_id))
    newest = tests.order_by("-created_at").first()
    if newest is None:
        return Check(DOUBTFUL, label, _("Not tested yet."), url, _("Send a test mail to the contact address"))
    if newest.state == Mail.State.SENT and newest.sent_at:
        words = _("A test mail was sent %(instant)s. Look whether it has arrived.")
        return Check(
            DONE, label, words % {"instant": instants.in_words(newest.sent_at, letter.zone)}, url, _("Send another")
        )
    if newest.state == Mail.State.FAILED:
        words = _("The test mail was refused (%(cause)s). Tell whoever runs this site.")
        return Check(DOUBTFUL, label, words % {"cause": newest.error}, url, _("Try again"))
    words = _("A test mail is on its way.") if not newest.error else _("The test mail waits: %(cause)s.")
    return Check(DOUBTFUL, label, words % {"cause": newest.error}, url, _("Send another"))


def _trial(letter: Letter) -> tuple[str, str, str]:
    label = _("Test sign-on")
    states = set(letter.signatories.filter(trial__isnull=False).values_list("status", flat=True))
    if "confirmed" in states:
        return DONE, label, _("Made and confirmed. It goes when the letter opens.")
    if "pending" in states:
        return DOUBTFUL, label, _("Made. Now open the link in its mail and answer.")
    return DOUBTFUL, label, _("Sign on once yourself, as an organization would. It goes when the letter opens.")
