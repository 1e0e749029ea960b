// A check that goes on behind its page: ask how far it is until it is over.
const PAUSE = 600; // ms between two looks
const part = () => document.querySelector("[data-going]");

if (part()?.dataset.going === "yes") setTimeout(look, PAUSE);

async function look() {
  const there = part();
  if (document.hidden) return void setTimeout(look, PAUSE);
  try {
    const answer = await fetch(location.href);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("[data-going]");
    if (fresh && fresh.innerHTML !== there.innerHTML) show(there, fresh);
    if (!fresh || fresh.dataset.going !== "yes") return;
  } catch {
    // The server is busy or gone; the next look tells.
  }
  setTimeout(look, PAUSE);
}

function show(there, fresh) {
  const held = there.contains(document.activeElement);
  there.replaceWith(fresh);
  if (held) fresh.focus({ preventScroll: true });
}

// Hints that were opened stay open when their page is loaded again.
const KEY = `open ${location.pathname}`;
const hints = document.querySelectorAll("details[id^='hint-']");

try {
  const open = new Set(JSON.parse(sessionStorage.getItem(KEY) ?? "[]"));
  for (const hint of hints) {
    if (open.has(hint.id)) hint.open = true;
    hint.addEventListener("toggle", keepOpen);
  }
} catch {
  // Storage is switched off: hints begin closed.
}

function keepOpen() {
  const open = [...hints].filter((hint) => hint.open).map(({ id }) => id);
  sessionStorage.setItem(KEY, JSON.stringify(open));
}
