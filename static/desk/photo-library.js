/* The dialog of the photo library: thumbnails found by words, chosen by mouse or keyboard; or files to be taken in. */

import { fill, known, make } from "./make.js"
import { picture } from "./photo-take.js"

let dialogs = 0

/* Resolves to { photos } or { files }, or to null. `several`: more than one may be chosen. */
export function chooseFromLibrary({ several = false, without = [] } = {}) {
  const id = `photo-library-${++dialogs}`
  const input = make("input", { type: "search", id: `${id}-search`, autocomplete: "off" })
  const grid = make("div", { className: "photo-grid", role: several ? "group" : "radiogroup", "aria-label": known.words.chooseTitle })
  const note = make("p", { className: "help", role: "status", textContent: known.words.chooseHelp })
  const use = make("button", { value: "use", className: "button default", textContent: several ? known.words.insert : known.words.use })
  const cancel = make("button", { type: "button", className: "button", textContent: known.words.cancel })
  const files = known.mayAdd.photo ? fileButton(several) : null
  const form = make("form", { method: "dialog" }, [
    make("h2", { id, textContent: known.words.chooseTitle }),
    make("p", { className: "photo-library-search" }, [
      make("label", { htmlFor: input.id, textContent: known.words.search }),
      input,
      ...(files ? [files.label] : []),
    ]),
    note,
    grid,
    make("p", { className: "desk-buttons" }, [use, cancel]),
  ])
  const dialog = make("dialog", { className: "desk-dialog photo-library", "aria-labelledby": id }, [form])
  const found = new Map() /* photos by id: what was chosen before another search stays chosen */
  const chosen = new Set()
  let running = null
  let timer = null

  async function search() {
    clearTimeout(timer)
    running?.abort()
    const { signal } = (running = new AbortController())
    const answer = await fetch(`${known.addresses.photos}?${new URLSearchParams({ q: input.value })}`, { signal }).catch(() => null)
    if (signal.aborted) return false
    const rows = answer?.ok ? (await answer.json()).results.filter((photo) => !without.includes(photo.id)) : []
    for (const photo of rows) found.set(photo.id, photo)
    grid.replaceChildren(...rows.map((photo, place) => cell(photo, place)))
    running = null
    tell(answer?.ok ? (rows.length ? "" : known.words.none) : known.words.failed)
    return rows.length > 0
  }

  function cell(photo, place) {
    const type = several ? "checkbox" : "radio"
    const checked = several ? chosen.has(photo.id) : place === 0
    const box = make("input", { type, name: "photo", value: photo.id, checked })
    box.addEventListener("change", () => {
      if (several) chosen[box.checked ? "add" : "delete"](photo.id)
      tell("")
    })
    const words = make("span", { className: "photo-grid-words" }, [
      make("span", { textContent: photo.title }),
      make("small", { textContent: photo.detail }),
    ])
    const shell = make("label", { className: "photo-cell", title: photo.caption }, [box, picture(photo), words])
    shell.addEventListener("dblclick", () => {
      if (several) chosen.add(photo.id)
      else box.checked = true
      dialog.close("use")
    })
    return shell
  }

  function tell(words) {
    const count = several && chosen.size ? fill(known.words.chosen, { count: chosen.size }) : ""
    note.textContent = words || count || known.words.chooseHelp
    use.disabled = several ? !chosen.size : !grid.querySelector("input:checked")
  }

  input.addEventListener("input", () => {
    grid.inert = use.disabled = true // outdated rows cannot be chosen
    clearTimeout(timer)
    timer = setTimeout(() => search().then(() => (grid.inert = false)), 150)
  })
  input.addEventListener("keydown", async (event) => {
    if (event.key !== "Enter" && event.key !== "ArrowDown") return
    event.preventDefault()
    const isThere = grid.inert ? await search() : grid.childElementCount > 0
    grid.inert = false
    if (!isThere) return
    if (event.key === "Enter" && !several) return form.requestSubmit(use)
    grid.querySelector("input:checked, input").focus()
  })
  cancel.addEventListener("click", () => dialog.close())
  document.body.append(dialog)
  dialog.showModal()
  search()
  return new Promise((resolve) => {
    files?.input.addEventListener("change", () => dialog.close("files"))
    dialog.addEventListener("close", () => {
      clearTimeout(timer)
      running?.abort()
      dialog.remove()
      if (dialog.returnValue === "files") return resolve({ files: [...files.input.files] })
      const ids = several ? [...chosen] : [grid.querySelector("input:checked")?.value]
      const photos = ids.map((one) => found.get(one)).filter(Boolean)
      resolve(dialog.returnValue === "use" && photos.length ? { photos } : null)
    })
  })
}

/* A file input that looks like a button. */
export function fileButton(several = false, className = "") {
  const input = make("input", { type: "file", accept: known.accept, multiple: several, className: "visually-hidden" })
  return { input, label: make("label", { className: `button photo-file ${className}`.trim() }, [input, known.words.upload]) }
}
