"""A person at a keyboard, on a narrow screen and without script: goes by Tab and Enter, and says what is in the way."""

import re

from playwright.sync_api import expect

from tests.journeys import accessible

WIDTH, HEIGHT = 320, 640
NAMES = "Undersigned|AGPL|PDF|Word|CSV|JSON|SHA-256|UTC|HTML|Hai’an Dengta zhi You"
HTML = "text/html; charset=utf-8"
LONGEST = 200  # stops of Tab on one page: more is a trap

# Where the focus is: on what, in the window, under nothing, and marked by a ring. Of a field of several lines the
# browser shows the line that is written in.
FOCUSED = """() => {
  const one = document.activeElement
  if (!one || one === document.body || one === document.documentElement) return null
  const [box] = one.getClientRects()
  const faults = []
  if (!box || box.width < 1 || box.height < 1) faults.push("has no size")
  else {
    const seen = Math.min(box.bottom, innerHeight + 1) - Math.max(box.top, -1)
    const least = one.localName === "textarea" ? 24 : Math.min(box.height, innerHeight)
    if (box.left < -1 || box.right > innerWidth + 1 || seen < least) faults.push("is outside the window")
    else {
      const y = Math.min(Math.max(box.top, 0) + seen / 2, innerHeight - 1)
      const top = document.elementFromPoint(box.left + box.width / 2, y)
      if (!top || !(one.contains(top) || top.contains(one))) faults.push(`is under ${top?.outerHTML}`)
    }
  }
  const { outlineStyle, outlineWidth } = getComputedStyle(one)
  const isMarked = outlineStyle === "auto" || (outlineStyle !== "none" && parseFloat(outlineWidth) >= 2)
  if (!isMarked && one.localName !== "main") faults.push("has no ring")
  return [one.outerHTML.slice(0, 120), faults]
}"""

# How many stops Tab should make: radio buttons of one name are one.
STOPS = """() => {
  const all = "a[href], button, summary, input:not([type=hidden]), select, textarea, [tabindex='0']"
  const names = new Set()
  return [...document.querySelectorAll(all)].filter(one => {
    if (one.tabIndex < 0 || !one.checkVisibility()) return false
    return one.type !== "radio" || names.size < names.add(one.name).size
  }).length
}"""

# What is wrong with the page as a whole. Words that are not in the reader's script are foreign unless they are marked
# as such, or stand in what others wrote.
FAULTS = """([language, direction, names]) => {
  const faults = []
  const root = document.documentElement
  if (root.lang !== language || root.dir !== direction) faults.push(`is set as ${root.lang} ${root.dir}`)
  if (root.scrollWidth > innerWidth) faults.push(`is ${root.scrollWidth} pixels wide`)
  const headings = [...document.querySelectorAll("h1")].filter(one => one.checkVisibility())
  if (headings.length !== 1 || !headings[0].innerText.trim()) faults.push(`has ${headings.length} headings`)
  if (document.title.split(" · ")[0].trim().length < 4) faults.push("has no title")
  const controls = "a[href], button, summary, input:not([type=hidden]), select, textarea"
  for (const one of document.querySelectorAll(controls)) {
    const isInSentence = getComputedStyle(one).display === "inline"
    if (isInSentence || one.closest(".visually-hidden, .skip") || !one.checkVisibility()) continue
    const box = one.getBoundingClientRect()
    if (box.width < 24 || box.height < 24) faults.push(`is hard to hit: ${one.outerHTML.slice(0, 120)}`)
  }
  if (language === "ar") {
    const others = "bdi, [dir=ltr], textarea, .overline"
    const known = new RegExp(`${names}|\\\\S+@\\\\S+|https?:\\\\S+`, "g")
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    while (walk.nextNode()) {
      const where = walk.currentNode.parentElement
      if (where.closest("[lang]").lang !== language || where.closest(others) || !where.checkVisibility()) continue
      const said = walk.currentNode.data.replaceAll(known, "")
      if (/[a-z]{2}/i.test(said)) faults.push(`is not translated: ${said.trim()}`)
    }
  }
  return faults
}"""


class Reader:
    """Somebody who reads in one language."""

    def __init__(self, context, seeing, language):
        self.context, self.language = context, language
        self.direction = "rtl" if language == "ar" else "ltr"
        self.page = context.new_page()
        self.page.set_default_timeout(20_000)
        self.looks = seeing.new_page()

    # --- Going about ---

    def open(self, address):
        self.page.goto(address)
        self.arrived()

    def press(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)

    def type(self, words):
        """Into the field that has the focus, instead of what is in it."""
        self.press("ControlOrMeta+A")
        self.page.keyboard.type(words)

    def strike(self, words):
        """Key by key, as the choices of a list are found, on a keyboard of any script."""
        session = self.context.new_cdp_session(self.page)
        for letter in words:
            session.send("Input.dispatchKeyEvent", {"type": "keyDown", "text": letter, "key": letter})
            session.send("Input.dispatchKeyEvent", {"type": "keyUp", "key": letter})
        session.detach()

    def reach(self, selector, key="Tab"):
        """Tab on until it has the focus; each stop on the way can be seen."""
        wanted = self.page.locator(selector).first
        for _ in range(LONGEST):
            self.press(key)
            assert not (faults := self.faults_of_focus()), faults
            if wanted.evaluate("one => one === document.activeElement"):
                return wanted
        raise AssertionError(f"Tab does not lead to {selector}")

    def follow(self, selector, key="Tab"):
        """Go to a link or a button and press Enter; the page it leads to is looked at."""
        self.reach(selector, key)
        with self.page.expect_navigation():
            self.press("Enter")
        self.arrived()

    # --- What is in the way ---

    def faults_of_focus(self):
        found = self.page.evaluate(FOCUSED)
        return [f"{found[0]} {fault}" for fault in found[1]] if found else []

    def faults_of_page(self):
        return self.page.evaluate(FAULTS, [self.language, self.direction, NAMES])

    def arrived(self):
        """On another page, which is looked at as a whole."""
        expect(self.page.locator("h1")).to_have_count(1)
        where = self.page.url
        faults = self.faults_of_page() + self.violations()
        assert not faults, (where, faults)

    def violations(self, rules=accessible.RULES):
        """What axe says. It needs script, so it gets the page, as it stands here, in a window that has some."""
        words, where = self.page.content(), self.page.url
        self.looks.route(where, lambda route: route.fulfill(body=words, content_type=HTML))
        self.looks.goto(where)
        self.looks.unroute(where)
        self.looks.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        return accessible.violations(self.looks, rules)

    def walk_through(self):
        """From the top by Tab through everything and out at the end: how many stops, each of them seen."""
        asked = self.page.evaluate(STOPS)
        for stops in range(LONGEST):
            self.press("Tab")
            if self.page.evaluate(FOCUSED) is None:
                return stops, asked
            assert not (faults := self.faults_of_focus()), faults
        raise AssertionError("Tab finds no way out")

    def skip(self):
        """The first stop of every page leads past what every page begins with."""
        self.press("Tab")
        expect(self.page.locator("a.skip")).to_be_focused()
        assert not (faults := self.faults_of_focus()), faults
        self.press("Enter")
        expect(self.page.locator("main")).to_be_focused()
        assert re.search("#content$", self.page.url)
