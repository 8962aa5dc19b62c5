"""Files as somebody uploads them, and what is read or refused."""

import io

import pytest

from signatories import reading
from tests.signatories.list_files import row

WELLS = row("Wells for All", "Kenya")
KEPT = [("Wells for All", "", "KE")]


def opened(name, data):
    return reading.read_file(name, io.BytesIO(data))


def told(name, data):
    return [(one.organization, one.acronym, one.country) for one in opened(name, data).entries]


def refusal(name, data):
    with pytest.raises(reading.Unreadable) as refused:
        opened(name, data)
    assert refused.value.text.count("%") == 0
    return refused.value.code
