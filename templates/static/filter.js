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
        const link = item.id && document.querySelector(`li > a[href="#${CSS.escape(item.id)}"]`);
        if (link) link.parentElement.hidden = item.hidden;
        for (const line of item.querySelectorAll(".line")) {
          const text = line.textContent.toLowerCase();
          line.classList.toggle("hit", words.some((word) => word.length > 1 && text.includes(word)));
        }
      }
      if (count) count.textContent = words.length ? `${shown} found` : "";
    });
  }
}
