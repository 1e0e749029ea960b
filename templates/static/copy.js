// Copy buttons: the text of the nearest code, without line numbers.
export function enhanceCopy(root) {
  for (const button of root.querySelectorAll("[data-copy]")) {
    button.addEventListener("click", async () => {
      const code = button.closest(".command, .file")?.querySelector("code");
      if (!code) return;
      const label = button.textContent;
      try {
        await navigator.clipboard.writeText(code.innerText.replace(/\n$/, ""));
        button.textContent = "Copied";
      } catch {
        getSelection()?.selectAllChildren(code);
        button.textContent = "Selected";
      }
      setTimeout(() => (button.textContent = label), 1600);
    });
  }
}
