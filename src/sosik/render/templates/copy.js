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
      let said = "주소를 복사했습니다.";
      try {
        await copy(button.dataset.copy);
        button.classList.add("done");
      } catch {
        said = "복사하지 못했습니다. 주소를 직접 골라 복사해 주세요.";
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
