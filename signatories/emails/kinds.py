"""Which mails one can do without, and which anybody can have written by filling in a form. Named by their writers."""

# Unsubscribing ends these, and a link for it stands in each. The others say what has become of the sign-on, or ask what
# only its mailbox can answer.
OPTIONAL = frozenset(
    "reminder closing_moved closes_soon review_reminder delivered published reply_received taken_back".split()
)

# The address in these was typed by somebody who need not own it: services.limits says how many are written, and the
# outbox when they go out, and to whom never. The reminder after two days is not among them: the clock causes it, once.
CAUSED_BY_FORMS = frozenset("confirm already_signed mine_link no_sign_on second_contact".split())
