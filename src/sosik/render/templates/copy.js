// Shows the buttons that copy a feed's address. Without this script the address is there to be selected and copied.
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
})();
