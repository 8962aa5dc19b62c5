"""An acronym that the name says already."""

import pytest

from signatories import names


@pytest.mark.parametrize(
    ("name", "acronym", "said"),
    [
        ("SMEX", "SMEX", True),
        ("Smex", "SMEX", True),
        ("ISUR, Universidad del Rosario", "ISUR", True),
        ("ISUR – Universidad del Rosario", "ISUR", True),
        ("ISUR - Universidad del Rosario", "ISUR", True),
        ("ISUR: Universidad del Rosario", "ISUR", True),
        ("Social Media Exchange (SMEX)", "SMEX", True),
        ("Social Media Exchange (Smex)", "SMEX", True),
        ("社会媒体交流（SMEX）", "SMEX", True),
        ("Social Media Exchange (SMEX) Lebanon", "SMEX", False),
        ("APC-Network", "APC", False),
        ("APC Network", "APC", False),
        ("APCNetwork", "APC", False),
        ("Wells for All", "WFA", False),
        ("Wells", "", False),
    ],
)
def test_says_already_tells_an_acronym_that_stands_there(name, acronym, said):
    assert names.says_already(name, acronym) is said
