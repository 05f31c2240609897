/* The one dialog of the text editor: choose a row by searching, fill in a field, or both. */

import { crel } from "django-prose-editor/editor"

let dialogs = 0

/* The rows that an address of the desk finds; none when the desk does not answer. */
export async function look(address, params) {
  const response = await fetch(`${address}?${new URLSearchParams(params)}`)
  return response.ok ? (await response.json()).results : []
}

/* Resolves to { uid, [field.name] } as far as asked for, or to null. `choice` makes the children of one row's label. */
export function ask({ labels, title, submit, search, chosen, choice, field }) {
  const id = `desk-dialog-${++dialogs}`
  const parts = [crel("h2", { id, textContent: title })]
  if (search) parts.push(...searching({ id, labels, search, chosen, choice }))
  if (field) parts.push(fieldRow(`${id}-field`, field))
  const done = crel("button", { value: "chosen", textContent: submit })
  const cancel = crel("button", { type: "button", textContent: labels.cancel })
  parts.push(crel("p", { className: "desk-buttons" }, [done, cancel]))

  const form = crel("form", { method: "dialog" }, parts)
  const dialog = crel("dialog", { className: "desk-dialog", "aria-labelledby": id }, [form])
  document.body.append(dialog)
  dialog.showModal()
  cancel.addEventListener("click", () => dialog.close())
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      resolve(dialog.returnValue === "chosen" ? Object.fromEntries(new FormData(form)) : null)
      dialog.remove()
    })
  })
}

function searching({ id, labels, search, chosen, choice }) {
  const input = crel("input", { type: "search", id: `${id}-search`, autocomplete: "off" })
  const list = crel("div", { className: "desk-choices", role: "radiogroup", "aria-label": labels.search })
  const note = crel("p", { className: "help", role: "status", textContent: labels.help })
  let asked = 0

  async function refresh(params) {
    const number = ++asked
    const rows = await look(search, params).catch(() => null)
    if (number !== asked) return
    const first = rows?.find((row) => row.uid === chosen) ?? rows?.[0]
    list.replaceChildren(...(rows ?? []).map((row) => choiceRow(row, choice, row === first)))
    note.textContent = rows === null ? labels.failed : rows.length ? labels.help : labels.none
  }

  let timer
  input.addEventListener("input", () => {
    clearTimeout(timer)
    timer = setTimeout(() => refresh({ q: input.value }), 150)
  })
  input.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown") return
    event.preventDefault()
    list.querySelector("input:checked")?.focus()
  })
  refresh(chosen ? { uid: chosen } : {})
  return [crel("label", { htmlFor: input.id, textContent: labels.search }), input, note, list]
}

function choiceRow(row, choice, checked) {
  const radio = crel("input", { type: "radio", name: "uid", value: row.uid, checked, required: true })
  return crel("label", { className: "desk-choice" }, [radio, ...choice(row)])
}

function fieldRow(id, { name, label, help, value, long, required = false }) {
  const input = crel(long ? "textarea" : "input", { id, name, value, required, "aria-describedby": `${id}-help` })
  const note = crel("p", { id: `${id}-help`, className: "help", textContent: help })
  return crel("div", {}, [crel("label", { htmlFor: id, textContent: label }), input, note])
}
