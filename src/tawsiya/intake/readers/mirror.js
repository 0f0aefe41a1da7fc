// Picking a record shows its place, and the reverse. Without this, the links do the same.
const records = [...document.querySelectorAll("[data-record]")];
const list = document.getElementById("records");
const side = document.getElementById("document");
const key = `tawsiya-${document.body.dataset.key}`;
let picked = null;
let seen = new Set();
try {
  seen = new Set(JSON.parse(localStorage.getItem(key) ?? "[]"));
} catch { /* a browser that keeps nothing for files */ }

const placesOf = (record) => document.querySelectorAll(`[data-mark="${record.dataset.record}"]`);

function show(box, element) {
  const frame = box.getBoundingClientRect();
  const place = element.getBoundingClientRect();
  if (place.top >= frame.top + 8 && place.bottom <= frame.bottom - 8) return;
  box.scrollTo({ top: box.scrollTop + place.top - frame.top - Math.max(16, (frame.height - place.height) / 3) });
}

function pick(record) {
  if (!record) return;
  if (picked) for (const one of [picked, ...placesOf(picked)]) one.classList.remove("picked");
  picked = record;
  const places = [...placesOf(record)];
  for (const one of [record, ...places]) one.classList.add("picked");
  record.focus({ preventScroll: true });
  show(list, record);
  if (places.length) show(side, places[0]);
}

const shown = () => records.filter((record) => record.offsetParent !== null);

function step(by) {
  const there = shown();
  pick(there[Math.min(Math.max(there.indexOf(picked) + by, 0), there.length - 1)]);
}

function draw() {
  for (const record of records) {
    const is = seen.has(record.dataset.record);
    record.toggleAttribute("data-seen", is);
    record.querySelector(".tick input").checked = is;
  }
  document.getElementById("seen").textContent = String(seen.size);
}

function tick(record, is) {
  seen[is ? "add" : "delete"](record.dataset.record);
  try {
    localStorage.setItem(key, JSON.stringify([...seen]));
  } catch { /* as above */ }
  draw();
}

document.addEventListener("click", (event) => {
  const mark = event.target.closest("[data-mark]");
  const record = event.target.closest("[data-record]");
  if (mark) {
    event.preventDefault();
    pick(document.getElementById(`record-${mark.dataset.mark}`));
  } else if (record && !event.target.closest(".tick") && String(getSelection()) === "") {
    event.preventDefault();
    pick(record);
  }
});
document.addEventListener("change", (event) => {
  const record = event.target.closest("[data-record]");
  if (record) tick(record, event.target.checked);
  const only = [...document.querySelectorAll("[data-only]:checked")];
  list.dataset.only = only.map((box) => box.dataset.only).join(" ");
});
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || !event.target.closest("#records, body")) return;
  const by = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }[event.key];
  if (by) {
    event.preventDefault();
    step(by);
  } else if (event.key === "s" && picked) {
    tick(picked, true);
    step(1);
  }
});
for (const hidden of document.querySelectorAll(".tools, .tick")) hidden.hidden = false;
draw();
pick(records[0]);
