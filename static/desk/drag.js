/* Rows that are dragged into places, by the mouse. Who has none does the same by a form. */

/** `words`: the selector of what names a row. `isThere`: whether a row stands in that place already. `drop`: what is
    done with the row and its new place. */
export function dragInto(places, rows, { words, isThere, drop }) {
  let dragged = null
  for (const row of rows) {
    row.addEventListener("dragstart", (event) => {
      dragged = row
      row.classList.add("is-dragged")
      event.dataTransfer.effectAllowed = "move"
      event.dataTransfer.setData("text/plain", row.querySelector(words).textContent)
    })
    row.addEventListener("dragend", () => {
      dragged = null
      row.classList.remove("is-dragged")
      for (const place of places) place.classList.remove("is-over")
    })
  }
  for (const place of places) {
    place.addEventListener("dragover", (event) => {
      if (!dragged || isThere(dragged, place)) return
      event.preventDefault()
      place.classList.add("is-over")
    })
    place.addEventListener("dragleave", (event) => {
      if (!place.contains(event.relatedTarget)) place.classList.remove("is-over")
    })
    place.addEventListener("drop", (event) => {
      if (!dragged || isThere(dragged, place)) return
      event.preventDefault()
      drop(dragged, place)
    })
  }
}
