/* "@" in a note: the people who may be named, filtered by what is typed, chosen by arrows and Enter or by a press. */

import { make } from "./make.js"

const TYPED = /(?:^|[^\w@.+-])@([\w.+-]{0,50})$/u
const PAUSE = 120 // milliseconds after a key

export function mentions(place, { people: address, named }) {
  const list = make("ul", { id: "talk-people", className: "talk-people", role: "listbox", "aria-label": named, hidden: true })
  let area = null
  let found = []
  let at = 0
  let timer = null

  function typed() {
    return TYPED.exec(area.value.slice(0, area.selectionStart))?.[1] ?? null
  }

  function hide() {
    list.hidden = true
    area?.removeAttribute("aria-activedescendant")
    area?.removeAttribute("aria-controls")
  }

  function show() {
    list.replaceChildren(
      ...found.map(({ name, username }, index) => {
        const row = make("li", { id: `talk-person-${index}`, role: "option", "aria-selected": String(index === at) })
        row.append(make("b", { textContent: name }), ` @${username}`)
        row.addEventListener("mousedown", (event) => event.preventDefault())
        row.addEventListener("click", () => take(index))
        return row
      }),
    )
    list.hidden = !found.length
    if (!found.length) return hide()
    area.setAttribute("aria-controls", list.id)
    area.setAttribute("aria-activedescendant", `talk-person-${at}`)
  }

  async function look() {
    const words = typed()
    if (words === null) return hide()
    const answer = await fetch(`${address}?${new URLSearchParams({ q: words })}`).catch(() => null)
    if (!answer?.ok || typed() !== words) return
    found = (await answer.json()).people
    at = 0
    area.after(list)
    show()
  }

  function take(index) {
    const words = typed()
    const end = area.selectionStart
    area.setRangeText(`${found[index].username} `, end - words.length, end, "end")
    hide()
    area.focus()
  }

  place.addEventListener("input", (event) => {
    if (!event.target.matches("textarea")) return
    area = event.target
    clearTimeout(timer)
    timer = setTimeout(look, PAUSE)
  })
  place.addEventListener("focusout", () => setTimeout(hide, PAUSE))
  place.addEventListener("keydown", (event) => {
    if (list.hidden || !event.target.matches("textarea")) return
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      at = (at + (event.key === "ArrowDown" ? 1 : found.length - 1)) % found.length
      show()
    } else if (event.key === "Enter" || event.key === "Tab") take(at)
    else if (event.key === "Escape") hide()
    else return
    event.preventDefault()
    event.stopPropagation()
  })
}
