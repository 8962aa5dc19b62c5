/* The vetting desk by single keys: each leads to something, none decides by itself. Whoever needs the letters for something
else switches them off; that is remembered in this browser. Everything is there without them. */

const OFF = "vetting keys are off"
const switched = document.querySelector("[data-keys] input")
const kept = { get: () => { try { return localStorage.getItem(OFF) } catch { return null } },
  set: off => { try { off ? localStorage.setItem(OFF, "yes") : localStorage.removeItem(OFF) } catch { /* not kept */ } } }

const show = () => document.querySelectorAll("kbd[data-key]").forEach(one => { one.hidden = !switched.checked })

const rows = () => [...document.querySelectorAll("#result_list tbody th a")]

const step = by => {
  const all = rows(), at = all.indexOf(document.activeElement)
  all[Math.min(Math.max(at < 0 ? 0 : at + by, 0), all.length - 1)]?.focus()
}

const go = key => {
  if (key === "j" || key === "k") return step(key === "j" ? 1 : -1)
  const place = document.querySelector(`[data-on-key="${key}"]`)
  if (!place) return
  if (place.localName === "a") return place.click()
  place.querySelector("select, textarea, input:not([type=hidden]), button").focus()
}

if (switched) {
  switched.closest("[data-keys]").hidden = false
  switched.checked = !kept.get()
  show()
  switched.addEventListener("change", () => { kept.set(!switched.checked); show() })
  document.addEventListener("keydown", event => {
    const writes = event.target.matches("input:not([type=checkbox]):not([type=radio]), textarea, select")
    if (!switched.checked || writes || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return
    if (!/^[a-z]$/.test(event.key) || !(rows().length || document.querySelector(`[data-on-key="${event.key}"]`))) return
    event.preventDefault()
    go(event.key)
  })
}
