"""A letter that somebody has in hand, as it comes from the clipboard, plain and formatted; invented."""

from letters import intake

PASTED = """Joint letter on the ferry of Ostrel

Ostrel, 4 March 2031

To: H.E. Berta Quill, Minister for Ferries

Re: The night boat

Dear Minister,

The night boat of Ostrel has not sailed since the spring. Nurses, bakers and whoever else works at night have no other
way home.

We ask you to let it sail again. It is the "last boat" in the full sense of the word.

Respectfully,

Signatories:
Bakers of Ostrel
Night Nurses' Union
Friends of the Ferry
Harbor Choir
"""
RICH = (
    "<h1>Joint letter on the ferry of Ostrel</h1><p>4 March 2031</p><p>Dear Minister,</p>"
    "<p>The night boat of Ostrel has <b>not</b> sailed since the <a href='https://ferry.example/'>spring</a>.</p>"
    "<p>We ask you to let it sail again, as it always has sailed.</p><p>Respectfully,</p>"
)


def found(pasted=PASTED):
    return intake.assemble(intake.read(pasted).pieces)
