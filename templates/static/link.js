// "Copy link": the address of what is shown, without anything secret in it.
export function enhanceLinks(root) {
  for (const button of root.querySelectorAll("[data-copy-link]")) {
    const label = button.textContent;
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(location.href);
        button.textContent = "Copied";
      } catch {
        button.textContent = "It stands in the address bar";
      }
      setTimeout(() => (button.textContent = label), 1600);
    });
  }
}
