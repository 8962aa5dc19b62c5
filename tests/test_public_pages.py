"""The pages that open without signing in. Everything else is closed; adding one here is a decision."""

from django.urls import URLPattern, get_resolver

PUBLIC = {
    # what anyone may read and do
    "letters:home",
    "letters:letter",
    "letters:letter_in",
    "letters:amended",
    "letters:roll",
    "letters:revision_file",
    "letters:board",
    "letters:checks",
    "letters:verify",
    "letters:board_copy",
    "letters:letter_pdf",
    # of a published one
    "letters:edition_pdf",
    "letters:manifest_file",
    "letters:reply_file",
    "letters:press",
    # for programs and other sites
    "letters:signatories_json",
    "letters:signatories_csv",
    "letters:signatories_txt",
    "letters:embed",
    "letters:card",
    "letters:oembed",
    "letters:feed",
    "letters:sitemap",
    "letters:robots",
    # signing
    "signatories:sign",
    "signatories:sign_individual",
    "signatories:sent",
    "signatories:already",
    # behind a link from a mail
    "signatories:confirm",
    "signatories:mine",
    "signatories:decide",
    "signatories:amendment",
    "signatories:question",
    "signatories:correct",
    "signatories:visibility",
    "signatories:withdraw",
    "signatories:subscription",
    "signatories:holdings",
    "signatories:holdings_file",
    "signatories:vouch",
    "signatories:unsubscribe",
    "signatories:new_link",
    "signatories:older_links",
    # by a secret link
    "letters:comment",
    "campaigns:join",
    # for who runs the site; the mail pages exist only on one's own machine
    "campaigns:live",
    "campaigns:ready",
    "campaigns:mailbox",
    "campaigns:mail",
    "campaigns:mail_attachment",
    # the way in
    "admin:login",
    "account_login",
    "account_logout",
    "account_inactive",
    "account_signup",
    "account_email_verification_sent",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "account_confirm_login_code",
    "mfa_authenticate",
    "mfa_login_webauthn",
}


def patterns(resolver, namespace=""):
    for one in resolver.url_patterns:
        if isinstance(one, URLPattern):
            yield f"{namespace}{one.name}", one.callback
        else:
            yield from patterns(one, f"{namespace}{one.namespace}:" if one.namespace else namespace)


def test_only_these_pages_are_public():
    open_to_all = {name for name, view in patterns(get_resolver()) if not getattr(view, "login_required", True)}
    assert open_to_all == PUBLIC


def test_every_other_page_asks_for_sign_in(client, db):
    """A view says that it is public; that all the others are closed is the work of the middleware."""
    for name, view in patterns(get_resolver()):
        if name not in PUBLIC:
            assert getattr(view, "login_required", True)
    assert client.get("/desk/").status_code == client.get("/admin/").status_code == 302
