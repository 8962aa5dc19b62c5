from django.conf import settings

from config import languages


def site(request):
    """What every page may say about the site."""
    return {
        "SITE_NAME": settings.SITE_NAME,
        "SITE_URL": settings.SITE_URL,
        "HELP_EMAIL": settings.HELP_EMAIL,
        "DEBUG": settings.DEBUG,
        "plain_path": languages.without(request.path_info),
        "site_languages": lambda: languages.choices(request),  # called where it is shown
    }
