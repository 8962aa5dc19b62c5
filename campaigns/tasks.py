from celery import shared_task

from campaigns import chaining, health, mailbox, outbox


@shared_task
def send_due() -> int:
    """Drain the outbox. Several at once are harmless: each mail is claimed by one."""
    return outbox.send_due()


@shared_task
def forget_mail() -> int:
    """The files of mails that no server has taken, once they are old."""
    return mailbox.forget()


@shared_task
def beat() -> None:
    """Sent by the scheduler and run by a worker, so the mark it leaves shows that both are alive."""
    health.note_beat()


@shared_task
def link_journal() -> int:
    """Link the newest entries of the journal. Several at once are harmless: one links, the others leave."""
    return chaining.link_due()


@shared_task
def link_whole_journal() -> int:
    """Link whatever the other has overlooked, and what was there before there was a chain."""
    return chaining.link_due(all_of_them=True)
