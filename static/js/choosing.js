// Choosing patients: single keys press what they are written beside (data-key), and a save that
// did not reach the server is told. Without this script everything works by mouse and Tab.
(() => {
  "use strict";

  const OFF = "mtvp-keys-off";
  const notSaved = document.getElementById("not-saved");
  const keys = document.getElementById("keys");

  function told(isHidden) {
    if (notSaved) notSaved.hidden = isHidden;
  }

  for (const failure of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
    document.addEventListener(failure, () => told(false));
  }
  document.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.successful) told(true);
  });

  if (!document.querySelector("[data-keys]") || !keys) return;

  keys.checked = sessionStorage.getItem(OFF) === null;
  keys.addEventListener("change", () => {
    if (keys.checked) sessionStorage.removeItem(OFF);
    else sessionStorage.setItem(OFF, "1");
  });

  function types(element) {
    return element.matches("textarea, select, input:not([type=radio], [type=checkbox])");
  }

  document.addEventListener("keydown", (event) => {
    if (!keys.checked || event.ctrlKey || event.metaKey || event.altKey) return;
    if (types(event.target)) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    // Arrows go through the answers when one of those has the focus.
    if (event.key.startsWith("Arrow") && event.target.matches("input")) return;
    const name = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const pressed = document.querySelector(`[data-key="${CSS.escape(name)}"]`);
    if (!pressed) return;
    event.preventDefault();
    pressed.click();
  });
})();
