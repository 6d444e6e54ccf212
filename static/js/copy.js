// A button with data-copy puts the text of that field on the clipboard; without scripts it stays
// hidden and the text is copied by hand.
for (const button of document.querySelectorAll("[data-copy]")) {
  const field = document.getElementById(button.dataset.copy);
  button.hidden = false;
  button.addEventListener("click", async () => {
    field.focus();
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      // An address without https has no clipboard; the older way asks no leave.
      document.execCommand("copy");
    }
    document.getElementById(`${field.id}-copied`).textContent = button.dataset.copied;
  });
}
