// Shows the buttons that copy a feed's address, and the box that finds a feed by its name. Without this script the
// address is there to be selected and copied, and every feed is in the list.
(() => {
  "use strict";
  const status = document.querySelector(".copied");

  async function copy(text) {
    if (navigator.clipboard && window.isSecureContext) return navigator.clipboard.writeText(text);
    const field = document.createElement("textarea"); // plain http has no clipboard
    field.value = text;
    field.readOnly = true;
    field.className = "unseen";
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    if (!done) throw new Error("not copied");
  }

  for (const button of document.querySelectorAll("button[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      let said = status.dataset.copied;
      try {
        await copy(button.dataset.copy);
        button.classList.add("done");
      } catch {
        said = status.dataset.notCopied;
      }
      button.focus();
      status.textContent = said;
      setTimeout(() => {
        button.classList.remove("done");
        status.textContent = "";
      }, 2500);
    });
  }

  const box = document.getElementById("find");
  if (!box) return;
  const plain = (text) => text.normalize("NFKD").toLowerCase(); // in letters, so that half a syllable finds the whole
  const found = document.querySelector("[data-found]");
  const rows = [...document.querySelectorAll("#feeds li")].map((row) => [row, plain(row.querySelector("a").textContent)]);
  const parts = [...document.querySelectorAll("#feeds details"), ...document.querySelectorAll("#feeds .group")];
  box.closest(".find").hidden = false;
  box.addEventListener("input", () => {
    const words = plain(box.value).split(/\s+/).filter(Boolean);
    let count = 0;
    for (const [row, name] of rows) {
      row.hidden = !words.every((word) => name.includes(word));
      if (!row.hidden) count += 1;
    }
    for (const part of parts) {
      part.hidden = !part.querySelector("li:not([hidden])");
      if (part.tagName === "DETAILS") part.open = words.length > 0;
    }
    found.textContent = words.length ? found.dataset.found.replace("{count}", count) : "";
  });
})();
