/* Rows of the agenda are dragged to another hour or day. The desk decides: it moves the row, or tells why not. The link
   "another time" of each row does the same by a form. */

const form = document.querySelector("#agenda-move")
const told = document.querySelector("#agenda-told")
const places = [...document.querySelectorAll("[data-day]")]
let dragged = null

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

for (const row of document.querySelectorAll("[data-mover]")) {
  row.addEventListener("dragstart", (event) => {
    dragged = row
    row.classList.add("is-dragged")
    event.dataTransfer.effectAllowed = "move"
    event.dataTransfer.setData("text/plain", row.querySelector("a").textContent)
  })
  row.addEventListener("dragend", () => {
    dragged = null
    row.classList.remove("is-dragged")
    for (const place of places) place.classList.remove("is-over")
  })
}

for (const place of places) {
  place.addEventListener("dragover", (event) => {
    if (!dragged || place.contains(dragged)) return
    event.preventDefault()
    place.classList.add("is-over")
  })
  place.addEventListener("dragleave", (event) => {
    if (!place.contains(event.relatedTarget)) place.classList.remove("is-over")
  })
  place.addEventListener("drop", (event) => {
    if (!dragged) return
    event.preventDefault()
    move(dragged, place.dataset)
  })
}
