/* The box for a letter: beside the plain words it keeps the HTML that the clipboard holds, with headings, bold, links
   and footnotes, for as long as the words are not changed. The server reads it; nothing of it is shown here. */

const form = document.querySelector("form[data-paste]")
const state = form.querySelector("[data-paste-state]")
const { words, html, html_of: htmlOf } = form.elements
const most = Number(form.dataset.most) // bytes

const bytes = (text) => new Blob([text]).size
const say = (name) => { state.textContent = name ? state.dataset[name] : "" }

/* Word brings its style sheets along, others their pictures. */
const lean = (source) =>
  source
    .replace(/<(style|script|xml)\b[\s\S]*?<\/\1>/gi, "")
    .replace(/<!--[\s\S]*?-->/g, "")
    .replace(/(\ssrc\s*=\s*["'])data:[^"']*/gi, "$1")

const drop = (why) => {
  const had = html.value !== ""
  html.value = htmlOf.value = ""
  say(had || why === "large" ? why : "")
}

words.addEventListener("paste", (event) => {
  const source = lean(event.clipboardData.getData("text/html"))
  const isWhole = words.value.slice(0, words.selectionStart).trim() + words.value.slice(words.selectionEnd).trim() === ""
  if (!isWhole || !source.trim()) return // the input event will say that the words have changed
  setTimeout(() => {
    if (bytes(source) > most) return drop("large")
    html.value = source
    htmlOf.value = words.value
    say("kept")
  })
})

words.addEventListener("input", () => {
  if (html.value && words.value !== htmlOf.value) drop("changed")
})

if (html.value) say("kept")
