"""What partners say, and the text they say it about."""

from letters import services
from letters.models import Comment, Partner
from tests.factories import (
    UserFactory,
)

Answer, Position = Comment.Answer, Partner.Position
BODY = (
    "<h2>Our demands</h2><p>We ask you to keep the old bridge over the Lind open to everyone.</p>"
    "<ul><li><p>Repair the northern pier before winter.</p></li><li><p>Publish the inspection report.</p></li></ul>"
    "<blockquote><p>It is the only crossing for forty miles.</p></blockquote>"
)


def say(partner, **said):
    revision = partner.consultation.letter.revision
    return services.comment(partner, **({"revision": revision, "language": "en", "unit": 1, "words": "Why?"} | said))


def opened(partner):
    services.open_for_signing(partner.consultation.letter, by=UserFactory())
