/* Saves a form while it is being filled in, and keeps a copy in this browser until the server has it.
   <form id="…" data-autosave="URL"> with a hidden field "version" and the pieces of letters/autosave.html, whose words
   are used here. The server answers 200 {version, saved_at} and, when others have changed the text meanwhile,
   {merged: {body, version}}; 409 {version, by}, 422 {errors}, or 403 or a redirect once the session has ended. More
   about the form: data-unsaved, when it shows what is not saved yet; data-look-first, the same, but not to be saved
   before somebody has looked at it; data-saved-over, the version, in brief, that was last saved over by the button;
   data-put-back, the name of a button that shows the form again as it is; data-by-hand, with a hidden field "began",
   when only the button saves. After each saving the form hears "autosave:saved". */

const PAUSE = 2_000 // ms after the last change
const LONGEST = 20_000 // ms a change waits while typing goes on
const RETRIES = [5_000, 10_000, 20_000, 30_000] // ms after a failure; the last one again and again
const NOT_KEPT = /^(csrfmiddlewaretoken|version|began|shown|was_.*)$/

for (const form of document.querySelectorAll("form[data-autosave]")) watch(form)

function watch(form) {
  const copy = localCopy(`autosave ${form.dataset.autosave} ${form.id}`)
  if ("byHand" in form.dataset) return guard(form, copy)
  const state = form.querySelector("[data-save-state]")
  let dirtySince = 0 // 0: the server has everything
  let changes = 0
  let failures = 0
  let timer = 0
  let isSaving = false
  let isExpired = false
  let hasConflict = false
  let isLeaving = false

  const say = (name, words = {}) => {
    const text = state.dataset[name].replace(/\{(\w+)\}/g, (_all, key) => words[key] ?? "")
    state.replaceChildren(text)
    form.dataset.saveState = name
  }

  const changed = () => {
    changes += 1
    dirtySince ||= Date.now()
    copy.write(values(form), form.elements.version.value)
    if (hasConflict) return
    say("unsaved")
    schedule(Math.max(0, Math.min(PAUSE, dirtySince + LONGEST - Date.now())))
  }

  const schedule = (wait) => {
    clearTimeout(timer)
    timer = setTimeout(save, wait)
  }

  const save = async () => {
    if (isSaving || isLeaving || hasConflict || !dirtySince) return
    isSaving = true
    const saved = changes
    say("saving")
    if (isExpired) await renewToken(form)
    const response = await posted(form)
    isSaving = false
    if (isLeaving) return
    const answer = response?.status && (await response.json().catch(() => ({})))
    if (response?.status === 200) {
      failures = 0
      isExpired = false
      const isStill = saved === changes
      const hasMerged = isStill && answer.merged && bringIn(form.elements.body, answer.merged.body)
      form.elements.version.value = hasMerged ? answer.merged.version : answer.version
      if (isStill) {
        dirtySince = 0
        copy.drop()
        say(hasMerged ? "merged" : "saved", { time: answer.saved_at })
      } else {
        dirtySince = Date.now()
        copy.write(values(form), answer.version)
        schedule(PAUSE)
      }
      form.dispatchEvent(new CustomEvent("autosave:saved", { bubbles: true }))
    } else if (response?.status === 409) {
      hasConflict = true
      say("conflict", { name: answer.by })
      form.querySelector("[data-save-conflict]").hidden = false
    } else if (response?.status === 422) {
      say("invalid", { errors: Object.values(answer.errors ?? {}).flat().join(" ") })
    } else {
      isExpired = Boolean(response) && (response.type === "opaqueredirect" || response.status === 403)
      say(isExpired ? "expired" : "offline")
      schedule(RETRIES[Math.min(failures++, RETRIES.length - 1)])
    }
  }

  form.addEventListener("input", changed)
  form.addEventListener("change", changed)
  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return
    isLeaving = true
    clearTimeout(timer)
    if (dirtySince) copy.write(values(form), form.elements.version.value, true)
  })
  window.addEventListener("online", () => dirtySince && schedule(0))
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) isLeaving = false
  })
  window.addEventListener("beforeunload", (event) => {
    if (dirtySince && !isLeaving) event.preventDefault()
  })
  if ("unsaved" in form.dataset) changed()
  else if ("lookFirst" in form.dataset) {
    dirtySince = Date.now()
    copy.write(values(form), form.elements.version.value)
    say("look")
  }
  else offer(form, copy, changed)
}

/* What others have written, among what stands here; false where it would disturb somebody who is writing. */
function bringIn(textarea, body) {
  const merge = new CustomEvent("editor:merge", { cancelable: true, detail: body })
  if (textarea.hidden) return !textarea.dispatchEvent(merge)
  if (document.activeElement === textarea) return false
  textarea.value = body
  return true
}

/* Kept over the version one began with: put back on another page, it is compared with what others have saved since. */
function guard(form, copy) {
  let isLeaving = false
  const keep = (isSent) => copy.write(values(form), form.elements.began.value, isSent)
  keep(false)
  form.addEventListener("input", () => keep(false))
  form.addEventListener("submit", () => {
    isLeaving = true
    keep(true)
  })
  window.addEventListener("beforeunload", (event) => {
    if (!isLeaving) event.preventDefault()
  })
}

async function posted(form) {
  try {
    return await fetch(form.dataset.autosave, {
      method: "POST",
      body: new FormData(form),
      headers: { Accept: "application/json" },
      redirect: "manual",
      signal: AbortSignal.timeout(15_000),
    })
  } catch {
    return null
  }
}

/* Signing in again has changed the token; this page, fetched anew, has the one that counts now. */
async function renewToken(form) {
  const page = await fetch(location.href, { redirect: "manual" }).catch(() => null)
  const token = page?.ok && /name="csrfmiddlewaretoken" value="(\w+)"/.exec(await page.text())
  if (token) form.elements.csrfmiddlewaretoken.value = token[1]
}

function values(form) {
  const kept = [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !NOT_KEPT.test(name))
  return JSON.stringify(kept)
}

/* The copy survives the tab and the session. One that was sent with the form is dropped once we hear it was saved. */
function localCopy(key) {
  const guarded = (action) => {
    try {
      return action()
    } catch {
      return null // storage is full, or switched off
    }
  }
  return {
    write: (fields, version, isSent = false) =>
      guarded(() => localStorage.setItem(key, JSON.stringify({ fields, version, isSent }))),
    read: () => guarded(() => JSON.parse(localStorage.getItem(key))),
    drop: () => guarded(() => localStorage.removeItem(key)),
  }
}

/* A version without what it says about each paragraph. */
function brief(version) {
  return version.split("~")[0]
}

function offer(form, copy, changed) {
  const kept = copy.read()
  if (!kept) return
  if (kept.fields === values(form) || (kept.isSent && brief(kept.version) === form.dataset.savedOver)) {
    copy.drop()
    return
  }
  const question = form.querySelector("[data-save-restore]")
  question.hidden = false
  question.addEventListener("click", (event) => {
    const choice = event.target.closest("button")?.value
    if (!choice) return
    question.hidden = true
    if (choice === "discard") copy.drop()
    else {
      form.elements.version.value = kept.version // what others have saved since counts as theirs
      restore(form, JSON.parse(kept.fields))
      if (!showAgain(form, JSON.parse(kept.fields))) changed()
    }
  })
}

function restore(form, fields) {
  const byName = grouped(fields)
  for (const field of form.elements) {
    if (!field.name || NOT_KEPT.test(field.name)) continue
    const found = (byName.get(field.name) ?? []).map(([, value]) => value)
    if (field.type === "checkbox" || field.type === "radio") field.checked = found.includes(field.value)
    else if (field.multiple) for (const option of field.options) option.selected = found.includes(option.value)
    else if (found.length) field.value = found[0]
    field.dispatchEvent(new CustomEvent("editor:restore"))
  }
}

/* Rows that were added and not saved are not on this page: the server shows them, if it knows how. */
function showAgain(form, fields) {
  const missing = fields.filter(([name]) => !NOT_KEPT.test(name) && !form.elements.namedItem(name))
  if (!missing.length || !form.dataset.putBack) return false
  for (const [name, value] of [...missing, [form.dataset.putBack, ""]]) {
    form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }))
  }
  form.submit()
  return true
}

function grouped(fields) {
  const byName = new Map()
  for (const entry of fields) byName.set(entry[0], [...(byName.get(entry[0]) ?? []), entry])
  return byName
}
