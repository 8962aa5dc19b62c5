"""One's own page, as tests reach it: links to it, and what stands on it."""

import re

from django.urls import reverse

from campaigns.models import Mail
from signatories import services
from signatories.models import Line, Purpose, Token


def mine(signatory, page="mine"):
    return reverse(f"signatories:{page}", args=[Token.objects.mine(signatory).secret])


def token_of(signatory):
    return Token.objects.found(Purpose.MINE, Token.objects.mine(signatory).secret)


def fresh(row):
    return type(row).objects.get(pk=row.pk)


def kinds(signatory):
    return sorted(Mail.objects.about(signatory).values_list("kind", flat=True))


def shown(answer):
    return re.sub(r"\s+", " ", answer.content.decode())


def corrected(signatory, **changes):
    line = Line(**{**signatory.line.__dict__, **changes})
    return services.correct(
        token_of(signatory), line=line, kind=signatory.kind, contact_name="Ana", contact_role="Director"
    )
