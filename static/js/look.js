/* The look of the document: what is chosen is shown beside the form, once nothing has been changed for a moment.
   Without script a button of the form does the same. */

const PAUSE = 600 // ms
const form = document.querySelector("form[data-look]")
const frame = document.querySelector("iframe[name=look]")
let timer = 0

form?.addEventListener("change", () => {
  clearTimeout(timer)
  timer = setTimeout(show, PAUSE)
})

function show() {
  const chosen = new FormData(form)
  for (const name of ["csrfmiddlewaretoken", "logo", "logo_name"]) chosen.delete(name)
  frame.contentWindow.location.replace(`${form.dataset.look}?${new URLSearchParams(chosen)}`) // no step for the Back button
}
