"""What became of the letter: the team tells its signatories."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.models import Mail
from campaigns.outbox import Message, Writer, writes
from signatories import countries
from signatories.emails import samples
from signatories.emails.facts import Facts, Opaque, about, facts, message
from signatories.emails.samples import sampled
from signatories.models import News, Signatory


@dataclass(frozen=True)
class Told:
    """What the team noted. Any part may be ""."""

    whom: str = ""
    day: str = ""
    words: str = ""
    url: str = ""


@writes
def delivered(mail: Mail) -> Message | None:
    return _news(mail, _delivered)


def _delivered(to: Facts, told: Told) -> Message:
    return message(to, _("Delivered: “%(title)s”"), _opaque(), told=told)


@writes
def published(mail: Mail) -> Message | None:
    return _news(mail, _published)


def _published(to: Facts, told: Told) -> Message:
    return message(to, _("Published: “%(title)s”"), _opaque(), told=told)


@writes
def reply_received(mail: Mail) -> Message | None:
    return _news(mail, _reply_received)


def _reply_received(to: Facts, told: Told) -> Message:
    return message(to, _("There is an answer to “%(title)s”"), _opaque(), told=told)


def writer_of(news: News) -> Writer:
    writers: dict[str, Writer] = {
        News.Kind.DELIVERED: delivered,
        News.Kind.PUBLISHED: published,
        News.Kind.REPLIED: reply_received,
    }
    return writers[news.kind]


def news_message(news: News) -> Message:
    """The mail about news that is being written, as a made-up signatory of its letter would get it."""
    letter = news.letter
    to = Facts(
        line=samples.facts().line,
        country=countries.name(samples.facts().line.country, letter.language),
        contact_name=samples.facts().contact_name,
        title=str(letter),
        campaign=letter.campaign.name,
        campaign_address=letter.campaign.contact_email,
        letter_url=settings.SITE_URL + letter.get_absolute_url(),
        link=samples.link("mine"),
        printed_in=letter.language,
        unsubscribe=samples.link("unsubscribe"),
    )
    said = {News.Kind.DELIVERED: _delivered, News.Kind.PUBLISHED: _published, News.Kind.REPLIED: _reply_received}
    return said[News.Kind(news.kind)](to, _told(news))


def _news(mail: Mail, said: Callable[[Facts, Told], Message]) -> Message | None:
    signatory = about(mail, Signatory.Status.LISTED)
    if signatory is None:
        return None
    news = News.objects.filter(pk=mail.data["news"], letter=signatory.letter_id).first()
    return said(facts(mail, signatory), _told(news)) if news else None


def _told(news: News) -> Told:
    return Told(news.whom, date_format(news.happened_on, "j F Y"), news.words, news.url)


def _opaque() -> Opaque:
    """The same for all three: which of them it was would tell about the letter."""
    return Opaque(
        _("News about your message to %(site)s"),
        _("there is news about what you confirmed with us. It stands on this page:"),
    )


WHOM, DAY, URL = "Ada Example", "3 May 2027", "https://bridges.example/letter"
sampled(
    delivered,
    gettext_lazy("The team tells that the letter was delivered."),
    lambda to: _delivered(to, Told(WHOM, DAY, "In her office, by four of us.")),
)
sampled(
    published,
    gettext_lazy("The team tells that the letter was published."),
    lambda to: _published(to, Told("", DAY, "", URL)),
)
sampled(
    reply_received,
    gettext_lazy("The team tells that there is an answer."),
    lambda to: _reply_received(to, Told(WHOM, DAY, "“The bridge stays open.”", URL)),
)
