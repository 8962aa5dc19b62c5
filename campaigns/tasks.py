from celery import shared_task

from campaigns import health, outbox


@shared_task
def send_due() -> int:
    """Drain the outbox. Several at once are harmless: each mail is claimed by one."""
    return outbox.send_due()


@shared_task
def beat() -> None:
    """Sent by the scheduler and run by a worker, so the mark it leaves shows that both are alive."""
    health.note_beat()
