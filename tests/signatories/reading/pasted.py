"""Lines as somebody pastes them, and what is read."""

from signatories import reading


def pasted(*lines):
    return reading.read_text("\n".join(lines))


def names_of(*lines):
    return [row.organization for row in pasted(*lines).entries]


def parts(line, *others):
    """Name, acronym and country of the first entry."""
    row = pasted(line, *others).entries[0]
    return row.organization, row.acronym, row.country


def codes(row):
    return [reason.code for reason in row.reasons]
