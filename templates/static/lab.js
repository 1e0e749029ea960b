// The Lab, alive: what changes in a project is shown without loading the page again.
const page = document.querySelector("[data-events]");
let seen = page.dataset.seen;
let running = null;
let again = false;

follow(page.dataset.events);
for (const log of document.querySelectorAll("[data-log]")) enhanceLog(log);
document.addEventListener("submit", send);
document.addEventListener("visibilitychange", () => again && refresh());

// One stream for all tabs where the browser can share one.
async function follow(address) {
  if (!window.SharedWorker) return (await import("./lab-stream.js")).stream(address, told);
  const { port } = new SharedWorker(new URL("lab-worker.js", import.meta.url), { type: "module" });
  port.onmessage = ({ data }) => told(data);
  const hello = () => port.postMessage(new URL(address, location.href).href);
  addEventListener("pagehide", () => port.postMessage("bye"));
  addEventListener("pageshow", ({ persisted }) => persisted && hello());
  hello();
}

function told({ lost, logs, seen: now }) {
  document.getElementById("lost").hidden = !lost;
  if (lost) return;
  document.dispatchEvent(new CustomEvent("logs", { detail: logs }));
  if (now !== seen) refresh();
}

// A page that nobody sees waits until somebody does; changes while one is fetched are one more.
async function refresh() {
  again = true;
  if (running || document.hidden) return;
  while (again) {
    again = false;
    running = fetch(location.href);
    try {
      const answer = await running;
      if (answer.ok) show(new DOMParser().parseFromString(await answer.text(), "text/html"));
    } catch {
      // the server is gone: the stream says so, and asks again
    }
    running = null;
  }
}

function show(fresh) {
  seen = fresh.querySelector("[data-events]")?.dataset.seen ?? seen;
  for (const part of document.querySelectorAll("[data-live-part]")) {
    const now = fresh.getElementById(part.id);
    if (!now || now.innerHTML === part.innerHTML) continue;
    const held = part.contains(document.activeElement) && document.activeElement;
    const open = [...part.querySelectorAll("details[id][open]")].map(({ id }) => id);
    part.replaceChildren(...now.childNodes);
    for (const id of open) part.querySelector(`#${CSS.escape(id)}`)?.setAttribute("open", "");
    if (held) keepFocus(part, held);
  }
}

// The button that was pressed, or the one that took its place.
function keepFocus(part, held) {
  const same = held.value && part.querySelector(`[value="${CSS.escape(held.value)}"]`);
  (same || part.querySelector("button, a"))?.focus({ preventScroll: true });
}

// Buttons that begin something: the answer is this page as it is afterwards.
async function send(event) {
  const form = event.target;
  if (!form.matches("[data-do]")) return;
  event.preventDefault();
  if (form.dataset.sent) return;
  form.dataset.sent = "yes";
  const { submitter } = event;
  submitter?.setAttribute("aria-disabled", "true");
  const problem = document.getElementById("problem");
  try {
    const body = new URLSearchParams(new FormData(form, submitter));
    const answer = await fetch(form.action, { method: "POST", body });
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (answer.ok) show(fresh);
    const lines = answer.ok ? [] : [...fresh.querySelectorAll(".opening > p:not(.eyebrow)")];
    problem.textContent = lines.map((line) => line.textContent).join(" ");
  } catch {
    problem.textContent = "The server does not answer. Start it again with “sandbox”.";
  }
  problem.hidden = !problem.textContent;
  delete form.dataset.sent;
  submitter?.removeAttribute("aria-disabled");
}

// A log grows at its end, and stays there if that is what is looked at.
function enhanceLog(log) {
  const code = log.querySelector("code");
  const search = document.getElementById("log-search");
  let offset = Number(log.dataset.offset);
  let busy = false;
  const follow = async ({ detail: logs }) => {
    if (busy || (logs[log.dataset.name] ?? offset) === offset) return;
    busy = true;
    try {
      const answer = await fetch(`${log.dataset.log}?offset=${offset}`);
      if (answer.ok) {
        const part = await answer.json();
        if (part.skipped || part.offset < offset) code.replaceChildren();
        offset = part.offset;
        append(part.text);
      }
    } catch {
      // asked again with the next event
    }
    busy = false;
  };
  const append = (text) => {
    if (!text) return;
    const atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 40;
    code.append(text);
    while (code.textContent.length > 400_000 && code.childNodes.length > 1) code.firstChild.remove();
    document.getElementById("log-empty")?.remove();
    find();
    if (atEnd) log.scrollTop = log.scrollHeight;
  };
  const find = () => {
    const word = search?.value.toLowerCase() ?? "";
    const found = document.getElementById("log-found");
    CSS.highlights?.delete("found");
    if (!found) return;
    if (!word) return void (found.textContent = "");
    const ranges = [];
    for (const node of code.childNodes) {
      const text = node.textContent.toLowerCase();
      for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) {
        const range = new Range();
        range.setStart(node.firstChild ?? node, at);
        range.setEnd(node.firstChild ?? node, at + word.length);
        ranges.push(range);
      }
    }
    if (window.Highlight && CSS.highlights) CSS.highlights.set("found", new Highlight(...ranges));
    found.textContent = `${ranges.length} found`;
    return ranges;
  };
  search?.form.addEventListener("submit", (event) => {
    event.preventDefault();
    const ranges = find() ?? [];
    const next = (Number(search.dataset.at ?? -1) + 1) % (ranges.length || 1);
    search.dataset.at = next;
    if (!ranges.length) return;
    const top = ranges[next].getBoundingClientRect().top - log.getBoundingClientRect().top;
    log.scrollTop += top - log.clientHeight / 2;
    document.getElementById("log-found").textContent = `${next + 1} of ${ranges.length}`;
  });
  search?.addEventListener("input", () => {
    delete search.dataset.at;
    find();
  });
  document.addEventListener("logs", follow);
  log.scrollTop = log.scrollHeight;
}
