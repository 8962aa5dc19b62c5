"""Two tellings of a history, with the hidden one and without it, and what can be told of one from the other."""

from difflib import unified_diff

from tests.signatories.non_interference.looking import Watch
from tests.signatories.public_outputs import Seen, differ
from tests.signatories.twin_histories import canaries_in_tables, hearing


def watched(stage, steps, case, **options):
    """What was to be seen of one telling, and what stands in logs and tables in clear."""
    watch = Watch(case, **options)
    with hearing() as heard, stage.told(steps, look=watch.step) as telling:
        watch.end(telling)
        watch.is_counted, watch.happened = telling.is_counted, telling.happened
        if watch.sees != "some":
            heard += canaries_in_tables()
    watch.notes["in clear"] = Seen(said := "\n".join(heard), said)
    return watch


def found(without, other):
    """What can be told from what was seen: how everything differs that may not."""
    nothing = Seen("nothing there", "nothing there")
    finds = {}
    for where in without.notes.keys() | other.notes.keys():
        pair = (without.notes.get(where, nothing), other.notes.get(where, nothing))
        if differ(*pair):
            finds[str(where)] = told_apart(*pair)
    return finds


def told_apart(one, other):
    said = (one.but_for_number, other.but_for_number) if other.is_counted else (one.exact, other.exact)
    lines = unified_diff(*(words.splitlines() for words in said), "without", "with", lineterm="", n=0)
    return "\n".join(line[:400] for line in list(lines)[:12])
