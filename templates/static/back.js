// "Go back" keeps what was typed into the form before.
export function enhanceBack() {
  for (const button of document.querySelectorAll("[data-back]")) {
    if (history.length < 2) continue;
    button.hidden = false;
    button.addEventListener("click", () => history.back());
  }
}
