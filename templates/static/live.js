// Forms and links that answer in place: the page at their address is fetched, and its live parts
// take the place of ours. What is typed is never touched; a control only learns what the answer
// says about it: whether it is at fault, and whether it is ticked because another one needs it.
let enhance = () => {};
let running = null;

export function enhanceLiveForms(enhancing) {
  enhance = enhancing;
  for (const kind of ["input", "change"]) document.addEventListener(kind, onEdit);
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[data-live-link], a[data-fill]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (link.dataset.fill) fill(document.getElementById(link.dataset.fill), link.dataset.value);
    else refresh(link.href, { push: true, form: document.querySelector("[data-live-form]") });
  });
  document.addEventListener("submit", (event) => {
    const form = event.target.closest("[data-live-form]");
    if (!form || event.submitter?.formMethod === "post") return;
    if (event.submitter?.name) return; // it asks for another page
    event.preventDefault();
    refresh(addressOf(form), { form });
  });
}

// What is picked counts once others that it rules out are unpicked, what is typed at once.
function onEdit({ target, type }) {
  const form = target.form?.closest("[data-live-form]");
  const picked = target.matches("select, [type=checkbox], [type=radio]");
  if (form && picked === (type === "change")) refresh(addressOf(form), { form });
}

function fill(field, value) {
  field.value = value;
  field.focus();
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

export async function refresh(address, { form = null, push = false } = {}) {
  running?.abort();
  running = new AbortController();
  const { signal } = running;
  markBusy(true);
  try {
    const answer = await fetch(address, { signal });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    // A page that says at its fields what is wrong is as good as any; an error page has no form.
    if (answer.ok || (form?.id && page.getElementById(form.id))) {
      replaceParts(page);
      form?.querySelector("[data-problem]")?.remove();
      history[push ? "pushState" : "replaceState"](null, "", address);
      document.title = page.title;
    } else showProblem(form, page);
    markBusy(false);
  } catch (problem) {
    if (problem.name === "AbortError") return;
    markBusy(false);
    showProblem(form, null);
  }
}

// Only what was answered, several values of one name joined by commas.
export function addressOf(form) {
  const values = new Map();
  for (const [name, value] of new FormData(form)) {
    if (value === "") continue;
    values.set(name, [...(values.get(name) ?? []), value]);
  }
  const query = [...values]
    .map(([name, several]) => `${name}=${several.map(encodeURIComponent).join(",")}`)
    .join("&");
  const path = new URL(form.action).pathname;
  return query ? `${path}?${query}` : path;
}

const SAID = ["name", "aria-invalid", "aria-disabled", "placeholder", "data-along"];

function replaceParts(page) {
  const focused = document.activeElement?.id;
  for (const control of document.querySelectorAll("[data-live-control]")) {
    const fresh = page.getElementById(control.id);
    if (!fresh) continue;
    const along = "along" in control.dataset || "along" in fresh.dataset;
    for (const name of SAID) {
      if (fresh.hasAttribute(name)) control.setAttribute(name, fresh.getAttribute(name));
      else control.removeAttribute(name);
    }
    if (along) control.checked = fresh.checked;
  }
  for (const part of document.querySelectorAll("[data-live-part]")) {
    const fresh = page.getElementById(part.id);
    if (!fresh) continue;
    if (fresh.dataset.accent) part.dataset.accent = fresh.dataset.accent;
    if (fresh.innerHTML === part.innerHTML) continue;
    const open = new Set([...part.querySelectorAll("details[id][open]")].map(({ id }) => id));
    part.replaceChildren(...fresh.childNodes);
    for (const details of part.querySelectorAll("details[id]")) {
      if (open.has(details.id)) details.open = true;
    }
    enhance(part);
  }
  if (focused && document.activeElement?.id !== focused) document.getElementById(focused)?.focus();
}

function showProblem(form, page) {
  const place = form ?? document.querySelector("main");
  let box = place.querySelector("[data-problem]");
  if (!box) {
    box = document.createElement("div");
    box.className = "notice bad";
    box.dataset.problem = "";
    box.setAttribute("role", "alert");
    place.prepend(box);
  }
  const said = page && [...page.querySelectorAll(".opening > p:not(.eyebrow)")];
  const lines = said?.map((line) => line.textContent) ?? [
    "The server does not answer.",
    "Start it again with “sandbox”, then reload this page.",
  ];
  box.replaceChildren(...lines.map((line) => Object.assign(document.createElement("p"), { textContent: line })));
}

function markBusy(busy) {
  for (const part of document.querySelectorAll("[data-live-part]")) {
    part.toggleAttribute("data-busy", busy);
  }
}
