// Runs before the first paint, so that the remembered theme does not flash.
const remembered = (() => {
  try {
    return localStorage.getItem("theme");
  } catch {
    return null; // storage is switched off: follow the system
  }
})();
if (remembered === "light" || remembered === "dark") {
  document.documentElement.dataset.theme = remembered;
}
document.documentElement.dataset.script = "on";
