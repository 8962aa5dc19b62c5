"""Mail servers with a temper, for EMAIL_BACKEND."""

import smtplib

from django.core.mail.backends import locmem


class Choosy(locmem.EmailBackend):
    """Answers by the recipient's name: refused@ gets 550, later@ 451, garbled@ a dropped connection."""

    def send_messages(self, messages):
        for message in messages:
            name = message.to[0].partition("@")[0]
            if name == "refused":
                raise smtplib.SMTPRecipientsRefused({message.to[0]: (550, b"no refused@site.example here")})
            if name == "later":
                raise smtplib.SMTPDataError(451, b"later@site.example is busy")
            if name == "garbled":
                raise smtplib.SMTPServerDisconnected("Connection unexpectedly closed")
        return super().send_messages(messages)


class Gone(locmem.EmailBackend):
    def open(self):
        raise ConnectionRefusedError


class Measuring(locmem.EmailBackend):
    """Answers to MAIL FROM, as a server does that is told the size: with `answer` to what is for large@."""

    answer = (552, b"5.3.4 Message size exceeds fixed limit")

    def send_messages(self, messages):
        for message in messages:
            if message.to[0].startswith("large@"):
                raise smtplib.SMTPSenderRefused(*self.answer, message.from_email)
        return super().send_messages(messages)
