// Forms that answer while you fill them in: the same page is fetched with the new answers, and
// its live parts take the place of ours. The form itself is never touched.
const QUIET = 120; // ms without a further change

export function enhanceLiveForms(enhance) {
  for (const form of document.querySelectorAll("[data-live-form]")) {
    let timer = 0;
    let running = null;
    const refresh = async () => {
      running?.abort();
      running = new AbortController();
      const address = addressOf(form);
      markBusy(true);
      try {
        const answer = await fetch(address, { signal: running.signal });
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        if (answer.ok) replaceParts(page, enhance);
        else showProblem(form, page);
        if (answer.ok) {
          form.querySelector("[data-problem]")?.remove();
          history.replaceState(null, "", address);
          document.title = page.title;
        }
        markBusy(false);
      } catch (problem) {
        if (problem.name === "AbortError") return;
        markBusy(false);
        showProblem(form, null);
      }
    };
    form.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(refresh, QUIET);
    });
  }
}

// Only what was answered, several values of one name joined by commas.
function addressOf(form) {
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

function replaceParts(page, enhance) {
  for (const part of document.querySelectorAll("[data-live-part]")) {
    const fresh = page.getElementById(part.id);
    if (!fresh || fresh.innerHTML === part.innerHTML) continue;
    const open = new Set([...part.querySelectorAll("details[id][open]")].map(({ id }) => id));
    part.replaceChildren(...fresh.childNodes);
    for (const details of part.querySelectorAll("details[id]")) {
      if (open.has(details.id)) details.open = true;
    }
    enhance(part);
  }
}

function showProblem(form, page) {
  let box = form.querySelector("[data-problem]");
  if (!box) {
    box = document.createElement("div");
    box.className = "notice bad";
    box.dataset.problem = "";
    box.setAttribute("role", "alert");
    form.prepend(box);
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
