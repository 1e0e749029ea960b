// The code viewer: files are fetched when opened, what is shown stands in the address, and the
// address can be gone back to. Without this each file is a page of its own.
import { addressOf, refresh } from "./live.js";
import { enhanceTree } from "./tree.js";

const opened = new Map(); // address → file as HTML; what a page shows does not change under it
let enhance = () => {};
let latest = 0;

export function enhanceViewer(root, enhancing) {
  enhance = enhancing;
  for (const viewer of root.querySelectorAll("[data-viewer]")) {
    enhanceTree(viewer.querySelector("[data-tree]"));
    showWrap();
    enhanceHits(viewer);
  }
}

export function watchViewer() {
  document.addEventListener("click", onClick);
  document.addEventListener("input", onSearch);
  document.addEventListener("keydown", onKey);
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-find]")) return;
    event.preventDefault();
    walk(viewerOf(event.target), 1);
  });
  addEventListener("popstate", () => {
    if (document.querySelector("[data-viewer]")) refresh(location.href);
  });
  jumpToOldLink();
  if (!location.hash) document.querySelector("[data-viewer] .line.marked")?.scrollIntoView({ block: "center" });
}

const viewerOf = (element) => element.closest("[data-viewer]");

function onClick(event) {
  const { target } = event;
  const link = target.closest?.("a[data-open]");
  if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    open(viewerOf(link), link.href);
  }
  if (target.matches?.("[data-viewer] .line[id]")) markLine(event);
  const step = target.closest?.("[data-walk]");
  if (step) walk(viewerOf(step), Number(step.dataset.walk));
  if (target.closest?.("[data-wrap]")) toggleWrap();
}

async function open(viewer, href) {
  const mine = ++latest;
  const address = new URL(href);
  address.hash = "";
  const wanted = new URL(address);
  wanted.searchParams.set("part", "file");
  let html = opened.get(wanted.href);
  if (html === undefined) {
    const answer = await fetch(wanted).catch(() => null);
    if (!answer?.ok) return location.assign(href);
    html = await answer.text();
    if (mine !== latest) return;
    if (opened.size > 200) opened.clear();
    if (!viewer.dataset.changing) opened.set(wanted.href, html);
  }
  const pane = viewer.querySelector("#open-file");
  const focused = pane.contains(document.activeElement);
  pane.innerHTML = html; // our own page, escaped by the server
  if (address.href !== location.href) history.pushState(null, "", address);
  keepState(address.searchParams);
  enhance(pane);
  showWrap();
  markCurrent(viewer);
  if (focused) pane.querySelector("#open-name").focus({ preventScroll: true });
  scrollTo(viewer);
}

function markCurrent(viewer) {
  const { path } = viewer.querySelector(".file.open").dataset;
  const now = new URL(location.href).searchParams;
  for (const link of viewer.querySelectorAll("[data-tree] a, .hits a")) {
    const there = new URL(link.href).searchParams;
    const line = there.get("line");
    const current = there.get("file") === path && (!line || line === now.get("line"));
    if (current) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
  const lines = viewer.querySelectorAll(".file.open .line").length;
  viewer.querySelector("[data-said]").textContent = `${path} is open, ${lines} lines`;
}

// The form beside the viewer sends along what the viewer shows.
export function keepState(shown) {
  for (const field of document.querySelectorAll("[data-view-state]")) {
    field.value = shown.get(field.name) ?? "";
    field.disabled = !field.value;
  }
  for (const field of document.querySelectorAll("[data-find] [type=hidden]")) {
    if (field.name === "file" || field.name === "view") field.value = shown.get(field.name) ?? "";
  }
}

function scrollTo(viewer) {
  const line = viewer.querySelector(".line.marked");
  if (line) return line.scrollIntoView({ block: "center" });
  const file = viewer.querySelector(".file.open");
  const { top } = file.getBoundingClientRect();
  if (top < 0 || top > innerHeight * 0.6) file.scrollIntoView();
}

function markLine({ target, clientX, shiftKey }) {
  const gutter = parseFloat(getComputedStyle(target, "::before").inlineSize);
  if (clientX - target.getBoundingClientRect().left > gutter) return;
  const number = Number(target.id.slice(1));
  const address = new URL(location.href);
  const from = shiftKey ? parseInt(address.searchParams.get("line"), 10) || number : number;
  const [first, last] = [Math.min(from, number), Math.max(from, number)];
  address.searchParams.set("file", target.closest(".file").dataset.path);
  address.searchParams.set("line", first === last ? first : `${first}-${last}`);
  history.replaceState(null, "", address);
  keepState(address.searchParams);
  for (const line of target.parentElement.children) {
    const at = Number(line.id.slice(1));
    line.classList.toggle("marked", at >= first && at <= last);
  }
}

let asking = null;
async function onSearch({ target }) {
  if (target.dataset.step !== undefined) return refresh(addressOf(target.form));
  if (!target.matches("[data-find] [type=search]")) return;
  const viewer = viewerOf(target);
  asking?.abort();
  asking = new AbortController();
  const address = new URL(location.href);
  if (target.value.trim()) address.searchParams.set("search", target.value.trim());
  else address.searchParams.delete("search");
  const wanted = new URL(address);
  wanted.searchParams.set("part", "hits");
  try {
    const answer = await fetch(wanted, { signal: asking.signal });
    if (!answer.ok) return;
    viewer.querySelector("#hits").innerHTML = await answer.text();
  } catch {
    return; // a newer search is on its way, or the server is gone: what was found stays
  }
  history.replaceState(null, "", address);
  keepState(address.searchParams);
  const word = target.value.trim().toLowerCase();
  for (const line of viewer.querySelectorAll(".file.open .line")) {
    line.classList.toggle("hit", word !== "" && line.textContent.toLowerCase().includes(word));
  }
  for (const link of viewer.querySelectorAll("[data-tree] a")) {
    const there = new URL(link.href);
    if (word) there.searchParams.set("search", target.value.trim());
    else there.searchParams.delete("search");
    link.href = there;
  }
  enhanceHits(viewer);
}

function enhanceHits(viewer) {
  const links = [...viewer.querySelectorAll(".hits a")];
  for (const [place, link] of links.entries()) link.tabIndex = place ? -1 : 0;
}

// The next line found, from the one that is open; it stays in sight in the list.
function walk(viewer, step) {
  const links = [...viewer.querySelectorAll(".hits a")];
  if (!links.length) return;
  const at = links.findIndex((link) => link.hasAttribute("aria-current"));
  const next = links[at < 0 ? (step > 0 ? 0 : links.length - 1) : (at + step + links.length) % links.length];
  for (const link of links) link.tabIndex = link === next ? 0 : -1;
  next.scrollIntoView({ block: "nearest" });
  open(viewer, next.href);
}

function onKey(event) {
  const { target, key } = event;
  if (key === "/" && !target.closest("input, textarea, select")) {
    const box = document.querySelector("[data-find] [type=search]");
    if (box && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      box.focus();
      box.select();
    }
  }
  if (target.matches("[data-find] [type=search]")) {
    if (key === "Enter" && event.shiftKey) {
      event.preventDefault();
      walk(viewerOf(target), -1);
    }
    if (key === "ArrowDown" || key === "ArrowUp") {
      event.preventDefault();
      walk(viewerOf(target), key === "ArrowDown" ? 1 : -1);
    }
  }
  if (target.matches(".hits a") && (key === "ArrowDown" || key === "ArrowUp")) {
    event.preventDefault();
    const links = [...target.closest(".hits").querySelectorAll("a")];
    links[links.indexOf(target) + (key === "ArrowDown" ? 1 : -1)]?.focus();
  }
}

function wraps() {
  try {
    return localStorage.getItem("wrap") !== "off";
  } catch {
    return true; // storage is switched off: lines wrap, so that none is hidden
  }
}

function toggleWrap() {
  try {
    localStorage.setItem("wrap", wraps() ? "off" : "on");
  } catch {
    // storage is switched off
  }
  showWrap();
}

function showWrap() {
  const wrap = wraps();
  for (const file of document.querySelectorAll(".file.open")) {
    file.classList.toggle("long-lines", !wrap);
    file.querySelector("[data-wrap]")?.setAttribute("aria-pressed", String(wrap));
    for (const code of file.querySelectorAll(".code")) {
      if (wrap) code.removeAttribute("tabindex");
      else code.tabIndex = 0;
    }
  }
}

// Links of earlier versions named file and line behind the #.
function jumpToOldLink() {
  const [, path, line] = /^#([^%]+?)(?::L(\d+))?$/.exec(location.hash.replaceAll("%20", " ")) ?? [];
  const viewer = document.querySelector("[data-viewer]");
  if (!path || !viewer || !/[./]/.test(path)) return;
  const address = new URL(location.href);
  address.hash = "";
  address.searchParams.set("file", path);
  if (line) address.searchParams.set("line", line);
  open(viewer, address.href);
}
