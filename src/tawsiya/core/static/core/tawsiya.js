// What pages gain from scripts; every one of them works without.

const inside = (root, selector) => [...root.querySelectorAll(selector)];

/** Open dialogs as modal ones: the popover they are without scripts lets the focus out. */
function openDialogs(event) {
  const opener = event.target.closest("[data-tw-dialog]");
  const dialog = opener && document.getElementById(opener.getAttribute("popovertarget"));
  if (dialog) {
    event.preventDefault();
    dialog.showModal();
    return;
  }
  const closer = event.target.closest("[data-tw-close]");
  const open = closer && closer.closest("dialog[open]");
  if (open && open.matches(":modal")) {
    event.preventDefault();
    open.close();
  }
}

/** Tell every selection bar how many rows are chosen; its buttons work from one on. */
function countSelected() {
  for (const bar of inside(document, "[data-tw-bulk]")) {
    const boxes = inside(document, `input[type=checkbox][name="${CSS.escape(bar.dataset.twBulk)}"]`);
    const chosen = boxes.filter((box) => box.checked).length;
    for (const output of inside(bar, "[data-tw-bulk-count]")) output.textContent = String(chosen);
    for (const button of inside(bar, "button")) button.disabled = chosen === 0;
    const all = document.querySelector(`[data-tw-select-all="${CSS.escape(bar.dataset.twBulk)}"]`);
    if (all) {
      all.checked = chosen > 0 && chosen === boxes.length;
      all.indeterminate = chosen > 0 && chosen < boxes.length;
    }
  }
}

function changed(event) {
  const name = event.target.dataset?.twSelectAll;
  if (name) {
    for (const box of inside(document, `input[type=checkbox][name="${CSS.escape(name)}"]`)) box.checked = event.target.checked;
  }
  if (event.target.type === "checkbox") countSelected();
  if (event.target.matches?.("[data-tw-file]")) nameFiles(event.target);
}

/** Write the chosen files' names: the browser's own button, which speaks its own language, is covered. */
function nameFiles(input) {
  const place = input.closest(".tw-drop")?.querySelector("[data-tw-file-name]");
  if (place) place.textContent = [...input.files].map((file) => file.name).join(" · ");
}

/** A file dropped anywhere on the frame is as good as one chosen. */
function dragged(event) {
  const frame = event.target.closest?.(".tw-drop");
  if (!frame) return;
  event.preventDefault();
  frame.classList.toggle("tw-drop--over", event.type === "dragover");
  const input = frame.querySelector("input[type=file]");
  if (event.type === "drop" && input && event.dataTransfer.files.length) {
    input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

/** Folded and unfolded facets stay as the reader left them when the list is replaced. */
const folds = new Map();

function rememberFold(event) {
  const details = event.target.closest("summary")?.parentElement;
  // Before its own toggling, which also happens by itself whenever a list arrives: a click is the reader's.
  if (details?.id) folds.set(details.id, !details.open);
}

/** Where there are more tabs than fit, the present one is in sight. */
function showTabs() {
  for (const tab of document.querySelectorAll(".tw-tabs [aria-current]")) {
    const list = tab.closest("ul");
    const [place, room] = [tab.getBoundingClientRect(), list.getBoundingClientRect()];
    if (place.left < room.left || place.right > room.right) list.scrollLeft += place.left - room.left - (room.width - place.width) / 2;
  }
}

/** The menu is longer than a low window: bring the entry of this page into sight. */
function showEntry() {
  const menu = document.querySelector(".tw-side");
  const entry = menu?.querySelector("[aria-current]");
  if (entry && entry.offsetTop + entry.offsetHeight > menu.clientHeight) menu.scrollTop = entry.offsetTop - menu.clientHeight / 2;
}

function settled() {
  showTabs();
  for (const [id, open] of folds) {
    const details = document.getElementById(id);
    if (details) details.open = open;
  }
  countSelected();
  document.querySelector("[data-tw-focus]")?.focus();
}

/** Addresses of lists say only what was chosen. */
function dropBlanks(event) {
  if (event.detail.verb !== "get") return;
  for (const [name, value] of [...event.detail.formData]) {
    if (value === "") event.detail.formData.delete(name);
  }
}

/** Signing out leaves nothing of what was typed on the device. */
function clearKept(event) {
  if (!event.target.matches?.("[data-tw-sign-out], form[action*='/logout/']")) return;
  try {
    for (const name of Object.keys(localStorage)) {
      if (name.startsWith("tawsiya.kept.")) localStorage.removeItem(name);
    }
  } catch {
    // No storage, nothing kept.
  }
}

document.documentElement.classList.add("tw-js");
document.addEventListener("submit", clearKept);
document.addEventListener("click", openDialogs);
document.addEventListener("change", changed);
document.addEventListener("click", rememberFold);
document.addEventListener("click", (event) => event.target.closest("[data-tw-print]") && window.print());
for (const name of ["dragover", "dragleave", "drop"]) document.addEventListener(name, dragged);
document.addEventListener("htmx:configRequest", dropBlanks);
document.addEventListener("htmx:afterSettle", settled);
showEntry();
settled();
