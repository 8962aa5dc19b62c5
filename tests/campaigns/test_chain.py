"""The chain by itself: whatever is altered in a journal is found."""

import random
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from campaigns import chain

NOW = datetime(2031, 8, 30, 12, tzinfo=UTC)
SEED = "5" * 64
CASES = 1000
VERBS = ["signed", "moved", "amended", "frozen"]


def entry(number):
    """An hour apart; with the years a journal grows."""
    data = {"letter": number % 7, "was": "pending", "now": "confirmed"}
    at = NOW - timedelta(days=30) + timedelta(hours=number)
    return chain.Said(
        number, at, VERBS[number % 4], "signatories.signatory", f"{number:032x}", number % 5 or None, data
    )


def chained(entries, previous=SEED):
    links = [chain.Linked(0, None, previous, None)]
    for number, said in enumerate(entries, 1):
        previous = chain.link_hash(previous, number, said)
        links.append(chain.Linked(number, said.id, previous, said))
    return links


@pytest.fixture(scope="module")
def journal():
    return chained([entry(number) for number in range(1, 81)])


def found(links, unlinked=(), heads=()):
    return [finding.what for finding in chain.verify(links, unlinked, heads=heads, now=NOW)]


# --- What somebody could do who can write to the tables: each gives (links, unlinked entries) ---


def altered(luck, said):
    part = luck.choice(["at", "verb", "subject_type", "subject_id", "actor_id", "data"])
    other = {
        "at": said.at + timedelta(microseconds=luck.randint(1, 10**9)),
        "verb": said.verb + luck.choice("x "),
        "subject_type": "letters.letter",
        "subject_id": f"{luck.getrandbits(128):032x}",
        "actor_id": (said.actor_id or 0) + luck.randint(1, 9),
        "data": {**said.data, luck.choice(["letter", "was", "more"]): luck.randint(10, 99)},
    }
    return replace(said, **{part: other[part]})


def change(luck, links):
    at = luck.randrange(1, len(links))
    return [*links[:at], replace(links[at], said=altered(luck, links[at].said)), *links[at + 1 :]], []


def change_and_hash_anew(luck, links):
    """That link fits again; the one after it does not."""
    at = luck.randrange(1, len(links) - 1)
    said = altered(luck, links[at].said)
    forged = replace(links[at], said=said, hash=chain.link_hash(links[at - 1].hash, at, said))
    return [*links[:at], forged, *links[at + 1 :]], []


def delete(luck, links):
    at = luck.randrange(1, len(links))
    return [*links[:at], replace(links[at], said=None), *links[at + 1 :]], []


def delete_with_the_link(luck, links):
    at = luck.randrange(1, len(links) - 1)
    return [*links[:at], *links[at + 1 :]], []


def delete_and_close_the_gap(luck, links):
    at = luck.randrange(1, len(links) - 1)
    return [*links[:at], *(replace(one, number=one.number - 1) for one in links[at + 1 :])], []


def insert(luck, links):
    """Without a link, dated back."""
    return links, [replace(entry(luck.randrange(1, 600)), id=luck.randrange(1000, 2000))]


def insert_with_a_link(luck, links):
    at = luck.randrange(1, len(links))
    said = replace(altered(luck, links[at].said), id=5000)
    forged = chain.Linked(at, said.id, chain.link_hash(links[at - 1].hash, at, said), said)
    return [*links[:at], forged, *(replace(one, number=one.number + 1) for one in links[at:])], []


def reorder(luck, links):
    one, other = luck.sample(range(1, len(links)), 2)
    swapped = list(links)
    swapped[one] = replace(links[one], entry_id=links[other].entry_id, said=links[other].said)
    swapped[other] = replace(links[other], entry_id=links[one].entry_id, said=links[one].said)
    return swapped, []


def truncate(luck, links):
    """The newest are gone without a trace: only what was printed tells."""
    return links[: luck.randrange(1, len(links))], []


def write_anew(luck, links):
    """Something is changed and everything after it chained again."""
    entries = [link.said for link in links[1:]]
    at = luck.randrange(len(entries))
    return chained([*entries[:at], altered(luck, entries[at]), *entries[at + 1 :]], links[0].hash), []


WAYS = [
    *(change, change_and_hash_anew, delete, delete_with_the_link, delete_and_close_the_gap),
    *(insert, insert_with_a_link, reorder, truncate, write_anew),
]
SEEN_IN_PRINT = (truncate, write_anew)


def test_untouched_journal_is_in_order(journal):
    assert found(journal, heads={journal[-1].hash, journal[40].hash}) == []


def test_every_alteration_is_found(journal):
    luck, ways = random.Random(6), Counter()
    for case in range(CASES):
        way = WAYS[case % len(WAYS)]
        links, unlinked = way(luck, journal)
        assert found(links, unlinked, {journal[-1].hash}), f"case {case}: {way.__name__}"
        ways[way.__name__] += 1
    assert ways.total() == CASES
    assert len(ways) == len(WAYS)


@pytest.mark.parametrize("way", WAYS)
def test_what_is_not_found_without_a_printed_head(journal, way):
    """The control: a shortened and a rewritten chain hang together, and only the printed hash gives them away."""
    links, unlinked = way(random.Random(1), journal)
    assert bool(found(links, unlinked)) == (way not in SEEN_IN_PRINT)


def test_hash_that_does_not_cover_the_one_before_would_let_them_be_swapped(journal, monkeypatch):
    monkeypatch.setattr(chain, "link_hash", lambda previous, number, said, of=chain.link_hash: of("", 0, said))
    links = chained([link.said for link in journal[1:]])
    moved = [replace(one, number=number) for number, one in enumerate([links[0], *reversed(links[1:])])]
    assert found(moved) == []


def test_entries_may_wait_a_moment_for_their_link(journal):
    fresh = replace(entry(700), at=NOW - timedelta(seconds=30))
    ahead = replace(entry(700), at=NOW + timedelta(days=30))
    assert found(journal, [fresh]) == []
    assert found(journal, [replace(fresh, at=NOW - chain.WINDOW), ahead]) == ["not linked", "not linked"]


def test_chain_without_its_seed_is_found(journal):
    assert found(journal[1:])[0] == "no seed"
