"""The writing page as a browser has it: what it shows, and what it would send."""

from html import unescape
from html.parser import HTMLParser

from tests.factories import MembershipFactory


class Fields(HTMLParser):
    """The fields of a page's forms by name, as they would be sent; buttons and the way out left aside."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.values, self.within = {}, None
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        has = dict(attributes)
        if tag == "input" and has.get("name"):
            if has.get("type") not in ("radio", "checkbox") or "checked" in has:
                self.values.setdefault(has["name"], has.get("value", "on" if has.get("type") == "checkbox" else ""))
        elif tag in ("textarea", "select"):
            self.within = (tag, has["name"])
            self.values[has["name"]] = ""
        elif tag == "option" and "selected" in has:
            self.values[self.within[1]] = has["value"]

    def handle_endtag(self, tag):
        if self.within and tag == self.within[0]:
            self.within = None

    def handle_data(self, data):
        if self.within and self.within[0] == "textarea":
            self.values[self.within[1]] += data.removeprefix("\n") if not self.values[self.within[1]] else data


def fields(response):
    found = Fields(response.content.decode()).values
    found.pop("csrfmiddlewaretoken", None)
    return found


def words(response):
    return unescape(" ".join(response.content.decode().split()))


def team_member(client, letter, role="coordinator"):
    """Sign in somebody of the letter's team."""
    user = MembershipFactory(campaign=letter.campaign, role=role).user
    client.force_login(user)
    return user
