"""What makes a page hard to use, on a desktop and on a phone."""

from axe_playwright_python.sync_playwright import Axe

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def problems(page):
    """What axe finds, and what sticks out, on a desktop and on a phone."""
    found = []
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 800})
        found += [rule for rule, _where in violations(page)]
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append(f"wider than {width} pixels")
    return found


def violations(page, rules=RULES):
    """(rule, beginnings of the elements that break it) for each that axe finds broken."""
    found = Axe().run(page, options={"runOnly": rules}).response["violations"]
    return [(one["id"], [node["html"][:200] for node in one["nodes"]]) for one in found]
