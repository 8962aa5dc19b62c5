/* The preview beside a form that saves itself: after each saving, what the frame shows is fetched again and put in its
   place, so that the reader stays where they are. The page and the phone at once; the document, which takes long to
   set, when nothing has been saved for a while. Without script the links lead to the same pages. */

const PAUSE = 4_000 // ms after the last saving
const pane = document.querySelector(".preview")
const frame = pane?.querySelector("iframe")
let timer = 0

if (frame) {
  frame.addEventListener("load", mark)
  mark()
  document.addEventListener("autosave:saved", () => {
    clearTimeout(timer)
    const page = shown()
    if (page) timer = setTimeout(() => renew(page), page.querySelector(".sheets") ? PAUSE : 0)
  })
}

/* The document in the frame, or in the frame within it; null while there is none or another site's. */
function shown() {
  const outer = frame.contentDocument
  const inner = outer?.querySelector("iframe")
  return (inner ? inner.contentDocument : outer) ?? null
}

function mark() {
  const path = frame.contentDocument?.location.pathname
  pane.querySelector("[data-lost]").hidden = Boolean(frame.contentDocument) // the browser's own page is not ours to read
  for (const link of pane.querySelectorAll("[target]")) {
    if (link.pathname === path) link.setAttribute("aria-current", "true")
    else link.removeAttribute("aria-current")
  }
}

async function renew(page) {
  const answer = await fetch(page.location.href, { redirect: "manual" }).catch(() => null)
  if (!answer?.ok) return // offline, or signed out: what it shows is still what was saved last
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("main")
  const stale = page.querySelector("main")
  if (fresh && stale && page.defaultView) stale.replaceWith(page.adoptNode(fresh))
}
