// A page that is loaded anew inside its room goes on where the reader was: at the same control,
// or at its heading, not at the top of everything; what is wrong comes first.
const KEY = "focus";
const room = () => location.pathname.split("/").slice(0, 2).join("/");

export function keepFocus() {
  addEventListener("pagehide", () => {
    const { id } = document.activeElement ?? {};
    const left = document.querySelector("main")?.contains(document.activeElement);
    store(left ? JSON.stringify([room(), id, Date.now()]) : "");
  });
  const [from, id, at] = taken();
  if (from !== room() || Date.now() - at > 10_000 || location.hash) return;
  const main = document.querySelector("main");
  const control = main.querySelector('[aria-invalid="true"]') ?? (id && main.querySelector(`#${CSS.escape(id)}`));
  const heading = document.querySelector("main h1");
  if (heading) heading.tabIndex = -1;
  (control || heading)?.focus({ preventScroll: !control });
}

function store(value) {
  try {
    sessionStorage.setItem(KEY, value);
  } catch {
    // storage is switched off: the page begins at its top
  }
}

function taken() {
  try {
    const found = sessionStorage.getItem(KEY);
    sessionStorage.removeItem(KEY);
    return JSON.parse(found || "[]");
  } catch {
    return []; // storage is switched off, or holds what is not ours
  }
}
