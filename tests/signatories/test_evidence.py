import pytest

from signatories.evidence import (
    Fit,
    is_disposable_provider,
    is_free_provider,
    is_own_domain,
    mail_domain_fit,
    spelled_out,
)
from signatories.evidence.homographs import is_disguised
from signatories.evidence.providers import free_providers


@pytest.mark.parametrize(
    ("email", "website", "fit"),
    [
        ("ana@oremba-boats.org", "https://www.oremba-boats.org/about", Fit.SAME),
        ("ana@mail.oremba-boats.org", "OREMBA-BOATS.ORG", Fit.SAME),
        ("ana@oremba.example", "http://news.oremba.example:8080", Fit.SAME),
        ("ana@xn--mller-kva.de", "https://www.müller.de", Fit.SAME),
        ("ana@oremba-boats.org", "https://oremba-boats.net", Fit.OTHER),
        ("ana@one.co.uk", "https://two.co.uk", Fit.OTHER),
        ("ana@ours.blogspot.com", "https://theirs.blogspot.com", Fit.OTHER),
        ("ana@oremba.example", "https://oremba.test", Fit.OTHER),
        ("Ana@GMail.com", "https://oremba-boats.org", Fit.FREE),
        ("ana@gmail.com", "https://gmail.com", Fit.FREE),
        ("ana@mailinator.com", "https://oremba-boats.org", Fit.DISPOSABLE),
        ("ana@mailinator.com", "https://mailinator.com", Fit.DISPOSABLE),
        ("ana@box.of.Mailinator.com", "", Fit.DISPOSABLE),
        ("ana@oremba-boats.org", "", Fit.NO_WEBSITE),
        ("ana@oremba-boats.org", "http://[", Fit.NO_WEBSITE),
    ],
)
def test_mail_domain_fit_compares_registrable_domains(email, website, fit):
    assert mail_domain_fit(email, website) == fit


def test_is_free_provider_knows_those_of_every_continent():
    domains = ["gmail.com", "qq.com", "mail.ru", "naver.com", "uol.com.br", "ethionet.et", "Web.DE."]
    assert [domain for domain in domains if not is_free_provider(domain)] == []


def test_is_disposable_provider_counts_subdomains_but_not_neighbours():
    known = ["mailinator.com", "yopmail.com", "guerrillamail.com", "10minutemail.com", "trashmail.com", "Maildrop.cc."]
    assert [domain for domain in known if not is_disposable_provider(domain)] == []
    assert is_disposable_provider("x.y.mailinator.com")
    assert is_disposable_provider("15553.eu.cc")
    others = ["ngo.eu.cc", "eu.cc", "oremba-mailinator.com", "mailinator.com.oremba.org"]
    assert [domain for domain in others if is_disposable_provider(domain)] == []


def test_is_disposable_provider_condemns_nobody_for_what_many_share(monkeypatch):
    monkeypatch.setattr("signatories.evidence.providers.blocklist", {"eu.org", "boats.eu.org"})
    assert is_disposable_provider("boats.eu.org")
    assert not is_disposable_provider("ngo.eu.org")  # anybody registers under eu.org


def test_is_disposable_provider_spares_free_ones_and_forwarders():
    assert [domain for domain in free_providers() if is_disposable_provider(domain)] == []
    forwarders = ["duck.com", "mozmail.com", "simplelogin.com", "anonaddy.com"]  # a mailbox that lasts stands behind
    assert [domain for domain in forwarders if is_disposable_provider(domain)] == []


@pytest.mark.parametrize(
    ("email", "website", "fit"),
    [
        ("ana@аmnesty.org", "https://amnesty.org", Fit.LOOKS_SAME),  # Cyrillic а
        ("ana@xn--mnesty-2nf.org", "https://amnesty.org", Fit.LOOKS_SAME),  # the same in ASCII
        ("ana@amnesty.org", "https://аmnesty.org", Fit.LOOKS_SAME),
        ("ana@аmnesty.org", "https://аmnesty.org", Fit.LOOKS_SAME),  # equal, and disguised both
        ("ana@аmnesty.org", "", Fit.LOOKS_SAME),
        ("ana@mail.аmnesty.org", "https://аmnesty.org", Fit.LOOKS_SAME),
        ("ana@аррӏе.com", "https://аррӏе.com", Fit.LOOKS_SAME),  # all Cyrillic, reads as Latin
        ("ana@gmаil.com", "", Fit.LOOKS_SAME),
        ("ana@lantemhouse.example", "https://lanternhouse.example", Fit.LOOKS_SAME),  # m for rn
        ("ana@müller.de", "https://muller.de", Fit.OTHER),
        ("ana@straße.de", "https://straße.de", Fit.OTHER),  # the mail was sent to strasse.de
        ("ana@xn--strae-oqa.de", "https://straße.de", Fit.SAME),
        ("ana@пример.рф", "https://пример.рф", Fit.SAME),
        ("ana@пример.org", "https://www.пример.org", Fit.SAME),
        ("ana@рух.ua", "https://рух.ua", Fit.SAME),  # reads as Latin, but is at home
        ("ana@ıstanbul.org", "https://ıstanbul.org", Fit.SAME),
        ("ana@日本abc.jp", "https://日本abc.jp", Fit.SAME),
        ("ana@مثال.org", "https://مثال.org", Fit.SAME),
    ],
)
def test_mail_domain_fit_is_not_taken_in_by_looks(email, website, fit):
    assert mail_domain_fit(email, website) == fit
    assert is_own_domain(email, website) == (fit == Fit.SAME)


def test_is_disguised_leaves_the_providers_alone():
    assert [domain for domain in free_providers() if is_disguised(domain)] == []


@pytest.mark.parametrize(
    ("email", "website", "own"),
    [
        ("second@oremba-boats.org", "https://www.oremba-boats.org/about", True),
        ("second@office.oremba-boats.org", "oremba-boats.org", True),
        ("second@ours.blogspot.com", "https://ours.blogspot.com", True),
        ("second@theirs.blogspot.com", "https://ours.blogspot.com", False),
        ("second@oremba-boats.net", "https://oremba-boats.org", False),
        ("second@gmail.com", "https://gmail.com", False),
        ("second@mailinator.com", "https://mailinator.com", False),
        ("second@oremba-boats.org", "", False),
        ("", "", False),
        ("", "https://oremba-boats.org", False),
    ],
)
def test_is_own_domain_wants_the_registrable_domain_of_the_website(email, website, own):
    assert is_own_domain(email, website) is own


def test_spelled_out_shows_what_letters_hide():
    assert spelled_out("ana@аmnesty.org") == "xn--mnesty-2nf.org"
    assert spelled_out("ana@xn--mnesty-2nf.org") == "xn--mnesty-2nf.org"
    assert spelled_out("ana@amnesty.org") == ""


def test_is_free_provider_leaves_organizations_alone():
    assert not is_free_provider("oremba-boats.org")
    assert not is_free_provider("notgmail.com")
