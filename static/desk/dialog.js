/* The one dialog of the text editor: choose a row by searching, fill in a field, or both. */

import { crel } from "django-prose-editor/editor"

let dialogs = 0

/* The rows found by an address of the desk; none if the desk refuses. */
export async function look(address, params, signal) {
  const response = await fetch(`${address}?${new URLSearchParams(params)}`, { signal })
  return response.ok ? (await response.json()).results : []
}

/* Resolves to { uid, [field.name] }, as far as requested, or to null. `choice` makes the children of a row's label.
   `field.check` returns an error for the typed value, which keeps the dialog open. */
export function ask({ labels, title, submit, search, chosen, choice, field }) {
  const id = `desk-dialog-${++dialogs}`
  const done = crel("button", { value: "chosen", textContent: submit })
  const cancel = crel("button", { type: "button", textContent: labels.cancel })
  const form = crel("form", { method: "dialog" }, [crel("h2", { id, textContent: title })])
  const searched = search && searching({ id, labels, search, chosen, choice, again: () => form.requestSubmit(done) })
  const typed = field && fieldRow(`${id}-field`, field)
  form.append(...(searched?.parts ?? []), ...(typed?.parts ?? []), crel("p", { className: "desk-buttons" }, [done, cancel]))

  const dialog = crel("dialog", { className: "desk-dialog", "aria-labelledby": id }, [form])
  document.body.append(dialog)
  dialog.showModal()
  cancel.addEventListener("click", () => dialog.close())
  form.addEventListener("submit", (event) => {
    if (searched?.isNotReady() || typed?.isWrong()) event.preventDefault()
  })
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      searched?.end()
      resolve(dialog.returnValue === "chosen" ? Object.fromEntries(new FormData(form)) : null)
      dialog.remove()
    })
  })
}

/* Outdated rows cannot be chosen. A form submitted during a search waits for its result: `again` then submits it. */
function searching({ id, labels, search, chosen, choice, again }) {
  const input = crel("input", { type: "search", id: `${id}-search`, autocomplete: "off" })
  const list = crel("div", { className: "desk-choices", role: "radiogroup", "aria-label": labels.search })
  const note = crel("p", { className: "help", role: "status", textContent: labels.help })
  let running, timer, isStale, isWanted

  function end() {
    clearTimeout(timer)
    timer = null
    running?.abort()
    list.inert = isStale = true
    isWanted = false
  }

  async function refresh(params) {
    clearTimeout(timer)
    const { signal } = (running = new AbortController())
    const rows = await look(search, params, signal).catch(() => null)
    if (signal.aborted) return
    const first = rows?.find((row) => row.uid === chosen) ?? rows?.[0]
    list.replaceChildren(...(rows ?? []).map((row) => choiceRow(row, choice, row === first)))
    note.textContent = rows === null ? labels.failed : rows.length ? labels.help : labels.none
    list.inert = isStale = false
    if (isWanted && first) again()
    isWanted = false
  }

  function isNotReady() {
    if (!isStale) return !list.querySelector("input:checked")
    isWanted = true
    if (timer) {
      clearTimeout(timer)
      timer = null
      refresh({ q: input.value })
    }
    return true
  }

  input.addEventListener("input", () => {
    end()
    timer = setTimeout(() => {
      timer = null
      refresh({ q: input.value })
    }, 150)
  })
  input.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown") return
    event.preventDefault()
    list.querySelector("input:checked")?.focus()
  })
  end()
  refresh(chosen ? { uid: chosen } : {})
  return { parts: [crel("label", { htmlFor: input.id, textContent: labels.search }), input, note, list], isNotReady, end }
}

function choiceRow(row, choice, checked) {
  const radio = crel("input", { type: "radio", name: "uid", value: row.uid, checked, required: true })
  return crel("label", { className: "desk-choice" }, [radio, ...choice(row)])
}

function fieldRow(id, { name, label, help, value, long, required = false, check }) {
  const input = crel(long ? "textarea" : "input", { id, name, value, required, "aria-describedby": `${id}-help` })
  const note = crel("p", { id: `${id}-help`, className: "help", textContent: help })

  function say(wrong) {
    note.textContent = wrong || help
    note.classList.toggle("desk-wrong", Boolean(wrong))
    note.role = wrong ? "alert" : null
    input.ariaInvalid = wrong ? "true" : null
    if (wrong) input.focus()
    return Boolean(wrong)
  }

  input.addEventListener("input", () => input.ariaInvalid && say(""))
  return { parts: [crel("label", { htmlFor: id, textContent: label }), input, note], isWrong: () => say(check?.(input.value)) }
}
