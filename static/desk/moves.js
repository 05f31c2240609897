/* The moves that ask do so in a dialog over the form, which is sent with what was typed in both. Without this module
   their buttons lead to a page that asks, and a dialog that the server opened stands below the form. */

/** Where the focus returns: to the button, or to that of the menu in which it lies. */
function opened(button) {
  const menu = button.closest("[popover]");
  menu?.hidePopover();
  return menu ? document.querySelector(`[popovertarget="${CSS.escape(menu.id)}"]`) : button;
}

function show(dialog, from) {
  dialog.removeAttribute("open"); // as the server wrote it: shown, but over nothing
  dialog.showModal();
  const first = dialog.querySelector("[aria-invalid=true]") ?? dialog.querySelector("textarea, select, input");
  first?.focus();
  dialog.addEventListener("close", () => from?.focus(), { once: true });
}

for (const dialog of document.querySelectorAll("dialog[data-move]")) {
  const isOpen = dialog.open;
  for (const button of document.querySelectorAll(`[name="_ask_${CSS.escape(dialog.dataset.move)}"]`)) {
    button.addEventListener("click", (event) => {
      event.preventDefault();
      show(dialog, opened(button));
    });
  }
  dialog.querySelector("[data-closes]").addEventListener("click", () => dialog.close());
  dialog.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    event.stopPropagation();
    dialog.querySelector("button[name]").click();
  });
  if (isOpen) show(dialog, document.querySelector(".errors-summary"));
}
