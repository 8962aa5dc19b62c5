from django import template

from signatories import guarding
from signatories.services import holding

register = template.Library()


@register.simple_tag(takes_context=True)
def guard(context, letter):
    """What signatories/guard.html puts into a form: the marks that came back, or fresh ones where there are none.

    A page of answers passes on by itself what came with them; then only what is missing is given.
    """
    request = context["request"]
    came = guarding.marks(request.POST if request.method == "POST" else {})
    passes_on = request.method == "POST" and "passed_on" in context
    began = came.began if guarding.is_stamp(came.began) else guarding.stamp()
    challenge, proof = came.challenge, came.proof
    if not guarding.is_challenge(challenge, str(letter.pk)):
        challenge, proof = holding.challenge_for(letter), ""
    has = {name for name in guarding.FIELDS if passes_on and name in request.POST}
    return {
        "trap": guarding.TRAP if guarding.TRAP not in has else "",
        "trapped": came.trap,
        "began": began if guarding.BEGAN not in has else "",
        "challenge": challenge if guarding.CHALLENGE not in has else "",
        "proof": proof,
        "asks": bool(challenge) and not proof,
    }
