from celery import shared_task

from signatories import services


@shared_task
def lapse_unconfirmed() -> int:
    """Let go of what was never confirmed in time."""
    return services.lapse_unconfirmed()
