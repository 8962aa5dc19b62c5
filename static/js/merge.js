/* A newer text in the editor while somebody is at work in it. Only the blocks that differ are exchanged, and the one with
   the cursor stays where it is the same in both: whoever writes there notices nothing. Undoing leaves it in. */

export function bringIn(library, editor, html) {
  const { state, view } = editor
  const old = blocks(state.doc)
  const fresh = blocks(library.createDocument(html, state.schema))
  const here = state.selection.$head.index(0)
  const step = state.tr
  for (const { from, to, put } of differing(old, fresh, here).reverse()) step.replaceWith(from, to, put)
  view.dispatch(step.setMeta("addToHistory", false).setMeta("preventUpdate", true))
}

function blocks(doc) {
  const found = []
  doc.forEach((node, from, index) => found.push({ node, from, to: from + node.nodeSize, index }))
  return found
}

function differing(old, fresh, here) {
  let head = 0
  let tail = 0
  const most = Math.min(old.length, fresh.length)
  while (head < most && old[head].node.eq(fresh[head].node)) head += 1
  while (tail < most - head && old.at(-1 - tail).node.eq(fresh.at(-1 - tail).node)) tail += 1
  const mine = old.slice(head, old.length - tail)
  const theirs = fresh.slice(head, fresh.length - tail)
  if (!mine.length && !theirs.length) return []
  const at = mine.findIndex(({ index }) => index === here)
  const same = at < 0 ? -1 : theirs.findIndex(({ node }) => node.eq(mine[at].node))
  if (same >= 0) {
    return [
      ...differing(mine.slice(0, at + 1), theirs.slice(0, same + 1), here),
      ...differing(mine.slice(at), theirs.slice(same), here),
    ]
  }
  const from = mine[0]?.from ?? old[head]?.from ?? old.at(-1).to
  return [{ from, to: mine.at(-1)?.to ?? from, put: theirs.map(({ node }) => node) }]
}
