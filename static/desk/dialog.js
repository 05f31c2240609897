/* The one dialog of the text editor: choose a row by searching, fill in a field, or both. */

import { crel } from "django-prose-editor/editor"

let dialogs = 0

/* The rows found by an address of the desk; none if the desk refuses. */
export async function look(address, params, signal) {
  const response = await fetch(`${address}?${new URLSearchParams(params)}`, { signal })
  return response.ok ? (await response.json()).results : []
}

/* Resolves to { uid, [field.name] }, as far as requested, or to null. `choice` makes the children of a row's label.
   `check` of a field returns an error for the typed value, which keeps the dialog open. A row must be chosen, unless
   `without` names the choice of none, or `onChoose(row, form)` says what a choice does: then rows only help. `asks`:
   the labels of the search, if they are others. */
export function ask({ labels, title, submit, search, chosen, choice, fields = [], without, onChoose, asks = labels }) {
  const id = `desk-dialog-${++dialogs}`
  const done = crel("button", { value: "chosen", className: "button default", textContent: submit })
  const cancel = crel("button", { type: "button", className: "button", textContent: labels.cancel })
  const form = crel("form", { method: "dialog" }, [crel("h2", { id, textContent: title })])
  const again = () => form.requestSubmit(done)
  const chose = onChoose && ((row) => onChoose(row, form))
  const searched = search && searching({ id, labels: asks, search, chosen, choice, again, without, chose })
  const typed = fields.map((field) => fieldRow(`${id}-${field.name}`, field))
  const parts = [searched?.parts ?? [], typed.flatMap((field) => field.parts)]
  form.append(...(fields[0]?.required ? parts.reverse() : parts).flat())
  form.append(crel("p", { className: "desk-buttons" }, [done, cancel]))

  const dialog = crel("dialog", { className: "desk-dialog", "aria-labelledby": id }, [form])
  document.body.append(dialog)
  dialog.showModal()
  cancel.addEventListener("click", () => dialog.close())
  form.addEventListener("submit", (event) => {
    if (searched?.isNotReady() || typed.some((field) => field.isWrong())) event.preventDefault()
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
function searching({ id, labels, search, chosen, choice, again, without, chose }) {
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
    const isFree = without || chose
    const first = rows?.find((row) => row.uid === chosen) ?? (isFree && !params.q ? null : rows?.[0])
    const made = (rows ?? []).map((row) => choiceRow(row, choice, row === first && !chose, !isFree))
    if (chose) made.forEach((row, at) => row.addEventListener("change", () => chose(rows[at])))
    const none = without ? [choiceRow({ uid: "" }, () => [crel("span", { textContent: without })], !first, false)] : []
    list.replaceChildren(...none, ...made)
    note.textContent = rows === null ? labels.failed : rows.length ? labels.help : labels.none
    list.inert = isStale = false
    if (isWanted && (first || without)) again()
    isWanted = false
  }

  function isNotReady() {
    if (chose) return false
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
    if (chose && event.key === "Enter") event.preventDefault() // of a search that only helps
    if (event.key !== "ArrowDown" && !(chose && event.key === "Enter")) return
    event.preventDefault()
    const row = list.querySelector("input:checked") ?? list.querySelector("input")
    row?.click()
    row?.focus()
  })
  end()
  refresh(chosen ? { uid: chosen } : {})
  return { parts: [crel("label", { htmlFor: input.id, textContent: labels.search }), input, note, list], isNotReady, end }
}

function choiceRow(row, choice, checked, required) {
  const radio = crel("input", { type: "radio", name: "uid", value: row.uid, checked, required })
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
