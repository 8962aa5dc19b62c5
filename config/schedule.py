"""What the scheduler wakes, how often, and in which queue it waits."""

from __future__ import annotations

from typing import Any

ROUTES = {  # neither twenty PDFs nor a long list must hold up a mail
    task: {"queue": "documents"}
    for task in (
        "letters.tasks.render_due",
        "letters.tasks.draw_cards",
        "letters.tasks.keep_static_copies",
        "signatories.tasks.import_lists",
        "signatories.tasks.file_names",
    )
}


def every(sweep_seconds: float) -> dict[str, dict[str, Any]]:
    """Celery's table. What waits in the database is swept every `sweep_seconds`; while no worker runs, what it was not
    told of in time lapses, so that nothing piles up."""
    swept = {"schedule": sweep_seconds, "options": {"expires": 60}}
    return {
        "mail": {"task": "campaigns.tasks.send_due", **swept},
        "forms": {"task": "signatories.tasks.take_in", **swept},
        "documents": {"task": "letters.tasks.render_due", **swept},
        "cards": {"task": "letters.tasks.draw_cards", **swept},
        "static copies": {"task": "letters.tasks.keep_static_copies", **swept},
        "timetable": {"task": "letters.tasks.keep_timetable", **swept},
        "deliveries": {"task": "letters.tasks.note_deliveries", **swept},
        "publications": {"task": "letters.tasks.publish_due", **swept},
        "amendments": {"task": "signatories.tasks.tell_of_amendments", **swept},
        "journal": {"task": "campaigns.tasks.link_journal", **swept},
        "whole journal": {
            "task": "campaigns.tasks.link_whole_journal",
            "schedule": 3600.0,
            "options": {"expires": 3600},
        },
        "mail files": {"task": "campaigns.tasks.forget_mail", "schedule": 3600.0, "options": {"expires": 3600}},
        "heartbeat": {"task": "campaigns.tasks.beat", "schedule": 10.0, "options": {"expires": 60}},
        "held": {"task": "signatories.tasks.let_through", "schedule": 30.0, "options": {"expires": 30}},
        "sources": {"task": "signatories.tasks.forget_sources", "schedule": 3600.0, "options": {"expires": 3600}},
        "names": {"task": "signatories.tasks.file_names", "schedule": 10.0, "options": {"expires": 10}},
        "news": {"task": "signatories.tasks.tell_news", **swept},
        "lists": {"task": "signatories.tasks.import_lists", **swept},
        "closing": {"task": "signatories.tasks.tell_of_closing", "schedule": 60.0, "options": {"expires": 60}},
        "reminders": {"task": "signatories.tasks.remind", "schedule": 900.0, "options": {"expires": 900}},
        "retention": {"task": "signatories.tasks.keep_retention", "schedule": 3600.0, "options": {"expires": 3600}},
        "correspondence": {
            "task": "letters.tasks.forget_correspondence",
            "schedule": 3600.0,
            "options": {"expires": 3600},
        },
        "lapsed": {"task": "signatories.tasks.lapse_unconfirmed", "schedule": 300.0, "options": {"expires": 600}},
    }
