"""Two campaigns that have everything, and everybody who may or may not come near."""

from __future__ import annotations

import base64
import hashlib
import time
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone

from campaigns import services as campaigns
from campaigns import tokens
from campaigns.models import Campaign, JournalEntry, Mail, Membership, Role, SitePause, Suppression, User
from letters import services as letters
from letters.models import Edition, Letter, Logo, PastedRoll, Rendering, Reply
from letters.services import publications, working
from signatories import services
from signatories.models import Organization, Purpose, SecondContact, Signatory, Token
from signatories.services import importing
from tests.factories import (
    CampaignFactory,
    CommentFactory,
    ConsultationFactory,
    LetterFactory,
    MembershipFactory,
    OpenLetterFactory,
    PartnerFactory,
    RevisionFactory,
    SignatoryFactory,
    TextFactory,
    UserFactory,
)
from tests.signing_in import sign_in

ROLES = (
    *("anonymous", "stranger", "viewer", "translator", "coordinator", "owner"),
    *("vetter", "elsewhere", "everywhere", "staff", "administrator"),
)
"""Of campaign "ours": its team, and its vetter. `elsewhere` is another campaign's vetter, `everywhere` one by the
site's permission, `staff` somebody who may enter the admin and do nothing there."""

PDF = b"%PDF-"

OF_THE_SITE = set("- user group pause entry mail factor suppression address organization sample app nothing".split())
"""Things that belong to no campaign."""


@dataclass
class Cast:
    """`things[campaign][name]` is what stands in a page's address; `cookies[role]` is that role's session."""

    cookies: dict[str, str] = field(default_factory=dict)
    things: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict)


def assemble() -> Cast:
    """Everybody and everything. Two campaigns alike: of the second, the team of the first must see nothing."""
    cast = Cast()
    for name in ("ours", "theirs"):
        cast.things[name] = _campaign(name)
    ours, theirs = (Campaign.objects.get(slug=name) for name in ("ours", "theirs"))
    people: dict[str, User] = {"stranger": UserFactory(), "staff": UserFactory(is_staff=True)}
    people |= {role.value: _member(ours, role) for role in Role}
    people["elsewhere"] = _member(theirs, Role.VETTER)
    people["everywhere"] = UserFactory(is_staff=True)
    people["everywhere"].user_permissions.add(Permission.objects.get(codename="vet_signatory"))
    people["administrator"] = UserFactory(is_staff=True, is_superuser=True)
    for user in people.values():
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    cast.cookies = {role: _session(user) for role, user in people.items()}
    for name in ("ours", "theirs"):
        cast.things[name] |= _of_the_site(people["stranger"])
    return cast


def _member(campaign: Campaign, role: str) -> User:
    return Membership.objects.get(campaign=campaign, role=role).user


def _session(user: User) -> str:
    """Signed in a moment ago, with a second factor."""
    client = Client()
    sign_in(client, user, with_second_factor=True)
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": time.time()}]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()
    return f"{client.cookies['sessionid'].key}={client.cookies['sessionid'].value}"


def _campaign(slug: str) -> dict[str, dict[str, Any]]:
    campaign = CampaignFactory(slug=slug)
    team = {role: MembershipFactory(campaign=campaign, role=role) for role in Role}
    owner = team[Role.OWNER].user
    invitation = campaigns.invite_to_team(campaign, email=f"new@{slug}.example", role=Role.VIEWER, by=owner)
    return {
        "campaign": {"slug": slug, "object_id": campaign.pk},
        "member": {"slug": slug, "pk": team[Role.TRANSLATOR].pk},
        "invitation": {"slug": slug, "pk": invitation.pk},
        "join": {"token": tokens.token("team", invitation.nonce)},
        **_draft(campaign),
        **_open(campaign, owner),
        **_closed(campaign, owner),
        **_published(campaign, owner),
    }


def _draft(campaign: Campaign) -> dict[str, dict[str, Any]]:
    """Partners are consulted; a list of names came with the text."""
    letter = LetterFactory(campaign=campaign, slug=f"{campaign.slug}-draft", status=Letter.Status.CONSULTATION)
    Logo.objects.create(letter=letter, digest="0" * 64, picture=b"", width=1, height=1)
    TextFactory(letter=letter, language="fr", is_authentic=False)
    PastedRoll.objects.create(letter=letter, lines="Heron Trust")
    consultation = ConsultationFactory(letter=letter)
    comment = CommentFactory(partner=PartnerFactory(consultation=consultation))
    at = {"slug": letter.slug}
    return {
        "draft": {**at, "language": "fr", "number": 1, "digest": letter.logos.get().digest},
        "comparison": {**at, "query": "old=1&new=now"},
        "consultation": {**at, "pk": consultation.pk},
        "partner": {**at, "pk": comment.partner.pk, "token": comment.partner.secret},
        "comment": {**at, "pk": comment.pk},
    }


def _open(campaign: Campaign, owner: User) -> dict[str, dict[str, Any]]:
    """Amended once; with sign-ons in every state that has pages of its own."""
    letter = OpenLetterFactory(campaign=campaign, slug=f"{campaign.slug}-open", text={"is_authentic": True})
    _amend(letter, owner)
    letter = Letter.objects.get(pk=letter.pk)
    made = _rendered(revision=letter.revision, language="en")
    pending, listed = SignatoryFactory(letter=letter), SignatoryFactory(letter=letter, listed=True)
    confirmed = SignatoryFactory(letter=letter, confirmed=True)
    SecondContact.objects.create(signatory=confirmed, email="second@heron.example", email_hash="0")
    SignatoryFactory(letter=letter, confirmed=True, visibility=Signatory.Visibility.COUNTED)
    set_aside = SignatoryFactory(letter=letter)
    rule = services.Rule(letter.pk, domain=set_aside.contact_email.partition("@")[2])
    cohort = services.invalidate(rule, seen=1, reason="a burst", by=owner)
    mailed = importing.take_in(letter, by=owner, origin="mail", source="A mail", text="Heron Trust\nOtter Aid")
    return {
        "list": {"slug": letter.slug, "pk": mailed.pk, "number": 1},
        "open": {"slug": letter.slug, "language": "fr", "number": 2},
        "embedding": {"query": f"url={settings.SITE_URL}/letters/{letter.slug}/"},
        "rendering": {"slug": letter.slug, "pk": made.pk},
        "signatory": {"object_id": confirmed.pk},
        "cohort": {"pk": cohort.pk, "object_id": cohort.pk},
        "confirming": {"token": Token.objects.issue(pending, Purpose.CONFIRM).secret},
        "mine": {"token": Token.objects.issue(listed, Purpose.MINE).secret},
        "vouching": {"token": Token.objects.issue(confirmed, Purpose.SECOND).secret},
        "unsubscribing": {"token": Token.objects.issue(listed, Purpose.UNSUBSCRIBE).secret},
    }


def _amend(letter: Letter, owner: User) -> None:
    letters.prepare_amendment(letter, by=owner)
    letter = Letter.objects.get(pk=letter.pk)
    words = working.read(letter)
    words.authentic["body"] = "<p>We ask you to keep both bridges open.</p>"
    working.write(letter, words, by=owner)
    letters.amend(letter, weight="substance", by=owner, until=timezone.now() + timedelta(days=3))


def _closed(campaign: Campaign, owner: User) -> dict[str, dict[str, Any]]:
    letter = OpenLetterFactory(campaign=campaign, slug=f"{campaign.slug}-closed")
    SignatoryFactory(letter=letter, listed=True)
    letters.close(letter, by=owner)
    edition = letters.freeze(Letter.objects.get(pk=letter.pk), by=owner)
    _rendered(edition=edition, language="en")
    at = {"slug": letter.slug}
    return {"closed": at, "edition": {**at, "number": 1, "language": "en", "place": 0}, **_delivered(edition, owner)}


def _delivered(edition: Edition, owner: User) -> dict[str, dict[str, Any]]:
    """One that is prepared, one that is to be handed over, one that is acknowledged; and a reply."""
    parcel = letters.Parcel("email", "en", email="ada@bridges.example", from_name="Team", subject="A letter")
    mail = letters.prepare_delivery(edition, 0, parcel, by=owner)
    by_hand = letters.prepare_delivery(edition, 0, letters.Parcel("hand", "en"), by=owner)
    letters.release_delivery(by_hand, by=owner, shown=letters.dry_run(by_hand).shown)
    by_post = letters.prepare_delivery(edition, 0, letters.Parcel("post", "en"), by=owner)
    letters.hand_over(by_post, at=timezone.now(), by=owner, shown=letters.dry_run(by_post).shown)
    letters.acknowledge(by_post, on=timezone.now().date(), proof=("receipt.pdf", b"%PDF-"), by=owner)
    received = letters.Received("Ada Example", timezone.now().date(), "Thank you.", ("reply.pdf", b"%PDF-"))
    reply = letters.enter_reply(edition.letter, received, by=owner)
    at = {"slug": edition.letter.slug}
    return {
        "delivery": {**at, "pk": mail.pk},
        "by_hand": {**at, "pk": by_hand.pk},
        "acknowledged": {**at, "pk": by_post.pk},
        "reply": {**at, "number": reply.number},
    }


def _published(campaign: Campaign, owner: User) -> dict[str, dict[str, Any]]:
    """In two languages, answered in public; and other words are prepared."""
    letter = OpenLetterFactory(campaign=campaign, slug=f"{campaign.slug}-published", text={"is_authentic": True})
    TextFactory(letter=letter, language="fr", is_authentic=False)
    RevisionFactory(letter=letter, number=2)
    letters.close(letter, by=owner)
    edition = letters.freeze(Letter.objects.get(pk=letter.pk), by=owner)
    for language in ("en", "fr"):
        _rendered(edition=edition, language=language)
    plan = publications.Plan({"en": {"headline": "We ask"}}, False, False, False, None)
    first = publications.prepare(edition, plan, by=owner)
    publications.release(first, by=owner, seen=publications.fingerprint(first))
    publications.prepare(edition, plan, by=owner)
    file = {"file": base64.b64encode(b"%PDF-").decode(), "sha256": "0" * 64}
    answered = {"by_whom": "Ada", "received_on": timezone.now().date(), **file}
    Reply.objects.create(letter=letter, number=1, entered_by=owner, published_at=timezone.now(), **answered)
    return {"published": {"slug": letter.slug, "language": "fr", "number": 1}}


def _rendered(**of: Any) -> Rendering:
    rendering, _ = Rendering.objects.get_or_create(**of)
    rendering.state, rendering.done_at, rendering.sha256 = (
        Rendering.State.DONE,
        timezone.now(),
        hashlib.sha256(PDF).hexdigest(),
    )
    rendering.file.save("document.pdf", ContentFile(PDF))
    return rendering


def _of_the_site(somebody: User) -> dict[str, dict[str, Any]]:
    """What belongs to no campaign."""
    factor = somebody.authenticator_set.get()
    pause = SitePause.objects.create(reason="a drill", started_by=somebody, ended_at=timezone.now(), ended_by=somebody)
    organization, other = (Organization.objects.get_or_create(pk=number)[0].pk for number in (1, 2))
    return {
        "user": {"object_id": somebody.pk, "id": somebody.pk},
        "group": {"object_id": Group.objects.get_or_create(name="helpers")[0].pk},
        "pause": {"object_id": pause.pk},
        "entry": {"object_id": JournalEntry.objects.earliest("pk").pk},
        "mail": {"object_id": Mail.objects.earliest("created_at").pk, "name": "nothing", "number": 1},
        "factor": {"object_id": factor.pk, "pk": factor.pk},
        "suppression": {"object_id": Suppression.objects.get_or_create(address_hash="0")[0].pk},
        "address": {"object_id": somebody.emailaddress_set.get().pk},
        "double": {"query": "app_label=signatories&model_name=signatory&field_name=duplicate_of&term="},
        "organization": {"object_id": organization, "pk": organization, "into": other},
        "sample": {"kind": "signatories.confirm"},
        "reset": {"address": "/accounts/password/reset/key/1-none/"},
        "app": {"address": "/admin/campaigns/"},
        "nothing": {"address": "/admin/nothing/"},
    }
