"""Start everything with one command: `make run` ends up here."""

import os

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import BaseCommand, CommandError, call_command
from django.db import connections

from campaigns import demonstration
from config import live, lock, supervisor, tether


class Command(BaseCommand):
    help = "Migrate, load the demonstration (with DEBUG) and run web, workers and scheduler until stopped."

    def add_arguments(self, parser):
        parser.add_argument("--with-parent", action="store_true", help="stop when the process that started it ends")

    def handle(self, **options):
        if options["with_parent"]:
            tether.follow_parent()
        port = live.port()
        self.address = f"http://127.0.0.1:{port}"
        os.environ.setdefault("SITE_URL", self.address)  # for the children: the port may not be the usual one
        try:
            with lock.claim(settings.VAR_DIR, self.address, patience=supervisor.PATIENCE_SECONDS) as claim:
                patience = supervisor.PATIENCE_SECONDS if claim.after_a_kill else 0
                with supervisor.listen(port, patience=patience) as listener:
                    self.prepare()
                    self.supervise(listener, port, claim)
        except KeyboardInterrupt:
            self.stderr.write("Stopped before it was ready.")
        except supervisor.PortTaken as error:
            raise CommandError(f"{error} Choose another: PORT={port + 1} make run") from error
        except (lock.AlreadyRunning, supervisor.WebDoesNotStart) as error:
            raise CommandError(str(error)) from error

    def prepare(self):
        supervisor.forget_messages(settings.VAR_DIR)
        call_command("migrate", interactive=False, verbosity=0)
        if settings.DEBUG:
            call_command("demo")  # does nothing where there is a campaign
        else:
            call_command("collectstatic", interactive=False, verbosity=0)
        connections.close_all()  # from here on the database is the children's

    def supervise(self, listener, port, claim):
        os.chdir(settings.BASE_DIR)
        watch = supervisor.Supervisor(supervisor.children(listener, settings.VAR_DIR), port=port, say=self.stderr.write)
        try:
            watch.run(on_ready=self.greet)
        finally:
            claim.announce_stop()
            self.say("Stopping ...")
            watch.stop()
        self.say("Stopped.")

    def say(self, words):
        self.stdout.write(words)
        self.stdout.flush()  # into a file or a pipe it would wait for more

    def greet(self):
        lines = [f"Undersigned is ready: {self.address}/"]
        if settings.DEBUG:
            lines += self.demonstration_logins()
        if settings.DEBUG and not settings.EMAIL_URL:
            lines += [f"The mail it sends is at {self.address}/mail/"]
        self.say("\n".join(["", *lines, "Stop it with Ctrl-C.", ""]))

    def demonstration_logins(self):
        known = set(get_user_model().objects.values_list("email", flat=True))
        connections.close_all()
        logins = [login for login in demonstration.LOGINS if login[1] in known]
        if not logins:
            return []
        width = max(len(role) for role, _, _ in logins)
        return ["Demonstration logins:"] + [
            f"  {role:{width}}  {email}  {password}" for role, email, password in logins
        ]
