from django.conf import settings


def site(request):
    """What every page may say about the site."""
    return {
        "SITE_NAME": settings.SITE_NAME,
        "SITE_URL": settings.SITE_URL,
        "HELP_EMAIL": settings.HELP_EMAIL,
        "DEBUG": settings.DEBUG,
    }
