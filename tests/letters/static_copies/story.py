"""Told in a process of its own, with the database that its environment names."""

import sys
import time

import django


def publish():
    """A letter with its documents, set by a worker; says its address and the SHA-256 of the PDF."""
    from django.db import transaction

    from letters.models import Rendering
    from tests.letters.publishing.published import frozen, over, prepared, release

    with transaction.atomic():  # or the scheduler would close it first
        letter = over(2, slug="heron-bridge")
    edition = frozen(letter, is_set=False)
    documents = Rendering.objects.public().filter(edition=edition)
    deadline = time.monotonic() + 120
    while documents.exclude(state=Rendering.State.DONE).exists():
        assert time.monotonic() < deadline, documents.values("state", "error")
        time.sleep(0.1)
    release(prepared(letter, edition=edition))
    print(documents.get().sha256)


def take_back():
    from letters.models import Publication
    from letters.services import publications
    from tests.factories import UserFactory

    by = UserFactory(email="second@site.example")
    publications.take_back(Publication.objects.public().get(), reason="A mistake.", by=by)


def let_the_minute_pass():
    """For which a killed worker has the copy."""
    from django.utils import timezone

    from letters.models import StaticCopy

    StaticCopy.objects.filter(leased_until__isnull=False).update(leased_until=timezone.now(), look_after=timezone.now())


if __name__ == "__main__":
    django.setup()
    {one.__name__: one for one in (publish, take_back, let_the_minute_pass)}[sys.argv[1]]()
