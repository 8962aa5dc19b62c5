// What the page says without script stands; this adds the reader's own time to deadlines, and a button to copy.
const language = document.documentElement.lang;
for (const call of document.querySelectorAll("[data-own-time]")) {
  for (const time of call.querySelectorAll("time[datetime]")) {
    const at = new Date(time.dateTime);
    const shown = new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, {
      weekday: "long", day: "numeric", month: "long", hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZoneName: "short",
    }).format(at);
    const own = document.createElement("small");
    own.textContent = ` (${call.dataset.ownTime.replace("%s", shown)})`;
    time.after(own);
  }
}

for (const area of document.querySelectorAll("textarea[data-copy]")) {
  if (!navigator.clipboard) break;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button button-quiet";
  button.textContent = area.dataset.copy;
  const said = document.createElement("span");
  said.setAttribute("role", "status");
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(area.value);
      said.textContent = area.dataset.copied;
    } catch { // not allowed here: marked, so that it can be copied by hand
      area.focus();
      area.select();
      said.textContent = area.dataset.refused;
    }
  });
  area.after(button, " ", said);
}
