from dataclasses import replace
from datetime import date

import pytest

from campaigns.lifecycle import ForbiddenMove
from letters import services
from letters.models import Letter
from letters.services import drafting
from tests.factories import CampaignFactory, LetterFactory, OpenLetterFactory, UserFactory

pytestmark = pytest.mark.django_db
ADA = dict.fromkeys(drafting.ON_RECIPIENT, "") | {"line": "to", "name": "Ada Example"}


@pytest.fixture
def letter():
    return LetterFactory()


def now(letter):
    return drafting.current(Letter.objects.get(pk=letter.pk))


def save(letter, draft, base, **options):
    options.setdefault("by", UserFactory())
    return services.save_draft(letter, draft, base=base.fingerprint(), **options)


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("For the Bridge!", "for-the-bridge"),
        ("Écoles à l’abri", "ecoles-a-labri"),
        ("رسالة مفتوحة", "letter"),
        ("海岸灯塔", "letter"),
        ("New", "new-2"),
        ("a" * 300, "a" * 60),
    ],
)
def test_create_letter_takes_its_address_from_the_title(title, slug):
    letter = services.create_letter(CampaignFactory(), title=title, language="en", by=UserFactory())
    assert (letter.slug, letter.text.title, letter.status) == (slug, title, "draft")


def test_create_letter_numbers_an_address_that_is_taken():
    made = [
        services.create_letter(CampaignFactory(), title="Boats", language="en", by=UserFactory()).slug for _ in range(3)
    ]
    assert made == ["boats", "boats-2", "boats-3"]


def test_create_letter_keeps_to_the_zone_of_the_campaign():
    campaign = CampaignFactory()
    LetterFactory(campaign=campaign, zone="Africa/Nairobi")
    letter = services.create_letter(campaign, title="Boats", language="en", by=UserFactory())
    assert letter.zone == "Africa/Nairobi"


def test_save_draft_moves_the_version_only_when_something_changed(letter):
    before = now(letter)
    assert save(letter, before, before) == 1
    after = replace(before, place="Geneva", date=date(2018, 8, 1), recipients=(ADA, ADA | {"line": "cc"}))
    assert save(letter, after, before) == 2
    assert now(letter) == after
    assert save(letter, after, after) == 2


def test_save_draft_keeps_who_saved(letter):
    before, user = now(letter), UserFactory()
    save(letter, replace(before, place="Geneva"), before, by=user)
    assert Letter.objects.get(pk=letter.pk).saved_by == user


def test_save_draft_shows_what_somebody_else_has_changed_too(letter):
    before = now(letter)
    save(letter, replace(before, title="Theirs", place="Geneva"), before)
    with pytest.raises(services.Conflict) as conflict:
        save(letter, replace(before, title="Ours", closing="Yours,"), before)
    assert (conflict.value.parts, conflict.value.theirs.title) == (["title"], "Theirs")
    assert now(letter) == replace(before, title="Theirs", place="Geneva")


def test_save_draft_brings_disjoint_parts_together(letter):
    before = now(letter)
    save(letter, replace(before, title="Theirs", recipients=(ADA,)), before)
    save(letter, replace(before, body="<p>Ours.</p>"), before)
    assert now(letter) == replace(before, title="Theirs", recipients=(ADA,), body="<p>Ours.</p>")


def test_save_draft_does_not_take_back_what_it_has_not_seen(letter):
    """The second save is the browser's next one: its page still shows the title as it was before theirs."""
    before = now(letter)
    save(letter, replace(before, title="Theirs"), before)
    once = replace(before, body="<p>Ours.</p>")
    save(letter, once, before)
    save(letter, replace(once, body="<p>Ours, too.</p>"), once)
    assert now(letter) == replace(before, title="Theirs", body="<p>Ours, too.</p>")
    with pytest.raises(services.Conflict):
        save(letter, replace(once, title="Ours"), once)


def test_save_draft_takes_the_same_change_by_two_as_one(letter):
    before = now(letter)
    save(letter, replace(before, title="Alike"), before)
    assert save(letter, replace(before, title="Alike"), before) == 2


def test_save_draft_asks_about_everything_when_it_does_not_know_what_was_seen(letter):
    with pytest.raises(services.Conflict) as conflict:
        services.save_draft(letter, replace(now(letter), title="Ours"), base="12", by=UserFactory())
    assert conflict.value.parts == ["title"]


def test_save_draft_leaves_what_was_preferred(letter):
    before = now(letter)
    save(letter, replace(before, title="Theirs", place="Geneva"), before)
    ours = replace(before, title="Ours", place="Bern")
    with pytest.raises(services.Conflict) as conflict:
        save(letter, ours, before)
    services.save_draft(letter, ours, base=conflict.value.base, by=UserFactory(), taking=["title"])
    assert now(letter) == replace(before, title="Theirs", place="Bern")


def test_save_draft_prefers_nothing_nobody_has_seen(letter):
    before = now(letter)
    save(letter, replace(before, title="Theirs"), before)
    ours = replace(before, title="Ours")
    with pytest.raises(services.Conflict) as first:
        save(letter, ours, before)
    save(letter, replace(now(letter), title="Theirs again"), now(letter))
    with pytest.raises(services.Conflict) as second:
        services.save_draft(letter, ours, base=first.value.base, by=UserFactory(), taking=["title"])
    assert second.value.theirs.title == "Theirs again"


def test_save_draft_loses_nothing_when_three_collide(letter):
    before = now(letter)
    first, second, third = (replace(before, body=f"<p>{n}</p>") for n in ("one", "two", "three"))
    save(letter, first, before)
    seen = []
    for mine in (second, third):
        with pytest.raises(services.Conflict) as conflict:
            save(letter, mine, before)
        seen.append(conflict.value.theirs.body)
        joined = replace(mine, body=conflict.value.theirs.body + mine.body)
        services.save_draft(letter, joined, base=conflict.value.base, by=UserFactory())
    assert seen == ["<p>one</p>", "<p>one</p><p>two</p>"]
    assert now(letter).body == "<p>one</p><p>two</p><p>three</p>"


def test_save_draft_refuses_an_open_letter():
    letter = OpenLetterFactory()
    before = now(letter)
    with pytest.raises(services.NotDraft):
        save(letter, replace(before, title="Other words"), before)
    assert now(letter) == before


def test_set_timetable_keeps_the_address_of_an_open_letter():
    letter = OpenLetterFactory()
    services.set_timetable(letter, slug="elsewhere", by=UserFactory(), zone="Asia/Tokyo")
    assert list(Letter.objects.values_list("slug", "zone")) == [(letter.slug, "Asia/Tokyo")]


def test_set_timetable_refuses_a_closed_letter():
    letter = OpenLetterFactory()
    services.close(letter, by=UserFactory())
    with pytest.raises(ForbiddenMove):
        services.set_timetable(letter, slug=letter.slug, by=UserFactory(), zone="Asia/Tokyo")
