/* Asks before somebody leaves a changed form, unless what they typed is kept elsewhere, too: copies.js says so in
   `data-kept`. */

const form = document.querySelector("#content-main form[method=post]")

if (form) {
  let opened = null
  let isSent = false
  const now = () => new URLSearchParams([...new FormData(form)].map(([name, value]) => [name, value.name ?? value])).toString()

  /* Editors and choosers fill in their fields while the page loads, so the values are read at the first user action. */
  const touch = (event) => {
    if (event.isTrusted) opened ??= now()
  }
  for (const kind of ["pointerdown", "keydown", "paste", "drop"]) document.addEventListener(kind, touch, { capture: true })

  form.addEventListener("submit", () => {
    isSent = true
  })
  addEventListener("pageshow", () => {
    isSent = false
  })
  addEventListener("beforeunload", (event) => {
    const isChanged = form.querySelector("[data-unsaved]") || (opened !== null && opened !== now())
    if (isChanged && !isSent && form.dataset.kept !== "true") event.preventDefault()
  })
}
