import pytest

from bench import invented
from signatories.evidence import Fit, Likeness, Named, is_free_provider, mail_domain_fit, near_names, plain
from signatories.evidence.likeness import Shelf


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
        ("ana@oremba-boats.org", "", Fit.NO_WEBSITE),
        ("ana@oremba-boats.org", "http://[", Fit.NO_WEBSITE),
    ],
)
def test_mail_domain_fit_compares_registrable_domains(email, website, fit):
    assert mail_domain_fit(email, website) == fit


def test_is_free_provider_knows_those_of_every_continent():
    domains = ["gmail.com", "qq.com", "mail.ru", "naver.com", "uol.com.br", "ethionet.et", "Web.DE."]
    assert [domain for domain in domains if not is_free_provider(domain)] == []


def test_is_free_provider_leaves_organizations_alone():
    assert not is_free_provider("oremba-boats.org")
    assert not is_free_provider("notgmail.com")


def likeness(one, other, acronym="", other_acronym=""):
    found = near_names(Named("mine", one, acronym), [Named("other", other, other_acronym)])
    return found[0].likeness if found else None


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        ("Lantern House, Oremba", "LANTERN HOUSE  Oremba", Likeness.SAME),
        ("Oremba Pacific", "Oremba Расifiс", Likeness.LOOKS_SAME),  # Cyrillic Р, а and с
        ("Oremba AIDS Watch", "Oremba AlDS Watch", Likeness.LOOKS_SAME),  # a small l for the I
        ("Maison de la Rivière", "Maison de la Riviere", Likeness.SPELLING),
        ("共享水源协会", "共享水源協會", Likeness.SPELLING),
        ("Water Watch Oremba", "Oremba WaterWatch", None),  # order and spaces at once is too far
        ("Waterwatch Oremba", "Water Watch Oremba", Likeness.SPELLING),
        ("Oremba Boat Families", "Boat Families Oremba", Likeness.WORD_ORDER),
        ("The Lantern House of Oremba", "Lantern House Oremba e.V.", Likeness.SMALL_WORDS),
        ("Oremba Boat Families", "Oremba Boat Familes", Likeness.LETTERS),
        ("Committee of Lake Oremba", "Comittee of Lake Oremba", Likeness.LETTERS),
        ("Союз лодочников Орембы", "Союз лодачников Орембы", Likeness.LETTERS),
    ],
)
def test_near_names_gives_the_reason(one, other, reason):
    assert likeness(one, other) == reason
    assert likeness(other, one) == reason


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Network for Clean Rivers, Velmora", "Network for Clean Rivers, Tarnmora"),
        ("Oremba Teachers Union, Local 14", "Oremba Teachers Union, Local 15"),
        ("Women of Oremba", "Men of Oremba"),
        ("Oremba East Forum", "Oremba West Forum"),
        ("青溪共享水源協會", "云渡共享水源協會"),
        ("جمعية المياه المشتركة في وادي السنا", "جمعية المياه المشتركة في عين الريم"),
    ],
)
def test_near_names_leaves_sisters_apart(one, other):
    assert likeness(one, other) is None


def test_near_names_compares_acronyms_with_initials():
    assert likeness("Boat People's Legal Fund", "Oremba Legal Fund", "BPLF", "BPLF") == Likeness.ACRONYM
    assert likeness("Another Thing Altogether", "Boat Families Legal Fund", "BFLF") == Likeness.ACRONYM
    assert likeness("Another Thing Altogether", "Families Legal Fund", "FLF") is None  # three letters fit too many


def test_near_names_skips_itself_and_keeps_the_nearest():
    others = [
        Named("typo", "Oremba Boat Familes"),
        Named("mine", "Oremba Boat Families"),
        Named("same", "oremba boat families"),
        Named("far", "Harbour Nurses of Quillan"),
    ]
    mine = Named("mine", "Oremba Boat Families")
    assert [near.key for near in near_names(mine, others)] == ["same", "typo"]
    assert [near.key for near in near_names(mine, others, limit=1)] == ["same"]


def test_near_names_is_quiet_among_many_strangers():
    named = [Named(str(index), name, acronym) for index, (name, acronym, _) in enumerate(invented.lines(750))]
    shelf = Shelf(named)
    troubled = [one for one in named if shelf.near(one)]
    assert len(troubled) <= 30
    one_letter_more = [Named("new", one.name[:4] + one.name[3:]) for one in named[:50]]
    assert sum(bool(shelf.near(one)) for one in one_letter_more) >= 30  # quiet, not deaf


def test_plain_writes_any_script_in_ascii():
    assert plain("École Żywych Rzek") == "ecole zywych rzek"
    assert plain("Общая вода") == "obsaa voda"
