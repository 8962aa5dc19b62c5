"""Three letters about Lake Oremba: one open, one closed and frozen, one half-written."""

from __future__ import annotations

from dataclasses import dataclass, field

CAMPAIGN = {
    "name": "Coalition for the Children of Lake Oremba",
    "contact_email": "letters@oremba.example",
    "privacy_notice": (
        "Responsible is the Coalition for the Children of Lake Oremba, Lamp Wharf, Selwyn Reach. What you enter is used"
        " for this joint letter only. The contact person’s name, role and address are seen by the team and the vetters"
        " only and never published. To see, correct or withdraw your entry, write to letters@oremba.example."
    ),
}


@dataclass(frozen=True)
class Script:
    """A letter's own fields, its text and its recipients, named as the models name them."""

    slug: str
    place: str = ""
    text: dict[str, str] = field(default_factory=dict)
    recipients: tuple[dict[str, str], ...] = ()


def _body(*blocks: str) -> str:
    """Paragraphs, unless a block brings its own tag."""
    return "\n".join(block if block.startswith("<") else f"<p>{block}</p>" for block in blocks)


def _note(text: str) -> str:
    return f'<sup data-footnote="">{text}</sup>'


OPEN_LETTER = Script(
    slug="names-for-the-lake",
    place="Port Halvard",
    text={
        "language": "en",
        "title": "Every child born on Lake Oremba has a right to a name in the register",
        "headline": "Organizations from five continents ask for names: register the children born afloat",
        "re_line": "Birth registration of children born afloat; Article 14 of the Lake Code",
        "salutation": "Dear Madam Speaker,",
        "body": _body(
            "We write about some eleven thousand children who, on paper, do not exist. They were born on the boats and"
            " floating markets of Lake Oremba, most of them within sight of a town hall. Because the Lake Code asks for"
            " a place of birth “on land”, no registrar may write their names down."
            + _note(
                "Lake Code (consolidated text, Port Halvard 1958), Article 14(2): “The registrar shall enter the place"
                " of birth, being a fixed place on land within his district.”"
            ),
            "A child who is not in the register cannot sit the school examination at twelve. She is vaccinated as a"
            " favor, if at all. She cannot cross from one shore to the other without the fear of being taken for"
            " somebody else’s. When she is grown, she can neither own the boat she was born on nor marry the man from"
            " the next one, and when she dies nobody is told. None of this is meant cruelly. It is two words in a form"
            " that no one has looked at since 1958.",
            "Those who live with the two words have found ways around them. Midwives at Port Halvard carry newborns"
            " ashore before the cord is cut, so that the birth may be said to have happened on the quay. Families on"
            " the eastern shore rent a doorstep for a day. A schoolmaster at Selwyn Reach keeps a register of his own"
            " in a biscuit tin, four hundred and six names in a careful hand, against the day when somebody asks for"
            " it."
            + _note(
                "Lantern House Legal Aid Clinic, <em>Names in a Tin: Births Afloat on Lake Oremba</em>, Port Halvard,"
                " second edition, p. 31."
            )
            + " We honor them, and we think that they should not be needed.",
            "It can be otherwise, and on two shores it is. In Marévie and in Sund Ambra a child is registered at the"
            " harbor where the boat is moored, on the word of the harbormaster. The change took a decree of nine lines"
            " and cost less than a coat of paint for the ferry. In its first two years it brought three thousand one"
            " hundred children into the books. The flood of false claims that had been foretold did not come: of all"
            " these entries, the courts have had to correct seven.",
            "<h2>What we ask of the Assembly</h2>",
            "<p>We ask the Assembly of the Lake States, at its session in the spring:</p>",
            "<ol>"
            "<li><p>to strike the words “on land” from Article 14 of the Lake Code;</p></li>"
            "<li><p>to let midwives, harbormasters and the teachers of the floating schools report a birth, free of"
            " charge and without a time limit;</p></li>"
            "<li><p>to accept for those already born, children and grown people alike, the word of two neighbors or the"
            " list of a school; and</p></li>"
            "<li><p>to see that no family is fined, questioned about its own papers or moved on because it came to"
            " register a child.</p></li>"
            "</ol>",
            "Some of us work in places where it is not safe to ask for such things, and sign without having our names"
            " printed. You will find their number at the end of this letter. We ask you to read it as you read the"
            " names.",
            "We are midwives, teachers, lawyers, ferry crews and mothers, and we do not agree about much else that"
            " concerns the lake. We offer what we have: the clinics’ birth books, the schools’ lists, interpreters for"
            " the six languages of the water, and a boat for any registrar who will come aboard. A delegation of five"
            " of us will be in Port Halvard for the whole of the session.",
            "A register is the shortest book a state writes about its people, and the first in which it says: <em>we"
            " know that you are here.</em> Please open it.",
        ),
        "closing": "With respect and in hope,",
    },
    recipients=(
        {
            "line": "to",
            "honorific": "H.E.",
            "name": "Ottoline Strand-Mwero",
            "office": "Speaker",
            "organization": "Assembly of the Lake States",
            "address": "The Old Customs House\n1 Capstan Square\nPort Halvard",
            "email": "speaker@assembly.example",
        },
        {
            "line": "cc",
            "honorific": "Dr",
            "name": "Joaquim Venn",
            "office": "Registrar General",
            "organization": "Lake Oremba Authority",
        },
        {
            "line": "cc",
            "honorific": "Ms",
            "name": "Beatrix Adeyolu-Quist",
            "office": "Commissioner for Children",
            "organization": "Assembly of the Lake States",
        },
    ),
)

CLOSED_LETTER = Script(
    slug="lights-for-the-night-ferries",
    place="Selwyn Reach",
    text={
        "language": "en",
        "title": "Lights for the night ferries of Lake Oremba",
        "headline": "Ferry crews and families ask for lights on the water",
        "re_line": "Lighting of the five night crossings",
        "salutation": "Dear Captain Brandreth,",
        "body": _body(
            "On the night of 3 February the ferry <em>Halcyon</em> and a market boat met in the dark off Kestrel Point."
            " Nobody drowned. Nine people were in the water for an hour, among them a child of two, and were found by"
            " the sound of a tin whistle.",
            "There are five night crossings on the lake and one lit buoy. The Authority’s own inspector wrote after the"
            " accident of the year before that “four lamps and a man to fill them” would do."
            + _note("Lake Oremba Authority, Inspector of Crossings, report 17 of 2024, paragraph 9.")
            + " The money was voted and then spent on a jetty.",
            "We ask you to light the four remaining crossings before the autumn fogs, to hand the keeping of the lamps"
            " to the crews who pass them every night, and to publish once a month which of them burned.",
            "We would rather thank you in the spring than write to you again.",
        ),
        "closing": "Yours sincerely,",
    },
    recipients=(
        {
            "line": "to",
            "honorific": "Captain",
            "name": "Aurel Brandreth",
            "office": "Master of the Crossings",
            "organization": "Lake Oremba Authority",
            "address": "Lamp Wharf\nSelwyn Reach",
        },
    ),
)

DRAFT_LETTER = Script(
    slug="school-boats",
    text={
        "language": "en",
        "title": "School boats before the rains",
        "salutation": "Dear Minister,",
        "body": _body(
            "The seven school boats of Lake Oremba are between thirty and forty years old. Two of them no longer leave"
            " their moorings, and lessons are held with the pump running.",
            "[Next: what the repair would cost; ask the shipwrights at Kestrel Bay for their figures.]",
        ),
    },
)
