// A click on a line's number puts the link to that line into the address.
export function enhanceLines() {
  document.addEventListener("click", ({ target, clientX }) => {
    if (!target.matches?.(".line[id]")) return;
    const gutter = parseFloat(getComputedStyle(target, "::before").inlineSize);
    if (clientX - target.getBoundingClientRect().left <= gutter) location.hash = target.id;
  });
}
