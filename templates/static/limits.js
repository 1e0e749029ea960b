// Questions that take a few picks: the rest wait while the limit is reached; "none" stands alone.
export function enhanceLimits() {
  const update = (boxes, limit) => {
    const full = boxes.filter((box) => box.checked).length >= limit;
    for (const box of boxes) box.disabled = full && !box.checked && !("exclusive" in box.dataset);
  };

  for (const question of document.querySelectorAll(".question")) {
    const boxes = [...question.querySelectorAll(".choices [type=checkbox]")];
    if (!boxes.length) continue;
    const limit = Number(question.dataset.max);
    question.addEventListener("change", ({ target }) => {
      if (target.checked && boxes.includes(target)) {
        const alone = "exclusive" in target.dataset;
        for (const box of boxes) {
          if (box !== target && (alone || "exclusive" in box.dataset)) box.checked = false;
        }
      }
      update(boxes, limit);
    });
    update(boxes, limit);
  }

  const marks = [...document.querySelectorAll("[data-limit]")];
  if (!marks.length) return;
  const limit = Number(marks[0].dataset.limit);
  for (const mark of marks) mark.addEventListener("change", () => update(marks, limit));
  update(marks, limit);
}
