// The file's SHA-256 is worked out here, so that the file need not leave. Where the browser cannot, it is sent.
const form = document.querySelector("[data-verify]");
const sum = document.querySelector("[data-sum]");
const file = form.querySelector("[type=file]"), state = form.querySelector("[data-state]");

if (globalThis.crypto?.subtle) {
  form.querySelector("[data-sent]").hidden = true;
  form.querySelector("[data-not-sent]").hidden = false;
  form.addEventListener("submit", async event => {
    if (!file.files.length) return;
    event.preventDefault();
    state.textContent = state.dataset.working;
    try {
      const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", await file.files[0].arrayBuffer()));
      const hash = Array.from(digest, byte => byte.toString(16).padStart(2, "0")).join("");
      sum.elements.sum.value = hash;
      sum.submit();
    } catch {
      form.submit();
    }
  });
}
