"""What became of the letter, with the receipt of who reads it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.models import Mail
from campaigns.outbox import Message, Writer, writes
from letters import instants
from letters.models import Edition, Publication
from letters.models.editions import long_in
from letters.pdf import typesetting, writing
from signatories import countries, receipts
from signatories.emails import samples
from signatories.emails.facts import Facts, Opaque, about, facts, message
from signatories.emails.samples import sampled
from signatories.models import News, Signatory
from signatories.receipts import Forward, Receipt


@dataclass(frozen=True)
class Since:
    """What is new about a publication: the one that came out before, its edition and day, and when that was taken back,
    or "". Of another edition how many names the two lists have, and whether the text is another.
    """

    edition: int
    day: str
    taken_back: str = ""
    is_other: bool = False
    names: str = ""
    names_before: str = ""
    is_amended: bool = False


@dataclass(frozen=True)
class Told:
    """What is told, and how who reads it stands in the edition that it is about. Any part may be "".

    `edition` is its number, 0 where none is known; `receipt` is None for who does not stand in it; `frozen` is when it
    was frozen, in words; `since` is None where nothing was published before; `document` is what its language is called,
    and `pdf` where it is, once anybody may have it.
    """

    whom: str = ""
    day: str = ""
    words: str = ""
    url: str = ""
    edition: int = 0
    receipt: Receipt | None = None
    frozen: str = ""
    document: str = ""
    pdf: str = ""
    forward: Forward | None = None
    since: Since | None = None


@writes
def delivered(mail: Mail) -> Message | None:
    return _news(mail, _delivered)


def _delivered(to: Facts, told: Told) -> Message:
    return message(to, _("Delivered: “%(title)s”"), _opaque(), told=told)


@writes
def published(mail: Mail) -> Message | None:
    return _news(mail, _published)


def _published(to: Facts, told: Told) -> Message:
    if told.since and told.since.taken_back:
        subject = _("Published again: “%(title)s”")
    elif told.since:
        subject = _("Edition %(edition)s is published: “%(title)s”")
    else:
        subject = _("Published: “%(title)s”")
    return message(to, subject, _opaque(), told=told, edition=told.edition)


@writes
def taken_back(mail: Mail) -> Message | None:
    return _news(mail, _taken_back)


def _taken_back(to: Facts, told: Told) -> Message:
    return message(to, _("Taken back: “%(title)s”"), _opaque(), told=told)


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
        News.Kind.TAKEN_BACK: taken_back,
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
        zone=letter.zone,
        printed_in=letter.language,
        unsubscribe=samples.link("unsubscribe"),
    )
    said = {News.Kind.DELIVERED: _delivered, News.Kind.PUBLISHED: _published, News.Kind.REPLIED: _reply_received}
    return said[News.Kind(news.kind)](to, _about(news, to, samples.receipt(news.edition) if news.edition else None))


def _news(mail: Mail, said: Callable[[Facts, Told], Message]) -> Message | None:
    signatory = about(mail, Signatory.Status.LISTED)
    if signatory is None:
        return None
    found = News.objects.select_related("edition", "publication").defer(*long_in("edition"))
    news = found.filter(pk=mail.data["news"], letter=signatory.letter_id).first()
    if news is None or news.is_over:
        return None
    to = facts(mail, signatory)
    if to.is_withheld:  # its mail says that there is news, and all of it stands behind the link
        return said(to, Told())
    news.letter = signatory.letter
    return said(to, _about(news, to, receipts.in_edition(signatory, news.edition) if news.edition else None))


def _about(news: News, to: Facts, receipt: Receipt | None) -> Told:
    url = to.letter_url if news.publication_id else news.url
    since = _since(news) if news.publication else None
    told = Told(news.whom, date_format(news.happened_on, "j F Y"), news.words, url, since=since)
    if news.edition is None:
        return told
    language = translation.get_language() or settings.LANGUAGE_CODE
    return replace(
        told,
        edition=news.edition.number,
        receipt=receipt,
        frozen=to.when(news.edition.as_of),
        document=writing.name_of(receipt.language, language) if receipt else "",
        pdf=receipts.pdf_url(news.edition),
        forward=receipts.forward(news.letter, language, to.letter_url),
    )


def _since(news: News) -> Since | None:
    """Of what was taken back, that itself; of what came out, the one before, if that makes this one news."""
    back = news.kind == News.Kind.TAKEN_BACK
    at = {"pk": news.publication_id} if back else {"pk__lt": news.publication_id, "came_at__isnull": False}
    then = news.letter.publications.with_edition().filter(**at).order_by("-pk").first()
    if then is None:
        return None
    since = Since(then.edition.number, _day(news, then.came_at))
    if then.status == Publication.Status.REMOVED:
        since = replace(since, taken_back=_day(news, then.went_at))
    if back or news.edition is None or news.edition == then.edition:
        return since if since.taken_back else None
    texts = news.letter.revisions.filter(pk__in=[news.edition.revision_id, then.edition.revision_id])
    return replace(
        since,
        is_other=True,
        names=_number(receipts.names_in(news.edition)),
        names_before=_number(receipts.names_in(then.edition)),
        is_amended=len(set(texts.values_list("digest", flat=True))) > 1,
    )


def _day(news: News, at: datetime | None) -> str:
    return date_format(instants.on_the_wall(at, news.letter.zone).date(), "j F Y") if at else ""


def _number(names: int) -> str:
    language = translation.get_language() or settings.LANGUAGE_CODE
    return writing.of(language).figures(typesetting.number(names))


def _opaque() -> Opaque:
    """The same for all four: which of them it was would tell about the letter."""
    return Opaque(
        _("News about your message to %(site)s"),
        _("there is news about what you confirmed with us. It stands on this page:"),
    )


WHOM, DAY, URL = "Ada Example", "3 May 2027", "https://bridges.example/letter"


def _sample(to: Facts, pdf: str = "", *, whom: str = "", words: str = "", url: str = "") -> Told:
    receipt = samples.receipt(Edition(number=2, as_of=samples.soon(-9)))
    return Told(
        whom=whom,
        day=DAY,
        words=words,
        url=url,
        edition=2,
        receipt=receipt,
        frozen=to.when(receipt.as_of),
        document=writing.name_of(receipt.language, translation.get_language() or settings.LANGUAGE_CODE),
        pdf=pdf,
        forward=Forward(to.title, to.letter_url),
    )


sampled(
    delivered,
    gettext_lazy("The team tells that the letter was delivered."),
    lambda to: _delivered(to, _sample(to, whom=WHOM, words="In her office, by four of us.")),
)
sampled(
    published,
    gettext_lazy("The team tells that the letter was published, or it came out here."),
    lambda to: _published(to, _sample(to, f"{samples.LETTER}2.pdf", url=URL)),
)
sampled(
    taken_back,
    gettext_lazy("The team has taken back what was published, and tells so."),
    lambda to: _taken_back(to, Told(day="9 May 2027", url=samples.LETTER, since=Since(2, DAY, "9 May 2027"))),
)
sampled(
    reply_received,
    gettext_lazy("The team tells that there is an answer."),
    lambda to: _reply_received(to, _sample(to, whom=WHOM, words="“The bridge stays open.”", url=URL)),
)
