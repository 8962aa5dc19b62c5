"""What intake finds in a text."""

from letters import intake


def found_in(source):
    return intake.assemble(intake.read(source).pieces)
