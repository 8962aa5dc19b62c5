"""Two who write the same text at the same time: every word either of them typed is in it at the end."""

from dataclasses import replace
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from letters import body, services
from letters.changes import alignment
from letters.forms import WriteForm
from letters.models import Letter
from letters.services import drafting
from tests.factories import LetterFactory, UserFactory

pytestmark = pytest.mark.django_db
BEGINNING = "<h2>Why</h2><p>One.</p><p>Two.</p><ul><li><p>Three.</p></li><li><p>Four.</p></li></ul><p>Five.</p>"
MANY = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


class Page:
    """The writing page in a browser, as static/js/autosave.js behaves."""

    def __init__(self, letter):
        self.letter, self.user, self.typed = letter, UserFactory(), []
        self.draft = drafting.current(letter)
        self.version = self.draft.fingerprint()

    def write(self, place, word, act):
        """Add a word to a paragraph, or a paragraph after it."""
        units = list(alignment.units(self.draft.body))
        unit = units[place % len(units)]
        if act == "paragraph":
            units.insert(units.index(unit) + 1, replace(unit, html=f"<{unit.tag}>{word}</{unit.tag}>", opens=0))
        else:
            units[units.index(unit)] = replace(unit, html=unit.html.replace(f"</{unit.tag}>", f" {word}</{unit.tag}>"))
        self.draft = replace(self.draft, body=alignment.joined(units))
        self.typed.append(word)

    def save(self, *, is_typing=False):
        """Save; somebody who is typing is not shown what others have changed. Asked to choose, keep both."""
        try:
            services.save_draft(self.letter, self.draft, base=self.version, by=self.user)
        except services.Conflict as conflict:
            both = body.clean(conflict.theirs.body + self.draft.body)
            services.save_draft(self.letter, replace(self.draft, body=both), base=conflict.base, by=self.user)
            self.draft = drafting.current(self.letter)
        self.version = self.draft.fingerprint()
        if not is_typing:
            self.draft = self.draft.taking(["body"], drafting.current(self.letter))
            self.version = self.draft.fingerprint()


STEPS = st.lists(
    st.tuples(st.integers(0, 1), st.integers(0, 9), st.sampled_from(["word", "paragraph", "save", "save, typing"])),
    max_size=30,
)


@MANY
@given(STEPS)
def test_save_draft_loses_no_word_of_two_writers(steps):
    letter, number = LetterFactory(text={"body": BEGINNING}), count()
    pages = [Page(letter), Page(letter)]
    for who, place, act in steps:
        page = pages[who]
        if act.startswith("save"):
            page.save(is_typing=act == "save, typing")
        else:
            page.write(place, f"word{next(number)}x", act)
    for page in [*pages, *pages]:
        page.save()
    saved = drafting.current(letter).body
    assert [word for page in pages for word in page.typed if word not in saved] == []
    assert [page.draft.body for page in pages] == [saved, saved]


@MANY
@given(st.integers(0, 5), st.integers(0, 5))
def test_save_draft_asks_exactly_when_both_changed_one_paragraph(one, other):
    letter = LetterFactory(text={"body": BEGINNING})
    ana, bo = Page(letter), Page(letter)
    ana.write(one, "Ana", "word")
    bo.write(other, "Bo", "word")
    ana.save()
    try:
        services.save_draft(letter, bo.draft, base=bo.version, by=bo.user)
        is_asked = False
    except services.Conflict as conflict:
        is_asked = conflict.parts == ["body"]
    assert is_asked == (one == other)


def now(letter):
    return drafting.current(Letter.objects.get(pk=letter.pk))


def save(letter, draft, base, **options):
    return services.save_draft(letter, draft, base=base.fingerprint(), by=UserFactory(), **options)


def test_save_draft_asks_when_one_removes_what_the_other_changes():
    letter = LetterFactory(text={"body": BEGINNING})
    before = now(letter)
    save(letter, replace(before, body=BEGINNING.replace("<p>Two.</p>", "")), before)
    with pytest.raises(services.Conflict):
        save(letter, replace(before, body=BEGINNING.replace("Two.", "Two, changed.")), before)


def test_save_draft_asks_about_the_title_and_merges_the_text_afterwards():
    letter = LetterFactory(text={"body": BEGINNING})
    before = now(letter)
    save(letter, replace(before, title="Theirs", body=BEGINNING.replace("One.", "Theirs.")), before)
    ours = replace(before, title="Ours", body=BEGINNING.replace("Five.", "Ours."))
    with pytest.raises(services.Conflict) as conflict:
        save(letter, ours, before)
    assert conflict.value.parts == ["title"]
    services.save_draft(letter, ours, base=conflict.value.base, by=UserFactory())
    assert now(letter).body == BEGINNING.replace("One.", "Theirs.").replace("Five.", "Ours.")
    assert now(letter).title == "Ours"


def test_save_draft_merges_nothing_into_what_was_preferred():
    """Who preferred theirs has given up their own, even where a newer one of theirs could be merged with it."""
    letter = LetterFactory(text={"body": BEGINNING})
    before = now(letter)
    save(letter, replace(before, body=BEGINNING.replace("One.", "Theirs.")), before)
    ours = replace(before, body=BEGINNING.replace("One.", "Ours."))
    with pytest.raises(services.Conflict) as first:
        save(letter, ours, before)
    save(letter, replace(now(letter), body=now(letter).body.replace("Five.", "Theirs, too.")), now(letter))
    with pytest.raises(services.Conflict) as second:
        services.save_draft(letter, ours, base=first.value.base, by=UserFactory(), taking=["body"])
    assert "Theirs, too." in second.value.theirs.body


def test_save_draft_of_a_body_in_very_many_paragraphs_asks_instead_of_merging():
    many = "<p>a</p>" * (drafting.MOST_UNITS + 1)
    letter = LetterFactory(text={"body": many})
    before = now(letter)
    assert before.fingerprint().endswith("~")
    save(letter, replace(before, body=f"<p>Theirs.</p>{many}"), before)
    with pytest.raises(services.Conflict):
        save(letter, replace(before, body=f"{many}<p>Ours.</p>"), before)


def test_fingerprint_of_the_longest_fits_the_page():
    longest = replace(now(LetterFactory()), body="<p>a</p>" * drafting.MOST_UNITS).fingerprint()
    assert 8 * drafting.MOST_UNITS < len(longest) <= WriteForm.base_fields["version"].max_length
