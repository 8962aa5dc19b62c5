"""What people do on the whole site, in a browser: sign in, sign on, read their mail."""

import re

from playwright.sync_api import expect

from campaigns.demonstration import LOGINS

PASSWORDS = {role: (email, password) for role, email, password in LOGINS}


def signed_in(page, role):
    return signed_in_as(page, *PASSWORDS[role])


def signed_in_as(page, email, password):
    page.goto("/accounts/login/")
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(re.compile(r"/(desk|admin)/$"))  # whoever vets alone comes to the vetting desk
    return page


def sign(page, address, name, acronym, country, email):
    """An organization, on a phone and without script."""
    page.goto(address)
    page.get_by_role("link", name="Sign for your organization").first.click()
    page.get_by_role("textbox", name="Organization").fill(name)
    page.get_by_label("Country").select_option(country)
    page.get_by_label("nationally", exact=True).check()
    page.get_by_text("Acronym, name in another language").click()  # folded away, as nobody needs it
    page.get_by_label("Acronym").fill(acronym)
    page.get_by_label("Your name").fill("Somebody There")
    page.get_by_label("Your role there").fill("Director")
    page.get_by_label("Your work e-mail").fill(email)
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("alert")).to_contain_text("Tick the box")  # kept, and said what to do
    page.get_by_label("I am authorized").check()
    page.get_by_role("button", name="Continue").click()
    expect(page.locator(".printed-line")).to_contain_text(name)
    page.wait_for_timeout(3000)  # nobody fills it in faster, and what does is held
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("look in your mailbox")


def confirm(page, email):
    """From the mail page, as from a mailbox."""
    open_link(page, "Please confirm", "/confirm/", to=email)
    page.get_by_label("Yes, we sign this letter").check()
    page.get_by_role("button", name="Send this answer").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("confirmed")


def open_link(page, subject, address, to=""):
    """Wait for a mail, and follow the link in it that leads to `address`."""
    for _ in range(80):
        page.goto("/mail/")
        mail = page.get_by_role("row").filter(has_text=to).get_by_role("link", name=subject)
        if mail.count():
            break
        page.wait_for_timeout(500)
    mail.first.click()
    page.locator(f"a[href*='{address}']").first.click()
