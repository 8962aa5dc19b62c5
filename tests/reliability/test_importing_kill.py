"""A worker that is killed while it adds a list: the next one goes on, and nobody is added or written to twice."""

import pytest

from campaigns.models import Mail
from signatories.models import Import
from signatories.services import importing
from tests.factories import OpenLetterFactory, UserFactory

pytestmark = pytest.mark.processes

ROWS = 1500  # some batches of adding.BATCH


def test_list_of_a_killed_worker_is_added_once(house):
    letter = OpenLetterFactory()
    lines = "\n".join(f"Orchard {at} of Lind\tKenya\toffice@orchard{at}.example" for at in range(ROWS))
    text = f"Organization\tCountry\tE-mail\n{lines}"
    of = importing.take_in(letter, by=UserFactory(), origin="mail", source="A mail", text=text)
    house.beat()
    worker = house.worker()
    house.wait(lambda: Import.objects.get().status == Import.Status.READY)
    of.rows.filter(number__gt=1).update(decision="add", same_as=None, same_as_row=None)
    importing.add(of, by=of.made_by, words="They agreed to this text.", seen=letter.revision.number)
    house.wait(lambda: letter.signatories.exists())
    worker.kill()
    cut_off = letter.signatories.count()

    house.worker()
    house.wait(lambda: Import.objects.get().status == Import.Status.DONE)
    assert 0 < cut_off < ROWS
    assert letter.signatories.count() == ROWS
    assert Mail.objects.filter(kind="signatories.confirm").count() == ROWS
    assert importing.outcomes(of) == {"skipped": 1, "added": ROWS}
