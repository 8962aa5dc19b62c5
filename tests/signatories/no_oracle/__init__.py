"""No answer tells who has signed: to whoever fills in a form, all mailboxes and all organizations are alike.

Only the mailbox learns how things stand, by one mail; and what the public list shows may be said, as it is public.
"""
