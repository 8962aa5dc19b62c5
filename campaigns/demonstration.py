"""Who signs in to the demonstration campaign, which exists under DEBUG only. `manage.py demo` makes them."""

# role, e-mail, password: meant to be read aloud and typed
LOGINS = [
    ("coordinator", "coordinator@oremba.example", "sign-together"),
    ("vetter", "vetter@oremba.example", "sign-together"),
    ("administrator", "administrator@oremba.example", "sign-together"),
]
NAMES = {"coordinator": "Mirela Tolland", "vetter": "Ilario Quayle", "administrator": "Dunya Aldermere"}
