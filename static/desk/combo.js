/* A field that finds rows while somebody types. Enter takes a row of what stands in the field, never of the search
   before. */

import { fill, known, make } from "./make.js"

let combos = 0
const PAUSE = 120 /* milliseconds after a key */

/* `find(typed, signal)` resolves to { rows, first, why }: `first` is the place of the row that Enter takes, or -1, and
   `why` is told with it. Each row has { id, name, detail }, and is given to `take(row, typed)`. */
export function combo({ label, find, take, emptied }) {
  const id = `combo-${++combos}`
  const input = make("input", {
    type: "text",
    id,
    className: "combo-input",
    autocomplete: "off",
    spellcheck: false,
    placeholder: label,
    role: "combobox",
    "aria-label": label,
    "aria-expanded": "false",
    "aria-controls": `${id}-list`,
    "aria-autocomplete": "list",
  })
  const list = make("ul", { id: `${id}-list`, className: "combo-list", role: "listbox", "aria-label": label, hidden: true })
  const status = make("p", { className: "combo-told", role: "status" })
  const element = make("div", { className: "combo" }, [input, status, list])
  let rows = []
  let place = -1
  let searched = null /* the words of the rows that are shown */
  let timer = null
  let running = null

  async function search() {
    clearTimeout(timer)
    running?.abort()
    const typed = input.value.trim()
    const { signal } = (running = new AbortController())
    const found = await find(typed, signal).catch(() => ({ rows: [], first: -1, why: known.words.failed }))
    if (signal.aborted) return false
    rows = found.rows
    searched = typed
    show(found.first)
    status.textContent = found.why || (rows.length ? "" : known.words.none)
    status.classList.toggle("is-said", Boolean(found.why) || !rows.length)
    if (!status.textContent) status.textContent = fill(known.words.found, { count: rows.length })
    return true
  }

  function show(first) {
    list.replaceChildren(...rows.map(option))
    list.hidden = !rows.length
    input.setAttribute("aria-expanded", String(rows.length > 0))
    if (rows.length) list.scrollIntoView({ block: "nearest" })
    point(first)
  }

  function option(row, number) {
    const words = [make("span", { className: "combo-name", textContent: row.label ?? row.name })]
    if (row.detail) words.push(make("small", { textContent: row.detail }))
    const item = make("li", { id: `${id}-${number}`, className: row.isMade ? "combo-made" : "", role: "option", "aria-selected": "false" }, words)
    item.addEventListener("pointerdown", (event) => event.preventDefault()) // the field keeps the focus
    item.addEventListener("click", () => choose(row))
    return item
  }

  function point(number) {
    list.children[place]?.setAttribute("aria-selected", "false")
    place = rows.length ? number : -1
    const item = list.children[place]
    item?.setAttribute("aria-selected", "true")
    item?.scrollIntoView({ block: "nearest" })
    if (item) input.setAttribute("aria-activedescendant", item.id)
    else input.removeAttribute("aria-activedescendant")
  }

  function close() {
    clearTimeout(timer)
    running?.abort()
    rows = []
    searched = null
    show(-1)
    status.textContent = ""
    status.classList.remove("is-said")
  }

  function choose(row) {
    const typed = input.value.trim()
    input.value = ""
    close()
    take(row, typed)
  }

  /* The first Enter may only point at a row that could be meant; the next one takes it. */
  async function enter() {
    if (!input.value.trim() && place < 0) return
    if (searched !== input.value.trim() && !(await search())) return
    if (place >= 0) return choose(rows[place])
    if (rows.length) point(0)
  }

  input.addEventListener("input", () => {
    point(-1)
    clearTimeout(timer)
    if (input.value.trim()) timer = setTimeout(search, PAUSE)
    else close()
  })
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return
    if (event.key === "Enter" || (event.key === "," && input.value.trim())) {
      event.preventDefault()
      enter()
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault()
      if (!rows.length) return void search()
      const step = event.key === "ArrowDown" ? 1 : -1
      point(place < 0 && step < 0 ? rows.length - 1 : (place + step + rows.length) % rows.length)
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault()
      event.stopPropagation()
      close()
    } else if (event.key === "Backspace" && !input.value) emptied?.()
  })
  input.addEventListener("blur", () => {
    setTimeout(() => {
      if (document.activeElement === input) return
      close()
      const typed = input.value.trim()
      if (typed) tell(fill(known.words.notTaken, { name: typed })) // it is no row, and would not be stored
    }, 100)
  })
  return { element, input, say: tell }

  function tell(words) {
    status.textContent = words
    status.classList.toggle("is-said", Boolean(words))
  }
}
