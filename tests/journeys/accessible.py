"""What makes a page hard to use, on a desktop and on a phone."""

from axe_playwright_python.sync_playwright import Axe

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def problems(page):
    """What axe finds, and what sticks out, on a desktop and on a phone."""
    found = []
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 800})
        found += [one["id"] for one in Axe().run(page, options={"runOnly": RULES}).response["violations"]]
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append(f"wider than {width} pixels")
    return found
