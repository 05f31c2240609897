/* Stories are dragged into a place of the front page, or from one place to another. A drop fills in the form that stands
   beside it and sends it; without an end, a breaking line waits until one is written. */

const form = document.querySelector("#front-place")
const spots = [...document.querySelectorAll("[data-place]")]
const BREAKING = "0"
let dragged = null

function choose(story) {
  const known = form.querySelector(`[name=story][value="${story}"]`)
  if (known) {
    known.checked = true
    return
  }
  for (const other of form.querySelectorAll("[name=story]")) other.checked = false
  const chosen = document.createElement("input")
  Object.assign(chosen, { type: "hidden", name: "story", value: story })
  form.append(chosen)
}

function drop(story, place) {
  for (const hidden of form.querySelectorAll("[type=hidden][name=story]")) hidden.remove()
  choose(story)
  form.elements.place.value = place
  if (place === BREAKING && !form.elements.until_0.value) form.elements.until_0.focus()
  else form.requestSubmit()
}

for (const story of document.querySelectorAll("[data-story]")) {
  story.addEventListener("dragstart", (event) => {
    dragged = story
    story.classList.add("is-dragged")
    event.dataTransfer.effectAllowed = "move"
    event.dataTransfer.setData("text/plain", story.querySelector(".front-headline").textContent)
  })
  story.addEventListener("dragend", () => {
    dragged = null
    story.classList.remove("is-dragged")
    for (const spot of spots) spot.classList.remove("is-over")
  })
}

for (const spot of spots) {
  spot.addEventListener("dragover", (event) => {
    if (!dragged || spot === dragged) return
    event.preventDefault()
    spot.classList.add("is-over")
  })
  spot.addEventListener("dragleave", (event) => {
    if (!spot.contains(event.relatedTarget)) spot.classList.remove("is-over")
  })
  spot.addEventListener("drop", (event) => {
    if (!dragged || spot === dragged) return
    event.preventDefault()
    drop(dragged.dataset.story, spot.dataset.place)
  })
}
