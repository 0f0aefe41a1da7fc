// A conversation that was opened is read: the button that says so is pressed by itself.
const form = document.querySelector("[data-tw-read]");
if (form) {
  fetch(form.action, { method: "POST", body: new FormData(form), redirect: "manual" }).then(() => form.remove(), () => {});
}
