/* Rows of the agenda are dragged to another hour or day. The desk decides: it moves the row, or tells why not. The link
   "another time" of each row does the same by a form. */

import { dragInto } from "./drag.js"

const form = document.querySelector("#agenda-move")
const told = document.querySelector("#agenda-told")

function tell(words) {
  told.textContent = words
  told.hidden = !words
}

async function move(row, { day, hour = "" }) {
  tell(form.dataset.moving)
  const sent = new FormData(form)
  sent.set("day", day)
  sent.set("hour", hour)
  try {
    const answer = await fetch(row.dataset.mover, { method: "POST", body: sent, headers: { "X-Requested-With": "fetch" } })
    if (answer.ok && !answer.redirected) return location.reload()
    const { reasons } = await answer.json()
    tell(reasons.join(" "))
  } catch {
    tell(form.dataset.failed)
  }
}

dragInto([...document.querySelectorAll("[data-day]")], document.querySelectorAll("[data-mover]"), {
  words: "a",
  isThere: (row, place) => place.contains(row),
  drop: (row, place) => move(row, place.dataset),
})
