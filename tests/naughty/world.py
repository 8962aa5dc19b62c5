"""One of everything that has a page: letters, sign-ons in each state with the link to them, a question, a draft."""

from datetime import timedelta
from urllib.parse import quote_plus

from django.conf import settings
from django.urls import NoReverseMatch, URLPattern, get_resolver, reverse
from django.utils import timezone

from campaigns.models import Role
from letters.models import Letter
from signatories import services
from signatories.models import Line, Purpose, SecondContact, Token
from tests.factories import (
    CampaignFactory,
    CommentFactory,
    ConsultationFactory,
    LetterFactory,
    MembershipFactory,
    PartnerFactory,
    RevisionFactory,
    SignatoryFactory,
    TextFactory,
    UserFactory,
)
from tests.letters.test_amending import amended

NOT_PAGES = {"campaigns:mailbox", "campaigns:mail", "campaigns:live", "campaigns:ready"}  # of one's own machine


class World:
    def __init__(self):
        self.owner = UserFactory(is_staff=True, is_superuser=True)
        self.campaign = MembershipFactory(user=self.owner, role=Role.OWNER, campaign=CampaignFactory()).campaign
        self.letter = self._letter()
        self.amended = self._letter()
        self.draft = LetterFactory(campaign=self.campaign, status=Letter.Status.CONSULTATION)
        self.partner = PartnerFactory(consultation=ConsultationFactory(letter=self.draft), organization="Plain partner")
        CommentFactory(partner=self.partner, words="A plain comment.")
        self.listed = self._signed("Plain listed", listed=True)
        self.person = self._person()
        self.pending = self._signed("Plain pending")
        self.vouched = self._signed("Plain vouched", confirmed=True)
        SecondContact.objects.create(
            signatory=self.vouched, email="second@plain.example", email_hash="x", asked_at=timezone.now()
        )
        self.asked = self._signed("Plain asked", confirmed=True)
        services.ask(self.asked, by=self.owner, words="Plain question?")
        self.reviewing = self._signed("Plain reviewing", reviewing_since=timezone.now())
        self.objecting = SignatoryFactory(letter=self.amended, listed=True, line=Line("Plain objecting", country="GH"))
        amended(self.amended, "correction", title="For the bridge over the Linde")

    def _letter(self):
        began = timezone.now() - timedelta(days=1)
        letter = LetterFactory(
            campaign=self.campaign, open_to="both", zone="Europe/Zurich", status=Letter.Status.OPEN, opens_at=began
        )
        TextFactory(letter=letter, language="fr", is_authentic=False, title="Pour le pont sur la Lind")
        TextFactory(letter=letter, language="ar", is_authentic=False, title="من أجل الجسر")
        RevisionFactory(letter=letter)
        return letter

    def _signed(self, name, **more):
        line = Line(name, "PLN", "GH", "www.plain.example", second_name=f"Second {name}")
        return SignatoryFactory(letter=self.letter, line=line, **more)

    def _person(self):
        line = Line("Plain person", country="GH", second_name="Person", affiliation="Professor, Plain University")
        return SignatoryFactory(letter=self.letter, line=line, kind="individual", scope="", listed=True)

    @property
    def links(self):
        """The secret part of the link to each page that has one; the others are `mine` of a listed one."""
        mine = Token.objects.mine
        return {
            "signatories:confirm": Token.objects.issue(self.pending, Purpose.CONFIRM).secret,
            "signatories:vouch": Token.objects.issue(self.vouched, Purpose.SECOND).secret,
            "signatories:unsubscribe": Token.objects.unsubscribing(self.listed).secret,
            "signatories:decide": mine(self.reviewing).secret,
            "signatories:question": mine(self.asked).secret,
            "signatories:amendment": mine(self.objecting).secret,
            "letters:comment": self.partner.secret,
            "campaigns:join": "no-such-invitation",
        }

    def _slug(self, name):
        if name.startswith("campaigns:"):
            return self.campaign.slug
        return self.draft.slug if "consultation" in name or "partner" in name else self.letter.slug

    def addresses(self, names):
        """Each page's address here, with what its pattern asks for; a page may have several."""
        links, default = self.links, Token.objects.mine(self.listed).secret
        for (name, route), language in ((one, language) for one in names for language in ("fr", "ar")):
            if language == "ar" and ":language>" not in route:
                continue
            given = {
                "slug": self._slug(name),
                "token": links.get(name, default),
                "language": language,
                "number": 1,
                "pk": self.partner.consultation_id,
                "kind": "signatories.confirm",
            }
            try:
                yield name, reverse(name, kwargs={key: given[key] for key in given if f":{key}>" in route})
            except NoReverseMatch:  # something else stands in the address
                continue
            if name == "letters:oembed":
                at = quote_plus(settings.SITE_URL + self.letter.get_absolute_url())
                yield from ((name, f"{reverse(name)}?url={at}&format={form}") for form in ("json", "xml"))
            if name == "letters:comment":
                yield name, reverse(name, args=[self.partner.secret]) + "?on=1"
            if name == "signatories:correct":
                yield name, reverse(name, args=[Token.objects.mine(self.person).secret])
                yield name, reverse(name, args=[Token.objects.mine(self.pending).secret])


def pages(*, public):
    """Names and routes of all pages of our own, those open to everyone or those for who is signed in."""

    def all_of(resolver, namespace=""):
        for one in resolver.url_patterns:
            if not isinstance(one, URLPattern):
                yield from all_of(one, f"{one.namespace}:" if one.namespace else namespace)
            elif namespace in {"letters:", "signatories:", "campaigns:"}:
                yield f"{namespace}{one.name}", str(one.pattern), getattr(one.callback, "login_required", True)

    return [
        (name, route)
        for name, route, closed in all_of(get_resolver())
        if closed is not public and name not in NOT_PAGES
    ]
