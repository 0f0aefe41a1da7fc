// One key for each decision in the review of suggestions; without scripts the buttons do the same.

const form = document.querySelector("[data-tw-review]");

/** Letters typed in a field, and keys with a modifier, belong to the field and the browser. */
function typing(event) {
  return event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input:not([type=checkbox]):not([type=radio]), textarea, select");
}

function pressed(event) {
  if (typing(event)) return;
  // The place of the key, so that it works on an Arabic keyboard too; on a French one the letter goes first.
  const letter = /^[a-z]$/i.test(event.key) ? event.key.toLowerCase() : event.code.replace("Key", "").toLowerCase();
  const digit = /^Digit([1-9])$/.exec(event.code);
  const button = form.querySelector(`[data-tw-key="${CSS.escape(letter)}"]`);
  if (button) {
    event.preventDefault();
    form.requestSubmit(button);
  } else if (digit) {
    const box = form.querySelectorAll("input[name=tag]")[Number(digit[1]) - 1];
    if (box) box.click();
  }
}

if (form) {
  document.addEventListener("keydown", pressed);
  // A second key before the next page has come must not decide on this one again.
  form.addEventListener("submit", () => document.removeEventListener("keydown", pressed), { once: true });
}
