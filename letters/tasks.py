from celery import shared_task

from letters.services import cards, forgetting, noting, publications, renderings, static_copies, timetable


@shared_task
def render_due() -> int:
    """Set the documents that wait. Several at once are harmless: each is claimed by one."""
    renderings.ask_for_texts()
    return renderings.render_due()


@shared_task
def draw_cards() -> int:
    """Draw the cards on which something has changed. Several at once are harmless: one draws, the others leave."""
    cards.ask_for_missing()
    return cards.draw_due()


@shared_task
def note_deliveries() -> int:
    """What became of the mails that deliver letters, and of what nobody has replied to. Several at once are harmless:
    each is noted once."""
    return noting.note_deliveries()


@shared_task
def forget_correspondence() -> int:
    """Addresses, acknowledgements and replies whose time is over."""
    return forgetting.forget_correspondence()


@shared_task
def keep_timetable() -> int:
    """Close the letters whose closing instant has come."""
    return timetable.close_past_due()


@shared_task
def publish_due() -> int:
    """Publish what was released for an instant that has come."""
    return publications.publish_due()


@shared_task
def keep_static_copies() -> int:
    """Write the copies of published letters anew where something has changed, and take away those taken back.
    Several at once are harmless: each copy is claimed by one."""
    return static_copies.keep_due()
