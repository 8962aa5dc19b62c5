/* A footnote stands in the text where it is called: <sup data-footnote="">the note</sup>. In the editor it shows as a
   number, counted by the style sheet; its text is written in a dialog that holds a small editor of its own. */

export function footnote(library, words, onOpen) {
  return library.Node.create({
    name: "footnote",
    group: "inline",
    inline: true,
    atom: true,
    content: "text*",
    marks: "bold italic link",

    parseHTML: () => [{ tag: "sup[data-footnote]" }],
    renderHTML: () => ["sup", { "data-footnote": "" }, 0],

    addNodeView:
      () =>
      ({ node }) => {
        const dom = document.createElement("sup")
        const describe = (note) => {
          dom.title = note.textContent
          dom.setAttribute("aria-label", `${words.footnote}: ${note.textContent}`)
        }
        dom.className = "footnote"
        dom.setAttribute("role", "img")
        describe(node)
        return {
          dom,
          update: (changed) => changed.type.name === "footnote" && (describe(changed) || true),
        }
      },

    addKeyboardShortcuts: () => ({
      "Mod-Alt-f": () => onOpen() || true,
      Enter: ({ editor }) => editor.state.selection.node?.type.name === "footnote" && (onOpen() || true),
    }),
  })
}

/* Writes the selected footnote, or a new one at the cursor. An emptied note is removed. */
export function openFootnote(library, editor, dialog, link) {
  const { selection } = editor.state
  const isOld = selection.node?.type.name === "footnote"
  const content = isOld ? selection.node.content.toJSON() : null
  const surface = dialog.querySelector("[data-note]")
  surface.replaceChildren()

  const { Document, Paragraph, Text, Bold, Italic, History } = library
  const note = new library.Editor({
    element: surface,
    injectCSS: false,
    content: { type: "doc", content: [content ? { type: "paragraph", content } : { type: "paragraph" }] },
    extensions: [
      Document.extend({ content: "paragraph" }),
      ...[Paragraph, Text, Bold, Italic, History],
      link,
    ],
    editorProps: {
      attributes: {
        role: "textbox",
        "aria-multiline": "true",
        "aria-labelledby": dialog.getAttribute("aria-labelledby"),
        class: "editor-text",
        lang: editor.view.dom.lang,
        dir: editor.view.dom.dir,
      },
      handleKeyDown: (_view, event) => event.key === "Enter" && (finish("save") || true),
    },
  })

  const finish = (choice) => {
    const written = note.getJSON().content[0].content ?? []
    note.destroy()
    dialog.close()
    editor.view.focus()
    if (choice === "save" && written.length) {
      editor.chain().insertContent({ type: "footnote", content: written }).run()
    } else if (isOld && choice !== "cancel") editor.commands.deleteSelection()
  }
  dialog.querySelector("[value=remove]").hidden = !isOld
  dialog.oncancel = (event) => {
    event.preventDefault()
    finish("cancel")
  }
  dialog.onclick = (event) => {
    const choice = event.target.closest("button")?.value
    if (choice) finish(choice)
  }
  dialog.showModal()
  note.commands.setTextSelection(note.state.doc.content.size - 1)
  note.view.focus()
}
