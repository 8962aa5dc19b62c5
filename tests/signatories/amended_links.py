"""Letters that are amended while some stand on them: the link each has, and who is on the roll."""

from signatories.models import Purpose, Token


def link(signatory):
    return Token.objects.issue(signatory, Purpose.MINE)


def on_the_roll(letter):
    return letter.signatories.listed().count()
