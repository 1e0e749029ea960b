// A list of files as the ARIA tree it looks like: one tab stop, arrows, Home, End, type-ahead.
const folded = new Map(); // folder → whether it is, by hand; survives a tree that is replaced

export function enhanceTree(list) {
  if (!list) return;
  list.setAttribute("role", "tree");
  list.setAttribute("aria-label", "Files");
  for (const details of [...list.querySelectorAll("details[data-path]")]) unwrap(details);
  for (const item of list.querySelectorAll("li")) item.setAttribute("role", "none");
  for (const link of list.querySelectorAll("a")) link.setAttribute("role", "treeitem");
  for (const item of list.querySelectorAll("[role=treeitem]")) item.tabIndex = -1;
  const current = list.querySelector("[aria-current]");
  const start = current && isShown(current) ? current : shownItems(list)[0];
  if (start) start.tabIndex = 0;
  list.addEventListener("click", ({ target }) => {
    const item = target.closest("[role=treeitem]");
    if (!item) return;
    moveTo(list, item);
    if (item.hasAttribute("aria-expanded")) unfold(item, !isUnfolded(item));
  });
  list.addEventListener("keydown", (event) => onKey(list, event));
}

// What folds without a script becomes an item of the tree and a group that belongs to it.
function unwrap(details) {
  const { path } = details.dataset;
  const item = document.createElement("span");
  const group = details.querySelector("ul");
  item.className = "folder";
  item.append(...details.querySelector("summary").childNodes);
  item.setAttribute("role", "treeitem");
  item.dataset.path = path;
  group.setAttribute("role", "group");
  group.id = `in:${path}`;
  item.setAttribute("aria-owns", group.id);
  const open = folded.has(path) ? !folded.get(path) : details.open;
  item.setAttribute("aria-expanded", String(open));
  group.hidden = !open;
  details.replaceWith(item, group);
}

const isUnfolded = (item) => item.getAttribute("aria-expanded") === "true";
const isShown = (item) => !item.closest("ul[hidden]");
const shownItems = (list) => [...list.querySelectorAll("[role=treeitem]")].filter(isShown);
const groupOf = (item) => item.parentElement.querySelector("ul");
const parentOf = (item) => item.closest("ul[role=group]")?.parentElement.querySelector("[role=treeitem]");

function unfold(item, open) {
  item.setAttribute("aria-expanded", String(open));
  groupOf(item).hidden = !open;
  folded.set(item.dataset.path, !open);
}

function moveTo(list, item) {
  for (const other of list.querySelectorAll("[tabindex='0']")) other.tabIndex = -1;
  item.tabIndex = 0;
  item.focus();
}

let typed = "";
let forget = 0;

function onKey(list, event) {
  const item = event.target.closest("[role=treeitem]");
  if (!item || event.ctrlKey || event.metaKey || event.altKey) return;
  const items = shownItems(list);
  const at = items.indexOf(item);
  const isFolder = item.hasAttribute("aria-expanded");
  const keys = {
    ArrowDown: () => items[at + 1],
    ArrowUp: () => items[at - 1],
    Home: () => items[0],
    End: () => items.at(-1),
    ArrowRight: () => {
      if (isFolder && isUnfolded(item)) return items[at + 1];
      if (isFolder) unfold(item, true);
    },
    ArrowLeft: () => {
      if (!isFolder || !isUnfolded(item)) return parentOf(item);
      unfold(item, false);
    },
    Enter: () => item.click(),
    " ": () => item.click(),
  };
  const act = keys[event.key];
  if (!act && (event.key.length !== 1 || event.key === "/")) return;
  event.preventDefault();
  const next = act ? act() : startingWith(event.key, items, at);
  if (next) moveTo(list, next);
}

// Letters typed within half a second of each other are one word.
function startingWith(letter, items, at) {
  clearTimeout(forget);
  forget = setTimeout(() => (typed = ""), 500);
  typed += letter.toLowerCase();
  const from = typed.length > 1 ? at : at + 1;
  const turned = [...items.slice(from), ...items.slice(0, from)];
  return turned.find((item) => item.textContent.trim().toLowerCase().startsWith(typed));
}
