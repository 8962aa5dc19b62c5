"""What the world does: everybody but the hidden one."""

from __future__ import annotations

from datetime import date, timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string

from campaigns import outbox
from letters import services as letters
from letters.services import publications, working
from letters.services.publications import Plan
from signatories import services
from signatories.models import Line, Signatory
from signatories.services import cohorts
from signatories.tasks import tell_news
from tests.signatories.twin_histories.ground import FORGED, NAMES, SLUG, Ground

TASKS = ["campaigns.tasks.send_due", "letters.tasks.render_due", "letters.tasks.draw_cards", "campaigns.tasks.beat"]


class Others(Ground):
    """Who does it is drawn by lot; False where nobody could."""

    def sign(self):
        country = self.luck.choice(list(NAMES))
        kind = self.luck.choice(["organization"] * 4 + ["individual"])
        self.sign_on_as(
            country=country if kind == "organization" else "KE",
            visibility="public"
            if kind != "organization"
            else self.luck.choice(["public"] * 4 + ["recipient", "counted"]),
            name=self.luck.choice(NAMES[country])
            if kind == "organization"
            else self.luck.choice(["Ada Ode", "Kofi Mensah"]),
            kind=kind,
            held=self.luck.random() < 0.1,
            crowd=self.luck.random() < 0.2,
        )

    def confirm(self):
        if (key := self.somebody("pending")) and (token := self.link(key)):
            return services.confirm(token).name
        return False

    def board(self):
        if (key := self.somebody("pending")) and (token := self.link(key)):
            return services.let_board_decide(token).name
        return False

    def refuse(self):
        if (key := self.somebody("pending")) and (token := self.link(key)):
            return services.refuse(token).name
        return False

    def approve(self):
        others = Signatory.objects.filter(letter=self.letter, pk__in=[self.pks[key] for key in self.keys])
        return services.approve(others, by=self.by)

    def decline(self):
        if key := self.somebody("confirmed", "listed", "duplicate"):
            return services.decline(self.rows(key), by=self.by, reason="other", note="We could not reach you.")
        return False

    def reconsider(self):
        if key := self.somebody("declined", "listed"):
            return services.reconsider(self.rows(key), by=self.by)
        return False

    def withdraw(self):
        if key := self.somebody():
            return services.withdraw(self.mine(key))
        return False

    def correct(self):
        if key := self.somebody("pending", "confirmed", "listed"):
            row = self.row(key)
            line = Line(f"{row.line.name} Society", "", row.line.country, "", "", "", row.line.affiliation)
            facts = {"kind": row.kind, "contact_name": "Contact", "contact_role": "Chair"}
            return services.correct(self.mine(key), line=line, **facts)
        return False

    def decide(self):
        open_ones = [one for key in self.keys for one in self.row(key).corrections.filter(decided_at__isnull=True)]
        if open_ones:
            return services.decide(self.luck.choice(open_ones), accept=self.luck.random() < 0.7, by=self.by)
        return False

    def show_as(self):
        if key := self.somebody("pending", "confirmed", "listed"):
            return services.show_as(self.mine(key), self.luck.choice(["public", "recipient", "counted"]))
        return False

    def ask(self):
        if key := self.somebody("confirmed"):
            return services.ask(self.row(key), by=self.by, words="Who may sign for you?")
        return False

    def answer(self):
        if key := self.somebody("confirmed"):
            return services.answer(self.mine(key), words="Our director.")
        return False

    def amend(self, weight=None):
        weight = weight or self.luck.choice(["typographic", "correction", "substance", "substance"])
        letters.prepare_amendment(self.letter, by=self.by)
        letter = self.fresh()
        words = working.read(letter)
        body = words.authentic["body"]
        changed = {
            "typographic": body.replace("We ask", "We\u00a0ask", 1)
            if "We ask" in body
            else body.replace("\u00a0", " "),
            "correction": body.replace("</p>", "!</p>", 1),
            "substance": f"<p>We ask for {self.luck.randint(2, 10**6)} bridges.</p>",
        }
        words.authentic["body"] = changed[weight]
        working.write(letter, words, by=self.by)
        until = None if weight == "typographic" else timezone.now() + timedelta(days=self.luck.choice([1, 2]))
        letters.amend(self.letter, weight=weight, reason="So agreed.", until=until, by=self.by)
        if weight == "substance":
            services.agree(self.mine(self.anchor), seen=self.fresh().revision.number)
        return weight

    def agree(self):
        for key in self.keys:
            if self.luck.random() < 0.6 and self.row(key).status in ("confirmed", "listed"):
                services.agree(self.mine(key), seen=self.fresh().revision.number)

    def object(self):
        if key := self.somebody("confirmed", "listed"):
            return services.object_to(self.mine(key), words="The old words were better.").name
        return False

    def remind(self):
        services.remind(self.fresh(), by=self.by)

    def close(self):
        letters.close(self.fresh(), by=self.by)

    def reopen(self):
        until = timezone.now() + timedelta(days=self.luck.choice([2, 9]))
        letters.reopen(self.fresh(), closes_at=until, reason="Asked for", by=self.by)

    def freeze_again(self):
        """Whatever was before, an edition as it stands now."""
        if self.fresh().status == "open":
            letters.close(self.fresh(), by=self.by)
        letters.freeze(self.fresh(), by=self.by)

    def freeze(self):
        if self.fresh().status == "open":
            letters.close(self.fresh(), by=self.by)
        letters.freeze(self.fresh(), by=self.by)

    def pause(self):
        letters.pause(self.fresh(), by=self.by)

    def resume(self):
        letters.resume(self.fresh(), by=self.by)

    def move_closing(self):
        letter = self.fresh()
        letters.set_timetable(letter, slug=SLUG, by=self.by, closes_at=letter.closes_at + timedelta(days=2))

    def news(self):
        kind = self.luck.choice(["delivered", "published", "replied"])
        day = date(2027, 3, 2)
        said = {"happened_on": day, "by": self.by, "whom": "Ada", "words": "At last."}
        services.announce(self.fresh(), kind=kind, edition=self.fresh().editions.order_by("-number").first(), **said)

    def publish(self):
        """The newest edition, as if its documents had been set, and everybody is told."""
        edition = self.fresh().editions.order_by("-number").first()
        if edition is None or self.letter.publications.pending().exists():
            return False
        self.put_documents(edition)
        words = {"en": {"headline": "{n} for the bridge", "document_line": "", "lead": "", "note": ""}}
        plan = Plan(words, shows_salutation=False, shows_closing=False, tells_signatories=True, comes_at=None)
        prepared = publications.prepare(edition, plan, by=self.by)
        publications.release(prepared, by=self.by, seen=publications.fingerprint(prepared))
        tell_news()
        return None

    def invalidate(self):
        states = tuple(cohorts.MAY_BE_SET_ASIDE)
        rule = cohorts.Rule(self.letter.pk, states=states, domain="crowd.example")
        services.invalidate(rule, seen=cohorts.preview(rule).number, reason=FORGED, by=self.by)

    def undo(self):
        newest = self.letter.invalidations.filter(undone_at__isnull=True, reason=FORGED).first()
        if newest is None:
            return False
        services.undo(newest, by=self.by)
        return None

    def mark_duplicate(self):
        key, of = self.somebody("confirmed", "listed"), self.keys[0]
        if key and key != of:
            return services.mark_duplicate(self.row(key), of=self.row(of), by=self.by)
        return False

    def erase(self):
        if key := self.somebody():
            return services.erase(self.mine(key), keeps_line=self.luck.random() < 0.5)
        return False

    def unsubscribe(self):
        if key := self.somebody("listed"):
            services.unsubscribe(self.mine(key))
            return None
        return False

    def release(self):
        return services.release(self.letter.signatories.filter(pk__in=[self.pks[key] for key in self.keys]), by=self.by)

    def tick(self):
        """Everything that the clock has done, twice: what one task writes another may send."""
        due = [entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values() if entry["task"] not in TASKS]
        for name in due:
            import_string(name)()
        outbox.send_due()

    def wait(self):
        """Past closing and the hours to confirm, and past what is kept."""
        longer = self.luck.choice([timedelta(days=1), timedelta(days=8), timedelta(days=95)])
        self.late += longer
        self.clock.shift(longer)
        self.tick()

    def withdraw_anchor(self):
        """Then no other name is withheld."""
        services.withdraw(self.mine(self.anchor))
