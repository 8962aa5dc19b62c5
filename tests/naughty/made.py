"""What is made of lines away from the site's pages: the roll of a document, and mails."""

from campaigns import writing
from signatories import roll
from signatories.emails import samples
from signatories.models import Line
from tests.naughty.lines import NEIGHBOURS, NOW


def listed(names, every):
    rows = [(kind, Line(country=country, **line)) for kind, country, _, line in names.rows[::every]]
    rows += [("organization", line) for line in NEIGHBOURS]
    parts = roll.Entry._fields[: roll.Entry._fields.index("kind")]
    made = [roll.Entry(*(getattr(line, part) for part in parts), kind=kind) for kind, line in rows]
    return roll.build(made, withheld=3, language="en", as_of=NOW)


def mails(monkeypatch, line, name):
    """All mails there are, as somebody with this line gets them: by kind and form."""
    honest = samples.facts

    def facts():
        return type(honest())(**{**vars(honest()), "line": line, "contact_name": name, "country": "Kenya"})

    with monkeypatch.context() as patched:
        patched.setattr(samples, "facts", facts)
        return {
            (kind, form): writing.worded(kind, message)
            for kind, sample in writing.samples().items()
            if kind.startswith("signatories.")
            for form, message in sample.forms().items()
        }
