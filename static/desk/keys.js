/* Keys of the desk: each element with a single letter as aria-keyshortcuts is pressed by it, or focused if it is a
   field; "?" shows all keys. A letter is only a letter in a field, in a dialog, with a modifier, and where its person
   has switched the keys off. */

const FIELDS = "input:not([type=checkbox], [type=radio]), select, textarea, [contenteditable], dialog[open], [role=combobox]";

export function isLetterFree(event) {
  const isPlain = !(event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat);
  const isOff = document.querySelector("[data-letter-keys=off]");
  return isPlain && !isOff && !event.defaultPrevented && !event.target.closest?.(FIELDS) && !document.querySelector("dialog[open]");
}

function press(element) {
  if (element.matches("input")) {
    element.focus();
    element.select();
  } else element.click();
}

document.addEventListener("keydown", (event) => {
  if (event.key.length !== 1 || !isLetterFree(event)) return;
  const element = document.querySelector(`[aria-keyshortcuts="${CSS.escape(event.key.toLowerCase())}"]`);
  const keys = document.getElementById("keys");
  if (element) press(element);
  else if (event.key === "?" && keys) keys.showModal();
  else return;
  event.preventDefault();
});

for (const button of document.querySelectorAll("[data-shows-keys]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    button.closest("[popover]")?.hidePopover();
    document.getElementById("keys").showModal();
  });
}
