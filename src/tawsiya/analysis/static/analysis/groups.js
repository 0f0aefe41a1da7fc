// The keys of a group's page; everything works without them.

const places = () => [...document.querySelectorAll("[data-group-place] input[type=checkbox]")];

function typed(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input:not([type=checkbox]), textarea, select, dialog")) return;
  const boxes = places();
  const at = boxes.indexOf(document.activeElement);
  if (event.key === "j") boxes[Math.min(at + 1, boxes.length - 1)]?.focus();
  else if (event.key === "k") boxes[Math.max(at - 1, 0)]?.focus();
  else if (event.key === "x" && at >= 0) boxes[at].click();
  else document.querySelector(`[data-group-key="${CSS.escape(event.key)}"]`)?.click();
}

document.addEventListener("keydown", typed);
