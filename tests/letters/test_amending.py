"""An open letter changes by an amendment and in no other way."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from campaigns.lifecycle import ForbiddenMove
from letters import services
from letters.models import Amendment, AmendmentDraft, Letter, Revision, Text
from letters.services import working
from tests.factories import LetterFactory, OpenLetterFactory, RecipientFactory, UserFactory

pytestmark = pytest.mark.django_db

SOON = timedelta(days=2)


def rewritten(letter, by=None, **changes):
    """Prepare an amendment with these changes of the authentic text."""
    by = by or UserFactory()
    services.prepare_amendment(letter, by=by)
    words = working.read(letter)
    words.authentic.update(changes)
    working.write(letter, words, by=by)
    return by


def amended(letter, weight="substance", **changes):
    by = rewritten(letter, **(changes or {"body": "<p>We ask for two bridges.</p>"}))
    until = None if weight == "typographic" else timezone.now() + SOON
    return services.amend(letter, weight=weight, reason="Agreed in the coalition.", until=until, by=by)


def test_prepare_amendment_leaves_what_is_in_force_as_it_is():
    letter = OpenLetterFactory()
    rewritten(letter, title="For two bridges")
    letter = Letter.objects.get(pk=letter.pk)
    assert (str(letter), letter.revision.number) == ("For the bridge over the Lind", 1)
    assert working.read(letter).authentic["title"] == "For two bridges"


def test_prepare_amendment_again_goes_on_with_the_one_begun():
    letter = OpenLetterFactory()
    rewritten(letter, title="For two bridges")
    services.prepare_amendment(letter, by=UserFactory())
    assert working.read(letter).authentic["title"] == "For two bridges"


def test_prepare_amendment_refuses_a_letter_that_is_not_open():
    closed = OpenLetterFactory(status=Letter.Status.CLOSED, closed_at=timezone.now())
    past = OpenLetterFactory(closes_at=timezone.now() - timedelta(seconds=1))
    for letter in (LetterFactory(), closed, past):
        with pytest.raises(ForbiddenMove):
            services.prepare_amendment(letter, by=UserFactory())


def test_discard_amendment_forgets_what_was_prepared():
    letter = OpenLetterFactory()
    rewritten(letter, title="For two bridges")
    services.discard_amendment(letter, by=UserFactory())
    assert working.read(Letter.objects.get(pk=letter.pk)).authentic["title"] == "For the bridge over the Lind"


def test_amend_puts_the_new_words_in_force_as_the_next_revision():
    letter = OpenLetterFactory()
    amendment = amended(letter)
    letter = Letter.objects.get(pk=letter.pk)
    assert (amendment.previous.number, amendment.revision.number, letter.revision) == (1, 2, amendment.revision)
    assert letter.text.body == "<p>We ask for two bridges.</p>"
    assert not AmendmentDraft.objects.exists()


def test_amend_of_substance_begins_a_new_substance_and_others_do_not():
    letter = OpenLetterFactory()
    correction = amended(
        letter, "correction", body="<p>We ask you to keep the bridges open.</p><p>It is the only one.</p>"
    )
    substance = amended(letter)
    typographic = amended(letter, "typographic", title=letter.text.title.replace(" ", "\u00a0"))
    numbers = [one.revision.substance for one in (correction, substance, typographic)]
    assert (numbers, Letter.objects.get(pk=letter.pk).substance) == ([1, 2, 2], 2)


def test_amend_with_the_same_digest_is_typographic_without_a_reason():
    letter = OpenLetterFactory(text={"title": 'The "bridge" - it\'s ours'})
    by = rewritten(letter, title="The “bridge” – it’s ours")
    assert services.weighed(letter).klass == "typographic"
    amendment = services.amend(letter, weight="typographic", by=by)
    assert amendment.revision.digest == amendment.previous.digest


def test_amend_lighter_than_proposed_needs_a_reason():
    letter = OpenLetterFactory()
    by = rewritten(letter, body="<p>We ask for two bridges.</p>")
    with pytest.raises(services.ReasonNeeded):
        services.amend(letter, weight="correction", reason=" ", until=timezone.now() + SOON, by=by)
    facts = {"reason": "A slip of the pen.", "until": timezone.now() + SOON}
    assert services.amend(letter, weight="correction", by=by, **facts).proposed == "substance"


def test_amend_lets_no_other_word_pass_as_typesetting():
    """Nobody is told of typesetting."""
    letter = OpenLetterFactory()
    by = rewritten(letter, body="<p>We ask for two bridges.</p>")
    with pytest.raises(services.TooLight):
        services.amend(letter, weight="typographic", reason="A slip of the pen.", by=by)


def test_amend_to_another_authentic_language_is_always_substance():
    letter = OpenLetterFactory()
    by = rewritten(letter, language="fr")
    assert services.weighed(letter).allowed == ("substance",)
    with pytest.raises(services.TooLight):
        services.amend(letter, weight="correction", reason="Slip.", until=timezone.now() + SOON, by=by)


def test_amend_may_make_more_of_typesetting_without_a_reason():
    letter = OpenLetterFactory()
    by = rewritten(letter, title=letter.text.title.replace(" ", "\u00a0"))
    assert services.amend(letter, weight="correction", until=timezone.now() + SOON, by=by).reason == ""


def test_amend_of_recipients_is_always_substance():
    letter = OpenLetterFactory()
    by = rewritten(letter)
    words = working.read(letter)
    words.recipients[0]["office"] = "Commissioner for Roads"
    working.write(letter, words, by=by)
    for weight in ("typographic", "correction"):
        with pytest.raises(services.TooLight):
            services.amend(letter, weight=weight, reason="Moved.", until=timezone.now() + SOON, by=by)
    assert services.amend(letter, weight="substance", until=timezone.now() + SOON, by=by).is_substance


def test_amend_refuses_when_nothing_has_changed_or_is_prepared():
    letter = OpenLetterFactory()
    with pytest.raises(services.NothingChanged):
        services.amend(letter, weight="typographic", by=UserFactory())
    by = rewritten(letter)
    with pytest.raises(services.NothingChanged):
        services.amend(letter, weight="typographic", by=by)


def test_amend_takes_place_and_date_along_without_a_new_digest():
    letter = OpenLetterFactory()
    by = rewritten(letter)
    words = working.read(letter)
    words.front |= {"place": "Geneva", "date": "2026-09-05"}
    working.write(letter, words, by=by)
    amendment = services.amend(letter, weight="typographic", by=by)
    letter = Letter.objects.get(pk=letter.pk)
    assert (letter.place, letter.date.isoformat()) == ("Geneva", "2026-09-05")
    assert amendment.revision.digest == amendment.previous.digest


@pytest.mark.parametrize("weight", ["correction", "substance"])
@pytest.mark.parametrize("hours", [None, -1, 24 * 30])
def test_amend_wants_a_deadline_between_now_and_the_last_moment_of_the_letter(weight, hours):
    letter = OpenLetterFactory()
    by = rewritten(letter, body="<p>We ask for two bridges.</p>")
    until = timezone.now() + timedelta(hours=hours) if hours else None
    with pytest.raises(services.BadDeadline):
        services.amend(letter, weight=weight, reason="So agreed.", until=until, by=by)


def test_amend_gives_at_least_half_a_day_to_object():
    letter = OpenLetterFactory()
    by = rewritten(letter, body="<p>We ask for two bridges.</p>")
    with pytest.raises(services.BadDeadline):
        services.amend(letter, weight="correction", reason="So.", until=timezone.now() + timedelta(hours=11), by=by)


def test_amend_refuses_a_text_without_title_or_words():
    letter = OpenLetterFactory()
    by = rewritten(letter, title=" ", body="")
    with pytest.raises(services.NotReady):
        services.amend(letter, weight="substance", until=timezone.now() + SOON, by=by)


def test_amend_refuses_a_courtesy_text_without_words():
    letter = OpenLetterFactory()
    by = rewritten(letter, title="For two bridges")
    services.add_text(letter, "fr", by=by)
    with pytest.raises(services.NotReady, match="fr"):
        services.amend(letter, weight="substance", until=timezone.now() + SOON, by=by)


def test_amend_refuses_what_somebody_has_changed_since_it_was_looked_at():
    letter = OpenLetterFactory()
    by = rewritten(letter, title="For two bridges")
    seen = working.read(letter).fingerprint()
    rewritten(letter, title="For three bridges")
    with pytest.raises(services.ChangedSince):
        services.amend(letter, weight="substance", until=timezone.now() + SOON, by=by, seen=seen)


def test_amend_refuses_a_letter_that_has_closed_meanwhile():
    letter = OpenLetterFactory()
    by = rewritten(letter, title="For two bridges")
    services.close(letter, by=by)
    with pytest.raises(ForbiddenMove):
        services.amend(letter, weight="typographic", reason="Slip.", by=by)
    with pytest.raises(services.NotDraft):
        working.write(Letter.objects.get(pk=letter.pk), working.read(letter), by=by)


def test_amend_keeps_courtesy_texts_and_takes_new_ones():
    letter = OpenLetterFactory()
    by = rewritten(letter)
    words = working.read(letter)
    french = words.authentic | {
        "language": "fr",
        "is_authentic": False,
        "title": "Pour le pont",
        "sources": {"units": []},
    }
    working.write(letter, working.Working([*words.texts, french], words.recipients, words.front), by=by)
    proposal = services.weighed(letter)
    assert (proposal.klass, proposal.is_forced) == ("typographic", False)
    services.amend(letter, weight="typographic", reason="The French text.", by=by)
    assert sorted(Text.objects.filter(letter=letter).values_list("language", "is_authentic")) == [
        ("en", True),
        ("fr", False),
    ]


def test_database_refuses_a_lighter_amendment_without_a_reason():
    letter = OpenLetterFactory()
    first = letter.revision
    second = Revision.objects.create(
        letter=letter,
        number=2,
        cause="amended",
        digest=first.digest,
        canonical=first.canonical,
        texts=first.texts,
        recipients=first.recipients,
        created_by=first.created_by,
    )
    facts = {"letter": letter, "previous": first, "revision": second, "made_by": first.created_by}
    facts |= {"weight": "correction", "proposed": "substance", "object_by": timezone.now() + SOON}
    with pytest.raises(IntegrityError, match="amendment_made_lighter_has_a_reason"), transaction.atomic():
        Amendment.objects.create(**facts)
    Amendment.objects.create(**facts, reason="A slip.")


def test_open_for_signing_ends_trials_and_says_which_revision_is_open():
    letter = LetterFactory()
    by = UserFactory()
    services.begin_trial(letter, by=by)
    revision = services.open_for_signing(letter, by=by)
    assert (letter.trials.count(), revision.cause, revision.number) == (0, "opened", 2)


def test_save_draft_cannot_touch_an_open_letter_without_an_amendment():
    letter = OpenLetterFactory()
    with pytest.raises(services.NotDraft):
        services.restore(letter.revision, by=UserFactory())
    RecipientFactory(letter=letter)
    rewritten(letter, title="For two bridges")
    services.restore(letter.revision, by=UserFactory())
    assert working.read(letter).authentic["title"] == "For the bridge over the Lind"
