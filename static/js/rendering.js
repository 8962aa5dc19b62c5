/* While documents are being set: looks again every few seconds, and shows the section [data-rendering] as it is then. */

const PAUSE = 3_000 // ms

const look = async () => {
  const page = await fetch(location.href).catch(() => null)
  const text = page?.ok && !page.redirected ? await page.text() : ""
  const found = new DOMParser().parseFromString(text, "text/html").querySelector("[data-rendering]")
  const shown = document.querySelector("[data-rendering]")
  if (found && found.textContent !== shown.textContent) shown.replaceWith(found)
  if (!found || found.dataset.rendering === "going on") setTimeout(look, PAUSE)
}

setTimeout(look, PAUSE)
