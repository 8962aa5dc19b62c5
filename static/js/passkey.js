// A passkey that was refused, timed out or cancelled: say so on the page instead of in the console only.
document.addEventListener("allauth.error", (event) => {
  const notice = document.getElementById("passkey-problem");
  if (!notice) return;
  event.preventDefault();
  notice.hidden = false;
  notice.focus();
});
