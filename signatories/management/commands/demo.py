"""Plays the demonstration through the services, then moves its instants into the past where the story wants them.

The journal keeps the true instants: nobody can change it.
"""

import time
from dataclasses import replace
from datetime import timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.models import Permission
from django.core.management import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from campaigns import crypto, outbox
from campaigns import demonstration as logins
from campaigns import services as campaign_services
from campaigns.models import Campaign, Mail, User
from letters import body, changes, courtesy
from letters import services as letters
from letters.models import Letter
from letters.services import drafting, publications, renderings, working
from signatories import demonstration, guarding, services
from signatories.demonstration import Story, answer
from signatories.models import Line, Signatory
from signatories.services import Contact

ZONE = "Africa/Nairobi"
VETTER_MAY = [
    *("vet_signatory", "view_signatory", "keep_register"),
    *("view_letter", "view_campaign", "view_mail", "view_journalentry"),
    *("view_sitepause", "add_sitepause", "change_sitepause"),
]
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
PATIENCE = 30  # seconds


class Command(BaseCommand):
    help = "Load the demonstration campaign and its logins, if there is no campaign yet. Needs DEBUG."

    def add_arguments(self, parser):
        parser.add_argument("--undelivered", action="store_true", help="leave the setting of PDFs to the workers")

    def handle(self, undelivered=False, **options):
        if not settings.DEBUG:
            raise CommandError("The demonstration logins have known passwords: they are made with DEBUG only.")
        if Campaign.objects.exists():
            return
        with transaction.atomic():
            people = {role: _user(role, email, password) for role, email, password in logins.LOGINS}
            campaign = campaign_services.create_campaign(**demonstration.CAMPAIGN, by=people["coordinator"])
            _consulted(_draft(campaign, demonstration.DRAFT_LETTER, people), people["coordinator"])
            edition = _closed(campaign, people)
            _open(campaign, people)
        if not undelivered and _is_set(edition):
            with transaction.atomic():
                _delivered(edition, people["coordinator"])
        self.stdout.write("The demonstration campaign is loaded.")


def _user(role, email, password):
    user = User.objects.create_user(
        email,
        password,
        name=logins.NAMES[role],
        is_demonstration=True,
        is_staff=role != "coordinator",
        is_superuser=role == "administrator",
    )
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    if role == "vetter":
        user.user_permissions.set(Permission.objects.filter(codename__in=VETTER_MAY))
    return user


def _draft(campaign, script, people, *, closes_at=None, date=None):
    by = people["coordinator"]
    letter = drafting.create_letter(campaign, title=script.text["title"], language=script.text["language"], by=by)
    blank = dict.fromkeys(drafting.ON_RECIPIENT, "")
    written = replace(
        drafting.current(letter),
        **script.text | {"body": body.clean(script.text["body"])},
        place=script.place,
        date=date,
        recipients=tuple(blank | recipient for recipient in script.recipients),
    )
    drafting.save_draft(letter, written, base=drafting.current(letter).fingerprint(), by=by)
    drafting.set_timetable(letter, slug=script.slug, by=by, closes_at=closes_at, zone=ZONE)
    return Letter.objects.get(pk=letter.pk)


def _translated(letter, text, by):
    """With a courtesy text, paragraph by paragraph."""
    letters.add_text(letter, text["language"], by=by)
    words = working.read(letter)
    french = next(one for one in words.texts if one["language"] == text["language"])
    paragraphs = [unit.html for unit in changes.units(text["body"])]
    rows = courtesy.beside(french, words.authentic)
    made = [
        one.saying(text[one.kind] if one.is_line else paragraphs.pop(0), one.authentic) for one in rows if one.authentic
    ]
    french.update(courtesy.written(made))
    working.write(letter, words, by=by)


def _consulted(letter, by):
    """Partners have been asked for a week, and some have answered."""
    consultation = letters.begin_consultation(
        letter, closes_at=timezone.now() + 7 * DAY, message=demonstration.MESSAGE, by=by
    )
    for one in demonstration.VOICES:
        letters.invite_partners(consultation, [letters.Invitee(one.organization, one.email)], by=by)
        partner = consultation.partners.get(organization=one.organization)
        if one.position:
            letters.state_position(partner, position=one.position, unless=one.unless)
        if one.words:
            said = {"words": one.words, "wording": one.wording}
            comment = letters.comment(partner, revision=letter.revision, language="en", unit=one.unit, **said)
            if one.answer:
                letters.answer(comment, answer=one.answer, words=one.why, by=by)


def _open(campaign, people):
    """Open for eighteen days, ten to go."""
    now = timezone.now()
    closes_at = now.replace(hour=15, minute=0, second=0, microsecond=0) + 10 * DAY
    letter = _draft(campaign, demonstration.OPEN_LETTER, people, closes_at=closes_at, date=closes_at.date())
    letters.open_for_signing(letter, by=people["coordinator"])
    _sign(letter, "open", people["vetter"])
    _flood(letter, people["vetter"])
    Letter.objects.filter(pk=letter.pk).update(opens_at=now - 18 * DAY)


def _flood(letter, vetter):
    """Two bursts, held because they filled in what nobody sees: one is set aside, the other waits for the vetter."""
    for burst in (demonstration.SET_ASIDE, demonstration.TO_FIND):
        _forge(letter, burst)
        if burst == demonstration.SET_ASIDE:
            _set_aside(services.Rule(letter.pk, domain=burst.domain), demonstration.WHY, vetter)
    several = services.Rule(letter.pk, states=(Signatory.Status.LISTED,), name="lake")
    services.undo(_set_aside(several, demonstration.MISTAKEN, vetter), by=vetter)


def _forge(letter, burst):
    marks, began_at = guarding.Marks(trap="https://quickpost.example"), timezone.now() - burst.hours * HOUR
    for number, name in enumerate(burst.names()):
        source = crypto.keyed_hash("source", "demonstration", burst.domain, str(number % burst.places))[:32]
        services.sign_on(
            letter,
            line=Line(name, "", "KE"),
            visibility=Signatory.Visibility.PUBLIC,
            scope=Signatory.Scope.NATIONAL,
            contact=Contact("Jo Smith", "Manager", f"office{number}@{burst.domain}"),
            language="en",
            sending=guarding.Sending(began_at + number * timedelta(seconds=2), source, marks),
        )


def _set_aside(rule, reason, vetter):
    return services.invalidate(rule, seen=services.preview(rule).number, reason=reason, by=vetter)


def _closed(campaign, people):
    """Closed forty days ago; the roll is frozen, and its documents are to be set."""
    now = timezone.now()
    closed_at = now - 40 * DAY
    letter = _draft(campaign, demonstration.CLOSED_LETTER, people, closes_at=now + DAY, date=closed_at.date())
    _translated(letter, demonstration.FRENCH, people["coordinator"])
    letters.open_for_signing(letter, by=people["coordinator"])
    _sign(letter, "closed", people["vetter"])
    letters.close(letter, by=people["coordinator"])
    Letter.objects.filter(pk=letter.pk).update(opens_at=now - 75 * DAY, closes_at=closed_at, closed_at=closed_at)
    services.lapse_unconfirmed()
    return letters.freeze(letter, by=people["coordinator"])


def _is_set(edition):
    """Whether its documents are there, set here and now or by a worker that runs already. Where they cannot be set, as
    without fonts, the desk says why, and what comes after is left to whoever tries it."""
    until = time.monotonic() + PATIENCE
    while not publications.is_set(edition):
        renderings.render_due()
        if edition.renderings.failed().exists() or time.monotonic() > until:
            break
        time.sleep(0.1)
    return publications.is_set(edition)


def _delivered(edition, by):
    """Handed over and acknowledged; published, answered, and the answer published."""
    today = timezone.now().date()
    parcel = letters.Parcel("hand", edition.revision.authentic["language"], note=answer.NOTE)
    delivery = letters.prepare_delivery(edition, 0, parcel, by=by)
    shown = letters.dry_run(delivery).shown
    letters.hand_over(delivery, at=timezone.now(), words=answer.HANDED_OVER, by=by, shown=shown)
    letters.acknowledge(delivery, on=today, words=answer.ACKNOWLEDGED, proof=answer.STAMP, by=by)
    words = publications.proposed(edition, None)
    words[edition.revision.authentic["language"]]["lead"] = answer.LEAD
    plan = publications.Plan(words, shows_salutation=True, shows_closing=True, tells_signatories=False, comes_at=None)
    publication = publications.prepare(edition, plan, by=by)
    publications.release(publication, by=by, seen=publications.fingerprint(publication))
    reply = letters.enter_reply(
        edition.letter, letters.Received(answer.REPLIED_BY, today, answer.REPLY), by=by, delivery=delivery
    )
    letters.publish_reply(reply, by=by)


def _sign(letter, name, vetter):
    for number, one in enumerate(demonstration.cast_of(name)):
        line = Line(one.name, one.acronym, one.country, one.website)
        contact = Contact(one.contact, one.role, one.email)
        services.sign_on(letter, line=line, visibility=one.visibility, scope=one.scope, contact=contact, language="en")
        signatory = letter.signatories.get(contact_hash=outbox.address_hash(one.email))
        _live(one, signatory, vetter)
        _backdate(one, signatory, decided_after=HOUR * (5 + 7 * (number % 6)))


def _live(one, signatory, vetter):
    """What becomes of it, as `one.story` says."""
    itself = Signatory.objects.filter(pk=signatory.pk)
    if one.story == Story.UNCONFIRMED:
        return
    if one.story == Story.REFUSED:
        services.refuse(signatory.tokens.get())
        return
    services.confirm(signatory.tokens.get())
    if one.story in {Story.LISTED, Story.WITHDRAWN}:
        services.approve(itself, by=vetter)
    if one.story == Story.WITHDRAWN:
        itself.get().move_to(Signatory.Status.WITHDRAWN)
    if one.story == Story.DECLINED:
        services.decline(itself, by=vetter, reason=one.reason, note=one.note)
    if one.story == Story.DUPLICATE:
        services.mark_duplicate(itself.get(), of=signatory.letter.signatories.get(name=one.repeats), by=vetter)


def _backdate(one, signatory, decided_after):
    """Move its instants into the past, and count its mails as sent, but for the newest of those to be told."""
    signatory.refresh_from_db()
    signed_at = timezone.now() - one.days * DAY
    instants = {"signed_at": signed_at}
    if signatory.confirmed_at:
        instants["confirmed_at"] = signed_at + HOUR
    if signatory.decided_at:
        instants["decided_at"] = min(signed_at + HOUR + decided_after, timezone.now() - HOUR)
    Signatory.objects.filter(pk=signatory.pk).update(**instants)
    newest = "decided_at" if "decided_at" in instants else "confirmed_at" if "confirmed_at" in instants else "signed_at"
    moments = {
        "signatories.confirm": "signed_at",
        "signatories.received": "confirmed_at",
        "signatories.listed": "decided_at",
        "signatories.not_accepted": "decided_at",
    }
    for mail in Mail.objects.about(signatory):
        moment = moments[mail.kind]
        if one.told and moment == newest:
            continue
        at = instants[moment]
        Mail.objects.filter(pk=mail.pk).update(
            state=Mail.State.SENT, to="", attempts=1, created_at=at, run_after=at, sent_at=at
        )
