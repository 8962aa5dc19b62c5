"""The control for the outbox: mails that exist only as messages in the broker, acknowledged before they are sent."""

import os
import smtplib
from urllib.parse import urlsplit

from celery import Celery

app = Celery("plain", broker=os.environ.get("REDIS_URL"))
app.conf.update(task_ignore_result=True, worker_prefetch_multiplier=1, task_acks_late=False)


@app.task
def deliver(address: str) -> None:
    server = urlsplit(os.environ["EMAIL_URL"])
    with smtplib.SMTP(server.hostname or "", server.port or 0) as connection:
        connection.sendmail("letters@site.example", [address], f"To: {address}\r\nSubject: Confirm\r\n\r\nPlease.\r\n")
