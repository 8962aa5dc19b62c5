"""What the hidden one does, and what is done to it."""

from __future__ import annotations

from signatories import services
from signatories.models import Line, Purpose
from signatories.services import cohorts
from tests.signatories.twin_histories.ground import FORGED_TOO, Ground
from tests.signatories.twin_histories.secret import HIDDEN, SECRET, SECRET_CONTACT, SECRET_SECOND, SECRET_WORDS


class Hidden(Ground):
    """Acts of the paths it goes along; one that comes to nothing is False."""

    def hidden_sign(self, key=HIDDEN, line=SECRET, visibility="", **more):
        contact = more.pop("contact", SECRET_CONTACT)
        visibility = visibility or self.luck.choice(["recipient", "counted"])
        self.sign_on(HIDDEN, line, visibility, contact, language=self.luck.choice(["en", "fr", "ar"]), **more)

    def hidden_sign_anew(self):
        self.hidden_sign(line=Line("Wrenfoldname Source Two", "WRENFOLDX", "IS", SECRET.website, SECRET.second_name))

    def hidden_sign_public(self):
        """Public until it has confirmed: nothing of that is shown."""
        self.hidden_sign(visibility="public")

    def hidden_sign_held(self):
        self.hidden_sign(held=True)

    def hidden_sign_second(self):
        self.hidden_sign(second=SECRET_SECOND)

    def hidden_sign_double(self):
        """Of one that is listed, and that stood on the letter before."""
        self.hidden_sign(line=self.row(self.keys[0]).line)

    def hidden_sign_returned(self):
        """Under the name of one that stood on the letter for all to see, and has withdrawn."""
        self.hidden_sign(line=self.row(self.gone()).line)

    def gone(self):
        return next(key for key in self.keys if self.row(key).status == "withdrawn")

    def hidden_sign_crowd(self):
        self.hidden_sign()

    def hidden_wait(self):
        services.let_through()

    def hidden_release(self):
        return services.release(self.rows(HIDDEN), by=self.by)

    def hidden_link(self):
        services.send_link(self.fresh(), email=SECRET_CONTACT.email, language="en")

    def hidden_confirm(self):
        token = self.link(HIDDEN)
        return token is not None and services.confirm(token) is services.Outcome.CONFIRMED

    def hidden_board(self):
        token = self.link(HIDDEN)
        return token is not None and services.let_board_decide(token) is services.Outcome.REVIEWING

    def hidden_refuse(self):
        token = self.link(HIDDEN)
        return token is not None and services.refuse(token) is services.Outcome.REFUSED

    def hidden_approve(self):
        return services.approve(self.rows(HIDDEN), by=self.by) or False

    def hidden_decline(self):
        return services.decline(self.rows(HIDDEN), by=self.by, reason="other", note=SECRET_WORDS) or False

    def hidden_reconsider(self):
        return services.reconsider(self.rows(HIDDEN), by=self.by) or False

    def hidden_ask(self):
        return services.ask(self.row(HIDDEN), by=self.by, words=SECRET_WORDS)

    def hidden_answer(self):
        services.answer(self.mine(HIDDEN), words=SECRET_WORDS)

    def hidden_agree(self):
        return services.agree(self.mine(HIDDEN), seen=self.fresh().revision.number) is services.Answer.AGREED

    def hidden_object(self):
        return services.object_to(self.mine(HIDDEN), words=SECRET_WORDS) is services.Answer.OBJECTED

    def hidden_correct(self):
        line = Line(f"Wrenfoldname {self.luck.choice(['River', 'Lake'])}", "WRENFOLDX", "IS", "", SECRET.second_name)
        services.correct(
            *(self.mine(HIDDEN),),
            line=line,
            kind="organization",
            contact_name=SECRET_CONTACT.name,
            contact_role="Wrenfoldrole too",
        )

    def hidden_decide(self):
        asked = self.row(HIDDEN).corrections.filter(decided_at__isnull=True).first()
        return services.decide(asked, accept=True, by=self.by) if asked else False

    def hidden_show_as(self):
        """From one kind of withholding to the other, or from public to the first."""
        was = self.row(HIDDEN).visibility
        services.show_as(self.mine(HIDDEN), "counted" if was == "recipient" else "recipient")

    def hidden_withdraw(self):
        services.withdraw(self.mine(HIDDEN))

    def hidden_erase(self):
        services.erase(self.mine(HIDDEN), keeps_line=False)

    def hidden_unsubscribe(self):
        services.unsubscribe(self.mine(HIDDEN))

    def hidden_vouch(self):
        token = self.link(HIDDEN, Purpose.SECOND)
        return token is not None and services.vouch(token, answer="right")

    def hidden_mark_duplicate(self):
        services.mark_duplicate(self.row(HIDDEN), of=self.row(self.keys[0]), by=self.by)

    def hidden_invalidate(self):
        rule = cohorts.Rule(self.letter.pk, states=tuple(cohorts.MAY_BE_SET_ASIDE), domain="wrenfoldmail.example")
        services.invalidate(rule, seen=9, reason=FORGED_TOO, by=self.by)

    def hidden_undo(self):
        newest = self.letter.invalidations.filter(undone_at__isnull=True, reason=FORGED_TOO).first()
        if newest is None:
            return False
        services.undo(newest, by=self.by)
        return None
