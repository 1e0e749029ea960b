// Where one column at a time is shown, a tab changes it and the concept you read stays in place.
import { keepState } from "./viewer.js";

export function watchComparison() {
  document.addEventListener("click", (event) => {
    const tab = event.target.closest?.("[data-column-tab]");
    if (!tab || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    showColumn(tab.dataset.columnTab, tab);
  });
  document.addEventListener("input", ({ target }) => {
    if (target.matches("[data-map-filter]")) filter(target);
  });
}

function showColumn(key, tab) {
  const sections = [...document.querySelectorAll("[data-concept], .whole")];
  const edge = tab.getBoundingClientRect().bottom + innerHeight / 4;
  const inSight = sections.findLast((each) => each.getBoundingClientRect().top < edge);
  const before = inSight?.getBoundingClientRect().top;
  for (const each of document.querySelectorAll("[data-column]")) {
    each.classList.toggle("behind", each.dataset.column !== key);
  }
  for (const each of document.querySelectorAll("[data-column-tab]")) {
    if (each === tab) each.setAttribute("aria-current", "true");
    else each.removeAttribute("aria-current");
  }
  if (inSight) scrollBy(0, inSight.getBoundingClientRect().top - before);
  const address = new URL(location.href);
  address.searchParams.set("show", key);
  history.replaceState(null, "", address);
  keepState(address.searchParams);
}

function filter(box) {
  const words = box.value.toLowerCase().split(/\s+/).filter(Boolean);
  let found = 0;
  for (const row of document.querySelectorAll("[data-entry]")) {
    const concept = document.getElementById(row.dataset.entry);
    const text = `${row.textContent} ${concept?.querySelector(".concept-head").textContent}`.toLowerCase();
    row.hidden = !words.every((word) => text.includes(word));
    if (concept) concept.hidden = row.hidden;
    found += row.hidden ? 0 : 1;
  }
  const said = box.parentElement.querySelector("[data-map-found]");
  said.textContent = words.length ? `${found} ${found === 1 ? "concept" : "concepts"}` : "";
}
