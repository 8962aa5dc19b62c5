"""Mail that no server takes lies in files, and not for ever."""

import os
import time

import pytest
from django.core.mail import EmailMessage

from campaigns import mailbox, tasks


@pytest.fixture
def folder(settings, tmp_path):
    settings.VAR_DIR, settings.EMAIL_FILE_PATH = tmp_path, tmp_path / "mail"
    for subject in ("Of last week", "Of today"):
        mailbox.Backend().send_messages([EmailMessage(subject, "A link.", to=["ada@example.org"])])
    return settings.EMAIL_FILE_PATH


def age(file, days):
    then = time.time() - days * 24 * 3600
    os.utime(file, (then, then))


def subjects():
    return sorted(str(mail["Subject"]) for _name, mail in mailbox.messages())


def test_files_go_after_a_week(folder):
    last = next(name for name, mail in mailbox.messages() if mail["Subject"] == "Of last week")
    age(folder / f"{last}.eml", 6)
    assert (tasks.forget_mail(), subjects()) == (0, ["Of last week", "Of today"])
    age(folder / f"{last}.eml", 8)
    (folder / "x.partial").write_text("what an interrupted process has begun")
    age(folder / "x.partial", 8)
    assert (tasks.forget_mail(), subjects()) == (2, ["Of today"])
    assert len(list(folder.iterdir())) == 1


def test_nothing_is_wrong_where_no_mail_was_ever_kept(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    assert tasks.forget_mail() == 0
