// Records and the places they stand at: picking one shows the other. Without this, links do the same.

const root = document.querySelector("[data-tw-compare]");
const pane = (name) => root.querySelector(`[data-tw-pane="${name}"]`);
const records = root ? [...root.querySelectorAll("[data-tw-record]")] : [];
const marks = new Map();
const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
let picked = null;

/** Scroll inside a pane only: the window stays where it is. */
function bringIntoView(box, element) {
  const frame = box.getBoundingClientRect();
  const place = element.getBoundingClientRect();
  const fits = place.height < frame.height;
  if (fits && place.top >= frame.top + 8 && place.bottom <= frame.bottom - 8) return;
  const top = box.scrollTop + place.top - frame.top - (fits ? (frame.height - place.height) / 3 : 16);
  box.scrollTo({ top, behavior: calm ? "auto" : "smooth" });
}

function pick(record, { focus = true, settle = true } = {}) {
  if (!record) return;
  if (picked) {
    picked.classList.remove("tw-pair--picked");
    picked.removeAttribute("aria-current");
    for (const mark of marks.get(picked.dataset.twRecord) ?? []) mark.classList.remove("tw-mark--picked");
  }
  picked = record;
  record.classList.add("tw-pair--picked");
  record.setAttribute("aria-current", "true");
  const places = marks.get(record.dataset.twRecord) ?? [];
  for (const mark of places) mark.classList.add("tw-mark--picked");
  if (focus) record.focus({ preventScroll: true });
  if (settle) root.querySelector("[data-tw-panes]").scrollIntoView({ block: "nearest" });
  bringIntoView(pane("records"), record);
  if (places.length) bringIntoView(pane("document"), places[0]);
}

const shown = () => records.filter((record) => record.offsetParent !== null);

function step(by) {
  const list = shown();
  const here = list.indexOf(picked);
  pick(here < 0 ? list[0] : list[Math.min(Math.max(here + by, 0), list.length - 1)]);
}

/** Set the tick in the page at once, and take it back where it could not be stored. */
async function tick(record, seen) {
  const form = record.querySelector("[data-tw-tick]");
  if (!form) return;
  draw(record, form, seen);
  const body = new URLSearchParams(new FormData(form));
  body.set("seen", seen ? "1" : "0");
  try {
    const answer = await fetch(form.action, { method: "POST", body, headers: { "HX-Request": "true" } });
    if (answer.status !== 204) throw new Error(String(answer.status));
  } catch {
    draw(record, form, !seen);
    const place = root.querySelector("[data-tw-say]");
    place.textContent = root.querySelector("[data-tw-words]").dataset.failed;
    place.classList.remove("visually-hidden");
  }
}

function draw(record, form, seen) {
  const button = form.querySelector("button");
  record.toggleAttribute("data-seen", seen);
  button.setAttribute("aria-pressed", String(seen));
  button.value = seen ? "0" : "1";
  const count = records.filter((one) => one.hasAttribute("data-seen")).length;
  root.querySelector("[data-tw-seen-count]").textContent = String(count);
}

function choose() {
  const wanted = [...root.querySelectorAll("[data-tw-only]")].filter((box) => box.checked).map((box) => box.dataset.twOnly);
  pane("records").dataset.only = wanted.join(" ");
  const list = shown();
  root.querySelector("[data-tw-none]").hidden = list.length > 0;
  if (!list.includes(picked)) pick(list[0], { focus: false });
}

const KEYS = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 };

function pressed(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea")) return;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (key in KEYS) {
    event.preventDefault();
    step(KEYS[key]);
  } else if (key === "s" && picked) {
    event.preventDefault();
    tick(picked, true);
    step(1);
  }
}

function clicked(event) {
  const mark = event.target.closest("[data-tw-mark]");
  const record = event.target.closest("[data-tw-record]");
  const stepper = event.target.closest("[data-tw-step]");
  if (mark) {
    event.preventDefault();
    pick(document.getElementById(`record-${mark.dataset.twMark}`));
  } else if (stepper) {
    step(Number(stepper.dataset.twStep));
  } else if (record && !event.target.closest("form, a:not(.tw-pair__name)") && String(getSelection()) === "") {
    event.preventDefault();
    pick(record);
  }
}

function submitted(event) {
  const form = event.target.closest("[data-tw-tick]");
  if (!form) return;
  event.preventDefault();
  const record = form.closest("[data-tw-record]");
  tick(record, form.querySelector("button").value === "1");
}

if (records.length) {
  for (const mark of root.querySelectorAll("[data-tw-mark]")) {
    const number = mark.dataset.twMark;
    marks.set(number, [...(marks.get(number) ?? []), mark]);
  }
  root.addEventListener("click", clicked);
  root.addEventListener("submit", submitted);
  for (const box of root.querySelectorAll("[data-tw-only]")) box.addEventListener("change", choose);
  pane("records").addEventListener("keydown", pressed);
  const named = document.getElementById(location.hash.slice(1));
  pick(records.includes(named) ? named : records[0], { settle: records.includes(named) });
}
