/* Keys of the story's form that work in its fields, too: save, the next move, preview. And two steps of Tab lead from
   the headline over the standfirst to the text. */

const bar = document.querySelector(".bar")
const pressed = {
  s: () => bar.querySelector("[name=_continue]"),
  Enter: () => bar.querySelector("[data-next]") ?? bar.querySelector(".default"),
  P: () => bar.querySelector("[data-preview]"),
}

function keyOf(event) {
  if (!(event.ctrlKey || event.metaKey) || event.altKey || event.repeat || event.isComposing) return ""
  if (event.key.toLowerCase() === "p") return event.shiftKey ? "P" : ""
  return event.shiftKey ? "" : event.key.length === 1 ? event.key.toLowerCase() : event.key
}

/* Before the text editor, for which Ctrl and Enter are a line of their own. */
document.addEventListener(
  "keydown",
  (event) => {
    const find = pressed[keyOf(event)]
    if (!find || document.querySelector("dialog[open]")) return
    event.preventDefault()
    event.stopPropagation()
    find()?.click()
  },
  { capture: true },
)

document.getElementById("id_standfirst")?.addEventListener("keydown", (event) => {
  const text = document.querySelector(".field-body .ProseMirror[role=textbox]")
  if (event.key !== "Tab" || event.shiftKey || event.ctrlKey || event.altKey || !text) return
  event.preventDefault()
  text.focus()
})
