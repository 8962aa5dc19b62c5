/* The letter's editor: a textarea becomes a ProseMirror editor with the toolbar and dialogs its template brings along.
   The library comes from django-prose-editor; its menu, dialogs and styles are not used, so that every word shown is
   translated by us and the page needs neither an import map nor an inline style. */

import { footnote, openFootnote } from "./footnote.js"
import { bringIn } from "./merge.js"
import { repaired } from "./paste.js"

const EMPTY = /^<p><\/p>$/

for (const area of document.querySelectorAll("[data-editor]")) start(area)

async function start(area) {
  const library = await import(area.dataset.editor)
  const textarea = area.querySelector("textarea")
  const toolbar = area.querySelector("[role=toolbar]")
  const surface = document.createElement("div")
  surface.className = "editor-surface"
  const dialogs = Object.fromEntries(
    [...area.querySelectorAll("dialog")].map((dialog) => [dialog.dataset.dialog, dialog]),
  )
  // Out of the form: what is typed into a dialog is not part of it.
  document.body.append(...Object.values(dialogs))

  const editor = new library.Editor({
    element: surface,
    injectCSS: false,
    content: textarea.value,
    extensions: extensions(library, area.dataset, () => open("link"), () => open("footnote")),
    editorProps: {
      attributes: naming(area, textarea),
      transformPastedHTML: repaired,
    },
    onUpdate: () => {
      const html = editor.getHTML()
      textarea.value = EMPTY.test(html) ? "" : html
      textarea.dispatchEvent(new Event("input", { bubbles: true }))
    },
    onTransaction: () => show(editor, toolbar),
  })

  const open = (name) =>
    name === "link" ? openLink(editor, dialogs.link) : openFootnote(library, editor, dialogs.footnote, link(library))
  const commands = { ...COMMANDS, link: () => open("link"), footnote: () => open("footnote") }
  toolbar.addEventListener("click", (event) => {
    const button = event.target.closest("button")
    if (!button) return
    editor.view.focus() // at once; Tiptap's own command waits for the next frame and loses the first letter typed
    commands[button.dataset.command](editor)
  })
  keepOneTabStop(toolbar)
  surface.addEventListener("dblclick", (event) => {
    if (event.target.closest("sup.footnote")) open("footnote")
  })

  textarea.addEventListener("editor:merge", (event) => {
    if (editor.view.composing) return // an input method is in the middle of a word
    bringIn(library, editor, event.detail)
    textarea.value = event.detail
    event.preventDefault()
  })
  textarea.addEventListener("editor:restore", () => editor.commands.setContent(textarea.value, { emitUpdate: false }))

  toolbar.after(surface)
  toolbar.hidden = false
  textarea.hidden = true
  show(editor, toolbar)
  area.dispatchEvent(new CustomEvent("editor:ready", { bubbles: true, detail: { editor } }))
}

function extensions(library, words, onLink, onFootnote) {
  const { Document, Paragraph, Text, HardBreak, Bold, Italic, Heading, Blockquote } = library
  const { BulletList, OrderedList, ListItem, History, Gapcursor, Dropcursor } = library
  return [
    ...[Document, Paragraph, Text, HardBreak, Bold, Italic, Blockquote, BulletList, OrderedList, ListItem, History],
    Gapcursor,
    Dropcursor,
    Heading.configure({ levels: [2, 3] }),
    link(library, onLink),
    footnote(library, words, onFootnote),
  ]
}

/* The same kinds of address that the server keeps; the library's own dialog is not used. */
function link({ Link }, onOpen = () => {}) {
  return Link.configure({ enableTarget: false, isAllowedUri: (address) => /^(https?|mailto):/i.test(address) }).extend({
    addKeyboardShortcuts: () => ({ "Mod-k": () => onOpen() || true }),
  })
}

/* ProseMirror's surface takes over the textarea's label, hint, language and direction. */
function naming(area, textarea) {
  const label = document.querySelector(`label[for="${textarea.id}"]`)
  const names = { role: "textbox", "aria-multiline": "true", class: "editor-text" }
  if (label) {
    label.id ||= `${textarea.id}_label`
    label.addEventListener("click", () => area.querySelector(".editor-text")?.focus())
    names["aria-labelledby"] = label.id
  }
  for (const name of ["lang", "dir", "aria-describedby", "aria-invalid", "aria-label"])
    if (textarea.hasAttribute(name)) names[name] = textarea.getAttribute(name)
  return names
}

const COMMANDS = {
  bold: (editor) => editor.chain().toggleBold().run(),
  italic: (editor) => editor.chain().toggleItalic().run(),
  heading: (editor) => editor.chain().toggleHeading({ level: 2 }).run(),
  subheading: (editor) => editor.chain().toggleHeading({ level: 3 }).run(),
  bullets: (editor) => editor.chain().toggleBulletList().run(),
  numbers: (editor) => editor.chain().toggleOrderedList().run(),
  quote: (editor) => editor.chain().toggleBlockquote().run(),
  undo: (editor) => editor.chain().undo().run(),
  redo: (editor) => editor.chain().redo().run(),
}

const ACTIVE = {
  bold: ["bold"],
  italic: ["italic"],
  heading: ["heading", { level: 2 }],
  subheading: ["heading", { level: 3 }],
  bullets: ["bulletList"],
  numbers: ["orderedList"],
  quote: ["blockquote"],
  link: ["link"],
  footnote: ["footnote"],
}

function show(editor, toolbar) {
  for (const button of toolbar.querySelectorAll("button")) {
    const active = ACTIVE[button.dataset.command]
    if (active) button.setAttribute("aria-pressed", String(editor.isActive(...active)))
  }
  for (const command of ["undo", "redo"]) {
    const button = toolbar.querySelector(`[data-command=${command}]`)
    button.setAttribute("aria-disabled", String(!editor.can()[command]()))
  }
}

/* ARIA toolbar pattern: one Tab stop, arrows inside, following the reading direction. */
function keepOneTabStop(toolbar) {
  const buttons = [...toolbar.querySelectorAll("button")]
  const take = (button) => {
    for (const other of buttons) other.tabIndex = other === button ? 0 : -1
    button.focus()
  }
  buttons.forEach((button, position) => {
    button.tabIndex = position ? -1 : 0
  })
  toolbar.addEventListener("keydown", (event) => {
    const forward = getComputedStyle(toolbar).direction === "rtl" ? -1 : 1
    const step = { ArrowRight: forward, ArrowLeft: -forward }[event.key]
    const at = buttons.indexOf(document.activeElement)
    if (step) take(buttons[(at + step + buttons.length) % buttons.length])
    else if (event.key === "Home") take(buttons[0])
    else if (event.key === "End") take(buttons.at(-1))
    else return
    event.preventDefault()
  })
}

function openLink(editor, dialog) {
  const address = dialog.querySelector("input")
  const remove = dialog.querySelector("[value=remove]")
  address.value = editor.getAttributes("link").href || ""
  address.removeAttribute("aria-invalid")
  dialog.querySelector("[data-error]").hidden = true
  remove.hidden = !editor.isActive("link")
  dialog.onkeydown = (event) => {
    if (event.key === "Enter" && event.target === address) {
      event.preventDefault()
      dialog.querySelector("[value=save]").click()
    }
  }
  dialog.onclick = (event) => {
    const choice = event.target.closest("button")?.value
    const href = absolute(address.value.trim())
    if (choice === "save" && !href) {
      dialog.querySelector("[data-error]").hidden = false
      address.setAttribute("aria-invalid", "true")
      address.focus()
      return
    }
    if (!choice) return
    dialog.close()
    editor.view.focus()
    if (choice === "remove") editor.chain().extendMarkRange("link").unsetLink().run()
    else if (choice !== "save") return
    else if (editor.state.selection.empty && !editor.isActive("link")) insertLink(editor, href)
    else editor.chain().extendMarkRange("link").setLink({ href }).run()
  }
  dialog.showModal()
}

function insertLink(editor, href) {
  const text = href.replace(/^mailto:/, "")
  editor.chain().insertContent({ type: "text", text, marks: [{ type: "link", attrs: { href } }] }).run()
}

/* A full address; "example.org" and "name@example.org" are completed. */
function absolute(typed) {
  if (/^(https?:\/\/[^\s/]|mailto:\S+@)/i.test(typed)) return typed
  if (/^[^\s:/@]+@[^\s:/@]+\.\w+$/.test(typed)) return `mailto:${typed}`
  return /^[^\s:/@]+\.\w{2,}(\/\S*)?$/.test(typed) ? `https://${typed}` : ""
}
