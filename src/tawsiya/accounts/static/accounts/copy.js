// A button that copies the text of an input: <button hidden data-copy="ID" data-copied="Copied">.
// Without scripts the button stays hidden; the text can be selected by hand.

for (const button of document.querySelectorAll("[data-copy]")) {
  const source = document.getElementById(button.dataset.copy);
  if (!source) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    source.select();
    try {
      await navigator.clipboard.writeText(source.value);
    } catch {
      // Without a secure origin the clipboard is closed; the selected text can still be copied by keyboard.
      return;
    }
    const label = button.querySelector("span");
    label.textContent = button.dataset.copied;
    label.setAttribute("aria-live", "polite");
  });
}
