from celery import shared_task

from signatories import services


@shared_task
def lapse_unconfirmed() -> int:
    """Let go of what was never confirmed in time, and of who has not agreed again in time."""
    return services.lapse_unconfirmed() + services.lapse_unagreed()


@shared_task
def tell_of_amendments() -> int:
    """Write to those whom an amendment concerns. Several at once are harmless: a mail is written once."""
    return services.tell_of_amendments()
