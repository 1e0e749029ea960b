// A form whose answer takes a while says so, and is sent once.
export function enhanceBusy() {
  for (const form of document.querySelectorAll("[data-busy-label]")) {
    form.addEventListener("submit", () => {
      const button = form.querySelector("[type=submit]");
      button.textContent = form.dataset.busyLabel;
      button.setAttribute("aria-disabled", "true");
      form.addEventListener("submit", (again) => again.preventDefault());
    });
  }
}
