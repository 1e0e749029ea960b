// The theme button: it names what it switches to, and the choice is remembered.
export function enhanceTheme() {
  const button = document.querySelector("[data-theme-toggle]");
  if (!button) return;
  const root = document.documentElement;
  const system = matchMedia("(prefers-color-scheme: dark)");
  const current = () => root.dataset.theme ?? (system.matches ? "dark" : "light");
  const other = () => (current() === "dark" ? "light" : "dark");
  const label = () => {
    button.textContent = other() === "dark" ? "Dark" : "Light";
    button.setAttribute("aria-label", `Switch to ${other()} colours`);
  };
  button.addEventListener("click", () => {
    root.dataset.theme = other();
    try {
      localStorage.setItem("theme", root.dataset.theme);
    } catch {
      // storage is switched off: the choice lasts for this page
    }
    label();
  });
  system.addEventListener("change", label);
  label();
}
