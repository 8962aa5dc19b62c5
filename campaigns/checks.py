"""What `manage.py check --deploy` says of a site that would keep its mail to itself."""

from typing import Any

from django.conf import settings
from django.core.checks import Error, Tags, register


@register(Tags.security, deploy=True)
def mail_leaves_the_house(**kwargs: Any) -> list[Error]:
    if settings.EMAIL_URL or settings.DEBUG:
        return []
    words = "EMAIL_URL is not set: mail is written into VAR_DIR and reaches nobody."
    return [Error(words, hint="Set EMAIL_URL to your mail server.", id="undersigned.E001")]
