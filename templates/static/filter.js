// A search box that hides what does not contain its words.
export function enhanceFilter(root) {
  for (const box of root.querySelectorAll("[data-filter]")) {
    box.closest("[hidden]")?.removeAttribute("hidden");
    const items = () => [...document.querySelectorAll(box.dataset.filter)];
    const count = box.dataset.count && document.getElementById(box.dataset.count);
    box.addEventListener("input", () => {
      const words = box.value.toLowerCase().split(/\s+/).filter(Boolean);
      let shown = 0;
      for (const item of items()) {
        const text = (item.dataset.text ??= item.textContent.toLowerCase());
        item.hidden = !words.every((word) => text.includes(word));
        shown += item.hidden ? 0 : 1;
      }
      if (count) count.textContent = words.length ? `${shown} found` : "";
    });
  }
}
