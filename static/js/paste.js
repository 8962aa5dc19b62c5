/* What Word, LibreOffice and Google Docs put on the clipboard, made into the HTML the editor understands: their lists,
   footnotes, bold and italic. letters/body/leftovers.py does the same on the server and has the last word. */

const BULLET = /^[·•‣▪◦●○■\uf0b7\uf0a7\uf0d8](\s+|$)/
const FOOTNOTE = /#(_ftn|_edn|ftnt|sdfootnote|sdendnote|footnote-|endnote-)(_?ref-?)?(\d{1,4})(sym|anc)?$/

export function repaired(html) {
  if (html.includes("data-pm-slice")) return html // copied from an editor like this one
  // The page's security policy reports styles and handlers even in a document that is never shown.
  const plain = html
    .replace(/<(style|script)[\s>][\s\S]*?<\/\1>/gi, "")
    .replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/\s(style|on\w+)\s*=/gi, " data-$1="))
  const { body } = new DOMParser().parseFromString(plain, "text/html")
  styles(body)
  footnotes(body)
  lists(body)
  headings(body)
  return body.innerHTML
}

const css = (element) => element.dataset.style || ""

function renamed(element, name) {
  const other = document.createElement(name)
  other.append(...element.childNodes)
  element.replaceWith(other)
}

/* Google Docs writes bold as a span with a weight, and wraps everything in a b that is not bold. */
function styles(body) {
  for (const element of body.querySelectorAll("b, strong, i, em, span")) {
    const weight = /(?:^|;)\s*font-weight\s*:\s*(\w+)/i.exec(css(element))?.[1]
    const slant = /(?:^|;)\s*font-style\s*:\s*(\w+)/i.exec(css(element))?.[1]
    const isBold = weight ? weight === "bold" || weight === "bolder" || Number(weight) >= 600 : null
    if (isBold === false && element.matches("b, strong")) element.replaceWith(...element.childNodes)
    else if (slant === "normal" && element.matches("i, em")) element.replaceWith(...element.childNodes)
    else if (element.matches("span")) {
      if (isBold) wrapInside(element, "strong")
      if (slant === "italic" || slant === "oblique") wrapInside(element, "em")
    }
  }
}

function wrapInside(element, name) {
  const wrapper = document.createElement(name)
  wrapper.append(...element.childNodes)
  element.append(wrapper)
}

function footnotes(body) {
  const links = [...body.querySelectorAll("a[href]")].flatMap((link) => {
    const href = link.getAttribute("href")
    const match = /^https?:/.test(href) ? null : FOOTNOTE.exec(href)
    return match ? [{ link, key: match[1] + match[3], isBack: Boolean(match[2]) || match[4] === "anc" }] : []
  })
  for (const { link: back, key } of links.filter(({ isBack }) => isBack)) {
    const calls = links.filter((other) => !other.isBack && other.key === key && other.link.isConnected)
    const note = noteAround(back)
    if (!calls.length || !note || calls.some(({ link }) => note.contains(link))) continue
    back.remove()
    for (const { link } of calls) (link.closest("sup") || link).replaceWith(asFootnote(note))
    const list = note.closest("ol, ul")
    note.remove()
    if (list && !list.textContent.trim()) list.remove()
  }
}

/* All of the div or list item that holds one note and nothing else, otherwise the paragraph. */
function noteAround(back) {
  const whole = back.closest("div, li")
  const others = whole ? [...whole.querySelectorAll("a[href]")].filter((link) => FOOTNOTE.test(link.getAttribute("href"))) : []
  const isFirst = whole?.textContent.trim().startsWith(back.textContent.trim()) || whole?.matches("li")
  return whole && others.length === 1 && isFirst ? whole : back.closest("p")
}

function asFootnote(note) {
  const footnote = document.createElement("sup")
  footnote.setAttribute("data-footnote", "")
  footnote.append(...note.cloneNode(true).childNodes)
  for (const block of footnote.querySelectorAll("p, div, li")) block.replaceWith(...block.childNodes, " ")
  return footnote
}

/* Word's list items are paragraphs with a level and a typed marker; some sources only leave "· text". */
function lists(body) {
  let open = []
  for (const paragraph of [...body.querySelectorAll("p")]) {
    const level = Number(/mso-list:\s*l\d+\s+level(\d)/.exec(css(paragraph))?.[1] || 0)
    const marker = [...paragraph.querySelectorAll("span")].find((span) => /mso-list:\s*ignore/i.test(css(span)))
    const isTyped = !level && BULLET.test(paragraph.textContent.trimStart()) && !paragraph.closest("li")
    if (!level && !isTyped) {
      open = []
      continue
    }
    const number = level ? /^\W*(\d{1,6}|[a-z]{1,5})[.):]/i.exec(marker?.textContent.trim() || "") : null
    if (level) marker?.remove()
    else cutStart(paragraph)
    const item = document.createElement("li")
    open = place(open, paragraph, item, level || 1, number)
    item.append(paragraph)
  }
}

function place(open, paragraph, item, level, number) {
  const name = number ? "ol" : "ul"
  const previous = paragraph.previousElementSibling
  let stack = open.length && previous === open[0].list ? open.filter((entry) => entry.level <= level) : []
  if (!stack.length && open.length && previous === open[0].list) stack = [open[0]]
  const top = stack.at(-1)
  if (top && (top.level === level || (stack.length === 1 && level < top.level)) && top.list.localName === name) {
    top.list.append(item)
    return stack
  }
  if (top && top.level === level) stack = stack.slice(0, -1)
  const list = document.createElement(name)
  if (number && Number(number[1]) > 1) list.setAttribute("start", number[1])
  const parent = stack.at(-1)?.list.lastElementChild
  if (parent) parent.append(list)
  else paragraph.before(list)
  list.append(item)
  return [...stack, { list, level }]
}

function cutStart(paragraph) {
  const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT)
  let rest = BULLET.exec(paragraph.textContent.trimStart())[0].length
  rest += paragraph.textContent.length - paragraph.textContent.trimStart().length
  for (let node = walker.nextNode(); node && rest > 0; node = walker.nextNode()) {
    const cut = Math.min(rest, node.data.length)
    node.data = node.data.slice(cut)
    rest -= cut
  }
}

function headings(body) {
  for (const heading of body.querySelectorAll("h1")) renamed(heading, "h2")
  for (const heading of body.querySelectorAll("h4, h5, h6")) renamed(heading, "h3")
}
