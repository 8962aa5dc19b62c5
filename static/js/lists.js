/* The box for a list: what is larger than the server takes is not sent, so nothing typed or chosen is lost on the way.
   <form data-most="bytes"> with two hidden alerts, data-large="text" and data-large="file". The server says so, too. */

const form = document.querySelector("form[data-most]")
const sizes = {
  text: () => new Blob([form.elements.text.value.replace(/\n/g, "\r\n")]).size, // as it is sent
  file: () => Math.max(...["file", "proof"].map((name) => form.elements[name].files[0]?.size ?? 0)),
}

form.addEventListener("submit", (event) => {
  const large = Object.keys(sizes).filter((name) => sizes[name]() > Number(form.dataset.most))
  for (const alert of form.querySelectorAll("[data-large]")) alert.hidden = !large.includes(alert.dataset.large)
  if (!large.length) return
  event.preventDefault()
  form.elements[large[0]].focus()
})
