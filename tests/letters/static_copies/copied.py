"""Published letters and their files, as tests read them."""

import hashlib
import os
import re
from pathlib import Path

from django.conf import settings

from campaigns.models import JournalEntry
from letters import tasks
from letters.models import Letter, StaticCopy
from tests.letters.publishing.published import over, published


def copied(number=3, **facts):
    """A letter that is published, and its copy."""
    return swept(published(over(number, **facts)).letter)


def copied_in_two_languages():
    return swept(published(over(3, courtesy=True)).letter)


def swept(letter):
    assert tasks.keep_static_copies() == 1
    return Letter.objects.get(pk=letter.pk)


def row(letter):
    return StaticCopy.objects.get(letter=letter)


def verbs(letter):
    about = JournalEntry.objects.about(letter).filter(verb__startswith="static copy")
    return list(about.values_list("verb", flat=True))


def at(name):
    return Path(settings.PUBLISHED_DIR) / name


def names():
    """Every file in the folder."""
    folder = Path(settings.PUBLISHED_DIR)
    return {one.relative_to(folder).as_posix() for one in folder.rglob("*") if one.is_file()}


def of_letters():
    return {name for name in names() if not name.startswith("static/")}


def contents():
    return {name: at(name).read_bytes() for name in names()}


def without_site(content):
    """A page without the site's name in front of its links and forms."""
    return re.sub(rb'\b(href|src|action)="%s/' % re.escape(settings.SITE_URL.encode()), rb'\1="/', content)


def sha256(content):
    return hashlib.sha256(content).hexdigest()


def address(name):
    """Where a plain web server answers with a file."""
    return "/" + name.removesuffix("index.html")


def grow_old(name="static"):
    """As if all that stands there had been put there long ago."""
    for one in at(name).rglob("*"):
        os.utime(one, (0, 0))
