from celery import shared_task

from campaigns import outbox
from signatories import services
from signatories.services import filing, importing, submitting


@shared_task
def lapse_unconfirmed() -> int:
    """Let go of what was never confirmed in time, and of who has not agreed again in time."""
    return services.lapse_unconfirmed() + services.lapse_unagreed()


@shared_task
def take_in() -> int:
    """Make sign-ons of the forms that were sent. Several at once are harmless: each form is held by one."""
    return services.take_in()


@shared_task
def tell_of_amendments() -> int:
    """Write to those whom an amendment concerns. Several at once are harmless: a mail is written once."""
    return services.tell_of_amendments()


@shared_task
def let_through() -> int:
    """What was held in a rush that is over. Two at once are harmless: a mail is written once."""
    return services.let_through()


@shared_task
def forget_sources() -> int:
    """After two days nobody can tell any more what came from one place."""
    return services.forget_sources()


@shared_task
def remind() -> int:
    """Those who have said neither yes nor no. Twice is harmless: a mail is written once."""
    return services.remind_unconfirmed() + services.remind_boards() + services.warn_of_closing()


@shared_task
def tell_of_closing() -> int:
    """Write to those whose letter closes at another time. Several at once are harmless."""
    return services.tell_of_closing()


@shared_task
def tell_news() -> int:
    """Note what has been published, and write to those on a letter of which there is news. Several at once are
    harmless."""
    services.announce_published()
    return services.tell_news()


@shared_task
def keep_retention() -> int:
    """Contact data whose time is over, and who is to be told two weeks before."""
    return outbox.forget_failed() + submitting.forget_unanswered() + services.keep_retention() + importing.empty_due()


@shared_task
def import_lists() -> int:
    """Read the lists that wait, and go on adding. Several at once are harmless: each list is held by one."""
    return importing.read_due() + importing.add_due()


@shared_task
def file_names() -> int:
    """Look up which names are near those that are new. Twice at once is harmless."""
    return filing.file_names()
