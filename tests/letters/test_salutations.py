import pytest

from letters.salutations import proposed


def one(honorific="", name="", office="", line="to"):
    return {"line": line, "honorific": honorific, "name": name, "office": office}


ADA, BO = one("Ms", "Ada Example", "Commissioner"), one("Dr", "Bo Beispiel")
H_E = one("H.E.", "Ada Example", "Minister for Bridges")


@pytest.mark.parametrize(
    ("recipients", "language", "words"),
    [
        ([ADA], "en", ("Dear Ms Ada Example,", "Dear Commissioner,")),
        ([one(name="Ada Example")], "en", ()),  # how to address her is not for us to guess
        ([one(office="Commissioner")], "en-GB", ("Dear Commissioner,",)),
        ([H_E], "en", ("Your Excellency,", "Dear Minister for Bridges,")),
        ([H_E, H_E], "en", ("Your Excellencies,",)),
        ([ADA, BO], "en", ("Dear Ms Ada Example, Dr Bo Beispiel,",)),
        ([ADA, one(name="No Honorific")], "en", ()),
        ([ADA, one("Dr", "Cc", line="cc")], "en", ("Dear Ms Ada Example,", "Dear Commissioner,")),
        ([one("S.E.", "Ada Example", "Ministre")], "fr", ("Excellence,",)),
        ([one("Mme", "Ada Example", "Commissaire")], "fr", ("Mme Ada Example,",)),
        ([one("سعادة", "آدا", "مفوضة")], "ar", ("صاحب السعادة،",)),
        ([ADA], "sw", ()),
        ([ADA] * 4, "en", ()),
        ([], "en", ()),
        ([{}], "en", ()),
    ],
)
def test_proposed_addresses_those_it_goes_to(recipients, language, words):
    assert proposed(recipients, language) == words
