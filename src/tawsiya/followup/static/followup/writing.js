// Writing a contribution or answers: kept as one types, on the server and, while the network is away, on the device.
import { forget, keep, recall, tidy } from "./kept.js";

const REST = 400;
const PAUSE = 1_500;
const AGAIN = 15_000;
const NOT_TYPED = new Set(["csrfmiddlewaretoken", "then", "with_group", "seen_version", "stay"]);

const find = (selector, root = document) => root.querySelector(selector);

/** After a save the next page says which form it came from: that copy has done its work. */
function forgetWritten() {
  const mark = find("[data-tw-written]");
  if (!mark || !/^(item|contribution|reply):\d+$/.test(mark.dataset.twWritten)) return;
  const { account, twWritten: place } = mark.dataset;
  if (recall(account, place)?.sent) forget(account, place);
}

/** Which value a differing field has, `saved` or `typed`: a text stands on the page, others beside it as JSON. */
function valueOf(row, which) {
  return row.dataset[which] === undefined ? find(`[data-tw-text="${which}"]`, row).textContent : JSON.parse(row.dataset[which]);
}

class Writing {
  constructor(form) {
    this.form = form;
    this.say = form.dataset;
    this.keeps = form.dataset.keep === "yes";
    this.said = find("[data-tw-said]", form);
    this.sending = false;
    this.dirty = false;
    this.clock = { rest: 0, pause: 0 };
    tidy(Number(this.say.days), this.keeps);
    form.addEventListener("input", () => this.typed());
    form.addEventListener("change", () => this.typed());
    form.addEventListener("submit", (event) => this.submitted(event));
    window.addEventListener("online", () => this.send());
    window.addEventListener("pagehide", () => this.left());
    this.growFigures();
    this.offerChoices(document);
    this.offerKept();
    setInterval(() => this.dirty && this.send(), AGAIN);
  }

  fields() {
    return Object.fromEntries([...new FormData(this.form)].filter(([name, value]) => !NOT_TYPED.has(name) && typeof value === "string"));
  }

  get version() {
    return Number(this.form.elements.seen_version?.value || 0);
  }

  tell(text, tone = "") {
    this.said.textContent = text;
    this.said.dataset.tone = tone;
  }

  typed() {
    this.dirty = true;
    clearTimeout(this.clock.rest);
    clearTimeout(this.clock.pause);
    this.clock.rest = setTimeout(() => this.store(), REST);
    this.clock.pause = setTimeout(() => this.send(), PAUSE);
  }

  store(sent = false) {
    return this.keeps && keep(this.say.account, this.say.place, { fields: this.fields(), version: this.version, sent });
  }

  body(then) {
    const body = new FormData();
    for (const [name, value] of Object.entries(this.fields())) body.set(name, value);
    body.set("seen_version", String(this.version));
    body.set("csrfmiddlewaretoken", this.form.elements.csrfmiddlewaretoken.value);
    if (then) body.set("then", then);
    return body;
  }

  async send() {
    if (this.sending || !this.dirty) return;
    this.sending = true;
    const before = JSON.stringify(this.fields());
    try {
      const answer = await fetch(this.say.typing, { method: "POST", body: this.body(), redirect: "manual" });
      if (answer.type === "opaqueredirect" || answer.status === 403) {
        this.store();
        this.tell(this.say.sayOut, "warning");
      } else if (!answer.headers.get("content-type")?.includes("json")) {
        this.store();
        this.tell(this.say.sayOffline, "warning");
      } else {
        const words = await answer.json();
        this.tell([words.said, words.stale].filter(Boolean).join(" "), words.stale || !answer.ok ? "warning" : "");
        if (answer.ok && JSON.stringify(this.fields()) === before) {
          this.dirty = false;
          clearTimeout(this.clock.rest);
          forget(this.say.account, this.say.place);
        }
      }
    } catch {
      this.store();
      this.tell(this.say.sayOffline, "warning");
    }
    this.sending = false;
  }

  /** Leaving the page sends what waits; a browser without a network keeps it. */
  left() {
    if (!this.dirty) return;
    this.store();
    navigator.sendBeacon(this.say.typing, this.body());
  }

  submitted(event) {
    if (navigator.onLine === false) {
      event.preventDefault();
      this.store();
      this.tell(this.say.sayOffline, "warning");
      return;
    }
    this.dirty = false;
    clearTimeout(this.clock.rest);
    clearTimeout(this.clock.pause);
    this.store(true);
  }

  // What was kept on the device

  async offerKept() {
    const kept = this.keeps && recall(this.say.account, this.say.place);
    if (!kept) return;
    const place = find("[data-tw-kept]");
    const body = new FormData();
    for (const [name, value] of Object.entries(kept.fields)) body.set(name, value);
    body.set("seen_version", String(kept.version));
    body.set("csrfmiddlewaretoken", this.form.elements.csrfmiddlewaretoken.value);
    body.set("then", "compare");
    let rows = "";
    try {
      const answer = await fetch(this.say.typing, { method: "POST", body, redirect: "manual" });
      if (!answer.ok) return;
      rows = await answer.text();
    } catch {
      return;
    }
    const parsed = new DOMParser().parseFromString(rows, "text/html");
    const differing = [...parsed.querySelectorAll("[data-tw-differing]")];
    if (!differing.length) {
      forget(this.say.account, this.say.place);
      return;
    }
    if (differing.every((row) => this.value(row.dataset.twDiffering) === JSON.stringify(valueOf(row, "typed")))) {
      // It stands in the form already, after a refusal: the server keeps it next.
      this.typed();
      return;
    }
    find("[data-tw-kept-rows]", place).replaceChildren(...parsed.body.childNodes);
    this.offerChoices(place);
    // What the device kept is the latest: what the server kept before it would only say the same again.
    const before = find("[data-tw-before-kept]");
    if (before) before.hidden = true;
    place.hidden = false;
    find("[data-tw-kept-take]", place).addEventListener("click", () => {
      for (const row of place.querySelectorAll("[data-tw-differing]")) this.fill(row.dataset.twDiffering, valueOf(row, "typed"));
      place.hidden = true;
      this.typed();
      this.form.scrollIntoView();
    });
    find("[data-tw-kept-drop]", place).addEventListener("click", () => {
      forget(this.say.account, this.say.place);
      place.hidden = true;
      if (before) before.hidden = false;
    });
  }

  // Two texts on screen: which goes into the form

  offerChoices(root) {
    for (const row of root.querySelectorAll("[data-tw-differing]")) {
      const takes = find("[data-tw-takes]", row);
      if (!takes) continue;
      takes.hidden = false;
      takes.addEventListener("click", (event) => {
        const which = event.target.closest("[data-tw-take]")?.dataset.twTake;
        if (!which) return;
        const [saved, typed] = [valueOf(row, "saved"), valueOf(row, "typed")];
        this.fill(row.dataset.twDiffering, which === "both" ? `${saved}\n\n${typed}` : which === "saved" ? saved : typed);
        find("[data-tw-taken]", takes).textContent = this.say.sayTaken;
        this.typed();
      });
    }
  }

  /** The value of a field as the server writes it. */
  value(name) {
    if (name === "figures") {
      const rows = [...this.form.querySelectorAll("[data-tw-figure]")].map((row) =>
        Object.fromEntries([...row.querySelectorAll("input")].map((input) => [input.name.split("-").pop(), input.value.trim()])),
      );
      return JSON.stringify(rows.filter((row) => Object.values(row).some(Boolean)));
    }
    return JSON.stringify(this.form.elements[name]?.value ?? "");
  }

  fill(name, value) {
    if (name !== "figures") {
      const field = this.form.elements[name];
      if (field) field.value = value;
      return;
    }
    while (this.form.querySelectorAll("[data-tw-figure]").length < value.length) this.addFigure();
    [...this.form.querySelectorAll("[data-tw-figure]")].forEach((row, number) => {
      for (const input of row.querySelectorAll("input")) input.value = value[number]?.[input.name.split("-").pop()] ?? "";
    });
  }

  // Figures: one empty row is enough where more can be added

  growFigures() {
    this.figures = find("[data-tw-figures]", this.form);
    const add = this.figures && find("[data-tw-add-figure]", this.figures);
    if (!add) return;
    const rows = [...this.figures.querySelectorAll("[data-tw-figure]")];
    const empty = rows.filter((row) => [...row.querySelectorAll("input")].every((input) => !input.value));
    for (const row of empty.slice(rows.length === empty.length ? 1 : 0)) row.remove();
    add.hidden = false;
    add.addEventListener("click", () => find("input", this.addFigure()).focus());
  }

  addFigure() {
    const rows = this.figures.querySelectorAll("[data-tw-figure]");
    const row = rows[rows.length - 1].cloneNode(true);
    for (const input of row.querySelectorAll("input")) {
      const last = input.name.split("-").pop();
      input.name = `figures-${rows.length}-${last}`;
      if (input.id) input.id = `id_figures-${rows.length}-label`;
      input.value = "";
    }
    rows[rows.length - 1].after(row);
    if (rows.length + 1 >= Number(this.figures.dataset.most)) find("[data-tw-add-figure]", this.figures).hidden = true;
    return row;
  }
}

forgetWritten();
const form = find("[data-tw-writing]");
if (form) new Writing(form);
