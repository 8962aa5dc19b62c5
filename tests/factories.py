"""The cast: rows as they stand in the middle of the story, made without walking the whole road."""

from datetime import timedelta

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from campaigns import outbox, tokens
from campaigns.models import Campaign, Membership, Role, User
from letters import canonical
from letters.models import Comment, Consultation, Letter, Partner, Recipient, Revision, Text
from signatories import services
from signatories.models import Line, Purpose, Signatory, Token

PASSWORD = "a long and simple password"


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"user{n}@site.example")
    name = factory.Sequence(lambda n: f"User {n}")

    @factory.post_generation
    def password(user, create, extracted, **kwargs):
        user.set_password(extracted or PASSWORD)
        user.save()


class CampaignFactory(DjangoModelFactory):
    class Meta:
        model = Campaign

    name = factory.Sequence(lambda n: f"Campaign {n}")
    slug = factory.Sequence(lambda n: f"campaign-{n}")
    contact_email = "team@campaign.example"
    privacy_notice = "We use it for this letter only."


class MembershipFactory(DjangoModelFactory):
    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    campaign = factory.SubFactory(CampaignFactory)
    role = Role.OWNER


class LetterFactory(DjangoModelFactory):
    """A draft with an authentic text and one recipient."""

    class Meta:
        model = Letter
        skip_postgeneration_save = True

    campaign = factory.SubFactory(CampaignFactory)
    slug = factory.Sequence(lambda n: f"letter-{n}")
    closes_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=7))

    @factory.post_generation
    def text(letter, create, extracted, **kwargs):
        TextFactory(letter=letter, **(extracted or {}))
        RecipientFactory(letter=letter)


class OpenLetterFactory(LetterFactory):
    """Open since yesterday, with revision 1."""

    status = Letter.Status.OPEN
    opens_at = factory.LazyFunction(lambda: timezone.now() - timedelta(days=1))

    @factory.post_generation
    def revised(letter, create, extracted, **kwargs):
        RevisionFactory(letter=letter)


class TextFactory(DjangoModelFactory):
    class Meta:
        model = Text

    letter = factory.SubFactory(LetterFactory)
    language = "en"
    title = "For the bridge over the Lind"
    salutation = "Dear Commissioner,"
    body = "<p>We ask you to keep the bridge open.</p><p>It is the only one.</p>"
    closing = "Respectfully,"


class RecipientFactory(DjangoModelFactory):
    class Meta:
        model = Recipient

    letter = factory.SubFactory(LetterFactory)
    name = "Ada Example"
    office = "Commissioner for Bridges"


class RevisionFactory(DjangoModelFactory):
    class Meta:
        model = Revision

    letter = factory.SubFactory(LetterFactory)
    number = 1
    cause = Revision.Cause.OPENED
    created_by = factory.SubFactory(UserFactory)
    texts = factory.LazyAttribute(
        lambda revision: list(
            revision.letter.texts.values(
                "language", "is_authentic", "title", "headline", "re_line", "salutation", "body", "closing"
            )
        )
    )
    recipients = factory.LazyAttribute(
        lambda revision: list(
            revision.letter.recipients.values("line", "honorific", "name", "office", "organization", "address", "email")
        )
    )
    canonical = factory.LazyAttribute(lambda revision: canonical.canonical(revision.texts, revision.recipients))
    digest = factory.LazyAttribute(lambda revision: canonical.digest(revision.canonical))


class ConsultationFactory(DjangoModelFactory):
    """A round that runs since yesterday, on revision 1."""

    class Meta:
        model = Consultation
        skip_postgeneration_save = True

    letter = factory.SubFactory(LetterFactory, status=Letter.Status.CONSULTATION)
    opens_at = factory.LazyFunction(lambda: timezone.now() - timedelta(days=1))
    closes_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=6))

    @factory.post_generation
    def revised(consultation, create, extracted, **kwargs):
        if consultation.letter.revision is None:
            created_at = consultation.opens_at - timedelta(minutes=1)
            RevisionFactory(letter=consultation.letter, cause=Revision.Cause.CONSULTED, created_at=created_at)


class PartnerFactory(DjangoModelFactory):
    """An invited organization; `partner.secret` is the secret part of its link."""

    class Meta:
        model = Partner

    class Params:
        fresh = factory.LazyFunction(lambda: tokens.fresh("comment"))

    consultation = factory.SubFactory(ConsultationFactory)
    organization = factory.Sequence(lambda n: f"Partner {n}")
    email = factory.Sequence(lambda n: f"somebody@partner{n}.example")
    email_hash = factory.LazyAttribute(lambda partner: outbox.address_hash(partner.email))
    nonce = factory.LazyAttribute(lambda partner: partner.fresh.nonce)
    digest = factory.LazyAttribute(lambda partner: partner.fresh.digest)


class CommentFactory(DjangoModelFactory):
    """On the second paragraph."""

    class Meta:
        model = Comment

    partner = factory.SubFactory(PartnerFactory)
    revision = factory.LazyAttribute(lambda comment: comment.partner.consultation.letter.revision)
    language = "en"
    unit = 1
    words = "There is a ferry, too."


class SignatoryFactory(DjangoModelFactory):
    """A public signatory waiting for its e-mail confirmation; `line` and `visibility` say what is printed where."""

    class Meta:
        model = Signatory

    class Params:
        at = factory.LazyFunction(timezone.now)
        confirmed = factory.Trait(
            status=Signatory.Status.CONFIRMED,
            confirmed_at=factory.SelfAttribute("at"),
            agreed_revision=factory.LazyAttribute(lambda signatory: signatory.letter.revision),
        )
        listed = factory.Trait(
            confirmed=True,
            status=Signatory.Status.LISTED,
            decided_at=factory.SelfAttribute("at"),
            decided_by=factory.SubFactory(UserFactory),
        )

    letter = factory.SubFactory(OpenLetterFactory)
    line = factory.Sequence(lambda n: Line(f"Organization {n}", "", "KE"))
    visibility = Signatory.Visibility.PUBLIC
    scope = Signatory.Scope.NATIONAL
    contact_name = "Contact Person"
    contact_role = "Director"
    contact_email = factory.Sequence(lambda n: f"contact{n}@organization{n}.example")
    contact_hash = factory.LazyAttribute(lambda signatory: outbox.address_hash(signatory.contact_email))
    identity_hash = factory.LazyAttribute(lambda signatory: services.identity_hash(signatory.letter.pk, signatory.line))
    attestation = "2026-11"

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        line = kwargs.pop("line")
        signatory = model_class(**kwargs)
        signatory.set_line(line, kwargs["visibility"])
        signatory.save(force_insert=True)
        return signatory


def confirmation_token(signatory):
    """The secret part of the link in a confirmation mail."""
    return Token.objects.issue(signatory, Purpose.CONFIRM).secret
