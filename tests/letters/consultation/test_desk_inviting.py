"""Partners are invited from the desk, line by line."""

from datetime import timedelta

import pytest

from letters import services
from tests.factories import PartnerFactory, UserFactory
from tests.letters.consultation.pages import NOW, desk, post
from tests.letters.desk import fields, words

pytestmark = pytest.mark.django_db


def test_desk_invites_line_by_line(client, asked):
    lines = "\n".join(
        [
            "Rivers, Lakes and Ponds, Desk@Rivers.example",
            "",
            "Freunde der Brücke <post@bruecke.example>; de",
            "جمعية الجسر\tsamir@jisr.example, AR",
        ]
    )
    response = post(client, asked.letter, "invite_partners", asked.pk, lines=lines)
    assert "3 invitations go out." in words(response)
    invited = {(one.organization, one.email, one.language) for one in asked.partners.exclude(position="x")}
    assert invited >= {
        ("Rivers, Lakes and Ponds", "desk@rivers.example", ""),
        ("Freunde der Brücke", "post@bruecke.example", "de"),
        ("جمعية الجسر", "samir@jisr.example", "ar"),
    }


@pytest.mark.parametrize(
    ("line", "error"),
    [
        ("Rivers", "Line 2: there is no e-mail address."),
        ("desk@rivers.example", "Line 2: the name of the organization is missing"),
        ("Rivers, desk@rivers", "Line 2: the e-mail address is not complete."),
        ("Rivers, desk@rivers.example, klingon", "Line 2: we do not know this language."),
        ("Good, GOOD@one.example", "Line 2: this address stands above already."),
        ("R" * 201 + ", desk@rivers.example", "Line 2: name or address is too long."),
        ("R" * 40_000, "Line 2: there is no e-mail address."),
    ],
)
def test_a_bad_line_invites_nobody_and_loses_nothing(client, asked, line, error):
    typed = f"Good, good@one.example\n{line}"
    response = client.post(desk(asked.letter, "invite_partners", asked.pk), {"lines": typed})
    assert error in words(response)
    assert fields(response)["lines"] == typed
    assert asked.partners.count() == 1


def test_desk_fills_in_the_partners_of_the_round_before(client, asked):
    PartnerFactory(consultation=asked, organization="Rivers", email="desk@rivers.example", language="fr")
    services.end_consultation(asked, by=UserFactory())
    second = services.begin_consultation(asked.letter, closes_at=NOW() + timedelta(days=1), by=UserFactory())
    lines = fields(client.get(desk(asked.letter)))["lines"].splitlines()
    assert "Rivers, desk@rivers.example, fr" in lines
    post(client, asked.letter, "invite_partners", second.pk, lines="\n".join(lines))
    assert second.partners.count() == 2
