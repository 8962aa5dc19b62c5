from celery import shared_task

from letters.services import renderings, timetable


@shared_task
def render_due() -> int:
    """Set the documents that wait. Several at once are harmless: each is claimed by one."""
    return renderings.render_due()


@shared_task
def keep_timetable() -> int:
    """Close the letters whose closing instant has come."""
    return timetable.close_past_due()
