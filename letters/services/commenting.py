"""What partners say about a draft, and what the team answers.

Everything happens with the letter locked, so a comment and the end of the round, or an answer and a comment taken back,
come one after the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from campaigns.models import JournalEntry, User
from letters import body, courtesy, emails
from letters.changes import Unit, joined, units
from letters.models import Comment, Letter, Partner, Revision
from letters.services import consulting, placing, revisions, working
from letters.services.consulting import NotConsulting
from letters.services.working import NotDraft

Answer = Comment.Answer
TWICE = timedelta(minutes=10)  # the same words about the same paragraph within them are one comment
MOST_COMMENTS = 300  # of one partner


class NotShown(Exception):
    """The partner was never shown this revision, or there is no such text or paragraph in it."""


class ParagraphGone(Exception):
    """The paragraph, or the whole text it stood in, is no longer there: its wording has no place to go."""


class TakenBack(Exception):
    """The partner has taken the comment back."""


class AnsweredMeanwhile(Exception):
    """The comment has another answer than the one that was on the screen."""


class TooManyComments(Exception):
    """More than anybody reads: a link that has fallen into the wrong hands, or a machine."""


class ReasonMissing(Exception):
    """A refusal has to be accounted for: a comment that is not accepted, a letter that cannot be signed."""


@transaction.atomic
def comment(
    partner: Partner, *, revision: Revision, language: str, unit: int | None, words: str = "", wording: str = ""
) -> Comment:
    """Say something about a paragraph of what was read, or with `unit` None about the whole.

    `unit` counts the paragraphs of that text (letters.changes.units) from 0; `wording` is plain text (letters.body).
    Saying the same twice within minutes is saying it once. Raises NotConsulting and NotShown.
    """
    partner = _speaking(partner)
    _check_shown(partner, revision, language, unit)
    said = {"language": language, "unit": unit, "words": words.strip(), "wording": wording.strip()}
    same = partner.comments.standing().filter(**said, made_at__gt=timezone.now() - TWICE).first()
    if same:
        return same
    if partner.comments.count() >= MOST_COMMENTS:
        raise TooManyComments
    made = partner.comments.create(revision=revision, **said)
    JournalEntry.objects.record("commented", made, letter=revision.letter_id, partner=partner.pk)
    _tell_team(partner, made.made_at)
    return made


@transaction.atomic
def withdraw_comment(comment: Comment) -> None:
    """Take it back, while it is unanswered. Doing it twice is harmless. Raises NotConsulting, AnsweredMeanwhile."""
    partner = _speaking(comment.partner)
    comment = partner.comments.get(pk=comment.pk)
    if comment.answer:
        raise AnsweredMeanwhile
    if partner.comments.unanswered().filter(pk=comment.pk).update(withdrawn_at=timezone.now()):
        JournalEntry.objects.record("took back comment", comment, partner=partner.pk)


@transaction.atomic
def state_position(partner: Partner, *, position: str, unless: str = "") -> None:
    """Say whether the organization would sign; the newest word counts. Raises NotConsulting, ReasonMissing."""
    partner = _speaking(partner)
    refuses = position == Partner.Position.REFUSE
    unless = unless.strip() if refuses else ""
    if refuses and not unless:
        raise ReasonMissing
    if (partner.position, partner.unless) == (position, unless):
        return
    now = timezone.now()
    partner.position, partner.unless, partner.stated_at = position, unless, now
    partner.save(update_fields=["position", "unless", "stated_at"])
    JournalEntry.objects.record("stated position", partner, position=str(position))
    _tell_team(partner, now)


@transaction.atomic
def answer(
    comment: Comment, *, answer: str, by: User, words: str = "", take_wording: bool = False, was: str = ""
) -> Comment:
    """Answer, or answer anew what was answered with `was`; the partner is written to some minutes later.

    With `take_wording` the proposed wording replaces the paragraph where it stands now, or nothing happens at all.
    Raises TakenBack, AnsweredMeanwhile, ReasonMissing, and for a wording ParagraphGone and NotDraft.
    """
    letter = consulting.held(comment.partner.consultation).letter
    comment = Comment.objects.select_related("partner", "revision").get(pk=comment.pk)
    if comment.withdrawn_at:
        raise TakenBack
    if comment.answer != was:
        raise AnsweredMeanwhile
    if answer == Answer.DECLINED and not words.strip():
        raise ReasonMissing
    if take_wording:
        comment.answered_in = _take(letter, comment, by)
    comment.answer, comment.answer_words = answer, words.strip()
    comment.answered_at, comment.answered_by = timezone.now(), by
    comment.save(update_fields=["answer", "answer_words", "answered_at", "answered_by", "answered_in"])
    JournalEntry.objects.record("answered", comment, by=by, letter=letter.pk, answer=str(answer), taken=take_wording)
    _tell_partner(comment.partner, comment.answered_at)
    return comment


def _speaking(partner: Partner) -> Partner:
    """The partner, if it may say something now, with the letter locked."""
    consultation = consulting.held(partner.consultation)
    partner = Partner.objects.get(pk=partner.pk)
    partner.consultation = consultation
    if partner.revoked_at or not consultation.takes_comments:
        raise NotConsulting
    return partner


def _check_shown(partner: Partner, revision: Revision, language: str, unit: int | None) -> None:
    if not partner.consultation.revisions.filter(pk=revision.pk).exists():
        raise NotShown
    text = next((text for text in revision.texts if text["language"] == language), None)
    if text is None or (unit is not None and not 0 <= unit < len(units(text["body"]))):
        raise NotShown


def _tell_team(partner: Partner, since: datetime) -> None:
    consultation = partner.consultation
    to = consultation.letter.campaign.contact_email
    emails.collect(emails.partner_commented, consultation, to=to, since=since)


def _tell_partner(partner: Partner, since: datetime) -> None:
    if partner.revoked_at is None:
        language = emails.spoken(partner.language)
        emails.collect(emails.comment_answers, partner, to=partner.email, since=since, language=language)


def _take(letter: Letter, comment: Comment, by: User) -> Revision:
    """Put the wording where the paragraph stands now, as it is being written, and keep that."""
    if not letter.is_draft:
        raise NotDraft
    words = working.read(letter)
    text = words.text_in(comment.language)
    if text is None or comment.unit is None or not comment.wording:
        raise ParagraphGone
    place = placing.places([comment], text)[comment.pk]
    if place is None:
        raise ParagraphGone
    now = units(text["body"])
    new = _standing_for(now[place], comment.wording)
    was, text["body"] = text["body"], joined([*now[:place], *new, *now[place + 1 :]])
    if text["sources"].get("body") == courtesy.mark(was):
        pieces = list(_pieces(text["sources"]["units"], place, comment.wording))
        text["sources"] |= {"units": pieces, "body": courtesy.mark(text["body"])}
    working.write(letter, words, by=by)
    return revisions.keep(letter, by=by)


def _standing_for(old: Unit, wording: str) -> list[Unit]:
    """The wording as units in the place of an old one: in the same item or quote, and a heading if that was one."""
    new = units(body.from_text(wording))
    if not new:
        raise ParagraphGone
    is_line = len(new) == 1 and new[0].tag == "p" and not new[0].place
    tag = old.tag if is_line else ""
    return [
        Unit(
            tag or unit.tag,
            f"<{tag}>{unit.html.removeprefix('<p>').removesuffix('</p>')}</{tag}>" if tag else unit.html,
            unit.text,
            (*old.place, *unit.place),
            unit.opens + (0 if number else old.opens),
        )
        for number, unit in enumerate(new)
    ]


def _pieces(pieces: Iterable[dict[str, Any]], place: int, wording: str) -> Iterator[dict[str, Any]]:
    """The pieces of a courtesy text (letters.courtesy) with the new wording in its own: the others stay checked."""
    for piece in pieces:
        its = units(piece["html"])
        if 0 <= place < len(its):
            html = joined([*its[:place], *_standing_for(its[place], wording), *its[place + 1 :]])
            piece = {**piece, "html": html}
        place -= len(its)
        yield piece
