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
